import type { Kind } from './kinds'
import { web } from './websnippets'

/** What a snippet is filled with. No secret is among it: snippets read that from the environment. */
export interface Live {
  issuer: string
  clientId: string
  redirectUri: string
  /** The base of the API, of the SDKs. */
  api: string
  /** The path of a djoser mount. */
  mount: string
  application: string
}

export interface Snippet {
  id: string
  title: string
  code: (live: Live) => string
}

const pathOf = (uri: string) => URL.parse(uri)?.pathname ?? '/callback'
const rootOf = (uri: string) => `${URL.parse(uri)?.origin ?? uri}/`

const spa: Snippet[] = [
  {
    id: 'spa',
    title: 'oidc-client-ts',
    code: (l) => `// npm install oidc-client-ts
import { UserManager } from 'oidc-client-ts'

const manager = new UserManager({
  authority: '${l.issuer}',
  client_id: '${l.clientId}',
  redirect_uri: '${l.redirectUri}',
  post_logout_redirect_uri: '${rootOf(l.redirectUri)}',
  scope: 'openid profile email',
})

if (new URLSearchParams(location.search).has('state')) {
  await manager.signinCallback()
  history.replaceState(null, '', location.pathname)
}
const user = await manager.getUser()
if (user) document.body.textContent = \`Hello \${user.profile.name ?? user.profile.email}\`
else await manager.signinRedirect()`,
  },
]

const native: Snippet[] = [
  {
    id: 'kotlin',
    title: 'Android',
    code: (l) => `// implementation("net.openid:appauth:0.11.1")
AuthorizationServiceConfiguration.fetchFromIssuer(Uri.parse("${l.issuer}")) { config, error ->
  if (config == null) return@fetchFromIssuer fail(error)
  val request = AuthorizationRequest.Builder(config, "${l.clientId}", ResponseTypeValues.CODE, Uri.parse("${l.redirectUri}"))
    .setScope("openid profile email")
    .build() // AppAuth adds PKCE, state and nonce
  startActivityForResult(AuthorizationService(this).getAuthorizationRequestIntent(request), 1)
}`,
  },
  {
    id: 'python',
    title: 'Python',
    code: (l) => `# pip install authlib requests
import http.server, urllib.parse, webbrowser
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

answer = {}

class Back(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        answer['url'] = self.path
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'You are signed in. Close this window.')

server = http.server.HTTPServer(('127.0.0.1', 0), Back)
redirect = 'http://127.0.0.1:%d${pathOf(l.redirectUri)}' % server.server_port
client = OAuth2Session('${l.clientId}', scope='openid profile email', redirect_uri=redirect, code_challenge_method='S256', token_endpoint_auth_method='none')
verifier = generate_token(48)
url, state = client.create_authorization_url('${l.issuer}/oauth2/authorize', code_verifier=verifier)
webbrowser.open(url)
server.handle_request()
token = client.fetch_token('${l.issuer}/oauth2/token', authorization_response=urllib.parse.urljoin(redirect, answer['url']), state=state, code_verifier=verifier)
print(client.get('${l.issuer}/oauth2/userinfo').json())`,
  },
]

const machine: Snippet[] = [
  {
    id: 'curl',
    title: 'curl',
    code: (l) => `curl --user "${l.clientId}:$OIDC_CLIENT_SECRET" \\
  --data grant_type=client_credentials \\
  ${l.issuer}/oauth2/token`,
  },
  {
    id: 'node',
    title: 'Node',
    code: (l) => `const res = await fetch('${l.issuer}/oauth2/token', {
  method: 'POST',
  headers: { authorization: 'Basic ' + btoa(\`${l.clientId}:\${process.env.OIDC_CLIENT_SECRET}\`) },
  body: new URLSearchParams({ grant_type: 'client_credentials' }),
})
const { access_token } = await res.json()`,
  },
  {
    id: 'python',
    title: 'Python',
    code: (l) => `import os, requests

token = requests.post(
    '${l.issuer}/oauth2/token',
    auth=('${l.clientId}', os.environ['OIDC_CLIENT_SECRET']),
    data={'grant_type': 'client_credentials'},
).json()['access_token']`,
  },
  {
    id: 'go',
    title: 'Go',
    code: (l) => `// go get golang.org/x/oauth2
config := clientcredentials.Config{
	ClientID:     "${l.clientId}",
	ClientSecret: os.Getenv("OIDC_CLIENT_SECRET"),
	TokenURL:     "${l.issuer}/oauth2/token",
}
res, err := config.Client(ctx).Get("https://api.example.com/")`,
  },
]

const djoser: Snippet[] = [
  {
    id: 'curl',
    title: 'curl',
    code: (l) => `curl --data 'username=ann' --data 'password=a long enough sentence' ${l.issuer}${l.mount}/users/
curl --data 'username=ann' --data 'password=a long enough sentence' ${l.issuer}${l.mount}/token/login/
curl --header "Authorization: Token $TOKEN" ${l.issuer}${l.mount}/users/me/`,
  },
  {
    id: 'node',
    title: 'JavaScript',
    code: (l) => `const res = await fetch('${l.issuer}${l.mount}/token/login/', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ username, password }),
})
const { auth_token } = await res.json()
const me = await fetch('${l.issuer}${l.mount}/users/me/', { headers: { authorization: \`Token \${auth_token}\` } })`,
  },
]

const sdk: Snippet[] = [
  {
    id: 'node',
    title: 'Node',
    code: (l) => `// npm install stormpath, with apiKey.properties in ~/.stormpath/
const stormpath = require('stormpath')
const client = new stormpath.Client({ client: { baseUrl: '${l.api}' } })

client.on('ready', () => {
  client.getApplications({ name: ${JSON.stringify(l.application)} }, (err, found) => {
    if (err) throw err
    found.items[0].authenticateAccount({ username: 'ann@example.com', password: process.env.PASSWORD }, (err, result) => {
      if (err) throw err
      result.getAccount((err, account) => console.log(err ?? account.fullName))
    })
  })
})`,
  },
  {
    id: 'java',
    title: 'Java',
    code: (l) => `// com.stormpath.sdk:stormpath-sdk-impl, with apiKey.properties in ~/.stormpath/
Client client = Clients.builder().setBaseUrl("${l.api}").build();
Tenant tenant = client.getCurrentTenant();`,
  },
  {
    id: 'curl',
    title: 'curl',
    code: (l) => `KEY=$(sed -n 's/^apiKey.id = //p' apiKey.properties):$(sed -n 's/^apiKey.secret = //p' apiKey.properties)
curl --location --user "$KEY" ${l.api}/tenants/current`,
  },
]

/** The snippets of each kind, the most likely first. */
export const snippets: { [K in Kind]: Snippet[] } = { web, spa, native, machine, djoser, sdk }

/** The file that holds what a program must not have in its source. */
export function envFile(l: Live, secret: string): { name: string; text: string } {
  return { name: '.env', text: `OIDC_ISSUER=${l.issuer}\nOIDC_CLIENT_ID=${l.clientId}\nOIDC_CLIENT_SECRET=${secret}\n${l.redirectUri ? `OIDC_REDIRECT_URI=${l.redirectUri}\n` : ''}` }
}
