package apis_test

import "testing"

// Whoever asks for a mail gets one answer, for people and for nobody.
func TestClass15_WhoForgotAPasswordIsToldNothing(t *testing.T) {
	f := newFront(t)
	b := f.Browser()
	shows(t, "the form", b.Get(t, "/forgot"), 200, `name="email" type="email"`)
	shows(t, "after a dead link", b.Get(t, "/forgot?status=invalid_sptoken"), 200, "alert alert-danger", "no longer valid")
	shows(t, "nothing", b.Post(t, "/forgot", nil), 200, "Email is required.")
	for _, email := range []string{"ann.lee@example.com", "nobody@example.com", "x"} {
		went(t, email, b.Post(t, "/forgot", map[string]string{"email": email}), "/login?status=forgot")
		for _, name := range []string{"email", "login"} {
			if p := f.json(t, "POST", "/forgot", `{"`+name+`":"`+email+`"}`, "Accept", ""); p.Status != 200 || p.Text != "" {
				t.Errorf("%s: %d %s", email, p.Status, p.Text)
			}
		}
	}
	f.Settle(t)
	for _, m := range f.Post.All() {
		if m.To.Addr != "ann.lee@example.com" {
			t.Errorf("a mail to %v", m.To)
		}
	}
	if len(f.Post.All()) == 0 {
		t.Error("no mail")
	}
	b.Hidden.Set("csrfToken", "x.y")
	shows(t, "a form of another site", b.Post(t, "/forgot", map[string]string{"email": "ann.lee@example.com"}), 403)
}
