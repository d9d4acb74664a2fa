// A resource server: it trusts the access tokens of an issuer that are for it, by the
// keys that the issuer publishes, and asks nobody else.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [issuer, audience] = process.argv.slice(2);
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer), { cooldownDuration: 0 });

const server = createServer(async (request, response) => {
  const [, token = ''] = request.headers.authorization?.match(/^Bearer (.+)$/) ?? [];
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt', algorithms: ['ES256', 'RS256', 'EdDSA'] });
    response.end(JSON.stringify({ sub: payload.sub, scope: payload.scope }));
  } catch (err) {
    response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end(err.code);
  }
}).listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(server.address().port);
