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
	in := make([]scope, len(scopes))
	for i, sc := range scopes {
		in[i] = sc.untyped()
	}
	page, err := tx.selected(kindIn[T, P](tx.App), in, s)
	return pageOf(page, as[P]), err
}

func (tx *Tx) selected(k *kind, scopes []scope, s Search) (Page[record], error) {
	if s.Limit == 0 {
		s.Limit = 25
	}
	page := Page[record]{Offset: s.Offset, Limit: s.Limit, Items: []record{}}
	s.Offset = min(s.Offset, maxOffset)
	if err := tx.reads(k); err != nil {
		return page, err
	}
	if k.rows == nil {
		return page, errors.New("core: " + k.Name + " are not searched")
	}
	q, err := compile(k, s)
	if err != nil {
		return page, err
	}
	if done, err := tx.inIndexOrder(k, scopes, s, &page); done || err != nil {
		return page, err
	}
	r := &run{tx: tx, k: k, q: q}
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
		r.hits.distinct = r.hits.distinct || owners[sc.owner]
		owners[sc.owner] = true
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
		rec, err := tx.get(k, id)
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
func (tx *Tx) inIndexOrder(k *kind, scopes []scope, s Search, page *Page[record]) (bool, error) {
	if len(s.Terms) > 0 || len(s.Order) != 1 || len(scopes) != 1 || scopes[0].part != nil || scopes[0].all && k.rows.within != nil {
		return false, nil
	}
	f := k.rows.field(s.Order[0].Attr)
	if f < 0 || k.rows.text[f].index == nil || k.rows.text[f].index.rule != Unique {
		return false, nil
	}
	if ok, err := k.rows.text[f].isFolded(tx, scopes[0].owner); err != nil || !ok {
		return false, err
	}
	size, err := tx.size(k, k.rows.within, Query{Owner: scopes[0].owner})
	if err != nil {
		return false, err
	}
	query := Query{Owner: scopes[0].owner, Offset: s.Offset, Limit: s.Limit, Desc: s.Order[0].Desc}
	*page, err = tx.listed(k, k.rows.text[f].index, query, size)
	return true, err
}

func (t text) isFolded(tx *Tx, owner string) (bool, error) {
	if t.index == nil || t.folds == nil {
		return t.index != nil, nil
	}
	return t.folds(tx, owner)
}

// run is one search under way.
type run struct {
	tx     *Tx
	k      *kind
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
func (r *run) spread(scopes []scope) ([]scope, error) {
	if len(scopes) != 1 || !scopes[0].all {
		return scopes, nil
	}
	if r.k.rows.within == nil {
		return []scope{{}}, nil
	}
	r.merged = true
	if r.k.rows.owners != directories.Name || len(r.q.custom) == 0 && !slices.ContainsFunc(r.q.text, r.indexed) {
		return scopes, nil
	}
	if n, err := Count[Directory](r.tx, nil, Query{}); err != nil || n > maxSpread {
		return scopes, err
	}
	var each []scope
	for id, err := range Walk[Directory](r.tx, nil, Query{}) {
		if err != nil {
			return nil, err
		}
		each = append(each, scope{owner: string(id)})
	}
	return each, nil
}

// walk meets the records of a scope: those of a plan, of its part, or all by their
// rows.
func (r *run) walk(sc scope, p *plan) error {
	switch {
	case p != nil && p.ranges != nil:
		return p.each(func(id []byte, sure bool) error {
			if sc.in != nil {
				if in, err := sc.in(string(id)); err != nil || !in {
					return err
				}
			}
			if p.alone && sure {
				r.hit(id, nil, nil)
				return nil
			}
			return r.byID(sc.owner, id)
		})
	case sc.part == nil:
		return r.pass(sc)
	}
	for id, err := range sc.part {
		if err != nil {
			return err
		}
		if err := r.byID(sc.owner, []byte(id)); err != nil {
			return err
		}
	}
	return nil
}

// byID meets a record by its id. One that is gone and not yet swept from the list
// is passed over.
func (r *run) byID(owner string, id []byte) error {
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
func (r *run) pass(sc scope) (err error) {
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
	if !sc.all {
		from += sc.owner + "/"
	}
	skip := len(from)
	owner, alive := sc.owner, !sc.all
	fault := store.Pass(r.tx.s.kv, from, store.End(from), func(key, row []byte) bool {
		id := key[skip:]
		if sc.all {
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
func (r *run) alive(owner string) (bool, error) {
	if owner == "" || r.k.rows.owners == "" {
		return true, nil
	}
	return r.tx.Alive(Ref(r.k.rows.owners + "/" + owner))
}

// meet asks whether a record, by its row, is what is searched for.
func (r *run) meet(id []byte, owner string, row []byte) error {
	if row[0]&rowOverflow != 0 && r.q.needsText() {
		rec, err := r.tx.load(r.k, string(id))
		if err != nil {
			return err
		}
		row = r.k.rows.rowOf(rec)
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
func (r *run) custom(id []byte, owner string) (all []scalar, err error) {
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
	return r.tx.scalarsOf(r.k.ref(string(id)), r.q.customPaths())
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
func (r *run) hit(id, row []byte, custom []scalar) {
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
