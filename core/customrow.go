package core

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// A record's custom data has a row of its own, of the scalars that are in it. What
// does not fit is searched in the data themselves.

const (
	maxCustomRow = 1 << 10  // bytes of scalars
	maxFlattened = 64 << 10 // bytes of custom data beyond which no row is tried
)

// scalar is one value inside custom data, at the path of the members that lead to
// it. The elements of an array have the array's path.
type scalar struct {
	path string
	sort byte // 's'tring, 'n'umber, 'b'oolean
	text string
}

func (k *kind) allCustomRows(tenant ID[Tenant]) string {
	return k.class() + string(tenant) + "/" + k.Key + ".+/"
}

func (k *kind) customRowKey(tenant ID[Tenant], owner, id string) string {
	return k.allCustomRows(tenant) + owner + "/" + id
}

// flattening collects the scalars inside values. The name of a member may be as long
// as all of the data, and what is below it has it in its path: so paths are built for
// what is asked for only, or as far as a row has room.
type flattening struct {
	paths []string // the only ones that are asked for; nil is all that fit a row
	room  int      // bytes that a row of all has left
	all   []scalar
}

// in adds the scalars of a value at a path.
func (f *flattening) in(path string, raw json.RawMessage) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if d.Decode(&v) == nil {
		f.value(path, v)
	}
}

func (f *flattening) value(path string, v any) {
	switch v := v.(type) {
	case string:
		f.add(path, 's', v)
	case json.Number:
		f.add(path, 'n', v.String())
	case bool:
		f.add(path, 'b', strconv.FormatBool(v))
	case []any:
		for _, e := range v {
			f.value(path, e)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if below, ok := f.below(path, name); ok {
				f.value(below, v[name])
			}
		}
	}
}

func (f *flattening) add(path string, sort byte, text string) {
	if f.paths == nil {
		if f.room -= len(path); f.room < 0 {
			return
		}
	} else if !slices.Contains(f.paths, path) {
		return
	}
	switch sort {
	case 's':
		text = searchForm(text)
	case 'n':
		text = numberText(text)
	}
	f.room -= len(text)
	f.all = append(f.all, scalar{path, sort, text})
}

// below is the path of a member, if anything at it or below it is asked for.
func (f *flattening) below(path, name string) (string, bool) {
	n := len(path) + 1 + len(name)
	if f.paths == nil {
		if n > f.room {
			f.room = -1
			return "", false
		}
		return path + "." + name, true
	}
	for _, p := range f.paths {
		if len(p) < n || len(p) > n && p[n] != '.' {
			continue
		}
		if p[:len(path)] == path && p[len(path)] == '.' && p[len(path)+1:n] == name {
			return p[:n], true
		}
	}
	return "", false
}

// numberText is a number in plain digits, so that "1*" finds 10 and 1e3.
func numberText(s string) string {
	if !strings.ContainsAny(s, ".eE") {
		return s
	}
	f, ok := ParseNumber(s)
	if !ok || math.IsInf(f, 0) {
		return strings.ToLower(s)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// ParseNumber reads a number as JSON has them, leading zeros and a plus allowed. One
// that no float64 can hold is infinite.
func ParseNumber(s string) (f float64, ok bool) {
	if strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false // Go reads more than that
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil || errors.Is(err, strconv.ErrRange)
}

// scalarsOf are the scalars at the paths into a record's custom data.
func (tx *Tx) scalarsOf(owner Ref, paths []string) ([]scalar, error) {
	f := flattening{paths: paths}
	var done []string
	for _, path := range paths {
		top, _, _ := strings.Cut(path, ".")
		if slices.Contains(done, top) {
			continue
		}
		done = append(done, top)
		raw, err := tx.customValue(owner, top)
		if err != nil {
			return nil, err
		}
		f.in(top, raw)
	}
	return f.all, nil
}

// customValue is the value of one key, nil if there is none.
func (tx *Tx) customValue(owner Ref, key string) (raw json.RawMessage, err error) {
	p := tx.customPrefix(owner) + key + "\x00"
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return nil, err
		}
		raw = append(raw, it.Value...)
	}
	return raw, nil
}

// packScalars is a custom row: sort, path and text of each. Too many make the row
// that says so.
func packScalars(all []scalar) []byte {
	b := []byte{0}
	for _, s := range all {
		b = append(b, s.sort)
		b = binary.AppendUvarint(b, uint64(len(s.path)))
		b = append(b, s.path...)
		b = binary.AppendUvarint(b, uint64(len(s.text)))
		b = append(b, s.text...)
		if len(b) > maxCustomRow {
			return []byte{rowOverflow}
		}
	}
	return b
}

// unpackScalars reads a custom row; whole is false where it says that there are too
// many for one.
func unpackScalars(row []byte) (all []scalar, whole bool) {
	if !isWhole(row) {
		return nil, false
	}
	for row = row[1:]; len(row) > 0; {
		var sort byte
		var path, text []byte
		sort, path, text, row = nextScalar(row)
		all = append(all, scalar{string(path), sort, string(text)})
	}
	return all, true
}

func isWhole(row []byte) bool { return len(row) > 0 && row[0] != rowOverflow }

// nextScalar cuts a scalar from what follows the flag of a whole custom row.
func nextScalar(row []byte) (sort byte, path, text, rest []byte) {
	sort = row[0]
	n, size := binary.Uvarint(row[1:])
	path, rest = row[1+size:1+size+int(n)], row[1+size+int(n):]
	n, size = binary.Uvarint(rest)
	return sort, path, rest[size : size+int(n)], rest[size+int(n):]
}

// fitsCustomRow tells whether a custom row has what the terms ask of custom data, as
// far as it tells: one that is not whole may.
func (q *query) fitsCustomRow(row []byte) bool {
	if !isWhole(row) {
		return true
	}
	for _, t := range q.custom {
		fits := false
		for rest := row[1:]; len(rest) > 0 && !fits; {
			var sort byte
			var path, text []byte
			sort, path, text, rest = nextScalar(rest)
			fits = string(path) == t.path && t.fits(scalar{t.path, sort, string(text)})
		}
		if !fits {
			return false
		}
	}
	return true
}

// customRow is the row of a record's custom data as they are now, nil for none.
func (tx *Tx) customRow(owner Ref) ([]byte, error) {
	meta, err := tx.customMeta(owner)
	if err != nil || meta == nil || len(meta.Sizes) == 0 {
		return nil, err
	}
	if meta.total() > maxFlattened {
		return []byte{rowOverflow}, nil
	}
	f := flattening{room: maxCustomRow}
	for _, key := range slices.Sorted(maps.Keys(meta.Sizes)) {
		raw, err := tx.customValue(owner, key)
		if err != nil {
			return nil, err
		}
		f.in(key, raw)
	}
	switch {
	case f.room < 0:
		return []byte{rowOverflow}, nil
	case len(f.all) == 0:
		return nil, nil
	}
	return packScalars(f.all), nil
}

// customBefore is called before keys of a record's custom data change, and what
// it returns once they have: it keeps what is searched of them.
func (k *kind) customBefore(tx *Tx, id string, keys []string) (func() error, error) {
	ref := k.ref(id)
	if k.rows == nil {
		return func() error { return nil }, nil
	}
	rec, err := tx.load(k, id)
	if err != nil {
		return nil, err
	}
	owner := k.rows.rowOwner(rec)
	paths, err := declaredIn(tx, k.rows.owners, owner, keys)
	if err != nil {
		return nil, err
	}
	old, err := tx.declaredEntries(ref, paths)
	if err != nil {
		return nil, err
	}
	return func() error {
		row, err := tx.customRow(ref)
		if err != nil {
			return err
		}
		key := k.customRowKey(tx.Tenant, owner, id)
		if row == nil {
			err = tx.s.kv.Delete(key)
		} else {
			err = tx.s.kv.Put(key, row)
		}
		if err != nil {
			return err
		}
		now, err := tx.declaredEntries(ref, paths)
		if err != nil {
			return err
		}
		return tx.refile(k.declaredPrefix(tx.Tenant, owner), id, old, now)
	}, nil
}

// dropCustomRow removes what the search kept of a record's custom data, while they
// are still there.
func (tx *Tx) dropCustomRow(k *kind, owner, id string) error {
	paths, err := declaredIn(tx, k.rows.owners, owner, nil)
	if err != nil {
		return err
	}
	old, err := tx.declaredEntries(k.ref(id), paths)
	if err != nil {
		return err
	}
	if err := tx.refile(k.declaredPrefix(tx.Tenant, owner), id, old, nil); err != nil {
		return err
	}
	return tx.s.kv.Delete(k.customRowKey(tx.Tenant, owner, id))
}

// customRows adds to want what the search should hold of a record's custom data.
func (tx *Tx) customRows(k *kind, owner, id string, want map[string][]byte) error {
	ref := k.ref(id)
	row, err := tx.customRow(ref)
	if err != nil {
		return err
	}
	if row != nil {
		want[k.customRowKey(tx.Tenant, owner, id)] = row
	}
	paths, err := declaredIn(tx, k.rows.owners, owner, nil)
	if err != nil {
		return err
	}
	entries, err := tx.declaredEntries(ref, paths)
	for entry, value := range entries {
		want[k.declaredPrefix(tx.Tenant, owner)+entry+"\x00"+id] = []byte{value}
	}
	return err
}
