package apis_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// Whatever is wrong with a credential, the answer is the same 401.
func TestClass21_EveryBadCredentialIsOne401(t *testing.T) {
	a := api(t)
	good := a.Keys[apitest.Owner]
	b64 := func(s string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(s)) }
	for name, header := range map[string]string{
		"none": "", "only a scheme": "Basic", "a scheme and a space": "Basic ", "another scheme": "Bearer abc", "no base64": "Basic %%%",
		"no colon": b64(good.ID), "no id": b64(":" + good.Secret), "no secret": b64(good.ID + ":"), "swapped": b64(good.Secret + ":" + good.ID),
		"a wrong secret": b64(good.ID + ":x"), "a longer secret": b64(good.ID + ":" + good.Secret + ":"), "an unknown id": b64("UNKNOWN:" + good.Secret),
		"an id with a slash": b64("s-/ak/" + good.ID + ":" + good.Secret), "a NUL": b64("\x00:" + good.Secret), "not UTF-8": b64("\xff\xfe:\xff"),
		"very long": b64(strings.Repeat("x", 8000) + ":x"), "the id in lower case": b64(strings.ToLower(good.ID) + ":" + good.Secret),
		"an ACCOUNT key": a.Keys["accountkey"].Basic(), "two credentials": good.Basic() + ", " + good.Basic(), "a name and password": b64("owner@example.com:correct horse battery"),
		"a digest": "SAuthc1 sauthc1Id=x", "a trailing dot": good.Basic() + ".",
	} {
		ans := a.Do(t, apitest.Nobody, "GET", "/v1/tenants/current", "", map[string]string{"Authorization": header})
		if ans.Status != http.StatusUnauthorized || ans.Value("message") != "Authentication required." || ans.Value("developerMessage") != "Authentication required." {
			t.Errorf("%s: %d %s", name, ans.Status, ans.Body)
		}
	}
	for name, header := range map[string]string{"the scheme in any case": "bAsIc " + strings.TrimPrefix(good.Basic(), "Basic "), "spaces": good.Basic() + " "} {
		if ans := a.Do(t, apitest.Nobody, "GET", "/v1/tenants/current", "", map[string]string{"Authorization": header}); ans.Status != http.StatusFound {
			t.Errorf("%s: %d", name, ans.Status)
		}
	}
}

// A key that nothing has been done with for a while opens the door until the very
// commit that takes its right away, and again after the one that gives it back.
func TestClass07_WhatIsDisabledWorksNowhere(t *testing.T) {
	set := func(kind, id string) (off, on apitest.Scenario) {
		path := "/v1/" + kind + "/" + id
		return row{Path: path, Body: `{"status":"DISABLED"}`}, row{Path: path, Body: `{"status":"ENABLED"}`}
	}
	// Keys: by whom each is lost.
	for name, victim := range map[string]struct{ kind, id string }{"its key": {"apiKeys", "{adminkey}"}, "its account": {"accounts", "{admin}"}} {
		t.Run("an operator without "+name, func(t *testing.T) {
			a := populated(t)
			all := routes(a)
			everyRoute := func(want int) {
				t.Helper()
				for _, rt := range all {
					c := concrete(t, rt, "")
					if rt.Method != http.MethodGet && want != http.StatusUnauthorized {
						continue
					}
					if ans := a.Do(t, "admin", c.method, c.path, c.body, nil); (ans.Status == http.StatusUnauthorized) != (want == http.StatusUnauthorized) {
						t.Errorf("%s %s: %d", c.method, c.path, ans.Status)
					}
				}
			}
			off, on := set(victim.kind, victim.id)
			everyRoute(http.StatusOK)
			do(t, a, off, 200)
			everyRoute(http.StatusUnauthorized)
			do(t, a, on, 200)
			everyRoute(http.StatusOK)
			do(t, a, row{Method: "DELETE", Path: "/v1/" + victim.kind + "/" + victim.id}, 204)
			everyRoute(http.StatusUnauthorized)
		})
	}
	t.Run("a tenant", func(t *testing.T) {
		a := populated(t)
		status := func(s core.Status) {
			a.Update(t, func(tx *core.Tx) error {
				rec, err := core.Get(tx, tx.Tenant)
				if err != nil {
					return err
				}
				rec.Status = s
				return core.Put(tx, rec)
			})
		}
		do(t, a, row{Path: "/v1/tenants/{tenant}"}, 200)
		status(core.Disabled)
		for _, rt := range routes(a) {
			for _, as := range []string{"owner", "admin", "support", "auditor"} {
				c := concrete(t, rt, "")
				if ans := a.Do(t, as, c.method, c.path, c.body, nil); ans.Status != http.StatusUnauthorized {
					t.Errorf("%s %s as %s: %d", c.method, c.path, as, ans.Status)
				}
			}
		}
		if ans := a.Do(t, "other", "GET", "/v1/tenants/{othertenant}", "", nil); ans.Status != 200 {
			t.Errorf("the other tenant: %d", ans.Status)
		}
		status(core.Enabled)
		do(t, a, row{Path: "/v1/tenants/{tenant}"}, 200)
	})
}

// What stands between an application and an account, disabled or gone, lets
// nobody through to it.
func TestClass07_LoginsThroughWhatIsDisabled(t *testing.T) {
	attempt := row{Path: "/v1/applications/{app}/loginAttempts", Body: login("ann:Passw0rd!")}
	for _, v := range []struct {
		name, kind, id, status string
		code                   string
	}{
		{"the application", "applications", "{app}", "DISABLED", "code=400"},
		{"the directory", "directories", "{dir}", "DISABLED", "code=7106"},
		{"the account", "accounts", "{ann}", "DISABLED", "code=7101"},
		{"the account, unverified", "accounts", "{ann}", "UNVERIFIED", "code=7102"},
	} {
		t.Run(v.name, func(t *testing.T) {
			a := api(t)
			do(t, a, attempt, 200)
			do(t, a, row{Path: "/v1/" + v.kind + "/" + v.id, Body: `{"status":"` + v.status + `"}`}, 200)
			ans := do(t, a, attempt, 400)
			if err := ans.Has(v.code); err != nil {
				t.Error(err)
			}
			wrong := do(t, a, row{Path: attempt.Path, Body: login("ann:wrong")}, 400)
			if v.kind != "applications" && wrong.Value("message") != "Invalid username or password." {
				t.Errorf("a wrong password learns that %s is disabled: %s", v.name, wrong.Body)
			}
			do(t, a, row{Path: "/v1/" + v.kind + "/" + v.id, Body: `{"status":"ENABLED"}`}, 200)
			do(t, a, attempt, 200)
			do(t, a, row{Method: "DELETE", Path: "/v1/" + v.kind + "/" + v.id}, 204)
			if ans := a.Do(t, "", "POST", attempt.Path, attempt.Body, nil); ans.Status != 400 && ans.Status != 404 {
				t.Errorf("deleted: %d", ans.Status)
			}
		})
	}
	t.Run("the group", func(t *testing.T) {
		a := api(t)
		do(t, a, row{Path: "/v1/applications", Body: `{"name":"Crew"}`, Keep: "crew"}, 201)
		do(t, a, row{Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{crew}"},"accountStore":{"href":"{base}/groups/{grp}"}}`}, 201)
		attempt := row{Path: "/v1/applications/{crew}/loginAttempts", Body: login("ann:Passw0rd!")}
		do(t, a, attempt, 200)
		do(t, a, row{Path: "/v1/groups/{grp}", Body: `{"status":"DISABLED"}`}, 200)
		if err := do(t, a, attempt, 400).Has("code=7105"); err != nil {
			t.Error(err)
		}
		do(t, a, row{Path: "/v1/groups/{grp}", Body: `{"status":"ENABLED"}`}, 200)
		do(t, a, row{Method: "DELETE", Path: "/v1/groupMemberships/{mem}"}, 204)
		if err := do(t, a, attempt, 400).Has("code=7104"); err != nil {
			t.Error(err)
		}
	})
}

// do makes one call whose status matters and whose events do not.
func do(t testing.TB, a *apitest.API, s row, status int) *apitest.Answer {
	t.Helper()
	if s.Method == "" {
		s.Method = map[bool]string{true: "GET", false: "POST"}[s.Body == ""]
	}
	ans := a.Do(t, s.As, s.Method, s.Path, s.Body, s.Header)
	if ans.Status != status {
		t.Fatalf("%s %s: %d, want %d: %s", s.Method, s.Path, ans.Status, status, ans.Body)
	}
	if s.Keep != "" {
		href, _ := ans.Value("href").(string)
		a.Vars[s.Keep] = href[strings.LastIndex(href, "/")+1:]
	}
	return ans
}
