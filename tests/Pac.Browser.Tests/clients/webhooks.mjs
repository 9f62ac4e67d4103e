// A third party's receiver, made of the example in the documentation, and the library of the Standard Webhooks specification as its judge.
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { check } from './check.mjs';

const { receiver } = await import(process.env.EXAMPLE);
const pac = new URL(process.env.PAC_URL);
const token = (
  await (
    await fetch(new URL('/connect/token', pac), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'demo-machine',
        client_secret: 'demo-machine-secret',
        scope: 'dossiers',
      }),
    })
  ).json()
).access_token;

async function api(method, path, body, headers = {}) {
  const answer = await fetch(new URL('/api/v1' + path, pac), {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return { body: answer.status === 204 ? null : await answer.json(), tag: answer.headers.get('etag') };
}

async function eventually(holds, what) {
  for (let i = 0; i < 600; i++) {
    const found = holds();
    if (found) return found;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  throw new Error(what);
}

function listen(server) {
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(`http://127.0.0.1:${server.address().port}/hooks`)));
}

const receive = () =>
  api('POST', '/dossiers', {
    centreCode: 'dak-lak',
    procedureCode: '1.014196',
    applicant: { name: 'Người nộp', kind: 'organisation' },
    documents: [{ code: 'form' }],
  });

// What comes is passed on to the example, and kept as it came.
const calls = [];
const events = [];
let example;
const front = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  calls.push({ headers: request.headers, body });
  const passed = await fetch(example, { method: 'POST', headers: request.headers, body });
  response.writeHead(passed.status).end();
});
const url = await listen(front);
const subscription = await api('POST', '/webhook-subscriptions', { name: 'example', url });
const first = subscription.body.secret;
const server = receiver(first, (event) => events.push(event));
example = await listen(server);

await check('the example takes what happens to a dossier, in order', async () => {
  const dossier = await receive();
  await api('POST', `/dossiers/${dossier.body.id}/transfer`, {}, { 'If-Match': dossier.tag });
  await eventually(() => events.filter((e) => e.data.id === dossier.body.id).length === 2, 'the events do not come');
  const told = events.filter((e) => e.data.id === dossier.body.id);
  if (told.map((e) => e.type).join() !== 'dossier.received,dossier.transferred') throw new Error(told.map((e) => e.type).join());
  if (told[0].data.code !== dossier.body.code) throw new Error('it is about another dossier');
});

await check('the library refuses a body that was changed, and another secret', async () => {
  const { headers, body } = calls[0];
  new Webhook(first).verify(body, headers);
  for (const [secret, changed] of [
    [first, body + ' '],
    ['whsec_' + Buffer.alloc(32).toString('base64'), body],
  ]) {
    let taken = true;
    try {
      new Webhook(secret).verify(changed, headers);
    } catch {
      taken = false;
    }
    if (taken) throw new Error('it was taken');
  }
});

await check('while a secret is replaced, receivers with either one go on', async () => {
  const path = `/webhook-subscriptions/${subscription.body.id}`;
  const second = (await api('POST', path + '/rotate-secret', { overlapHours: 1 }, { 'If-Match': (await api('GET', path)).tag })).body.secret;
  const dossier = await receive();
  await eventually(() => events.some((e) => e.data.id === dossier.body.id), 'the example with the old secret no longer takes events');
  const { headers, body } = calls.find((c) => c.body.includes(dossier.body.id));
  new Webhook(second).verify(body, headers);
  await api('DELETE', path, null, { 'If-Match': (await api('GET', path)).tag });
});

front.close();
server.close();
front.closeAllConnections();
server.closeAllConnections();
