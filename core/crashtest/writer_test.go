package crashtest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// writer makes, changes and deletes records of its own, one transaction after the
// other. All that it knows is what it was told is kept.
type writer struct {
	n    int
	app  *core.App
	ctx  context.Context
	rnd  *rand.Rand
	kept values
	say  func(line)

	shared      core.ID[core.Directory] // all writers put accounts there
	sharedGroup core.ID[core.Group]
	portal      *portal
}

// act is one thing a writer does. It does nothing where what it needs is not
// there.
type act struct {
	weight int
	do     func(*writer) error
}

var acts = []act{
	{2, (*writer).makeApplication},
	{10, (*writer).register},
	{10, (*writer).makeMember},
	{10, (*writer).rename},
	{10, (*writer).moveEmail},
	{6, (*writer).swapEmails},
	{10, (*writer).changeData},
	{6, (*writer).changeStatus},
	{4, (*writer).changePassword},
	{10, (*writer).login},
	{6, (*writer).makeGroup},
	{10, (*writer).describeByJob},
	{6, (*writer).deleteAccount},
	{5, (*writer).deleteGroup},
	{5, (*writer).mapStore},
	{6, (*writer).moveMapping},
	{4, (*writer).deleteMapping},
	{2, (*writer).fillDirectory},
	{3, (*writer).deleteDirectory},
}

// small are the acts that leave no sweep.
var small = acts[:len(acts)-2]

// step does one of the acts.
func (w *writer) step(acts []act) error {
	total := 0
	for _, a := range acts {
		total += a.weight
	}
	pick := w.rnd.IntN(total)
	for _, a := range acts {
		if pick -= a.weight; pick < 0 {
			return a.do(w)
		}
	}
	return nil
}

// commit says what is about to be written, has fn write it, and says that it is
// kept.
func (w *writer) commit(set values, fn func() error) error {
	w.say(line{W: w.n, Try: set})
	if err := fn(); err != nil {
		names := slices.Sorted(maps.Keys(set))
		return fmt.Errorf("%w (writing %d values: %v)", err, len(names), names[:min(len(names), 6)])
	}
	w.say(line{W: w.n, OK: true})
	w.kept.set(set)
	return nil
}

func (w *writer) update(set values, fn func(*core.Tx) error) error {
	return w.commit(set, func() error { return w.app.Update(w.ctx, fn) })
}

// names are the last parts of the kept names that begin with prefix and have no
// further part.
func (w *writer) names(prefix string) (ids []string) {
	for name := range w.kept {
		if id, ok := strings.CutPrefix(name, prefix); ok && !strings.Contains(id, "/") {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// any is one of all, "" if there is none.
func (w *writer) any(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[w.rnd.IntN(len(all))]
}

// field is a part of a record's kept value.
func (w *writer) field(name string, i int) string {
	var parts []string
	if json.Unmarshal([]byte(w.kept[name]), &parts) != nil || i >= len(parts) {
		return ""
	}
	return parts[i]
}

// within are the ids of the kept records of a kind that are in a directory.
func (w *writer) within(kind, dir string) []string {
	return slices.DeleteFunc(w.names(kind+"/"), func(id string) bool { return w.field(kind+"/"+id, 0) != dir })
}

// word is a text that nobody used before.
func (w *writer) word() string {
	return fmt.Sprintf("w%d-%s", w.n, strings.ToLower(core.NewID7()[8:])) + "x"
}

func (w *writer) makeApplication() error {
	if len(w.names("applications/")) >= 2 {
		return nil
	}
	app, dir := core.Make[core.Application](), w.newDirectory("home ")
	app.ID, app.Name = core.ID[core.Application](core.NewID7()), "App "+w.word()
	set := values{app.Path(): applicationValue(app), dir.Path(): directoryValue(dir),
		mappingName(string(app.ID), dir.Path()): mappingValue(0, true, true)}
	return w.update(set, func(tx *core.Tx) error {
		app, dir := *app, *dir
		if err := core.Put(tx, &app); err != nil {
			return err
		}
		if err := core.Put(tx, &dir); err != nil {
			return err
		}
		return core.SaveMapping(tx, &core.AccountStoreMapping{Application: app.ID, Store: core.RefTo(dir.ID),
			DefaultAccounts: true, DefaultGroups: true})
	})
}

func (w *writer) newDirectory(prefix string) *core.Directory {
	dir := core.Make[core.Directory]()
	dir.ID, dir.Name = core.ID[core.Directory](core.NewID7()), prefix+w.word()
	return dir
}

func (w *writer) newGroup(dir string) *core.Group {
	g := core.Make[core.Group]()
	g.ID, g.Directory, g.Name = core.ID[core.Group](core.NewID7()), core.ID[core.Directory](dir), "Group "+w.word()
	return g
}

func (w *writer) newAccount(dir string) *core.Account {
	a := core.Make[core.Account]()
	a.ID, a.Directory = core.ID[core.Account](core.NewID7()), core.ID[core.Directory](dir)
	a.Username, a.GivenName = w.word(), "Made"
	a.Email = w.word() + "@example.com"
	return a
}

// home is one of the writer's small directories, or the shared one.
func (w *writer) home() string {
	homes := slices.DeleteFunc(w.names("directories/"), func(id string) bool { return !w.isHome(id) })
	return w.any(append(homes, string(w.shared)))
}

func (w *writer) isHome(dir string) bool {
	return strings.HasPrefix(w.field("directories/"+dir, 0), "home ")
}

// register has an account come through an application or a directory: account,
// password, custom data, and the membership where the default store is a group.
func (w *writer) register() error {
	if len(w.names("accounts/")) > 300 {
		return nil
	}
	through := core.Ref("directories/" + w.home())
	dir, group := through.ID(), ""
	if app := w.any(w.names("applications/")); app != "" && w.rnd.IntN(2) == 0 {
		for _, m := range w.order(app) {
			if m.accounts {
				through = core.Ref("applications/" + app)
				if dir = m.store.ID(); m.store.Kind() == "groups" {
					group = m.store.ID()
					dir = w.field(string(m.store), 0)
				}
			}
		}
	}
	acc, pw, data := w.newAccount(dir), "Passw0rd-"+w.word(), w.newData(1+w.rnd.IntN(3))
	set := values{acc.Path(): accountValue(acc), acc.Path() + "/password": pw, acc.Path() + "/data": dataValue(data)}
	if group != "" {
		set["members/"+group+"/"+string(acc.ID)] = "member"
	}
	return w.commit(set, func() error {
		_, err := w.app.Register(w.ctx, core.Registration{Through: through, Account: acc, Password: pw, CustomData: data})
		return err
	})
}

// makeMember writes an account with custom data and memberships at once.
func (w *writer) makeMember() error {
	if len(w.names("accounts/")) > 300 {
		return nil
	}
	acc, data := w.newAccount(w.home()), w.newData(2)
	set := values{acc.Path(): accountValue(acc), acc.Path() + "/data": dataValue(data)}
	groups := w.within("groups", string(acc.Directory))
	if acc.Directory == w.shared {
		groups = []string{string(w.sharedGroup)}
	}
	for _, g := range groups[:min(len(groups), 3)] {
		set["members/"+g+"/"+string(acc.ID)] = "member"
	}
	return w.update(set, func(tx *core.Tx) error {
		acc := *acc
		if err := core.Put(tx, &acc); err != nil {
			return err
		}
		if err := core.MergeCustomData(tx, core.RefTo(acc.ID), data); err != nil {
			return err
		}
		for _, g := range groups[:min(len(groups), 3)] {
			if err := core.Put(tx, &core.GroupMembership{Account: acc.ID, Group: core.ID[core.Group](g)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// newData is custom data, sometimes with a value that takes several pieces.
func (w *writer) newData(n int) map[string]json.RawMessage {
	data := map[string]json.RawMessage{}
	for range n {
		size := w.rnd.IntN(40)
		if w.rnd.IntN(20) == 0 {
			size = 60_000 + w.rnd.IntN(100_000)
		}
		b, _ := json.Marshal(strings.Repeat(w.word(), size/20+1))
		data[fmt.Sprintf("key%d", w.rnd.IntN(6))] = b
	}
	return data
}
