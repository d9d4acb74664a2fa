package core_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestSettingsAreKeptAndForgotten(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	text := func(v string) *string { return &v }
	for _, c := range []struct {
		name          string
		change        map[string]*string
		want          map[string]string
		before, after int // members of the line of the audit log; none is no line
	}{
		{"nothing to forget", map[string]*string{"a": nil}, map[string]string{}, 0, 0},
		{"two", map[string]*string{"a": text("1"), "b": text("2")}, map[string]string{"a": "1", "b": "2"}, 0, 2},
		{"the same once more", map[string]*string{"a": text("1")}, map[string]string{"a": "1", "b": "2"}, 0, 0},
		{"another value", map[string]*string{"a": text("3")}, map[string]string{"a": "3", "b": "2"}, 1, 1},
		{"one is forgotten", map[string]*string{"a": nil}, map[string]string{"b": "2"}, 1, 0},
	} {
		lines := settingLines(t, w)
		var kept map[string]core.KeptSetting
		w.Update(t, func(tx *core.Tx) (err error) {
			kept, err = core.KeepSettings(tx, c.change)
			return err
		})
		stored, err := core.KeptSettings(t.Context(), s)
		if err != nil || !maps.Equal(stored, kept) {
			t.Errorf("%s: stored %v, told %v, %v", c.name, stored, kept, err)
		}
		got := map[string]string{}
		for name, k := range kept {
			if got[name] = k.Value; k.At.IsZero() {
				t.Errorf("%s: %s was kept at no time", c.name, name)
			}
		}
		if !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		more := settingLines(t, w)[len(lines):]
		if len(more) != min(1, c.before+c.after) || len(more) == 1 && (len(more[0].Before) != c.before || len(more[0].After) != c.after) {
			t.Errorf("%s: audited as %v", c.name, more)
		}
	}
}

func settingLines(t *testing.T, w *coretest.World) (lines []core.AuditLine) {
	t.Helper()
	w.View(t, func(tx *core.Tx) error {
		all, err := tx.AuditPage(0, 10_000)
		lines = slices.DeleteFunc(all, func(l core.AuditLine) bool { return l.Type != "settings.update" })
		return err
	})
	return lines
}

func TestSettingsAreForOwners(t *testing.T) {
	w := coretest.New(t)
	value := "1"
	for role, want := range map[core.Role]bool{core.Owner: true, core.Admin: false, core.Support: false, core.Auditor: false, "": false} {
		err := w.App.Update(w.As(role), func(tx *core.Tx) error {
			_, err := core.KeepSettings(tx, map[string]*string{"a": &value})
			return err
		})
		if (err == nil) != want {
			t.Errorf("%s: %v", role, err)
		}
	}
}

// What a later version has written stops nothing, and is replaced by what is kept next.
func TestSettingsThatCannotBeReadAreNone(t *testing.T) {
	s := mem.Open()
	w := worldOn(t, s)
	if err := s.Update(t.Context(), func(kv store.Tx) error { return kv.Put("s-/settings", []byte(`[1]`)) }); err != nil {
		t.Fatal(err)
	}
	if kept, err := core.KeptSettings(t.Context(), s); !errors.Is(err, core.ErrSettings) || len(kept) > 0 {
		t.Errorf("%v, %v", kept, err)
	}
	value := "1"
	w.Update(t, func(tx *core.Tx) error {
		if kept, err := tx.KeptSettings(); err != nil || len(kept) > 0 {
			t.Errorf("%v, %v", kept, err)
		}
		_, err := core.KeepSettings(tx, map[string]*string{"a": &value})
		return err
	})
	if kept, err := core.KeptSettings(t.Context(), s); err != nil || kept["a"].Value != "1" {
		t.Errorf("%v, %v", kept, err)
	}
}
