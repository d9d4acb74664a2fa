package core

import (
	"slices"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// bulk is what a transaction keeps that writes thousands of records: their changes
// are not audited one by one, and heard of only if events says so. Counters are
// written once, at the end, and what every record asks for is decoded once.
type bulk struct {
	events bool
	counts map[string]int        // changes that are not written yet
	bases  map[string]int        // what the store has for counters that have changes
	recs   map[recordName]record // records, or parts that are absent

	vacant map[*index]map[Entry]bool // entries that nobody has, in the form of the keys, by index
}

// recordName names a record that is remembered.
type recordName struct{ kind, id string }

// maxKept bounds what a bulk transaction remembers of the records it read.
const maxKept = 256

// inBulk makes the transaction one of many records.
func (tx *Tx) inBulk(events bool) {
	tx.s.bulk = &bulk{events: events, counts: map[string]int{}, bases: map[string]int{}, recs: map[recordName]record{}, vacant: map[*index]map[Entry]bool{}}
}

// quiet tells whether nobody is to hear of single changes.
func (tx *Tx) quiet() bool { return tx.s.bulk != nil && !tx.s.bulk.events }

// settleCounts writes the counters that changed.
func (tx *Tx) settleCounts() error {
	if tx.s.bulk == nil {
		return nil
	}
	changes := tx.s.bulk.counts
	tx.s.bulk.counts, tx.s.bulk.bases = map[string]int{}, map[string]int{}
	for counter, by := range changes {
		n, err := tx.count(counter)
		if err != nil {
			return err
		}
		if n += by; n <= 0 {
			err = tx.s.kv.Delete(counter)
		} else {
			err = tx.s.kv.Put(counter, strconv.AppendInt(nil, int64(n), 10))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// remembered is a copy of a record that a bulk transaction has read before, or nil.
func (tx *Tx) remembered(k *kind, id string) record {
	if tx.s.bulk == nil {
		return nil
	}
	rec, ok := tx.s.bulk.recs[recordName{k.Name, id}]
	if !ok {
		return nil
	}
	return k.typed.copied(rec)
}

// keep remembers a record that others ask for: what has authority or is a part of
// it, of which there are few.
func (tx *Tx) keep(k *kind, rec record) {
	if b := tx.s.bulk; b != nil && !k.Internal && (k.authority || k.Part) && len(b.recs) < maxKept {
		b.recs[recordName{k.Name, idOf(rec)}] = k.typed.copied(rec)
	}
}

// survey finds out which of many values nobody has in an index: each is looked up
// several times, and the keys that lie between two of them only once.
func survey[T any, P Record[T]](tx *Tx, ix *Index[T], owner string, values []string) error {
	k := kindIn[T, P](tx.App)
	return tx.survey(k, k.index(ix), owner, values)
}

func (tx *Tx) survey(k *kind, ix *index, owner string, values []string) error {
	vacant := tx.s.bulk.vacant[ix]
	if vacant == nil {
		vacant = make(map[Entry]bool, len(values))
		tx.s.bulk.vacant[ix] = vacant
	}
	for i, v := range values {
		values[i] = escapeValue(v)
	}
	slices.Sort(values) // which is the order of their keys: see escapeValue
	prefix := ix.prefix(tx.Tenant, k, owner)
	end := store.End(prefix)
	next := "" // the first key of the index that is not before the last value
	var from []byte
	for _, v := range slices.Compact(values) {
		from = append(append(append(from[:0], prefix...), v...), 0)
		if next < string(from) {
			next = end
			for it, err := range tx.s.kv.Scan(string(from), end) {
				if err != nil {
					return err
				}
				next = it.Key
				break
			}
		}
		if !strings.HasPrefix(next, string(from)) {
			vacant[Entry{owner, v}] = true
		}
	}
	return nil
}

// isVacant tells whether it is known that nobody has an entry.
func (b *bulk) isVacant(ix *index, e Entry) bool {
	return b != nil && b.vacant[ix][Entry{e.Owner, escapeValue(e.Value)}]
}

// filed notes that an entry is no longer vacant.
func (b *bulk) filed(ix *index, e Entry) {
	if b != nil {
		delete(b.vacant[ix], Entry{e.Owner, escapeValue(e.Value)})
	}
}

// dropKept forgets what was remembered of a record that changes.
func (b *bulk) dropKept(kind, id string) {
	if b != nil {
		delete(b.recs, recordName{kind, id})
	}
}

// uncount forgets what a counter was changed by that is removed.
func (b *bulk) uncount(counter string) {
	if b != nil {
		delete(b.counts, counter)
		delete(b.bases, counter)
	}
}
