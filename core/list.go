package core

import (
	"iter"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// Query selects a page of a list.
type Query struct {
	Owner  string // whose list: an id, or "" for the tenant's
	Prefix string // of the entry's value, in the form the index holds it
	Offset int
	Limit  int    // 0 means 25
	After  string // id after which the page begins, instead of Offset
	Desc   bool
}

// Page is one page of a list. Size is the number of records on all pages.
type Page[P any] struct {
	Offset, Limit, Size int
	Items               []P
}

// List reads a page of records in the order of ix; nil lists all of the
// tenant's, in the order in which they were made.
func List[T any, P Record[T]](tx *Tx, ix *Index[T], q Query) (Page[P], error) {
	k := kindOf[T, P]()
	if err := tx.mayRead(k.Internal); err != nil {
		return Page[P]{}, err
	}
	size, err := Count[T, P](tx, ix, q)
	if err != nil {
		return Page[P]{}, err
	}
	return listed[T, P](tx, ix, q, size)
}

// listed is List of a list whose size is known.
func listed[T any, P Record[T]](tx *Tx, ix *Index[T], q Query, size int) (Page[P], error) {
	if q.Limit == 0 {
		q.Limit = 25
	}
	page := Page[P]{Offset: q.Offset, Limit: q.Limit, Size: size, Items: []P{}}
	seen := 0
	for id, err := range Walk[T, P](tx, ix, q) {
		if err != nil {
			return page, err
		}
		if seen++; seen <= q.Offset && q.After == "" {
			continue
		}
		if len(page.Items) == q.Limit {
			break
		}
		rec, err := Get[T, P](tx, id)
		if IsNotFound(err) {
			continue // its owner is gone, and the sweep has not come to it
		}
		if err != nil {
			return page, err
		}
		page.Items = append(page.Items, rec)
	}
	return page, nil
}

// Count is the number of records that List would show on all its pages. It walks
// nothing where the list is counted: an index with List, or no index.
func Count[T any, P Record[T]](tx *Tx, ix *Index[T], q Query) (int, error) {
	k := kindOf[T, P]()
	switch {
	case ix == nil:
		return tx.count(k.counter(tx.Tenant))
	case ix.List && q.Prefix == "":
		return tx.count(ix.counter(tx.Tenant, k, q.Owner))
	}
	n := 0
	for _, err := range Walk[T, P](tx, ix, Query{Owner: q.Owner, Prefix: q.Prefix}) {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// after is the key at which id stands in a list. Where the list goes by a value,
// the record must still be there.
func after[T any, P Record[T]](tx *Tx, k *Kind[T], ix *Index[T], owner string, id ID[T]) (string, error) {
	switch {
	case !validID(string(id)):
		return "", errNotFound()
	case ix == nil:
		return k.prefix(tx.Tenant) + string(id), nil
	case ix.List:
		return ix.entryKey(tx.Tenant, k, Entry{Owner: owner}, string(id)), nil
	}
	rec, err := load[T, P](tx, k, id)
	if err != nil {
		return "", err
	}
	e, ok := ix.Key(rec)
	if !ok {
		return "", errNotFound()
	}
	return ix.entryKey(tx.Tenant, k, e, string(id)), nil
}

// Walk yields the ids of a list from its beginning, or from after q.After. It reads no
// record, so that what it yields may have lost its owner: Get decides.
func Walk[T any, P Record[T]](tx *Tx, ix *Index[T], q Query) iter.Seq2[ID[T], error] {
	k := kindOf[T, P]()
	from := k.prefix(tx.Tenant)
	if ix != nil {
		from = ix.prefix(tx.Tenant, k, q.Owner) + escapeValue(q.Prefix)
	}
	to := store.End(from)
	if q.After != "" {
		mark, err := after[T, P](tx, k, ix, q.Owner, ID[T](q.After))
		if err != nil {
			return func(yield func(ID[T], error) bool) { yield("", err) }
		}
		if q.Desc {
			to = max(min(to, mark), from)
		} else {
			from = max(from, mark+"\x00")
		}
	}
	scan := tx.s.kv.Scan
	if q.Desc {
		scan = tx.s.kv.ScanBack
	}
	return func(yield func(ID[T], error) bool) {
		for it, err := range scan(from, to) {
			if err != nil {
				yield("", err)
				return
			}
			cut := strings.LastIndexByte(it.Key, '\x00')
			if ix == nil {
				cut = strings.LastIndexByte(it.Key, '/')
			}
			if !yield(ID[T](it.Key[cut+1:]), nil) {
				return
			}
		}
	}
}

// FindAll reads at most max records that ix files under this entry.
func FindAll[T any, P Record[T]](tx *Tx, ix *Index[T], owner, value string, max int) ([]P, error) {
	k := kindOf[T, P]()
	if err := tx.mayRead(k.Internal); err != nil {
		return nil, err
	}
	var found []P
	for id, err := range entries(tx, k, ix, Entry{owner, value}) {
		if err != nil {
			return nil, err
		}
		rec, err := Get[T, P](tx, id)
		if IsNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if found = append(found, rec); len(found) == max {
			break
		}
	}
	return found, nil
}

// filed are at most max ids that ix files under an entry, whether or not their
// owners still are.
func filed[T any, P Record[T]](tx *Tx, ix *Index[T], owner, value string, max int) (ids []ID[T], err error) {
	for id, err := range entries(tx, kindOf[T, P](), ix, Entry{owner, value}) {
		if err != nil {
			return nil, err
		}
		if ids = append(ids, id); len(ids) == max {
			break
		}
	}
	return ids, nil
}

// Find reads the record that ix files under this entry, the oldest if there are
// several.
func Find[T any, P Record[T]](tx *Tx, ix *Index[T], owner, value string) (P, error) {
	found, err := FindAll[T, P](tx, ix, owner, value, 1)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errNotFound()
	}
	return found[0], nil
}

// records yields the records of those ids that are there still, and have their owners.
func records[T any, P Record[T]](tx *Tx, ids iter.Seq2[ID[T], error]) iter.Seq2[P, error] {
	return func(yield func(P, error) bool) {
		for id, err := range ids {
			var rec P
			if err == nil {
				rec, err = Get[T, P](tx, id)
			}
			if IsNotFound(err) {
				continue
			}
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

// settled yields the same ids, found before the first is: a walk must not see what is
// written on its way.
func settled[T any](ids iter.Seq2[ID[T], error]) iter.Seq2[ID[T], error] {
	var all []ID[T]
	for id, err := range ids {
		if err != nil {
			return func(yield func(ID[T], error) bool) { yield("", err) }
		}
		all = append(all, id)
	}
	return those(all)
}

func those[T any](ids []ID[T]) iter.Seq2[ID[T], error] {
	return func(yield func(ID[T], error) bool) {
		for _, id := range ids {
			if !yield(id, nil) {
				return
			}
		}
	}
}
