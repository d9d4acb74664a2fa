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

// pageOf is a page of what fn makes of the items of another.
func pageOf[In, Out any](from Page[In], fn func(In) Out) Page[Out] {
	to := Page[Out]{Offset: from.Offset, Limit: from.Limit, Size: from.Size}
	if from.Items != nil {
		to.Items = make([]Out, len(from.Items))
	}
	for i, item := range from.Items {
		to.Items[i] = fn(item)
	}
	return to
}

// List reads a page of records in the order of ix; nil lists all of the
// tenant's, in the order in which they were made.
func List[T any, P Record[T]](tx *Tx, ix *Index[T], q Query) (Page[P], error) {
	k := kindIn[T, P](tx.App)
	page, err := tx.list(k, indexIn(k, ix), q)
	return pageOf(page, as[P]), err
}

func (tx *Tx) list(k *kind, ix *index, q Query) (Page[record], error) {
	if err := tx.reads(k); err != nil {
		return Page[record]{}, err
	}
	size, err := tx.size(k, ix, q)
	if err != nil {
		return Page[record]{}, err
	}
	return tx.listed(k, ix, q, size)
}

// listed is list of a list whose size is known.
func (tx *Tx) listed(k *kind, ix *index, q Query, size int) (Page[record], error) {
	if q.Limit == 0 {
		q.Limit = 25
	}
	page := Page[record]{Offset: q.Offset, Limit: q.Limit, Size: size, Items: make([]record, 0, max(min(q.Limit, size-q.Offset), 0))}
	seen := 0
	for id, err := range tx.walk(k, ix, q) {
		if err != nil {
			return page, err
		}
		if seen++; seen <= q.Offset && q.After == "" {
			continue
		}
		if len(page.Items) == q.Limit {
			break
		}
		rec, err := tx.get(k, id)
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
	k := kindIn[T, P](tx.App)
	return tx.size(k, indexIn(k, ix), q)
}

// Counts are how many records the tenant has of each kind that people name: of none that
// is a part of another, or private to an account. It walks nothing.
func (tx *Tx) Counts() (map[string]int, error) {
	if err := tx.mayRead(false); err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, k := range tx.App.order {
		if k.Internal || k.Private || k.Part {
			continue
		}
		n, err := tx.count(k.counter(tx.Tenant))
		if err != nil {
			return nil, err
		}
		counts[k.Name] = n
	}
	return counts, nil
}

func (tx *Tx) size(k *kind, ix *index, q Query) (int, error) {
	switch {
	case ix == nil:
		return tx.count(k.counter(tx.Tenant))
	case ix.list && q.Prefix == "":
		return tx.count(ix.counter(tx.Tenant, k, q.Owner))
	}
	n := 0
	for _, err := range tx.walk(k, ix, Query{Owner: q.Owner, Prefix: q.Prefix}) {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// after is the key at which id stands in a list. Where the list goes by a value,
// the record must still be there.
func (tx *Tx) after(k *kind, ix *index, owner, id string) (string, error) {
	switch {
	case !validID(id):
		return "", errNotFound()
	case ix == nil:
		return k.prefix(tx.Tenant) + id, nil
	case ix.list:
		return ix.entryKey(tx.Tenant, k, Entry{Owner: owner}, id), nil
	}
	rec, err := tx.load(k, id)
	if err != nil {
		return "", err
	}
	e, ok := ix.key(rec)
	if !ok {
		return "", errNotFound()
	}
	return ix.entryKey(tx.Tenant, k, e, id), nil
}

// Walk yields the ids of a list from its beginning, or from after q.After. It reads no
// record, so that what it yields may have lost its owner: Get decides.
func Walk[T any, P Record[T]](tx *Tx, ix *Index[T], q Query) iter.Seq2[ID[T], error] {
	k := kindIn[T, P](tx.App)
	return typedIDs[ID[T]](tx.walk(k, indexIn(k, ix), q))
}

func (tx *Tx) walk(k *kind, ix *index, q Query) iter.Seq2[string, error] {
	from := k.prefix(tx.Tenant)
	if ix != nil {
		from = ix.prefix(tx.Tenant, k, q.Owner) + escapeValue(q.Prefix)
	}
	to := store.End(from)
	if q.After != "" {
		mark, err := tx.after(k, ix, q.Owner, q.After)
		if err != nil {
			return func(yield func(string, error) bool) { yield("", err) }
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
	return func(yield func(string, error) bool) {
		for it, err := range scan(from, to) {
			if err != nil {
				yield("", err)
				return
			}
			cut := strings.LastIndexByte(it.Key, '\x00')
			if ix == nil {
				cut = strings.LastIndexByte(it.Key, '/')
			}
			if !yield(it.Key[cut+1:], nil) {
				return
			}
		}
	}
}

// typedIDs are ids of a type.
func typedIDs[To, From ~string](ids iter.Seq2[From, error]) iter.Seq2[To, error] {
	return func(yield func(To, error) bool) {
		for id, err := range ids {
			if !yield(To(id), err) {
				return
			}
		}
	}
}

// FindAll reads at most max records that ix files under this entry.
func FindAll[T any, P Record[T]](tx *Tx, ix *Index[T], owner, value string, max int) ([]P, error) {
	k := kindIn[T, P](tx.App)
	all, err := tx.findAll(k, k.index(ix), owner, value, max)
	return pageOf(Page[record]{Items: all}, as[P]).Items, err
}

func (tx *Tx) findAll(k *kind, ix *index, owner, value string, max int) ([]record, error) {
	if err := tx.reads(k); err != nil {
		return nil, err
	}
	var found []record
	for id, err := range tx.entries(k, ix, Entry{owner, value}) {
		if err != nil {
			return nil, err
		}
		rec, err := tx.get(k, id)
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
	k := kindIn[T, P](tx.App)
	for id, err := range tx.entries(k, k.index(ix), Entry{owner, value}) {
		if err != nil {
			return nil, err
		}
		if ids = append(ids, ID[T](id)); len(ids) == max {
			break
		}
	}
	return ids, nil
}

// Find reads the record that ix files under this entry, the oldest if there are
// several.
func Find[T any, P Record[T]](tx *Tx, ix *Index[T], owner, value string) (P, error) {
	k := kindIn[T, P](tx.App)
	found, err := tx.findAll(k, k.index(ix), owner, value, 1)
	if err == nil && len(found) == 0 {
		err = errNotFound()
	}
	if err != nil {
		return nil, err
	}
	return as[P](found[0]), nil
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
