package djoser_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

var mailed = regexp.MustCompile(`/([0-9A-Za-z_-]+)/([0-9A-Za-z]{1,13}-[0-9A-Za-z]{1,20})\s`)

// link is uid and token of a mail, as a client takes them from its URL.
func link(t testing.TB, mail string) (uid, token string) {
	t.Helper()
	m := mailed.FindStringSubmatch(mail)
	if m == nil {
		t.Fatalf("no link in %q", mail)
	}
	return m[1], m[2]
}

func TestAResetByMail01(t *testing.T) {
	s := mounted(t, djoser.Old, `{"DOMAIN":"frontend.com","SITE_NAME":"Shop","EMAIL_FRONTEND_PROTOCOL":"https"}`)
	as := []string{"Authorization", "Token " + s.join(t, "john", "old", "email", "John@x.co")}
	s.run(t, []row{{"ask, in any case", "POST", "/auth/password/reset", "email=JOHN@X.CO", nil, 200, ""}})
	mails := s.mails(t)
	if len(mails) != 1 || !strings.HasPrefix(mails[0], "John@x.co\nPassword reset on Shop\n") || !strings.Contains(mails[0], "Your username, in case you've forgotten: john\n") {
		t.Fatalf("%q", mails)
	}
	uid, token := link(t, mails[0])
	if uid != "MQ" || !strings.Contains(mails[0], "https://frontend.com/#/password/reset/confirm/MQ/"+token) {
		t.Errorf("%s", mails[0])
	}
	confirm := "uid=MQ==&token=" + token + "&new_password=new"
	used := `{"non_field_errors": ["Invalid token for given user."]}`
	s.run(t, []row{
		{"not to activate", "POST", "/auth/activate", confirm, nil, 400, used},
		{"once", "POST", "/auth/password/reset/confirm", confirm, nil, 200, ""},
		{"not twice", "POST", "/auth/password/reset/confirm", confirm, nil, 400, used},
		{"what the old one gave is gone", "GET", "/auth/me", "", as, 401, `{"detail": "Invalid token"}`},
		{"the old one", "POST", "/auth/login", "username=john&password=old", nil, 400, `{"non_field_errors": ["Unable to login with provided credentials."]}`},
	})
	if next := s.call(t, "POST", "/auth/login", "username=john&password=new").at("auth_token"); len(next) != 40 || "Token "+next == as[1] {
		t.Errorf("a revoked token came to life again: %q", next)
	}
	s.call(t, "POST", "/auth/password/reset", "email=john@x.co")
	first := s.mails(t)[1]
	s.call(t, "POST", "/auth/password/reset", "email=john@x.co")
	_, former := link(t, first)
	_, latest := link(t, s.mails(t)[2])
	for token, want := range map[string]int{former: 400, latest: 200} {
		if got := s.call(t, "POST", "/auth/password/reset/confirm", "uid=MQ&new_password=newer&token="+token); got.status != want {
			t.Errorf("of two links the later counts: %d, want %d", got.status, want)
		}
	}
}

// A link ends with its time, with the address it was sent to, and with whatever it
// belongs to.
func TestALinkEnds(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *site){
		"after three days":      func(t *testing.T, s *site) { s.Clock.Turn(3*24*3600e9 + 1e6) },
		"with the address":      func(t *testing.T, s *site) { s.edit(t, func(a *core.Account) { a.Email = "j@x.co" }) },
		"with the account, off": func(t *testing.T, s *site) { s.status(t, "john", core.Disabled) },
		"with it, off and on":   func(t *testing.T, s *site) { s.status(t, "john", core.Disabled); s.status(t, "john", core.Enabled) },
		"with the application": func(t *testing.T, s *site) {
			s.do(t, "applications/{app}", `{"status":"DISABLED"}`, `{"status":"ENABLED"}`)
		},
		"with the directory": func(t *testing.T, s *site) {
			s.do(t, "directories/{mdir}", `{"status":"DISABLED"}`, `{"status":"ENABLED"}`)
		},
		"while the mount is off": func(t *testing.T, s *site) { s.set(t, `{"status":"DISABLED"}`) },
		"with a password set": func(t *testing.T, s *site) {
			s.do(t, "accounts/"+string(s.account(t, "john").ID), `{"password":"other"}`)
		},
		"at another mount": func(t *testing.T, s *site) { s.move(t) },
		"with the account, gone": func(t *testing.T, s *site) {
			s.Do(t, "", "DELETE", "/v1/accounts/"+string(s.account(t, "john").ID), "", nil)
		},
		"with the mapping, gone":   func(t *testing.T, s *site) { s.unmap(t) },
		"with the directory, gone": func(t *testing.T, s *site) { s.Do(t, "", "DELETE", "/v1/directories/{mdir}", "", nil) },
	} {
		t.Run(name, func(t *testing.T) {
			s := mounted(t, djoser.Old, "")
			as := []string{"Authorization", "Token " + s.join(t, "john", "old", "email", "john@x.co")}
			s.call(t, "POST", "/auth/password/reset", "email=john@x.co")
			_, token := link(t, s.mails(t)[0])
			end(t, s)
			if got := s.call(t, "POST", "/auth/password/reset/confirm", "uid=MQ&new_password=new&token="+token); got.status < 400 {
				t.Errorf("%d %s", got.status, got.body)
			}
			if name == "after three days" || name == "with the address" {
				return // which end no session
			}
			if got := s.call(t, "GET", "/auth/me", "", as...); got.status < 400 {
				t.Errorf("the session is alive: %d", got.status)
			}
			if got := s.call(t, "POST", "/auth/login", "username=john&password=new"); got.status == 200 {
				t.Errorf("the new password is good")
			}
		})
	}
}

func (s *site) edit(t testing.TB, fn func(*core.Account)) {
	t.Helper()
	s.Update(t, func(tx *core.Tx) error {
		acc, err := core.Find(tx, core.AccountNumber, s.dir, core.NumberValue(1))
		if err != nil {
			return err
		}
		fn(acc)
		return core.Put(tx, acc)
	})
}

func (s *site) do(t testing.TB, path string, bodies ...string) {
	t.Helper()
	for _, body := range bodies {
		if ans := s.Do(t, "", "POST", "/v1/"+path, body, nil); ans.Status != 200 {
			t.Fatalf("%d %s", ans.Status, ans.Body)
		}
	}
}

// move has the path lead to another mount of the same directory.
func (s *site) move(t testing.TB) {
	t.Helper()
	s.set(t, `{"path":"/elsewhere"}`)
	if ans := s.Do(t, "", "POST", "/v1/applications/{app}/djoserMounts", `{"path":"/auth","version":"0.1","directory":{"href":"{base}/directories/{mdir}"}}`, nil); ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
}

// unmap takes the mount's directory from the application.
func (s *site) unmap(t testing.TB) {
	t.Helper()
	s.Update(t, func(tx *core.Tx) error {
		all, err := core.Mappings(tx, core.ID[core.Application](s.app))
		for _, m := range all {
			if m.Store.ID() == s.dir {
				return core.Delete(tx, m)
			}
		}
		return err
	})
}

func TestMailsGoToWhomTheyMay(t *testing.T) {
	for _, v := range []struct {
		version, path string
		status        int
	}{{djoser.Old, "/auth/password/reset", 200}, {djoser.New, "/auth/users/reset_password/", 204}} {
		s := mounted(t, v.version, "")
		s.join(t, "one", secret2, "email", "two@x.co")
		s.join(t, "two", secret2, "email", "two@x.co")
		s.join(t, "off", secret2, "email", "off@x.co")
		s.status(t, "off", core.Disabled)
		s.Update(t, func(tx *core.Tx) error {
			acc := core.Make[core.Account]()
			acc.Directory, acc.Username, acc.Email = core.ID[core.Directory](s.dir), "none", "none@x.co"
			return core.Put(tx, acc)
		})
		for address, want := range map[string]int{"off@x.co": 0, "none@x.co": 0, "unknown@x.co": 0, "two@x.co": 2} {
			before := len(s.mails(t))
			if got := s.call(t, "POST", v.path, "email="+address); got.status != v.status || got.body != "" {
				t.Errorf("%s: %d %s", address, got.status, got.body)
			}
			if got := len(s.mails(t)) - before; got != want {
				t.Errorf("djoser %s, %s: %d mails, want %d", v.version, address, got, want)
			}
		}
	}
}

func TestActivation2(t *testing.T) {
	s := mounted(t, djoser.New, `{"SEND_ACTIVATION_EMAIL":true,"SEND_CONFIRMATION_EMAIL":true,"DOMAIN":"shop.example","PASSWORD_CHANGED_EMAIL_CONFIRMATION":true,"USERNAME_CHANGED_EMAIL_CONFIRMATION":true}`)
	in := []string{"POST", "/auth/token/login/", "username=john&password=" + strings.ReplaceAll(secret2, " ", "+")}
	if s.join(t, "john", secret2, "email", "john@x.co") != "" {
		t.Error("an account that was not activated signs in")
	}
	first := s.mails(t)
	if len(first) != 1 || !strings.Contains(first[0], "https://shop.example/#/activate/MQ/") {
		t.Fatalf("%q", first)
	}
	_, former := link(t, first[0])
	s.run(t, []row{{"resend", "POST", "/auth/users/resend_activation/", "email=john@x.co", nil, 204, ""}})
	_, token := link(t, s.mails(t)[1])
	s.run(t, []row{
		{"the former link", "POST", "/auth/users/activation/", "uid=MQ&token=" + former, nil, 400, `{"token":["Invalid token for given user."]}`},
		{"not to reset", "POST", "/auth/users/reset_password_confirm/", "uid=MQ&new_password=another+right+one&token=" + token, nil, 400, `{"token":["Invalid token for given user."]}`},
		{"once", "POST", "/auth/users/activation/", "uid=MQ&token=" + token, nil, 204, ""},
		{"twice", "POST", "/auth/users/activation/", "uid=MQ&token=" + token, nil, 403, `{"detail":"Stale token for given user."}`},
	})
	if acc := s.account(t, "john"); acc.Status != core.Enabled || acc.EmailVerificationStatus != core.AddressVerified {
		t.Errorf("%+v", acc)
	}
	s.mails(t)
	auth := s.call(t, in[0], in[1], in[2]).at("auth_token")
	as := []string{"Authorization", "Token " + auth}
	s.run(t, []row{
		{"another address", "PATCH", "/auth/users/me/", "email=j@x.co", as, 200, `{"email":"j@x.co","id":1,"username":"john"}`},
		{"waits again", "GET", "/auth/users/me/", "", as, 401, `{"detail":"User inactive or deleted."}`},
	})
	mails := s.mails(t)
	if len(mails) != 4 || !strings.HasPrefix(mails[2], "john@x.co\nMy Application - Your account has been successfully created") || !strings.HasPrefix(mails[3], "j@x.co\nAccount activation on") {
		t.Fatalf("%q", mails)
	}
	_, token = link(t, mails[3])
	s.run(t, []row{{"activate it", "POST", "/auth/users/activation/", "uid=MQ&token=" + token, nil, 204, ""}})
	as[1] = "Token " + s.call(t, in[0], in[1], in[2]).at("auth_token")
	before := len(s.mails(t))
	s.run(t, []row{
		{"a password", "POST", "/auth/users/set_password/", `{"new_password":"another right one","current_password":"` + secret2 + `"}`, as, 204, ""},
		{"a name", "POST", "/auth/users/set_username/", `{"new_username":"johnny","current_password":"another right one"}`, as, 204, ""},
	})
	if after := s.mails(t)[before:]; len(after) != 2 || !strings.Contains(strings.Join(after, ""), "password has been successfully") || !strings.Contains(strings.Join(after, ""), "username has been successfully") {
		t.Errorf("%q", after)
	}
}

func TestAUsernameByMail(t *testing.T) {
	s := mounted(t, djoser.New, `{"USERNAME_RESET_CONFIRM_RETYPE":true}`)
	s.join(t, "john", secret2, "email", "john@x.co")
	s.join(t, "ann", secret2)
	s.call(t, "POST", "/auth/users/reset_username/", "email=john@x.co")
	_, token := link(t, s.mails(t)[0])
	s.run(t, []row{
		{"in use", "POST", "/auth/users/reset_username_confirm/", "uid=MQ&new_username=ann&re_new_username=ann&token=" + token, nil, 400, `{"new_username":["A user with that username already exists."]}`},
		{"another", "POST", "/auth/users/reset_username_confirm/", "uid=MQ&new_username=joe&re_new_username=jo&token=" + token, nil, 400, `{"non_field_errors":["The two username fields didn't match."]}`},
		{"once", "POST", "/auth/users/reset_username_confirm/", "uid=MQ&new_username=joe&re_new_username=joe&token=" + token, nil, 204, ""},
		{"twice", "POST", "/auth/users/reset_username_confirm/", "uid=MQ&new_username=jim&re_new_username=jim&token=" + token, nil, 400, `{"token":["Invalid token for given user."]}`},
	})
	if s.account(t, "joe").Number != 1 {
		t.Error("the name is not john's")
	}
}

// In version 0.1 an account is active before its activation (djoser 1.5); the path that
// the original led to another view does what it says (1.9).
func TestActivation01(t *testing.T) {
	s := mounted(t, djoser.Old, `{"SEND_ACTIVATION_EMAIL":true,"LOGIN_AFTER_ACTIVATION":true}`)
	auth := s.join(t, "john", "old", "email", "john@x.co")
	s.join(t, "nobody", "old")
	mails := s.mails(t)
	if len(auth) != 40 || len(mails) != 1 {
		t.Fatalf("%q %q", auth, mails)
	}
	_, token := link(t, mails[0])
	s.run(t, []row{
		{"not to reset", "POST", "/auth/password/reset/confirm", "uid=MQ&new_password=new&token=" + token, nil, 400, `{"non_field_errors": ["Invalid token for given user."]}`},
		{"a stray password", "POST", "/auth/activate", "uid=MQ&new_password=new&token=" + token, nil, 200, `{"auth_token": "` + auth + `"}`},
		{"again, with nothing in it", "POST", "/auth/activate", "uid=MQ&token=" + token, nil, 200, `{}`},
		{"the password is the old one", "POST", "/auth/login", "username=john&password=old", nil, 200, `{"auth_token": "` + auth + `"}`},
	})
	if s.account(t, "john").EmailVerificationStatus != core.AddressVerified {
		t.Error("the address is not verified")
	}
}

// What is done once is done once, and answered alike, on a store that runs every
// transaction again: because another was quicker, or because nobody knows whether the
// first was kept.
func TestTransactionsThatRunAgain(t *testing.T) {
	for name, odd := range map[string]func(store.Store) store.Store{"twice": storetest.Twice, "unknown": storetest.Unknown} {
		t.Run(name, func(t *testing.T) {
			for _, version := range []string{djoser.Old, djoser.New} {
				settings := `{"SEND_ACTIVATION_EMAIL":true}`
				if version == djoser.Old {
					settings = `{"SEND_ACTIVATION_EMAIL":true,"LOGIN_AFTER_ACTIVATION":true}`
				}
				st := storetest.Becoming(mem.Open(), odd)
				s := mountedOn(t, apitest.Plugged(t, st, apis.Options{}, djoser.Plugin{}), version, settings)
				st.Turn()
				activate, reset, confirm, change, status := "/auth/activate", "/auth/password/reset", "/auth/password/reset/confirm", "/auth/password", 200
				if version == djoser.New {
					activate, reset, confirm, change, status = "/auth/users/activation/", "/auth/users/reset_password/", "/auth/users/reset_password_confirm/", "/auth/users/set_password/", 204
				}
				s.join(t, "john", secret2, "email", "john@x.co")
				_, token := link(t, s.mails(t)[0])
				if got := s.call(t, "POST", activate, "uid=MQ&token="+token); got.status != status {
					t.Errorf("activate: %d %s", got.status, got.body)
				}
				auth := s.login(t, "john")
				if got := s.call(t, "POST", change, `{"new_password":"another right one","current_password":"`+secret2+`"}`, "Authorization", "Token "+auth); got.status != status {
					t.Errorf("change: %d %s", got.status, got.body)
				}
				if got := s.me(t, auth); got != 200 {
					t.Errorf("the acting token: %d", got)
				}
				s.call(t, "POST", reset, "email=john@x.co")
				mails := s.mails(t)
				if len(mails) != 2 {
					t.Fatalf("%q", mails)
				}
				_, token = link(t, mails[1])
				if got := s.call(t, "POST", confirm, "uid=MQ&new_password=a+right+password&token="+token); got.status != status {
					t.Errorf("confirm: %d %s", got.status, got.body)
				}
				if got := s.login(t, "john"); len(got) != 40 || got == auth {
					t.Errorf("sign in: %q", got)
				}
				s.Sound(t)
			}
		})
	}
}
