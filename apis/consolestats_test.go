package apis_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestTheConsolesHomeCountsWhatHappened(t *testing.T) {
	a := consoled(t)
	try := func(login string) {
		a.Do(t, "", "POST", "/v1/applications/{app}/loginAttempts", loginBody(login), nil)
	}
	a.Clock.Turn(-26 * time.Hour) // into the day before the last one: 21 November, noon, is now
	try("ann:Passw0rd!")
	try("ann:Passw0rd!")
	a.Clock.Turn(5 * time.Hour)
	try("ann:wrong")
	try("ann:Passw0rd!")
	a.Clock.Turn(21 * time.Hour)
	try("ann:wrong")
	a.Console(t, "console", a.Owner.ID)
	a.Console(t, "console auditor", core.ID[core.Account](a.Vars["auditor"]))
	a.Run(t, []row{
		{Name: "a day", As: "console auditor", Path: "/console/api/stats", Want: w{"points.#=24", "points.0.at=2026-11-20T13:00:00.000Z", "points.23.at=2026-11-21T12:00:00.000Z",
			"points.2.signIns=1", "points.2.failures=1", "points.2.at=2026-11-20T15:00:00.000Z", "points.23.failures=1", "totals.signIns=1", "totals.failures=2", "before.signIns=2", "before.failures=0"}},
		{Name: "a week, by days that begin in UTC", As: "console", Path: "/console/api/stats?range=7d", Want: w{"points.#=7", "points.6.at=2026-11-21T00:00:00.000Z", "points.5.signIns=3", "points.5.failures=1", "points.6.failures=1", "totals.signIns=3", "before.signIns=0"}},
		{Name: "a month, by days elsewhere", As: "console", Path: "/console/api/stats?range=30d&zone=-720", Want: w{"points.#=30", "points.29.at=2026-11-21T12:00:00.000Z", "points.28.signIns=1", "points.27.signIns=2", "totals.signIns=3"}},
		{Name: "another time", As: "console", Path: "/console/api/stats?range=1y", Status: 400, Want: w{"error=bad_query_value"}},
		{Name: "no zone", As: "console", Path: "/console/api/stats?zone=UTC", Status: 400, Want: w{"error=bad_query_value"}},
		{Name: "a zone too far", As: "console", Path: "/console/api/stats?zone=841", Status: 400},
		{Name: "by a key", Path: "/console/api/stats", Status: 401},
		{Name: "by the machine", As: apitest.Machine, Path: "/console/api/stats", Want: w{"warnings.0.code=backup_never"}},
	})
}

func TestTheConsolesHomeTellsWhatIsNow(t *testing.T) {
	a := consoled(t)
	a.Run(t, []row{
		{Name: "at first", As: "console", Path: "/console/api/stats", Want: w{"accounts.disabled=0", "accounts.unverified=0", "sessions.live=4", "sessions.whole=true", "mail.waiting=0", "mail.leaves=true", "lostJobs=0", "keys.#=0",
			"steps.application=false", "steps.people=true", "steps.mail=true", "steps.operator=true", "steps.backup=false", "storage=null"}},
		{Name: "one is disabled", As: "console", Method: "POST", Path: "/v1/accounts/{ann}", Body: `{"status":"DISABLED"}`, Events: []string{"account.update"}},
		{Name: "and told of", As: "console", Path: "/console/api/stats", Want: w{"accounts.disabled=1"}},
		{Name: "a client", As: "console", Method: "POST", Path: "/v1/applications/{app}/clients", Body: `{"name":"web","redirectUris":["https://app.example/cb"]}`, Status: 201, Events: []string{"client.create"}},
		{Name: "is an application that is connected", As: "console", Path: "/console/api/stats", Want: w{"steps.application=true"}},
		{Name: "a key", As: "console", Method: "POST", Path: "/v1/signingKeys", Body: `{"alg":"EdDSA"}`, Status: 201, Events: []string{"signingKey.create"}},
		{Name: "signs from now on", As: "console", Path: "/console/api/stats", Want: w{"keys.#=1", "keys.0.alg=EdDSA", "keys.0.since=2026-11-21T12:00:00.000Z", "keys.0.next=2027-02-19T12:00:00.000Z"}},
		{Name: "backups are for owners", As: "console admin", Path: "/console/api/stats", Want: w{"steps.backup=null"}},
	})
}

// However much a tenant has, its home reads as much.
func TestTheConsolesHomeReadsNoMoreOfATenantThatHasMore(t *testing.T) {
	s := &coretest.Counting{Store: mem.Open()}
	a := apitest.On(t, s)
	a.Console(t, "console", a.Owner.ID)
	dir := core.ID[core.Directory](a.Vars["dir"])
	read := func(path string) (least int64) {
		for n := range 3 { // a worker may read meanwhile
			before := s.Gets.Load() + s.Seen.Load()
			if ans := a.Do(t, "console", "GET", path, "", nil); ans.Status != 200 {
				t.Fatalf("%d %s", ans.Status, ans.Body)
			}
			if work := s.Gets.Load() + s.Seen.Load() - before; n == 0 || work < least {
				least = work
			}
		}
		return least
	}
	paths := []string{"/console/api/stats?range=30d", "/console/api/counts"}
	before := []int64{read(paths[0]), read(paths[1])}
	a.Update(t, func(tx *core.Tx) error {
		for i := range 300 {
			acc := core.Make[core.Account]()
			acc.Directory, acc.Username, acc.Email = dir, fmt.Sprint("p", i), fmt.Sprintf("p%d@example.com", i)
			if i%3 == 0 {
				acc.Status = core.Disabled
			}
			if err := core.Put(tx, acc); err != nil {
				return err
			}
		}
		return nil
	})
	for i, path := range paths {
		if after := read(path); after > before[i]+20 || after > 500 {
			t.Errorf("%s reads %d, and %d of 300 accounts less", path, after, before[i])
		}
	}
	ans := a.Do(t, "console", "GET", paths[0], "", nil)
	if ans.Has("accounts.disabled=100") != nil || ans.Has("totals.newAccounts=306") != nil && !strings.Contains(string(ans.Body), `"newAccounts":3`) {
		t.Errorf("%s", ans.Body)
	}
}

func TestTheConsolesHomeIsOfOneTenant(t *testing.T) {
	a := consoled(t)
	other, err := a.App.TenantNamed(context.Background(), "other")
	check(t, err)
	ctx := core.AsMachine(context.Background(), other)
	check(t, a.App.Update(ctx, func(tx *core.Tx) error {
		for i := range 5 {
			g := core.Make[core.Group]()
			g.Directory, g.Name = core.ID[core.Directory](a.Vars["otherdir"]), fmt.Sprint("g", i)
			if err := core.Put(tx, g); err != nil {
				return err
			}
		}
		return nil
	}))
	for range 3 {
		a.App.Authenticate(ctx, core.Attempt{Application: core.ID[core.Application](a.Vars["otherapp"]), Login: "ann", Password: "wrong", Door: "test"})
	}
	a.Run(t, []row{
		{Name: "its sign-ins", As: "console", Path: "/console/api/stats", Want: w{"totals.failures=0"}},
		{Name: "its records", As: "console auditor", Path: "/console/api/counts", Want: w{"groups=1", "applications=2", "directories=2"}},
	})
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
