package core

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// Check compares a tenant's indexes and counters with its records, and returns a
// line for each that disagrees, and for each record that has lost its owner and
// that no sweep is on its way to. It changes nothing.
func (a *App) Check(ctx context.Context, tenant ID[Tenant]) (wrong []string, err error) {
	d, err := a.examine(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return d.wrong, nil
}

// examine is Check, with what would put right what it finds.
func (a *App) examine(ctx context.Context, tenant ID[Tenant]) (d *doctor, err error) {
	err = a.View(AsSystem(ctx, tenant), func(tx *Tx) error {
		d = &doctor{tx: tx, fixes: map[string][]byte{}}
		for j, err := range tx.Pending {
			if err != nil {
				return err
			}
			d.sweeps = d.sweeps || j.Kind == sweepJob
			d.files = d.files || j.Kind == declaredJob
		}
		for _, k := range a.order {
			if err := k.check(d); err != nil {
				return err
			}
		}
		if err := d.customData(); err != nil {
			return err
		}
		if err := d.sequence(); err != nil {
			return err
		}
		if err := d.tallies(); err != nil {
			return err
		}
		for _, l := range a.Jobs.lanes {
			if err := d.marked(l.sort(), l.quiet); err != nil {
				return err
			}
		}
		return nil
	})
	return d, err
}

// doctor is one Check under way.
type doctor struct {
	tx     *Tx
	sweeps bool // a sweep is still to come
	files  bool // declared paths are still to be filed
	wrong  []string
	fixes  map[string][]byte // what keys should hold; nil is nothing
}

// marked demands the mark by which a worker finds the tenant, if it has work.
func (d *doctor) marked(sort string, quiet func(*Tx) (bool, error)) error {
	if ok, err := quiet(d.tx); err != nil || ok {
		return err
	}
	_, err := d.tx.s.kv.Get(markKey(sort, d.tx.Tenant))
	if errors.Is(err, store.ErrNotFound) {
		d.fixes[markKey(sort, d.tx.Tenant)] = []byte{1}
		d.says("there is work of the sort %q, and no mark by which a worker would find it", sort)
		return nil
	}
	return err
}

func (d *doctor) says(format string, args ...any) {
	d.wrong = append(d.wrong, fmt.Sprintf(format, args...))
}

// check compares the indexes and counters of a kind with its records.
func (k *kind) check(d *doctor) error {
	tx := d.tx
	want, counts, alone := map[string]bool{}, map[string]int{}, map[string]string{}
	all := 0
	p := k.prefix(tx.Tenant)
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return err
		}
		all++
		id := it.Key[len(p):]
		rec, err := k.decode(id, it.Value)
		if err != nil {
			d.says("%v", err)
			continue
		}
		if ok, err := tx.owned(rec); err != nil {
			return err
		} else if !ok && !d.sweeps {
			d.fixes[it.Key] = nil
			d.says("%s has lost its owner", rec.Path())
		}
		for _, ix := range k.indexes {
			e, ok := ix.key(rec)
			if !ok {
				continue
			}
			key := ix.entryKey(tx.Tenant, k, e, id)
			want[key] = true
			if ix.list {
				counts[ix.counter(tx.Tenant, k, e.Owner)]++
			}
			if ix.rule != Unique {
				continue
			}
			entry := strings.TrimSuffix(key, id)
			if other := alone[entry]; other != "" {
				d.says("%s and %s share the index entry %q", k.ref(other), rec.Path(), entry)
			}
			alone[entry] = id
		}
	}
	if !k.Internal && all > 0 {
		counts[k.counter(tx.Tenant)] = all
	}
	for _, class := range []string{ordered, scattered} {
		p := class + string(tx.Tenant) + "/" + k.Key + "."
		for it, err := range tx.s.kv.Scan(p, store.End(p)) {
			if err != nil {
				return err
			}
			if strings.ContainsAny(it.Key[len(p):len(p)+1], "~+=") {
				continue // a row, which is checked apart
			}
			if !want[it.Key] {
				d.fixes[it.Key] = nil
				d.says("index entry %q has no record", it.Key)
			}
			delete(want, it.Key)
		}
	}
	for key := range want {
		d.fixes[key] = []byte{1}
		d.says("index entry %q is missing", key)
	}
	if err := d.rows(k); err != nil {
		return err
	}
	return d.counters(k.counter(tx.Tenant), counts)
}

// counters compares what is counted of a kind, in all and in each list.
func (d *doctor) counters(all string, want map[string]int) error {
	var keys []string
	for _, r := range [][2]string{{all, all + "\x00"}, {all + ".", store.End(all + ".")}} {
		for it, err := range d.tx.s.kv.Scan(r[0], r[1]) {
			if err != nil {
				return err
			}
			keys = append(keys, it.Key)
		}
	}
	for key := range want {
		if !slices.Contains(keys, key) {
			d.fixes[key] = strconv.AppendInt(nil, int64(want[key]), 10)
			d.says("counter %q of %d is missing", key, want[key])
		}
	}
	for _, key := range keys {
		got, err := d.tx.count(key)
		if err != nil || got != want[key] {
			if d.fixes[key] = nil; want[key] > 0 {
				d.fixes[key] = strconv.AppendInt(nil, int64(want[key]), 10)
			}
			d.says("counter %q says %d of %d (%v)", key, got, want[key], err)
		}
	}
	return nil
}

// customData compares what is known of each record's custom data with its pieces.
func (d *doctor) customData() error {
	tx := d.tx
	sizes := map[string]int{} // by owner and key, less what is found of each
	p := scattered + string(tx.Tenant) + "/cdm/"
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return err
		}
		owner := it.Key[len(p):]
		var m customMeta
		if err := json.Unmarshal(it.Value, &m); err != nil {
			d.says("custom data of %s: %v", owner, err)
			continue
		}
		if ok, err := d.owner(owner); err != nil {
			return err
		} else if !ok && !d.sweeps {
			d.fixes[it.Key] = nil
			d.says("custom data of %s has lost its owner", owner)
		}
		for key, n := range m.Sizes {
			sizes[owner+"/"+key] += n
		}
	}
	p = scattered + string(tx.Tenant) + "/cd/"
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return err
		}
		name, _, _ := strings.Cut(it.Key[len(p):], "\x00")
		sizes[name] -= len(it.Value)
	}
	for name, n := range sizes {
		if n != 0 && !d.sweeps {
			d.says("custom data %s: %d bytes are missing", name, n)
		}
	}
	return nil
}

// owner tells whether a record that may have custom data has this id.
func (d *doctor) owner(id string) (bool, error) {
	for _, k := range d.tx.App.order {
		if !k.Custom {
			continue
		}
		if ok, err := k.alive(d.tx, id); err != nil || ok {
			return ok, err
		}
	}
	return false, nil
}
