package apis_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestSigningInToTheApplicationOfTheHost(t *testing.T) {
	f := newFront(t)
	b := f.Browser()
	p := b.Get(t, "/login?next=%2Fme%3Fx%3D1")
	shows(t, "the form", p, 200, `action="/login?next=%2Fme%3Fx%3D1"`, `<input class="input" id="login" name="login" type="text" placeholder="Username or Email"`, `href="/forgot?next=%2Fme%3Fx%3D1"`, `href="/register?next=`)
	for _, c := range []struct {
		name, login, password string
		says                  []string
	}{
		{"nothing", "", "", []string{"alert alert-danger bad-login", "is required."}},
		{"no password", "ann.lee@example.com", "", []string{"bad-login", "Password is required.", `value="ann.lee@example.com"`}},
		{"a wrong password", "ann.lee@example.com", "wrong", []string{"bad-login", "The name or the password is wrong.", `value="ann.lee@example.com"`}},
		{"nobody", "nobody@example.com", "wrong", []string{"bad-login", "The name or the password is wrong."}},
		{"what looks like HTML", `"><script>`, "wrong", []string{"bad-login", `value="&#34;&gt;&lt;script&gt;"`}},
	} {
		p := b.Post(t, "/login?next=%2Fme%3Fx%3D1", map[string]string{"login": c.login, "password": c.password})
		shows(t, c.name, p, 200, c.says...)
		if strings.Contains(p.Text, `value="wrong"`) || b.Cookies["session"] != "" {
			t.Errorf("%s: %s", c.name, p.Text)
		}
	}
	went(t, "in", b.Post(t, "/login?next=%2Fme%3Fx%3D1", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password}), "/me?x=1")
	if b.Cookies["session"] == "" {
		t.Error("no session")
	}
	went(t, "in already", b.Get(t, "/login?next=/me"), "/me")
	went(t, "at home", b.Get(t, "/"), "/account/")
	went(t, "a stranger at home", f.Browser().Get(t, "/"), "/login")
	if p := f.Browser().Send(t, http.MethodGet, "/", "", map[string]string{"Accept": "application/json"}); p.Status != 404 {
		t.Errorf("a program has no home: %d", p.Status)
	}
	went(t, "out", b.Post(t, "/logout?next=//x", nil), "/")
	if b.Cookies["session"] != "" {
		t.Error("the cookie stays")
	}
	b.Get(t, "/login")
	b.Hidden.Del("csrfToken")
	p = b.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password})
	shows(t, "a form of another site", p, 403, "your browser sends no cookies")
	if b.Cookies["session"] != "" {
		t.Error("signed in by a form of another site")
	}
	for status, says := range map[string]string{"unverified": `href="/verify"`, "verified": "is confirmed", "created": "is made", "forgot": "If there is an account", "reset": "Your password is set"} {
		shows(t, status, f.Browser().Get(t, "/login?status="+status), 200, says, `class="callout ok header"`)
	}
	if p := f.Browser().Get(t, "/login?status=zebra"); p.Status != 200 || strings.Contains(p.Text, "zebra") {
		t.Errorf("%d %s", p.Status, p.Text)
	}
}

func TestSigningInByJSON(t *testing.T) {
	f := newFront(t)
	for body, want := range map[string]string{
		`{}`:                              `{"status":400,"message":"Username or Email is required."}`,
		`{"login":"ann.lee@example.com"}`: `{"status":400,"message":"Password is required."}`,
		`{"login":"ann.lee@example.com","password":"wrong"}`: `{"status":400,"message":"Invalid username or password."}`,
		`{"login":"nobody@example.com","password":"wrong"}`:  `{"status":400,"message":"Invalid username or password."}`,
		`[]`: `{"status":400,"message":"The request body is not a JSON object."}`,
	} {
		if p := f.json(t, "POST", "/login", body); p.Status != 400 || p.Text != want {
			t.Errorf("%s: %d %s", body, p.Status, p.Text)
		}
	}
	p := f.json(t, "POST", "/login", `{"login":"ann.lee@example.com","password":"`+coretest.Password+`","other":"x"}`)
	var got map[string]map[string]any
	if err := json.Unmarshal([]byte(p.Text), &got); err != nil || p.Status != 200 || len(got) != 1 {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	acc := got["account"]
	if acc["href"] != "http://localhost:8080/v1/accounts/"+string(f.ann.ID) || acc["username"] != "ann.lee@example.com" || acc["status"] != "ENABLED" || acc["customData"] != nil || acc["middleName"] != nil || len(acc) != 11 {
		t.Errorf("%v", acc)
	}
	if p.Header.Get("Set-Cookie") == "" {
		t.Error("no session")
	}
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
	if p := f.Browser().Send(t, "POST", "/login", "login=ann.lee@example.com&password="+coretest.Password, form); p.Status != 403 {
		t.Errorf("a form without what binds it, that asks for JSON: %d %s", p.Status, p.Text)
	}
}

// Wrong tries are held back here as at every door, for names of nobody too.
func TestClass06_TheFrameworksRoutesDrawOnTheBuckets(t *testing.T) {
	for path, body := range map[string]string{
		"/login":  `{"login":"nobody@example.com","password":"wrong"}`,
		"/change": `{"sptoken":"0123456789012345678901nothing","password":"N3w passw0rd"}`,
		"/verify": `{"sptoken":"0123456789012345678901nothing","code":"123456"}`,
	} {
		f := newFront(t)
		for i := range 6 {
			p := f.json(t, "POST", path, body)
			if held := p.Status == http.StatusTooManyRequests && p.Header.Get("Retry-After") != ""; held != (i == 5) {
				t.Errorf("%s: guess %d: %d %s", path, i+1, p.Status, p.Text)
			}
		}
	}
}

func TestSigningOut(t *testing.T) {
	f := newFront(t)
	for _, c := range []struct {
		name   string
		header map[string]string
		status int
		stays  bool
	}{
		{"a page of ours", map[string]string{"Origin": "http://localhost:8080", "Sec-Fetch-Site": "same-origin"}, 302, false},
		{"a program", map[string]string{"Accept": "application/json", "Content-Type": "application/json"}, 200, false},
		{"another site", map[string]string{"Origin": "https://evil.example"}, 403, true},
		{"another port", map[string]string{"Origin": "http://localhost:8081"}, 403, true},
		{"nobody's", map[string]string{"Origin": "null"}, 403, true},
		{"a sub-domain's", map[string]string{"Sec-Fetch-Site": "same-site"}, 403, true},
	} {
		b := f.Browser()
		b.Get(t, "/login")
		b.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password})
		session := b.Cookies["session"]
		if session == "" {
			t.Fatal("not signed in")
		}
		p := b.Send(t, "POST", "/logout", "", c.header)
		if p.Status != c.status || c.status == 200 && p.Text != "" {
			t.Errorf("%s: %d %s", c.name, p.Status, p.Text)
		}
		b.Cookies["session"] = session
		if in := b.Get(t, "/login?next=/x").Status == 302; in != c.stays {
			t.Errorf("%s: signed in: %t", c.name, in)
		}
	}
	if p := f.json(t, "POST", "/logout", ""); p.Status != 200 {
		t.Errorf("nobody: %d %s", p.Status, p.Text)
	}
}
