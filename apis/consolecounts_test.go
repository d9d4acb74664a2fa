package apis_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestTheConsoleCountsRecordsByKind(t *testing.T) {
	a := consoled(t)
	a.Run(t, []row{
		{Name: "at first", As: "console auditor", Path: "/console/api/counts", Want: w{"groups=1", "directories=2", "applications=2", "organizations=0"}},
		{Name: "one more", As: "console", Method: "POST", Path: "/v1/directories/{dir}/groups", Body: `{"name":"more"}`, Status: 201, Events: []string{"group.create"}},
		{Name: "is counted", As: "console", Path: "/console/api/counts", Want: w{"groups=2"}},
		{Name: "by a key", Path: "/console/api/counts", Status: 401},
	})
	ans := a.Do(t, "console", "GET", "/console/api/counts", "", nil)
	for _, private := range []string{"sessions", "securities", "mails", "proofs", "consoleSessions", "operators"} {
		if strings.Contains(string(ans.Body), private) {
			t.Errorf("%s are counted", private)
		}
	}
}

// Who is where is told nobody; where consoles are, those alone whom the whole server concerns.
func TestOnlyTheFirstTenantIsToldOfOthers(t *testing.T) {
	a := consoled(t)
	a.Run(t, []row{
		{Name: "one that has no place of its own", As: "console auditor", Path: "/console/api/otherTenants", Want: w{"items.#=0", "more=false"}},
		{Name: "the first is the whole", As: "console", Path: "/console/api/me", Want: w{"whole=true"}},
	})
	other := core.ID[core.Tenant](a.Vars["othertenant"])
	check(t, a.App.Update(core.AsMachine(t.Context(), other), func(tx *core.Tx) error {
		tenant, err := core.Get(tx, other)
		if err == nil {
			err = tenant.AddAlias("https://id.other.example")
		}
		if err != nil {
			return err
		}
		return core.Put(tx, tenant)
	}))
	a.Run(t, []row{
		{Name: "one at a host of its own", As: "console auditor", Path: "/console/api/otherTenants", Want: w{"items.#=1", "items.0.name=Other", "items.0.key=other", "items.0.console=https://id.other.example/console/"}},
		{Name: "by a key", Path: "/console/api/otherTenants", Status: 401},
	})
}
