import { randomBytes } from 'node:crypto';

const cookieName = 'third-party-session';
const lifetime = 8 * 60 * 60 * 1000;
const mostSessions = 10_000;

// Tokens stay here, in memory; the browser holds nothing but a random number.
const sessions = new Map();

/** The session of a request, or undefined. */
export function sessionOf(request) {
  const cookie = (request.headers.cookie ?? '')
    .split(';')
    .map((c) => c.trim().split('='))
    .find(([name]) => name === cookieName);
  const session = cookie && sessions.get(cookie[1]);
  if (session && session.endsAt < Date.now()) {
    sessions.delete(session.id);
    return undefined;
  }
  return session;
}

/** A new session. Its number is new as well, so that nobody can plant one before the sign-in. */
export function begin(response, content) {
  for (const [id, old] of sessions) if (old.endsAt < Date.now() || sessions.size >= mostSessions) sessions.delete(id);
  const session = { id: random(), form: random(), endsAt: Date.now() + lifetime, ...content };
  sessions.set(session.id, session);
  // Behind TLS, add Secure and the prefix __Host- to the name.
  response.setHeader('Set-Cookie', `${cookieName}=${session.id}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${lifetime / 1000}`);
  return session;
}

export function end(response, session) {
  sessions.delete(session.id);
  response.setHeader('Set-Cookie', `${cookieName}=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0`);
}

function random() {
  return randomBytes(32).toString('base64url');
}
