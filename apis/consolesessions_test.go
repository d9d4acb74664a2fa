package apis_test

import "testing"

func TestTheConsoleShowsWhoIsSignedIn(t *testing.T) {
	a := consoled(t)
	a.Run(t, []row{
		{Name: "all", As: "console auditor", Path: "/console/api/sessions", Want: w{"size=4", "items.#=4", "whole=true", "items.0.account={auditor}", "items.0.application={adminapp}", "items.3.account={own}"}},
		{Name: "a page", As: "console", Path: "/console/api/sessions?offset=3&limit=5", Want: w{"items.#=1", "items.0.account={own}"}},
		{Name: "no page", As: "console", Path: "/console/api/sessions?limit=x", Status: 400},
		{Name: "by a key", Path: "/console/api/sessions", Status: 401},
	})
}
