package core

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// Beside a record of a kind that is searched lies a row: what a search looks at,
// folded and packed, so that a million are passed in the time in which a few
// thousand records are decoded. A row that would be longer than maxRow keeps its
// head only, and its record is read in its place.

// Rows says by what the records of a kind are searched: the two instants that
// every record has, and these.
type Rows[T any] struct {
	Within *Index[T] // whose lists are searched apart; nil is the tenant's alone
	Owners string    // plural name of the kind that those lists are of
	Text   []Text[T]
	Times  []Instant[T]
	Status func(*T) Status // nil where there is none
}

// Text is an attribute that is searched by its text, in any case.
type Text[T any] struct {
	Name string
	Of   func(*T) string
	// Index, if not nil, files the records by the folded text within their owner: an
	// exact or prefix search walks no rows. One that is Unique has every record.
	Index *Index[T]
	// Folds tells whether Index has the folded text for that owner; nil means always.
	Folds func(tx *Tx, owner string) (bool, error)
}

// Instant is an attribute that is searched by ranges of time.
type Instant[T any] struct {
	Name string
	Of   func(*T) Time
}

const (
	maxRow = 256 // bytes

	rowHead     = 2 // flags and status
	rowOverflow = 1 // the flag of a row without its text
	instantSize = 6
)

// rows is Rows without its type.
type rows struct {
	within *index
	owners string
	text   []text
	times  []moment
	status func(record) Status
}

type text struct {
	name  string
	of    func(record) string
	index *index
	folds func(tx *Tx, owner string) (bool, error)
}

type moment struct {
	name string
	of   func(record) Time
}

// newRows are the rows of a kind that has its indexes.
func newRows[T any, P Record[T]](k *kind, r *Rows[T]) *rows {
	u := &rows{within: indexIn(k, r.Within), owners: r.Owners}
	for _, t := range r.Text {
		u.text = append(u.text, text{t.Name, func(rec record) string { return t.Of(rec.(P)) }, indexIn(k, t.Index), t.Folds})
	}
	for _, t := range r.Times {
		u.times = append(u.times, moment{t.Name, func(rec record) Time { return t.Of(rec.(P)) }})
	}
	if r.Status != nil {
		u.status = func(rec record) Status { return r.Status(rec.(P)) }
	}
	return u
}

func (k *kind) rowsPrefix(tenant ID[Tenant], owner string) string {
	return k.allRows(tenant) + owner + "/"
}

func (k *kind) allRows(tenant ID[Tenant]) string {
	return k.class() + string(tenant) + "/" + k.Key + ".~/"
}

// rowOwner is in whose list the record is searched.
func (r *rows) rowOwner(rec record) string {
	if r.within == nil {
		return ""
	}
	e, _ := r.within.key(rec)
	return e.Owner
}

// rowOf is the row of a record, of any length.
func (r *rows) rowOf(rec record) []byte {
	b := make([]byte, rowHead, maxRow)
	if r.status != nil {
		b[1] = statusByte(string(r.status(rec)))
	}
	h := rec.head()
	b = appendInstant(b, *h.made)
	b = appendInstant(b, *h.changed)
	for _, t := range r.times {
		b = appendInstant(b, t.of(rec))
	}
	for i, t := range r.text {
		if i > 0 {
			b = append(b, 0)
		}
		b = append(b, searchForm(t.of(rec))...)
	}
	return b
}

// searchForm is the form in which text is compared. NUL stands between texts; one
// inside, which only custom data and searches can have, becomes what no text has.
func searchForm(s string) string { return strings.ReplaceAll(Fold(s), "\x00", "\xff") }

// statusByte tells the statuses apart by their first letters.
func statusByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// appendInstant appends six bytes that sort as the instants do; none is the least.
func appendInstant(b []byte, t Time) []byte {
	n := instant(t)
	return append(b, byte(n>>40), byte(n>>32), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

// instant is a Time as a row has it: milliseconds, never below 1 for one that is
// set.
func instant(t Time) uint64 {
	if t.IsZero() {
		return 0
	}
	return uint64(min(max(t.UnixMilli()+1<<46, 1), 1<<48-1))
}

func readInstant(b []byte) uint64 {
	return uint64(binary.BigEndian.Uint16(b))<<32 | uint64(binary.BigEndian.Uint32(b[2:]))
}

// head is how long the part of a row is that every one has.
func (r *rows) head() int { return rowHead + instantSize*(2+len(r.times)) }

// stored is the row as it is kept.
func (r *rows) stored(row []byte) []byte {
	if len(row) > maxRow {
		row = row[:r.head()]
		row[0] |= rowOverflow
	}
	return row
}

// putRow keeps the row of a record that was made or changed.
func (tx *Tx) putRow(k *kind, rec record) error {
	if k.rows == nil {
		return nil
	}
	key := k.rowsPrefix(tx.Tenant, k.rows.rowOwner(rec)) + idOf(rec)
	return tx.s.kv.Put(key, k.rows.stored(k.rows.rowOf(rec)))
}

// dropRows removes all rows of a record that is deleted.
func (tx *Tx) dropRows(k *kind, rec record) error {
	if k.rows == nil {
		return nil
	}
	owner, id := k.rows.rowOwner(rec), idOf(rec)
	if err := tx.s.kv.Delete(k.rowsPrefix(tx.Tenant, owner) + id); err != nil || !k.Custom {
		return err
	}
	return tx.dropCustomRow(k, owner, id)
}

// checkRows compares the rows of a kind with its records.
func (d *doctor) rows(k *kind) error {
	if k.rows == nil {
		return nil
	}
	tx := d.tx
	want := map[string][]byte{}
	p := k.prefix(tx.Tenant)
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return err
		}
		rec, err := k.decode(it.Key[len(p):], it.Value)
		if err != nil {
			continue // said already
		}
		owner := k.rows.rowOwner(rec)
		want[k.rowsPrefix(tx.Tenant, owner)+idOf(rec)] = k.rows.stored(k.rows.rowOf(rec))
		if k.Custom {
			if err := tx.customRows(k, owner, idOf(rec), want); err != nil {
				return err
			}
		}
	}
	for _, p := range []string{k.allRows(tx.Tenant), k.allCustomRows(tx.Tenant), k.allDeclared(tx.Tenant)} {
		for it, err := range tx.s.kv.Scan(p, store.End(p)) {
			if err != nil {
				return err
			}
			switch row, ok := want[it.Key]; {
			case d.files && p == k.allDeclared(tx.Tenant):
			case !ok:
				d.fixes[it.Key] = nil
				d.says("search row %q has no record", it.Key)
			case !bytes.Equal(row, it.Value):
				d.fixes[it.Key] = row
				d.says("search row %q is not its record's", it.Key)
			}
			delete(want, it.Key)
		}
	}
	for key, row := range want {
		if d.files && strings.HasPrefix(key, k.allDeclared(tx.Tenant)) {
			continue
		}
		d.fixes[key] = row
		d.says("search row %q is missing", key)
	}
	return nil
}
