import{$ as e,$t as t,At as n,Ct as r,Dt as i,Ft as a,H as o,It as s,J as c,Jt as l,L as u,Lt as d,Pt as f,Qt as p,U as m,Ut as h,V as g,Wt as _,Xt as v,Y as y,Yt as b,Zt as x,an as S,b as C,cn as w,ct as T,dt as E,en as D,f as O,ft as k,g as A,gt as j,ht as M,i as N,in as P,it as F,jt as I,kt as L,lt as R,m as z,nn as B,o as V,ot as H,p as U,pt as ee,q as W,rt as G,sn as K,t as te,ut as ne,wt as q,xt as re,z as J,zt as Y}from"./Page-BH7M_RjU.js";import{c as ie,p as ae,r as oe,s as se,t as X}from"./index--BYWiEXw.js";import{t as Z}from"./Field-DNRYouR9.js";import{t as ce}from"./form.svelte-Bs-frKNB.js";import{n as le,r as Q,t as ue}from"./trial-lWxqLUPo.js";import{t as de}from"./attempt.svelte-B1zLsawk.js";import{t as fe}from"./Card-VDbb99wU.js";import{t as pe}from"./Code-CTIMVtJi.js";import{t as me}from"./Copy-6e7mMAPp.js";import{t as he}from"./SecretOnce-CeV1zGT2.js";import{t as ge}from"./KeyMade-BjkxXTLY.js";import{n as _e}from"./pkce-C6QxBRrd.js";import{t as ve}from"./record.svelte-Ny4T1GkL.js";var $={web:{icon:`server`,client:`WEB`,example:`http://localhost:3000/callback`},spa:{icon:`app`,client:`SPA`,example:`http://localhost:5173/`},native:{icon:`phone`,client:`NATIVE`,example:`http://127.0.0.1/callback`},machine:{icon:`code`,client:`MACHINE`,example:``},djoser:{icon:`plug`,example:``},sdk:{icon:`key`,example:``}},ye=Object.keys($);function be(e){return e in $?e:`web`}function xe(e){return ye.find(t=>$[t].client===e)??`web`}function Se(e){return e.map(e=>e.trim()).filter(Boolean)}function Ce(e){let t=URL.parse(e);return t&&/^https?:$/.test(t.protocol)?t.origin:``}function we(e,t,n){let r=$[e].client;if(r===`MACHINE`)return{name:t,kind:r,firstParty:!0};let i=Se(n),a=[...new Set(i.map(Ce).filter(Boolean))];return{name:t,kind:r,firstParty:!0,redirectUris:i,postLogoutRedirectUris:a.map(e=>`${e}/`),...r===`SPA`?{allowedOrigins:a}:{}}}function Te(e,t){if(e.includes(`*`))return`redirectStar`;if(e.includes(`#`))return`redirectFragment`;let n=URL.parse(e);return!n||/\s/.test(e)?`redirectWhole`:n.protocol===`https:`?n.host?``:`redirectWhole`:n.protocol===`http:`?n.hostname===`localhost`||n.hostname===`[::1]`||/^127(\.\d+){3}$/.test(n.hostname)?``:`redirectHttps`:t?n.protocol.includes(`.`)?``:`redirectScheme`:`redirectHttps`}var Ee=p({});function De(e,t){Ee[e]=t}function Oe(e){return Ee[e]??``}function ke(e){delete Ee[e]}var Ae=new Set;function je(e){Ae.add(e)}function Me(e){return Ae.has(e)}var Ne=I(`<option> </option>`),Pe=I(`<div class="field"><label> </label> <select class="select"><!><option> </option></select></div>`),Fe=I(`<label class="kind"><!><b> </b> <input class="check radio" type="radio"/> <p> </p></label>`),Ie=I(`<div class="callout"><!><div><b class="strong"> </b><p> <code>http://localhost:8000/accounts/oidc/stormkeep/login/callback/</code></p></div></div>`),Le=I(`<!> <!>`,1),Re=I(`<p class="hint"> </p>`),ze=I(`<form class="stack" novalidate=""><!> <!> <!> <fieldset class="field"><legend class="label"> </legend> <div class="kinds"></div></fieldset> <!> <!> <div class="actions"><span class="end"><!><!></span></div></form>`);function Be(r,a){S(a,!0);let p=`Stormpath`,_=D(void 0),C=D([]),O=D(void 0),A=D(void 0);async function j(){t(A,void 0);try{let[e,n]=await Promise.all([u(`${y(`applications`)}?limit=100&orderBy=name`),u(`${y(`directories`)}?limit=100&orderBy=name`)]);t(O,U(`client`)?(await u(`/v1/clients/${U(`client`)}`)).data:void 0),Y(O)&&J(Y(O).application.href)!==U(`app`)&&t(O,void 0),t(C,n.data.items.filter(e=>e.name!==`${p} Administrators`)),t(_,e.data.items.filter(e=>e.name!==p))}catch(e){t(A,e)}}j();let M=B(()=>U(`app`)||(Y(_)?.length===1?J(Y(_)[0].href):`new`)),F=e=>Y(_)?.find(t=>J(t.href)===e)?.name??``,I=new ce({read:()=>{if(!Y(_))return;let e=Y(O)?xe(Y(O).kind):be(U(`kind`));return{app:Y(M),name:F(Y(M)),kind:e,redirectUris:Y(O)?Y(O).redirectUris:[$[e].example].filter(Boolean),path:`/auth`,directory:`new`}},labels:()=>({app:Q(`application`),name:Q(`name`),kind:Q(`kind`),redirectUris:Q(`redirectUris`),path:Q(`mountPath`),directory:Q(`directory`)}),whole:!0,write:(e,t)=>te(t)}),z=B(()=>be(I.values.kind));function H(){I.values.name=F(I.values.app)}function W(e){let t=ye.map(e=>$[e].example),n=Se(I.values.redirectUris).filter(e=>!t.includes(e));I.values.kind=e,I.values.redirectUris=n.length?n:[$[e].example].filter(Boolean),delete I.errors.redirectUris}let G;async function te(t){let{client:n,example:r}=$[Y(z)];if(!t.name.trim())throw new e(400,400,Q(`nameMissing`),``,`name`);if(r){let n=Se(t.redirectUris);if(n.length===0)throw new e(400,400,Q(`redirectMissing`),``,`redirectUris`);for(let t of n){let n=Te(t,Y(z)===`native`);if(n)throw new e(400,400,`${t}: ${Q(n)}`,``,`redirectUris`)}}let i=await ie(t);G={app:i,kind:Y(z),client:void 0,mount:void 0},n?G.client=await ae(i,t):Y(z)===`djoser`&&(G.mount=await oe(i,t.path))}async function ie(e){if(e.app!==`new`)return e.name!==F(e.app)&&await g(`/v1/applications/${e.app}`,{name:e.name}),e.app;let{data:n}=await g(m(`/v1/applications`,{createDirectory:e.directory===`new`?`true`:void 0}),{name:e.name});t(_,[...Y(_),n]);let r=I.values.app=J(n.href);if(e.directory!==`new`){let t=Y(C).find(t=>J(t.href)===e.directory).href;await g(`/v1/accountStoreMappings`,{application:{href:n.href},accountStore:{href:t},isDefaultAccountStore:!0,isDefaultGroupStore:!0})}return r}async function ae(e,n){let r=we(Y(z),n.name,n.redirectUris);if(Y(O)&&Y(O).kind===r.kind&&J(Y(O).application.href)===e){let{kind:e,...n}=r;return t(O,(await g(`/v1/clients/${J(Y(O).href)}`,n)).data),J(Y(O).href)}let{data:i}=await g(`/v1/applications/${e}/clients`,r);return Y(O)&&Me(J(Y(O).href))&&await o(Y(O).href),t(O,i),je(J(i.href)),i.clientSecret&&De(J(i.href),i.clientSecret),J(i.href)}async function oe(e,t){let{data:n}=await u(`/v1/applications/${e}/djoserMounts?limit=100`),r=n.items.find(e=>e.path===t);if(r)return r.path;let i=(await u(`/v1/applications/${e}/accountStoreMappings?limit=100`)).data.items.map(e=>e.accountStore.href).find(e=>e.includes(`/directories/`));return(await g(`/v1/applications/${e}/djoserMounts`,{path:t,version:`2`,...i?{directory:{href:i}}:{}})).data.path}async function le(e){e.preventDefault(),await I.save()&&a.onnext(G)}var ue=n(),de=b(ue),fe=e=>{X(e,{get error(){return Y(A)},retry:j})},pe=e=>{se(e,{lines:6})},me=e=>{var t=ze(),n=l(t),r=e=>{{let t=B(()=>({message:I.message})),n=B(()=>Q(`notDone`));X(e,{get error(){return Y(t)},get title(){return Y(n)}})}};q(n,e=>{I.message&&e(r)});var o=x(n,2),u=e=>{var t=Pe(),n=l(t),r=v(n,!0),a=x(n,2),o=l(a);re(o,17,()=>Y(_),e=>e.href,(e,t)=>{var n=Ne(),r=v(n,!0),a={};h(e=>{i(r,Y(t).name),a!==(a=e)&&(n.value=(n.__value=a)??``)},[()=>J(Y(t).href)]),L(e,n)});var c=x(o),u=v(c,!0);c.value=c.__value=`new`,w(a),ee(a),w(t),h((e,t)=>{R(n,`for`,`${I.id??``}-app`),i(r,e),R(a,`id`,`${I.id??``}-app`),i(u,t)},[()=>Q(`application`),()=>Q(`another`)]),s(`change`,a,H),k(a,()=>I.values.app,e=>I.values.app=e),L(e,t)};q(o,e=>{Y(_).length>0&&e(u)});var p=x(o,2);{let e=B(()=>Q(`nameHint`));Z(p,{get form(){return I},name:`name`,get hint(){return Y(e)},autocomplete:`off`,maxlength:255})}var m=x(p,2),g=l(m),y=v(g,!0),S=x(g,2);re(S,20,()=>ye,e=>e,(e,t)=>{var n=Fe(),r=l(n);V(r,{get name(){return $[t].icon}});var a=x(r),o=v(a,!0),c=x(a,2);T(c);var u=x(c,2),d=v(u,!0);w(n),h((e,n)=>{i(o,e),R(c,`name`,`${I.id??``}-kind`),E(c,t),ne(c,t===Y(z)),i(d,n)},[()=>Q(`${t}Kind`),()=>Q(`${t}Text`)]),s(`change`,c,()=>W(t)),L(e,n)}),w(S),w(m);var D=x(m,2),O=e=>{var t=Le(),n=b(t);{let e=B(()=>Q(Y(z)===`native`?`redirectNativeHint`:`redirectHint`));Z(n,{get form(){return I},name:`redirectUris`,type:`list`,get hint(){return Y(e)},get placeholder(){return $[Y(z)].example}})}var r=x(n,2),a=e=>{var t=Ie(),n=l(t);V(n,{name:`info`});var r=x(n),a=l(r),o=v(a,!0),s=x(a),c=l(s);K(),w(s),w(r),w(t),h((e,t)=>{i(o,e),i(c,`${t??``} `)},[()=>Q(`django`),()=>Q(`djangoText`)]),L(e,t)};q(r,e=>{Y(z)===`web`&&e(a)}),L(e,t)},A=e=>{{let t=B(()=>Q(`mountHint`,{issuer:c().issuer}));Z(e,{get form(){return I},name:`path`,get hint(){return Y(t)},placeholder:`/auth`,autocomplete:`off`})}},j=e=>{var t=Re(),n=v(t,!0);h(e=>i(n,e),[()=>Q(Y(z)===`machine`?`machineHint`:`sdkHint`)]),L(e,t)};q(D,e=>{$[Y(z)].example?e(O):Y(z)===`djoser`?e(A,1):e(j,-1)});var M=x(D,2),P=e=>{{let t=B(()=>Q(`directoryHint`)),n=B(()=>[{value:`new`,label:Q(`ownDirectory`)},...Y(C).map(e=>({value:J(e.href),label:e.name}))]);Z(e,{get form(){return I},name:`directory`,type:`select`,get hint(){return Y(t)},get options(){return Y(n)}})}};q(M,e=>{I.values.app===`new`&&Y(C).length>0&&e(P)});var F=x(M,2),U=l(F),G=l(U);N(G,{kind:`ghost`,get onclick(){return a.onskip},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`skip`)]),L(e,n)},$$slots:{default:!0}});var te=x(G);N(te,{type:`submit`,kind:`primary`,get busy(){return I.saving},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`continue`)]),L(e,n)},$$slots:{default:!0}}),w(U),w(F),w(t),h(e=>i(y,e),[()=>Q(`kind`)]),d(`submit`,t,le),L(e,t)};q(de,e=>{Y(A)?e(fe):Y(_)?e(me,-1):e(pe,1)}),L(r,ue),P()}a([`change`]);var Ve=I(`<div class="callout" role="status"><!><div><p> </p></div></div>`),He=I(`<!> <!> <form class="stack" novalidate=""><div class="grid2"><!> <!></div> <!> <!> <!> <div><!></div></form>`,1);function Ue(n,r){S(r,!0);let a=D(``),o=D(!1),s=new ce({read:()=>({email:``,givenName:``,surname:``,password:``,invite:!1}),labels:()=>({email:Q(`email`),givenName:Q(`givenName`),surname:Q(`surname`),password:Q(`password`),invite:Q(`invite`)}),whole:!0,secret:[`password`],write:async(n,i)=>{let s=(await u(`/v1/applications/${r.application}/accountStoreMappings?limit=100`)).data.items.map(e=>e.accountStore.href).find(e=>e.includes(`/directories/`));if(!s)throw new e(400,400,Q(`noDirectoryText`));if(!i.email.trim())throw new e(400,400,Q(`emailMissing`),``,`email`);if(!i.invite&&!i.password)throw new e(400,400,Q(`passwordMissing`),``,`password`);let c=i.invite?`${_e()}aA1`:i.password;await g(`${s}/accounts?registrationWorkflowEnabled=false`,{email:i.email.trim(),givenName:i.givenName||null,surname:i.surname||null,password:c}),t(a,i.email.trim(),!0),t(o,i.invite,!0),r.onmade(Y(a)),i.invite&&await g(`/v1/applications/${r.application}/passwordResetTokens`,{email:Y(a)})}});async function c(e){e.preventDefault(),await s.save()&&s.begin({email:``,givenName:``,surname:``,password:``,invite:s.values.invite})}{let e=B(()=>Q(`firstUser`)),t=B(()=>Q(`firstUserText`));fe(n,{get title(){return Y(e)},get sub(){return Y(t)},children:(e,t)=>{var n=He(),r=b(n),u=e=>{{let t=B(()=>({message:s.message})),n=B(()=>Q(`notDone`));X(e,{get error(){return Y(t)},get title(){return Y(n)}})}};q(r,e=>{s.message&&e(u)});var p=x(r,2),m=e=>{var t=Ve(),n=l(t);V(n,{name:`check`});var r=x(n),s=l(r),c=v(s,!0);w(r),w(t),h(e=>i(c,e),[()=>Q(Y(o)?`userMailed`:`userMade`,{email:Y(a)})]),L(e,t)};q(p,e=>{Y(a)&&e(m)});var g=x(p,2),_=l(g),y=l(_);{let e=B(()=>Q(`optional`));Z(y,{get form(){return s},name:`givenName`,get note(){return Y(e)},autocomplete:`off`})}var S=x(y,2);{let e=B(()=>Q(`optional`));Z(S,{get form(){return s},name:`surname`,get note(){return Y(e)},autocomplete:`off`})}w(_);var C=x(_,2);Z(C,{get form(){return s},name:`email`,type:`email`,autocomplete:`off`});var T=x(C,2);{let e=B(()=>Q(`inviteHint`));Z(T,{get form(){return s},name:`invite`,type:`switch`,get hint(){return Y(e)}})}var E=x(T,2),D=e=>{Z(e,{get form(){return s},name:`password`,type:`password`,autocomplete:`new-password`})};q(E,e=>{s.values.invite||e(D)});var O=x(E,2),k=l(O);N(k,{type:`submit`,get busy(){return s.saving},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`addUser`)]),L(e,n)},$$slots:{default:!0}}),w(O),w(g),d(`submit`,g,c),L(e,n)},$$slots:{default:!0}})}P()}var We=e=>URL.parse(e)?.pathname??`/callback`,Ge=e=>URL.parse(e)?.port||`3000`,Ke=e=>e.startsWith(`http:`),qe=[{id:`node`,title:`Node`,code:e=>`// npm install express express-session openid-client
import { randomBytes } from 'node:crypto'
import express from 'express'
import session from 'express-session'
import * as oidc from 'openid-client'

const config = await oidc.discovery(new URL('${e.issuer}'), '${e.clientId}', {},
  oidc.ClientSecretBasic(process.env.OIDC_CLIENT_SECRET)${Ke(e.issuer)?`, { execute: [oidc.allowInsecureRequests] }`:``})
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

app.get('${We(e.redirectUri)}', async (req, res) => {
  const tokens = await oidc.authorizationCodeGrant(config, new URL(req.originalUrl, redirectUri), req.session.asked)
  req.session.user = tokens.claims()
  res.redirect('/')
})

app.listen(${Ge(e.redirectUri)})`},{id:`python`,title:`Python`,code:e=>`# pip install flask authlib requests
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

@app.get('${We(e.redirectUri)}')
def callback():
    session['user'] = dict(oauth.stormkeep.authorize_access_token()['userinfo'])
    return redirect('/')

app.run(port=${Ge(e.redirectUri)})`},{id:`django`,title:`Django`,code:e=>`# pip install "django-allauth[socialaccount]"
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
	http.HandleFunc("GET ${We(e.redirectUri)}", func(w http.ResponseWriter, r *http.Request) {
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
	log.Fatal(http.ListenAndServe("localhost:${Ge(e.redirectUri)}", nil))
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
            .redirectionEndpoint(e -> e.baseUri("${We(e.redirectUri)}")))
        .build();
  }
}`}],Je=e=>URL.parse(e)?.pathname??`/callback`,Ye=e=>`${URL.parse(e)?.origin??e}/`,Xe={web:qe,spa:[{id:`spa`,title:`oidc-client-ts`,code:e=>`// npm install oidc-client-ts
import { UserManager } from 'oidc-client-ts'

const manager = new UserManager({
  authority: '${e.issuer}',
  client_id: '${e.clientId}',
  redirect_uri: '${e.redirectUri}',
  post_logout_redirect_uri: '${Ye(e.redirectUri)}',
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
redirect = 'http://127.0.0.1:%d${Je(e.redirectUri)}' % server.server_port
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
curl --location --user "$KEY" ${e.api}/tenants/current`}]};function Ze(e,t){return{name:`.env`,text:`OIDC_ISSUER=${e.issuer}\nOIDC_CLIENT_ID=${e.clientId}\nOIDC_CLIENT_SECRET=${t}\n${e.redirectUri?`OIDC_REDIRECT_URI=${e.redirectUri}\n`:``}`}}var Qe=I(`<div class="callout" role="status"><!><div><b class="strong"> </b><p> </p></div></div> <!>`,1),$e=I(`<p role="status"> </p> <div class="btns"><!><!></div>`,1),et=I(`<div class="btns"><!></div>`),tt=I(`<!> <!> <!>`,1);function nt(e,n){S(n,!0);let r=D(void 0),a=D(``),o=D(void 0),s=new de,c=s.act(async()=>{t(o,void 0);let e=await ue.begin(n.application);t(a,await e.url(n.login),!0),t(r,e),u()});function u(){window.open(Y(a),`console-trial`,`popup,width=480,height=760`)}let d=()=>s.run(async()=>{let e=Y(r);t(r,void 0),await e?.end()});async function p(e){let n=Y(r);n&&e.state===n.state&&(m?.postMessage({taken:n.state}),t(r,void 0),await s.run(async()=>{try{t(o,await n.claims(e))}finally{await n.end()}}))}let m;_(()=>{let e=m=new BroadcastChannel(le);return e.onmessage=e=>void p(e.data),()=>{e.close(),Y(r)&&Y(r).end().catch(()=>{})}});let g=B(()=>String(Y(o)?.name??Y(o)?.email??Y(o)?.sub??``));{let t=B(()=>Q(`try`)),n=B(()=>Q(`trySub`));fe(e,{get title(){return Y(t)},get sub(){return Y(n)},children:(e,t)=>{var n=tt(),a=b(n),p=e=>{{let t=B(()=>Q(`notDone`));X(e,{get error(){return s.failed},get title(){return Y(t)}})}};q(a,e=>{s.failed&&e(p)});var m=x(a,2),_=e=>{var t=Qe(),n=b(t),r=l(n);V(r,{name:`check`});var a=x(r),s=l(a),c=v(s,!0),u=x(s),d=v(u,!0);w(a),w(n);var f=x(n,2);{let e=B(()=>Q(`claims`)),t=B(()=>JSON.stringify(Y(o),null,2));pe(f,{get title(){return Y(e)},get code(){return Y(t)}})}h((e,t)=>{i(c,e),i(d,t)},[()=>Q(`tried`,{who:Y(g)}),()=>Q(`triedText`)]),L(e,t)};q(m,e=>{Y(o)&&e(_)});var y=x(m,2),S=e=>{var t=$e(),n=b(t),r=v(n,!0),a=x(n,2),o=l(a);N(o,{icon:`out`,onclick:u,children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`openAgain`)]),L(e,n)},$$slots:{default:!0}});var s=x(o);N(s,{kind:`ghost`,onclick:d,children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`cancel`)]),L(e,n)},$$slots:{default:!0}}),w(a),h(e=>i(r,e),[()=>Q(`trying`)]),L(e,t)},C=e=>{var t=et(),n=l(t);N(n,{icon:`play`,get onclick(){return c},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(Y(o)?`tryAgain`:`tryIt`)]),L(e,n)},$$slots:{default:!0}}),w(t),L(e,t)};q(y,e=>{Y(r)?e(S):e(C,-1)}),L(e,n)},$$slots:{default:!0}})}P()}var rt=I(`<dt> </dt><dd><!></dd>`,1),it=I(`<div class="btns"><!><p class="hint"> </p></div>`),at=I(`<p class="hint"> </p>`),ot=I(`<dl class="kv left"><dt> </dt><dd><!></dd> <!> <!> <!> <!></dl> <!> <!>`,1),st=I(`<!> <!>`,1),ct=I(`<!> <!> <div class="scroll-x"><!></div> <!> <!> <div class="actions"><!> <span class="end"><!><!></span></div>`,1),lt=I(`<!> <!> <!>`,1);function ut(e,r){S(r,!0);let a=D(void 0),o=D(void 0),s=D(void 0);async function d(){t(s,void 0);try{let[e,n]=await Promise.all([u(`/v1/applications/${r.application}`),r.client?u(`/v1/clients/${r.client}`):void 0]);t(a,e.data),t(o,n?.data)}catch(e){t(s,e)}}d();let p=B(()=>c().issuer.replace(/\/$/,``)),m=B(()=>({issuer:Y(p),clientId:r.client,redirectUri:Y(o)?.redirectUris[0]??``,api:`${Y(p)}/v1`,mount:U(`mount`)||`/auth`,application:Y(a)?.name??``})),_=B(()=>Xe[r.kind].find(e=>e.id===U(`lang`))??Xe[r.kind][0]),y=B(()=>Y(o)?.kind===`WEB`||Y(o)?.kind===`MACHINE`),T=B(()=>Oe(r.client)),E=new de,k=E.act(async()=>{if(!await ae({title:Q(`newSecretTitle`),text:Q(`newSecretText`),act:Q(`newSecret`),danger:!0}))return;let{clientSecret:e}=(await g(`/v1/clients/${r.client}/secrets`,{})).data;e&&De(r.client,e)}),A=D(void 0),j=E.act(async()=>{t(A,(await g(`/v1/operators/${c().account.id}/apiKeys`,{name:Y(a).name})).data)}),M=D(``);var F=lt(),I=b(F),R=e=>{X(e,{get error(){return Y(s)},retry:d})},V=e=>{se(e,{lines:8})},H=e=>{var a=ct(),s=b(a),c=e=>{{let t=B(()=>Q(`notDone`));X(e,{get error(){return E.failed},get title(){return Y(t)}})}};q(s,e=>{E.failed&&e(c)});var u=x(s,2);{let e=B(()=>Q(`values`));fe(u,{get title(){return Y(e)},children:(e,t)=>{var a=ot(),s=b(a),c=l(s),u=v(c,!0),d=x(c),g=l(d);{let e=B(()=>Q(`issuer`));me(g,{get text(){return Y(p)},get thing(){return Y(e)},code:!0})}w(d);var _=x(d,2),S=e=>{var t=rt(),n=b(t),a=v(n,!0),o=x(n),s=l(o);{let e=B(()=>Q(`clientId`));me(s,{get text(){return r.client},get thing(){return Y(e)},code:!0})}w(o),h(e=>i(a,e),[()=>Q(`clientId`)]),L(e,t)};q(_,e=>{Y(o)&&e(S)});var C=x(_,2),T=e=>{var t=rt(),n=b(t),r=v(n,!0),a=x(n),o=l(a);{let e=B(()=>Q(`redirectUris`));me(o,{get text(){return Y(m).redirectUri},get thing(){return Y(e)},code:!0})}w(a),h(e=>i(r,e),[()=>Q(`redirectUris`)]),L(e,t)};q(C,e=>{Y(m).redirectUri&&e(T)});var E=x(C,2),D=e=>{var t=rt(),n=b(t),r=v(n,!0),a=x(n),o=l(a);{let e=B(()=>Y(p)+Y(m).mount),t=B(()=>Q(`mountPath`));me(o,{get text(){return Y(e)},get thing(){return Y(t)},code:!0})}w(a),h(e=>i(r,e),[()=>Q(`mountPath`)]),L(e,t)};q(E,e=>{r.kind===`djoser`&&e(D)});var O=x(E,2),A=e=>{var t=rt(),n=b(t),r=v(n,!0),a=x(n),o=l(a);{let e=B(()=>Q(`api`));me(o,{get text(){return Y(m).api},get thing(){return Y(e)},code:!0})}w(a),h(e=>i(r,e),[()=>Q(`api`)]),L(e,t)};q(O,e=>{r.kind===`sdk`&&e(A)}),w(s);var M=x(s,2),P=e=>{var t=it(),n=l(t);N(n,{icon:`key`,get onclick(){return k},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`newSecret`)]),L(e,n)},$$slots:{default:!0}});var r=x(n),a=v(r,!0);w(t),h(e=>i(a,e),[()=>Q(`secretHint`)]),L(e,t)};q(M,e=>{Y(y)&&e(P)});var F=x(M,2),I=e=>{var t=n(),r=b(t),a=e=>{var t=it(),n=l(t);N(n,{icon:`key`,get onclick(){return j},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`newKey`)]),L(e,n)},$$slots:{default:!0}});var r=x(n),a=v(r,!0);w(t),h(e=>i(a,e),[()=>Q(`newKeyHint`)]),L(e,t)},o=B(()=>W(`owner`)),s=e=>{var t=at(),n=v(t,!0);h(e=>i(n,e),[()=>Q(`keyOwner`)]),L(e,t)};q(r,e=>{Y(o)?e(a):e(s,-1)}),L(e,t)};q(F,e=>{r.kind===`sdk`&&e(I)}),h(e=>i(u,e),[()=>Q(`issuer`)]),L(e,a)},$$slots:{default:!0}})}var d=x(u,2),g=l(d);{let e=B(()=>Q(`language`));oe(g,{get label(){return Y(e)},get value(){return Y(_).id},get options(){return Xe[r.kind]},onchange:e=>O({lang:e})})}w(d);var S=x(d,2);{let e=B(()=>Y(_).code(Y(m)));pe(S,{get title(){return Y(_).title},get code(){return Y(e)}})}var T=x(S,2),D=e=>{var n=st(),i=b(n);Ue(i,{get application(){return r.application},onmade:e=>t(M,e,!0)});var a=x(i,2),o=e=>{nt(e,{get application(){return r.application},get login(){return Y(M)}})};q(a,e=>{$[r.kind].client&&e(o)}),L(e,n)};q(T,e=>{r.kind!==`machine`&&e(D)});var A=x(T,2),P=l(A);N(P,{get onclick(){return r.onback},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`back`)]),L(e,n)},$$slots:{default:!0}});var F=x(P,2),I=l(F);{let e=B(()=>C(`/applications/${r.application}`));N(I,{get href(){return Y(e)},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`toApplication`)]),L(e,n)},$$slots:{default:!0}})}var R=x(I);N(R,{kind:`primary`,onclick:()=>z(`/`),children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`finish`)]),L(e,n)},$$slots:{default:!0}}),w(F),w(A),L(e,a)};q(I,e=>{Y(s)?e(R):Y(a)?e(H,-1):e(V,1)});var ee=x(I,2),G=e=>{{let t=B(()=>Q(`secretOf`,{name:Y(o).name})),n=B(()=>[{label:Q(`clientId`),value:r.client},{label:Q(`clientSecret`),value:Y(T)}]),i=B(()=>Ze(Y(m),Y(T)));he(e,{get title(){return Y(t)},get values(){return Y(n)},get file(){return Y(i)},onclose:()=>ke(r.client)})}};q(ee,e=>{Y(T)&&Y(o)&&e(G)});var te=x(ee,2),ne=e=>{{let n=B(()=>Q(`newKey`));ge(e,{get made(){return Y(A)},get title(){return Y(n)},onclose:()=>t(A,void 0)})}};q(te,e=>{Y(A)?.secret&&e(ne)}),L(e,F),P()}function dt(e){let[t,n,r]=[1,3,5].map(t=>{let n=parseInt(e.slice(t,t+2),16)/255;return n<=.04045?n/12.92:((n+.055)/1.055)**2.4});return .2126*t+.7152*n+.0722*r}function ft(e){return 1.05/(dt(e)+.05)>=4.5?`#ffffff`:`#000000`}var pt=[`modern`,`classic`,`own`],mt={modern:{minLength:8,maxLength:255,minLowerCase:0,minUpperCase:0,minNumeric:0,minSymbol:0,minDiacritic:0,denyCommon:!0},classic:{minLength:8,maxLength:100,minLowerCase:1,minUpperCase:1,minNumeric:1,minSymbol:0,minDiacritic:0,denyCommon:!1}};function ht(e){return mt[e]}function gt(e){return pt.find(t=>t!==`own`&&Object.entries(mt[t]).every(([t,n])=>e[t]===n))??`own`}var _t=I(`<label class="kind"><!><b> </b> <input class="check radio" type="radio"/> <p> </p></label>`),vt=I(`<p class="error"> </p>`),yt=I(`<p class="hint"> <a> </a></p>`),bt=I(`<form class="stack" novalidate=""><!> <!> <p class="hint"> </p> <!> <!> <fieldset class="field"><legend class="label"> </legend> <div class="kinds"></div> <p class="hint"> <a> </a></p></fieldset> <div class="grid2"><!> <div class="field"><label> </label> <input class="input" type="color"/> <!></div></div> <div class="actions"><!> <span class="end"><!></span></div></form>`);function xt(e,t){S(t,!0);let r=new ve(()=>`/v1/accountStoreMappings/${t.mapping}`),a=new ve(()=>`/v1/accountCreationPolicies/${t.directory}`),o=new ve(()=>`/v1/passwordPolicies/${t.directory}/strength`),c=B(()=>[r,a,o,t.branding]),u=B(()=>Y(c).find(e=>e.error)?.error),p=new ce({read:()=>r.data&&a.data&&o.data&&t.branding.data?{registers:r.data.isDefaultAccountStore,verifies:a.data.verificationEmailStatus===`ENABLED`,passwords:gt(o.data),displayName:t.branding.data.displayName??``,primaryColor:t.branding.data.primaryColor??`#006793`}:void 0,labels:()=>({registers:Q(`registers`),verifies:Q(`verifies`),passwords:Q(`passwords`),displayName:Q(`displayName`),primaryColor:Q(`primaryColor`)}),whole:!0,write:async(e,n)=>{let i=new Set(p.changed);i.has(`registers`)&&await r.save({isDefaultAccountStore:n.registers}),i.has(`verifies`)&&await a.save({verificationEmailStatus:n.verifies?`ENABLED`:`DISABLED`}),i.has(`passwords`)&&n.passwords!==`own`&&await o.save(ht(n.passwords)),(i.has(`displayName`)||i.has(`primaryColor`))&&await t.branding.save({displayName:n.displayName||null,...i.has(`primaryColor`)?{primaryColor:n.primaryColor,onPrimaryColor:ft(n.primaryColor),primaryColorDark:null,onPrimaryColorDark:null}:{}})},reload:()=>Promise.all(Y(c).map(e=>e.load()))}),m=B(()=>pt.filter(e=>e!==`own`||gt(o.data)===`own`));async function g(e){e.preventDefault(),(!p.dirty||await p.save())&&t.onnext()}var _=n(),y=b(_),D=e=>{X(e,{get error(){return Y(u)},retry:()=>Promise.all(Y(c).map(e=>e.load()))})},O=e=>{se(e,{lines:6})},k=B(()=>Y(c).some(e=>!e.data)),A=e=>{var n=bt(),r=l(n),a=e=>{{let t=B(()=>({message:p.message})),n=B(()=>Q(`notDone`));X(e,{get error(){return Y(t)},get title(){return Y(n)}})}};q(r,e=>{p.message&&e(a)});var o=x(r,2),c=e=>{{let t=B(()=>({message:Q(`conflict`)})),n=B(()=>Q(`notDone`));X(e,{get error(){return Y(t)},get title(){return Y(n)},retry:()=>p.rebase()})}};q(o,e=>{p.conflict&&e(c)});var u=x(o,2),_=v(u),y=x(u,2);{let e=B(()=>Q(`registersHint`));Z(y,{get form(){return p},name:`registers`,type:`switch`,get hint(){return Y(e)}})}var b=x(y,2);{let e=B(()=>Q(`verifiesHint`));Z(b,{get form(){return p},name:`verifies`,type:`switch`,get hint(){return Y(e)}})}var S=x(b,2),D=l(S),O=v(D,!0),k=x(D,2);re(k,20,()=>Y(m),e=>e,(e,t)=>{var n=_t(),r=l(n);{let e=B(()=>t===`modern`?`shield`:t===`classic`?`key`:`edit`);V(r,{get name(){return Y(e)}})}var a=x(r),o=v(a,!0),c=x(a,2);T(c);var u=x(c,2),d=v(u,!0);w(n),h((e,n)=>{i(o,e),R(c,`name`,`${p.id??``}-passwords`),E(c,t),ne(c,t===p.values.passwords),i(d,n)},[()=>Q(`${t}Passwords`),()=>Q(`${t}PasswordsText`)]),s(`change`,c,()=>p.values.passwords=t),L(e,n)}),w(k);var A=x(k,2),j=l(A),M=x(j),P=v(M,!0);w(A),w(S);var F=x(S,2),I=l(F);{let e=B(()=>Q(`optional`)),t=B(()=>Q(`displayNameHint`));Z(I,{get form(){return p},name:`displayName`,get note(){return Y(e)},get hint(){return Y(t)},maxlength:100,autocomplete:`off`})}var z=x(I,2),U=l(z),ee=v(U,!0),W=x(U,2);T(W);var G=x(W,2),te=e=>{var t=vt(),n=v(t,!0);h(()=>i(n,p.errors.primaryColor)),L(e,t)},J=e=>{var n=yt(),r=l(n),a=x(r),o=v(a,!0);w(n),h((e,t,s)=>{R(n,`id`,`${p.id??``}-primaryColor-hint`),i(r,`${e??``} `),R(a,`href`,t),i(o,s)},[()=>Q(`primaryColorHint`),()=>C(`/applications/${t.application}?tab=branding`),()=>Q(`branding`)]),L(e,n)};q(G,e=>{p.errors.primaryColor?e(te):e(J,-1)}),w(z),w(F);var ie=x(F,2),ae=l(ie);N(ae,{get onclick(){return t.onback},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`back`)]),L(e,n)},$$slots:{default:!0}});var oe=x(ae,2),se=l(oe);N(se,{type:`submit`,kind:`primary`,get busy(){return p.saving},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`continue`)]),L(e,n)},$$slots:{default:!0}}),w(oe),w(ie),w(n),h((e,t,n,r,a,o,s)=>{i(_,`${e??``} ${t??``}`),i(O,n),i(j,`${r??``} `),R(M,`href`,a),i(P,o),R(U,`for`,`${p.id??``}-primaryColor`),i(ee,s),R(W,`id`,`${p.id??``}-primaryColor`),R(W,`aria-describedby`,`${p.id??``}-primaryColor-hint`)},[()=>Q(`ofDirectory`,{name:t.name}),()=>Q(`bothNames`),()=>Q(`passwords`),()=>Q(`ownRules`),()=>C(`/directories/${t.directory}?tab=passwords`),()=>Q(`ownRulesLink`),()=>Q(`primaryColor`)]),d(`submit`,n,g),H(W,()=>p.values.primaryColor,e=>p.values.primaryColor=e),L(e,n)};q(y,e=>{Y(u)?e(D):Y(k)?e(O,1):e(A,-1)}),L(e,_),P()}a([`change`]);var St=I(`<!> <div class="actions"><!><span class="end"><!></span></div>`,1),Ct=I(`<div class="callout"><!><div><b class="strong"> </b><p> <a> </a></p></div></div>`),wt=I(`<!> <!>`,1);function Tt(e,r){S(r,!0);let a=D(void 0),o=D(void 0);async function s(){t(o,void 0);try{let[e,n]=await Promise.all([u(`/v1/applications/${r.application}/accountStoreMappings?expand=accountStore&limit=100`),u(`${y(`smtpServers`)}?limit=1`)]),i=e.data.items.find(e=>e.accountStore.href.includes(`/directories/`));t(a,i?{mapping:J(i.href),directory:J(i.accountStore.href),name:i.accountStore.name,mails:n.data.size>0}:null)}catch(e){t(o,e)}}s();let c=new ve(()=>`/v1/applications/${r.application}/branding`);var d=n(),p=b(d),m=e=>{X(e,{get error(){return Y(o)},retry:s})},g=e=>{se(e,{lines:6})},_=e=>{var t=St(),n=b(t);{let e=B(()=>Q(`noDirectory`)),t=B(()=>Q(`noDirectoryText`)),i=B(()=>[{title:Q(`stores`),icon:`dir`,href:C(`/applications/${r.application}?tab=stores`)}]);ie(n,{small:!0,get title(){return Y(e)},get text(){return Y(t)},get actions(){return Y(i)}})}var a=x(n,2),o=l(a);N(o,{get onclick(){return r.onback},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`back`)]),L(e,n)},$$slots:{default:!0}});var s=x(o),c=l(s);N(c,{kind:`primary`,get onclick(){return r.onnext},children:(e,t)=>{K();var n=f();h(e=>i(n,e),[()=>Q(`continue`)]),L(e,n)},$$slots:{default:!0}}),w(s),w(a),L(e,t)},T=e=>{var t=wt(),n=b(t),o=e=>{var t=Ct(),n=l(t);V(n,{name:`mail`});var r=x(n),a=l(r),o=v(a,!0),s=x(a),c=l(s),u=x(c),d=v(u,!0);w(s),w(r),w(t),h((e,t,n,r)=>{i(o,e),i(c,`${t??``} `),R(u,`href`,n),i(d,r)},[()=>Q(`noServer`),()=>Q(`noServerText`),()=>C(`/caughtmails`),()=>Q(`caught`)]),L(e,t)};q(n,e=>{Y(a).mails||e(o)}),xt(x(n,2),G({get application(){return r.application},get branding(){return c}},()=>Y(a),{get onback(){return r.onback},get onnext(){return r.onnext}})),L(e,t)};q(p,e=>{Y(o)?e(m):Y(a)===void 0?e(g,1):Y(a)===null?e(_,2):e(T,-1)}),L(e,d),P()}var Et=I(`<a> </a>`),Dt=I(`<li><span class="num"><!></span> <b><!></b> <p> </p></li>`),Ot=I(`<div class="guide"><nav><ol class="steps"><li class="done"><span class="num"><!></span><b> </b><p> </p></li> <!></ol></nav> <section class="stack" aria-labelledby="guide-step"><div><h2 id="guide-step" tabindex="-1"> </h2><p class="mid"> </p></div> <!></section></div>`);function kt(e,a){S(a,!0);let o=[`application`,`signin`,`connect`],s=B(()=>({application:Q(`stepApplication`),signin:Q(`stepSignin`),connect:Q(`stepConnect`)})),c=B(()=>({application:Q(`stepApplicationText`),signin:Q(`stepSigninText`),connect:Q(`stepConnectText`)})),u=B(()=>U(`app`)===`new`?``:U(`app`)),d=B(()=>Y(u)&&o.includes(U(`step`))?U(`step`):`application`);function p(e){let t=new URLSearchParams(A.query.toString());return t.set(`step`,e),`${C(`/start`)}?${t}`}let m=D(void 0),g;_(()=>{g&&g!==Y(d)&&(scrollTo(0,0),Y(m)?.focus({preventScroll:!0})),g=Y(d)});{let a=B(()=>Q(`title`)),g=B(()=>Q(`sub`));te(e,{get title(){return Y(a)},get sub(){return Y(g)},children:(e,a)=>{var g=Ot(),_=l(g),y=l(_),S=l(y),C=l(S),T=l(C);V(T,{name:`check`,size:`xs`}),w(C);var E=x(C),D=v(E,!0),k=x(E),A=v(k,!0);w(S);var N=x(S,2);re(N,18,()=>o,e=>e,(e,t,n)=>{let r=B(()=>Y(n)<o.indexOf(Y(d)));var a=Dt(),m=l(a),g=l(m),_=e=>{V(e,{name:`check`,size:`xs`})},y=e=>{var t=f();h(()=>i(t,Y(n)+2)),L(e,t)};q(g,e=>{Y(r)?e(_):e(y,-1)}),w(m);var b=x(m,2),S=l(b),C=e=>{var n=Et(),r=v(n,!0);h(e=>{R(n,`href`,e),i(r,Y(s)[t])},[()=>p(t)]),L(e,n)},T=e=>{var n=f();h(()=>i(n,Y(s)[t])),L(e,n)};q(S,e=>{Y(u)&&t!==Y(d)?e(C):e(T,-1)}),w(b);var E=x(b,2),D=v(E,!0);w(a),h(()=>{M(a,1,j({done:Y(r)})),R(a,`aria-current`,t===Y(d)?`step`:void 0),i(D,Y(c)[t])}),L(e,a)}),w(y),w(_);var P=x(_,2),I=l(P),H=l(I),ee=v(H,!0);F(H,e=>t(m,e),()=>Y(m));var W=x(H),G=v(W,!0);w(I);var K=x(I,2),te=e=>{Be(e,{onnext:e=>O({...e,step:`signin`},{replace:!1}),onskip:()=>z(`/`)})},ne=e=>{var t=n(),i=b(t);r(i,()=>Y(u),e=>{Tt(e,{get application(){return Y(u)},onback:()=>O({step:`application`},{replace:!1}),onnext:()=>O({step:`connect`},{replace:!1})})}),L(e,t)},J=e=>{var t=n(),i=b(t);r(i,()=>Y(u),e=>{{let t=B(()=>be(U(`kind`))),n=B(()=>U(`client`));ut(e,{get application(){return Y(u)},get kind(){return Y(t)},get client(){return Y(n)},onback:()=>O({step:`signin`},{replace:!1})})}}),L(e,t)};q(K,e=>{Y(d)===`application`?e(te):Y(d)===`signin`?e(ne,1):e(J,-1)}),w(P),w(g),h((e,t,n,r)=>{R(_,`aria-label`,e),i(D,t),i(A,n),i(ee,Y(s)[Y(d)]),i(G,r)},[()=>Q(`steps`),()=>Q(`stepOwner`),()=>Q(`stepOwnerText`),()=>Q(`${Y(d)}Lead`)]),L(e,g)},$$slots:{default:!0}})}P()}export{kt as default};