package apis_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
)

// eve registers, and gets a mail with a link and a code.
func (f *front) eve(t *testing.T) (token, code string) {
	t.Helper()
	f.verifies(t)
	f.json(t, "POST", "/register", `{"givenName":"Eve","surname":"Ash","email":"eve@example.com","password":"`+coretest.Password+`"}`)
	path, code := lastMail(t, f.API)
	_, token, _ = strings.Cut(path, "sptoken=")
	if token == "" || code == "" {
		t.Fatalf("%q %q", path, code)
	}
	return token, code
}

func TestAnAddressIsConfirmedByThePage(t *testing.T) {
	f := newFront(t)
	token, code := f.eve(t)
	b := f.Browser()
	shows(t, "no link", b.Get(t, "/verify"), 200, `name="email" type="email"`)
	shows(t, "a wrong link", b.Get(t, "/verify?sptoken=0123456789012345678901nothing"), 200, "no longer valid", `name="email"`)
	went(t, "the link", b.Get(t, "/verify?sptoken="+token), "/verify")
	shows(t, "a look at it spends nothing", b.Get(t, "/verify"), 200, `name="code"`, "eve@example.com", `action="/verify"`)
	shows(t, "no code", b.Post(t, "/verify", map[string]string{"code": ""}), 200, "Type the code")
	went(t, "confirmed", b.Post(t, "/verify", map[string]string{"code": code}), "/login?status=verified")
	shows(t, "twice", b.Get(t, "/verify?sptoken="+token), 200, "no longer valid")
	b.Get(t, "/login")
	went(t, "in", b.Post(t, "/login", map[string]string{"login": "eve@example.com", "password": coretest.Password}), "/")
}

// A GET of JSON confirms nothing: what the framework does there, programs that read
// mails would do too (framework spec 9 leaves it to a switch, which is not there).
func TestAnAddressIsConfirmedByJSON(t *testing.T) {
	f := newFront(t)
	token, code := f.eve(t)
	for _, c := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"GET", "/verify", "", 400, "sptoken parameter not provided."},
		{"GET", "/verify?sptoken=0123456789012345678901nothing", "", 404, "The requested resource does not exist."},
		{"GET", "/verify?sptoken=" + token, "", 405, "A GET confirms nothing"},
		{"POST", "/verify", `{"sptoken":"` + token + `","code":""}`, 400, "code"},
		{"POST", "/verify", `{"sptoken":"` + token + `","code":"` + code + `"}`, 200, ""},
		{"POST", "/verify", `{"sptoken":"` + token + `","code":"` + code + `"}`, 404, "does not exist"},
		{"POST", "/verify", `{}`, 400, "login property is required; it cannot be null, empty, or blank."},
		{"POST", "/verify", `{"login":"a","email":"b"}`, 400, "not both"},
	} {
		if p := f.json(t, c.method, c.path, c.body); p.Status != c.status || !strings.Contains(p.Text, c.says) || c.status == 200 && p.Text != "" {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, p.Status, p.Text)
		}
	}
}

func TestClass15_WhoAsksForTheMailOnceMoreIsToldNothing(t *testing.T) {
	f := newFront(t)
	f.eve(t)
	before := len(f.Post.All())
	for _, email := range []string{"eve@example.com", "ann.lee@example.com", "nobody@example.com"} {
		b := f.Browser()
		b.Get(t, "/verify")
		went(t, email, b.Post(t, "/verify", map[string]string{"email": email}), "/login?status=unverified")
		if p := f.json(t, "POST", "/verify", `{"login":"`+email+`"}`); p.Status != 200 || p.Text != "" {
			t.Errorf("%s: %d %s", email, p.Status, p.Text)
		}
	}
	f.Settle(t)
	all := f.Post.All()[before:]
	for _, m := range all {
		if m.To.Addr == "nobody@example.com" {
			t.Errorf("a mail to %v", m.To)
		}
	}
	if len(all) == 0 {
		t.Error("no mail")
	}
}
