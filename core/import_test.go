package core_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/layer"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

func TestAnImportRunAgainHasNothingToDo(t *testing.T) {
	all := core.ExportOptions{Secrets: true, Operators: true}
	lines := lived(t, mem.Open()).Exported(t, all)
	s := storetest.Twice(mem.Open())
	w, _ := imported(t, s, lines[:len(lines)/2], core.ImportOptions{Operators: true})
	r, err := w.App.Import(w.Machine(), lines, core.ImportOptions{Operators: true})
	if err != nil || len(r.Refused) > 0 || r.Same != len(lines)/2 || r.Made != len(lines)-len(lines)/2 {
		t.Errorf("%+v, %v", r, err)
	}
	w.Sound(t)
	before := contents(t, s)
	if r, err = w.App.Import(w.Machine(), lines, core.ImportOptions{Operators: true}); err != nil || r.Same != len(lines) {
		t.Errorf("%+v, %v", r, err)
	}
	if !maps.Equal(before, contents(t, s)) {
		t.Error("it wrote")
	}
}

func TestConflictsAreTreatedAsIsAsked(t *testing.T) {
	lines := lived(t, mem.Open()).Exported(t, core.ExportOptions{Secrets: true, Operators: true})
	for _, c := range []struct {
		how  core.OnConflict
		want string // made, changed, skipped, refused
		name string
	}{
		{core.ConflictFail, "0 0 0 1", "Crew"}, {core.ConflictSkip, "0 0 1 0", "Crew"}, {core.ConflictReplace, "0 1 0 0", "Other"},
	} {
		w, _ := imported(t, mem.Open(), lines, core.ImportOptions{Operators: true})
		var line []byte
		for _, l := range lines {
			if bytes.HasPrefix(l, []byte(`{"kind":"groups"`)) {
				line = bytes.Replace(l, []byte(`"Crew"`), []byte(`"Other"`), 1)
			}
		}
		r, err := w.App.Import(w.Machine(), [][]byte{line}, core.ImportOptions{OnConflict: c.how})
		if got := fmt.Sprint(r.Made, r.Changed, r.Skipped, len(r.Refused)); err != nil || got != c.want {
			t.Errorf("%s: %s, want %s; %+v, %v", c.how, got, c.want, r, err)
		}
		in, err := core.ParseExported(line)
		if err != nil {
			t.Fatal(err)
		}
		w.View(t, func(tx *core.Tx) error {
			g, err := core.Get(tx, core.ID[core.Group](in.ID))
			if err == nil && g.Name != c.name {
				t.Errorf("%s: it is called %s", c.how, g.Name)
			}
			return err
		})
		w.Sound(t)
	}
}

// Each line is refused by itself, and says why; nothing of it stays.
func TestHostileLinesAreRefused(t *testing.T) {
	source := lived(t, mem.Open())
	lines := source.Exported(t, core.ExportOptions{Secrets: true, Operators: true})
	of := func(kind string) string {
		for _, l := range lines {
			if strings.HasPrefix(string(l), `{"kind":"`+kind+`"`) {
				return string(l)
			}
		}
		t.Fatal("no " + kind)
		return ""
	}
	in, err := core.ParseExported([]byte(of("groups")))
	if err != nil {
		t.Fatal(err)
	}
	edit := func(kind, old, to string) string {
		line := strings.Replace(of(kind), old, to, 1)
		if line == of(kind) {
			t.Fatalf("%s has no %s", kind, old)
		}
		return line
	}
	s := mem.Open()
	w, _ := imported(t, s, lines, core.ImportOptions{Operators: true})
	before := contents(t, s)
	fresh := core.NewID7()
	for _, c := range []struct{ name, line, why string }{
		{"no JSON", `{`, "no record"},
		{"two", of("groups") + of("groups"), "more than one"},
		{"an unknown member", `{"kind":"groups","id":"x","odd":1}`, "odd"},
		{"an unknown kind", `{"kind":"moons","id":"x","record":{}}`, "moons"},
		{"no id", `{"kind":"groups","id":"a/b","record":{}}`, "no id"},
		{"no record", `{"kind":"groups","id":"x"}`, "not one"},
		{"no times", `{"kind":"groups","id":"x","record":{"name":"x"}}`, "no revision"},
		{"a link that is no id", edit("accounts", `"directory":"`, `"directory":"../`), "no id"},
		{"a name that is taken", edit("groups", in.ID, fresh), "already exists"},
		{"an owner that is not there", edit("groups", `"directory":"`, `"directory":"0`), "not there"},
		{"a secret that it cannot have", edit("groups", `"record"`, `"sealed":{"x":"y"},"record"`), "secret"},
		{"custom data that it cannot have", edit("accountSecurity", `"record"`, `"customData":{},"record"`), "custom data"},
		{"administrators of its own", `{"kind":"directories","id":"` + fresh + `","record":{"name":"x","status":"ENABLED","admin":true,"createdAt":"2020-01-01T00:00:00.000Z","modifiedAt":"2020-01-01T00:00:00.000Z","rev":1}}`, "administrators"},
		{"another member of the record", `{"kind":"groups","id":"` + fresh + `","record":{"nmae":"x"}}`, "nmae"},
	} {
		r, err := w.App.Import(w.Machine(), [][]byte{[]byte(c.line)}, core.ImportOptions{Operators: true})
		if err != nil || len(r.Refused) != 1 || !strings.Contains(r.Refused[0].Why, c.why) {
			t.Errorf("%s: %+v, %v", c.name, r, err)
		}
	}
	if !maps.Equal(before, contents(t, s)) {
		t.Error("something was written")
	}
	w.Sound(t)
}

func TestWithoutThemNoSecretsAndNoOperatorsTravel(t *testing.T) {
	source := lived(t, mem.Open())
	lines := source.Exported(t, core.ExportOptions{})
	text := string(bytes.Join(lines, []byte("\n")))
	for _, secret := range []string{people2Hash, "argon2id", source.Secret, `"operators"`, "a print", "Administrators", `"apiKeys"`, `"proofs"`, "wrappedKey\":\""} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in it", secret)
		}
	}
	w, r := imported(t, mem.Open(), lines, core.ImportOptions{})
	if len(r.Refused) > 0 || r.Changed != 1 || r.Made != len(lines)-1 {
		t.Errorf("%+v", r)
	}
	w.Sound(t)
	w.View(t, func(tx *core.Tx) error {
		owners, err := core.Owners(tx)
		if len(owners) != 1 || owners[0].ID != w.Owner.ID {
			t.Errorf("the owners are %v", owners)
		}
		tn, err2 := core.Get(tx, tx.Tenant)
		if err2 == nil && tn.Name != "Acme & Söhne" {
			t.Errorf("it is called %s", tn.Name)
		}
		return err
	})
	all := source.Exported(t, core.ExportOptions{Secrets: true, Operators: true})
	other, r := imported(t, mem.Open(), all, core.ImportOptions{})
	if r.Left == 0 || len(r.Refused) > 0 {
		t.Errorf("%+v", r)
	}
	other.View(t, func(tx *core.Tx) error {
		owners, err := core.Owners(tx)
		if len(owners) != 1 || owners[0].ID != other.Owner.ID {
			t.Errorf("the owners are %v", owners)
		}
		return err
	})
}

// A rehearsal says what an import would do, and leaves the store as it was.
func TestARehearsalWritesNothing(t *testing.T) {
	lines := lived(t, mem.Open()).Exported(t, core.ExportOptions{Secrets: true, Operators: true})
	s := mem.Open()
	w := coretest.On(t, s, coretest.Badges)
	before := contents(t, s)
	on, err := w.App.Over(func(base store.Store) (store.Store, error) { return layer.Over(base, mem.Open()), nil })
	if err != nil {
		t.Fatal(err)
	}
	to, err := w.App.PrepareImport(core.AsRehearsal(w.Machine(), on), lines[0], true)
	if err != nil || !to.Replaced {
		t.Fatal(to, err)
	}
	r, err := w.App.Import(core.AsRehearsal(core.AsMachine(t.Context(), to.Tenant), on), lines, core.ImportOptions{Operators: true})
	if err != nil || r.Made != len(lines)-1 || len(r.Refused) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if !maps.Equal(before, contents(t, s)) {
		t.Error("it wrote")
	}
	w.Sound(t)
}

func FuzzALineOfAnExportIsTakenOrRefused(f *testing.F) {
	source := lived(f, mem.Open())
	for _, l := range source.Exported(f, core.ExportOptions{Secrets: true, Operators: true}) {
		f.Add([]byte(l))
	}
	w := coretest.New(f, coretest.Badges)
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := w.App.Import(w.Machine(), [][]byte{line}, core.ImportOptions{Operators: true, OnConflict: core.ConflictReplace})
		if _, known := err.(*core.Error); err != nil && !known || err == nil && r.Made+r.Changed+r.Same+r.Skipped+r.Left+len(r.Refused) != 1 {
			t.Errorf("%q: %+v, %v", line, r, err)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Error(err)
		}
	})
}
