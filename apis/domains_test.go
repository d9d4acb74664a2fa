package apis_test

import (
	"net/http"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
)

// The pages of a domain are its application's, and keep to its path.
func TestAPathServesAnotherApplication(t *testing.T) {
	f := newFront(t)
	made := f.Do(t, "", http.MethodPost, "/v1/applications?createDirectory=true", `{"name":"Shop"}`, nil)
	app, _ := made.Value("href").(string)
	app = app[len(app)-22:]
	f.Person(t, f.Directory(t, "Shop Directory").ID, "sue@example.com")
	domains := "/v1/applications/" + app + "/domains"
	for _, bad := range []string{`{"host":"evil.example"}`, `{"host":"id.example.com","path":"/login"}`, `{"host":"id.example.com","path":"/a b"}`, `{"path":"/x"}`} {
		if ans := f.Do(t, "", http.MethodPost, domains, bad, nil); ans.Status != 400 {
			t.Errorf("%s: %d %s", bad, ans.Status, ans.Body)
		}
	}
	f.set(t, domains, `{"host":"ID.example.com","path":"/shop"}`)
	b := f.Browser()
	b.Host = "id.example.com"
	shows(t, "the default", b.Get(t, "/login"), 200, "Sign in to My Application", `action="/login"`)
	shows(t, "the shop's", b.Get(t, "/shop/login?next=/a"), 200, "Sign in to Shop", `action="/shop/login?next=%2Fa"`, `href="/shop/forgot?next=%2Fa"`, `href="/shop/register?next=%2Fa"`, `href="/shop/login?next=%2Fa&amp;ui_locales=de"`)
	shows(t, "somebody of another application", b.Post(t, "/shop/login", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password}), 200, "The name or the password is wrong.")
	shows(t, "a new account", b.Get(t, "/shop/register"), 200, `action="/shop/register"`, `href="/shop/login"`)
	went(t, "made", b.Post(t, "/shop/register", person("eve@example.com", coretest.Password)), "/shop/login?status=created")
	b.Get(t, "/shop/forgot")
	went(t, "forgotten", b.Post(t, "/shop/forgot", map[string]string{"email": "sue@example.com"}), "/shop/login?status=forgot")
	b.Get(t, "/shop/login")
	went(t, "in", b.Post(t, "/shop/login", map[string]string{"login": "sue@example.com", "password": coretest.Password}), "/shop/")
	went(t, "at home", b.Get(t, "/shop/"), "/account/")
	went(t, "without a slash", b.Get(t, "/shop"), "/account/")
	b.Get(t, "/shop/login")
	went(t, "out", b.Post(t, "/shop/logout", nil), "/shop/")
	went(t, "a stranger at home", b.Get(t, "/shop/"), "/shop/login")
	for _, path := range []string{"/shop/v1", "/shop/setup", "/shop/oauth2/token", "/shop/shop/login", "/shopping/login"} {
		if p := b.Get(t, path); p.Status != 404 {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
	if p := b.Send(t, http.MethodPut, "/shop/login", "", nil); p.Status != 405 {
		t.Errorf("%d", p.Status)
	}
	other := f.Browser()
	if p := other.Get(t, "/shop/login"); p.Status != 404 {
		t.Errorf("at another host: %d", p.Status)
	}
}
