package core

import (
	"encoding/binary"
	"math/bits"
	"strings"

	"github.com/google/uuid"
)

// ID names one record of type T: an ID[Group] is no ID[Account]. A field of this
// type is the link that the API shows, and what ?expand= loads.
type ID[T any] string

// Link is a typed ID or a Ref: anything that names one record.
type Link interface{ Path() string }

// Path is where the record is below the API's root: "accounts/ID". It is "" for
// the empty ID.
func (id ID[T]) Path() string {
	if id == "" {
		return ""
	}
	if k, ok := any((*T)(nil)).(interface{ Kind() *Kind[T] }); ok {
		return k.Kind().Name + "/" + string(id)
	}
	return ""
}

// Ref names a record of one of several kinds, in the form of Link.Path: the
// account store of a mapping is a directory or a group.
type Ref string

// RefTo is the Ref to what l names.
func RefTo(l Link) Ref { return Ref(l.Path()) }

// Path is the Ref itself.
func (r Ref) Path() string { return string(r) }

// Kind is the plural name of the record's kind, as in its path.
func (r Ref) Kind() string { k, _, _ := strings.Cut(string(r), "/"); return k }

// ID is the record's ID without its type.
func (r Ref) ID() string { _, id, _ := strings.Cut(string(r), "/"); return id }

// IDOf returns the ID in r if r names a record of type T, else "".
func IDOf[T any](r Ref) (ID[T], bool) {
	if id := ID[T](r.ID()); id != "" && id.Path() == string(r) {
		return id, true
	}
	return "", false
}

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// NewID7 makes the usual id: a UUIDv7 as 22 base62 characters, whose byte order
// is the order in which they were made.
func NewID7() string {
	u := uuid.Must(uuid.NewV7())
	hi, lo := binary.BigEndian.Uint64(u[:8]), binary.BigEndian.Uint64(u[8:])
	var b [22]byte
	for i := len(b) - 1; i >= 0; i-- {
		var r uint64
		hi, r = hi/62, hi%62
		lo, r = bits.Div64(r, lo, 62)
		b[i] = base62[r]
	}
	return string(b[:])
}

// validID tells whether s could be an id, so that a stranger's text never
// becomes part of a key.
func validID(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z':
		default:
			return false
		}
	}
	return true
}
