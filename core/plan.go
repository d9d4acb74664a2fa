package core

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core/store"
)

// plan walks the few records of a list that fit one of the terms of a search, by an
// index. The other terms are still to be asked.
type plan struct {
	tx     *Tx
	ranges [][2]string // of index keys, which end with the id
	alone  bool        // there is nothing else to ask
	again  bool        // a record may be met more than once
}

// each calls fn with the ids of the plan, and whether it is sure that the record fits
// the term.
func (p *plan) each(fn func(id []byte, sure bool) error) (err error) {
	seen := map[string]bool{}
	for _, r := range p.ranges {
		fault := store.Pass(p.tx.s.kv, r[0], r[1], func(key, value []byte) bool {
			id := key[bytes.LastIndexByte(key, 0)+1:]
			if p.again && value[0] == manyValues {
				if seen[string(id)] {
					return true
				}
				seen[string(id)] = true
			}
			err = fn(id, !p.again || value[0] != tooManyValues)
			return err == nil
		})
		if err = cmp.Or(err, fault); err != nil {
			return err
		}
	}
	return nil
}

// plan is that of a scope, nil where no term has an index.
func (r *run) plan(sc scope) (*plan, error) {
	if sc.all {
		return nil, nil
	}
	terms := len(r.q.anywhere) + len(r.q.text) + len(r.q.times) + len(r.q.custom)
	if r.q.statuses != nil {
		terms++
	}
	p := &plan{tx: r.tx, alone: terms == 1 && len(r.q.order) == 0}
	for _, t := range r.q.text {
		attr := r.k.rows.text[t.field]
		if !r.indexed(t) {
			continue
		}
		if ok, err := attr.isFolded(r.tx, sc.owner); err != nil {
			return nil, err
		} else if ok {
			from := attr.index.prefix(r.tx.Tenant, r.k, sc.owner) + escapeValue(string(t.form))
			if !t.after {
				from += "\x00"
			}
			p.ranges = [][2]string{{from, store.End(from)}}
			return p, nil
		}
	}
	return p, r.byCustom(sc, p)
}

// indexed tells whether a term may be answered by an index of its attribute.
func (r *run) indexed(t textTerm) bool {
	return !t.before && len(t.form) > 0 && utf8.Valid(t.form) && r.k.rows.text[t.field].index != nil
}

// byCustom completes a plan by a declared path of custom data, if there is one.
func (r *run) byCustom(sc scope, p *plan) error {
	if len(r.q.custom) == 0 || r.k.rows.owners != directories.Name {
		return nil
	}
	d, err := load(r.tx, directories, ID[Directory](sc.owner))
	if err != nil {
		return err
	}
	for _, t := range r.q.custom {
		if !slices.Contains(d.CustomDataReady, t.path) {
			continue
		}
		prefix := r.k.declaredPrefix(r.tx.Tenant, sc.owner) + t.path + "\x00"
		if p.ranges = t.ranges(prefix); p.ranges != nil {
			p.ranges = append(p.ranges, [2]string{prefix + unsorted + "\x00", prefix + unsorted + "\x01"})
			p.again = true
			return nil
		}
	}
	return nil
}

// ranges are where the entries that fit a term are, nil where they cannot be told
// from others.
func (t customTerm) ranges(prefix string) (all [][2]string) {
	add := func(from, to string) { all = append(all, [2]string{prefix + from, prefix + to}) }
	if t.Text == nil {
		if n := t.Numbers; n != nil {
			from, to := "n"+sortable(n.From), "n"+sortable(n.To)+"\x01"
			if n.FromOpen {
				from += "\x01"
			}
			if n.ToOpen {
				to = strings.TrimSuffix(to, "\x01")
			}
			add(from, to)
		}
		if r := t.Times; r != nil {
			from, to := "t", "u"
			if !r.From.IsZero() {
				from += instantText(r.From)
			}
			if !r.To.IsZero() {
				to = "t" + instantText(r.To)
			}
			add(from, to)
		}
		return all
	}
	switch form := t.form; {
	case t.Text.Before || len(form) >= maxDeclaredText || form == "":
		return nil
	case t.Text.After:
		if strings.Trim(form[:1], "0123456789+-.tf") == "" {
			return nil // numbers and booleans may begin with it too
		}
		add("s"+form, store.End("s"+form))
	default:
		add("s"+form+"\x00", "s"+form+"\x01")
		if t.number != nil && math.Abs(*t.number) >= maxExact {
			return nil // an entry may be of another number
		}
		if t.number != nil {
			n := "n" + sortable(*t.number)
			add(n+"\x00", n+"\x01")
		}
		if form == "true" || form == "false" {
			add("b"+form+"\x00", "b"+form+"\x01")
		}
	}
	return all
}
