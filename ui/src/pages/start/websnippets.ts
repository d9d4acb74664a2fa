import type { Snippet } from './snippets'

const pathOf = (uri: string) => URL.parse(uri)?.pathname ?? '/callback'
const portOf = (uri: string) => URL.parse(uri)?.port || '3000'
const plain = (issuer: string) => issuer.startsWith('http:')

/** Those of an application with a server. */
export const web: Snippet[] = [
  {
    id: 'node',
    title: 'Node',
    code: (l) => `// npm install express express-session openid-client
import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'
import * as oidc from 'openid-client'

const config = await oidc.discovery(new URL('${l.issuer}'), '${l.clientId}', {},
  oidc.ClientSecretBasic(process.env.OIDC_CLIENT_SECRET)${plain(l.issuer) ? ', { execute: [oidc.allowInsecureRequests] }' : ''})
const redirectUri = '${l.redirectUri}'

const app = express()
app.use(session({ secret: process.env.SESSION_SECRET ?? randomBytes(32).toString('hex'), resave: false, saveUninitialized: false }))

app.get('/', async (req, res) => {
  if (req.session.user) return res.json(req.session.user)
  const asked = { pkceCodeVerifier: oidc.randomPKCECodeVerifier(), expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() }
  req.session.asked = asked
  res.redirect(oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri, scope: 'openid profile email', state: asked.expectedState, nonce: asked.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(asked.pkceCodeVerifier), code_challenge_method: 'S256',
  }).href)
})

app.get('${pathOf(l.redirectUri)}', async (req, res) => {
  const tokens = await oidc.authorizationCodeGrant(config, new URL(req.originalUrl, redirectUri), req.session.asked)
  req.session.user = tokens.claims()
  res.redirect('/')
})

app.listen(${portOf(l.redirectUri)})`,
  },
  {
    id: 'python',
    title: 'Python',
    code: (l) => `# pip install flask authlib requests
import os
from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session

app = Flask(__name__)
app.secret_key = os.environ.get('SESSION_SECRET') or os.urandom(32)
app.config['SESSION_COOKIE_NAME'] = 'app_session'  # of its own, where both are on localhost
oauth = OAuth(app)
oauth.register(
    'stormkeep',
    server_metadata_url='${l.issuer}/.well-known/openid-configuration',
    client_id='${l.clientId}',
    client_secret=os.environ['OIDC_CLIENT_SECRET'],
    client_kwargs={'scope': 'openid profile email', 'code_challenge_method': 'S256'},
)

@app.get('/')
def home():
    return session['user'] if 'user' in session else oauth.stormkeep.authorize_redirect('${l.redirectUri}')

@app.get('${pathOf(l.redirectUri)}')
def callback():
    session['user'] = dict(oauth.stormkeep.authorize_access_token()['userinfo'])
    return redirect('/')

app.run(port=${portOf(l.redirectUri)})`,
  },
  {
    id: 'django',
    title: 'Django',
    code: (l) => `# pip install "django-allauth[socialaccount]"
# settings.py; allauth's redirect URI is /accounts/oidc/stormkeep/login/callback/
import os

INSTALLED_APPS += ['allauth', 'allauth.account', 'allauth.socialaccount', 'allauth.socialaccount.providers.openid_connect']
MIDDLEWARE += ['allauth.account.middleware.AccountMiddleware']
AUTHENTICATION_BACKENDS = ['django.contrib.auth.backends.ModelBackend', 'allauth.account.auth_backends.AuthenticationBackend']
SOCIALACCOUNT_PROVIDERS = {
    'openid_connect': {
        'OAUTH_PKCE_ENABLED': True,
        'APPS': [{
            'provider_id': 'stormkeep',
            'name': '${l.application.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}',
            'client_id': '${l.clientId}',
            'secret': os.environ['OIDC_CLIENT_SECRET'],
            'settings': {'server_url': '${l.issuer}', 'token_auth_method': 'client_secret_basic'},
        }],
    },
}

# urls.py
urlpatterns += [path('accounts/', include('allauth.urls'))]`,
  },
  {
    id: 'go',
    title: 'Go',
    code: (l) => `// go get github.com/coreos/go-oidc/v3/oidc golang.org/x/oauth2
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

func main() {
	provider, err := oidc.NewProvider(context.Background(), "${l.issuer}")
	if err != nil {
		log.Fatal(err)
	}
	config := oauth2.Config{ClientID: "${l.clientId}", ClientSecret: os.Getenv("OIDC_CLIENT_SECRET"), RedirectURL: "${l.redirectUri}",
		Endpoint: provider.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "profile", "email"}}
	verifier := provider.Verifier(&oidc.Config{ClientID: config.ClientID})
	keep := func(w http.ResponseWriter, name, value string) {
		http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: 600})
	}
	http.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		state, proof := oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
		keep(w, "state", state)
		keep(w, "proof", proof)
		http.Redirect(w, r, config.AuthCodeURL(state, oauth2.S256ChallengeOption(proof)), http.StatusFound)
	})
	http.HandleFunc("GET ${pathOf(l.redirectUri)}", func(w http.ResponseWriter, r *http.Request) {
		state, err := r.Cookie("state")
		proof, missing := r.Cookie("proof")
		if err != nil || missing != nil || state.Value != r.FormValue("state") {
			http.Error(w, "begin at /", http.StatusBadRequest)
			return
		}
		tokens, err := config.Exchange(r.Context(), r.FormValue("code"), oauth2.VerifierOption(proof.Value))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		raw, _ := tokens.Extra("id_token").(string)
		id, err := verifier.Verify(r.Context(), raw)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		var claims map[string]any
		_ = id.Claims(&claims)
		_ = json.NewEncoder(w).Encode(claims)
	})
	log.Fatal(http.ListenAndServe("localhost:${portOf(l.redirectUri)}", nil))
}`,
  },
  {
    id: 'curl',
    title: 'curl',
    code: (l) => `VERIFIER=$(openssl rand -hex 32)
CHALLENGE=$(printf %s "$VERIFIER" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')
echo "${l.issuer}/oauth2/authorize?response_type=code&client_id=${l.clientId}&redirect_uri=${encodeURIComponent(l.redirectUri)}&scope=openid%20profile%20email&state=test&code_challenge=$CHALLENGE&code_challenge_method=S256"

# Open that, sign in, and paste the code of the address that it leads to.
read -r CODE
curl --user "${l.clientId}:$OIDC_CLIENT_SECRET" \\
  --data grant_type=authorization_code --data-urlencode "code=$CODE" \\
  --data-urlencode "redirect_uri=${l.redirectUri}" --data "code_verifier=$VERIFIER" \\
  ${l.issuer}/oauth2/token`,
  },
  {
    id: 'php',
    title: 'PHP',
    code: (l) => `<?php // composer require jumbojett/openid-connect-php
require 'vendor/autoload.php';

$oidc = new Jumbojett\\OpenIDConnectClient('${l.issuer}', '${l.clientId}', getenv('OIDC_CLIENT_SECRET'));
$oidc->setRedirectURL('${l.redirectUri}');
$oidc->setCodeChallengeMethod('S256');
$oidc->addScope(['openid', 'profile', 'email']);
$oidc->authenticate();

header('Content-Type: application/json');
echo json_encode($oidc->getVerifiedClaims());`,
  },
  {
    id: 'ruby',
    title: 'Ruby',
    code: (l) => `# Gemfile: gem "omniauth_openid_connect"
# config/initializers/omniauth.rb
issuer = URI("${l.issuer}")
Rails.application.config.middleware.use OmniAuth::Builder do
  provider :openid_connect, {
    name: :stormkeep,
    issuer: issuer.to_s,
    discovery: true,
    scope: [:openid, :profile, :email],
    response_type: :code,
    pkce: true,
    client_options: {
      scheme: issuer.scheme,
      host: issuer.host,
      port: issuer.port,
      identifier: "${l.clientId}",
      secret: ENV.fetch("OIDC_CLIENT_SECRET"),
      redirect_uri: "${l.redirectUri}"
    }
  }
end`,
  },
  {
    id: 'java',
    title: 'Java',
    code: (l) => `# application.yml of Spring Boot, with spring-boot-starter-oauth2-client
spring.security.oauth2.client:
  registration.stormkeep:
    client-id: ${l.clientId}
    client-secret: \${OIDC_CLIENT_SECRET}
    scope: openid, profile, email
    redirect-uri: "${l.redirectUri}"
  provider.stormkeep.issuer-uri: ${l.issuer}

// Security.java: PKCE also for a client with a secret
@Configuration
class Security {
  @Bean
  SecurityFilterChain chain(HttpSecurity http, ClientRegistrationRepository clients) throws Exception {
    var resolver = new DefaultOAuth2AuthorizationRequestResolver(clients, "/oauth2/authorization");
    resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    return http
        .authorizeHttpRequests(a -> a.anyRequest().authenticated())
        .oauth2Login(o -> o.authorizationEndpoint(e -> e.authorizationRequestResolver(resolver))
            .redirectionEndpoint(e -> e.baseUri("${pathOf(l.redirectUri)}")))
        .build();
  }
}`,
  },
]
