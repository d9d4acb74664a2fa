package core_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// staff are an account of each role, in the administrators' directory.
func staff(t *testing.T, w *coretest.World) map[core.Role]*core.Account {
	t.Helper()
	admins := w.Directory(t, "Stormpath Administrators").ID
	all := map[core.Role]*core.Account{}
	for _, role := range []core.Role{core.Owner, core.Admin, core.Support, core.Auditor, ""} {
		acc := w.Person(t, admins, fmt.Sprintf("is%s@example.com", role))
		if role != "" {
			w.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, acc.ID, role) })
		}
		all[role] = acc
	}
	return all
}

func by(w *coretest.World, role core.Role, acc core.ID[core.Account], caps core.Caps) core.Actor {
	return core.Actor{Kind: core.ByKey, Tenant: w.Tenant, Role: role, Account: acc, Caps: caps}
}

// undone runs fn in a transaction that is not kept.
func undone(w *coretest.World, actor core.Actor, t *testing.T, fn func(tx *core.Tx) error) (err error) {
	t.Helper()
	w.App.Update(core.As(t.Context(), actor), func(tx *core.Tx) error { err = fn(tx); return errNo })
	return err
}

func TestWhatEachRoleMayDoToEachKind(t *testing.T) {
	w := newWorld(t, coretest.Badges)
	h := hang(t, w)
	people := staff(t, w)
	var mapping *core.AccountStoreMapping
	var key *core.ApiKey
	w.Update(t, func(tx *core.Tx) error {
		mapping = &core.AccountStoreMapping{Application: h.app.ID, Store: core.RefTo(h.dir.ID)}
		key = core.Make[core.ApiKey]()
		key.Account = h.acc.ID
		strength, err := core.Get(tx, core.ID[core.Strength](h.dir.ID))
		if err != nil {
			return err
		}
		strength.MinLength = 9
		if err := core.Put(tx, strength); err != nil {
			return err
		}
		if err := core.CreateApiKey(tx, key); err != nil {
			return err
		}
		return core.SaveMapping(tx, mapping)
	})
	empty := group(t, w, h.dir.ID, "empty")
	member := join(t, w, h.acc.ID, h.grp.ID)
	b := badge(t, w, h.dir.ID, "b", "x")
	org, twins := organization(t, w, "org"), directory(t, w, "twins")
	orgMapping := mapOrg(t, w, org.ID, core.RefTo(h.dir.ID))
	twin := w.Person(t, twins.ID, "twin@example.com")
	lone, other := w.Person(t, h.dir.ID, "lone@example.com"), w.Person(t, twins.ID, "other@example.com")
	linked := link(t, w, h.acc.ID, twin.ID)
	policy := core.ID[core.AccountLinkingPolicy](org.ID)
	change(t, w, policy, func(p *core.AccountLinkingPolicy) { p.Status = core.Enabled })

	type verbs struct{ create, update, remove func(tx *core.Tx) error }
	kinds := map[string]verbs{
		"application": {
			func(tx *core.Tx) error { a := core.Make[core.Application](); a.Name = "new"; return core.Put(tx, a) },
			func(tx *core.Tx) error { a := *h.app; a.Description = "x"; return core.Put(tx, &a) },
			func(tx *core.Tx) error { return core.Delete(tx, h.app) }},
		"directory": {
			func(tx *core.Tx) error { return putDirectory(tx, "new") },
			func(tx *core.Tx) error { d := *h.dir; d.Description = "x"; return core.Put(tx, &d) },
			func(tx *core.Tx) error { return core.Delete(tx, h.dir) }},
		"group": {
			func(tx *core.Tx) error {
				return core.Put(tx, &core.Group{Directory: h.dir.ID, Name: "new", Status: core.Enabled})
			},
			func(tx *core.Tx) error { g := *h.grp; g.Description = "x"; return core.Put(tx, &g) },
			func(tx *core.Tx) error { return core.Delete(tx, h.grp) }},
		"account": {
			func(tx *core.Tx) error {
				a := core.Make[core.Account]()
				a.Directory, a.Email = h.dir.ID, "new@example.com"
				return core.Put(tx, a)
			},
			func(tx *core.Tx) error { a := *h.acc; a.Surname = "x"; return core.Put(tx, &a) },
			func(tx *core.Tx) error { return core.Delete(tx, h.acc) }},
		"membership": {
			func(tx *core.Tx) error {
				return core.Put(tx, &core.GroupMembership{Account: h.acc.ID, Group: empty.ID})
			},
			nil,
			func(tx *core.Tx) error { return core.Delete(tx, member) }},
		"mapping": {
			func(tx *core.Tx) error {
				return core.SaveMapping(tx, &core.AccountStoreMapping{Application: h.app.ID, Store: core.RefTo(h.grp.ID)})
			},
			func(tx *core.Tx) error {
				return edit(tx, mapping.ID, core.SaveMapping, func(m *core.AccountStoreMapping) { m.DefaultAccounts = true })
			},
			func(tx *core.Tx) error { return core.Delete(tx, mapping) }},
		"key": {
			func(tx *core.Tx) error {
				k := core.Make[core.ApiKey]()
				k.Account = h.acc.ID
				return core.CreateApiKey(tx, k)
			},
			func(tx *core.Tx) error { k := *key; k.Name = "x"; return core.Put(tx, &k) },
			func(tx *core.Tx) error { return core.Delete(tx, key) }},
		"strength": {
			nil,
			func(tx *core.Tx) error {
				return edit(tx, core.ID[core.Strength](h.dir.ID), core.Put, func(s *core.Strength) { s.MinLength++ })
			},
			func(tx *core.Tx) error {
				return edit(tx, core.ID[core.Strength](h.dir.ID), core.Delete, func(*core.Strength) {})
			}},
		"custom data": {
			nil,
			func(tx *core.Tx) error { return core.MergeCustomData(tx, core.RefTo(h.acc.ID), custom("k", "1")) },
			func(tx *core.Tx) error { return core.DeleteCustomData(tx, core.RefTo(h.acc.ID)) }},
		"custom data of a group": {
			nil,
			func(tx *core.Tx) error { return core.MergeCustomData(tx, core.RefTo(h.grp.ID), custom("k", "1")) },
			func(tx *core.Tx) error { return core.DeleteCustomData(tx, core.RefTo(h.grp.ID), "k") }},
		"badge": {
			func(tx *core.Tx) error {
				b := core.Make[coretest.Badge]()
				b.Directory, b.Name = h.dir.ID, "new"
				return core.Put(tx, b)
			},
			func(tx *core.Tx) error {
				return edit(tx, b.ID, core.Put, func(b *coretest.Badge) { b.Colour = "x" })
			},
			func(tx *core.Tx) error { return core.Delete(tx, b) }},
		"organization": {
			func(tx *core.Tx) error {
				o := core.Make[core.Organization]()
				o.Name, o.NameKey = "new", "new"
				return core.Put(tx, o)
			},
			func(tx *core.Tx) error { o := *org; o.Description = "x"; return core.Put(tx, &o) },
			func(tx *core.Tx) error { return core.Delete(tx, org) }},
		"mapping of an organization": {
			func(tx *core.Tx) error {
				return core.SaveMapping(tx, &core.OrganizationAccountStoreMapping{Organization: org.ID, Store: core.RefTo(h.grp.ID)})
			},
			func(tx *core.Tx) error {
				return edit(tx, orgMapping.ID, core.SaveMapping, func(m *core.OrganizationAccountStoreMapping) { m.DefaultAccounts = true })
			},
			func(tx *core.Tx) error { return core.Delete(tx, orgMapping) }},
		"link": {
			func(tx *core.Tx) error {
				return core.Put(tx, &core.AccountLink{LeftAccount: lone.ID, RightAccount: other.ID})
			},
			nil,
			func(tx *core.Tx) error { return core.Delete(tx, linked) }},
		"linking policy": {
			nil,
			func(tx *core.Tx) error {
				return edit(tx, policy, core.Put, func(p *core.AccountLinkingPolicy) { p.MatchingProperty = "email" })
			},
			nil},
		"tenant": {
			nil,
			func(tx *core.Tx) error {
				return edit(tx, tx.Tenant, core.Put, func(x *core.Tenant) { x.Name = "x" })
			},
			nil},
		"operator": {
			func(tx *core.Tx) error { return core.MakeOperator(tx, people[""].ID, core.Auditor) },
			func(tx *core.Tx) error { return core.MakeOperator(tx, people[core.Auditor].ID, core.Support) },
			func(tx *core.Tx) error {
				return edit(tx, core.ID[core.Operator](people[core.Auditor].ID), core.Delete, func(*core.Operator) {})
			}},
	}
	// Of create, update and delete, what the roles may do to what is below them.
	rights := map[string]map[core.Role]string{
		"application": {core.Admin: "cud"}, "directory": {core.Admin: "cud"}, "group": {core.Admin: "cud"},
		"account": {core.Admin: "cud", core.Support: "cu"}, "membership": {core.Admin: "cud", core.Support: "cd"},
		"mapping": {core.Admin: "cud"}, "key": {core.Admin: "cud"}, "strength": {core.Admin: "cud"},
		"custom data": {core.Admin: "cud", core.Support: "ud"}, "custom data of a group": {core.Admin: "cud"},
		"organization": {core.Admin: "cud"}, "mapping of an organization": {core.Admin: "cud"},
		"link": {core.Admin: "cud"}, "linking policy": {core.Admin: "cud"},
		"badge": {core.Admin: "cud", core.Support: "u"}, "tenant": {}, "operator": {},
	}
	for kind, v := range kinds {
		for _, role := range []core.Role{core.Owner, core.Admin, core.Support, core.Auditor, ""} {
			for letter, do := range map[string]func(*core.Tx) error{"c": v.create, "u": v.update, "d": v.remove} {
				if do == nil {
					continue
				}
				may := role == core.Owner || contains(rights[kind][role], letter)
				for caps, also := range map[core.Caps]bool{core.AllCaps: may, {Manage: true}: may, {Mint: true, ReadSecrets: true}: false} {
					err := undone(w, by(w, role, people[role].ID, caps), t, do)
					want := ""
					if !also {
						want = "forbidden"
					}
					wantCode(t, fmt.Sprintf("%q %s a %s with %+v", role, letter, kind, caps), err, want)
				}
				for who, want := range map[core.ActorKind]string{core.Anonymous: "unauthenticated", core.Machine: "", core.System: ""} {
					wantCode(t, fmt.Sprintf("%s %s a %s", who, letter, kind), undone(w, core.Actor{Kind: who, Tenant: w.Tenant}, t, do), want)
				}
			}
		}
	}
}

func orElse(first, then error) error {
	if first != nil {
		return first
	}
	return then
}

func contains(letters, letter string) bool {
	for _, l := range letters {
		if string(l) == letter {
			return true
		}
	}
	return false
}

// edit reads a record, changes it and does with it what do does.
func edit[T any, P core.Record[T]](tx *core.Tx, id core.ID[T], do func(*core.Tx, P) error, change func(P)) error {
	rec, err := core.Get[T, P](tx, id)
	if err != nil {
		return err
	}
	change(rec)
	return do(tx, rec)
}

func TestEveryOperatorReadsAndNobodyElse(t *testing.T) {
	w := newWorld(t)
	for role, want := range map[core.Role]string{core.Owner: "", core.Admin: "", core.Support: "", core.Auditor: "", "": "forbidden", "king": "forbidden"} {
		read := func(tx *core.Tx) error { _, err := core.List[core.Account](tx, nil, core.Query{}); return err }
		wantCode(t, string(role)+" reads", undone(w, by(w, role, "", core.AllCaps), t, read), want)
		wantCode(t, string(role)+" reads without manage", undone(w, by(w, role, "", core.Caps{Mint: true}), t, read), "forbidden")
		// The core's own records are for nobody.
		sec := func(tx *core.Tx) error { _, err := core.Get(tx, core.ID[core.Security](w.Owner.ID)); return err }
		wantCode(t, string(role)+" reads a hash", undone(w, by(w, role, "", core.AllCaps), t, sec), "not_found")
		put := func(tx *core.Tx) error {
			s := core.Make[core.Security]()
			s.ID = core.ID[core.Security](w.Owner.ID)
			return core.Put(tx, s)
		}
		if err := undone(w, by(w, role, "", core.AllCaps), t, put); err == nil {
			t.Errorf("%s writes a hash", role)
		}
		list := func(tx *core.Tx) error { _, err := core.List[core.Security](tx, nil, core.Query{}); return err }
		wantCode(t, string(role)+" lists hashes", undone(w, by(w, role, "", core.AllCaps), t, list), "not_found")
	}
}

func TestNobodyActsOnAnAccountWhoseRoleIsNotBelowItsOwn(t *testing.T) {
	w := newWorld(t)
	people := staff(t, w)
	ranks := map[core.Role]int{core.Owner: 4, core.Admin: 3, core.Support: 2, core.Auditor: 1, "": 0}
	keys := map[core.Role]*core.ApiKey{}
	for role, acc := range people {
		w.Update(t, func(tx *core.Tx) error {
			k := core.Make[core.ApiKey]()
			k.Account = acc.ID
			keys[role] = k
			return core.CreateApiKey(tx, k)
		})
	}
	twin := w.Person(t, w.Directory(t, "Stormpath Administrators").ID, "twin@example.com")
	for actor := range ranks {
		if ranks[actor] == 0 {
			continue
		}
		for target, acc := range people {
			for _, self := range []bool{false, true} {
				if self && actor != target {
					continue
				}
				who := by(w, actor, twin.ID, core.AllCaps)
				if self {
					who.Account = acc.ID
				}
				above := actor == core.Owner || ranks[actor] > ranks[target]
				check := func(what string, may bool, err error) {
					t.Helper()
					want := ""
					if !may {
						want = "forbidden"
					}
					wantCode(t, fmt.Sprintf("%s (self %v) %s of %q", actor, self, what, target), err, want)
				}
				writes := actor == core.Owner || actor == core.Admin
				check("update", (above || self) && (writes || actor == core.Support), undone(w, who, t, func(tx *core.Tx) error {
					a, err := core.Get(tx, acc.ID)
					a.Surname = "x"
					return orElse(err, core.Put(tx, a))
				}))
				check("password", (above || self) && (writes || actor == core.Support), undone(w, who, t, func(tx *core.Tx) error {
					a, err := core.Get(tx, acc.ID)
					return orElse(err, core.SetPassword(tx, a, "hash"))
				}))
				check("delete", above && writes, undone(w, who, t, func(tx *core.Tx) error { return core.Delete(tx, acc) }))
				check("new key", above && writes, undone(w, who, t, func(tx *core.Tx) error {
					k := core.Make[core.ApiKey]()
					k.Account = acc.ID
					return core.CreateApiKey(tx, k)
				}))
				check("delete key", above && writes, undone(w, who, t, func(tx *core.Tx) error { return core.Delete(tx, keys[target]) }))
				w.App.View(core.As(t.Context(), who), func(tx *core.Tx) error {
					if got, want := tx.MaySeeSecret(acc.ID), (above || self) && writes; got != want {
						t.Errorf("%s (self %v) sees a secret of %q: %v", actor, self, target, got)
					}
					return nil
				})
			}
		}
	}
}

func TestASecretIsShownOnlyToWhoMay(t *testing.T) {
	w := newWorld(t)
	acc := w.Person(t, w.Directory(t, "My Application Directory").ID, "ann@example.com")
	var key, manage *core.ApiKey
	w.Update(t, func(tx *core.Tx) error {
		key, manage = core.Make[core.ApiKey](), core.Make[core.ApiKey]()
		key.Account = acc.ID
		manage.Account, manage.Purpose, manage.Caps = w.Owner.ID, core.ManagementKey, core.Caps{Manage: true}
		if err := core.CreateApiKey(tx, key); err != nil {
			return err
		}
		return core.CreateApiKey(tx, manage)
	})
	shown := func(actor core.Actor, id core.ID[core.ApiKey]) bool {
		var v core.View
		ok(t, w.App.View(core.As(t.Context(), actor), func(tx *core.Tx) error {
			k, err := core.Get(tx, id)
			if err != nil {
				return err
			}
			v = core.View{Tx: tx}
			k.View(&v)
			return nil
		}))
		_, secret := v.Fields[1].Value.(core.Secret)
		return secret
	}
	for _, c := range []struct {
		role core.Role
		caps core.Caps
		want bool
	}{
		{core.Owner, core.AllCaps, true},
		{core.Owner, core.Caps{Manage: true}, false},
		{core.Owner, core.Caps{Manage: true, Mint: true}, true},
		{core.Owner, core.Caps{Manage: true, ReadSecrets: true}, true},
		{core.Admin, core.AllCaps, true},
		{core.Support, core.AllCaps, false},
		{core.Auditor, core.AllCaps, false},
	} {
		if got := shown(by(w, c.role, "", c.caps), key.ID); got != c.want {
			t.Errorf("%s with %+v: shown %v", c.role, c.caps, got)
		}
		if shown(by(w, c.role, "", c.caps), manage.ID) {
			t.Errorf("%s is shown the secret of a MANAGEMENT key without mint again", c.role)
		}
		if got := shown(by(w, c.role, "", c.caps), w.Key.ID); got != (c.caps == core.AllCaps && c.role == core.Owner) {
			t.Errorf("%s with %+v: an owner's key with mint is shown: %v", c.role, c.caps, got)
		}
	}
}

func TestTheAdministratorsDirectoryAsksForMore(t *testing.T) {
	w := newWorld(t)
	admins, people := w.Directory(t, "Stormpath Administrators"), w.Directory(t, "My Application Directory")
	strength := func(role core.Role, dir core.ID[core.Directory]) error {
		return w.App.Update(w.As(role), func(tx *core.Tx) error {
			s, err := core.Get(tx, core.ID[core.Strength](dir))
			if err != nil {
				return err
			}
			s.MinLength++
			return core.Put(tx, s)
		})
	}
	policies := func(role core.Role, dir core.ID[core.Directory]) error {
		actor := by(w, role, "", core.AllCaps)
		return errors.Join(
			undone(w, actor, t, func(tx *core.Tx) error {
				return edit(tx, core.ID[core.PasswordPolicy](dir), core.Put, func(p *core.PasswordPolicy) { p.ResetTokenTTL = 168 })
			}),
			undone(w, actor, t, func(tx *core.Tx) error {
				return edit(tx, core.ID[core.AccountCreationPolicy](dir), core.Put, func(p *core.AccountCreationPolicy) { p.EmailDomainWhitelist = []string{"evil"} })
			}),
			undone(w, actor, t, func(tx *core.Tx) error {
				return edit(tx, core.ID[core.AccountSchema](dir), core.Put, func(s *core.AccountSchema) { s.Surname = true })
			}),
			undone(w, actor, t, func(tx *core.Tx) error {
				return edit(tx, core.ID[core.Provider](dir), core.Put, func(*core.Provider) {})
			}))
	}
	account := func(role core.Role, dir core.ID[core.Directory]) error {
		return w.App.Update(w.As(role), func(tx *core.Tx) error {
			a := core.Make[core.Account]()
			a.Directory, a.Email = dir, string(role)+"@example.com"
			return core.Put(tx, a)
		})
	}
	if n := strings.Count(fmt.Sprint(policies(core.Admin, admins.ID)), "\n"); n != 3 {
		t.Errorf("an admin is refused %d of 4 policies", n+1)
	}
	for _, c := range []struct {
		what string
		err  error
		want string
	}{
		{"what an owner asks of administrators' passwords", strength(core.Owner, admins.ID), ""},
		{"what an admin asks of them", strength(core.Admin, admins.ID), "forbidden"},
		{"the policies of the administrators by an owner", policies(core.Owner, admins.ID), ""},
		{"by an admin", policies(core.Admin, admins.ID), "forbidden"},
		{"those of people by an admin", policies(core.Admin, people.ID), ""},
		{"by support", policies(core.Support, people.ID), "forbidden"},
		{"what an admin asks of people's", strength(core.Admin, people.ID), ""},
		{"an account among the administrators by an admin", account(core.Admin, admins.ID), ""},
		{"by support", account(core.Support, admins.ID), "forbidden"},
		{"among people by support", account(core.Support, people.ID), ""},
	} {
		wantCode(t, c.what, c.err, c.want)
	}
}
