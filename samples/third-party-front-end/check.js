// Goes through the site as a browser would: sign-in, list, tracking, refresh, sign-out. Site and host have to be running.
import assert from 'node:assert/strict';

const site = `http://localhost:${process.env.PORT ?? 5173}`;
const jar = new Map();

async function visit(url, form) {
  for (let hops = 0; hops < 12; hops++) {
    const headers = { 'Accept-Language': 'vi', Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    const answer = await fetch(url, { method: form ? 'POST' : 'GET', body: form, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, ...value] = cookie.split(';')[0].split('=');
      jar.set(name, value.join('='));
    }
    const location = answer.headers.get('location');
    if (!location) return { url, status: answer.status, text: await answer.text() };
    [url, form] = [new URL(location, url).href, undefined];
  }
  throw new Error(`Too many redirects at ${url}`);
}

// The hidden inputs of the form with this action, and what is filled in.
function fill(page, action, filled = {}) {
  const form = page.text.split('<form').find((f) => f.includes(`action="${action}`));
  assert.ok(form, `No form for ${action} on ${page.url}:\n${page.text}`);
  const body = new URLSearchParams(filled);
  for (const [input] of form.matchAll(/<input type="hidden"[^>]*>/g)) body.set(/name="([^"]*)"/.exec(input)[1], /value="([^"]*)"/.exec(input)[1]);
  const target = /action="([^"]*)"/.exec(form)[1].replaceAll('&amp;', '&');
  return [new URL(target, page.url).href, body];
}

const step = (text) => console.log(`ok  ${text}`);

let page = await visit(`${site}/`);
assert.match(page.text, /Đăng nhập qua PAC/);
step('the front page offers the sign-in');

page = await visit(`${site}/callback?code=planted&state=planted`);
assert.equal(page.status, 400);
step('an answer that nobody asked for is refused');

page = await visit(`${site}/sign-in`);
page = await visit(`${site}/callback?code=planted&state=planted`);
assert.equal(page.status, 400);
step('an answer with a wrong state is refused');

page = await visit(`${site}/sign-in`);
assert.match(page.url, /\/sign-in\?/);
step('the sign-in page of the host is shown');

page = await visit(...fill(page, '/sign-in', { username: 'officer', password: 'Pac-Demo-2026!' }));
assert.equal(page.url, `${site}/`);
assert.match(page.text, /Xin chào <strong>Cán bộ tiếp nhận<\/strong>/);
assert.match(page.text, /đã gia hạn 0 lần/);
const code = /track\?code=([^"]+)"/.exec(page.text)?.[1];
step(`signed in; ${page.text.split('<th scope="row">').length - 1} dossiers are listed`);

if (code) {
  page = await visit(`${site}/track?code=${code}`);
  assert.equal(page.status, 200);
  assert.ok(page.text.includes(decodeURIComponent(code)));
  step(`dossier ${decodeURIComponent(code)} is tracked`);
}
page = await visit(`${site}/track?code=000.00.00.H15-000000-0000`);
assert.equal(page.status, 404);
assert.match(page.text, /Mã tra cứu/);
step('an unknown dossier gives the problem of the API with its trace id');

page = await visit(`${site}/refresh`, new URLSearchParams({ form: 'planted' }));
assert.equal(page.status, 403);
step('a form from elsewhere is refused');

page = await visit(`${site}/`);
page = await visit(...fill(page, '/refresh'));
assert.match(page.text, /đã gia hạn 1 lần/);
page = await visit(...fill(page, '/refresh'));
assert.match(page.text, /đã gia hạn 2 lần/);
step('the token is refreshed, twice');

page = await visit(...fill(page, '/sign-out'));
if (page.url.startsWith(site) === false) page = await visit(...fill(page, '/'));
assert.equal(page.url.split('?')[0], `${site}/`);
assert.match(page.text, /Đăng nhập qua PAC/);
step('signed out here and at the host');

page = await visit(`${site}/sign-in`);
assert.match(page.text, /type="password"/);
step('the next sign-in asks for the password again');
