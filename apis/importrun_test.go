package apis

import (
	"fmt"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func TestImportsUnderWayAreBounded(t *testing.T) {
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	var rs importRuns
	who := func(i int) core.Actor {
		return core.Actor{Tenant: "t", Account: core.ID[core.Account](fmt.Sprint(i))}
	}
	for i := range maxImports + 1 {
		if err := rs.begin(&importRun{id: fmt.Sprint(i), tenant: "t", by: who(i).Account}, now); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := rs.find("0", who(0), now, false); err == nil {
		t.Error("the longest unused makes place for the newest")
	}
	if _, err := rs.find("1", who(2), now, false); err == nil {
		t.Error("another's is found")
	}
	if _, err := rs.find("1", core.Actor{Tenant: "u", Account: "1"}, now, false); err == nil {
		t.Error("another tenant's is found")
	}
	if _, err := rs.find("1", who(1), now, true); err != nil {
		t.Error(err)
	}
	if _, err := rs.find("1", who(1), now, false); err == nil {
		t.Error("one that was ended is found")
	}
	rs.close()
	if len(rs.all) != 0 {
		t.Error("some are left")
	}
}
