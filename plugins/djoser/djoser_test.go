package djoser_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

// site is a served app with a djoser mount at /auth.
type site struct {
	*apitest.API
	app, dir, mount string
}

// mounted is a site of a version, with settings as JSON, or "".
func mounted(t testing.TB, version, settings string) *site {
	t.Helper()
	return mountedOn(t, apitest.Plugged(t, mem.Open(), apis.Options{}, djoser.Plugin{}), version, settings)
}

func mountedOn(t testing.TB, a *apitest.API, version, settings string) *site {
	t.Helper()
	s := &site{API: a, app: a.Vars["app"]}
	if settings == "" {
		settings = "{}"
	}
	ans := a.Do(t, "", "POST", "/v1/applications/{app}/djoserMounts", `{"path":"/auth","version":"`+version+`","settings":`+settings+`}`, nil)
	if ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	s.mount, s.dir = lastOf(ans.Value("href")), lastOf(ans.Value("directory.href"))
	a.Vars["mount"], a.Vars["mdir"] = s.mount, s.dir
	return s
}

func lastOf(href any) string {
	text := fmt.Sprint(href)
	return text[strings.LastIndexByte(text, '/')+1:]
}

// reply is what a mount answered.
type reply struct {
	status int
	body   string
	header http.Header
}

// at is a value of a JSON body, by its name.
func (r reply) at(name string) string {
	var m map[string]any
	json.Unmarshal([]byte(r.body), &m)
	v, _ := m[name].(string)
	return v
}

// call sends a request to the mount. A body that begins with { or [ is JSON, any other a
// form, unless a header says what it is.
func (s *site) call(t testing.TB, method, path, body string, header ...string) reply {
	t.Helper()
	req, err := http.NewRequest(method, "http://"+apitest.Host+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if body[0] == '{' || body[0] == '[' {
			req.Header.Set("Content-Type", "application/json; charset=utf-8")
		}
	}
	for i := 0; i < len(header); i += 2 {
		if header[i+1] == "" {
			req.Header.Del(header[i])
			continue
		}
		req.Header.Set(header[i], header[i+1])
	}
	res, err := s.Server.Fiber().Test(req, fiber.TestConfig{Timeout: 0})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode >= 500 {
		t.Errorf("%s %s: %d %s", method, path, res.StatusCode, b)
	}
	return reply{res.StatusCode, string(b), res.Header}
}

// row is a request and what must come of it.
type row struct {
	name         string
	method, path string
	body         string
	header       []string
	status       int
	want         string // the whole body; "" is none
}

func (s *site) run(t *testing.T, rows []row) {
	t.Helper()
	for _, c := range rows {
		t.Run(c.name, func(t *testing.T) {
			got := s.call(t, c.method, c.path, s.Fill(c.body), c.header...)
			if want := s.Fill(c.want); got.status != c.status || got.body != want {
				t.Errorf("%s %s %s\n got %d %s\nwant %d %s", c.method, c.path, c.body, got.status, got.body, c.status, want)
			}
			if (got.body == "") != (got.header.Get("Content-Type") == "") {
				t.Errorf("Content-Type %q of the body %q", got.header.Get("Content-Type"), got.body)
			}
		})
	}
}

// join registers an account and signs it in.
func (s *site) join(t testing.TB, name, pw string, more ...string) (token string) {
	t.Helper()
	form := url.Values{"username": {name}, "password": {pw}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	register, in := "/auth/register", "/auth/login"
	if s.version(t) == djoser.New {
		register, in = "/auth/users/", "/auth/token/login/"
	}
	if got := s.call(t, "POST", register, form.Encode()); got.status != 201 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	return s.call(t, "POST", in, url.Values{"username": {name}, "password": {pw}}.Encode()).at("auth_token")
}

func (s *site) version(t testing.TB) (v string) {
	t.Helper()
	s.View(t, func(tx *core.Tx) error {
		m, err := core.Get(tx, core.ID[djoser.DjoserMount](s.mount))
		if err == nil {
			v = m.Version
		}
		return err
	})
	return v
}

// set changes settings of the mount.
func (s *site) set(t testing.TB, body string) {
	t.Helper()
	if ans := s.Do(t, "", "POST", "/v1/djoserMounts/{mount}", body, nil); ans.Status != 200 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
}

// mails are the texts of all that were sent, once all work is done.
func (s *site) mails(t testing.TB) (texts []string) {
	t.Helper()
	s.Settle(t)
	s.Settle(t)
	for _, m := range s.Post.All() {
		if m.Subject == "The address of your account was changed" || m.Subject == "Your password was changed" {
			continue // the server's own notices, at proved addresses
		}
		texts = append(texts, m.To.Addr+"\n"+m.Subject+"\n"+m.Text)
	}
	return texts
}

// The session in the README of djoser 0.1.0.
func TestTheSessionOfTheREADME(t *testing.T) {
	s := mounted(t, djoser.Old, "")
	const user = `{"email": "", "username": "djoser"}`
	s.run(t, []row{
		{"register", "POST", "/auth/register", "username=djoser&password=djoser", nil, 201, user},
		{"register again", "POST", "/auth/register", "username=djoser&password=djoser", nil, 400, `{"username": ["User with this Username already exists."]}`},
		{"me, unknown", "GET", "/auth/me", "", nil, 401, `{"detail": "Authentication credentials were not provided."}`},
	})
	token := s.call(t, "POST", "/auth/login", "username=djoser&password=djoser").at("auth_token")
	if len(token) != 40 || strings.Trim(token, "0123456789abcdef") != "" {
		t.Fatalf("token %q", token)
	}
	as := []string{"Authorization", "Token " + token}
	s.run(t, []row{
		{"the same token again", "POST", "/auth/login", `{"username":"djoser","password":"djoser"}`, nil, 200, `{"auth_token": "` + token + `"}`},
		{"me", "GET", "/auth/me", "", as, 200, user},
		{"me, in another case", "GET", "/auth/me", "", []string{"Authorization", "token " + token}, 200, user},
		{"me, with a slash", "GET", "/auth/me/", "", as, 200, user},
		{"me, by another scheme", "GET", "/auth/me", "", []string{"Authorization", "Bearer " + token}, 401, `{"detail": "Authentication credentials were not provided."}`},
		{"login with a stale header", "POST", "/auth/login", "username=djoser&password=djoser", []string{"Authorization", "Token 0123"}, 401, `{"detail": "Invalid token"}`},
		{"GET logout", "GET", "/auth/logout", "", as, 405, `{"detail": "Method 'GET' not allowed."}`},
		{"logout, with junk", "POST", "/auth/logout", "junk", append(as, "Content-Type", "text/plain"), 200, ""},
		{"me, signed out", "GET", "/auth/me", "", as, 401, `{"detail": "Invalid token"}`},
	})
	next := s.call(t, "POST", "/auth/login", "username=djoser&password=djoser").at("auth_token")
	if next == token || len(next) != 40 {
		t.Errorf("after a logout the token is %q, before it was %q", next, token)
	}
}
