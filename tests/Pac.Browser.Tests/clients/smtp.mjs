// A mail server as others wrote it: with encryption and sign-in, and with the moods that servers have.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

const { PAC_KEY, PAC_CERT, PAC_FOLDER } = process.env;
const seen = new Set();
const first = (what) => !seen.has(what) && seen.add(what);
const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });
let refusedSession;
let letters = 0;

const server = new SMTPServer({
  key: readFileSync(PAC_KEY),
  cert: readFileSync(PAC_CERT),
  authMethods: ['PLAIN', 'LOGIN'],
  onAuth(auth, session, done) {
    // Whoever comes first is refused, whatever he tries.
    if (first('auth')) refusedSession = session.id;
    if (session.id === refusedSession || auth.username !== 'pac' || auth.password !== 'smtp-secret') done(refusal(535, 'Not you'));
    else done(null, { user: auth.username });
  },
  onRcptTo({ address }, session, done) {
    if (address.startsWith('refused')) done(refusal(550, 'No such person'));
    else if (address.startsWith('later') && first('later')) done(refusal(451, 'Not now'));
    else if (address.startsWith('silent') && first('silent')) return;
    else done();
  },
  onData(stream, session, done) {
    const parts = [`X-Session: ${session.secure ? 'encrypted' : 'open'} ${session.user}\r\n`];
    stream.on('data', (part) => parts.push(part.toString()));
    stream.on('end', () => {
      writeFileSync(join(PAC_FOLDER, `${++letters}.eml`), parts.join(''));
      done();
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.server.address().port}`));
