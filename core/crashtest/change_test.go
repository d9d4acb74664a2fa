package crashtest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// changeAccount reads one of the writer's accounts, changes it, and writes it.
func (w *writer) changeAccount(change func(*core.Account)) error {
	id := w.any(w.names("accounts/"))
	if id == "" {
		return nil
	}
	acc, err := w.read(id)
	if err != nil {
		return err
	}
	change(acc)
	return w.update(values{acc.Path(): accountValue(acc)}, func(tx *core.Tx) error {
		acc := *acc
		return core.Put(tx, &acc)
	})
}

func (w *writer) read(id string) (acc *core.Account, err error) {
	err = w.app.View(w.ctx, func(tx *core.Tx) error {
		acc, err = core.Get(tx, core.ID[core.Account](id))
		return err
	})
	if err != nil {
		err = fmt.Errorf("read accounts/%s: %w", id, err)
	}
	return acc, err
}

func (w *writer) rename() error {
	return w.changeAccount(func(a *core.Account) { a.Username, a.GivenName, a.Surname = w.word(), w.word(), w.word() })
}

func (w *writer) moveEmail() error {
	return w.changeAccount(func(a *core.Account) { a.Email = w.word() + "@example.org" })
}

func (w *writer) changeStatus() error {
	return w.changeAccount(func(a *core.Account) {
		if a.Status == core.Enabled {
			a.Status = core.Disabled
		} else {
			a.Status = core.Enabled
		}
	})
}

// swapEmails exchanges the addresses of two accounts, by way of a third address.
func (w *writer) swapEmails() error {
	first := w.any(w.names("accounts/"))
	rest := w.within("accounts", w.field("accounts/"+first, 0))
	second := w.any(slices.DeleteFunc(rest, func(id string) bool { return id == first }))
	if second == "" {
		return nil
	}
	a, err := w.read(first)
	if err != nil {
		return err
	}
	b, err := w.read(second)
	if err != nil {
		return err
	}
	a.Email, b.Email = b.Email, a.Email
	return w.update(values{a.Path(): accountValue(a), b.Path(): accountValue(b)}, func(tx *core.Tx) error {
		a, b := *a, *b
		mine := a.Email
		a.Email = w.word() + "@example.net"
		for _, acc := range []*core.Account{&a, &b} {
			if err := core.Put(tx, acc); err != nil {
				return err
			}
		}
		a.Email = mine
		return core.Put(tx, &a)
	})
}

func (w *writer) changeData() error {
	owner := core.Ref("accounts/" + w.any(w.names("accounts/")))
	if g := w.any(w.names("groups/")); w.rnd.IntN(3) == 0 && g != "" {
		owner = core.Ref("groups/" + g)
	}
	if owner.ID() == "" {
		return nil
	}
	var now *core.CustomData
	err := w.app.View(w.ctx, func(tx *core.Tx) (err error) {
		now, err = core.GetCustomData(tx, owner)
		return err
	})
	if err != nil {
		return err
	}
	add, drop := w.newData(w.rnd.IntN(3)), []string{"key0", "key1", "key2"}[:w.rnd.IntN(4)]
	for _, key := range drop {
		delete(now.Values, key)
	}
	for key, v := range add {
		now.Values[key] = v
	}
	return w.update(values{owner.Path() + "/data": dataValue(now.Values)}, func(tx *core.Tx) error {
		if len(drop) > 0 {
			if err := core.DeleteCustomData(tx, owner, drop...); err != nil {
				return err
			}
		}
		return core.MergeCustomData(tx, owner, add)
	})
}

func (w *writer) changePassword() error {
	id := w.any(w.names("accounts/"))
	if id == "" {
		return nil
	}
	acc, err := w.read(id)
	if err != nil {
		return err
	}
	pw := "Passw0rd-" + w.word()
	hash, err := w.app.ChangePassword(w.ctx, acc.ID, pw)
	if err != nil {
		return err
	}
	return w.update(values{acc.Path() + "/password": pw}, func(tx *core.Tx) error {
		acc := *acc
		return core.SetPassword(tx, &acc, hash)
	})
}

// login signs in to an application of the writer's, rightly or wrongly; both are
// written to the audit log, by the door.
func (w *writer) login() error {
	app := w.any(w.names("applications/"))
	if app == "" {
		return nil
	}
	store := w.order(app)
	if len(store) == 0 || store[0].store.Kind() != "directories" {
		return nil
	}
	id := w.any(w.within("accounts", store[0].store.ID()))
	pw := w.kept["accounts/"+id+"/password"]
	if pw == "" {
		return nil
	}
	at := core.Attempt{Application: core.ID[core.Application](app), Login: w.field("accounts/"+id, 1+w.rnd.IntN(2)), Password: pw,
		Door: doorPrefix + w.word()}
	want := "auth.login"
	if w.field("accounts/"+id, 5) != string(core.Enabled) {
		want = "auth.failure"
	}
	if w.rnd.IntN(3) == 0 {
		at.Password, want = "wrong", "auth.failure"
	}
	return w.commit(values{"logins/" + at.Door: want}, func() error {
		out, err := w.app.Authenticate(w.ctx, at)
		if refused := err != nil && core.AsError(err).Kind == core.Invalid; refused == (want == "auth.login") || !refused && err != nil {
			return fmt.Errorf("%s was due: %v, %v", want, out.Done, err)
		}
		return nil
	})
}

func (w *writer) makeGroup() error {
	dir := w.home()
	if dir == string(w.shared) || len(w.within("groups", dir)) > 6 {
		return nil
	}
	g := w.newGroup(dir)
	return w.update(values{g.Path(): groupValue(g)}, func(tx *core.Tx) error {
		g := *g
		return core.Put(tx, &g)
	})
}

// describeByJob changes a group and leaves a job, at once or for a moment later.
func (w *writer) describeByJob() error {
	id := w.any(w.names("groups/"))
	if id == "" {
		return nil
	}
	var g *core.Group
	err := w.app.View(w.ctx, func(tx *core.Tx) (err error) {
		g, err = core.Get(tx, core.ID[core.Group](id))
		return err
	})
	if err != nil {
		return err
	}
	job := w.word()
	g.Description = "by " + job
	wait := time.Duration(w.rnd.IntN(3)) * 20 * time.Millisecond
	return w.update(values{g.Path(): groupValue(g), "jobs/" + job: "queued"}, func(tx *core.Tx) error {
		g := *g
		if err := core.Enqueue(tx, jobKind, job, tx.Now.Add(wait)); err != nil {
			return err
		}
		return core.Put(tx, &g)
	})
}

// drop adds to set what goes with an account or a group.
func (w *writer) drop(set values, name string) {
	id := name[strings.Index(name, "/")+1:]
	set[name] = ""
	for kept := range w.kept {
		if strings.HasPrefix(kept, name+"/") || strings.HasPrefix(kept, "members/") && strings.Contains(kept, id) {
			set[kept] = ""
		}
	}
}

func (w *writer) deleteAccount() error {
	id := w.any(w.names("accounts/"))
	if id == "" {
		return nil
	}
	set := values{}
	w.drop(set, "accounts/"+id)
	return w.update(set, func(tx *core.Tx) error { return remove(tx, core.ID[core.Account](id)) })
}

func remove[T any, P core.Record[T]](tx *core.Tx, id core.ID[T]) error {
	rec, err := core.Get[T, P](tx, id)
	if err != nil {
		return err
	}
	return core.Delete[T, P](tx, rec)
}

func (w *writer) deleteGroup() error {
	id := w.any(w.names("groups/"))
	if id == "" {
		return nil
	}
	set := values{}
	w.drop(set, "groups/"+id)
	w.unmap(set, core.Ref("groups/"+id))
	return w.update(set, func(tx *core.Tx) error { return remove(tx, core.ID[core.Group](id)) })
}

// fillDirectory makes a directory of more records than a deletion takes with it at
// once, several of them a transaction.
func (w *writer) fillDirectory() error {
	if len(w.names("directories/")) > 5 {
		return nil
	}
	dir, g := w.newDirectory("big "), (*core.Group)(nil)
	for i := range 4 {
		set, accounts := values{}, []*core.Account{}
		if i == 0 {
			g = w.newGroup(string(dir.ID))
			set[dir.Path()], set[g.Path()] = directoryValue(dir), groupValue(g)
		}
		for range 12 + w.rnd.IntN(12) {
			a := w.newAccount(string(dir.ID))
			accounts = append(accounts, a)
			set[a.Path()], set["members/"+string(g.ID)+"/"+string(a.ID)] = accountValue(a), "member"
		}
		err := w.update(set, func(tx *core.Tx) error {
			if i == 0 {
				dir, g := *dir, *g
				if err := core.Put(tx, &dir); err != nil {
					return err
				}
				if err := core.Put(tx, &g); err != nil {
					return err
				}
			}
			for _, a := range accounts {
				a := *a
				if err := core.Put(tx, &a); err != nil {
					return err
				}
				if err := core.Put(tx, &core.GroupMembership{Account: a.ID, Group: g.ID}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// deleteDirectory removes a directory with all that is in it, by a sweep where
// that is much.
func (w *writer) deleteDirectory() error {
	id := w.any(w.names("directories/"))
	if id == "" || w.isHome(id) && w.rnd.IntN(4) > 0 {
		return nil
	}
	set := values{"directories/" + id: ""}
	gone := []core.Ref{core.Ref("directories/" + id)}
	for _, a := range w.within("accounts", id) {
		w.drop(set, "accounts/"+a)
	}
	for _, g := range w.within("groups", id) {
		w.drop(set, "groups/"+g)
		gone = append(gone, core.Ref("groups/"+g))
	}
	w.unmap(set, gone...)
	return w.update(set, func(tx *core.Tx) error { return remove(tx, core.ID[core.Directory](id)) })
}
