package apis_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
)

func person(email, password string) map[string]string {
	return map[string]string{"givenName": "Eve", "surname": "Ash", "email": email, "password": password}
}

func TestANewAccountByThePage(t *testing.T) {
	f := newFront(t)
	b := f.Browser()
	p := b.Get(t, "/register")
	shows(t, "the form", p, 200, `type="submit">Create Account</button>`)
	at := -1
	for _, name := range []string{"givenName", "surname", "email", "password"} {
		if i := strings.Index(p.Text, ` name="`+name+`"`); i < at || i < 0 {
			t.Errorf("%s is out of order", name)
		} else {
			at = i
		}
	}
	with := func(fields map[string]string, name, value string) map[string]string {
		fields[name] = value
		return fields
	}
	for _, c := range []struct {
		name   string
		fields map[string]string
		says   []string
	}{
		{"nothing", nil, []string{"First Name is required.", "Email is required."}},
		{"no first name", with(person("eve@example.com", coretest.Password), "givenName", ""), []string{"First Name is required.", `value="Ash"`}},
		{"a weak password", person("eve@example.com", "x"), []string{"This password is too short.", `value="eve@example.com"`}},
		{"no address", person("foo@bar@x", coretest.Password), []string{"This is no e-mail address."}},
		{"a taken address", person("ann.lee@example.com", coretest.Password), []string{"There is an account of this address already."}},
		{"a disabled field", with(person("eve@example.com", coretest.Password), "middleName", "x"), []string{"middleName is not a configured registration field."}},
		{"a status", with(person("eve@example.com", coretest.Password), "status", "ENABLED"), []string{"status is not a configured"}},
	} {
		p := b.Post(t, "/register", c.fields)
		shows(t, c.name, p, 200, append(c.says, "alert-danger")...)
		if strings.Contains(p.Text, coretest.Password) {
			t.Errorf("%s: the password is shown", c.name)
		}
	}
	went(t, "made", b.Post(t, "/register", person("eve@example.com", coretest.Password)), "/login?status=created")
	if b.Cookies["session"] != "" {
		t.Error("registering signs in")
	}
	b.Get(t, "/login")
	went(t, "in", b.Post(t, "/login", map[string]string{"login": "eve@example.com", "password": coretest.Password}), "/")
}

// With verification on, the page says the same of a taken address as of a new one, and
// its owner is told by mail; JSON tells, as the protocol does.
func TestClass15_ThePageOfNewAccountsTellsNobodyWhoIsThere(t *testing.T) {
	f := newFront(t)
	f.verifies(t)
	for _, email := range []string{"eve@example.com", "ann.lee@example.com"} {
		b := f.Browser()
		b.Get(t, "/register")
		shows(t, email+" with a weak password", b.Post(t, "/register", person(email, "x")), 200, "This password is too short.")
		went(t, email, b.Post(t, "/register", person(email, coretest.Password)), "/login?status=unverified")
	}
	f.Settle(t)
	said := map[string]string{}
	for _, m := range f.Post.All() {
		said[m.To.Addr] = m.Subject
	}
	if said["ann.lee@example.com"] != "You have an account already" || said["eve@example.com"] != "Verify your account" {
		t.Errorf("%v", said)
	}
	if p := f.json(t, "POST", "/register", `{"givenName":"A","surname":"L","email":"ann.lee@example.com","password":"`+coretest.Password+`"}`); p.Status != 409 {
		t.Errorf("%d %s", p.Status, p.Text)
	}
}

func TestANewAccountByJSON(t *testing.T) {
	f := newFront(t)
	for body, want := range map[string]string{
		`{}`: `{"status":400,"message":"First Name is required."}`,
		`{"givenName":"E","surname":"A","email":"eve@example.com"}`:                                      `{"status":400,"message":"Password is required."}`,
		`{"givenName":"E","surname":"A","email":"e@example.com","password":"Pass","customValue":"x"}`:    `{"status":400,"message":"customValue is not a configured registration field."}`,
		`{"givenName":"E","surname":"A","email":"e@example.com","password":"Pass","customData":{"a":1}}`: `{"status":400,"message":"customData is not a configured registration field."}`,
		`{"givenName":"E","surname":"A","email":"foo","password":"` + coretest.Password + `"}`:           `{"status":400,"message":"Account email address is in an invalid format."}`,
	} {
		if p := f.json(t, "POST", "/register", body); p.Status != 400 || p.Text != want {
			t.Errorf("%s: %d %s", body, p.Status, p.Text)
		}
	}
	f.verifies(t)
	p := f.json(t, "POST", "/register", `{"givenName":"Eve","surname":"Ash","email":"eve@example.com","password":"`+coretest.Password+`"}`)
	if p.Status != 200 || !strings.Contains(p.Text, `"status":"UNVERIFIED"`) || !strings.Contains(p.Text, `"fullName":"Eve Ash"`) || strings.Contains(p.Text, "Tokens/") || p.Header.Get("Set-Cookie") != "" {
		t.Errorf("%d %s", p.Status, p.Text)
	}
}

// An application without a default account store takes nobody.
func TestAnApplicationThatTakesNoAccounts(t *testing.T) {
	f := newFront(t)
	mapping := f.Do(t, "", "GET", "/v1/applications/"+string(f.Application(t, "My Application").ID)+"/accountStoreMappings", "", nil).Value("items.0.href").(string)
	f.set(t, strings.TrimPrefix(mapping, "http://localhost:8080"), `{"isDefaultAccountStore":false}`)
	for _, method := range []string{"GET", "POST"} {
		if p := f.json(t, method, "/register", ""); p.Status != 404 {
			t.Errorf("%s: %d %s", method, p.Status, p.Text)
		}
	}
	shows(t, "the page", f.Browser().Get(t, "/register"), 404, "No accounts are made here.")
	if p := f.Browser().Get(t, "/login"); strings.Contains(p.Text, "/register") {
		t.Error("a link to nowhere")
	}
}
