package apis_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// consoled is api with an owner, an admin, a support and an auditor at the console.
func consoled(t testing.TB) *apitest.API {
	a := api(t)
	a.Console(t, "console", a.Owner.ID)
	for _, role := range []string{"admin", "support", "auditor"} {
		a.Console(t, "console "+role, core.ID[core.Account](a.Vars[role]))
	}
	return a
}

// What another site can have a browser send does nothing, whatever it is.
func TestClass08_TheConsolesCookieIsForItsScript(t *testing.T) {
	a := consoled(t)
	with := func(more ...string) map[string]string {
		h := map[string]string{"Content-Type": "application/json"}
		for i := 0; i < len(more); i += 2 {
			h[more[i]] = more[i+1]
		}
		return h
	}
	for _, c := range []struct {
		name, path string
		header     map[string]string
		status     int
	}{
		{"as the script sends it", "", with(), 201},
		{"from an older browser", "", with("Sec-Fetch-Site", "", "Origin", "http://"+apitest.Host), 201},
		{"with both", "", with("Origin", "http://"+apitest.Host), 201},
		{"from another site", "", with("Sec-Fetch-Site", "cross-site"), 403},
		{"from a sister host", "", with("Sec-Fetch-Site", "same-site"), 403},
		{"typed", "", with("Sec-Fetch-Site", "none"), 403},
		{"from nowhere", "", with("Sec-Fetch-Site", ""), 403},
		{"from another origin", "", with("Sec-Fetch-Site", "", "Origin", "https://evil.example"), 403},
		{"from another port", "", with("Sec-Fetch-Site", "", "Origin", "http://localhost:9"), 403},
		{"from another scheme", "", with("Sec-Fetch-Site", "", "Origin", "https://"+apitest.Host), 403},
		{"from no origin", "", with("Sec-Fetch-Site", "", "Origin", "null"), 403},
		{"with two stories", "", with("Origin", "https://evil.example"), 403},
		{"without the header", "", with(apis.ConsoleHeader, ""), 401},
		{"with another header", "", with(apis.ConsoleHeader, "0"), 403},
		{"as a form", "", with("Content-Type", "application/x-www-form-urlencoded"), 415},
		{"as a form with files", "", with("Content-Type", "multipart/form-data; boundary=x"), 415},
		{"as text", "", with("Content-Type", "text/plain"), 415},
		{"as nothing", "", with("Content-Type", ""), 415},
		{"with its method in the query", "?_method=DELETE", with(), 403},
		{"with any method in the query", "?_method=GET", with(), 403},
		{"with a key that is wrong", "", with("Authorization", "Basic eDp5"), 401},
	} {
		ans := a.Do(t, "console", "POST", "/v1/directories"+c.path, `{"name":"`+c.name+`"}`, c.header)
		if ans.Status != c.status {
			t.Errorf("%s: %d, want %d: %s", c.name, ans.Status, c.status, ans.Body)
		}
		if ans.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: CORS", c.name)
		}
	}
	if ans := a.Do(t, "console", "GET", "/v1/directories", "", map[string]string{"Sec-Fetch-Site": "cross-site"}); ans.Status != 403 || ans.Has("error=other_site") != nil {
		t.Errorf("a GET from another site: %d %s", ans.Status, ans.Body)
	}
}

// Each cookie and token opens its own doors.
func TestTheConsoleAndOtherCookies(t *testing.T) {
	a := api(t)
	token := a.Console(t, "console", a.Owner.ID)
	b := a.Browser()
	b.Cookies["console"] = token
	went(t, "the account pages", b.Get(t, "/account/"), "/login?next=%2Faccount%2F")
	if p := b.Send(t, "GET", "/me", "", map[string]string{"Accept": "application/json"}); p.Status == 200 {
		t.Errorf("the framework: %d", p.Status)
	}
	if p := b.Send(t, "GET", "/oauth2/userinfo", "", map[string]string{"Authorization": "Bearer " + token}); p.Status != 401 {
		t.Errorf("the provider: %d", p.Status)
	}
	sso := ""
	a.Update(t, func(tx *core.Tx) error {
		acc, err := core.Get(tx, a.Owner.ID)
		if err != nil {
			return err
		}
		done := &core.Done{Account: acc, AuthTime: core.At(tx.Now)}
		if done.Stamp, err = done.Bond("").Stamp(tx); err != nil {
			return err
		}
		sso, _, err = core.OpenSession(tx, done, "")
		return err
	})
	for name, cookie := range map[string]string{"the session at the provider": "session=" + sso, "that as the console's": "console=" + sso, "none": "x=y", "no session": "console=x",
		"the framework's": "access_token=" + token} {
		for _, path := range []string{"/console/api/me", "/v1/directories"} {
			ans := a.Do(t, apitest.Nobody, "GET", path, "", map[string]string{"Cookie": cookie, apis.ConsoleHeader: "1", "Sec-Fetch-Site": "same-origin"})
			if ans.Status != 401 || ans.Has("error=not_signed_in") != nil {
				t.Errorf("%s at %s: %d %s", name, path, ans.Status, ans.Body)
			}
		}
	}
	for _, as := range append(apitest.Callers, "other") {
		if ans := a.Do(t, as, "GET", "/console/api/me", "", nil); ans.Status != 401 {
			t.Errorf("the key of %s: %d", as, ans.Status)
		}
	}
	if ans := a.Do(t, apitest.Machine, "GET", "/console/api/me", "", nil); ans.Status != 401 {
		t.Errorf("the machine is nobody: %d", ans.Status)
	}
}

// What gives power wants a fresh sign-in; all else does not.
func TestStepUpInTheConsole(t *testing.T) {
	a := consoled(t)
	a.Clock.Turn(core.StepUp)
	for _, rt := range a.Server.Routes() {
		if rt.Public || rt.Page || rt.Protocol || !rt.StepUp || rt.Machine && rt.Role == "" {
			continue
		}
		path := strings.NewReplacer(":id", "{dir}", ":key", "x", ":token", "x").Replace(rt.Path)
		if ans := a.Do(t, "console", rt.Method, path, "", nil); ans.Status != 403 || ans.Has("error=step_up") != nil {
			t.Errorf("%s %s: %d %s", rt.Method, rt.Path, ans.Status, ans.Body)
		}
	}
	for _, c := range []struct {
		method, path, body string
		again              bool
	}{
		{"POST", "/v1/applications/{adminapp}", `{"description":"x"}`, true},
		{"POST", "/v1/applications/{app}", `{"description":"x"}`, false},
		{"POST", "/v1/directories/{admindir}", `{"description":"x"}`, true},
		{"POST", "/v1/directories/{dir}", `{"description":"x"}`, false},
		{"POST", "/v1/passwordPolicies/{admindir}/strength", `{"minLength":9}`, true},
		{"POST", "/v1/passwordPolicies/{dir}/strength", `{"minLength":9}`, false},
		{"POST", "/v1/fields/{admindir}surname", `{"required":true}`, true},
		{"POST", "/v1/operators", `{"account":{"href":"{base}/accounts/{norole}"},"role":"auditor"}`, true},
		{"POST", "/v1/operators/{admin}/apiKeys", `{}`, true},
		{"POST", "/v1/accounts/{ann}/apiKeys", `{}`, true},
		{"POST", "/v1/smtpServers", bodies["smtpServers"], true},
		{"POST", "/v1/signingKeys", `{"alg":"EdDSA"}`, true},
		{"POST", "/v1/directories/{dir}/provider", `{"providerId":"stormpath"}`, true},
		{"POST", "/v1/applications/{app}/domains", `{"host":"x.example.com"}`, true},
		{"POST", "/v1/emailTemplates/{dir}passwordReset", `{"description":"x"}`, true},
		{"POST", "/v1/emailTemplates/{dir}passwordReset/preview", `{}`, false},
		{"DELETE", "/v1/emailTemplates/{dir}passwordReset", "", true},
		{"POST", "/v1/pageTemplates/{app}login/preview", `{}`, false},
		{"POST", "/v1/pageTemplates/{app}login", `{"source":"x"}`, true},
		{"POST", "/v1/tenants/{tenant}", `{"name":"x"}`, true},
		{"POST", "/v1/accounts/{ann}", `{"givenName":"Anna"}`, false},
		{"GET", "/v1/operators", "", false},
	} {
		ans := a.Do(t, "console", c.method, c.path, c.body, nil)
		if again := ans.Status == 403 && ans.Has("error=step_up") == nil; again != c.again || !again && ans.Status >= 300 {
			t.Errorf("%s %s: %d %s", c.method, c.path, ans.Status, ans.Body)
		}
	}
	a.Console(t, "console", a.Owner.ID)
	if ans := a.Do(t, "console", "POST", "/v1/operators/{admin}/apiKeys", `{}`, nil); ans.Status != 201 {
		t.Errorf("after signing in once more: %d %s", ans.Status, ans.Body)
	}
}

// An act by the console is audited as what it is.
func TestTheConsoleIsAudited(t *testing.T) {
	a := api(t)
	token := a.Console(t, "console admin", core.ID[core.Account](a.Vars["admin"]))
	ans := a.Do(t, "console admin", http.MethodPost, "/v1/directories", `{"name":"Mine"}`, nil)
	if ans.Status != 201 {
		t.Fatal(ans.Status)
	}
	a.View(t, func(tx *core.Tx) error {
		var last core.AuditLine
		for line, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			if line.Type == "directory.create" {
				last = line
			}
		}
		if by := last.Actor; by.Kind != core.ByConsole || by.Session != token[:22] || string(by.Account) != a.Vars["admin"] || by.Role != core.Admin || by.RequestID == "" {
			t.Errorf("%+v", by)
		}
		return nil
	})
}

func TestARoleThatIsLostIsLostAtOnce(t *testing.T) {
	a := consoled(t)
	a.Run(t, []row{
		{Name: "an operator", As: "console admin", Path: "/console/api/me", Want: w{"role=admin", "account.id={admin}"}},
		{Name: "has another role", Path: "/v1/operators/{admin}", Body: `{"role":"support"}`, Events: w{"operator.update"}},
		{Name: "which counts", As: "console admin", Path: "/console/api/me", Want: w{"role=support"}},
		{Name: "for what she may", As: "console admin", Path: "/v1/directories", Body: `{"name":"x"}`, Status: 403, Want: w{"error=forbidden"}},
		{Name: "and has none", Method: "DELETE", Path: "/v1/operators/{admin}", Status: 204, Events: w{"operator.delete"}},
		{Name: "and is out", As: "console admin", Path: "/console/api/me", Status: 401, Want: w{"error=not_signed_in"}},
		{Name: "a field that is wrong is named", As: "console", Path: "/v1/directories", Body: `{"name":""}`, Status: 400, Want: w{"error=required", "field=name"}},
		{Name: "to the console alone", Path: "/v1/directories", Body: `{"name":""}`, Status: 400, Not: w{"error=required", "field=name"}},
		{Name: "nobody changes her own role", As: "console", Path: "/v1/operators/{own}", Body: `{"role":"admin"}`, Status: 403},
	})
}
