package core

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// Select reads a page of the records in the scopes that a search finds, each once.
// Without an order it is that of the scopes, and within one that in which the
// records were made.
func Select[T any, P Record[T]](tx *Tx, scopes []Scope[T], s Search) (Page[P], error) {
	k := kindOf[T, P]()
	if s.Limit == 0 {
		s.Limit = 25
	}
	page := Page[P]{Offset: s.Offset, Limit: s.Limit, Items: []P{}}
	s.Offset = min(s.Offset, maxOffset)
	if err := tx.mayRead(k.Internal); err != nil {
		return page, err
	}
	if k.Rows == nil {
		return page, errors.New("core: " + k.Name + " are not searched")
	}
	q, err := compile(k, s)
	if err != nil {
		return page, err
	}
	if done, err := inIndexOrder(tx, k, scopes, s, &page); done || err != nil {
		return page, err
	}
	r := &run[T, P]{tx: tx, k: k, q: q}
	r.hits.offset, r.hits.limit = s.Offset, s.Limit
	if scopes, err = r.spread(scopes); err != nil {
		return page, err
	}
	plans, owners := make([]*plan, len(scopes)), make(map[string]bool, len(scopes))
	for i, sc := range scopes {
		if plans[i], err = r.plan(sc); err != nil {
			return page, err
		}
		r.hits.sorting = r.hits.sorting || plans[i] != nil && plans[i].ranges != nil
		r.hits.distinct = r.hits.distinct || owners[sc.Owner]
		owners[sc.Owner] = true
	}
	r.hits.sorting = r.hits.sorting || r.merged || len(q.order) > 0
	for i, sc := range scopes {
		r.scope = i
		if err := r.walk(sc, plans[i]); err != nil {
			return page, err
		}
	}
	page.Size = r.hits.n
	for _, id := range r.hits.page() {
		rec, err := Get[T, P](tx, ID[T](id))
		if IsNotFound(err) {
			continue
		}
		if err != nil {
			return page, err
		}
		page.Items = append(page.Items, rec)
	}
	return page, nil
}

// maxOffset is beyond the end of any list.
const maxOffset = 1 << 40

// inIndexOrder answers an order by one attribute that has an index of all records,
// where nothing narrows the list: it counts nothing and passes only what it skips.
func inIndexOrder[T any, P Record[T]](tx *Tx, k *Kind[T], scopes []Scope[T], s Search, page *Page[P]) (bool, error) {
	if len(s.Terms) > 0 || len(s.Order) != 1 || len(scopes) != 1 || scopes[0].Part != nil || scopes[0].All && k.Rows.Within != nil {
		return false, nil
	}
	f := k.Rows.field(s.Order[0].Attr)
	if f < 0 || k.Rows.Text[f].Index == nil || k.Rows.Text[f].Index.Rule != Unique {
		return false, nil
	}
	if ok, err := k.Rows.Text[f].folds(tx, scopes[0].Owner); err != nil || !ok {
		return false, err
	}
	size, err := Count[T, P](tx, k.Rows.Within, Query{Owner: scopes[0].Owner})
	if err != nil {
		return false, err
	}
	query := Query{Owner: scopes[0].Owner, Offset: s.Offset, Limit: s.Limit, Desc: s.Order[0].Desc}
	*page, err = listed[T, P](tx, k.Rows.Text[f].Index, query, size)
	return true, err
}

func (t Text[T]) folds(tx *Tx, owner string) (bool, error) {
	if t.Index == nil || t.Folds == nil {
		return t.Index != nil, nil
	}
	return t.Folds(tx, owner)
}

// run is one search under way.
type run[T any, P Record[T]] struct {
	tx     *Tx
	k      *Kind[T]
	q      *query
	scope  int
	merged bool // the scopes are parts of one list
	hits   hits
	key    []byte // scratch
}

// maxSpread is for how many lists of all an index is asked apart.
const maxSpread = 1000

// spread turns all lists into those of each owner, where an index may answer, or
// where the kind has but one.
func (r *run[T, P]) spread(scopes []Scope[T]) ([]Scope[T], error) {
	if len(scopes) != 1 || !scopes[0].All {
		return scopes, nil
	}
	if r.k.Rows.Within == nil {
		return OwnedBy[T](""), nil
	}
	r.merged = true
	if r.k.Rows.Owners != directories.Name || len(r.q.custom) == 0 && !slices.ContainsFunc(r.q.text, r.indexed) {
		return scopes, nil
	}
	if n, err := Count[Directory](r.tx, nil, Query{}); err != nil || n > maxSpread {
		return scopes, err
	}
	var each []Scope[T]
	for id, err := range Walk[Directory](r.tx, nil, Query{}) {
		if err != nil {
			return nil, err
		}
		each = append(each, Scope[T]{Owner: string(id)})
	}
	return each, nil
}

// walk meets the records of a scope: those of a plan, of its part, or all by their
// rows.
func (r *run[T, P]) walk(sc Scope[T], p *plan) error {
	switch {
	case p != nil && p.ranges != nil:
		return p.each(func(id []byte, sure bool) error {
			if sc.In != nil {
				if in, err := sc.In(ID[T](id)); err != nil || !in {
					return err
				}
			}
			if p.alone && sure {
				r.hit(id, nil, nil)
				return nil
			}
			return r.byID(sc.Owner, id)
		})
	case sc.Part == nil:
		return r.pass(sc)
	}
	for id, err := range sc.Part {
		if err != nil {
			return err
		}
		if err := r.byID(sc.Owner, []byte(id)); err != nil {
			return err
		}
	}
	return nil
}

// byID meets a record by its id. One that is gone and not yet swept from the list
// is passed over.
func (r *run[T, P]) byID(owner string, id []byte) error {
	row, err := r.tx.s.kv.Get(r.k.rowsPrefix(r.tx.Tenant, owner) + string(id))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return r.meet(id, owner, row)
}

// pass meets all records of a scope by their rows. Where custom data are asked for,
// those with fitting custom data: without any, none fits.
func (r *run[T, P]) pass(sc Scope[T]) (err error) {
	from, meet := r.k.allRows(r.tx.Tenant), r.meet
	if len(r.q.custom) > 0 {
		from = r.k.allCustomRows(r.tx.Tenant)
		meet = func(id []byte, owner string, custom []byte) error {
			if !r.q.fitsCustomRow(custom) {
				return nil
			}
			return r.byID(owner, id)
		}
	}
	if !sc.All {
		from += sc.Owner + "/"
	}
	skip := len(from)
	owner, alive := sc.Owner, !sc.All
	fault := store.Pass(r.tx.s.kv, from, store.End(from), func(key, row []byte) bool {
		id := key[skip:]
		if sc.All {
			cut := slices.Index(id, '/')
			if o := id[:cut]; string(o) != owner || !alive {
				owner = string(o)
				if alive, err = r.alive(owner); err != nil {
					return false
				}
			}
			if id = id[cut+1:]; !alive {
				return true
			}
		}
		err = meet(id, owner, row)
		return err == nil
	})
	return cmp.Or(err, fault)
}

// alive tells whether the owner of a list still is.
func (r *run[T, P]) alive(owner string) (bool, error) {
	if owner == "" || r.k.Rows.Owners == "" {
		return true, nil
	}
	return r.tx.Alive(Ref(r.k.Rows.Owners + "/" + owner))
}

// meet asks whether a record, by its row, is what is searched for.
func (r *run[T, P]) meet(id []byte, owner string, row []byte) error {
	if row[0]&rowOverflow != 0 && r.q.needsText() {
		rec, err := load[T, P](r.tx, r.k, ID[T](id))
		if err != nil {
			return err
		}
		row = rowOf(r.k, rec)
	}
	if !r.q.fits(row) {
		return nil
	}
	var custom []scalar
	if len(r.q.custom) > 0 || r.q.ordersCustom() {
		var err error
		if custom, err = r.custom(id, owner); err != nil || !r.q.fitsCustom(custom) {
			return err
		}
	}
	r.hit(id, row, custom)
	return nil
}

func (q *query) ordersCustom() bool {
	return slices.ContainsFunc(q.order, func(o orderTerm) bool { return o.path != "" })
}

// custom are the scalars of a record's custom data.
func (r *run[T, P]) custom(id []byte, owner string) (all []scalar, err error) {
	row, err := r.tx.s.kv.Get(r.k.customRowKey(r.tx.Tenant, owner, string(id)))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all, whole := unpackScalars(row)
	if whole {
		return all, nil
	}
	return r.tx.scalarsOf(RefTo(ID[T](id)), r.q.customPaths())
}

// customPaths are the paths into custom data that the search looks at.
func (q *query) customPaths() (paths []string) {
	for _, t := range q.custom {
		paths = append(paths, t.path)
	}
	for _, o := range q.order {
		if o.path != "" {
			paths = append(paths, o.path)
		}
	}
	return paths
}

// hit counts a record that was found.
func (r *run[T, P]) hit(id, row []byte, custom []scalar) {
	if !r.hits.sorting {
		r.hits.add(nil, id)
		return
	}
	r.key = r.key[:0]
	if len(r.q.order) > 0 {
		r.key = r.q.sortKey(r.key, row, custom)
	} else if !r.merged {
		r.key = binary.BigEndian.AppendUint32(r.key, uint32(r.scope))
	}
	r.key = append(r.key, id...)
	r.hits.add(r.key, id)
}

// hits are the records found so far: counted, and of those the ones on the page, or
// where they do not come in order the first as far as the page's end.
type hits struct {
	offset, limit     int
	sorting, distinct bool
	n                 int
	ids               []string
	first             keyed
	seen              map[string]bool
}

func (h *hits) add(key, id []byte) {
	if h.distinct {
		if h.seen[string(id)] {
			return
		}
		if h.seen == nil {
			h.seen = map[string]bool{}
		}
		h.seen[string(id)] = true
	}
	h.n++
	if !h.sorting {
		if h.n > h.offset && len(h.ids) < h.limit {
			h.ids = append(h.ids, string(id))
		}
		return
	}
	if len(h.first) < h.offset+h.limit {
		heap.Push(&h.first, sortedHit{string(key), string(id)})
	} else if string(key) < h.first[0].key {
		h.first[0] = sortedHit{string(key), string(id)}
		heap.Fix(&h.first, 0)
	}
}

// page are the ids on the page, in order.
func (h *hits) page() []string {
	if !h.sorting {
		return h.ids
	}
	slices.SortFunc(h.first, func(a, b sortedHit) int { return strings.Compare(a.key, b.key) })
	var ids []string
	for i := h.offset; i < len(h.first); i++ {
		ids = append(ids, h.first[i].id)
	}
	return ids
}

type sortedHit struct{ key, id string }

// keyed is a heap of the hits that come first, the last of them on top.
type keyed []sortedHit

func (k keyed) Len() int           { return len(k) }
func (k keyed) Less(i, j int) bool { return k[i].key > k[j].key }
func (k keyed) Swap(i, j int)      { k[i], k[j] = k[j], k[i] }

// Push implements heap.Interface.
func (k *keyed) Push(x any) { *k = append(*k, x.(sortedHit)) }

// Pop implements heap.Interface.
func (k *keyed) Pop() any {
	last := (*k)[len(*k)-1]
	*k = (*k)[:len(*k)-1]
	return last
}
