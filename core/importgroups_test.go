package core_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

func TestGroupsAreImportedWithTheirNumbers(t *testing.T) {
	w := coretest.On(t, storetest.Twice(mem.Open()), func(*core.App) {})
	dir := w.Directory(t, "My Application Directory").ID
	for _, c := range []struct {
		name     string
		conflict core.OnConflict
		lines    string
		want     string // made, same, skipped
		why      string
	}{
		{"new", "", `{"name":"Editors","number":4,"customData":{"permissions":["cms.add_page"]}}|{"name":"Press","number":9}`, "2 0 0", ""},
		{"again", "", `{"name":"Editors","number":4}|{"name":"press","number":9}|{"name":"Press"}`, "0 2 1", ""},
		{"again, refused", core.ConflictFail, `{"name":"Press","number":10}`, "0 0 0", "Another group has its name"},
		{"a number that is taken", "", `{"name":"Crew","number":4}`, "0 0 0", "number"},
		{"no group", "", `{"name":7}|[|{"name":""}|{"name":"A","number":-1}|{"name":"B","customData":{"-a":1}}`, "0 0 0", "no group"},
	} {
		var lines [][]byte
		for l := range strings.SplitSeq(c.lines, "|") {
			lines = append(lines, []byte(l))
		}
		r, err := w.App.ImportGroups(w.Machine(), lines, core.AccountImport{Directory: dir, OnConflict: c.conflict})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(r.Made, r.Same, r.Skipped); got != c.want || !strings.Contains(fmt.Sprint(r.Refused), c.why) || len(lines) != r.Made+r.Same+r.Skipped+len(r.Refused) {
			t.Errorf("%s: %s, want %s; %+v", c.name, got, c.want, r.Refused)
		}
		w.Sound(t)
	}
	w.View(t, func(tx *core.Tx) error {
		g, err := core.Find(tx, core.GroupNumber, string(dir), core.NumberValue(4))
		if err == nil && g.Name != "Editors" {
			t.Errorf("4 is %s", g.Name)
		}
		return err
	})
}

// The directory of a Django site is made once, knows names in their case, and is
// mapped once.
func TestADirectoryWithTheRulesOfDjango(t *testing.T) {
	w := coretest.On(t, storetest.Twice(mem.Open()), func(*core.App) {})
	app := w.Application(t, "My Application").ID
	make := func(name string) (id core.ID[core.Directory], err error) {
		err = w.App.Update(w.Machine(), func(tx *core.Tx) error {
			d, err := core.DjangoDirectory(tx, name, app)
			if err == nil {
				id = d.ID
			}
			return err
		})
		return id, err
	}
	one, err := make("Shop")
	ok(t, err)
	again, err := make("SHOP")
	ok(t, err)
	if one != again {
		t.Errorf("%s, and then %s", one, again)
	}
	if _, err := make("My Application Directory"); err == nil {
		t.Error("a directory with other rules was taken")
	}
	w.View(t, func(tx *core.Tx) error {
		all, err := core.Mappings(tx, app)
		if len(all) != 2 || all[1].Store != core.RefTo(one) || all[1].DefaultAccounts {
			t.Errorf("%d mappings", len(all))
		}
		return err
	})
	r, err := w.App.ImportAccounts(w.Machine(), [][]byte{[]byte(`{"username":"ann","email":"a@x.io"}`), []byte(`{"username":"ANN","email":"a@x.io"}`)}, core.AccountImport{Directory: one})
	if err != nil || r.Made != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	w.Sound(t)
}

// A hash of Django, however weak, is replaced when its owner signs in, and not before.
func TestHashesOfDjangoAreReplacedAtTheFirstLogin(t *testing.T) {
	w := coretest.New(t)
	dir, app := w.Directory(t, "My Application Directory").ID, w.Application(t, "My Application").ID
	for i, hash := range []string{"3cb4e732631f47e6eb961f34554b7cde", "md5$a1b2c$e9fd6a9deddeb10b3489e789a9179611",
		"sha1$$2f9e53523b62abc141a2b4d6019d23cba835dbd0", "pbkdf2_sha256$12000$Xk3vVQyMtTPb$h9sowoakKwrqusdPijXfa1aTl5rRc0b8ro2q2Owvct8="} {
		email := fmt.Sprintf("p%d@x.io", i)
		r, err := w.App.ImportAccounts(w.Machine(), [][]byte{[]byte(`{"email":"` + email + `","passwordHash":"` + hash + `"}`)}, core.AccountImport{Directory: dir})
		if err != nil || r.Made != 1 {
			t.Fatalf("%s: %+v, %v", hash, r, err)
		}
		stored := func() (is string) {
			ok(t, w.App.View(core.AsSystem(t.Context(), w.Tenant), func(tx *core.Tx) error {
				acc, err := core.Find(tx, core.AccountEmail, string(dir), email)
				if err != nil {
					return err
				}
				sec, err := core.Get(tx, core.ID[core.Security](acc.ID))
				if err == nil {
					is = sec.PasswordHash
				}
				return err
			}))
			return is
		}
		for _, try := range []struct {
			password string
			right    bool
			kept     bool
		}{{"wrong", false, true}, {"correct horse", true, false}, {"correct horse", true, false}} {
			out, err := w.App.Authenticate(w.As(core.Support), core.Attempt{Application: app, Login: email, Password: try.password})
			if is := stored(); (err == nil && out.Done != nil) != try.right || (is == hash) != try.kept || !try.kept && !strings.HasPrefix(is, "$argon2id$") {
				t.Errorf("%s with %q: %v, and then %s", hash, try.password, err, is)
			}
		}
	}
}
