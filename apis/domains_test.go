package apis_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
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

var landed = regexp.MustCompile(`https?://\S+sptoken=\S+`)

// mailed is where the last mail leads, without its token.
func (f *front) mailed(t *testing.T) (link, base string) {
	t.Helper()
	f.Settle(t)
	all := f.API.Post.All()
	link = landed.FindString(all[len(all)-1].Text)
	base, _, _ = strings.Cut(link, "?")
	return link, base
}

// A mail leads to where its reader came from.
func TestALinkInAMailLeadsToTheDomainOfItsApplication(t *testing.T) {
	f := newFront(t)
	f.verifies(t)
	app := string(f.Application(t, "My Application").ID)
	org := string(f.Organization(t, core.ID[core.Application](app), "Bank", "bank"))
	f.Person(t, f.Directory(t, "Bank Directory").ID, "bob@example.com")
	f.Reached(t, "https://bank.example:8443", "https://gone.example")
	domains := "/v1/applications/" + app + "/domains"
	leads := func(name, want string, ask func()) string {
		t.Helper()
		f.Clock.Turn(2 * time.Hour) // within one an address gets a few
		ask()
		link, base := f.mailed(t)
		if base != want {
			t.Errorf("%s: %q, want %q", name, link, want)
		}
		return strings.TrimPrefix(link, "https://id.example.com")
	}
	reset := func(more string) func() {
		return func() { f.set(t, "/v1/applications/"+app+"/passwordResetTokens", `{"email":`+more+`}`) }
	}
	ann, bob := reset(`"ann.lee@example.com"`), reset(`"bob@example.com","accountStore":{"nameKey":"bank"}`)
	change := func() {
		f.set(t, "/v1/accounts/"+string(f.ann.ID)+"/emailChanges", `{"email":"next@example.com","application":{"href":"`+apitest.Base+`/applications/`+app+`"}}`)
	}
	leads("no domain", "https://id.example.com/passwordReset", ann)
	f.set(t, domains, `{"host":"gone.example"}`)
	leads("a whole host", "https://gone.example/passwordReset", ann)
	f.Reached(t, "https://bank.example:8443")
	leads("at which the tenant is no more", "https://id.example.com/passwordReset", ann)
	f.set(t, domains, `{"host":"bank.example:8443","organization":{"href":"`+apitest.Base+`/organizations/`+org+`"}}`)
	leads("only an organization's", "https://id.example.com/passwordReset", ann)
	leads("the organization's", "https://bank.example:8443/passwordReset", bob)
	made := f.Do(t, "", http.MethodPost, domains, `{"host":"id.example.com","path":"/shop"}`, nil)
	leads("the organization's before the application's", "https://bank.example:8443/passwordReset", bob)
	leads("a new address", "https://id.example.com/shop/emailVerificationTokens", change)
	link := leads("below a path", "https://id.example.com/shop/passwordReset", ann)
	b := f.Browser()
	b.Host = "id.example.com"
	if p := b.Get(t, link); p.Status != 303 || p.Header.Get("Location") != "/shop/passwordReset" {
		t.Fatalf("%d %v", p.Status, p.Header)
	}
	if p := b.Get(t, "/shop/passwordReset"); !strings.Contains(p.Text, `action="/shop/passwordReset"`) {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	if p := b.Post(t, "/shop/passwordReset", map[string]string{"password": "N3w passw0rd for ann"}); p.Status != 200 || !strings.Contains(p.Text, "Your password is set") {
		t.Errorf("%d %s", p.Status, p.Text)
	}
	leads("a new account", "https://id.example.com/shop/emailVerificationTokens", func() {
		b.Get(t, "/shop/register")
		b.Post(t, "/shop/register", person("eve@example.com", coretest.Password))
	})
	at := f.Browser()
	at.Host = "bank.example:8443"
	f.set(t, "/v1/accountCreationPolicies/"+string(f.Directory(t, "Bank Directory").ID), `{"verificationEmailStatus":"enabled"}`)
	leads("a new account of the organization", "https://bank.example:8443/emailVerificationTokens", func() {
		at.Get(t, "/register")
		at.Post(t, "/register", person("joe@example.com", coretest.Password))
	})
	template := "/v1/emailTemplates/" + string(f.dir) + "passwordReset"
	f.set(t, template, `{"defaultModel":{"linkBaseUrl":"https://app.example/reset"}}`)
	leads("the template's own", "https://app.example/reset", ann)
	f.set(t, template, `{"defaultModel":{"linkBaseUrl":""}}`)
	href, _ := made.Value("href").(string)
	if ans := f.Do(t, "", http.MethodDelete, "/v1/domains/"+href[len(href)-22:], "", nil); ans.Status != 204 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	leads("taken away", "https://id.example.com/passwordReset", ann)
}

// An organization's people sign in at a host, or below a path, that is theirs.
func TestAnOrganizationHasADomain(t *testing.T) {
	f := newFront(t)
	app := f.Application(t, "My Application").ID
	f.Reached(t, "http://bank.example")
	for _, at := range []struct{ name, key, host, path string }{{"Bank", "bank", "bank.example", ""}, {"Mill", "mill", "id.example.com", "/mill"}} {
		org := f.Organization(t, app, at.name, at.key)
		f.Person(t, f.Directory(t, at.name+" Directory").ID, "bob@"+at.key+".example")
		f.set(t, "/v1/organizations/"+string(org)+"/branding", `{"displayName":"The `+at.name+`","primaryColor":"#7a1f5c"}`)
		f.set(t, "/v1/applications/"+string(app)+"/domains", `{"host":"`+at.host+`","path":"`+at.path+`","organization":{"href":"`+apitest.Base+`/organizations/`+string(org)+`"}}`)
		b := f.Browser()
		b.Host = at.host
		for _, page := range []string{"/login", "/register", "/forgot", "/verify"} {
			shows(t, at.name, b.Get(t, at.path+page), 200, "The "+at.name, "#7a1f5c", `action="`+at.path+page)
		}
		b.Get(t, at.path+"/login")
		shows(t, "of the application alone", b.Post(t, at.path+"/login", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password}), 200, "The name or the password is wrong.", "#7a1f5c")
		went(t, "in", b.Post(t, at.path+"/login", map[string]string{"login": "bob@" + at.key + ".example", "password": coretest.Password}), at.path+"/")
		went(t, "at home", b.Get(t, at.path+"/"), "/account/")
		for _, page := range []string{"/account/", "/account/sessions", "/account/password"} {
			looks(t, at.name+page, b.Get(t, page), 200, "#7a1f5c", "bob@"+at.key+".example")
		}
		if p := b.Get(t, "/oauth2/logout"); !strings.Contains(p.Text, "#7a1f5c") {
			t.Errorf("%s: %d %s", at.name, p.Status, p.Text)
		}
		b.Get(t, "/account/")
		went(t, "out", b.Post(t, "/logout", nil), at.path+"/")
		went(t, "it is over", b.Get(t, "/account/"), "/login?next=%2Faccount%2F")
		went(t, "a stranger", b.Get(t, at.path+"/"), at.path+"/login")
	}
	b := f.Browser()
	b.Host = "id.example.com"
	if p := b.Get(t, "/login"); !strings.Contains(p.Text, "Sign in to My Application") || strings.Contains(p.Text, "#7a1f5c") {
		t.Errorf("outside the path: %d %s", p.Status, p.Text)
	}
}

// What is another tenant's is so at its hosts, and its domains serve nobody at ours.
func TestADomainOfAnotherTenant(t *testing.T) {
	f := newFront(t)
	f.Reached(t)
	if err := f.App.Update(core.AsMachine(t.Context(), core.ID[core.Tenant](f.Vars["othertenant"])), func(tx *core.Tx) error {
		rec, err := core.Get(tx, tx.Tenant)
		if err == nil {
			rec.Aliases = []string{"http://other.example"}
			err = core.Put(tx, rec)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	domains := "/v1/applications/" + f.Vars["otherapp"] + "/domains"
	for body, status := range map[string]int{`{"host":"other.example","path":"/theirs"}`: 201, `{"host":"id.example.com","path":"/stolen"}`: 201, `{"host":"bank.example"}`: 400} {
		if ans := f.Do(t, "other", http.MethodPost, domains, body, nil); ans.Status != status {
			t.Errorf("%s: %d %s", body, ans.Status, ans.Body)
		}
	}
	if ans := f.Do(t, "", http.MethodPost, domains, `{"host":"id.example.com","path":"/x"}`, nil); ans.Status != 404 {
		t.Errorf("for another tenant's application: %d", ans.Status)
	}
	ours, theirs := f.Browser(), f.Browser()
	ours.Host, theirs.Host = "id.example.com", "other.example"
	for _, path := range []string{"/stolen/login", "/theirs/login"} {
		if p := ours.Get(t, path); p.Status != 404 {
			t.Errorf("%s at ours: %d", path, p.Status)
		}
	}
	theirs.Get(t, "/theirs/login")
	in := func(login string) *apitest.Page {
		return theirs.Post(t, "/theirs/login", map[string]string{"login": login, "password": coretest.Password})
	}
	shows(t, "ours at theirs", in("ann.lee@example.com"), 200, "The name or the password is wrong.")
	went(t, "theirs", in("ann@example.com"), "/theirs/")
	looks(t, "their account", theirs.Get(t, "/account/"), 200, "ann@example.com")
	ours.Cookies["__Host-session"] = theirs.Cookies["session"]
	went(t, "their session at ours", ours.Get(t, "/account/"), "/login?next=%2Faccount%2F")
	theirs.Get(t, "/account/")
	went(t, "out", theirs.Post(t, "/logout", nil), "/theirs/")
}
