package core

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// CheckSystem compares what lies outside the tenants with them: the list of tenants,
// and to whom hosts, API keys, setup links and work belong. It returns a line for
// each thing that points to nobody, to somebody else, or is missing. It changes
// nothing.
func (a *App) CheckSystem(ctx context.Context) (wrong []string, err error) {
	d, err := a.examineSystem(ctx)
	if err != nil {
		return nil, err
	}
	return d.wrong, nil
}

// RepairSystem makes anew what CheckSystem finds wrong and tenants tell of. It returns
// what it put right, and what it could not: a host of two tenants, a tenant of which
// a part is lost. Nobody else may use the data meanwhile.
func (a *App) RepairSystem(ctx context.Context) (mended, left []string, err error) {
	d, err := a.examineSystem(ctx)
	if err != nil || len(d.fixes) == 0 {
		return nil, d.found(), err
	}
	keys := slices.Sorted(maps.Keys(d.fixes))
	for chunk := range slices.Chunk(keys, sweptATime) {
		err := a.store.Update(ctx, func(kv store.Tx) error {
			tx := &Tx{s: &state{kv: kv}}
			for _, key := range chunk {
				if err := tx.mend(key, d.fixes[key]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, d.wrong, StoreError(err)
		}
	}
	a.authority.Add(1)
	after, err := a.examineSystem(ctx)
	if err != nil {
		return nil, d.wrong, err
	}
	mended = slices.DeleteFunc(d.wrong, func(line string) bool { return slices.Contains(after.wrong, line) })
	all, err := a.Tenants(ctx)
	if err == nil && len(all) > 0 {
		err = a.Update(AsMachine(ctx, all[0]), func(tx *Tx) error {
			return tx.Note(AuditLine{Type: "tenant.repair", Ref: RefTo(all[0]), Note: map[string]string{"of": "system"}})
		})
	}
	return mended, after.wrong, err
}

// found is what a doctor that may not have come so far has found.
func (d *doctor) found() []string {
	if d == nil {
		return nil
	}
	return d.wrong
}

// registry is the tenants as a look at the system space finds them.
type registry struct {
	kv     store.Tx
	listed map[ID[Tenant]]string // the key of each, as the list of tenants has it
	spared map[ID[Tenant]]bool   // those that are being swept, or cannot be read: what points to them stays
}

func (a *App) examineSystem(ctx context.Context) (d *doctor, err error) {
	err = a.store.View(ctx, func(kv store.Tx) error {
		d = &doctor{tx: &Tx{App: a, s: &state{kv: kv}}, fixes: map[string][]byte{}}
		r := &registry{kv: kv, listed: map[ID[Tenant]]string{}, spared: map[ID[Tenant]]bool{}}
		for it, err := range kv.Scan(tenantMark, store.End(tenantMark)) {
			if err != nil {
				return err
			}
			r.listed[ID[Tenant](it.Key[len(tenantMark):])] = string(it.Value)
		}
		for it, err := range kv.Scan(goneMark, store.End(goneMark)) {
			if err != nil {
				return err
			}
			r.spared[ID[Tenant](it.Key[len(goneMark):])] = true
		}
		spaces, err := r.spaces()
		if err != nil {
			return err
		}
		want, err := r.entries(d, spaces)
		if err != nil {
			return err
		}
		return r.compare(d, want)
	})
	return d, StoreError(err)
}

// spaces are the ids of all tenants that have data, listed or not. A tenant costs one
// look, however much it has.
func (r *registry) spaces() (ids []ID[Tenant], err error) {
	for from := ordered; from != ""; {
		space := ""
		for it, err := range r.kv.Scan(from, store.End(ordered)) {
			if err != nil {
				return nil, err
			}
			space, _, _ = strings.Cut(it.Key[len(ordered):], "/")
			break
		}
		if space == "" {
			break
		}
		if space != systemSpace {
			ids = append(ids, ID[Tenant](space))
		}
		from = store.End(ordered + space + "/")
	}
	for id := range r.listed {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// entries are what the system space must hold of the tenants: whose each key is.
func (r *registry) entries(d *doctor, spaces []ID[Tenant]) (want map[string]ID[Tenant], err error) {
	want = map[string]ID[Tenant]{}
	for _, id := range spaces {
		if r.spared[id] {
			continue
		}
		b, err := r.kv.Get(tenants.prefix(id) + string(id))
		if errors.Is(err, store.ErrNotFound) {
			d.says("tenant %s has no record of its own", id)
			r.spared[id] = true
			continue
		}
		if err != nil {
			return nil, err
		}
		t, err := decodeRecord[Tenant](id, b)
		if err != nil {
			d.says("tenant %s: %v", id, err)
			r.spared[id] = true
			continue
		}
		r.list(d, t)
		for host := range hosts(t) {
			if other := want[hostTenant+host]; other != "" {
				d.says("the host %s is one of tenant %s and of tenant %s", host, other, id)
			}
			want[hostTenant+host] = cmp.Or(want[hostTenant+host], id)
		}
		for _, p := range [][2]string{{apiKeys.prefix(id), keyTenant}, {setupLinks.prefix(id), linkTenant}} {
			err := store.Pass(r.kv, p[0], store.End(p[0]), func(key, _ []byte) bool {
				want[p[1]+string(key[len(p[0]):])] = id
				return true
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return want, nil
}

// list demands that the list of tenants has a tenant, by its key.
func (r *registry) list(d *doctor, t *Tenant) {
	key, ok := r.listed[t.ID]
	for other, its := range r.listed {
		if other != t.ID && its == t.Key {
			d.says("tenant %s and tenant %s have the key %q", t.ID, other, t.Key)
			return
		}
	}
	switch {
	case !ok:
		d.says("tenant %s is missing in the list of tenants", t.ID)
	case key != t.Key:
		d.says("the list of tenants says %q of tenant %s, whose key is %q", key, t.ID, t.Key)
	default:
		return
	}
	d.fixes[tenantMark+string(t.ID)] = []byte(t.Key)
	r.listed[t.ID] = t.Key
}

// compare looks at each entry that is there, and for those that are not.
func (r *registry) compare(d *doctor, want map[string]ID[Tenant]) error {
	for _, p := range []string{hostTenant, keyTenant, linkTenant} {
		for it, err := range r.kv.Scan(p, store.End(p)) {
			if err != nil {
				return err
			}
			is, should := ID[Tenant](it.Value), want[it.Key]
			delete(want, it.Key)
			if is == should || r.spared[is] {
				continue
			}
			if d.fixes[it.Key] = nil; should != "" {
				d.fixes[it.Key] = []byte(should)
			}
			d.says("%s points to tenant %q, want %q", entryName(it.Key), is, should)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		d.fixes[key] = []byte(want[key])
		d.says("%s, of tenant %s, is missing", entryName(key), want[key])
	}
	p := markKey("", "")
	p = p[:len(p)-1] // of every sort
	for it, err := range r.kv.Scan(p, store.End(p)) {
		if err != nil {
			return err
		}
		_, id, _ := strings.Cut(it.Key[len(p):], "/")
		if _, ok := r.listed[ID[Tenant](id)]; !ok && !r.spared[ID[Tenant](id)] {
			d.fixes[it.Key] = nil
			d.says("there is a mark of work of tenant %q, which is not there", id)
		}
	}
	return nil
}

// entryName is an entry of the system space for people. What comes to a setup link is
// a hash, as for an API key is its id: neither opens a door.
func entryName(key string) string {
	return "the entry " + strings.TrimPrefix(key, scattered+systemSpace+"/")
}

// sequence demands that the tenant's commit sequence is not behind what it has
// numbered: what came next would overwrite it.
func (d *doctor) sequence() error {
	tx, last := d.tx, uint64(0)
	for _, p := range []string{auditPrefix(tx.Tenant), eventPrefix(tx.Tenant)} {
		for it, err := range tx.s.kv.ScanBack(p, store.End(p)) {
			if err != nil {
				return err
			}
			n, err := parseSeq(it.Key[len(p):])
			if err != nil {
				d.says("%q is no place in the commit sequence", it.Key)
			}
			last = max(last, n)
			break
		}
	}
	is, err := tx.count(tx.seqKey())
	if err != nil || uint64(is) < last {
		d.fixes[tx.seqKey()] = strconv.AppendUint(nil, last, 10)
		d.says("the commit sequence is at %d, and %d has been written (%v)", is, last, err)
	}
	return nil
}
