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

func (k *Kind[T]) rowsPrefix(tenant ID[Tenant], owner string) string {
	return k.allRows(tenant) + owner + "/"
}

func (k *Kind[T]) allRows(tenant ID[Tenant]) string {
	return k.class() + string(tenant) + "/" + k.Key + ".~/"
}

// rowOwner is in whose list the record is searched.
func (r *Rows[T]) rowOwner(rec *T) string {
	if r.Within == nil {
		return ""
	}
	e, _ := r.Within.Key(rec)
	return e.Owner
}

// rowOf is the row of a record, of any length.
func rowOf[T any, P Record[T]](k *Kind[T], rec P) []byte {
	b := make([]byte, rowHead, maxRow)
	if k.Rows.Status != nil {
		b[1] = statusByte(string(k.Rows.Status(rec)))
	}
	b = appendInstant(b, rec.base().CreatedAt)
	b = appendInstant(b, rec.base().ModifiedAt)
	for _, t := range k.Rows.Times {
		b = appendInstant(b, t.Of(rec))
	}
	for i, t := range k.Rows.Text {
		if i > 0 {
			b = append(b, 0)
		}
		b = append(b, searchForm(t.Of(rec))...)
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
func (r *Rows[T]) head() int { return rowHead + instantSize*(2+len(r.Times)) }

// stored is the row as it is kept.
func (r *Rows[T]) stored(row []byte) []byte {
	if len(row) > maxRow {
		row = row[:r.head()]
		row[0] |= rowOverflow
	}
	return row
}

// putRow keeps the row of a record that was made or changed.
func putRow[T any, P Record[T]](tx *Tx, k *Kind[T], rec P) error {
	if k.Rows == nil {
		return nil
	}
	key := k.rowsPrefix(tx.Tenant, k.Rows.rowOwner(rec)) + string(rec.base().ID)
	return tx.s.kv.Put(key, k.Rows.stored(rowOf(k, rec)))
}

// dropRows removes all rows of a record that is deleted.
func dropRows[T any, P Record[T]](tx *Tx, k *Kind[T], rec P) error {
	if k.Rows == nil {
		return nil
	}
	owner, id := k.Rows.rowOwner(rec), string(rec.base().ID)
	if err := tx.s.kv.Delete(k.rowsPrefix(tx.Tenant, owner) + id); err != nil || !k.Custom {
		return err
	}
	return dropCustomRow(tx, k, owner, id)
}

// checkRows compares the rows of a kind with its records.
func checkRows[T any, P Record[T]](d *doctor, k *Kind[T]) error {
	if k.Rows == nil {
		return nil
	}
	tx := d.tx
	want := map[string][]byte{}
	p := k.prefix(tx.Tenant)
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return err
		}
		rec, err := decodeRecord[T, P](ID[T](it.Key[len(p):]), it.Value)
		if err != nil {
			continue // said already
		}
		owner := k.Rows.rowOwner(rec)
		want[k.rowsPrefix(tx.Tenant, owner)+string(rec.base().ID)] = k.Rows.stored(rowOf(k, rec))
		if k.Custom {
			if err := customRows(tx, k, owner, string(rec.base().ID), want); err != nil {
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
