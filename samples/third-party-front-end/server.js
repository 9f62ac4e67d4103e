import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import * as oidc from 'openid-client';
import { failure, home, send, tracked, welcome } from './pages.js';
import { begin, end, sessionOf } from './sessions.js';

const pac = new URL(process.env.PAC_URL ?? 'http://localhost:5080');
const port = Number(process.env.PORT ?? 5173);
const own = new URL(`http://localhost:${port}`);
const redirectUri = new URL('/callback', own).href;
const scope = 'openid profile offline_access dossiers.read facilities.read';
const mostOfForm = 4096;

// A refusal of the API, as its problem document says it.
class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `Lỗi ${status}`);
    this.status = status;
    this.traceId = problem.traceId;
  }
}

// Read once and kept; a host that is not there yet is asked again with the next request.
let discovered;
function provider() {
  // Plain HTTP is for this machine only.
  const options = pac.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : undefined;
  discovered ??= oidc.discovery(pac, 'demo-spa', undefined, oidc.None(), options).catch((e) => {
    discovered = undefined;
    throw e;
  });
  return discovered;
}

const routes = {
  'GET /': showHome,
  'GET /sign-in': signIn,
  'GET /callback': comeBack,
  'GET /track': track,
  'POST /refresh': refreshNow,
  'POST /sign-out': signOut,
};

async function showHome(request, response) {
  const session = sessionOf(request);
  if (!session?.tokens) return show(response, 200, 'Hồ sơ hành chính', welcome());
  const [me, dossiers] = await Promise.all([call('/api/v1/me', session), call('/api/v1/dossiers?limit=10', session)]);
  show(response, 200, 'Hồ sơ của đơn vị', home(session, me, dossiers.items));
}

async function signIn(request, response) {
  const config = await provider();
  const verifier = oidc.randomPKCECodeVerifier();
  const pending = { verifier, state: oidc.randomState(), nonce: oidc.randomNonce() };
  const before = sessionOf(request);
  if (before) end(response, before);
  begin(response, { pending });
  const target = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: pending.state,
    nonce: pending.nonce,
  });
  redirect(response, target);
}

async function comeBack(request, response, url) {
  const session = sessionOf(request);
  if (!session?.pending) return show(response, 400, 'Chưa đăng nhập được', failure('Phiên đăng nhập đã hết hạn. Vui lòng thử lại.'));
  const { verifier, state, nonce } = session.pending;
  // The answer to a sign-in is taken once, right or wrong.
  end(response, session);
  const tokens = await oidc.authorizationCodeGrant(await provider(), url, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  const signedIn = begin(response, { refreshed: 0 });
  keep(signedIn, tokens);
  redirect(response, own);
}

async function track(request, response, url) {
  const code = (url.searchParams.get('code') ?? '').trim();
  if (code.length === 0 || code.length > 60) return show(response, 400, 'Tra cứu hồ sơ', failure('Hãy nhập mã hồ sơ.'));
  const dossier = await call(`/api/v1/tracking/${encodeURIComponent(code)}`);
  show(response, 200, 'Tra cứu hồ sơ', tracked(dossier));
}

async function refreshNow(request, response) {
  const session = await signedInForm(request);
  await refresh(session);
  redirect(response, own);
}

async function signOut(request, response) {
  const session = await signedInForm(request);
  const config = await provider();
  end(response, session);
  // Best effort: the session here is gone whatever the host answers.
  await oidc.tokenRevocation(config, session.tokens.refresh_token).catch(() => {});
  const target = oidc.buildEndSessionUrl(config, { id_token_hint: session.tokens.id_token, post_logout_redirect_uri: own.href });
  redirect(response, target);
}

/** Calls the API, with the person's token when there is a session. */
async function call(path, session) {
  if (session && session.expiresAt - Date.now() < 30_000) await refresh(session);
  const headers = { Accept: 'application/json', 'Accept-Language': 'vi' };
  if (session) headers.Authorization = `Bearer ${session.tokens.access_token}`;
  const answer = await fetch(new URL(path, pac), { headers, signal: AbortSignal.timeout(10_000) });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, body);
  return body;
}

// A refresh token is good for one use, so two requests at once share one refresh.
function refresh(session) {
  session.refreshing ??= provider()
    .then((config) => oidc.refreshTokenGrant(config, session.tokens.refresh_token))
    .then((tokens) => {
      keep(session, tokens);
      session.refreshed++;
    })
    .finally(() => (session.refreshing = undefined));
  return session.refreshing;
}

function keep(session, tokens) {
  session.tokens = {
    access_token: tokens.access_token,
    refresh_token: tokens.refresh_token ?? session.tokens?.refresh_token,
    id_token: tokens.id_token ?? session.tokens?.id_token,
  };
  session.expiresAt = Date.now() + (tokens.expiresIn() ?? 60) * 1000;
}

/** The session of a form that this site itself has shown. */
async function signedInForm(request) {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > mostOfForm) throw new Refused(413, { detail: 'Biểu mẫu quá lớn.' });
  }
  const session = sessionOf(request);
  const given = Buffer.from(new URLSearchParams(body).get('form') ?? '');
  const wanted = Buffer.from(session?.form ?? '');
  if (!session?.tokens || given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new Refused(403, { detail: 'Biểu mẫu không còn hiệu lực. Vui lòng tải lại trang.' });
  return session;
}

function show(response, status, title, content) {
  send(response, status, title, content, pac.origin);
}

function redirect(response, target) {
  response.writeHead(303, { Location: target.href, 'Cache-Control': 'no-store' }).end();
}

function fail(request, response, error) {
  if (response.headersSent) return response.destroy();
  if (error instanceof Refused) return show(response, error.status, 'Chưa thực hiện được', failure(error.message, error.traceId));
  // The refresh token is used up or revoked: the person signs in again.
  if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') {
    const session = sessionOf(request);
    if (session) end(response, session);
    return redirect(response, own);
  }
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ClientError)
    return show(response, 400, 'Chưa đăng nhập được', failure('Câu trả lời đăng nhập không hợp lệ. Vui lòng thử lại.'));
  console.error(error.message);
  show(response, 502, 'Chưa thực hiện được', failure('Chưa kết nối được với Trung tâm. Vui lòng thử lại sau.'));
}

createServer(async (request, response) => {
  try {
    const url = new URL(request.url, own);
    const route = routes[`${request.method} ${url.pathname}`];
    if (route) await route(request, response, url);
    else show(response, 404, 'Không tìm thấy', failure('Không có trang này.'));
  } catch (error) {
    fail(request, response, error);
  }
}).listen(port, 'localhost', () => console.log(`Third-party front end at ${own.href}, signing in at ${pac.href}`));
