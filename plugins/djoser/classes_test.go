package djoser_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

// switched turns something on or off behind the interface.
func switched[T any, P core.Record[T]](s *site, t *testing.T, id core.ID[T], set func(P)) {
	t.Helper()
	s.Update(t, func(tx *core.Tx) error {
		rec, err := core.Get[T, P](tx, id)
		if err != nil {
			return err
		}
		set(rec)
		return core.Put[T, P](tx, rec)
	})
}

// throughOrganization has the mount's directory reached by an organization alone.
func (s *site) throughOrganization(t *testing.T) {
	t.Helper()
	if ans := s.Do(t, "", "POST", "/v1/organizations", `{"name":"Crew","nameKey":"crew"}`, nil); ans.Status == 201 {
		s.Vars["crew"] = lastOf(ans.Value("href"))
	}
	for path, body := range map[string]string{
		"organizationAccountStoreMappings": `{"organization":{"href":"{base}/organizations/{crew}"},"accountStore":{"href":"{base}/directories/{mdir}"}}`,
		"accountStoreMappings":             `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/organizations/{crew}"}}`,
	} {
		if ans := s.Do(t, "", "POST", "/v1/"+path, body, nil); ans.Status != 201 {
			t.Fatalf("%s: %d %s", path, ans.Status, ans.Body)
		}
	}
	s.Update(t, func(tx *core.Tx) error {
		all, err := core.Mappings(tx, core.ID[core.Application](s.app))
		for _, m := range all {
			if err == nil && m.Store == core.RefTo(core.ID[core.Directory](s.dir)) {
				err = core.Delete(tx, m)
			}
		}
		return err
	})
}

// What is disabled answers nobody, and what it gave before is dead once it is enabled
// again, where it has an epoch.
func TestClass07_NothingOfWhatIsDisabledWorks(t *testing.T) {
	for name, e := range map[string]struct {
		prepare func(*site, *testing.T)
		set     func(s *site, t *testing.T, to core.Status)
		epoch   bool
	}{
		"tenant": {epoch: true, set: func(s *site, t *testing.T, to core.Status) {
			switched(s, t, s.Tenant, func(x *core.Tenant) { x.Status = to })
		}},
		"application": {epoch: true, set: func(s *site, t *testing.T, to core.Status) {
			switched(s, t, core.ID[core.Application](s.app), func(x *core.Application) { x.Status = to })
		}},
		"directory": {epoch: true, set: func(s *site, t *testing.T, to core.Status) {
			switched(s, t, core.ID[core.Directory](s.dir), func(x *core.Directory) { x.Status = to })
		}},
		"account": {epoch: true, set: func(s *site, t *testing.T, to core.Status) {
			switched(s, t, s.account(t, "john").ID, func(x *core.Account) { x.Status = to })
		}},
		"organization": {prepare: (*site).throughOrganization, set: func(s *site, t *testing.T, to core.Status) {
			switched(s, t, core.ID[core.Organization](s.Vars["crew"]), func(x *core.Organization) { x.Status = to })
		}},
		"mount": {set: func(s *site, t *testing.T, to core.Status) {
			switched(s, t, core.ID[djoser.DjoserMount](s.mount), func(x *djoser.DjoserMount) { x.Status = to })
		}},
	} {
		for _, version := range []string{djoser.Old, djoser.New} {
			for _, when := range []string{"off", "again"} {
				made := func() (*site, gifts) {
					s := mounted(t, version, "")
					if e.prepare != nil {
						e.prepare(s, t)
					}
					g := s.gifts(t)
					e.set(s, t, core.Disabled)
					if when == "again" {
						e.set(s, t, core.Enabled)
					}
					return s, g
				}
				s, g := made()
				for use, u := range usesOfGifts {
					if u.version != version || name == "account" && strings.HasPrefix(use, "register") || name == "mount" && strings.Contains(use, "/v1") {
						continue // it has nothing to do with it
					}
					works := when == "again" && (!e.epoch || u.artless)
					if got := u.do(s, t, g); (got < 300) != works {
						t.Errorf("%s of a disabled %s, %s: %d", use, name, when, got)
					}
					if works {
						s, g = made() // it may have changed what others take
					}
				}
			}
		}
	}
	for use, u := range usesOfGifts { // or nothing above would show anything
		s := mounted(t, u.version, "")
		if got := u.do(s, t, s.gifts(t)); got >= 300 {
			t.Errorf("%s: %d", use, got)
		}
	}
}

// usesOfGifts are what an account and what it was given are good for.
var usesOfGifts = map[string]struct {
	version string
	artless bool // it takes nothing that was made before
	do      func(s *site, t *testing.T, g gifts) int
}{
	"token 0.1": {djoser.Old, false, func(s *site, t *testing.T, g gifts) int { return s.me(t, g.token) }},
	"token 2":   {djoser.New, false, func(s *site, t *testing.T, g gifts) int { return s.me(t, g.token) }},
	"access": {djoser.New, false, func(s *site, t *testing.T, g gifts) int {
		return s.call(t, "GET", "/auth/users/me/", "", "Authorization", "JWT "+g.access).status
	}},
	"refresh": {djoser.New, false, func(s *site, t *testing.T, g gifts) int {
		return s.call(t, "POST", "/auth/jwt/refresh/", `{"refresh":"`+g.refresh+`"}`).status
	}},
	"verify": {djoser.New, false, func(s *site, t *testing.T, g gifts) int {
		return s.call(t, "POST", "/auth/jwt/verify/", `{"token":"`+g.access+`"}`).status
	}},
	"reset 0.1": {djoser.Old, false, func(s *site, t *testing.T, g gifts) int {
		return s.call(t, "POST", "/auth/password/reset/confirm", "uid=MQ&new_password=another+good+one&token="+g.reset).status
	}},
	"reset 2": {djoser.New, false, func(s *site, t *testing.T, g gifts) int {
		return s.call(t, "POST", "/auth/users/reset_password_confirm/", "uid=MQ&new_password=another+good+one&token="+g.reset).status
	}},
	"user name 2": {djoser.New, false, func(s *site, t *testing.T, g gifts) int {
		return s.call(t, "POST", "/auth/users/reset_username_confirm/", "uid=MQ&new_username=joe&token="+g.rename).status
	}},
	"login 0.1": {djoser.Old, true, func(s *site, t *testing.T, _ gifts) int { return status(s.login(t, "john")) }},
	"login 2":   {djoser.New, true, func(s *site, t *testing.T, _ gifts) int { return status(s.login(t, "john")) }},
	"register 0.1": {djoser.Old, true, func(s *site, t *testing.T, _ gifts) int {
		return s.call(t, "POST", "/auth/register", "username=a&password=b").status
	}},
	"login at /v1": {djoser.New, true, func(s *site, t *testing.T, _ gifts) int {
		return s.v1(t, "loginAttempts", `{"type":"basic","value":"am9objphIHJpZ2h0IHBhc3N3b3Jk"}`)
	}},
	"reset at /v1": {djoser.New, true, func(s *site, t *testing.T, _ gifts) int {
		return s.v1(t, "passwordResetTokens", `{"email":"john@x.co"}`)
	}},
	"register 2": {djoser.New, true, func(s *site, t *testing.T, _ gifts) int {
		return s.call(t, "POST", "/auth/users/", "username=a&password="+secret2).status
	}},
	"users of /auth": {djoser.New, false, func(s *site, t *testing.T, g gifts) int {
		return s.call(t, "GET", "/auth/users/", "", "Authorization", "Token "+g.token).status
	}},
}

// gifts are what an account was given.
type gifts struct{ token, access, refresh, reset, rename string }

func (s *site) gifts(t *testing.T) (g gifts) {
	t.Helper()
	g.token = s.join(t, "john", secret2, "email", "john@x.co")
	if s.version(t) == djoser.Old {
		s.call(t, "POST", "/auth/password/reset", "email=john@x.co")
		_, g.reset = link(t, s.mails(t)[0])
		return g
	}
	g.access, g.refresh = s.pair(t, "john")
	s.call(t, "POST", "/auth/users/reset_password/", "email=john@x.co")
	_, g.reset = link(t, s.mails(t)[0])
	s.call(t, "POST", "/auth/users/reset_username/", "email=john@x.co")
	_, g.rename = link(t, s.mails(t)[1])
	return g
}

func status(token string) int {
	if token == "" {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

func (s *site) v1(t *testing.T, what, body string) int {
	t.Helper()
	return s.Do(t, "", "POST", "/v1/applications/{app}/"+what, body, nil).Status
}

// Of a hundred who show the same uid and token at once one is heard, on stores that run
// transactions again as well. An activation of version 0.1 is answered alike again, and
// done once.
func TestClass04_OfAHundredWithOneTokenOneIsHeard(t *testing.T) {
	for engine, odd := range map[string]func(store.Store) store.Store{
		"mem": func(st store.Store) store.Store { return st }, "twice": storetest.Twice, "unknown": storetest.Unknown,
	} {
		for _, c := range []struct{ version, ask, spend, event string }{
			{djoser.Old, "/auth/password/reset", "/auth/password/reset/confirm", "account.reset"},
			{djoser.Old, "", "/auth/activate", "account.verify"},
			{djoser.New, "/auth/users/reset_password/", "/auth/users/reset_password_confirm/", "account.reset"},
			{djoser.New, "", "/auth/users/activation/", "account.verify"},
			{djoser.New, "/auth/users/reset_username/", "/auth/users/reset_username_confirm/", ""},
		} {
			t.Run(engine+c.spend, func(t *testing.T) {
				st := storetest.Becoming(mem.Open(), odd)
				s := mountedOn(t, apitest.Plugged(t, st, apis.Options{}, djoser.Plugin{}), c.version, map[bool]string{true: `{"SEND_ACTIVATION_EMAIL":true}`}[c.ask == ""])
				s.join(t, "john", secret2, "email", "john@x.co")
				if c.ask != "" {
					s.call(t, "POST", c.ask, "email=john@x.co")
				}
				_, token := link(t, s.mails(t)[0])
				before := len(s.Events(t)[s.Tenant])
				st.Turn()
				var wg sync.WaitGroup
				got := make([]int, 100)
				for i := range got {
					wg.Go(func() {
						got[i] = s.call(t, "POST", c.spend, fmt.Sprintf("uid=MQ&token=%s&new_password=a+right+password&new_username=joe%d", token, i)).status
					})
				}
				wg.Wait()
				good, done := 0, 0
				for _, status := range got {
					if status < 300 {
						good++
					}
				}
				for _, kind := range s.Events(t)[s.Tenant][before:] {
					if kind == c.event {
						done++
					}
				}
				if (c.version != djoser.Old || c.ask != "") && good != 1 || good == 0 || c.event != "" && done != 1 {
					t.Errorf("%d of 100 redeemed it, done %d times", good, done)
				}
			})
		}
	}
}

// A mail leads to the public URL of the tenant that its account is of, whatever the
// request that asked for it said of hosts.
func TestClass14_LinksLeadToTheTenantsOwnURL(t *testing.T) {
	evil := []string{"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "gopher", "Forwarded", "host=evil.example;proto=gopher",
		"X-Original-Host", "evil.example", "X-Host", "evil.example", "Referer", "https://evil.example/", "Origin", "https://evil.example"}
	for _, c := range []struct{ version, ask, again string }{
		{djoser.Old, "/auth/password/reset", ""},
		{djoser.New, "/auth/users/reset_password/", "/auth/users/reset_username/"},
	} {
		s := mounted(t, c.version, `{"SEND_ACTIVATION_EMAIL":true}`)
		alias := func(tenant core.ID[core.Tenant], base string) {
			t.Helper()
			err := s.App.Update(core.AsMachine(context.Background(), tenant), func(tx *core.Tx) error {
				rec, err := core.Get(tx, tenant)
				if err != nil {
					return err
				}
				if err := rec.AddAlias(base); err != nil {
					return err
				}
				return core.Put(tx, rec)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		alias(s.Tenant, "https://shop.example")
		alias(core.ID[core.Tenant](s.Vars["othertenant"]), "https://pub.example")
		if ans := s.Do(t, "other", "POST", "/v1/applications/{otherapp}/djoserMounts", `{"path":"/auth","version":"`+c.version+`","settings":{"SEND_ACTIVATION_EMAIL":true}}`, nil); ans.Status != 201 {
			t.Fatalf("%d %s", ans.Status, ans.Body)
		}
		register := map[string]string{djoser.Old: "/auth/register", djoser.New: "/auth/users/"}[c.version]
		activate := map[string]string{djoser.Old: "/auth/activate", djoser.New: "/auth/users/activation/"}[c.version]
		sent := 0
		for _, host := range []string{"shop.example", "pub.example"} {
			post := func(path, body string) {
				t.Helper()
				if got := s.at(t, host, path, body, evil...); got >= 300 {
					t.Fatalf("%s%s: %d", host, path, got)
				}
			}
			mailed := func() (token string) {
				t.Helper()
				all := s.Post.Wait(t, sent+1)
				m := all[sent]
				sent++
				if text := m.Subject + m.Text + m.HTML; !strings.Contains(text, "https://"+host+"/#/") || strings.Contains(text, "evil") || strings.Contains(text, "gopher") {
					t.Errorf("%s at %s: %s\n%s", c.version, host, m.Subject, m.Text)
				}
				_, token = link(t, m.Text)
				return token
			}
			post(register, "username=john&password="+secret2+"&email=john@x.co")
			post(activate, "uid=MQ&token="+mailed())
			for _, path := range []string{c.ask, c.again} {
				if path != "" {
					post(path, "email=john@x.co")
					mailed()
				}
			}
		}
	}
}

// at posts a form to a host.
func (s *site) at(t *testing.T, host, path, body string, header ...string) int {
	t.Helper()
	req, err := http.NewRequest("POST", "http://"+host+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := s.Server.Fiber().Test(req, fiber.TestConfig{Timeout: 0})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}
