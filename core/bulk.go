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
	counts map[string]int // changes that are not written yet
	recs   map[string]any // by key; records, or parts that are absent

	vacant map[string]bool // what the keys of an entry begin with of which there is none
}

// maxKept bounds what a bulk transaction remembers of the records it read.
const maxKept = 256

// inBulk makes the transaction one of many records.
func (tx *Tx) inBulk(events bool) {
	tx.s.bulk = &bulk{events: events, counts: map[string]int{}, recs: map[string]any{}, vacant: map[string]bool{}}
}

// quiet tells whether nobody is to hear of single changes.
func (tx *Tx) quiet() bool { return tx.s.bulk != nil && !tx.s.bulk.events }

// settleCounts writes the counters that changed.
func (tx *Tx) settleCounts() error {
	if tx.s.bulk == nil {
		return nil
	}
	changes := tx.s.bulk.counts
	tx.s.bulk.counts = map[string]int{}
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

// remembered is a copy of a record that a bulk transaction has read before.
func remembered[T any, P Record[T]](tx *Tx, key string) (P, bool) {
	if tx.s.bulk == nil {
		return nil, false
	}
	rec, ok := tx.s.bulk.recs[key].(P)
	if !ok {
		return nil, false
	}
	c := *rec
	return &c, true
}

// keep remembers a record that others ask for: what has authority or is a part of
// it, of which there are few.
func keep[T any, P Record[T]](tx *Tx, k *Kind[T], key string, rec P) {
	if b := tx.s.bulk; b != nil && !k.Internal && (k.Authority || k.Part) && len(b.recs) < maxKept {
		c := *rec
		b.recs[key] = P(&c)
	}
}

// survey finds out which of many values nobody has in an index: each is looked up
// several times, and the keys that lie between two of them only once.
func survey[T any, P Record[T]](tx *Tx, ix *Index[T], owner string, values []string) error {
	k := kindOf[T, P]()
	for i, v := range values {
		values[i] = ix.from(tx.Tenant, k, Entry{owner, v})
	}
	slices.Sort(values)
	end := store.End(ix.prefix(tx.Tenant, k, owner))
	next := "" // the first key of the index that is not before the last value
	for _, from := range values {
		if next < from {
			next = end
			for it, err := range tx.s.kv.Scan(from, end) {
				if err != nil {
					return err
				}
				next = it.Key
				break
			}
		}
		if !strings.HasPrefix(next, from) {
			tx.s.bulk.vacant[from] = true
		}
	}
	return nil
}

// filed notes that an entry is no longer vacant.
func (b *bulk) filed(key string) {
	if b != nil {
		delete(b.vacant, key[:strings.LastIndexByte(key, 0)+1])
	}
}

// dropKept forgets what was remembered of a record that changes.
func (tx *Tx) dropKept(key string) {
	if tx.s.bulk != nil {
		delete(tx.s.bulk.recs, key)
	}
}
