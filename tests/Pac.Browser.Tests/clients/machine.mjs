// A machine takes a token, with two libraries that know nothing of each other, and each believes what the host says.
import * as oauth from 'oauth4webapi';
import * as oidc from 'openid-client';
import { check } from './check.mjs';

const issuer = new URL(process.env.PAC_URL);
const [id, secret] = ['demo-machine', 'demo-machine-secret'];

await check('openid-client takes a token for a machine', async () => {
  const config = await oidc.discovery(issuer, id, secret, oidc.ClientSecretPost(secret), { execute: [oidc.allowInsecureRequests] });
  const tokens = await oidc.clientCredentialsGrant(config, { scope: 'dossiers.read' });
  const about = await oidc.tokenIntrospection(config, tokens.access_token);
  if (!about.active) throw new Error('the token is not active');
  await oidc.tokenRevocation(config, tokens.access_token);
  if ((await oidc.tokenIntrospection(config, tokens.access_token)).active) throw new Error('the revoked token is active');
});

await check('oauth4webapi takes a token for a machine', async () => {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
  const client = { client_id: id };
  const answer = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretBasic(secret),
    new URLSearchParams({ scope: 'dossiers.read' }),
    insecure,
  );
  const tokens = await oauth.processClientCredentialsResponse(server, client, answer);
  const list = await fetch(new URL('/api/v1/dossiers', issuer), { headers: { Authorization: `Bearer ${tokens.access_token}` } });
  if (list.status !== 200) throw new Error(`the API answers ${list.status}`);
});

await check('a wrong secret is refused as the RFC says', async () => {
  const config = await oidc.discovery(issuer, id, 'wrong', oidc.ClientSecretPost('wrong'), { execute: [oidc.allowInsecureRequests] });
  const error = await oidc.clientCredentialsGrant(config).then(() => undefined, (e) => e);
  // RFC 6749, 5.2: 401 with a challenge, which this library reads in place of the body.
  const body = await error?.response?.json();
  if (error?.status !== 401 || body.error !== 'invalid_client') throw new Error(`it was told ${body?.error} with ${error?.status}`);
});
