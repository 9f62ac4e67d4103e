// Looks at the page it is put into; what it finds wrong it gives back as lines of text.
(() => {
  const seen = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const name = (e) =>
    `<${e.tagName.toLowerCase()}${e.id ? ' #' + e.id : ''}> "${(e.textContent || e.getAttribute('aria-label') || e.name || '').trim().slice(0, 40)}"`;
  const candidates = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable=true], [tabindex]';
  const controls = () => [...document.querySelectorAll(candidates)].filter((e) => !e.disabled && e.tabIndex >= 0 && seen(e));

  // Radio buttons of one name are one stop of the keyboard; the arrow keys choose among them.
  const stopOf = (e) => (e.type === 'radio' ? `${e.form?.id ?? ''}/${e.name}` : e);

  const inSentence = (e) =>
    getComputedStyle(e).display === 'inline' &&
    [...e.parentElement.childNodes].some((n) => n !== e && n.nodeType === Node.TEXT_NODE && n.textContent.trim().length > 1);

  let all = [];
  let before;

  window.pac = {
    words() {
      const wrong = [];
      if (!/^(vi|en)$/.test(document.documentElement.lang)) wrong.push(`language of the page is "${document.documentElement.lang}"`);
      if (document.title.trim().length < 3) wrong.push('the page has no title');
      const heads = document.querySelectorAll('h1').length;
      if (heads !== 1) wrong.push(`${heads} headings of the first level`);
      const viewport = document.querySelector('meta[name=viewport]')?.content ?? '';
      if (!viewport.includes('width=device-width')) wrong.push('no viewport for phones');
      for (const field of document.querySelectorAll('input[type=password]'))
        if (!/password|one-time-code/.test(field.autocomplete)) wrong.push(`${name(field)} does not help a password manager (WCAG 3.3.8)`);
      for (const id of new Set([...document.querySelectorAll('[id]')].map((e) => e.id)))
        if (document.querySelectorAll(`#${CSS.escape(id)}`).length > 1) wrong.push(`id ${id} is used twice`);
      return wrong;
    },

    shape() {
      const wrong = [];
      const root = document.documentElement;
      if (root.scrollWidth > root.clientWidth) wrong.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth} px (WCAG 1.4.10)`);
      for (const e of controls()) {
        const box = (['checkbox', 'radio'].includes(e.type) && e.labels?.[0] ? e.labels[0] : e).getBoundingClientRect();
        if (box.width <= 2 || box.right < 0 || box.bottom + scrollY < 0) continue; // shown when it gets the focus
        if ((box.width < 24 || box.height < 24) && !inSentence(e))
          wrong.push(`${name(e)} is ${Math.round(box.width)} x ${Math.round(box.height)} px (WCAG 2.5.8)`);
      }
      return wrong;
    },

    // WCAG 1.4.12: the distances that a reader may set.
    async spacing() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}');
      document.adoptedStyleSheets.push(sheet);
      const root = document.documentElement;
      const wider = root.scrollWidth - root.clientWidth;
      const cut = [...document.querySelectorAll('body *')].filter(
        // The text of an input scrolls with the cursor.
        (e) => e.localName !== 'input' && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.clientWidth > 2 && e.scrollWidth > e.clientWidth + 1 && seen(e),
      );
      document.adoptedStyleSheets.splice(document.adoptedStyleSheets.indexOf(sheet), 1);
      return [...(wider > 0 ? [`with wider text it scrolls sideways by ${wider} px (WCAG 1.4.12)`] : []), ...cut.map((e) => `${name(e)} cuts wider text`)];
    },

    async axe() {
      const found = await axe.run(document, {
        runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
      });
      return found.violations.flatMap((v) => v.nodes.map((n) => `axe ${v.id}: ${v.help}: ${n.target.join(' ')} ${n.html.slice(0, 160)}`));
    },

    // The keyboard: begin() says how many controls there are, step() after each Tab says where the focus is.
    begin() {
      before = document.activeElement;
      before?.blur();
      all = controls();
      return all.length;
    },
    step() {
      const e = document.activeElement;
      const at = all.indexOf(e);
      if (at < 0) return { at, wrong: !e || e === document.body ? '' : `${name(e)} gets the focus without being seen` };
      const style = getComputedStyle(e);
      const marked = (style.outlineStyle !== 'none' && (style.outlineStyle === 'auto' || parseFloat(style.outlineWidth) >= 2)) || style.boxShadow !== 'none';
      if (!marked) return { at, wrong: `${name(e)} shows no focus (WCAG 2.4.7)` };
      const box = e.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      const covered = !top || !(e.contains(top) || top.contains(e) || [...(e.labels ?? [])].some((l) => l.contains(top)));
      return { at, wrong: covered && box.height < innerHeight ? `${name(e)} is hidden while it has the focus (WCAG 2.4.11)` : '' };
    },
    end(reached) {
      const stops = new Set(reached.map((n) => stopOf(all[n])));
      before?.focus?.({ preventScroll: true });
      scrollTo(0, 0);
      return all.filter((e) => !stops.has(stopOf(e))).map((e) => `${name(e)} is not reached with the keyboard (WCAG 2.1.1)`);
    },
  };
})();
