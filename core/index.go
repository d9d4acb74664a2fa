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
func reindex[T any, P Record[T]](tx *Tx, k *Kind[T], old, rec P) error {
	for _, ix := range k.Indexes {
		var was, is Entry
		var had, has bool
		var id ID[T]
		if old != nil {
			was, had = ix.Key(old)
			id = old.base().ID
		}
		if rec != nil {
			is, has = ix.Key(rec)
			id = rec.base().ID
		}
		if had == has && was == is {
			continue
		}
		if had {
			if err := file(tx, k, ix, was, string(id), false); err != nil {
				return err
			}
		}
		if has {
			if err := file(tx, k, ix, is, string(id), true); err != nil {
				return err
			}
		}
	}
	return nil
}

func (ix *Index[T]) entryKey(tenant ID[Tenant], k *Kind[T], e Entry, id string) string {
	return ix.class() + string(tenant) + "/" + k.Key + "." + ix.Name + "/" + e.Owner + "/" + escapeValue(e.Value) + "\x00" + id
}

// from is what the keys of an entry begin with; an id follows.
func (ix *Index[T]) from(tenant ID[Tenant], k *Kind[T], e Entry) string {
	return ix.entryKey(tenant, k, e, "")
}

// entries are the ids that ix files under an entry.
func entries[T any](tx *Tx, k *Kind[T], ix *Index[T], e Entry) iter.Seq2[ID[T], error] {
	if tx.s.bulk.isVacant(ix, e) {
		return func(func(ID[T], error) bool) {}
	}
	from := ix.from(tx.Tenant, k, e)
	return func(yield func(ID[T], error) bool) {
		for it, err := range tx.s.kv.Scan(from, store.End(from)) {
			if err != nil {
				yield("", err)
				return
			}
			if !yield(ID[T](it.Key[len(from):]), nil) {
				return
			}
		}
	}
}

// claims refuses a record of which another has an entry that it must have alone,
// before anything of it is written.
func claims[T any, P Record[T]](tx *Tx, k *Kind[T], old, rec P) error {
	for _, ix := range k.Indexes {
		is, has := ix.Key(rec)
		if !has {
			continue
		}
		if is.Owner != "" && !validID(is.Owner) {
			return fmt.Errorf("core: index %s of %s: %q is no owner", ix.Name, k.Name, is.Owner)
		}
		if old != nil {
			if was, had := ix.Key(old); had && was == is {
				continue
			}
		}
		if err := claim(tx, k, ix, is, rec); err != nil {
			return err
		}
	}
	return nil
}

// claim refuses an entry that another record has and must have alone.
func claim[T any, P Record[T]](tx *Tx, k *Kind[T], ix *Index[T], e Entry, rec P) error {
	alone := ix.Rule == Unique
	if ix.Rule == ByOwner {
		var err error
		if alone, err = any(rec).(UniqueByRule).UniqueIn(tx.trusted(), ix.Name); err != nil {
			return err
		}
	}
	if !alone {
		return nil
	}
	for id, err := range entries(tx, k, ix, e) {
		if err != nil {
			return err
		}
		if id == rec.base().ID {
			continue
		}
		msg := ix.Taken
		if msg == "" {
			msg = fmt.Sprintf("%s with that %s already exists.  Please choose another %s.", k.Noun, ix.Name, ix.Name)
		}
		return &Error{Kind: Conflict, Code: "taken", Msg: msg, Fields: map[string]string{ix.Name: msg}}
	}
	return nil
}

// file adds or removes one index entry, and counts the owner's where it is a list.
func file[T any](tx *Tx, k *Kind[T], ix *Index[T], e Entry, id string, add bool) error {
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
	if !ix.List {
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
