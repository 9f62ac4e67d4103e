// A person signs in through two libraries that know nothing of each other: code flow with PKCE, pushed requests, a signed client, refresh with
// rotation, revocation, introspection, user info, sign-out; each library checks what it is told.
import * as oauth from 'oauth4webapi';
import * as oidc from 'openid-client';
import { check } from './check.mjs';

const issuer = new URL(process.env.PAC_URL);
const [user, password] = [process.env.PAC_USER, process.env.PAC_PASSWORD];
const jwk = JSON.parse(process.env.PAC_KEY);
const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const web = { id: process.env.PAC_CLIENT, redirect: 'http://127.0.0.1:7001/back', bye: 'http://127.0.0.1:7001/bye' };
const spa = { id: 'demo-spa', redirect: 'http://127.0.0.1:5173/callback', bye: 'http://127.0.0.1:5173/' };
const scope = 'openid profile offline_access identity.read';

/** As much of a browser as signing in needs. Follows the host's redirects and gives the address of the application it ends at. */
class Browser {
  cookies = new Map();
  signIns = 0;

  async go(url, form) {
    for (let step = 0; step < 12; step++) {
      const answer = await fetch(url, {
        method: form ? 'POST' : 'GET',
        body: form,
        redirect: 'manual',
        headers: { Cookie: [...this.cookies].map(([n, v]) => `${n}=${v}`).join('; ') },
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
        if (/expires=thu, 01 jan 1970|max-age=0/i.test(cookie) || value === '') this.cookies.delete(name);
        else this.cookies.set(name, value);
      }
      form = undefined;
      const location = answer.headers.get('location');
      if (location) {
        url = new URL(location, url);
        if (url.origin !== issuer.origin) return url;
        continue;
      }
      const page = await answer.text();
      const [, action] = /<form method="post" action="([^"]*)"/.exec(page) ?? [];
      if (!action || !new URL(url).pathname.startsWith('/sign-in')) throw new Error(`it ends at ${url} with ${answer.status}`);
      const [, token] = /name="__RequestVerificationToken" value="([^"]*)"/.exec(page);
      url = new URL(action.replaceAll('&amp;', '&'), url);
      form = new URLSearchParams({ __RequestVerificationToken: token, username: user, password });
      this.signIns++;
    }
    throw new Error('it goes round in circles');
  }
}

const must = (holds, what) => {
  if (!holds) throw new Error(what);
};
const fails = async (work, error) => {
  const met = await work().then(() => undefined, (e) => e);
  const said = met?.error ?? met?.cause?.error ?? met?.code;
  must(met && said === error, `it was told ${met ? `${said}: ${met.message}` : 'nothing'} in place of ${error}`);
};
const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));

for (const [kind, client, auth] of [
  ['a signed client', web, () => oidc.PrivateKeyJwt({ key, kid: jwk.kid })],
  ['a browser', spa, () => oidc.None()],
]) {
  const config = await oidc.discovery(issuer, client.id, { [oidc.clockTolerance]: 30 }, auth(), {
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  });
  const browser = new Browser();

  const authorize = async (more = {}, checks = {}, pushed = true) => {
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const parameters = {
      redirect_uri: client.redirect,
      scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...more,
    };
    const url = pushed ? await oidc.buildAuthorizationUrlWithPAR(config, parameters) : oidc.buildAuthorizationUrl(config, parameters);
    const back = await browser.go(url);
    must(back.searchParams.get('iss') === config.serverMetadata().issuer, 'the answer does not say who gives it');
    return oidc.authorizationCodeGrant(config, back, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
      ...checks,
    });
  };

  let tokens;
  await check(`openid-client signs a person in for ${kind} by a pushed request`, async () => {
    must(config.serverMetadata().authorization_response_iss_parameter_supported === true, 'the document does not promise iss');
    tokens = await authorize();
    const claims = tokens.claims();
    must(claims.aud === client.id || claims.aud?.[0] === client.id, 'the identity token is for somebody else');
    const info = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
    must(info.preferred_username === user, 'user info is about somebody else');
  });

  await check(`openid-client: who is signed in is not asked again for ${kind}, and is where the application wants it`, async () => {
    const before = browser.signIns;
    await authorize({}, {}, false);
    await authorize({ prompt: 'none' });
    must(browser.signIns === before, 'the person was asked again');
    await authorize({ prompt: 'login' });
    must(browser.signIns === before + 1, 'the person was not asked again');
    await pause(2.1);
    const fresh = await authorize({ max_age: '1' }, { maxAge: 1 });
    must(browser.signIns === before + 2, 'the person was not asked again after max_age');
    must(Date.now() / 1000 - fresh.claims().auth_time < 5, 'auth_time is not that of the new sign-in');
    tokens = fresh;
  });

  await check(`openid-client refreshes for ${kind}, and a used refresh token ends the whole line`, async () => {
    const next = await oidc.refreshTokenGrant(config, tokens.refresh_token);
    must(next.refresh_token && next.refresh_token !== tokens.refresh_token, 'the refresh token was not changed');
    await fails(() => oidc.refreshTokenGrant(config, tokens.refresh_token), 'invalid_grant');
    await fails(() => oidc.refreshTokenGrant(config, next.refresh_token), 'invalid_grant');
    const api = await fetch(new URL('/api/v1/me', issuer), { headers: { Authorization: `Bearer ${next.access_token}` } });
    must(api.status === 401, `the API still takes the access token: ${api.status}`);
  });

  await check(`openid-client takes a token back for ${kind}`, async () => {
    const fresh = await authorize();
    if (client === web) must((await oidc.tokenIntrospection(config, fresh.access_token)).active, 'the token is not active');
    await oidc.tokenRevocation(config, fresh.access_token);
    if (client === web) must(!(await oidc.tokenIntrospection(config, fresh.access_token)).active, 'the revoked token is active');
    const api = await fetch(new URL('/api/v1/me', issuer), { headers: { Authorization: `Bearer ${fresh.access_token}` } });
    must(api.status === 401, `the API still takes it: ${api.status}`);
  });

  await check(`openid-client signs the person out for ${kind}`, async () => {
    const fresh = await authorize();
    const url = oidc.buildEndSessionUrl(config, { id_token_hint: fresh.id_token, post_logout_redirect_uri: client.bye, state: 'bye' });
    const back = await browser.go(url);
    must(back.href.startsWith(client.bye) && back.searchParams.get('state') === 'bye', `it ends at ${back}`);
    await fails(() => authorize({ prompt: 'none' }), 'login_required');
    await fails(() => oidc.refreshTokenGrant(config, fresh.refresh_token), 'invalid_grant');
  });
}

const insecure = { [oauth.allowInsecureRequests]: true };
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));

for (const [kind, about, auth] of [
  ['a signed client', web, oauth.PrivateKeyJwt({ key, kid: jwk.kid })],
  ['a browser', spa, oauth.None()],
]) {
  const client = { client_id: about.id, id_token_signed_response_alg: server.id_token_signing_alg_values_supported[0], [oauth.clockTolerance]: 30 };
  const browser = new Browser();

  const authorize = async (more = {}, checks = {}) => {
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const pushed = await oauth.processPushedAuthorizationResponse(
      server,
      client,
      await oauth.pushedAuthorizationRequest(
        server,
        client,
        auth,
        new URLSearchParams({
          redirect_uri: about.redirect,
          response_type: 'code',
          scope,
          state,
          nonce,
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          ...more,
        }),
        insecure,
      ),
    );
    const url = new URL(server.authorization_endpoint);
    url.searchParams.set('client_id', about.id);
    url.searchParams.set('request_uri', pushed.request_uri);
    const parameters = oauth.validateAuthResponse(server, client, await browser.go(url), state);
    const answer = await oauth.authorizationCodeGrantRequest(server, client, auth, parameters, about.redirect, verifier, insecure);
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, {
      expectedNonce: nonce,
      requireIdToken: true,
      ...checks,
    });
    await oauth.validateApplicationLevelSignature(server, answer, insecure);
    return tokens;
  };

  await check(`oauth4webapi signs a person in for ${kind} and learns who it is`, async () => {
    const tokens = await authorize({}, {});
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    const info = await oauth.processUserInfoResponse(
      server,
      client,
      claims.sub,
      await oauth.userInfoRequest(server, client, tokens.access_token, insecure),
    );
    must(info.preferred_username === user, 'user info is about somebody else');
    await pause(2.1);
    const before = browser.signIns;
    await authorize({ max_age: '1' }, { maxAge: 1 });
    must(browser.signIns === before + 1, 'the person was not asked again after max_age');
  });

  await check(`oauth4webapi refreshes for ${kind}, and a used refresh token ends the whole line`, async () => {
    const first = await authorize();
    const refresh = async (token) =>
      oauth.processRefreshTokenResponse(server, client, await oauth.refreshTokenGrantRequest(server, client, auth, token, insecure));
    const second = await refresh(first.refresh_token);
    await fails(() => refresh(first.refresh_token), 'invalid_grant');
    await fails(() => refresh(second.refresh_token), 'invalid_grant');
  });

  await check(`oauth4webapi takes a token back for ${kind}`, async () => {
    const tokens = await authorize();
    await oauth.processRevocationResponse(await oauth.revocationRequest(server, client, auth, tokens.refresh_token, insecure));
    if (about === web) {
      const told = await oauth.processIntrospectionResponse(
        server,
        client,
        await oauth.introspectionRequest(server, client, auth, tokens.access_token, insecure),
      );
      must(!told.active, 'the token of a revoked line is active');
    }
    await fails(
      async () =>
        oauth.processRefreshTokenResponse(server, client, await oauth.refreshTokenGrantRequest(server, client, auth, tokens.refresh_token, insecure)),
      'invalid_grant',
    );
  });

  await check(`oauth4webapi signs the person out for ${kind}`, async () => {
    const tokens = await authorize();
    const url = new URL(server.end_session_endpoint);
    url.searchParams.set('id_token_hint', tokens.id_token);
    url.searchParams.set('post_logout_redirect_uri', about.bye);
    must((await browser.go(url)).href.startsWith(about.bye), 'the person does not come back');
    await fails(() => authorize({ prompt: 'none' }), 'login_required');
  });
}

await check('an assertion signed with another key is refused', async () => {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const config = await oidc.discovery(issuer, web.id, undefined, oidc.PrivateKeyJwt({ key: privateKey, kid: jwk.kid }), {
    execute: [oidc.allowInsecureRequests],
  });
  const error = await oidc
    .buildAuthorizationUrlWithPAR(config, { redirect_uri: web.redirect, scope, code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' })
    .then(() => undefined, (e) => e);
  must(error?.status === 401 || error?.error === 'invalid_client', `it was told ${error?.error} with ${error?.status}`);
});
