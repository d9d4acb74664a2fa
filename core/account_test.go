package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestWhatAnAccountMayHold(t *testing.T) {
	w := newWorld(t)
	strict := directory(t, w, "strict")
	loose := directory(t, w, "loose", func(d *core.Directory) {
		d.EmailRequired, d.EmailUnique, d.UsernameDefault, d.UsernameCaseSensitive = false, false, false, true
	})
	for _, c := range []struct {
		name   string
		dir    *core.Directory
		change func(*core.Account)
		field  string
		want   string
	}{
		{"an address", strict, func(a *core.Account) {}, "", ""},
		{"no address", strict, func(a *core.Account) { a.Email = " " }, "email", "required"},
		{"no address where none is needed", loose, func(a *core.Account) { a.Email, a.Username = "", "u" }, "", ""},
		{"no user name where none is made", loose, func(a *core.Account) {}, "username", "required"},
		{"a display name", strict, func(a *core.Account) { a.Email = "Ann <ann@example.com>" }, "email", "invalid_format"},
		{"two addresses", strict, func(a *core.Account) { a.Email = "a@b.c,d@e.f" }, "email", "invalid_format"},
		{"two ats", strict, func(a *core.Account) { a.Email = "a@b@c" }, "email", "invalid_format"},
		{"an at in disguise", strict, func(a *core.Account) { a.Email = "a@b＠c.d" }, "email", "invalid_format"},
		{"a line break", strict, func(a *core.Account) { a.Email = "a@b.c\r\nBcc: x@y.z" }, "email", "invalid_format"},
		{"nothing before the at", strict, func(a *core.Account) { a.Email = "@b.c" }, "email", "invalid_format"},
		{"a plus", strict, func(a *core.Account) { a.Email = "a+tag@b.c" }, "", ""},
		{"spaces around it", strict, func(a *core.Account) { a.Email = " trim@b.c " }, "", ""},
		{"255 characters", strict, func(a *core.Account) { a.Surname = strings.Repeat("ü", 255) }, "", ""},
		{"256 characters", strict, func(a *core.Account) { a.GivenName = strings.Repeat("ü", 256) }, "givenName", "too_long"},
		{"no UTF-8", strict, func(a *core.Account) { a.MiddleName = "\xff" }, "middleName", "bad_encoding"},
		{"a NUL", strict, func(a *core.Account) { a.Username = "a\x00b" }, "username", "invalid_value"},
		{"a status", strict, func(a *core.Account) { a.Status = core.Unverified }, "", ""},
		{"another status", strict, func(a *core.Account) { a.Status = "LOCKED" }, "status", "unsupported_value"},
		{"another verification", strict, func(a *core.Account) { a.EmailVerificationStatus = "MAYBE" }, "emailVerificationStatus", "unsupported_value"},
	} {
		err := undone(w, core.Actor{Kind: core.Machine, Tenant: w.Tenant}, t, func(tx *core.Tx) error {
			a := core.Make[core.Account]()
			a.Directory, a.Email = c.dir.ID, "ann@example.com"
			c.change(a)
			err := core.Put(tx, a)
			if err == nil && (a.Email != strings.TrimSpace(a.Email) || c.dir == strict && a.Username == "") {
				t.Errorf("%s: %+v", c.name, a)
			}
			return err
		})
		wantCode(t, c.name, err, c.want)
		if e := core.AsError(err); err != nil && e.Fields[c.field] == "" {
			t.Errorf("%s: fields %v, want %s", c.name, e.Fields, c.field)
		}
	}
}

func TestAUserNameIsNobodyElsesAddress(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	w.Update(t, func(tx *core.Tx) error {
		a := core.Make[core.Account]()
		a.Directory, a.Email, a.Username = d.ID, "ann@example.com", "taken@example.com"
		return core.Put(tx, a)
	})
	for _, c := range []struct{ username, email, want string }{
		{"ANN@example.com", "bob@example.com", "taken"},
		{"bob", "Taken@Example.com", "taken"},
		{"taken@example.com", "bob@example.com", "taken"},
		{"", "taken@example.com", "taken"},
		{"bob", "ann@example.com", "taken"},
		{"bob", "bob@example.com", ""},
	} {
		err := w.App.Update(w.Machine(), func(tx *core.Tx) error {
			a := core.Make[core.Account]()
			a.Directory, a.Email, a.Username = d.ID, c.email, c.username
			return core.Put(tx, a)
		})
		wantCode(t, c.username+" "+c.email, err, c.want)
	}
}

// A form that asks for no user name must be told of the address that was typed.
func TestATakenAddressIsSaidToBeOne(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	put := func(username, email string) error {
		return w.App.Update(w.Machine(), func(tx *core.Tx) error {
			a := core.Make[core.Account]()
			a.Directory, a.Email, a.Username = d.ID, email, username
			return core.Put(tx, a)
		})
	}
	wantCode(t, "the first", put("", "ann@example.com"), "")
	for _, c := range []struct{ username, email, field string }{
		{"", "Ann@Example.com", "email"},
		{"ann@example.com", "ann@example.com", "email"},
		{"bob", "ann@example.com", "email"},
		{"ANN@example.com", "bob@example.com", "username"},
	} {
		err := put(c.username, c.email)
		wantCode(t, c.username+" "+c.email, err, "taken")
		want := "Account with that " + c.field + " already exists.  Please choose another " + c.field + "."
		if err != nil && err.Error() != want {
			t.Errorf("%s %s: got %q, want %q", c.username, c.email, err, want)
		}
	}
}

func TestUserNamesAreComparedAsTheDirectorySays(t *testing.T) {
	w := newWorld(t)
	for sensitive, want := range map[bool]string{true: "", false: "taken"} {
		d := directory(t, w, map[bool]string{true: "Sensitive", false: "folding"}[sensitive], func(d *core.Directory) {
			d.UsernameCaseSensitive, d.EmailRequired = sensitive, false
		})
		add := func(name string) error {
			return w.App.Update(w.Machine(), func(tx *core.Tx) error {
				a := core.Make[core.Account]()
				a.Directory, a.Username = d.ID, name
				return core.Put(tx, a)
			})
		}
		ok(t, add("Bob"))
		wantCode(t, "bob beside Bob", add("bob"), want)
		wantCode(t, "the same in full width", add("Ｂｏｂ"), "taken")
		w.View(t, func(tx *core.Tx) error {
			for login, found := range map[string]bool{"Bob": true, "BOB": !sensitive, "": false} {
				a, err := core.FindLogin(tx, d, login)
				if err != nil || (a != nil) != found {
					t.Errorf("sensitive %v: FindLogin(%q) = %v, %v", sensitive, login, a, err)
				}
			}
			return nil
		})
	}
}

func TestFullNameIsTheNamesThereAre(t *testing.T) {
	for want, a := range map[string]core.Account{
		"":      {},
		"A":     {GivenName: "A"},
		"A C":   {GivenName: "A", Surname: "C"},
		"A B C": {GivenName: "A", MiddleName: "B", Surname: "C"},
	} {
		var v core.View
		a.View(&v)
		if a.FullName() != want || v.Fields[0].Value != want {
			t.Errorf("%q, %+v, want %q", a.FullName(), v.Fields, want)
		}
	}
}

func TestAnAddressIsVerifiedOnlyAsItIs(t *testing.T) {
	for name, row := range map[string]struct {
		change func(*core.Account)
		want   core.Verification
	}{
		"another address":                      {func(a *core.Account) { a.Email = "eve@example.com" }, core.AddressUnverified},
		"the same in another case":             {func(a *core.Account) { a.Email = "ANN@example.com" }, core.AddressVerified},
		"another name":                         {func(a *core.Account) { a.GivenName = "Anna" }, core.AddressVerified},
		"another address, said to be unknown":  {func(a *core.Account) { a.Email, a.EmailVerificationStatus = "eve@example.com", core.AddressUnknown }, core.AddressUnknown},
		"another address, and back in one act": {func(a *core.Account) { a.Email = "eve@example.com"; a.Email = "ann@example.com" }, core.AddressVerified},
	} {
		t.Run(name, func(t *testing.T) {
			w := coretest.New(t)
			ann := w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
			edit := func(change func(*core.Account)) {
				w.Update(t, func(tx *core.Tx) error {
					a, err := core.Get(tx, ann.ID)
					if err != nil {
						return err
					}
					change(a)
					return core.Put(tx, a)
				})
			}
			edit(func(a *core.Account) { a.EmailVerificationStatus = core.AddressVerified })
			edit(row.change)
			w.View(t, func(tx *core.Tx) error {
				a, err := core.Get(tx, ann.ID)
				if err == nil && a.EmailVerificationStatus != row.want {
					t.Errorf("status = %s, want %s", a.EmailVerificationStatus, row.want)
				}
				return err
			})
		})
	}
}

// A shared e-mail signs nobody in; it must not sign in whoever took it for a name.
func TestNobodyIsCalledByTheEmailOfAnother(t *testing.T) {
	w := newWorld(t)
	for _, unique := range []bool{true, false} {
		d := directory(t, w, map[bool]string{true: "unique", false: "shared"}[unique], func(d *core.Directory) { d.EmailUnique = unique })
		add := func(name, email string) error {
			return w.App.Update(w.Machine(), func(tx *core.Tx) error {
				a := core.Make[core.Account]()
				a.Directory, a.Username, a.Email = d.ID, name, email
				return core.Put(tx, a)
			})
		}
		ok(t, add("victim", "victim@example.com"))
		wantCode(t, "her e-mail as name and e-mail", add("victim@example.com", "victim@example.com"), "taken")
		wantCode(t, "her e-mail as name", add("Victim@example.com", "eve@example.com"), "taken")
		want := map[bool]string{true: "taken", false: ""}[unique]
		wantCode(t, "her e-mail as e-mail", add("eve", "victim@example.com"), want)
	}
}
