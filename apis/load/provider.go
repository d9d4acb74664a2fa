package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"
)

// provider is what is measured of OAuth and OpenID Connect: a service and a web
// application, and an API for each algorithm of access tokens.
type provider struct {
	sub          *subject
	service, web string // the Authorization of each
	clientID     string // of the web application
	once         sync.Once
	failed       error
	known        string // an access token that is asked about again and again
	reader       string // one that reads userinfo
	fresh        chan string
	next         []string // the refresh token of each caller
}

const (
	callback  = "https://web.example.com/callback"
	refreshes = 64 // callers that refresh
)

// algorithms sign the access tokens; an API's identifier says by which.
var algorithms = []struct{ name, goal string }{{"ES256", "0.28"}, {"EdDSA", "0.33"}, {"RS256", "95 % of signing"}}

func audience(alg string) string { return "https://" + strings.ToLower(alg) + ".example.com" }

// rsaSigned is the path whose rate is told beside that of the bare signature.
const rsaSigned = "client_credentials, RS256"

// targets are the paths of the provider.
func (p *provider) targets() (all []target) {
	public := func(name, path string) target {
		return target{name: name, goal: "0.80", callers: 32, want: 200, next: func(int, int) []byte { return get(p.sub.addr, path, "") }}
	}
	all = []target{public("discovery", "/.well-known/openid-configuration"), public("JWKS", "/.well-known/jwks.json")}
	for _, alg := range algorithms {
		all = append(all, target{name: "client_credentials, " + alg.name, goal: alg.goal, callers: 32, want: 200, fill: p.prepare,
			next: func(int, int) []byte { return p.serviceToken(alg.name) }})
	}
	asked := func(token string) []byte {
		return form(p.sub.addr, "/oauth2/introspect", p.service, url.Values{"token": {token}})
	}
	all = append(all,
		target{name: "introspection, repeated", goal: "0.60", callers: 32, want: 200, fill: p.prepare, next: func(int, int) []byte { return asked(p.known) }},
		target{name: "introspection, first sight", goal: "0.20", callers: 32, want: 200, fill: p.mint, next: func(int, int) []byte {
			select {
			case token := <-p.fresh:
				return asked(token)
			default:
				return get(p.sub.addr, "/no-token-is-left", "") // which makes the row invalid
			}
		}},
		target{name: "userinfo", goal: "0.35", callers: 32, want: 200, fill: p.prepare, next: func(int, int) []byte {
			return get(p.sub.addr, "/oauth2/userinfo", "Bearer "+p.reader)
		}},
		p.refresh(32, "0.15"), p.refresh(refreshes, "0.20"),
		target{name: "login at the page", goal: "95 % of hashes", callers: 32, want: 200, hashes: true, fill: p.prepare, next: func(caller, n int) []byte {
			return post(p.sub.addr, "/login", "", fmt.Sprintf(`{"login":"person%d","password":%q}`, (caller*7919+n*31)%100, password))
		}})
	return all
}

// refresh rotates one refresh token for each caller.
func (p *provider) refresh(callers int, goal string) target {
	return target{name: fmt.Sprintf("refresh, rotated, %d callers", callers), goal: goal, callers: callers, want: 200, fill: p.prepare,
		next: func(caller, _ int) []byte {
			return form(p.sub.addr, "/oauth2/token", p.web, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {p.next[caller]}})
		},
		read: func(caller int, body []byte) {
			if token := refreshToken(body); token != "" {
				p.next[caller] = token
			}
		}}
}

// serviceToken is the request of a token for the API of an algorithm.
func (p *provider) serviceToken(alg string) []byte {
	return form(p.sub.addr, "/oauth2/token", p.service, url.Values{"grant_type": {"client_credentials"}, "resource": {audience(alg)}})
}

// mint has tokens made that nobody has shown yet, more of them than d is enough for.
func (p *provider) mint(d time.Duration) error {
	if err := p.prepare(d); err != nil {
		return err
	}
	p.fresh = make(chan string, 1<<20)
	_, err := generate(p.sub.addr, target{callers: 32, want: 200, next: func(int, int) []byte { return p.serviceToken("ES256") }, read: func(_ int, body []byte) {
		if token := accessToken(body); token != "" {
			p.fresh <- token
		}
	}}, d*3/2)
	return err
}

func accessToken(body []byte) string  { return member(body, "access_token") }
func refreshToken(body []byte) string { return member(body, "refresh_token") }

// member is the text under a name of a JSON object; "" if there is none.
func member(body []byte, name string) string {
	var all map[string]any
	if json.Unmarshal(body, &all) != nil {
		return ""
	}
	text, _ := all[name].(string)
	return text
}

// prepare makes, once, the clients and APIs, and signs somebody in.
func (p *provider) prepare(time.Duration) error {
	p.once.Do(func() { p.failed = p.make() })
	return p.failed
}

func (p *provider) make() error {
	var service, web struct{ ClientID, ClientSecret string }
	for _, alg := range algorithms {
		if err := p.create("resources", map[string]any{"name": alg.name, "identifier": audience(alg.name), "accessTokenSigningAlg": alg.name}, nil); err != nil {
			return err
		}
	}
	if err := p.create("clients", map[string]any{"name": "Service", "kind": "MACHINE"}, &service); err != nil {
		return err
	}
	if err := p.create("clients", map[string]any{"name": "Web", "kind": "WEB", "redirectUris": []string{callback}, "firstParty": true}, &web); err != nil {
		return err
	}
	p.service, p.web, p.clientID = basic(service.ClientID, service.ClientSecret), basic(web.ClientID, web.ClientSecret), web.ClientID
	body, err := p.send(p.serviceToken("ES256"))
	if err != nil {
		return err
	}
	p.known = accessToken(body)
	who, err := newBrowser()
	if err != nil {
		return err
	}
	if body, err = p.signIn(who, "openid profile email"); err != nil {
		return err
	}
	p.reader = accessToken(body)
	for range refreshes {
		if body, err = p.signIn(who, "profile email offline_access"); err != nil { // without an ID token, whose RS256 is measured above
			return err
		}
		token := refreshToken(body)
		if token == "" {
			return fmt.Errorf("no refresh token in %q", body)
		}
		p.next = append(p.next, token)
	}
	return nil
}

// create makes something of the application.
func (p *provider) create(what string, in map[string]any, out any) error {
	raw, err := json.Marshal(in)
	if err != nil {
		return err
	}
	body, err := p.send(post(p.sub.addr, "/v1/applications/"+p.sub.application+"/"+what, basic(p.sub.keyID, p.sub.keySecret), string(raw)))
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(body, out)
}

// send sends a request and returns what a success answers.
func (p *provider) send(request []byte) ([]byte, error) {
	conn, err := dial(p.sub.addr)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if _, err := conn.Write(request); err != nil {
		return nil, err
	}
	status, body, err := answer(conn.in, 0)
	if err == nil && status/100 != 2 {
		err = fmt.Errorf("%s: %d %s", bytes.SplitN(request, []byte("\r\n"), 2)[0], status, body)
	}
	return body, err
}

// newBrowser is a browser that stops where a client would be told.
func newBrowser() (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	return &http.Client{Jar: jar, Timeout: 30 * time.Second, CheckRedirect: func(req *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(req.URL.String(), callback) {
			return http.ErrUseLastResponse
		}
		return nil
	}}, err
}

var hidden = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// signIn goes the way of a web application: the first time by the form, then by the
// session. It returns what the token endpoint answers.
func (p *provider) signIn(who *http.Client, scope string) ([]byte, error) {
	const verifier = "a verifier that is as long as RFC 7636 demands of one"
	sum := sha256.Sum256([]byte(strings.ReplaceAll(verifier, " ", "-")))
	res, err := who.Get("http://" + p.sub.addr + "/oauth2/authorize?" + url.Values{"response_type": {"code"}, "client_id": {p.clientID}, "redirect_uri": {callback},
		"scope": {scope}, "code_challenge_method": {"S256"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}}.Encode())
	if err != nil {
		return nil, err
	}
	page, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil {
		return nil, err
	}
	if res.StatusCode == http.StatusOK {
		in := url.Values{"login": {"person0"}, "password": {password}}
		for _, field := range hidden.FindAllSubmatch(page, -1) {
			in.Set(html.UnescapeString(string(field[1])), html.UnescapeString(string(field[2])))
		}
		if res, err = who.PostForm("http://"+p.sub.addr+"/login", in); err != nil {
			return nil, err
		}
		res.Body.Close()
	}
	to, err := url.Parse(res.Header.Get("Location"))
	if err != nil || to.Query().Get("code") == "" {
		return nil, errors.Join(err, fmt.Errorf("%s: %s leads to %q, and no code", res.Request.URL.Path, res.Status, res.Header.Get("Location")))
	}
	return p.send(form(p.sub.addr, "/oauth2/token", p.web, url.Values{"grant_type": {"authorization_code"}, "redirect_uri": {callback},
		"code": {to.Query().Get("code")}, "code_verifier": {strings.ReplaceAll(verifier, " ", "-")}}))
}
