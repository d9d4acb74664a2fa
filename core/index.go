package core

import (
	"errors"
	"fmt"
	"iter"
	"strconv"

	"github.com/stormkeep/stormkeep/core/store"
)

// reindex moves the index entries of a record; old or rec is nil when it is made
// or deleted.
func (tx *Tx) reindex(k *kind, old, rec record) error {
	for _, ix := range k.indexes {
		var was, is Entry
		var had, has bool
		var id string
		if old != nil {
			was, had = ix.key(old)
			id = idOf(old)
		}
		if rec != nil {
			is, has = ix.key(rec)
			id = idOf(rec)
		}
		if had == has && was == is {
			continue
		}
		if had {
			if err := tx.file(k, ix, was, id, false); err != nil {
				return err
			}
		}
		if has {
			if err := tx.file(k, ix, is, id, true); err != nil {
				return err
			}
		}
	}
	return nil
}

func (ix *index) entryKey(tenant ID[Tenant], k *kind, e Entry, id string) string {
	return ix.class() + string(tenant) + "/" + k.Key + "." + ix.name + "/" + e.Owner + "/" + escapeValue(e.Value) + "\x00" + id
}

// from is what the keys of an entry begin with; an id follows.
func (ix *index) from(tenant ID[Tenant], k *kind, e Entry) string {
	return ix.entryKey(tenant, k, e, "")
}

// entries are the ids that ix files under an entry.
func (tx *Tx) entries(k *kind, ix *index, e Entry) iter.Seq2[string, error] {
	if tx.s.bulk.isVacant(ix, e) {
		return func(func(string, error) bool) {}
	}
	from := ix.from(tx.Tenant, k, e)
	return func(yield func(string, error) bool) {
		for it, err := range tx.s.kv.Scan(from, store.End(from)) {
			if err != nil {
				yield("", err)
				return
			}
			if !yield(it.Key[len(from):], nil) {
				return
			}
		}
	}
}

// claims refuses a record of which another has an entry that it must have alone,
// before anything of it is written.
func (tx *Tx) claims(k *kind, old, rec record) error {
	for _, ix := range k.indexes {
		is, has := ix.key(rec)
		if !has {
			continue
		}
		if is.Owner != "" && !validID(is.Owner) {
			return fmt.Errorf("core: index %s of %s: %q is no owner", ix.name, k.Name, is.Owner)
		}
		if old != nil {
			if was, had := ix.key(old); had && was == is {
				continue
			}
		}
		if err := tx.claim(k, ix, is, rec); err != nil {
			return err
		}
	}
	return nil
}

// claim refuses an entry that another record has and must have alone.
func (tx *Tx) claim(k *kind, ix *index, e Entry, rec record) error {
	alone := ix.rule == Unique
	if ix.rule == ByOwner {
		var err error
		if alone, err = rec.(UniqueByRule).UniqueIn(tx.trusted(), ix.name); err != nil {
			return err
		}
	}
	if !alone {
		return nil
	}
	for id, err := range tx.entries(k, ix, e) {
		if err != nil {
			return err
		}
		if id == idOf(rec) {
			continue
		}
		msg := ix.taken
		if msg == "" {
			msg = fmt.Sprintf("%s with that %s already exists.  Please choose another %s.", k.Noun, ix.name, ix.name)
		}
		return &Error{Kind: Conflict, Code: "taken", Msg: msg, Fields: map[string]string{ix.field: msg}}
	}
	return nil
}

// file adds or removes one index entry, and counts the owner's where it is a list.
func (tx *Tx) file(k *kind, ix *index, e Entry, id string, add bool) error {
	key, by := ix.entryKey(tx.Tenant, k, e, id), 1
	if add {
		tx.s.bulk.filed(ix, e)
		if err := tx.s.kv.Put(key, []byte{1}); err != nil {
			return err
		}
	} else {
		by = -1
		if err := tx.s.kv.Delete(key); err != nil {
			return err
		}
	}
	if !ix.list {
		return nil
	}
	return tx.recount(false, ix.counter(tx.Tenant, k, e.Owner), by)
}

// recount changes a counter, unless it is of something not counted.
func (tx *Tx) recount(not bool, counter string, by int) error {
	if not {
		return nil
	}
	if b := tx.s.bulk; b != nil {
		b.counts[counter] += by
		return nil
	}
	n, err := tx.count(counter)
	if err != nil {
		return err
	}
	if n += by; n <= 0 {
		return tx.s.kv.Delete(counter)
	}
	return tx.s.kv.Put(counter, strconv.AppendInt(nil, int64(n), 10))
}

func (tx *Tx) count(counter string) (int, error) {
	b := tx.s.bulk
	if b == nil {
		return tx.storedCount(counter)
	}
	more, changed := b.counts[counter]
	n, known := b.bases[counter]
	if changed && known {
		return n + more, nil
	}
	n, err := tx.storedCount(counter)
	if err != nil {
		return 0, err
	}
	if changed { // only by recount, which settleCounts writes
		b.bases[counter] = n
	}
	return n + more, nil
}

// storedCount is what the store has for a counter.
func (tx *Tx) storedCount(counter string) (int, error) {
	b, err := tx.s.kv.Get(counter)
	if errors.Is(err, store.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(string(b))
	if err != nil {
		return 0, fmt.Errorf("counter %q: %w", counter, err)
	}
	return n, nil
}
