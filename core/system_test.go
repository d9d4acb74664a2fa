package core_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// system is what a check of the system space says.
func system(t *testing.T, w *coretest.World) []string {
	t.Helper()
	wrong, err := w.App.CheckSystem(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return wrong
}

func TestTheSystemSpaceIsMadeAnewFromTheTenants(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	other := w.Other(t, "other")
	for at, host := range map[*coretest.World]string{w: "https://a.example.com", other: "https://b.example.com"} {
		at.Update(t, func(tx *core.Tx) error {
			ten, err := core.Get(tx, at.Tenant)
			if err != nil {
				return err
			}
			if err := ten.AddAlias(host); err != nil {
				return err
			}
			return core.Put(tx, ten)
		})
	}
	if wrong := system(t, w); len(wrong) > 0 {
		t.Fatalf("two sound tenants: %q", wrong)
	}
	key := ""
	for k, v := range coretest.Dump(t, s) {
		if strings.HasPrefix(k, "s-/ak/") && v == string(w.Tenant) {
			key = k
		}
	}
	if key == "" {
		t.Fatal("the world has no API key")
	}
	const nobody = "00000000000000000000nn"
	for _, c := range []struct{ name, key, value, says string }{
		{"a key is nobody's", key, nobody, "points to tenant"},
		{"a key is another's", key, string(other.Tenant), "points to tenant"},
		{"a key is lost", key, "", "is missing"},
		{"an entry has no key", "s-/ak/0000000000000000000000", string(w.Tenant), "points to tenant"},
		{"a host is another's", "s-/host/a.example.com", string(other.Tenant), "points to tenant"},
		{"a host is lost", "s-/host/a.example.com", "", "is missing"},
		{"a host of nobody", "s-/host/c.example.com", nobody, "points to tenant"},
		{"a setup link of nobody", "s-/setup/x", nobody, "points to tenant"},
		{"a tenant is not listed", "s-/tenant/" + string(other.Tenant), "", "missing in the list"},
		{"a tenant is listed by a wrong key", "s-/tenant/" + string(other.Tenant), "mistaken", "whose key is"},
		{"work of nobody", "s-/due/job/" + nobody, "\x01", "mark of work"},
	} {
		coretest.Plant(t, s, c.key, c.value)
		if wrong := system(t, w); !slices.ContainsFunc(wrong, func(line string) bool { return strings.Contains(line, c.says) }) {
			t.Errorf("%s: %q", c.name, wrong)
		}
		mended, left, err := w.App.RepairSystem(t.Context())
		if err != nil || len(mended) != 1 || len(left) > 0 || !strings.Contains(mended[0], c.says) {
			t.Errorf("%s: mended %q, left %q, %v", c.name, mended, left, err)
		}
		if wrong := system(t, w); len(wrong) > 0 {
			t.Errorf("%s, after the repair: %q", c.name, wrong)
		}
	}
	w.Sound(t)
	if lines := coretest.Holding(t, s, "tenant.repair"); len(lines) != 11 {
		t.Errorf("%d repairs are audited", len(lines))
	}
}

// What points to a tenant that cannot be read is all that is left to find it by.
func TestARepairOfTheSystemSpaceLeavesWhatItCannotDecide(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	other := w.Other(t, "other")
	record := "o" + string(other.Tenant) + "/ten/" + string(other.Tenant)
	whole := coretest.Dump(t, s)[record]
	for name, value := range map[string]string{"lost": "", "broken": "{"} {
		coretest.Plant(t, s, record, value)
		before := len(coretest.Dump(t, s))
		mended, left, err := w.App.RepairSystem(t.Context())
		if err != nil || len(mended) > 0 || len(left) != 1 || len(coretest.Dump(t, s)) != before {
			t.Errorf("%s: mended %q, left %q, %v", name, mended, left, err)
		}
	}
	coretest.Plant(t, s, record, whole)
	if wrong := system(t, w); len(wrong) > 0 {
		t.Errorf("%q", wrong)
	}
}

func TestACommitSequenceThatIsBehindIsFoundAndMended(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	at := "s" + string(w.Tenant) + "/seq"
	was := coretest.Dump(t, s)[at]
	for _, value := range []string{"1", "", "x"} {
		coretest.Plant(t, s, at, value)
		wrong, err := w.App.Check(t.Context(), w.Tenant)
		if err != nil || len(wrong) != 1 || !strings.Contains(wrong[0], "sequence") {
			t.Errorf("%q: %q, %v", value, wrong, err)
		}
		mended, left, err := w.App.Repair(t.Context(), w.Tenant)
		if err != nil || len(mended) != 1 || len(left) > 0 {
			t.Errorf("%q: mended %q, left %q, %v", value, mended, left, err)
		}
		if coretest.Dump(t, s)[at] == was {
			t.Error("the repair itself was not numbered")
		}
		w.Sound(t)
	}
}
