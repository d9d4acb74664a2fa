package apitest

import (
	"context"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// Callers are the names in API.Keys of every API, the owner first. What they may
// do falls from left to right; the last four may do nothing.
var Callers = []string{Owner, "admin", "support", "auditor", "norole", "nomanage", "accountkey", "wrongsecret"}

// cast gives the API its people and things, and the same once more in a second
// tenant, whose names begin with "other". In each: application app with directory
// dir in which ann is in group grp (membership mem) and has the ACCOUNT key key;
// mapping map of dir to app; the owner's account and key are own and ownkey. The
// operators' accounts are called as they are.
func (a *API) cast(t testing.TB) {
	t.Helper()
	a.Keys[Owner] = Key{string(a.Key.ID), a.Secret}
	a.Keys["wrongsecret"] = Key{string(a.Key.ID), a.Secret + "x"}
	a.things(t, a.Tenant, "", a.Owner.ID, a.Key.ID)

	ctx := context.Background()
	other, err := a.App.CreateTenant(ctx, "Other", "other")
	must(t, err)
	owner, _, err := a.App.OwnerFor(core.AsMachine(ctx, other), "owner@other.example", "")
	must(t, err)
	key, secret, err := a.App.ManagementKeyFor(core.AsMachine(ctx, other), owner.ID, "")
	must(t, err)
	a.Keys["other"] = Key{string(key.ID), secret}
	a.things(t, other, "other", owner.ID, key.ID)

	for _, role := range []core.Role{core.Admin, core.Support, core.Auditor} {
		a.operator(t, string(role), role, core.AllCaps)
	}
	a.Update(t, func(tx *core.Tx) error {
		return a.key(tx, "nomanage", a.Owner.ID, core.Caps{Mint: true, ReadSecrets: true})
	})
	norole := a.operator(t, "norole", core.Admin, core.AllCaps)
	a.Update(t, func(tx *core.Tx) error {
		op, err := core.Get(tx, core.ID[core.Operator](norole))
		if err != nil {
			return err
		}
		return core.Delete(tx, op)
	})
}

// operator makes an account of the administrators' directory with a role and a
// MANAGEMENT key.
func (a *API) operator(t testing.TB, name string, role core.Role, caps core.Caps) core.ID[core.Account] {
	t.Helper()
	acc := a.Person(t, a.Directory(t, "Stormpath Administrators").ID, name+"@example.com")
	a.Update(t, func(tx *core.Tx) error {
		if err := core.MakeOperator(tx, acc.ID, role); err != nil {
			return err
		}
		return a.key(tx, name, acc.ID, caps)
	})
	a.Vars[name] = string(acc.ID)
	return acc.ID
}

// key makes a MANAGEMENT key for an operator and lets it call under a name.
func (a *API) key(tx *core.Tx, name string, of core.ID[core.Account], caps core.Caps) error {
	k := core.Make[core.ApiKey]()
	k.Account, k.Purpose, k.Caps = of, core.ManagementKey, caps
	if err := core.CreateApiKey(tx, k); err != nil {
		return err
	}
	plain, err := k.Plain(tx)
	a.Keys[name], a.Vars[name+"key"] = Key{string(k.ID), plain}, string(k.ID)
	return err
}

func (a *API) things(t testing.TB, tenant core.ID[core.Tenant], prefix string, owner core.ID[core.Account], key core.ID[core.ApiKey]) {
	t.Helper()
	as := func() context.Context { return core.AsMachine(context.Background(), tenant) }
	set := func(name string, l core.Link) { a.Vars[prefix+name] = core.RefTo(l).ID() }
	set("tenant", tenant)
	set("own", owner)
	set("ownkey", key)
	var dir *core.Directory
	must(t, a.App.View(as(), func(tx *core.Tx) error {
		app, err := core.Find(tx, core.ApplicationName, "", core.Fold("My Application"))
		if err != nil {
			return err
		}
		admin, err := core.Find(tx, core.ApplicationName, "", core.Fold("Stormpath"))
		if err != nil {
			return err
		}
		set("app", app.ID)
		set("adminapp", admin.ID)
		set("map", app.DefaultAccountStore)
		if dir, err = core.Find(tx, core.DirectoryName, "", core.Fold("My Application Directory")); err != nil {
			return err
		}
		admins, err := core.Find(tx, core.DirectoryName, "", core.Fold("Stormpath Administrators"))
		if err != nil {
			return err
		}
		set("admindir", admins.ID)
		set("dir", dir.ID)
		return nil
	}))
	ann := core.Make[core.Account]()
	ann.Email, ann.Username, ann.GivenName, ann.Surname = "ann@example.com", "ann", "Ann", "Ames"
	_, err := a.App.Register(as(), core.Registration{Through: core.RefTo(dir.ID), Account: ann, Password: coretest.Password})
	must(t, err)
	set("ann", ann.ID)
	must(t, a.App.Update(as(), func(tx *core.Tx) error {
		grp := core.Make[core.Group]()
		grp.Directory, grp.Name = dir.ID, "Staff"
		if err := core.Put(tx, grp); err != nil {
			return err
		}
		mem := &core.GroupMembership{Account: ann.ID, Group: grp.ID}
		if err := core.Put(tx, mem); err != nil {
			return err
		}
		k := core.Make[core.ApiKey]()
		k.Account = ann.ID
		if err := core.CreateApiKey(tx, k); err != nil {
			return err
		}
		plain, err := k.Plain(tx)
		if prefix == "" {
			a.Keys["accountkey"] = Key{string(k.ID), plain}
		}
		set("grp", grp.ID)
		set("mem", mem.ID)
		set("key", k.ID)
		return err
	}))
}

// Organization makes an organization with a directory of its own, "NAME Directory", and
// has the application map it.
func (a *API) Organization(t testing.TB, app core.ID[core.Application], name, key string) core.ID[core.Organization] {
	t.Helper()
	made := a.Do(t, "", "POST", "/v1/organizations?createDirectory=true", `{"name":"`+name+`","nameKey":"`+key+`"}`, nil)
	href, _ := made.Value("href").(string)
	if mapped := a.Do(t, "", "POST", "/v1/accountStoreMappings", `{"application":{"href":"`+Base+`/applications/`+string(app)+`"},"accountStore":{"href":"`+href+`"}}`, nil); mapped.Status != 201 {
		t.Fatalf("%d %s, %d %s", made.Status, made.Body, mapped.Status, mapped.Body)
	}
	return core.ID[core.Organization](href[len(href)-22:])
}

// Reached has the tenant be reached at hosts too, after its public URL.
func (a *API) Reached(t testing.TB, bases ...string) {
	t.Helper()
	a.Update(t, func(tx *core.Tx) error {
		rec, err := core.Get(tx, a.Tenant)
		if err != nil {
			return err
		}
		rec.Aliases = append([]string{PublicURL}, bases...)
		return core.Put(tx, rec)
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
