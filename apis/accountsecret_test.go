package apis_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestAnOwnersNewPassword(t *testing.T) {
	f := newFront(t)
	b, away := f.desk(t, "ann.lee@example.com"), f.desk(t, "ann.lee@example.com")
	looks(t, "the form", b.Get(t, "/account/password"), 200, `name="username" value="ann.lee@example.com" autocomplete="username"`, `autocomplete="current-password"`, `autocomplete="new-password"`)
	for _, c := range []struct {
		name, current, password, says string
	}{
		{"no new one", coretest.Password, "", "Choose a password."},
		{"no present one", "", "N3w passw0rd!", "Type your present password."},
		{"a wrong present one", "wrong", "N3w passw0rd!", "This is not your password."},
		{"a short one", coretest.Password, "short", "This password is too short."},
		{"one that is tried first", coretest.Password, "password1", "This password is too weak."},
	} {
		p := b.Post(t, "/account/password", map[string]string{"current": c.current, "password": c.password})
		looks(t, c.name, p, 400, c.says, "Error: ")
		for _, pw := range []string{c.current, c.password} {
			if pw != "" && strings.Contains(p.Text, `value="`+pw) {
				t.Errorf("%s: the page shows %q", c.name, pw)
			}
		}
	}
	looks(t, "so far", away.Get(t, "/account/"), 200)
	b.Get(t, "/account/password")
	went(t, "a good one", b.Post(t, "/account/password", map[string]string{"current": coretest.Password, "password": "N3w passw0rd!"}), "/account/password?done=password")
	looks(t, "the acting session", b.Get(t, "/account/password?done=password"), 200, "Your password is changed.")
	went(t, "another session", away.Get(t, "/account/"), "/login?next=%2Faccount%2F")
	c := f.Browser()
	c.Get(t, "/login")
	if p := c.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password}); p.Status != 200 {
		t.Errorf("the former password: %d", p.Status)
	}
	f.signIn(t, c, "ann.lee@example.com", "N3w passw0rd!")
}

func TestAnOwnerSaysGoodBye(t *testing.T) {
	f := newFront(t)
	b, away := f.desk(t, "ann.lee@example.com"), f.desk(t, "ann.lee@example.com")
	looks(t, "the way there", b.Get(t, "/account/data"), 200, `href="/account/delete"`)
	looks(t, "the form", b.Get(t, "/account/delete"), 200, "Type ann.lee@example.com to confirm")
	for _, c := range []struct{ name, login, current, says string }{
		{"nothing", "", "", "This is not what is asked for."},
		{"another word", "delete", coretest.Password, "This is not what is asked for."},
		{"no password", "ann.lee@example.com", "", "Type your present password."},
		{"a wrong password", "ann.lee@example.com", "wrong", "This is not your password."},
	} {
		looks(t, c.name, b.Post(t, "/account/delete", map[string]string{"login": c.login, "current": c.current}), 400, c.says)
	}
	f.set(t, "/v1/directories/"+string(f.dir), `{"keepsAccounts":true}`)
	p := b.Get(t, "/account/delete")
	looks(t, "where accounts stay", p, 200, "Accounts are not deleted here.")
	if strings.Contains(p.Text, `action="/account/delete"`) {
		t.Error("there is a form all the same")
	}
	end := map[string]string{"login": "ANN.LEE@example.com ", "current": coretest.Password}
	b.Get(t, "/account/data")
	looks(t, "and does not go", b.Post(t, "/account/delete", end), 403, "Accounts are not deleted here.")
	f.set(t, "/v1/directories/"+string(f.dir), `{"keepsAccounts":false}`)

	f.Clock.Turn(time.Hour)
	b.Get(t, "/account/delete")
	session := b.Cookies["session"]
	went(t, "good-bye", b.Post(t, "/account/delete", end), "/account/deleted")
	looks(t, "it says so", b.Get(t, "/account/deleted"), 200, "Good-bye")
	if b.Cookies["session"] != "" {
		t.Error("the cookie stays")
	}
	b.Cookies["session"] = session
	went(t, "the session", b.Get(t, "/account/"), "/login?next=%2Faccount%2F")
	went(t, "another session", away.Get(t, "/account/"), "/login?next=%2Faccount%2F")
	if ans := f.Do(t, "", "GET", "/v1/accounts/"+string(f.ann.ID), "", nil); ans.Status != 404 {
		t.Errorf("the account: %d", ans.Status)
	}
	c := f.Browser()
	c.Get(t, "/login")
	looks(t, "a sign-in", c.Post(t, "/login", map[string]string{"login": "ann.lee@example.com", "password": coretest.Password}), 200, "The name or the password is wrong.")
}

func TestAnOperatorDoesNotSayGoodBye(t *testing.T) {
	f := newFront(t)
	admins := f.Application(t, "Stormpath").ID
	acc := f.Person(t, f.Directory(t, "Stormpath Administrators").ID, "hannah@example.com")
	out, err := f.App.Authenticate(f.Machine(), core.Attempt{Application: admins, Login: acc.Username, Password: coretest.Password})
	if err != nil {
		t.Fatal(err)
	}
	b := f.Browser()
	f.Update(t, func(tx *core.Tx) (err error) {
		if b.Cookies["session"], _, err = core.OpenSession(tx, out.Done, admins); err != nil {
			return err
		}
		return core.MakeOperator(tx, acc.ID, core.Support)
	})
	looks(t, "the form", b.Get(t, "/account/delete"), 200, "You are an operator of this server.")
	b.Get(t, "/account/data")
	looks(t, "a form of before", b.Post(t, "/account/delete", map[string]string{"login": acc.Username, "current": coretest.Password}), 403, "You are an operator of this server.")
	looks(t, "she is there", b.Get(t, "/account/"), 200, "hannah@example.com")
}
