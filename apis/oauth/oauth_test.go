package oauth_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// shop is a server with one application, clients of each kind, and Ann.
type shop struct {
	*apitest.API
	web, own, spa, app, robot party
	ann                       *core.Account
}

// party is a client as its developers know it.
type party struct{ id, secret, redirect string }

const (
	verifierText = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // RFC 7636 appendix B
	issuer       = apitest.PublicURL
)

func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func open(t testing.TB, prepare ...func(*core.App)) *shop {
	t.Helper()
	s := &shop{API: apitest.New(t, prepare...)}
	s.web = s.client(t, `{"name":"Web","redirectUris":["https://web.example/cb"]}`)
	s.own = s.client(t, `{"name":"Own","redirectUris":["https://own.example/cb?x=1"],"firstParty":true,"profile":"oidc","tokenEndpointAuthMethod":"client_secret_post"}`)
	s.spa = s.client(t, `{"name":"Spa","kind":"SPA","redirectUris":["https://spa.example/"],"allowedOrigins":["https://spa.example"],"firstParty":true}`)
	s.app = s.client(t, `{"name":"App","kind":"NATIVE","redirectUris":["com.example.app:/cb","http://127.0.0.1/cb"],"firstParty":true}`)
	s.robot = s.client(t, `{"name":"Robot","kind":"MACHINE"}`)
	s.ann = s.Person(t, s.Directory(t, "My Application Directory").ID, "ann.lee@example.com")
	return s
}

// client makes a client of the application.
func (s *shop) client(t testing.TB, body string) party {
	t.Helper()
	ans := s.Do(t, "", http.MethodPost, "/v1/applications/"+string(s.Application(t, "My Application").ID)+"/clients", body, nil)
	if ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	p := party{id: fmt.Sprint(ans.Value("clientId"))}
	p.secret, _ = ans.Value("clientSecret").(string)
	if all, _ := ans.Value("redirectUris").([]any); len(all) > 0 {
		p.redirect = all[0].(string)
	}
	return p
}

// change changes a client over /v1.
func (s *shop) change(t testing.TB, path, body string) {
	t.Helper()
	if ans := s.Do(t, "", http.MethodPost, path, body, nil); ans.Status/100 != 2 {
		t.Fatalf("%s: %d %s", path, ans.Status, ans.Body)
	}
}

// form sends a form as a program does.
func (s *shop) form(t testing.TB, path string, in url.Values, header ...string) *apitest.Page {
	t.Helper()
	h := map[string]string{}
	for i := 0; i+1 < len(header); i += 2 {
		h[header[i]] = header[i+1]
	}
	return s.visitor().Send(t, http.MethodPost, path, in.Encode(), h)
}

// visitor is a browser at the issuer.
func (s *shop) visitor() *apitest.Browser {
	b := s.Browser()
	b.Host = strings.TrimPrefix(issuer, "https://")
	return b
}

func basic(p party) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(p.id)+":"+url.QueryEscape(p.secret)))
}

// request is an authorization request of a client, with more or other parameters.
func request(p party, more ...string) url.Values {
	q := url.Values{"client_id": {p.id}, "redirect_uri": {p.redirect}, "response_type": {"code"}, "scope": {"openid profile email"}, "state": {"st4te"}, "nonce": {"n0nce"},
		"code_challenge": {challengeOf(verifierText)}, "code_challenge_method": {"S256"}}
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] == "" {
			q.Del(more[i])
			continue
		}
		q.Set(more[i], more[i+1])
	}
	return q
}

// signIn answers the page of signing in as Ann.
func signIn(t testing.TB, b *apitest.Browser) *apitest.Page {
	t.Helper()
	return b.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password})
}

// back are the parameters with which a browser is sent back to a client.
func back(t testing.TB, p *apitest.Page, to string) url.Values {
	t.Helper()
	at := p.Header.Get("Location")
	if p.Status != 303 || !strings.HasPrefix(at, to) {
		t.Fatalf("%d %q %s", p.Status, at, p.Text)
	}
	u, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

// authorized is a code for a client, by a browser that signs Ann in, and agrees if it
// is asked.
func (s *shop) authorized(t testing.TB, b *apitest.Browser, p party, more ...string) string {
	t.Helper()
	page := b.Get(t, "/oauth2/authorize?"+request(p, more...).Encode())
	if page.Status == 200 && strings.Contains(page.Text, `action="/login"`) {
		page = signIn(t, b)
	}
	if page.Status == 200 && strings.Contains(page.Text, `action="/consent"`) {
		page = b.Post(t, "/consent", map[string]string{"answer": "allow"})
	}
	q := back(t, page, p.redirect)
	if q.Get("code") == "" || q.Get("iss") != issuer {
		t.Fatalf("%v", q)
	}
	return q.Get("code")
}

// tokens is an answer of the token endpoint.
type tokens struct {
	AccessToken  string `json:"access_token"`
	TokenType    string `json:"token_type"`
	ExpiresIn    int    `json:"expires_in"`
	RefreshToken string `json:"refresh_token"`
	IDToken      string `json:"id_token"`
	Scope        string `json:"scope"`
	Error        string `json:"error"`
	Description  string `json:"error_description"`

	status int
}

// token asks the token endpoint as a client.
func (s *shop) token(t testing.TB, p party, in url.Values) (out tokens) {
	t.Helper()
	var page *apitest.Page
	switch p {
	case s.own:
		in.Set("client_id", p.id)
		in.Set("client_secret", p.secret)
		page = s.form(t, "/oauth2/token", in)
	case s.web, s.robot:
		page = s.form(t, "/oauth2/token", in, "Authorization", basic(p))
	default:
		in.Set("client_id", p.id)
		page = s.form(t, "/oauth2/token", in)
	}
	if err := json.Unmarshal([]byte(page.Text), &out); err != nil {
		t.Fatalf("%d %s", page.Status, page.Text)
	}
	out.status = page.Status
	return out
}

// redeem spends a code.
func (s *shop) redeem(t testing.TB, p party, code string) tokens {
	t.Helper()
	return s.token(t, p, url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.redirect}, "code_verifier": {verifierText}})
}

// claims are those of a token, whose signature nobody looks at.
func claims(t testing.TB, token string) (out map[string]any) {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("%q is no token", token)
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err == nil {
		err = json.Unmarshal(raw, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// userInfo asks who a token is of.
func (s *shop) userInfo(t testing.TB, token string) (int, map[string]any) {
	t.Helper()
	p := s.visitor().Send(t, http.MethodGet, "/oauth2/userinfo", "", map[string]string{"Authorization": "Bearer " + token})
	out := map[string]any{}
	if p.Status == 200 {
		if err := json.Unmarshal([]byte(p.Text), &out); err != nil {
			t.Fatal(err)
		}
	}
	return p.Status, out
}

func TestSomebodySignsInForEveryKindOfClient(t *testing.T) {
	s := open(t)
	for name, p := range map[string]party{"web": s.web, "own": s.own, "spa": s.spa, "native": s.app} {
		b := s.visitor()
		code := s.authorized(t, b, p)
		got := s.redeem(t, p, code)
		if got.status != 200 || got.TokenType != "Bearer" || got.ExpiresIn != 600 || got.IDToken == "" || got.RefreshToken == "" || got.Scope != "openid profile email" {
			t.Fatalf("%s: %+v", name, got)
		}
		id := claims(t, got.IDToken)
		if id["iss"] != issuer || id["aud"] != p.id || id["sub"] != string(s.ann.ID) || id["nonce"] != "n0nce" || id["email"] != "ann.lee@example.com" || id["acr"] != "pwd" || id["sid"] == nil || id["at_hash"] == nil {
			t.Errorf("%s: %v", name, id)
		}
		if status, who := s.userInfo(t, got.AccessToken); status != 200 || who["sub"] != string(s.ann.ID) || who["email"] != "ann.lee@example.com" {
			t.Errorf("%s: %d %v", name, status, who)
		}
		if again := s.redeem(t, p, code); again.status != 400 || again.Error != "invalid_grant" {
			t.Errorf("%s: a code is spent twice: %+v", name, again)
		}
		if status, _ := s.userInfo(t, got.AccessToken); status != 401 {
			t.Errorf("%s: a code that is shown again ends what it gave: %d", name, status)
		}
	}
}
