package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

func TestTheConsoleShowsWhatHappened(t *testing.T) {
	a := consoled(t)
	try := func(login string) {
		a.Do(t, "", "POST", "/v1/applications/{app}/loginAttempts", loginBody(login), nil)
	}
	try("ann:wrong")
	try("ann:Passw0rd!")
	try("nobody:wrong")
	a.Do(t, "console", "POST", "/v1/accounts/{ann}", `{"givenName":"Anna"}`, nil)
	a.Run(t, []row{
		{Name: "the newest first", As: "console auditor", Path: "/console/api/audit?limit=2", Want: w{"limit=2", "items.#=2", "whole=true", "items.0.action=account.update", "items.0.actor.kind=console", "items.0.actor.account={own}",
			"items.0.target.kind=accounts", "items.0.target.id={ann}", "items.0.changes.0.field=givenName", "items.0.changes.0.old=Ann", "items.0.changes.0.new=Anna", "items.0.outcome=success"}},
		{Name: "of an account", As: "console", Path: "/console/api/audit?account={ann}&limit=1&offset=1", Want: w{"items.0.action=auth.login"}},
		{Name: "with a text", As: "console", Path: "/console/api/audit?q=WRONG_password", Want: w{"items.#=1", "size=1", "items.0.outcome=failure", "items.0.reason=wrong_password"}},
		{Name: "before there was any", As: "console", Path: "/console/api/audit?to=2020-01-01", Want: w{"items.#=0"}},
		{Name: "of the future", As: "console", Path: "/console/api/audit?from=2030-01-01T00:00:00Z", Want: w{"items.#=0", "whole=true"}},
		{Name: "of no time", As: "console", Path: "/console/api/audit?from=yesterday", Status: 400},
		{Name: "in order, for the machine", As: apitest.Machine, Path: "/console/api/audit?limit=1", Want: w{"items.0.seq=1"}},
		{Name: "her timeline", As: "console support", Path: "/console/api/accounts/{ann}/timeline?limit=2", Want: w{"items.#=2", "items.0.action=account.update", "items.0.text=The account was changed", "items.1.action=auth.login", "items.1.application={app}"}},
		{Name: "all of it", As: "console", Path: "/console/api/accounts/{ann}/timeline?limit=50", Want: w{"items.2.action=auth.failure", "items.2.reason=wrong_password", "items.2.outcome=failure", "next="}},
		{Name: "from a place that is none", As: "console", Path: "/console/api/accounts/{ann}/timeline?before=x", Status: 400},
		{Name: "of nobody", As: "console", Path: "/console/api/accounts/{otherann}/timeline", Status: 404},
		{Name: "who signed in", As: "console auditor", Path: "/console/api/signIns", Want: w{"size=3", "items.0.outcome=failure", "items.0.reason=unknown_login", "items.1.outcome=success", "items.2.account={ann}"}},
		{Name: "who could not", As: "console", Path: "/console/api/signIns?outcome=failure&range=7d", Want: w{"size=2"}},
		{Name: "no range", As: "console", Path: "/console/api/signIns?range=1y", Status: 400},
		{Name: "no outcome", As: "console", Path: "/console/api/signIns?outcome=x", Status: 400},
	})
	next := a.Do(t, "console", "GET", "/console/api/accounts/{ann}/timeline?limit=1", "", nil)
	place, _ := next.Value("next").(string)
	if again := a.Do(t, "console", "GET", "/console/api/accounts/{ann}/timeline?limit=1&before="+place, "", nil); place == "" || again.Has("items.0.action=auth.login") != nil {
		t.Errorf("the next page after %q: %s", place, again.Body)
	}
}

// Custom data lies beside its account, and is the account's.
func TestTheTimelineTellsOfCustomData(t *testing.T) {
	a := consoled(t)
	a.Do(t, "console", "POST", "/v1/accounts/{ann}/customData", `{"plan":"gold"}`, nil)
	a.Do(t, "console", "POST", "/v1/accounts/{bob}/customData", `{"plan":"iron"}`, nil)
	a.Run(t, []row{
		{Name: "in the timeline", As: "console auditor", Path: "/console/api/accounts/{ann}/timeline", Want: w{"items.#=2", "items.0.action=customData.update", "items.0.text=The custom data was changed", "items.0.account={ann}"}},
		{Name: "in the log", As: "console auditor", Path: "/console/api/audit?account={ann}", Want: w{"items.#=2", "items.0.note.keys=plan"}},
	})
}

func loginBody(pair string) string { return login(pair) }

func TestTheConsoleTellsWhySheCannotSignIn(t *testing.T) {
	at := "/console/api/accounts/{ann}/why?application={app}"
	for name, c := range map[string]struct{ path, body, rule, failed string }{
		"she can":                     {"", "", "", ""},
		"the application is disabled": {"applications/{app}", `{"status":"DISABLED"}`, "application_disabled", "application"},
		"her account is disabled":     {"accounts/{ann}", `{"status":"DISABLED"}`, "account_disabled", "account"},
		"her address is unproven":     {"accounts/{ann}", `{"status":"UNVERIFIED"}`, "account_unverified", "email"},
		"her directory is disabled":   {"directories/{dir}", `{"status":"DISABLED"}`, "directory_disabled", "directory"},
	} {
		t.Run(name, func(t *testing.T) {
			a := consoled(t)
			if c.path != "" {
				if ans := a.Do(t, "", "POST", "/v1/"+c.path, c.body, nil); ans.Status != 200 {
					t.Fatal(ans.Status)
				}
			}
			ans := a.Do(t, "console auditor", "GET", at, "", nil)
			if ans.Status != 200 || ans.Has("rule="+c.rule) != nil && c.rule != "" || (ans.Has("ok=true") == nil) != (c.rule == "") {
				t.Fatalf("%d %s", ans.Status, ans.Body)
			}
			failed := false
			for _, check := range ans.JSON.(map[string]any)["checks"].([]any) {
				m := check.(map[string]any)
				want := "passed"
				switch {
				case m["name"] == c.failed:
					want, failed = "failed", true
				case failed:
					want = "notReached"
				}
				if m["state"] != want {
					t.Errorf("%v, want %s", m, want)
				}
			}
		})
	}
	a := consoled(t)
	a.Run(t, []row{
		{Name: "held by no store", As: "console", Path: "/console/api/accounts/{ann}/why?application={adminapp}", Want: w{"ok=false", "rule=store_not_mapped"}},
		{Name: "at no application", As: "console", Path: "/console/api/accounts/{ann}/why", Status: 400, Want: w{"error=query_missing"}},
		{Name: "at another tenant's", As: "console", Path: "/console/api/accounts/{ann}/why?application={otherapp}", Status: 404},
		{Name: "of another tenant's", As: "console", Path: "/console/api/accounts/{otherann}/why?application={app}", Status: 404},
	})
}

// The commands of the machine are for whom their roles name, and nobody else.
func TestCommandsInTheConsole(t *testing.T) {
	a := consoled(t)
	a.Run(t, []row{
		{Name: "backups, by an owner", As: "console", Path: "/console/api/backups"},
		{Name: "backups, by an admin", As: "console admin", Path: "/console/api/backups", Status: 403, Want: w{"error=forbidden"}},
		{Name: "an export, by nobody", As: "console", Path: "/console/api/export", Status: 403},
		{Name: "checkpoints, by an auditor", As: "console auditor", Path: "/console/api/audit/checkpoints"},
		{Name: "the tenants, by nobody", As: "console", Path: "/console/api/tenants", Status: 403},
		{Name: "the master key, by nobody", As: "console", Path: "/console/api/masterKey", Status: 403},
		{Name: "the owner's link, by nobody", As: "console", Path: "/console/api/owner/link", Body: `{}`, Status: 403},
	})
}
