'use strict';
(() => {
  // Show and hide what is typed into a password field (GOV.UK password input).
  for (const button of document.querySelectorAll('button[data-reveal]')) {
    const field = document.getElementById(button.dataset.reveal);
    button.hidden = false;
    button.addEventListener('click', () => {
      const hide = field.type === 'text';
      field.type = hide ? 'password' : 'text';
      button.textContent = hide ? button.dataset.show : button.dataset.hide;
      button.setAttribute('aria-pressed', String(!hide));
    });
    field.form.addEventListener('submit', () => { field.type = 'password'; });
  }

  const summary = document.querySelector('.error');
  if (summary) summary.focus();

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const form = document.querySelector('form[data-passkey]');
  if (!form || !window.PublicKeyCredential) return;
  form.hidden = false;
  const kind = form.dataset.passkey;

  const ask = async () => {
    const token = form.querySelector('input[type=hidden]').value;
    const answer = await fetch(form.dataset.options, { method: 'POST', headers: { 'X-Form-Token': token } });
    if (!answer.ok) throw new Error('options');
    const options = await answer.json();
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const list of [options.excludeCredentials, options.allowCredentials])
      for (const known of list || []) known.id = bytes(known.id);
    return options;
  };

  const written = (credential) => {
    const given = credential.response;
    const response = { clientDataJSON: text(given.clientDataJSON) };
    if (kind === 'create') {
      response.attestationObject = text(given.attestationObject);
      response.transports = given.getTransports ? given.getTransports() : [];
    } else {
      response.authenticatorData = text(given.authenticatorData);
      response.signature = text(given.signature);
      response.userHandle = given.userHandle ? text(given.userHandle) : null;
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  };

  form.addEventListener('submit', async (event) => {
    const field = form.querySelector('input[name=credential]');
    if (field.value) return;
    event.preventDefault();
    try {
      const publicKey = await ask();
      const credential = kind === 'create'
        ? await navigator.credentials.create({ publicKey })
        : await navigator.credentials.get({ publicKey });
      field.value = written(credential);
      form.submit();
    } catch {
      const failed = form.querySelector('[data-failed]');
      failed.hidden = false;
      failed.focus();
    }
  });
})();
