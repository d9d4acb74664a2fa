package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// What stands is asked twice, so that the second answer is one that was remembered, then
// changed, and asked again.
func TestWhatStandsChangesWithItsCommit(t *testing.T) {
	a := coretest.New(t)
	host := func(name string) string {
		t.Helper()
		var was core.ID[core.Tenant]
		for i := range 2 {
			id, err := a.App.HostTenant(t.Context(), name)
			if err != nil || i > 0 && id != was {
				t.Fatalf("host %s: %q, %q before: %v", name, id, was, err)
			}
			was = id
		}
		return string(was)
	}
	issuer := func() string {
		t.Helper()
		var was string
		for i := range 2 {
			is, _, err := a.App.Issuers(t.Context(), a.Tenant)
			if err != nil || i > 0 && is != was {
				t.Fatalf("issuer %s, %s before: %v", is, was, err)
			}
			was = is
		}
		return was
	}
	set := func(aliases ...string) {
		t.Helper()
		err := a.App.Update(core.AsSystem(t.Context(), a.Tenant), func(tx *core.Tx) error {
			ten, err := core.Get(tx, a.Tenant)
			if err != nil {
				return err
			}
			ten.Aliases = aliases
			return core.Put(tx, ten)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	server := issuer()
	for _, step := range []struct {
		aliases       []string
		one, two, iss string
	}{
		{nil, "", "", server},
		{[]string{"https://one.example"}, string(a.Tenant), "", "https://one.example"},
		{[]string{"https://two.example"}, "", string(a.Tenant), "https://two.example"},
		{nil, "", "", server},
	} {
		set(step.aliases...)
		if one, two, iss := host("ONE.example"), host("two.example"), issuer(); one != step.one || two != step.two || iss != step.iss {
			t.Errorf("with %v: %q, %q, %q; want %q, %q, %q", step.aliases, one, two, iss, step.one, step.two, step.iss)
		}
	}
}
