package oauth_test

import (
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core/coretest"
)

var update = flag.Bool("update", false, "write the page of the handbook anew")

// trial is a client, and a browser, under one test of a conformance profile. Where mode
// is form_post, answers come by form.
type trial struct {
	*shop
	b    *apitest.Browser
	p    party
	mode string
}

// ask sends an authorization request and answers every page that comes, until the client
// has its answer.
func (r *trial) ask(t testing.TB, more ...string) url.Values {
	t.Helper()
	return r.answer(t, r.b.Get(t, "/oauth2/authorize?"+r.request(more...).Encode()))
}

func (r *trial) request(more ...string) url.Values {
	return request(r.p, append([]string{"response_mode", r.mode}, more...)...)
}

// signsIn tells whether a page asks who it is.
func signsIn(p *apitest.Page) bool {
	return p.Status == 200 && strings.Contains(p.Text, `action="/login"`)
}

func (r *trial) answer(t testing.TB, page *apitest.Page) url.Values {
	t.Helper()
	if signsIn(page) {
		page = signIn(t, r.b)
	}
	if page.Status == 200 && strings.Contains(page.Text, `action="/consent"`) {
		page = r.b.Post(t, "/consent", map[string]string{"answer": "allow"})
	}
	if page.Status == 200 && strings.Contains(page.Text, `action="`+r.p.redirect+`"`) {
		if r.mode != "form_post" {
			t.Fatalf("an answer by form: %s", page.Text)
		}
		return r.b.Hidden
	}
	if r.mode == "form_post" {
		t.Fatalf("an answer that is no form: %d %v %s", page.Status, page.Header, page.Text)
	}
	return back(t, page, r.p.redirect)
}

// get is the whole way to tokens.
func (r *trial) get(t testing.TB, more ...string) tokens {
	t.Helper()
	q := r.ask(t, more...)
	got := r.redeem(t, r.p, q.Get("code"))
	if got.status != 200 || q.Get("state") != "st4te" || q.Get("iss") != issuer {
		t.Fatalf("%v %+v", q, got)
	}
	return got
}

// demand is one test of a profile, by its name in the OpenID Foundation's suite.
type demand struct {
	test, says string
	try        func(t testing.TB, r *trial)
	not        string // why it is not met; try then shows what happens instead
}

// succeeds tries a request that must lead to tokens.
func succeeds(more ...string) func(testing.TB, *trial) {
	return func(t testing.TB, r *trial) { r.get(t, more...) }
}

// refusal tries a request that must be answered with an error.
func refusal(code string, more ...string) func(testing.TB, *trial) {
	return func(t testing.TB, r *trial) {
		if q := r.ask(t, more...); q.Get("error") != code || q.Get("code") != "" || q.Get("state") != "st4te" {
			t.Errorf("%v", q)
		}
	}
}

// tells tries a scope, and looks for claims at the UserInfo endpoint.
func tells(scope string, names ...string) func(testing.TB, *trial) {
	return func(t testing.TB, r *trial) {
		got := r.get(t, "scope", scope)
		_, who := r.userInfo(t, got.AccessToken)
		for _, name := range append(names, "sub") {
			if who[name] == nil {
				t.Errorf("no %s: %v", name, who)
			}
		}
	}
}

func reached(t testing.TB, r *trial, method, header string, in url.Values) {
	t.Helper()
	p := r.visitor().Send(t, method, "/oauth2/userinfo", in.Encode(), map[string]string{"Authorization": header})
	if p.Status != 200 || !strings.Contains(p.Text, `"sub":"`+string(r.ann.ID)+`"`) {
		t.Errorf("%d %s", p.Status, p.Text)
	}
}

const noSuchClaims = "accounts have no such claims: the scope is not in scopes_supported and gives nothing, which the suite accepts"

// basicProfile is what the profile Basic OP asks, and Form Post OP by another mode.
var basicProfile = []demand{
	{test: "oidcc-server", says: "the code flow gives an ID token with all its claims, signed by a key of the JWKS", try: func(t testing.TB, r *trial) {
		got := r.get(t)
		id := claims(t, got.IDToken)
		if id["iss"] != issuer || id["aud"] != r.p.id || id["sub"] != string(r.ann.ID) || id["nonce"] != "n0nce" || id["exp"].(float64) <= id["iat"].(float64) || id["at_hash"] == nil {
			t.Errorf("%v", id)
		}
		raw, _ := base64.RawURLEncoding.DecodeString(strings.Split(got.IDToken, ".")[0])
		var head struct{ Alg, Kid string }
		if err := json.Unmarshal(raw, &head); err != nil || head.Alg != "RS256" || !strings.Contains(r.visitor().Get(t, "/.well-known/jwks.json").Text, `"`+head.Kid+`"`) {
			t.Errorf("%s", raw)
		}
	}},
	{test: "oidcc-response-type-missing", says: "a request without response_type is refused", try: refusal("invalid_request", "response_type", "")},
	{test: "oidcc-userinfo-get", says: "UserInfo by GET", try: func(t testing.TB, r *trial) {
		reached(t, r, http.MethodGet, "Bearer "+r.get(t).AccessToken, nil)
	}},
	{test: "oidcc-userinfo-post-header", says: "UserInfo by POST, the token in the header", try: func(t testing.TB, r *trial) {
		reached(t, r, http.MethodPost, "Bearer "+r.get(t).AccessToken, nil)
	}},
	{test: "oidcc-userinfo-post-body", says: "UserInfo by POST, the token in the body", try: func(t testing.TB, r *trial) {
		reached(t, r, http.MethodPost, "", url.Values{"access_token": {r.get(t).AccessToken}})
	}},
	{test: "oidcc-ensure-request-without-nonce-succeeds-for-code-flow", says: "nonce may be left out", try: func(t testing.TB, r *trial) {
		if id := claims(t, r.get(t, "nonce", "").IDToken); id["nonce"] != nil {
			t.Errorf("%v", id)
		}
	}},
	{test: "oidcc-scope-profile", says: "scope profile gives its claims", try: tells("openid profile", "preferred_username", "updated_at")},
	{test: "oidcc-scope-email", says: "scope email gives its claims", try: tells("openid email", "email", "email_verified")},
	{test: "oidcc-scope-address", says: "scope address gives its claim", try: tells("openid address"), not: noSuchClaims},
	{test: "oidcc-scope-phone", says: "scope phone gives its claims", try: tells("openid phone"), not: noSuchClaims},
	{test: "oidcc-scope-all", says: "all scopes at once", try: tells("openid profile email address phone", "email", "preferred_username")},
	{test: "oidcc-ensure-other-scope-order-succeeds", says: "openid need not come first", try: succeeds("scope", "email openid")},
	{test: "oidcc-display-page", says: "display=page", try: succeeds("display", "page")},
	{test: "oidcc-display-popup", says: "display=popup", try: succeeds("display", "popup")},
	{test: "oidcc-prompt-login", says: "prompt=login asks again, and auth_time is later", try: func(t testing.TB, r *trial) {
		first := claims(t, r.get(t).IDToken)
		r.Clock.Turn(2 * time.Second)
		page := r.b.Get(t, "/oauth2/authorize?"+r.request("prompt", "login").Encode())
		if !signsIn(page) {
			t.Fatalf("%d %s", page.Status, page.Text)
		}
		second := claims(t, r.redeem(t, r.p, r.answer(t, page).Get("code")).IDToken)
		if second["auth_time"].(float64) <= first["auth_time"].(float64) || second["sub"] != first["sub"] {
			t.Errorf("%v %v", first, second)
		}
	}},
	{test: "oidcc-prompt-none-not-logged-in", says: "prompt=none without a session is login_required", try: refusal("login_required", "prompt", "none")},
	{test: "oidcc-prompt-none-logged-in", says: "prompt=none with a session is answered in silence", try: func(t testing.TB, r *trial) {
		first := claims(t, r.get(t).IDToken)
		r.Clock.Turn(2 * time.Second)
		second := claims(t, r.get(t, "prompt", "none").IDToken)
		if first["sub"] != second["sub"] || first["auth_time"] != second["auth_time"] {
			t.Errorf("%v %v", first, second)
		}
	}},
	{test: "oidcc-max-age-1", says: "max_age=1 asks again after two seconds, and auth_time is there", try: func(t testing.TB, r *trial) {
		r.get(t)
		r.Clock.Turn(2 * time.Second)
		page := r.b.Get(t, "/oauth2/authorize?"+r.request("max_age", "1").Encode())
		if !signsIn(page) {
			t.Fatalf("%d %s", page.Status, page.Text)
		}
		id := claims(t, r.redeem(t, r.p, r.answer(t, page).Get("code")).IDToken)
		if id["auth_time"].(float64) < id["iat"].(float64)-1 {
			t.Errorf("%v", id)
		}
	}},
	{test: "oidcc-max-age-10000", says: "max_age=10000 asks nobody who has just signed in", try: func(t testing.TB, r *trial) {
		first := claims(t, r.get(t).IDToken)
		r.Clock.Turn(2 * time.Second)
		if page := r.b.Get(t, "/oauth2/authorize?"+r.request("max_age", "10000").Encode()); signsIn(page) {
			t.Error("asked again")
		}
		if second := claims(t, r.get(t, "max_age", "10000").IDToken); second["auth_time"] != first["auth_time"] {
			t.Errorf("%v %v", first, second)
		}
	}},
	{test: "oidcc-ensure-request-with-unknown-parameter-succeeds", says: "unknown parameters are ignored", try: succeeds("extra", "foobar")},
	{test: "oidcc-id-token-hint", says: "id_token_hint with prompt=none", try: func(t testing.TB, r *trial) {
		r.get(t, "prompt", "none", "id_token_hint", first(t, r))
	}},
	{test: "oidcc-login-hint", says: "login_hint is taken, and filled in", try: func(t testing.TB, r *trial) {
		if page := r.b.Get(t, "/oauth2/authorize?"+r.request("login_hint", "bob@example.com").Encode()); !strings.Contains(page.Text, `value="bob@example.com"`) {
			t.Errorf("%s", page.Text)
		}
		r.get(t, "login_hint", "ann.lee@example.com")
	}},
	{test: "oidcc-ui-locales", says: "ui_locales is taken", try: succeeds("ui_locales", "se fr")},
	{test: "oidcc-claims-locales", says: "claims_locales is taken", try: succeeds("claims_locales", "se")},
	{test: "oidcc-ensure-request-with-acr-values-succeeds", says: "acr_values is taken, and acr answered", try: func(t testing.TB, r *trial) {
		if id := claims(t, r.get(t, "acr_values", "1 2").IDToken); id["acr"] == nil {
			t.Errorf("%v", id)
		}
	}},
	{test: "oidcc-codereuse", says: "a code works once", try: func(t testing.TB, r *trial) {
		code := r.ask(t).Get("code")
		if got := r.redeem(t, r.p, code); got.status != 200 {
			t.Fatalf("%+v", got)
		}
		if got := r.redeem(t, r.p, code); got.Error != "invalid_grant" {
			t.Errorf("%+v", got)
		}
	}},
	{test: "oidcc-codereuse-30seconds", says: "a code that is shown again ends the access token that it gave", try: func(t testing.TB, r *trial) {
		code := r.ask(t).Get("code")
		got := r.redeem(t, r.p, code)
		r.Clock.Turn(30 * time.Second)
		if again := r.redeem(t, r.p, code); again.Error != "invalid_grant" {
			t.Errorf("%+v", again)
		}
		if status, _ := r.userInfo(t, got.AccessToken); status != 401 {
			t.Errorf("%d", status)
		}
	}},
	{test: "oidcc-ensure-registered-redirect-uri", says: "an unregistered redirect_uri stops at a page", try: func(t testing.TB, r *trial) {
		if p := r.b.Get(t, "/oauth2/authorize?"+r.request("redirect_uri", r.p.redirect+"&foo=bar").Encode()); p.Status != 400 || p.Header.Get("Location") != "" {
			t.Errorf("%d %v", p.Status, p.Header)
		}
	}},
	{test: "oidcc-ensure-post-request-succeeds", says: "the authorization request may come by POST", try: func(t testing.TB, r *trial) {
		p := r.form(t, "/oauth2/authorize", r.request())
		if q := r.answer(t, r.b.Get(t, p.Header.Get("Location"))); q.Get("code") == "" {
			t.Errorf("%v", q)
		}
	}},
	{test: "oidcc-server-client-secret-post", says: "client_secret_post, and client_secret_basic beside it", try: func(t testing.TB, r *trial) {
		for _, p := range []party{r.own, r.web} {
			(&trial{shop: r.shop, b: r.visitor(), p: p, mode: r.mode}).get(t)
		}
	}},
	{test: "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported", says: "a request object is refused as not supported",
		try: refusal("request_not_supported", "request", "eyJhbGciOiJub25lIn0.e30.")},
	{test: "oidcc-claims-essential", says: "an essential claim of the parameter claims is answered", try: func(t testing.TB, r *trial) {
		got := r.get(t, "scope", "openid", "claims", `{"userinfo":{"email":{"essential":true}}}`)
		if _, who := r.userInfo(t, got.AccessToken); who["email"] == nil {
			t.Errorf("%v", who)
		}
	}},
	{test: "oidcc-ensure-request-object-with-redirect-uri", says: "a request object does not bring a redirect URI", try: refusal("request_not_supported", "request",
		"eyJhbGciOiJub25lIn0."+base64.RawURLEncoding.EncodeToString([]byte(`{"redirect_uri":"https://evil.example/"}`))+".")},
	{test: "oidcc-refresh-token", says: "a refresh token gives an ID token of the same person, client and auth_time, and only to its client", try: func(t testing.TB, r *trial) {
		got := r.get(t, "scope", "openid offline_access", "prompt", "consent")
		if other := r.token(t, r.web, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.RefreshToken}}); other.Error != "invalid_grant" {
			t.Errorf("another client: %+v", other)
		}
		got = r.get(t, "scope", "openid offline_access", "prompt", "consent")
		next := r.token(t, r.p, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.RefreshToken}})
		if next.status != 200 || next.RefreshToken == got.RefreshToken {
			t.Fatalf("%+v", next)
		}
		was, is := claims(t, got.IDToken), claims(t, next.IDToken)
		for _, name := range []string{"iss", "sub", "aud", "auth_time"} {
			if was[name] != is[name] {
				t.Errorf("%s: %v, then %v", name, was[name], is[name])
			}
		}
	}},
	{test: "oidcc-ensure-request-with-valid-pkce-succeeds", says: "PKCE with S256, and nothing without its verifier", try: func(t testing.TB, r *trial) {
		r.get(t)
		code := r.ask(t).Get("code")
		if got := r.token(t, r.p, url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {r.p.redirect}}); got.Error != "invalid_grant" {
			t.Errorf("%+v", got)
		}
	}},
}

func first(t testing.TB, r *trial) string { return r.get(t).IDToken }

// described are the members that discovery must have.
func described(members map[string]any) func(testing.TB, *trial) {
	return func(t testing.TB, r *trial) {
		var m map[string]any
		if err := json.Unmarshal([]byte(r.visitor().Get(t, "/.well-known/openid-configuration").Text), &m); err != nil {
			t.Fatal(err)
		}
		for name, want := range members {
			if got := m[name]; got != want && !strings.Contains(fmt.Sprint(got), fmt.Sprint(want)) {
				t.Errorf("%s: %v, want %v", name, got, want)
			}
		}
	}
}

// leaves signs Ann in, asks for a logout, and looks where it leads: to next; "" stops at
// a page that says it is done, or asks first, and "!" refuses and leaves her signed in.
func leaves(next string, asks bool, in func(id string) url.Values) func(testing.TB, *trial) {
	return func(t testing.TB, r *trial) {
		r.change(t, "/v1/clients/"+r.p.id, `{"postLogoutRedirectUris":["https://own.example/bye"]}`)
		id := first(t, r)
		at := "/oauth2/logout?" + in(id).Encode()
		page := r.b.Get(t, at)
		if asked := page.Status == 200 && strings.Contains(page.Text, "Sign out?"); asked != asks {
			t.Fatalf("asked: %v, %d %s", asked, page.Status, page.Text)
		}
		if asks {
			page = r.b.Post(t, "/oauth2/logout", nil)
		}
		if next == "!" {
			if page.Status != 400 || page.Header.Get("Location") != "" {
				t.Errorf("%d %v", page.Status, page.Header)
			}
			r.get(t, "prompt", "none")
			return
		}
		if page.Header.Get("Location") != next {
			t.Errorf("it leads to %q: %d %s", page.Header.Get("Location"), page.Status, page.Text)
		}
		if q := r.ask(t, "prompt", "none"); q.Get("error") != "login_required" {
			t.Errorf("still signed in: %v", q)
		}
	}
}

const bye = "https://own.example/bye"

var logoutProfile = []demand{
	{test: "oidcc-rp-initiated-logout-discovery-endpoint-verification", says: "discovery names end_session_endpoint", try: described(map[string]any{"end_session_endpoint": issuer + "/oauth2/logout"})},
	{test: "oidcc-rp-initiated-logout", says: "with hint, registered URI and state it leads back with the state", try: leaves(bye+"?state=a", false, func(id string) url.Values {
		return url.Values{"id_token_hint": {id}, "post_logout_redirect_uri": {bye}, "state": {"a"}}
	})},
	{test: "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri", says: "an unregistered URI leads nowhere", try: leaves("!", false, func(id string) url.Values {
		return url.Values{"id_token_hint": {id}, "post_logout_redirect_uri": {bye + "/elsewhere"}, "state": {"a"}}
	})},
	{test: "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri", says: "nor does a registered one with a query added", try: leaves("!", false, func(id string) url.Values {
		return url.Values{"id_token_hint": {id}, "post_logout_redirect_uri": {bye + "?foo=bar"}}
	})},
	{test: "oidcc-rp-initiated-logout-bad-id-token-hint", says: "a hint that is none is refused", try: leaves("!", false, func(string) url.Values {
		return url.Values{"id_token_hint": {"not.a.token"}, "post_logout_redirect_uri": {bye}}
	})},
	{test: "oidcc-rp-initiated-logout-modified-id-token-hint", says: "so is one whose signature is wrong", try: leaves("!", false, func(id string) url.Values {
		return url.Values{"id_token_hint": {id[:len(id)-8] + "AAAAAAAA"}, "post_logout_redirect_uri": {bye}}
	})},
	{test: "oidcc-rp-initiated-logout-no-id-token-hint", says: "without a hint the person is asked, and stays at the server's page", try: leaves("", true, func(string) url.Values {
		return url.Values{"post_logout_redirect_uri": {bye}, "state": {"a"}}
	})},
	{test: "oidcc-rp-initiated-logout-no-params", says: "without parameters the person is asked", try: leaves("", true, func(string) url.Values { return url.Values{} })},
	{test: "oidcc-rp-initiated-logout-no-post-logout-redirect-uri", says: "a hint without a URI ends at the server's page", try: leaves("", false, func(id string) url.Values {
		return url.Values{"id_token_hint": {id}, "state": {"a"}}
	})},
	{test: "oidcc-rp-initiated-logout-no-state", says: "state may be left out", try: leaves(bye, false, func(id string) url.Values {
		return url.Values{"id_token_hint": {id}, "post_logout_redirect_uri": {bye}}
	})},
	{test: "oidcc-rp-initiated-logout-only-state", says: "state alone asks, and leads nowhere", try: leaves("", true, func(string) url.Values { return url.Values{"state": {"a"}} })},
}

var profiles = []struct {
	name, plan, mode string
	demands          []demand
}{
	{"Basic OP", "oidcc-basic-certification-test-plan", "", basicProfile},
	{"Form Post OP", "oidcc-formpost-basic-certification-test-plan", "form_post", basicProfile},
	{"Config OP", "oidcc-config-certification-test-plan", "", []demand{
		{test: "oidcc-discovery-endpoint-verification", says: "discovery has the issuer itself, every endpoint by https, RS256, and a JWKS of public keys", try: func(t testing.TB, r *trial) {
			first(t, r)
			described(map[string]any{"issuer": issuer, "authorization_endpoint": issuer + "/oauth2/authorize", "token_endpoint": issuer + "/oauth2/token",
				"userinfo_endpoint": issuer + "/oauth2/userinfo", "jwks_uri": issuer + "/.well-known/jwks.json", "response_types_supported": "code", "subject_types_supported": "public",
				"id_token_signing_alg_values_supported": "RS256", "scopes_supported": "openid", "claims_supported": "sub", "request_parameter_supported": false,
				"request_uri_parameter_supported": false, "claims_parameter_supported": true})(t, r)
			var set struct{ Keys []map[string]any }
			if err := json.Unmarshal([]byte(r.visitor().Get(t, "/.well-known/jwks.json").Text), &set); err != nil || len(set.Keys) == 0 {
				t.Fatal(err, set)
			}
			seen := map[any]bool{}
			for _, k := range set.Keys {
				if k["kty"] == nil || k["alg"] == nil || k["use"] != "sig" || seen[k["kid"]] || k["d"] != nil || k["p"] != nil || k["k"] != nil {
					t.Errorf("%v", k)
				}
				seen[k["kid"]] = true
			}
		}},
	}},
	{"RP-Initiated Logout OP", "oidcc-rp-initiated-logout-certification-test-plan", "", logoutProfile},
	{"Back-Channel Logout OP", "oidcc-backchannel-rp-initiated-logout-certification-test-plan", "", []demand{
		{test: "oidcc-backchannel-rp-initiated-logout-discovery-endpoint-verification", says: "discovery says so, with sid",
			try: described(map[string]any{"backchannel_logout_supported": true, "backchannel_logout_session_supported": true})},
		{test: "oidcc-backchannel-rp-initiated-logout", says: "the client gets a logout token: iss, aud, iat, jti, events, sid, and no nonce", try: func(t testing.TB, r *trial) {
			coretest.Private(r.App)
			l := listen(t.(*testing.T))
			r.change(t, "/v1/clients/"+r.p.id, `{"backchannelLogoutUri":"`+l.URL+`/out","backchannelLogoutSessionRequired":true}`)
			id := first(t, r)
			r.b.Get(t, "/oauth2/logout?"+url.Values{"id_token_hint": {id}}.Encode())
			for limit := time.Now().Add(20 * time.Second); len(l.told()) == 0 && time.Now().Before(limit); time.Sleep(5 * time.Millisecond) {
				r.Clock.Turn(time.Second)
			}
			if len(l.told()) == 0 {
				t.Fatal("it was not told")
			}
			is := claims(t, l.told()[0])
			if is["iss"] != issuer || is["aud"] != r.p.id || is["iat"] == nil || is["jti"] == nil || is["sid"] != claims(t, id)["sid"] || is["nonce"] != nil ||
				fmt.Sprint(is["events"]) != "map[http://schemas.openid.net/event/backchannel-logout:map[]]" {
				t.Errorf("%v", is)
			}
		}},
	}},
	{"Front-Channel Logout OP", "oidcc-frontchannel-rp-initiated-logout-certification-test-plan", "", []demand{
		{test: "oidcc-frontchannel-rp-initiated-logout-discovery-endpoint-verification", says: "discovery says so, with sid",
			try: described(map[string]any{"frontchannel_logout_supported": true, "frontchannel_logout_session_supported": true})},
		{test: "oidcc-frontchannel-rp-initiated-logout", says: "the client's page is loaded in a frame with iss and sid", try: func(t testing.TB, r *trial) {
			r.change(t, "/v1/clients/"+r.p.id, `{"frontchannelLogoutUri":"https://own.example/out","frontchannelLogoutSessionRequired":true}`)
			id := first(t, r)
			page := r.b.Get(t, "/oauth2/logout?"+url.Values{"id_token_hint": {id}}.Encode())
			want := "https://own.example/out?iss=" + url.QueryEscape(issuer) + "&amp;sid=" + fmt.Sprint(claims(t, id)["sid"])
			if !strings.Contains(page.Text, `<iframe src="`+want) {
				t.Errorf("no frame of %s: %s", want, page.Text)
			}
		}},
	}},
}

// The requirement lists of the profiles are walked test by test; what the handbook says
// of them is what happened. -update writes it.
func TestConformanceProfiles(t *testing.T) {
	const page = "../../ui/docs/conformance.md"
	var text strings.Builder
	text.WriteString(`# OpenID Connect conformance

The tests of the OpenID Foundation's certification profiles, by the names that its suite gives them. Each was tried against the
server by its own tests, from which this page is made: its clients are registered with the profile ` + "`oidc`" + `, where PKCE may be left
out. The Foundation has not certified the server; run its suite against yours to see for yourself.
`)
	for _, p := range profiles {
		fmt.Fprintf(&text, "\n## %s\n\n`%s`\n\n| test | asks that | |\n|---|---|---|\n", p.name, p.plan)
		for _, d := range p.demands {
			verdict := "met"
			if d.not != "" {
				verdict = "not: " + d.not
			}
			fmt.Fprintf(&text, "| `%s` | %s | %s |\n", d.test, d.says, verdict)
			t.Run(p.name+"/"+d.test, func(t *testing.T) {
				s := open(t)
				d.try(t, &trial{shop: s, b: s.visitor(), p: s.own, mode: p.mode})
			})
		}
	}
	if *update {
		if err := os.WriteFile(page, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if is, err := os.ReadFile(page); err != nil || string(is) != text.String() {
		t.Errorf("%s is not what these tests say: -update writes it (%v)", page, err)
	}
}
