package apis_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestTheOwnersProfile(t *testing.T) {
	f := newFront(t)
	b := f.desk(t, "ann.lee@example.com")
	looks(t, "the form", b.Get(t, "/account/"), 200, `name="givenName" type="text"`, `name="middleName"`, `name="surname"`, `value="ann.lee@example.com" maxlength="255" autocomplete="username" required`)
	went(t, "a name", b.Post(t, "/account/", map[string]string{"username": "annie", "givenName": " Ann ", "middleName": "M.", "surname": "Lee"}), "/account/?done=saved")
	looks(t, "saved", b.Get(t, "/account/?done=saved"), 200, "Your profile is saved.", `value="Ann"`, `value="M."`, "<b class=\"cut\">Ann M. Lee</b>", `class="sub cut">annie<`, `aria-hidden="true">AL</span>`)
	f.Update(t, func(tx *core.Tx) error {
		s, err := core.Get(tx, core.ID[core.AccountSchema](f.dir))
		if err != nil {
			return err
		}
		s.Surname = true
		return core.Put(tx, s)
	})
	looks(t, "what the directory wants", b.Get(t, "/account/"), 200, `name="surname" type="text" value="Lee" maxlength="255" autocomplete="family-name" required`)
	for _, c := range []struct {
		name   string
		fields map[string]string
		status int
		says   []string
	}{
		{"no user name", map[string]string{"username": "", "surname": "Lee"}, 400, []string{"Choose a user name.", `id="username-e"`}},
		{"no surname", map[string]string{"username": "annie", "surname": " "}, 400, []string{"Type your surname.", `id="surname-e"`}},
		{"another's address", map[string]string{"username": "eve@example.org", "surname": "Lee"}, 400, []string{"the address of somebody else", `value="eve@example.org"`}},
		{"somebody's user name", map[string]string{"username": "ann", "surname": "Lee"}, 409, []string{"Somebody else has this user name.", `value="ann"`}},
		{"too long", map[string]string{"username": strings.Repeat("a", 300), "surname": "Lee"}, 400, []string{`id="username-e"`}},
	} {
		looks(t, c.name, b.Post(t, "/account/", c.fields), c.status, append(c.says, "Error: ", `aria-invalid="true" autofocus`)...)
	}
	went(t, "her address", b.Post(t, "/account/", map[string]string{"username": "ann.lee@example.com", "surname": "Lee", "status": "DISABLED", "email": "eve@example.com", "password": "x"}), "/account/?done=saved")
	f.Update(t, func(tx *core.Tx) error {
		acc, err := core.Get(tx, f.ann.ID)
		if err == nil && (acc.Email != "ann.lee@example.com" || acc.Status != core.Enabled || acc.GivenName != "") {
			t.Errorf("%+v", acc)
		}
		return err
	})
}

// What people call themselves is text (security.md class 22).
func TestClass22_NamesAreTextOnAccountPages(t *testing.T) {
	f := newFront(t)
	b := f.desk(t, "ann.lee@example.com")
	const bad = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	b.Get(t, "/account/")
	went(t, "a name", b.Post(t, "/account/", map[string]string{"username": bad, "givenName": bad, "surname": "{{.}}"}), "/account/?done=saved")
	for _, path := range []string{"/account/", "/account/password", "/account/sessions", "/account/apps", "/account/data", "/account/delete"} {
		p := b.Send(t, "GET", path, "", map[string]string{"User-Agent": bad})
		looks(t, path, p, 200, "&lt;script&gt;alert(1)")
		if strings.Contains(p.Text, "<script>") || strings.Contains(p.Text, "<img") {
			t.Errorf("%s: %s", path, p.Text)
		}
	}
}

func TestAnOwnersNewAddressIsHersOnceSheFollowsTheLink(t *testing.T) {
	f := newFront(t)
	bob := f.Person(t, f.dir, "bob@example.com")
	b := f.desk(t, "ann.lee@example.com")
	for _, c := range []struct {
		name, email string
		status      int
		says        string
	}{
		{"none", "", 400, "Write your e-mail address."},
		{"no address", "x", 400, "This is no e-mail address."},
		{"the one she has", "ANN.lee@example.com", 400, "This is your address already."},
	} {
		b.Get(t, "/account/")
		looks(t, c.name, b.Post(t, "/account/email", map[string]string{"email": c.email}), c.status, c.says, `<details class="else" open>`, `value="ann.lee@example.com"`)
	}
	b.Get(t, "/account/")
	went(t, "somebody else's", b.Post(t, "/account/email", map[string]string{"email": bob.Email}), "/account/?done=mail")
	f.Settle(t)
	if all := f.Post.All(); len(all) != 0 {
		t.Fatalf("%+v", all)
	}
	b.Get(t, "/account/")
	went(t, "a free one", b.Post(t, "/account/email", map[string]string{"email": "next@example.com"}), "/account/?done=mail")
	looks(t, "it is told", b.Get(t, "/account/?done=mail"), 200, "A mail is on its way", `<span class="cut">ann.lee@example.com</span>`)
	path, code := lastMail(t, f.API)
	b.Get(t, path)
	b.Get(t, "/emailVerificationTokens")
	looks(t, "confirmed", b.Post(t, "/emailVerificationTokens", map[string]string{"code": code}), 200)
	looks(t, "hers", b.Get(t, "/account/"), 200, `<span class="cut">next@example.com</span>`, "Confirmed")
}
