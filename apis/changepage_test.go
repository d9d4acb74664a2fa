package apis_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestANewPasswordByThePage(t *testing.T) {
	f := newFront(t)
	token := f.resetToken(t, "ann.lee@example.com")
	b := f.Browser()
	went(t, "no link", b.Get(t, "/change"), "/forgot")
	went(t, "a wrong link", b.Get(t, "/change?sptoken=0123456789012345678901nothing"), "/forgot?status=invalid_sptoken")
	for range 2 { // nothing is spent by looking
		went(t, "the link", b.Get(t, "/change?sptoken="+token), "/change")
	}
	p := b.Get(t, "/change")
	shows(t, "the form", p, 200, `name="password" type="password"`, `name="confirmPassword" type="password"`)
	if strings.Contains(p.Text, token) {
		t.Error("the page has the token")
	}
	shows(t, "two passwords", b.Post(t, "/change", map[string]string{"password": "N3w passw0rd", "confirmPassword": "other"}), 200, "Passwords do not match.")
	shows(t, "none", b.Post(t, "/change", nil), 200, "Password is required.")
	shows(t, "a weak one", b.Post(t, "/change", map[string]string{"password": "x", "confirmPassword": "x"}), 200, "too short")
	form := b.Hidden.Get("csrfToken")
	b.Hidden.Set("csrfToken", "")
	shows(t, "a form of another site", b.Post(t, "/change", map[string]string{"password": "N3w passw0rd"}), 403)
	b.Hidden.Set("csrfToken", form)
	went(t, "set", b.Post(t, "/change", map[string]string{"password": "N3w passw0rd for ann", "confirmPassword": "N3w passw0rd for ann"}), "/login?status=reset")
	went(t, "twice", b.Post(t, "/change?sptoken="+token, map[string]string{"password": "N3w passw0rd for eve"}), "/forgot?status=invalid_sptoken")
	b.Get(t, "/login")
	went(t, "in", b.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": "N3w passw0rd for ann"}), "/")
}

func TestANewPasswordByJSON(t *testing.T) {
	f := newFront(t)
	token := f.resetToken(t, "ann.lee@example.com")
	for _, c := range []struct {
		method, path, body string
		status             int
		says               string
	}{
		{"GET", "/change", "", 400, "sptoken parameter not provided."},
		{"GET", "/change?sptoken=0123456789012345678901nothing", "", 404, "The requested resource does not exist."},
		{"GET", "/change?sptoken=" + token, "", 200, ""},
		{"POST", "/change", `{"password":"x"}`, 400, "sptoken parameter not provided."},
		{"POST", "/change", `{"sptoken":"` + token + `"}`, 400, "Password is required."},
		{"POST", "/change", `{"sptoken":"0123456789012345678901nothing","password":"x"}`, 404, "does not exist"},
		{"POST", "/change", `{"sptoken":"` + token + `","password":"x"}`, 400, "password"},
		{"POST", "/change", `{"sptoken":"` + token + `","password":"` + coretest.Password + ` and more"}`, 200, ""},
		{"POST", "/change", `{"sptoken":"` + token + `","password":"` + coretest.Password + ` and yet more"}`, 404, "does not exist"},
	} {
		if p := f.json(t, c.method, c.path, c.body); p.Status != c.status || !strings.Contains(p.Text, c.says) || c.status == 200 && p.Text != "" {
			t.Errorf("%s %s %s: %d %s", c.method, c.path, c.body, p.Status, p.Text)
		}
	}
}
