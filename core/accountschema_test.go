package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// register makes an account of a directory.
func register(w *coretest.World, dir core.ID[core.Directory], email string, fill ...func(*core.Account)) error {
	acc := core.Make[core.Account]()
	acc.Email = email
	for _, f := range fill {
		f(acc)
	}
	_, err := w.App.Register(w.Machine(), core.Registration{Through: core.RefTo(dir), Account: acc, Password: coretest.Password})
	return err
}

func TestRequiredNamesAreDemandedOfEveryProfile(t *testing.T) {
	w := newWorld(t)
	s := newShop(t, w)
	named := func(given, surname string) func(*core.Account) {
		return func(a *core.Account) { a.GivenName, a.Surname = given, surname }
	}
	wantCode(t, "no names before the rule", register(w, s.dir.ID, "a@example.com"), "")
	change(t, w, core.ID[core.AccountSchema](s.dir.ID), func(s *core.AccountSchema) { s.Surname = true })
	for _, c := range []struct {
		what string
		err  error
		want string
	}{
		{"no names", register(w, s.dir.ID, "b@example.com"), "required"},
		{"no surname", register(w, s.dir.ID, "b@example.com", named("B", " ")), "required"},
		{"a surname", register(w, s.dir.ID, "b@example.com", named("", "B")), ""},
		{"another directory", register(w, s.club.ID, "b@example.com"), ""},
		{"a profile of before, changed", tryChange(w, s.ann.ID, named("Ann", "")), "required"},
		{"a status of before, changed", tryChange(w, s.ann.ID, func(a *core.Account) { a.Status = core.Disabled }), ""},
		{"completed", tryChange(w, s.ann.ID, named("Ann", "Ames")), ""},
		{"taken away again", tryChange(w, s.ann.ID, named("Ann", "")), "required"},
	} {
		wantCode(t, c.what, c.err, c.want)
	}
	setPassword(t, w.App, w.Machine, s.ann.ID, "N3wPassword")
	err := register(w, s.dir.ID, "c@example.com")
	if got, want := core.AsError(err).Msg, "Account surname is required; it cannot be null, empty, or blank."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	schema := &core.AccountSchema{}
	for _, name := range core.SchemaFields {
		if schema.Required(name) == nil {
			t.Errorf("no field %s", name)
		}
	}
	if schema.Required("email") != nil {
		t.Error("a field email")
	}
}
