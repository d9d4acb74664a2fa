import{$ as e,$t as t,At as n,Ct as r,Et as i,Ft as a,H as o,Ht as s,It as c,J as l,Jt as u,L as d,Nt as f,Ot as p,Pt as m,Qt as h,Rt as g,St as _,U as v,Ut as y,V as b,Xt as x,Y as S,Yt as C,Zt as w,b as T,bt as E,ct as D,dt as O,f as k,ft as ee,g as A,ht as j,i as M,in as N,it as P,kt as F,lt as I,m as L,mt as R,o as z,on as B,ot as te,p as V,pt as H,q as ne,qt as U,rn as W,rt as G,sn as K,t as q,tn as J,ut as re,z as Y}from"./Page-Bhr--dw_.js";import{c as ie,p as ae,r as oe,s as se,t as X}from"./index-B4sxp2Xj.js";import{t as Z}from"./Field-DW7nOMtX.js";import{t as ce}from"./form.svelte-zf05Inc6.js";import{n as le,r as Q,t as ue}from"./trial-DGn-GGak.js";import{t as de}from"./attempt.svelte-BQs1Tljw.js";import{t as fe}from"./Card-g2LYgtdq.js";import{t as pe}from"./Code-Cha12YhB.js";import{t as me}from"./Copy-WrTjZRhC.js";import{t as he}from"./SecretOnce-C193PJWq.js";import{n as ge}from"./pkce-C6QxBRrd.js";import{t as _e}from"./record.svelte-Bzp0N3Jf.js";var $={web:{icon:`server`,client:`WEB`,example:`http://localhost:3000/callback`},spa:{icon:`app`,client:`SPA`,example:`http://localhost:5173/`},native:{icon:`phone`,client:`NATIVE`,example:`http://127.0.0.1/callback`},machine:{icon:`code`,client:`MACHINE`,example:``},djoser:{icon:`plug`,example:``},sdk:{icon:`key`,example:``}},ve=Object.keys($);function ye(e){return e in $?e:`web`}function be(e){return ve.find(t=>$[t].client===e)??`web`}function xe(e){return e.map(e=>e.trim()).filter(Boolean)}function Se(e){let t=URL.parse(e);return t&&/^https?:$/.test(t.protocol)?t.origin:``}function Ce(e,t,n){let r=$[e].client;if(r===`MACHINE`)return{name:t,kind:r,firstParty:!0};let i=xe(n),a=[...new Set(i.map(Se).filter(Boolean))];return{name:t,kind:r,firstParty:!0,redirectUris:i,postLogoutRedirectUris:a.map(e=>`${e}/`),...r===`SPA`?{allowedOrigins:a}:{}}}function we(e,t){if(e.includes(`*`))return`redirectStar`;if(e.includes(`#`))return`redirectFragment`;let n=URL.parse(e);return!n||/\s/.test(e)?`redirectWhole`:n.protocol===`https:`?n.host?``:`redirectWhole`:n.protocol===`http:`?n.hostname===`localhost`||n.hostname===`[::1]`||/^127(\.\d+){3}$/.test(n.hostname)?``:`redirectHttps`:t?n.protocol.includes(`.`)?``:`redirectScheme`:`redirectHttps`}var Te=w({});function Ee(e,t){Te[e]=t}function De(e){return Te[e]??``}function Oe(e){delete Te[e]}var ke=new Set;function Ae(e){ke.add(e)}function je(e){return ke.has(e)}var Me=n(`<option> </option>`),Ne=n(`<div class="field"><label> </label> <select class="select"><!><option> </option></select></div>`),Pe=n(`<label class="kind"><!><b> </b> <input class="check radio" type="radio"/> <p> </p></label>`),Fe=n(`<div class="callout"><!><div><b class="strong"> </b><p> <code>http://localhost:8000/accounts/oidc/stormkeep/login/callback/</code></p></div></div>`),Ie=n(`<!> <!>`,1),Le=n(`<p class="hint"> </p>`),Re=n(`<form class="stack" novalidate=""><!> <!> <!> <fieldset class="field"><legend class="label"> </legend> <div class="kinds"></div></fieldset> <!> <!> <div class="actions"><span class="end"><!><!></span></div></form>`);function ze(n,m){N(m,!0);let _=`Stormpath`,y=t(void 0),w=t([]),T=t(void 0),k=t(void 0);async function A(){h(k,void 0);try{let[e,t]=await Promise.all([d(`${S(`applications`)}?limit=100&orderBy=name`),d(`${S(`directories`)}?limit=100&orderBy=name`)]);h(T,V(`client`)?(await d(`/v1/clients/${V(`client`)}`)).data:void 0),g(T)&&Y(g(T).application.href)!==V(`app`)&&h(T,void 0),h(w,t.data.items.filter(e=>e.name!==`${_} Administrators`)),h(y,e.data.items.filter(e=>e.name!==_))}catch(e){h(k,e)}}A();let j=J(()=>V(`app`)||(g(y)?.length===1?Y(g(y)[0].href):`new`)),P=e=>g(y)?.find(t=>Y(t.href)===e)?.name??``,L=new ce({read:()=>{if(!g(y))return;let e=g(T)?be(g(T).kind):ye(V(`kind`));return{app:g(j),name:P(g(j)),kind:e,redirectUris:g(T)?g(T).redirectUris:[$[e].example].filter(Boolean),path:`/auth`,directory:`new`}},labels:()=>({app:Q(`application`),name:Q(`name`),kind:Q(`kind`),redirectUris:Q(`redirectUris`),path:Q(`mountPath`),directory:Q(`directory`)}),whole:!0,write:(e,t)=>q(t)}),R=J(()=>ye(L.values.kind));function te(){L.values.name=P(L.values.app)}function ne(e){let t=ve.map(e=>$[e].example),n=xe(L.values.redirectUris).filter(e=>!t.includes(e));L.values.kind=e,L.values.redirectUris=n.length?n:[$[e].example].filter(Boolean),delete L.errors.redirectUris}let G;async function q(t){let{client:n,example:r}=$[g(R)];if(!t.name.trim())throw new e(400,400,Q(`nameMissing`),``,`name`);if(r){let n=xe(t.redirectUris);if(n.length===0)throw new e(400,400,Q(`redirectMissing`),``,`redirectUris`);for(let t of n){let n=we(t,g(R)===`native`);if(n)throw new e(400,400,`${t}: ${Q(n)}`,``,`redirectUris`)}}let i=await ie(t);G={app:i,kind:g(R),client:void 0,mount:void 0},n?G.client=await ae(i,t):g(R)===`djoser`&&(G.mount=await oe(i,t.path))}async function ie(e){if(e.app!==`new`)return e.name!==P(e.app)&&await b(`/v1/applications/${e.app}`,{name:e.name}),e.app;let{data:t}=await b(v(`/v1/applications`,{createDirectory:e.directory===`new`?`true`:void 0}),{name:e.name});h(y,[...g(y),t]);let n=L.values.app=Y(t.href);if(e.directory!==`new`){let n=g(w).find(t=>Y(t.href)===e.directory).href;await b(`/v1/accountStoreMappings`,{application:{href:t.href},accountStore:{href:n},isDefaultAccountStore:!0,isDefaultGroupStore:!0})}return n}async function ae(e,t){let n=Ce(g(R),t.name,t.redirectUris);if(g(T)&&g(T).kind===n.kind&&Y(g(T).application.href)===e){let{kind:e,...t}=n;return h(T,(await b(`/v1/clients/${Y(g(T).href)}`,t)).data),Y(g(T).href)}let{data:r}=await b(`/v1/applications/${e}/clients`,n);return g(T)&&je(Y(g(T).href))&&await o(g(T).href),h(T,r),Ae(Y(r.href)),r.clientSecret&&Ee(Y(r.href),r.clientSecret),Y(r.href)}async function oe(e,t){let{data:n}=await d(`/v1/applications/${e}/djoserMounts?limit=100`),r=n.items.find(e=>e.path===t);if(r)return r.path;let i=(await d(`/v1/applications/${e}/accountStoreMappings?limit=100`)).data.items.map(e=>e.accountStore.href).find(e=>e.includes(`/directories/`));return(await b(`/v1/applications/${e}/djoserMounts`,{path:t,version:`2`,...i?{directory:{href:i}}:{}})).data.path}async function le(e){e.preventDefault(),await L.save()&&m.onnext(G)}var ue=F(),de=u(ue),fe=e=>{X(e,{get error(){return g(k)},retry:A})},pe=e=>{se(e,{lines:6})},me=e=>{var t=Re(),n=U(t),o=e=>{{let t=J(()=>({message:L.message})),n=J(()=>Q(`notDone`));X(e,{get error(){return g(t)},get title(){return g(n)}})}};r(n,e=>{L.message&&e(o)});var d=x(n,2),h=e=>{var t=Ne(),n=U(t),r=C(n,!0),o=x(n,2),c=U(o);E(c,17,()=>g(y),e=>e.href,(e,t)=>{var n=Me(),r=C(n,!0),a={};s(e=>{i(r,g(t).name),a!==(a=e)&&(n.value=(n.__value=a)??``)},[()=>Y(g(t).href)]),p(e,n)});var l=x(c),u=C(l,!0);l.value=l.__value=`new`,K(o),H(o),K(t),s((e,t)=>{I(n,`for`,`${L.id??``}-app`),i(r,e),I(o,`id`,`${L.id??``}-app`),i(u,t)},[()=>Q(`application`),()=>Q(`another`)]),a(`change`,o,te),ee(o,()=>L.values.app,e=>L.values.app=e),p(e,t)};r(d,e=>{g(y).length>0&&e(h)});var _=x(d,2);{let e=J(()=>Q(`nameHint`));Z(_,{get form(){return L},name:`name`,get hint(){return g(e)},autocomplete:`off`,maxlength:255})}var v=x(_,2),b=U(v),S=C(b,!0),T=x(b,2);E(T,20,()=>ve,e=>e,(e,t)=>{var n=Pe(),r=U(n);z(r,{get name(){return $[t].icon}});var o=x(r),c=C(o,!0),l=x(o,2);D(l);var u=x(l,2),d=C(u,!0);K(n),s((e,n)=>{i(c,e),I(l,`name`,`${L.id??``}-kind`),O(l,t),re(l,t===g(R)),i(d,n)},[()=>Q(`${t}Kind`),()=>Q(`${t}Text`)]),a(`change`,l,()=>ne(t)),p(e,n)}),K(T),K(v);var k=x(v,2),A=e=>{var t=Ie(),n=u(t);{let e=J(()=>Q(g(R)===`native`?`redirectNativeHint`:`redirectHint`));Z(n,{get form(){return L},name:`redirectUris`,type:`list`,get hint(){return g(e)},get placeholder(){return $[g(R)].example}})}var a=x(n,2),o=e=>{var t=Fe(),n=U(t);z(n,{name:`info`});var r=x(n),a=U(r),o=C(a,!0),c=x(a),l=U(c);B(),K(c),K(r),K(t),s((e,t)=>{i(o,e),i(l,`${t??``} `)},[()=>Q(`django`),()=>Q(`djangoText`)]),p(e,t)};r(a,e=>{g(R)===`web`&&e(o)}),p(e,t)},j=e=>{{let t=J(()=>Q(`mountHint`,{issuer:l().issuer}));Z(e,{get form(){return L},name:`path`,get hint(){return g(t)},placeholder:`/auth`,autocomplete:`off`})}},N=e=>{var t=Le(),n=C(t,!0);s(e=>i(n,e),[()=>Q(g(R)===`machine`?`machineHint`:`sdkHint`)]),p(e,t)};r(k,e=>{$[g(R)].example?e(A):g(R)===`djoser`?e(j,1):e(N,-1)});var P=x(k,2),F=e=>{{let t=J(()=>Q(`directoryHint`)),n=J(()=>[{value:`new`,label:Q(`ownDirectory`)},...g(w).map(e=>({value:Y(e.href),label:e.name}))]);Z(e,{get form(){return L},name:`directory`,type:`select`,get hint(){return g(t)},get options(){return g(n)}})}};r(P,e=>{L.values.app===`new`&&g(w).length>0&&e(F)});var V=x(P,2),W=U(V),G=U(W);M(G,{kind:`ghost`,get onclick(){return m.onskip},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`skip`)]),p(e,n)},$$slots:{default:!0}});var q=x(G);M(q,{type:`submit`,kind:`primary`,get busy(){return L.saving},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`continue`)]),p(e,n)},$$slots:{default:!0}}),K(W),K(V),K(t),s(e=>i(S,e),[()=>Q(`kind`)]),c(`submit`,t,le),p(e,t)};r(de,e=>{g(k)?e(fe):g(y)?e(me,-1):e(pe,1)}),p(n,ue),W()}m([`change`]);var Be=n(`<div class="callout" role="status"><!><div><p> </p></div></div>`),Ve=n(`<!> <!> <form class="stack" novalidate=""><div class="grid2"><!> <!></div> <!> <!> <!> <div><!></div></form>`,1);function He(n,a){N(a,!0);let o=t(``),l=t(!1),m=new ce({read:()=>({email:``,givenName:``,surname:``,password:``,invite:!1}),labels:()=>({email:Q(`email`),givenName:Q(`givenName`),surname:Q(`surname`),password:Q(`password`),invite:Q(`invite`)}),whole:!0,secret:[`password`],write:async(t,n)=>{let r=(await d(`/v1/applications/${a.application}/accountStoreMappings?limit=100`)).data.items.map(e=>e.accountStore.href).find(e=>e.includes(`/directories/`));if(!r)throw new e(400,400,Q(`noDirectoryText`));if(!n.email.trim())throw new e(400,400,Q(`emailMissing`),``,`email`);if(!n.invite&&!n.password)throw new e(400,400,Q(`passwordMissing`),``,`password`);let i=n.invite?`${ge()}aA1`:n.password;await b(`${r}/accounts?registrationWorkflowEnabled=false`,{email:n.email.trim(),givenName:n.givenName||null,surname:n.surname||null,password:i}),h(o,n.email.trim(),!0),h(l,n.invite,!0),a.onmade(g(o)),n.invite&&await b(`/v1/applications/${a.application}/passwordResetTokens`,{email:g(o)})}});async function _(e){e.preventDefault(),await m.save()&&m.begin({email:``,givenName:``,surname:``,password:``,invite:m.values.invite})}{let e=J(()=>Q(`firstUser`)),t=J(()=>Q(`firstUserText`));fe(n,{get title(){return g(e)},get sub(){return g(t)},children:(e,t)=>{var n=Ve(),a=u(n),d=e=>{{let t=J(()=>({message:m.message})),n=J(()=>Q(`notDone`));X(e,{get error(){return g(t)},get title(){return g(n)}})}};r(a,e=>{m.message&&e(d)});var h=x(a,2),v=e=>{var t=Be(),n=U(t);z(n,{name:`check`});var r=x(n),a=U(r),c=C(a,!0);K(r),K(t),s(e=>i(c,e),[()=>Q(g(l)?`userMailed`:`userMade`,{email:g(o)})]),p(e,t)};r(h,e=>{g(o)&&e(v)});var y=x(h,2),b=U(y),S=U(b);{let e=J(()=>Q(`optional`));Z(S,{get form(){return m},name:`givenName`,get note(){return g(e)},autocomplete:`off`})}var w=x(S,2);{let e=J(()=>Q(`optional`));Z(w,{get form(){return m},name:`surname`,get note(){return g(e)},autocomplete:`off`})}K(b);var T=x(b,2);Z(T,{get form(){return m},name:`email`,type:`email`,autocomplete:`off`});var E=x(T,2);{let e=J(()=>Q(`inviteHint`));Z(E,{get form(){return m},name:`invite`,type:`switch`,get hint(){return g(e)}})}var D=x(E,2),O=e=>{Z(e,{get form(){return m},name:`password`,type:`password`,autocomplete:`new-password`})};r(D,e=>{m.values.invite||e(O)});var k=x(D,2),ee=U(k);M(ee,{type:`submit`,get busy(){return m.saving},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`addUser`)]),p(e,n)},$$slots:{default:!0}}),K(k),K(y),c(`submit`,y,_),p(e,n)},$$slots:{default:!0}})}W()}var Ue=e=>URL.parse(e)?.pathname??`/callback`,We=e=>URL.parse(e)?.port||`3000`,Ge=e=>e.startsWith(`http:`),Ke=[{id:`node`,title:`Node`,code:e=>`// npm install express express-session openid-client
import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'
import * as oidc from 'openid-client'

const config = await oidc.discovery(new URL('${e.issuer}'), '${e.clientId}', {},
  oidc.ClientSecretBasic(process.env.OIDC_CLIENT_SECRET)${Ge(e.issuer)?`, { execute: [oidc.allowInsecureRequests] }`:``})
const redirectUri = '${e.redirectUri}'

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

app.get('${Ue(e.redirectUri)}', async (req, res) => {
  const tokens = await oidc.authorizationCodeGrant(config, new URL(req.originalUrl, redirectUri), req.session.asked)
  req.session.user = tokens.claims()
  res.redirect('/')
})

app.listen(${We(e.redirectUri)})`},{id:`python`,title:`Python`,code:e=>`# pip install flask authlib requests
import os
from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session

app = Flask(__name__)
app.secret_key = os.environ.get('SESSION_SECRET') or os.urandom(32)
app.config['SESSION_COOKIE_NAME'] = 'app_session'  # of its own, where both are on localhost
oauth = OAuth(app)
oauth.register(
    'stormkeep',
    server_metadata_url='${e.issuer}/.well-known/openid-configuration',
    client_id='${e.clientId}',
    client_secret=os.environ['OIDC_CLIENT_SECRET'],
    client_kwargs={'scope': 'openid profile email', 'code_challenge_method': 'S256'},
)

@app.get('/')
def home():
    return session['user'] if 'user' in session else oauth.stormkeep.authorize_redirect('${e.redirectUri}')

@app.get('${Ue(e.redirectUri)}')
def callback():
    session['user'] = dict(oauth.stormkeep.authorize_access_token()['userinfo'])
    return redirect('/')

app.run(port=${We(e.redirectUri)})`},{id:`django`,title:`Django`,code:e=>`# pip install "django-allauth[socialaccount]"
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
            'name': '${e.application.replaceAll(`\\`,`\\\\`).replaceAll(`'`,`\\'`)}',
            'client_id': '${e.clientId}',
            'secret': os.environ['OIDC_CLIENT_SECRET'],
            'settings': {'server_url': '${e.issuer}', 'token_auth_method': 'client_secret_basic'},
        }],
    },
}

# urls.py
urlpatterns += [path('accounts/', include('allauth.urls'))]`},{id:`go`,title:`Go`,code:e=>`// go get github.com/coreos/go-oidc/v3/oidc golang.org/x/oauth2
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
	provider, err := oidc.NewProvider(context.Background(), "${e.issuer}")
	if err != nil {
		log.Fatal(err)
	}
	config := oauth2.Config{ClientID: "${e.clientId}", ClientSecret: os.Getenv("OIDC_CLIENT_SECRET"), RedirectURL: "${e.redirectUri}",
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
	http.HandleFunc("GET ${Ue(e.redirectUri)}", func(w http.ResponseWriter, r *http.Request) {
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
	log.Fatal(http.ListenAndServe("localhost:${We(e.redirectUri)}", nil))
}`},{id:`curl`,title:`curl`,code:e=>`VERIFIER=$(openssl rand -hex 32)
CHALLENGE=$(printf %s "$VERIFIER" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')
echo "${e.issuer}/oauth2/authorize?response_type=code&client_id=${e.clientId}&redirect_uri=${encodeURIComponent(e.redirectUri)}&scope=openid%20profile%20email&state=test&code_challenge=$CHALLENGE&code_challenge_method=S256"

# Open that, sign in, and paste the code of the address that it leads to.
read -r CODE
curl --user "${e.clientId}:$OIDC_CLIENT_SECRET" \\
  --data grant_type=authorization_code --data-urlencode "code=$CODE" \\
  --data-urlencode "redirect_uri=${e.redirectUri}" --data "code_verifier=$VERIFIER" \\
  ${e.issuer}/oauth2/token`},{id:`php`,title:`PHP`,code:e=>`<?php // composer require jumbojett/openid-connect-php
require 'vendor/autoload.php';

$oidc = new Jumbojett\\OpenIDConnectClient('${e.issuer}', '${e.clientId}', getenv('OIDC_CLIENT_SECRET'));
$oidc->setRedirectURL('${e.redirectUri}');
$oidc->setCodeChallengeMethod('S256');
$oidc->addScope(['openid', 'profile', 'email']);
$oidc->authenticate();

header('Content-Type: application/json');
echo json_encode($oidc->getVerifiedClaims());`},{id:`ruby`,title:`Ruby`,code:e=>`# Gemfile: gem "omniauth_openid_connect"
# config/initializers/omniauth.rb
issuer = URI("${e.issuer}")
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
      identifier: "${e.clientId}",
      secret: ENV.fetch("OIDC_CLIENT_SECRET"),
      redirect_uri: "${e.redirectUri}"
    }
  }
end`},{id:`java`,title:`Java`,code:e=>`# application.yml of Spring Boot, with spring-boot-starter-oauth2-client
spring.security.oauth2.client:
  registration.stormkeep:
    client-id: ${e.clientId}
    client-secret: \${OIDC_CLIENT_SECRET}
    scope: openid, profile, email
    redirect-uri: "${e.redirectUri}"
  provider.stormkeep.issuer-uri: ${e.issuer}

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
            .redirectionEndpoint(e -> e.baseUri("${Ue(e.redirectUri)}")))
        .build();
  }
}`}],qe=e=>URL.parse(e)?.pathname??`/callback`,Je=e=>`${URL.parse(e)?.origin??e}/`,Ye={web:Ke,spa:[{id:`spa`,title:`oidc-client-ts`,code:e=>`// npm install oidc-client-ts
import { UserManager } from 'oidc-client-ts'

const manager = new UserManager({
  authority: '${e.issuer}',
  client_id: '${e.clientId}',
  redirect_uri: '${e.redirectUri}',
  post_logout_redirect_uri: '${Je(e.redirectUri)}',
  scope: 'openid profile email',
})

if (new URLSearchParams(location.search).has('state')) {
  await manager.signinCallback()
  history.replaceState(null, '', location.pathname)
}
const user = await manager.getUser()
if (user) document.body.textContent = \`Hello \${user.profile.name ?? user.profile.email}\`
else await manager.signinRedirect()`}],native:[{id:`kotlin`,title:`Android`,code:e=>`// implementation("net.openid:appauth:0.11.1")
AuthorizationServiceConfiguration.fetchFromIssuer(Uri.parse("${e.issuer}")) { config, error ->
  if (config == null) return@fetchFromIssuer fail(error)
  val request = AuthorizationRequest.Builder(config, "${e.clientId}", ResponseTypeValues.CODE, Uri.parse("${e.redirectUri}"))
    .setScope("openid profile email")
    .build() // AppAuth adds PKCE, state and nonce
  startActivityForResult(AuthorizationService(this).getAuthorizationRequestIntent(request), 1)
}`},{id:`python`,title:`Python`,code:e=>`# pip install authlib requests
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
redirect = 'http://127.0.0.1:%d${qe(e.redirectUri)}' % server.server_port
client = OAuth2Session('${e.clientId}', scope='openid profile email', redirect_uri=redirect, code_challenge_method='S256', token_endpoint_auth_method='none')
verifier = generate_token(48)
url, state = client.create_authorization_url('${e.issuer}/oauth2/authorize', code_verifier=verifier)
webbrowser.open(url)
server.handle_request()
token = client.fetch_token('${e.issuer}/oauth2/token', authorization_response=urllib.parse.urljoin(redirect, answer['url']), state=state, code_verifier=verifier)
print(client.get('${e.issuer}/oauth2/userinfo').json())`}],machine:[{id:`curl`,title:`curl`,code:e=>`curl --user "${e.clientId}:$OIDC_CLIENT_SECRET" \\
  --data grant_type=client_credentials \\
  ${e.issuer}/oauth2/token`},{id:`node`,title:`Node`,code:e=>`const res = await fetch('${e.issuer}/oauth2/token', {
  method: 'POST',
  headers: { authorization: 'Basic ' + btoa(\`${e.clientId}:\${process.env.OIDC_CLIENT_SECRET}\`) },
  body: new URLSearchParams({ grant_type: 'client_credentials' }),
})
const { access_token } = await res.json()`},{id:`python`,title:`Python`,code:e=>`import os, requests

token = requests.post(
    '${e.issuer}/oauth2/token',
    auth=('${e.clientId}', os.environ['OIDC_CLIENT_SECRET']),
    data={'grant_type': 'client_credentials'},
).json()['access_token']`},{id:`go`,title:`Go`,code:e=>`// go get golang.org/x/oauth2
config := clientcredentials.Config{
	ClientID:     "${e.clientId}",
	ClientSecret: os.Getenv("OIDC_CLIENT_SECRET"),
	TokenURL:     "${e.issuer}/oauth2/token",
}
res, err := config.Client(ctx).Get("https://api.example.com/")`}],djoser:[{id:`curl`,title:`curl`,code:e=>`curl --data 'username=ann' --data 'password=a long enough sentence' ${e.issuer}${e.mount}/users/
curl --data 'username=ann' --data 'password=a long enough sentence' ${e.issuer}${e.mount}/token/login/
curl --header "Authorization: Token $TOKEN" ${e.issuer}${e.mount}/users/me/`},{id:`node`,title:`JavaScript`,code:e=>`const res = await fetch('${e.issuer}${e.mount}/token/login/', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ username, password }),
})
const { auth_token } = await res.json()
const me = await fetch('${e.issuer}${e.mount}/users/me/', { headers: { authorization: \`Token \${auth_token}\` } })`}],sdk:[{id:`node`,title:`Node`,code:e=>`// npm install stormpath, with apiKey.properties in ~/.stormpath/
const stormpath = require('stormpath')
const client = new stormpath.Client({ client: { baseUrl: '${e.api}' } })

client.on('ready', () => {
  client.getApplications({ name: ${JSON.stringify(e.application)} }, (err, found) => {
    if (err) throw err
    found.items[0].authenticateAccount({ username: 'ann@example.com', password: process.env.PASSWORD }, (err, result) => {
      if (err) throw err
      result.getAccount((err, account) => console.log(err ?? account.fullName))
    })
  })
})`},{id:`java`,title:`Java`,code:e=>`// com.stormpath.sdk:stormpath-sdk-impl, with apiKey.properties in ~/.stormpath/
Client client = Clients.builder().setBaseUrl("${e.api}").build();
Tenant tenant = client.getCurrentTenant();`},{id:`curl`,title:`curl`,code:e=>`KEY=$(sed -n 's/^apiKey.id = //p' apiKey.properties):$(sed -n 's/^apiKey.secret = //p' apiKey.properties)
curl --location --user "$KEY" ${e.api}/tenants/current`}]};function Xe(e,t){return{name:`.env`,text:`OIDC_ISSUER=${e.issuer}\nOIDC_CLIENT_ID=${e.clientId}\nOIDC_CLIENT_SECRET=${t}\n${e.redirectUri?`OIDC_REDIRECT_URI=${e.redirectUri}\n`:``}`}}var Ze=n(`<div class="callout" role="status"><!><div><b class="strong"> </b><p> </p></div></div> <!>`,1),Qe=n(`<p role="status"> </p> <div class="btns"><!><!></div>`,1),$e=n(`<div class="btns"><!></div>`),et=n(`<!> <!> <!>`,1);function tt(e,n){N(n,!0);let a=t(void 0),o=t(``),c=t(void 0),l=new de,d=l.act(async()=>{h(c,void 0);let e=await ue.begin(n.application);h(o,await e.url(n.login),!0),h(a,e),m()});function m(){window.open(g(o),`console-trial`,`popup,width=480,height=760`)}let _=()=>l.run(async()=>{let e=g(a);h(a,void 0),await e?.end()});async function v(e){let t=g(a);t&&e.state===t.state&&(b?.postMessage({taken:t.state}),h(a,void 0),await l.run(async()=>{try{h(c,await t.claims(e))}finally{await t.end()}}))}let b;y(()=>{let e=b=new BroadcastChannel(le);return e.onmessage=e=>void v(e.data),()=>{e.close(),g(a)&&g(a).end().catch(()=>{})}});let S=J(()=>String(g(c)?.name??g(c)?.email??g(c)?.sub??``));{let t=J(()=>Q(`try`)),n=J(()=>Q(`trySub`));fe(e,{get title(){return g(t)},get sub(){return g(n)},children:(e,t)=>{var n=et(),o=u(n),h=e=>{{let t=J(()=>Q(`notDone`));X(e,{get error(){return l.failed},get title(){return g(t)}})}};r(o,e=>{l.failed&&e(h)});var v=x(o,2),y=e=>{var t=Ze(),n=u(t),r=U(n);z(r,{name:`check`});var a=x(r),o=U(a),l=C(o,!0),d=x(o),f=C(d,!0);K(a),K(n);var m=x(n,2);{let e=J(()=>Q(`claims`)),t=J(()=>JSON.stringify(g(c),null,2));pe(m,{get title(){return g(e)},get code(){return g(t)}})}s((e,t)=>{i(l,e),i(f,t)},[()=>Q(`tried`,{who:g(S)}),()=>Q(`triedText`)]),p(e,t)};r(v,e=>{g(c)&&e(y)});var b=x(v,2),w=e=>{var t=Qe(),n=u(t),r=C(n,!0),a=x(n,2),o=U(a);M(o,{icon:`out`,onclick:m,children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`openAgain`)]),p(e,n)},$$slots:{default:!0}});var c=x(o);M(c,{kind:`ghost`,onclick:_,children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`cancel`)]),p(e,n)},$$slots:{default:!0}}),K(a),s(e=>i(r,e),[()=>Q(`trying`)]),p(e,t)},T=e=>{var t=$e(),n=U(t);M(n,{icon:`play`,get onclick(){return d},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(g(c)?`tryAgain`:`tryIt`)]),p(e,n)},$$slots:{default:!0}}),K(t),p(e,t)};r(b,e=>{g(a)?e(w):e(T,-1)}),p(e,n)},$$slots:{default:!0}})}W()}var nt=n(`<dt> </dt><dd><!></dd>`,1),rt=n(`<div class="btns"><!><p class="hint"> </p></div>`),it=n(`<p class="hint"> </p>`),at=n(`<dl class="kv left"><dt> </dt><dd><!></dd> <!> <!> <!> <!></dl> <!> <!>`,1),ot=n(`<!> <!>`,1),st=n(`<!> <!> <div class="scroll-x"><!></div> <!> <!> <div class="actions"><!> <span class="end"><!><!></span></div>`,1),ct=n(`<!> <!> <!>`,1);function lt(e,n){N(n,!0);let a=t(void 0),o=t(void 0),c=t(void 0);async function m(){h(c,void 0);try{let[e,t]=await Promise.all([d(`/v1/applications/${n.application}`),n.client?d(`/v1/clients/${n.client}`):void 0]);h(a,e.data),h(o,t?.data)}catch(e){h(c,e)}}m();let _=J(()=>l().issuer.replace(/\/$/,``)),v=J(()=>({issuer:g(_),clientId:n.client,redirectUri:g(o)?.redirectUris[0]??``,api:`${g(_)}/v1`,mount:V(`mount`)||`/auth`,application:g(a)?.name??``})),y=J(()=>Ye[n.kind].find(e=>e.id===V(`lang`))??Ye[n.kind][0]),S=J(()=>g(o)?.kind===`WEB`||g(o)?.kind===`MACHINE`),w=J(()=>De(n.client)),E=new de,D=E.act(async()=>{if(!await ae({title:Q(`newSecretTitle`),text:Q(`newSecretText`),act:Q(`newSecret`),danger:!0}))return;let{clientSecret:e}=(await b(`/v1/clients/${n.client}/secrets`,{})).data;e&&Ee(n.client,e)}),O=t(void 0),ee=E.act(async()=>{h(O,(await b(`/v1/operators/${l().account.id}/apiKeys`,{name:g(a).name})).data)}),A=J(()=>g(O)?g(O).id??Y(g(O).href):``),j=t(``);var P=ct(),I=u(P),R=e=>{X(e,{get error(){return g(c)},retry:m})},z=e=>{se(e,{lines:8})},te=e=>{var t=st(),a=u(t),c=e=>{{let t=J(()=>Q(`notDone`));X(e,{get error(){return E.failed},get title(){return g(t)}})}};r(a,e=>{E.failed&&e(c)});var l=x(a,2);{let e=J(()=>Q(`values`));fe(l,{get title(){return g(e)},children:(e,t)=>{var a=at(),c=u(a),l=U(c),d=C(l,!0),m=x(l),h=U(m);{let e=J(()=>Q(`issuer`));me(h,{get text(){return g(_)},get thing(){return g(e)},code:!0})}K(m);var y=x(m,2),b=e=>{var t=nt(),r=u(t),a=C(r,!0),o=x(r),c=U(o);{let e=J(()=>Q(`clientId`));me(c,{get text(){return n.client},get thing(){return g(e)},code:!0})}K(o),s(e=>i(a,e),[()=>Q(`clientId`)]),p(e,t)};r(y,e=>{g(o)&&e(b)});var w=x(y,2),T=e=>{var t=nt(),n=u(t),r=C(n,!0),a=x(n),o=U(a);{let e=J(()=>Q(`redirectUris`));me(o,{get text(){return g(v).redirectUri},get thing(){return g(e)},code:!0})}K(a),s(e=>i(r,e),[()=>Q(`redirectUris`)]),p(e,t)};r(w,e=>{g(v).redirectUri&&e(T)});var E=x(w,2),O=e=>{var t=nt(),n=u(t),r=C(n,!0),a=x(n),o=U(a);{let e=J(()=>g(_)+g(v).mount),t=J(()=>Q(`mountPath`));me(o,{get text(){return g(e)},get thing(){return g(t)},code:!0})}K(a),s(e=>i(r,e),[()=>Q(`mountPath`)]),p(e,t)};r(E,e=>{n.kind===`djoser`&&e(O)});var k=x(E,2),A=e=>{var t=nt(),n=u(t),r=C(n,!0),a=x(n),o=U(a);{let e=J(()=>Q(`api`));me(o,{get text(){return g(v).api},get thing(){return g(e)},code:!0})}K(a),s(e=>i(r,e),[()=>Q(`api`)]),p(e,t)};r(k,e=>{n.kind===`sdk`&&e(A)}),K(c);var j=x(c,2),N=e=>{var t=rt(),n=U(t);M(n,{icon:`key`,get onclick(){return D},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`newSecret`)]),p(e,n)},$$slots:{default:!0}});var r=x(n),a=C(r,!0);K(t),s(e=>i(a,e),[()=>Q(`secretHint`)]),p(e,t)};r(j,e=>{g(S)&&e(N)});var P=x(j,2),I=e=>{var t=F(),n=u(t),a=e=>{var t=rt(),n=U(t);M(n,{icon:`key`,get onclick(){return ee},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`newKey`)]),p(e,n)},$$slots:{default:!0}});var r=x(n),a=C(r,!0);K(t),s(e=>i(a,e),[()=>Q(`newKeyHint`)]),p(e,t)},o=J(()=>ne(`owner`)),c=e=>{var t=it(),n=C(t,!0);s(e=>i(n,e),[()=>Q(`keyOwner`)]),p(e,t)};r(n,e=>{g(o)?e(a):e(c,-1)}),p(e,t)};r(P,e=>{n.kind===`sdk`&&e(I)}),s(e=>i(d,e),[()=>Q(`issuer`)]),p(e,a)},$$slots:{default:!0}})}var d=x(l,2),m=U(d);{let e=J(()=>Q(`language`));oe(m,{get label(){return g(e)},get value(){return g(y).id},get options(){return Ye[n.kind]},onchange:e=>k({lang:e})})}K(d);var b=x(d,2);{let e=J(()=>g(y).code(g(v)));pe(b,{get title(){return g(y).title},get code(){return g(e)}})}var w=x(b,2),O=e=>{var t=ot(),i=u(t);He(i,{get application(){return n.application},onmade:e=>h(j,e,!0)});var a=x(i,2),o=e=>{tt(e,{get application(){return n.application},get login(){return g(j)}})};r(a,e=>{$[n.kind].client&&e(o)}),p(e,t)};r(w,e=>{n.kind!==`machine`&&e(O)});var A=x(w,2),N=U(A);M(N,{get onclick(){return n.onback},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`back`)]),p(e,n)},$$slots:{default:!0}});var P=x(N,2),I=U(P);{let e=J(()=>T(`/applications/${n.application}`));M(I,{get href(){return g(e)},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`toApplication`)]),p(e,n)},$$slots:{default:!0}})}var R=x(I);M(R,{kind:`primary`,onclick:()=>L(`/`),children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`finish`)]),p(e,n)},$$slots:{default:!0}}),K(P),K(A),p(e,t)};r(I,e=>{g(c)?e(R):g(a)?e(te,-1):e(z,1)});var H=x(I,2),G=e=>{{let t=J(()=>Q(`secretOf`,{name:g(o).name})),r=J(()=>[{label:Q(`clientId`),value:n.client},{label:Q(`clientSecret`),value:g(w)}]),i=J(()=>Xe(g(v),g(w)));he(e,{get title(){return g(t)},get values(){return g(r)},get file(){return g(i)},onclose:()=>Oe(n.client)})}};r(H,e=>{g(w)&&g(o)&&e(G)});var q=x(H,2),re=e=>{{let t=J(()=>Q(`newKey`)),n=J(()=>[{label:Q(`keyId`),value:g(A)},{label:Q(`keySecret`),value:g(O).secret}]),r=J(()=>({name:`apiKey.properties`,text:`apiKey.id = ${g(A)}\napiKey.secret = ${g(O).secret}\n`}));he(e,{get title(){return g(t)},get values(){return g(n)},get file(){return g(r)},onclose:()=>h(O,void 0)})}};r(q,e=>{g(O)?.secret&&e(re)}),p(e,P),W()}function ut(e){let[t,n,r]=[1,3,5].map(t=>{let n=parseInt(e.slice(t,t+2),16)/255;return n<=.04045?n/12.92:((n+.055)/1.055)**2.4});return .2126*t+.7152*n+.0722*r}function dt(e){return 1.05/(ut(e)+.05)>=4.5?`#ffffff`:`#000000`}var ft=[`modern`,`classic`,`own`],pt={modern:{minLength:8,maxLength:255,minLowerCase:0,minUpperCase:0,minNumeric:0,minSymbol:0,minDiacritic:0,denyCommon:!0},classic:{minLength:8,maxLength:100,minLowerCase:1,minUpperCase:1,minNumeric:1,minSymbol:0,minDiacritic:0,denyCommon:!1}};function mt(e){return pt[e]}function ht(e){return ft.find(t=>t!==`own`&&Object.entries(pt[t]).every(([t,n])=>e[t]===n))??`own`}var gt=n(`<label class="kind"><!><b> </b> <input class="check radio" type="radio"/> <p> </p></label>`),_t=n(`<p class="error"> </p>`),vt=n(`<p class="hint"> <a> </a></p>`),yt=n(`<form class="stack" novalidate=""><!> <!> <p class="hint"> </p> <!> <!> <fieldset class="field"><legend class="label"> </legend> <div class="kinds"></div> <p class="hint"> <a> </a></p></fieldset> <div class="grid2"><!> <div class="field"><label> </label> <input class="input" type="color"/> <!></div></div> <div class="actions"><!> <span class="end"><!></span></div></form>`);function bt(e,t){N(t,!0);let n=new _e(()=>`/v1/accountStoreMappings/${t.mapping}`),o=new _e(()=>`/v1/accountCreationPolicies/${t.directory}`),l=new _e(()=>`/v1/passwordPolicies/${t.directory}/strength`),d=J(()=>[n,o,l,t.branding]),m=J(()=>g(d).find(e=>e.error)?.error),h=new ce({read:()=>n.data&&o.data&&l.data&&t.branding.data?{registers:n.data.isDefaultAccountStore,verifies:o.data.verificationEmailStatus===`ENABLED`,passwords:ht(l.data),displayName:t.branding.data.displayName??``,primaryColor:t.branding.data.primaryColor??`#006793`}:void 0,labels:()=>({registers:Q(`registers`),verifies:Q(`verifies`),passwords:Q(`passwords`),displayName:Q(`displayName`),primaryColor:Q(`primaryColor`)}),whole:!0,write:async(e,r)=>{let i=new Set(h.changed);i.has(`registers`)&&await n.save({isDefaultAccountStore:r.registers}),i.has(`verifies`)&&await o.save({verificationEmailStatus:r.verifies?`ENABLED`:`DISABLED`}),i.has(`passwords`)&&r.passwords!==`own`&&await l.save(mt(r.passwords)),(i.has(`displayName`)||i.has(`primaryColor`))&&await t.branding.save({displayName:r.displayName||null,...i.has(`primaryColor`)?{primaryColor:r.primaryColor,onPrimaryColor:dt(r.primaryColor),primaryColorDark:null,onPrimaryColorDark:null}:{}})},reload:()=>Promise.all(g(d).map(e=>e.load()))}),_=J(()=>ft.filter(e=>e!==`own`||ht(l.data)===`own`));async function v(e){e.preventDefault(),(!h.dirty||await h.save())&&t.onnext()}var y=F(),b=u(y),S=e=>{X(e,{get error(){return g(m)},retry:()=>Promise.all(g(d).map(e=>e.load()))})},w=e=>{se(e,{lines:6})},k=J(()=>g(d).some(e=>!e.data)),ee=e=>{var n=yt(),o=U(n),l=e=>{{let t=J(()=>({message:h.message})),n=J(()=>Q(`notDone`));X(e,{get error(){return g(t)},get title(){return g(n)}})}};r(o,e=>{h.message&&e(l)});var u=x(o,2),d=e=>{{let t=J(()=>({message:Q(`conflict`)})),n=J(()=>Q(`notDone`));X(e,{get error(){return g(t)},get title(){return g(n)},retry:()=>h.rebase()})}};r(u,e=>{h.conflict&&e(d)});var m=x(u,2),y=C(m),b=x(m,2);{let e=J(()=>Q(`registersHint`));Z(b,{get form(){return h},name:`registers`,type:`switch`,get hint(){return g(e)}})}var S=x(b,2);{let e=J(()=>Q(`verifiesHint`));Z(S,{get form(){return h},name:`verifies`,type:`switch`,get hint(){return g(e)}})}var w=x(S,2),k=U(w),ee=C(k,!0),A=x(k,2);E(A,20,()=>g(_),e=>e,(e,t)=>{var n=gt(),r=U(n);{let e=J(()=>t===`modern`?`shield`:t===`classic`?`key`:`edit`);z(r,{get name(){return g(e)}})}var o=x(r),c=C(o,!0),l=x(o,2);D(l);var u=x(l,2),d=C(u,!0);K(n),s((e,n)=>{i(c,e),I(l,`name`,`${h.id??``}-passwords`),O(l,t),re(l,t===h.values.passwords),i(d,n)},[()=>Q(`${t}Passwords`),()=>Q(`${t}PasswordsText`)]),a(`change`,l,()=>h.values.passwords=t),p(e,n)}),K(A);var j=x(A,2),N=U(j),P=x(N),F=C(P,!0);K(j),K(w);var L=x(w,2),R=U(L);{let e=J(()=>Q(`optional`)),t=J(()=>Q(`displayNameHint`));Z(R,{get form(){return h},name:`displayName`,get note(){return g(e)},get hint(){return g(t)},maxlength:100,autocomplete:`off`})}var V=x(R,2),H=U(V),ne=C(H,!0),W=x(H,2);D(W);var G=x(W,2),q=e=>{var t=_t(),n=C(t,!0);s(()=>i(n,h.errors.primaryColor)),p(e,t)},Y=e=>{var n=vt(),r=U(n),a=x(r),o=C(a,!0);K(n),s((e,t,s)=>{I(n,`id`,`${h.id??``}-primaryColor-hint`),i(r,`${e??``} `),I(a,`href`,t),i(o,s)},[()=>Q(`primaryColorHint`),()=>T(`/applications/${t.application}?tab=branding`),()=>Q(`branding`)]),p(e,n)};r(G,e=>{h.errors.primaryColor?e(q):e(Y,-1)}),K(V),K(L);var ie=x(L,2),ae=U(ie);M(ae,{get onclick(){return t.onback},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`back`)]),p(e,n)},$$slots:{default:!0}});var oe=x(ae,2),se=U(oe);M(se,{type:`submit`,kind:`primary`,get busy(){return h.saving},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`continue`)]),p(e,n)},$$slots:{default:!0}}),K(oe),K(ie),K(n),s((e,t,n,r,a,o,s)=>{i(y,`${e??``} ${t??``}`),i(ee,n),i(N,`${r??``} `),I(P,`href`,a),i(F,o),I(H,`for`,`${h.id??``}-primaryColor`),i(ne,s),I(W,`id`,`${h.id??``}-primaryColor`),I(W,`aria-describedby`,`${h.id??``}-primaryColor-hint`)},[()=>Q(`ofDirectory`,{name:t.name}),()=>Q(`bothNames`),()=>Q(`passwords`),()=>Q(`ownRules`),()=>T(`/directories/${t.directory}?tab=passwords`),()=>Q(`ownRulesLink`),()=>Q(`primaryColor`)]),c(`submit`,n,v),te(W,()=>h.values.primaryColor,e=>h.values.primaryColor=e),p(e,n)};r(b,e=>{g(m)?e(S):g(k)?e(w,1):e(ee,-1)}),p(e,y),W()}m([`change`]);var xt=n(`<!> <div class="actions"><!><span class="end"><!></span></div>`,1),St=n(`<div class="callout"><!><div><b class="strong"> </b><p> <a> </a></p></div></div>`),Ct=n(`<!> <!>`,1);function wt(e,n){N(n,!0);let a=t(void 0),o=t(void 0);async function c(){h(o,void 0);try{let[e,t]=await Promise.all([d(`/v1/applications/${n.application}/accountStoreMappings?expand=accountStore&limit=100`),d(`${S(`smtpServers`)}?limit=1`)]),r=e.data.items.find(e=>e.accountStore.href.includes(`/directories/`));h(a,r?{mapping:Y(r.href),directory:Y(r.accountStore.href),name:r.accountStore.name,mails:t.data.size>0}:null)}catch(e){h(o,e)}}c();let l=new _e(()=>`/v1/applications/${n.application}/branding`);var m=F(),_=u(m),v=e=>{X(e,{get error(){return g(o)},retry:c})},y=e=>{se(e,{lines:6})},b=e=>{var t=xt(),r=u(t);{let e=J(()=>Q(`noDirectory`)),t=J(()=>Q(`noDirectoryText`)),i=J(()=>[{title:Q(`stores`),icon:`dir`,href:T(`/applications/${n.application}?tab=stores`)}]);ie(r,{small:!0,get title(){return g(e)},get text(){return g(t)},get actions(){return g(i)}})}var a=x(r,2),o=U(a);M(o,{get onclick(){return n.onback},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`back`)]),p(e,n)},$$slots:{default:!0}});var c=x(o),l=U(c);M(l,{kind:`primary`,get onclick(){return n.onnext},children:(e,t)=>{B();var n=f();s(e=>i(n,e),[()=>Q(`continue`)]),p(e,n)},$$slots:{default:!0}}),K(c),K(a),p(e,t)},w=e=>{var t=Ct(),o=u(t),c=e=>{var t=St(),n=U(t);z(n,{name:`mail`});var r=x(n),a=U(r),o=C(a,!0),c=x(a),l=U(c),u=x(l),d=C(u,!0);K(c),K(r),K(t),s((e,t,n,r)=>{i(o,e),i(l,`${t??``} `),I(u,`href`,n),i(d,r)},[()=>Q(`noServer`),()=>Q(`noServerText`),()=>T(`/caughtmails`),()=>Q(`caught`)]),p(e,t)};r(o,e=>{g(a).mails||e(c)}),bt(x(o,2),G({get application(){return n.application},get branding(){return l}},()=>g(a),{get onback(){return n.onback},get onnext(){return n.onnext}})),p(e,t)};r(_,e=>{g(o)?e(v):g(a)===void 0?e(y,1):g(a)===null?e(b,2):e(w,-1)}),p(e,m),W()}var Tt=n(`<a> </a>`),Et=n(`<li><span class="num"><!></span> <b><!></b> <p> </p></li>`),Dt=n(`<div class="guide"><nav><ol class="steps"><li class="done"><span class="num"><!></span><b> </b><p> </p></li> <!></ol></nav> <section class="stack" aria-labelledby="guide-step"><div><h2 id="guide-step" tabindex="-1"> </h2><p class="mid"> </p></div> <!></section></div>`);function Ot(e,n){N(n,!0);let a=[`application`,`signin`,`connect`],o=J(()=>({application:Q(`stepApplication`),signin:Q(`stepSignin`),connect:Q(`stepConnect`)})),c=J(()=>({application:Q(`stepApplicationText`),signin:Q(`stepSigninText`),connect:Q(`stepConnectText`)})),l=J(()=>V(`app`)===`new`?``:V(`app`)),d=J(()=>g(l)&&a.includes(V(`step`))?V(`step`):`application`);function m(e){let t=new URLSearchParams(A.query.toString());return t.set(`step`,e),`${T(`/start`)}?${t}`}let v=t(void 0),b;y(()=>{b&&b!==g(d)&&(scrollTo(0,0),g(v)?.focus({preventScroll:!0})),b=g(d)});{let t=J(()=>Q(`title`)),n=J(()=>Q(`sub`));q(e,{get title(){return g(t)},get sub(){return g(n)},children:(e,t)=>{var n=Dt(),y=U(n),b=U(y),S=U(b),w=U(S),T=U(w);z(T,{name:`check`,size:`xs`}),K(w);var D=x(w),O=C(D,!0),ee=x(D),A=C(ee,!0);K(S);var M=x(S,2);E(M,18,()=>a,e=>e,(e,t,n)=>{let u=J(()=>g(n)<a.indexOf(g(d)));var h=Et(),_=U(h),v=U(_),y=e=>{z(e,{name:`check`,size:`xs`})},b=e=>{var t=f();s(()=>i(t,g(n)+2)),p(e,t)};r(v,e=>{g(u)?e(y):e(b,-1)}),K(_);var S=x(_,2),w=U(S),T=e=>{var n=Tt(),r=C(n,!0);s(e=>{I(n,`href`,e),i(r,g(o)[t])},[()=>m(t)]),p(e,n)},E=e=>{var n=f();s(()=>i(n,g(o)[t])),p(e,n)};r(w,e=>{g(l)&&t!==g(d)?e(T):e(E,-1)}),K(S);var D=x(S,2),O=C(D,!0);K(h),s(()=>{R(h,1,j({done:g(u)})),I(h,`aria-current`,t===g(d)?`step`:void 0),i(O,g(c)[t])}),p(e,h)}),K(b),K(y);var N=x(y,2),B=U(N),te=U(B),H=C(te,!0);P(te,e=>h(v,e),()=>g(v));var ne=x(te),W=C(ne,!0);K(B);var G=x(B,2),q=e=>{ze(e,{onnext:e=>k({...e,step:`signin`},{replace:!1}),onskip:()=>L(`/`)})},re=e=>{var t=F(),n=u(t);_(n,()=>g(l),e=>{wt(e,{get application(){return g(l)},onback:()=>k({step:`application`},{replace:!1}),onnext:()=>k({step:`connect`},{replace:!1})})}),p(e,t)},Y=e=>{var t=F(),n=u(t);_(n,()=>g(l),e=>{{let t=J(()=>ye(V(`kind`))),n=J(()=>V(`client`));lt(e,{get application(){return g(l)},get kind(){return g(t)},get client(){return g(n)},onback:()=>k({step:`signin`},{replace:!1})})}}),p(e,t)};r(G,e=>{g(d)===`application`?e(q):g(d)===`signin`?e(re,1):e(Y,-1)}),K(N),K(n),s((e,t,n,r)=>{I(y,`aria-label`,e),i(O,t),i(A,n),i(H,g(o)[g(d)]),i(W,r)},[()=>Q(`steps`),()=>Q(`stepOwner`),()=>Q(`stepOwnerText`),()=>Q(`${g(d)}Lead`)]),p(e,n)},$$slots:{default:!0}})}W()}export{Ot as default};