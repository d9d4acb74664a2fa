package core

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// A directory may declare paths into the custom data of what it holds: searches by
// them, ranges above all, then walk an index. An index is kept from its declaration
// on; it is used once a job has filed what was there before.

const (
	maxDeclared     = 10  // paths a directory
	maxDeclaredPath = 255 // characters of one
	maxDeclaredText = 120 // bytes of a text that an entry holds

	// maxDeclaredValues is how many values of one record are filed at one path: all of
	// them are written in one transaction. A record that has more is one of the few
	// that every search by the path asks.
	maxDeclaredValues = 100

	declaredJob   = "customDataIndex"
	declaredATime = 500       // records a transaction,
	declaredBytes = 512 << 10 // or the custom data from which on it ends
)

const (
	oneValue   = 1 // what an entry holds: the only value at its path,
	manyValues = 2 // or one of several, so that its record may be met again,

	tooManyValues = 3 // or none of more than are filed: the record is to be asked

	unsorted = "x" // where records that have too many values are, beside the sorts
)

func (k *kind) allDeclared(tenant ID[Tenant]) string {
	return scattered + string(tenant) + "/" + k.Key + ".=/"
}

func (k *kind) declaredPrefix(tenant ID[Tenant], owner string) string {
	return k.allDeclared(tenant) + owner + "/"
}

// checkDeclared holds what a directory declares to form.
func checkDeclared(c *Checks, field string, paths []string) {
	c.That(len(paths) <= maxDeclared, field, "above_max", "Directory %s may hold at most %d paths.", field, maxDeclared)
	for i, p := range paths {
		if i >= maxDeclared {
			return
		}
		c.Text(field, p, maxDeclaredPath)
		top, _, _ := strings.Cut(p, ".")
		c.That(customKey.MatchString(top) && !strings.Contains("."+p+".", ".."), field, "invalid_format",
			"Directory %s must hold paths such as \"plan\" or \"address.city\".", field)
		c.That(!slices.Contains(paths[:i], p), field, "invalid_value", "Directory %s holds %q twice.", field, p)
	}
}

// declaredIn are the declared paths of an owner that begin with one of the keys;
// nil keys are all.
func declaredIn(tx *Tx, owners, owner string, keys []string) (paths []string, err error) {
	if owners != directories.Name {
		return nil, nil
	}
	d, err := load(tx, directories, ID[Directory](owner))
	if IsNotFound(err) {
		return nil, nil // the job removes what was filed
	}
	if err != nil {
		return nil, err
	}
	for _, p := range d.CustomDataIndexes {
		top, _, _ := strings.Cut(p, ".")
		if keys == nil || slices.Contains(keys, top) {
			paths = append(paths, p)
		}
	}
	return paths, nil
}

// declaredEntries are the index entries of a record's present custom data for
// declared paths, without its id, and what each holds.
func (tx *Tx) declaredEntries(ref Ref, paths []string) (map[string]byte, error) {
	all, err := tx.scalarsOf(ref, paths)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	values := map[string]int{}
	for _, s := range all {
		values[s.path]++
	}
	entries := map[string]byte{}
	for _, s := range all {
		value := byte(oneValue)
		switch n := values[s.path]; {
		case n > maxDeclaredValues:
			entries[s.path+"\x00"+unsorted] = tooManyValues
			continue
		case n > 1:
			value = manyValues
		}
		for _, e := range entriesOf(s) {
			entries[s.path+"\x00"+e] = value
		}
	}
	return entries, nil
}

// entriesOf are the forms in which a scalar is filed: each sort sorts apart, and a
// text that is a date is filed as both.
func entriesOf(s scalar) []string {
	switch s.sort {
	case 'n':
		f, _ := ParseNumber(s.text)
		return []string{"n" + sortable(f)}
	case 'b':
		return []string{"b" + s.text}
	}
	text := s.text
	if len(text) > maxDeclaredText {
		text = text[:maxDeclaredText]
	}
	if from, _, ok := ParsePeriod(s.text); ok {
		return []string{"s" + text, "t" + instantText(from)}
	}
	return []string{"s" + text}
}

// sortable is a number in 16 characters that sort as numbers do.
func sortable(f float64) string {
	bits := math.Float64bits(f + 0) // no minus zero
	if bits>>63 == 1 {
		bits = ^bits
	} else {
		bits |= 1 << 63
	}
	return fmt.Sprintf("%016x", bits)
}

func instantText(t Time) string { return fmt.Sprintf("%016x", uint64(t.UnixMilli())^1<<63) }

// refile removes the entries that are no more and adds those that are new.
func (tx *Tx) refile(prefix, id string, old, now map[string]byte) error {
	for e := range old {
		if _, still := now[e]; !still {
			if err := tx.s.kv.Delete(prefix + e + "\x00" + id); err != nil {
				return err
			}
		}
	}
	for e, value := range now {
		if old[e] != value {
			if err := tx.s.kv.Put(prefix+e+"\x00"+id, []byte{value}); err != nil {
				return err
			}
		}
	}
	return nil
}

// declare notes which of the declared paths were so before, and has the others
// filed by a job.
func (d *Directory) declare(old *Directory) {
	if d.CustomDataIndexes == nil {
		d.CustomDataIndexes = []string{}
	}
	if old == nil { // it holds nothing yet
		d.CustomDataReady = slices.Clone(d.CustomDataIndexes)
		return
	}
	d.Declared = old.Declared // what is stored counts: the job writes without a revision
	if !slices.Equal(old.CustomDataIndexes, d.CustomDataIndexes) {
		d.Declared++
	}
	d.CustomDataReady = slices.DeleteFunc(slices.Clone(old.CustomDataReady), func(p string) bool {
		return !slices.Contains(d.CustomDataIndexes, p)
	})
}

type declaredTask struct {
	Directory ID[Directory] `json:"directory"`
}

// runDeclared is the job: it files what a directory holds under the paths that were
// declared since, and removes what is filed under others.
func (a *App) runDeclared(ctx context.Context, j Job) error {
	var t declaredTask
	if err := json.Unmarshal(j.Payload, &t); err != nil {
		return err
	}
	ctx = AsSystem(ctx, j.Tenant)
	var paths []string
	declared := uint64(0)
	err := a.View(ctx, func(tx *Tx) error {
		d, err := Get(tx, t.Directory)
		if err != nil {
			return err
		}
		declared = d.Declared
		paths = slices.DeleteFunc(slices.Clone(d.CustomDataIndexes), func(p string) bool { return slices.Contains(d.CustomDataReady, p) })
		return nil
	})
	if err != nil && !IsNotFound(err) { // of a directory that is gone, nothing is declared
		return err
	}
	for _, k := range a.order {
		if k.declares() {
			if err := k.fileDeclared(ctx, a, string(t.Directory), paths); err != nil {
				return err
			}
		}
	}
	return a.Update(ctx, func(tx *Tx) error {
		d, err := load(tx, directories, t.Directory)
		if IsNotFound(err) {
			return nil
		}
		if err != nil || len(paths) == 0 || d.Declared != declared {
			return err // what was declared meanwhile has a job of its own
		}
		d.CustomDataReady = append(d.CustomDataReady, paths...)
		b, err := json.Marshal(d) // no Put: a client's view, and its ETag, are as they were
		if err != nil {
			return err
		}
		return tx.s.kv.Put(directories.prefix(tx.Tenant)+string(d.ID), b)
	})
}

// declares tells whether a directory's declared paths may be of the kind's records.
func (k *kind) declares() bool {
	return k.rows != nil && k.Custom && k.rows.owners == directories.Name
}

// fileDeclared files the records of a directory, some a transaction, after it has
// removed what is there: a path that was not declared for a while has old entries.
func (k *kind) fileDeclared(ctx context.Context, app *App, owner string, paths []string) error {
	if err := k.dropUnready(ctx, app, owner); err != nil {
		return err
	}
	for last := ""; len(paths) > 0; {
		more := false
		err := app.Update(ctx, func(tx *Tx) error {
			at, n, size := last, 0, 0
			more = false
			prefix := k.allCustomRows(tx.Tenant) + owner + "/"
			for it, err := range tx.s.kv.Scan(prefix+at+"\x00", store.End(prefix)) {
				if err != nil {
					return err
				}
				id := it.Key[len(prefix):]
				now, err := tx.declaredEntries(k.ref(id), paths)
				if err != nil {
					return err
				}
				if err := tx.refile(k.declaredPrefix(tx.Tenant, owner), id, nil, now); err != nil {
					return err
				}
				at = id
				if !isWhole(it.Value) { // it may have megabytes
					meta, err := tx.customMeta(k.ref(id))
					if err != nil {
						return err
					}
					if meta != nil {
						size += meta.total()
					}
				}
				if n++; n == declaredATime || size >= declaredBytes {
					more = true
					break
				}
			}
			tx.After(func() { last = at })
			return nil
		})
		if err != nil {
			return err
		}
		if !more {
			break
		}
	}
	return ctx.Err()
}

// dropUnready removes, a thousand a transaction, the entries of paths whose index is
// not complete.
func (k *kind) dropUnready(ctx context.Context, app *App, owner string) error {
	for left := true; left; {
		err := app.Update(ctx, func(tx *Tx) error {
			var ready []string
			d, err := load(tx, directories, ID[Directory](owner))
			if err == nil {
				ready = d.CustomDataReady
			} else if !IsNotFound(err) {
				return err
			}
			left = false
			prefix := k.declaredPrefix(tx.Tenant, owner)
			for from, end := prefix, store.End(prefix); from < end; {
				path := ""
				for it, err := range tx.s.kv.Scan(from, end) {
					if err != nil {
						return err
					}
					path, _, _ = strings.Cut(it.Key[len(prefix):], "\x00")
					break
				}
				if path == "" {
					return nil
				}
				next := store.End(prefix + path + "\x00")
				if !slices.Contains(ready, path) {
					if err := tx.dropRange(prefix+path+"\x00", next, sweptATime); err != nil {
						return err
					}
					left = true
					return nil
				}
				from = next
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
