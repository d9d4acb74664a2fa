package crashtest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// place is a mapping as the writer knows it.
type place struct {
	store            core.Ref
	index            int
	accounts, groups bool
}

func mappingName(app, store string) string { return "mappings/" + app + "/" + store }

// order are the kept mappings of an application in their order.
func (w *writer) order(app string) (all []place) {
	for name, value := range w.kept {
		if store, ok := strings.CutPrefix(name, mappingName(app, "")); ok {
			p := place{store: core.Ref(store)}
			fmt.Sscanf(value, "%d %t %t", &p.index, &p.accounts, &p.groups)
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b place) int { return cmp.Compare(a.index, b.index) })
	return all
}

// renumber adds to set the places of an application's mappings, in this order.
func renumber(set values, app string, all []place) {
	for i, p := range all {
		set[mappingName(app, string(p.store))] = mappingValue(i, p.accounts, p.groups)
	}
}

// unmap adds to set that stores are no longer mapped, and that the others close
// up.
func (w *writer) unmap(set values, stores ...core.Ref) {
	for _, app := range w.names("applications/") {
		all := w.order(app)
		rest := slices.DeleteFunc(slices.Clone(all), func(p place) bool { return slices.Contains(stores, p.store) })
		if len(rest) == len(all) {
			continue
		}
		for _, p := range all {
			set[mappingName(app, string(p.store))] = ""
		}
		renumber(set, app, rest)
	}
}

// mapStore maps a directory or a group at some place. Groups of big directories
// are left out: they are swept late, and the others close up only then.
func (w *writer) mapStore() error {
	app := w.any(w.names("applications/"))
	if app == "" {
		return nil
	}
	all := w.order(app)
	var free []string
	for _, kind := range []string{"directories/", "groups/"} {
		for _, id := range w.names(kind) {
			mapped := slices.ContainsFunc(all, func(p place) bool { return p.store == core.Ref(kind+id) })
			if !mapped && (kind == "directories/" || w.isHome(w.field("groups/"+id, 0))) {
				free = append(free, kind+id)
			}
		}
	}
	store := core.Ref(w.any(free))
	if store == "" || len(all) > 6 {
		return nil
	}
	p := place{store, w.rnd.IntN(len(all) + 1), w.rnd.IntN(3) == 0, false}
	return w.save(app, p, all, func(*core.Tx) (*core.AccountStoreMapping, error) {
		return &core.AccountStoreMapping{Application: core.ID[core.Application](app), Store: store}, nil
	})
}

// moveMapping gives a mapping another place, and perhaps makes it a default.
func (w *writer) moveMapping() error {
	app := w.any(w.names("applications/"))
	all := w.order(app)
	if len(all) < 2 {
		return nil
	}
	i := w.rnd.IntN(len(all))
	p := all[i]
	all = slices.Delete(all, i, i+1)
	p.index = w.rnd.IntN(len(all) + 1)
	p.accounts = p.accounts != (w.rnd.IntN(3) == 0)
	return w.save(app, p, all, func(tx *core.Tx) (*core.AccountStoreMapping, error) { return mappingOf(tx, app, p.store) })
}

func mappingOf(tx *core.Tx, app string, store core.Ref) (*core.AccountStoreMapping, error) {
	all, err := core.Mappings(tx, core.ID[core.Application](app))
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if m.Store == store {
			return m, nil
		}
	}
	return nil, fmt.Errorf("%s is not mapped to applications/%s", store, app)
}

// save puts p among the others, from which it takes a default it is to be.
func (w *writer) save(app string, p place, others []place, find func(*core.Tx) (*core.AccountStoreMapping, error)) error {
	others = slices.Clone(others)
	for i := range others {
		others[i].accounts = others[i].accounts && !p.accounts
		others[i].groups = others[i].groups && !p.groups
	}
	set := values{}
	renumber(set, app, slices.Insert(others, p.index, p))
	return w.update(set, func(tx *core.Tx) error {
		m, err := find(tx)
		if err != nil {
			return err
		}
		m.ListIndex, m.DefaultAccounts, m.DefaultGroups = p.index, p.accounts, p.groups
		return core.SaveMapping(tx, m)
	})
}

func (w *writer) deleteMapping() error {
	app := w.any(w.names("applications/"))
	all := w.order(app)
	if len(all) < 2 {
		return nil
	}
	i := w.rnd.IntN(len(all))
	store := all[i].store
	set := values{mappingName(app, string(store)): ""}
	renumber(set, app, slices.Delete(all, i, i+1))
	return w.update(set, func(tx *core.Tx) error {
		m, err := mappingOf(tx, app, store)
		if err != nil {
			return err
		}
		return core.Delete(tx, m)
	})
}
