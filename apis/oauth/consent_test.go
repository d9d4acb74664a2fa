package oauth_test

import (
	"strings"
	"testing"
)

func TestPeopleSayWhatAClientMayHave(t *testing.T) {
	s := open(t)
	b := s.visitor()
	ask := func(more ...string) string { return "/oauth2/authorize?" + request(s.web, more...).Encode() }
	b.Get(t, ask())
	p := signIn(t, b)
	if p.Status != 200 || !strings.Contains(p.Text, "Allow Web?") || !strings.Contains(p.Text, "See your e-mail address") || !strings.Contains(p.Text, "You go on to <b>web.example</b>, which") {
		t.Fatalf("%d %s", p.Status, p.Text)
	}
	if q := back(t, b.Get(t, ask("prompt", "none")), s.web.redirect); q.Get("error") != "consent_required" {
		t.Errorf("%v", q)
	}
	b.Get(t, ask())
	if q := back(t, b.Post(t, "/consent", map[string]string{"answer": "deny"}), s.web.redirect); q.Get("error") != "access_denied" || q.Get("state") != "st4te" {
		t.Errorf("%v", q)
	}
	b.Get(t, ask())
	first := s.redeem(t, s.web, back(t, b.Post(t, "/consent", map[string]string{"answer": "allow"}), s.web.redirect).Get("code"))
	if first.status != 200 {
		t.Fatalf("%+v", first)
	}
	if q := back(t, b.Get(t, ask("prompt", "none")), s.web.redirect); q.Get("code") == "" {
		t.Errorf("what was agreed to is asked for again: %v", q)
	}
	for name, path := range map[string]string{"more scopes": ask("scope", "openid profile email groups"), "prompt=consent": ask("prompt", "consent")} {
		if p := b.Get(t, path); p.Status != 200 || !strings.Contains(p.Text, `action="/consent"`) {
			t.Errorf("%s: %d %v", name, p.Status, p.Header)
		}
	}
	list := s.Get(t, "/v1/accounts/"+string(s.ann.ID)+"/consents")
	href, _ := list.Value("items.0.href").(string)
	if list.Status != 200 || href == "" {
		t.Fatalf("%d %s", list.Status, list.Body)
	}
	if ans := s.Do(t, "", "DELETE", "/v1/"+strings.SplitN(href, "/v1/", 2)[1], "", nil); ans.Status != 204 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	if status, _ := s.userInfo(t, first.AccessToken); status != 401 {
		t.Errorf("what was taken back still works: %d", status)
	}
	if p := b.Get(t, ask()); p.Status != 200 || !strings.Contains(p.Text, `action="/consent"`) {
		t.Errorf("%d %v", p.Status, p.Header)
	}
}

// Whose account it is stands there by name, or by login where there is none.
func TestPeopleSeeWhoTheyAre(t *testing.T) {
	s := open(t)
	for _, c := range []struct{ body, initials, name string }{
		{`{"givenName":null,"middleName":null,"surname":null}`, "A", "ann.lee@example.com"},
		{`{"givenName":"Ann","middleName":"de","surname":"Lee"}`, "AL", "Ann de Lee"},
		{`{"givenName":"Émile","middleName":null,"surname":"öz"}`, "ÉÖ", "Émile öz"},
		{`{"givenName":"<b>","middleName":null,"surname":"Lee"}`, "&lt;L", "&lt;b&gt; Lee"},
	} {
		s.change(t, "/v1/accounts/"+string(s.ann.ID), c.body)
		b := s.visitor()
		b.Get(t, "/oauth2/authorize?"+request(s.web, "prompt", "consent").Encode())
		if p := signIn(t, b); p.Status != 200 || !strings.Contains(p.Text, `aria-hidden="true">`+c.initials+"</span>") || !strings.Contains(p.Text, `<b class="cut">`+c.name+"</b>") {
			t.Errorf("%s: %d %s", c.body, p.Status, p.Text)
		}
	}
}
