package core

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/hooks"
)

// Base is what every record has. Rev counts its changes, from 1.
type Base[T any] struct {
	ID         ID[T]  `json:"-"`
	CreatedAt  Time   `json:"createdAt" api:"ro"`
	ModifiedAt Time   `json:"modifiedAt" api:"ro"`
	Rev        uint64 `json:"rev" api:"-"`
}

func (b *Base[T]) base() *Base[T] { return b }

// Revision is the record's ETag: it changes with every change.
func (b *Base[T]) Revision() uint64 { return b.Rev }

func (b *Base[T]) head() head { return head{(*string)(&b.ID), &b.CreatedAt, &b.ModifiedAt, &b.Rev} }

// Created is when the record was made.
func (b *Base[T]) Created() Time { return b.CreatedAt }

// Path is where the record is below the API's root.
func (b *Base[T]) Path() string { return b.ID.Path() }

// Record is a pointer to a type that the core stores. A type becomes one by
// embedding Base and naming its Kind; it may be declared outside core.
type Record[T any] interface {
	*T
	record
	base() *Base[T]
	Kind() *Kind[T]
}

// Optional methods of a record.
type (
	// Checker says what is wrong with the record; only Put calls it.
	Checker interface{ Check(c *Checks) }
	// Owned names those whose loss the record does not survive.
	Owned interface{ Owners() []Ref }
	// Either is a part of records of several kinds: of its Owners, which have the
	// same id, one is there, and the record does not survive its loss.
	Either interface{ Either() }
	// Subjected names the account over which the record gives power, so that the
	// policy can compare ranks.
	Subjected interface{ Subject() ID[Account] }
	// UniqueByRule decides, for an index of rule ByOwner, whether the record's
	// entry must be the only one.
	UniqueByRule interface {
		UniqueIn(tx *Tx, index string) (bool, error)
	}
	// Defaulter sets what a new record, or an absent part, has by default.
	Defaulter interface{ Defaults() }
	// Saver writes what follows from the record's change, in the same transaction.
	// old is nil when it was made.
	Saver[T any] interface {
		Saved(tx *Tx, old *T) error
	}
	// Keeper says why a record may not be deleted. It is not asked when its owner
	// goes.
	Keeper interface{ Deleting(tx *Tx) error }
	// Authorizer tells whether the record gives power over the tenant: then an export
	// or import takes it along only where operators are asked for.
	Authorizer interface{ Authorizes() bool }
	// Secretive is a record that is a secret, or holds one beside its Sealed fields.
	// WithoutSecrets takes them out for an export that has none; false leaves the whole
	// record out.
	Secretive interface{ WithoutSecrets() bool }
	// Mover writes what belongs to a record that comes from another store, in place of
	// Saved: other records come by themselves.
	Mover interface{ Moved(tx *Tx) error }
	// Leaver writes what follows from the record's deletion.
	Leaver interface{ Deleted(tx *Tx) error }
)

// Kind says how records of type T are stored, shown and guarded. It is declared
// once, beside the type.
type Kind[T any] struct {
	Name    string        // plural, as in URLs: "groupMemberships"
	Noun    string        // as in messages: "GroupMembership"
	Key     string        // short, as in keys of the store: "mem"
	NewID   func() string // nil means NewID7
	Indexes []*Index[T]
	Rows    *Rows[T] // by what it is searched; nil is not
	Links   []string // child links on the wire: "groups", or "name=path" with {id} and {tenant}
	At      string   // where on the wire, with {id}: "passwordPolicies/{id}/strength"; "" means Name/{id}

	Part      bool   // the id is, or begins with, the owner's; an absent one means its defaults
	Custom    bool   // has customData
	Internal  bool   // no audit, no events, no way in: only the core writes it
	Quiet     bool   // no audit, no events: others tell what happens to it
	Stays     bool   // no export takes it along: it is about the work of this server
	Private   bool   // no routes by itself: it is served by others, or not at all
	Authority bool   // a change may change who may do what
	OwnerOnly bool   // only the role owner may write it
	Support   string // what the role support may do beside reading: of "cud" (create, update, delete)
}

// Rule says how many records may share an index entry.
type Rule int

// The rules of an index.
const (
	Many    Rule = iota
	Unique       // one record an entry, else 409
	ByOwner      // as the record's UniqueIn says
)

// Entry is what an index files a record under: an owner (an id, or "" for the
// tenant) and a value, ordered and searched within that owner.
type Entry struct{ Owner, Value string }

// Index finds the records of T by an entry each of them has. It serves exact and
// prefix look-ups and gives the order of a list; an index without values lists
// its owner's records in the order in which they were made, and counts them.
type Index[T any] struct {
	Name string
	Rule Rule
	List bool                   // entries have no value
	Key  func(*T) (Entry, bool) // false keeps the record out

	// Says the 409 of a taken entry (Rule Unique and ByOwner).
	Taken string
	// Field is the member that the 409 is about, where it has not the index's name.
	Field string
}

// kindOf is the kind of T. It needs no value of it.
func kindOf[T any, P Record[T]]() *Kind[T] { return P(nil).Kind() }

// AnyKind is a kind whose type is not known: what generic parts of the program
// (sweep, export, OpenAPI) hold.
type AnyKind interface {
	Info() KindInfo
	// Load reads a record by its id, as Get does.
	Load(tx *Tx, id string) (any, error)
	// Make is a new record with its defaults.
	Make() any
	// Put and Remove are Put and Delete of a record of the kind.
	Put(tx *Tx, rec any) error
	Remove(tx *Tx, rec any) error
	// All is a page of all of the tenant's records, or of those that a search finds.
	All(tx *Tx, s Search) (Page[any], error)
}

// KindInfo is what a kind says of itself.
type KindInfo struct {
	Name, Noun, Key, At    string
	Links                  []string
	Part, Custom, Internal bool
	Private, Stays         bool
	Search                 map[string]AttrType // the attributes it is searched by
	Type                   reflect.Type        // of the struct
	Hooked                 any                 // *Noun[T]
}

// Register makes T a noun of app: it is stored, audited, swept with its owners
// and hooked. Plugins call it for their own nouns, before the app starts. The
// hooks it returns are those of the noun.
func Register[T any, P Record[T]](app *App) *Noun[T] {
	return register[T, P](app, new(Noun[T]))
}

func register[T any, P Record[T]](app *App, n *Noun[T]) *Noun[T] {
	k := newKind[T, P](kindOf[T, P](), n)
	app.register(k)
	if !k.Internal && !k.quiet {
		for _, h := range []*hooks.Hook[*RecordEvent[T]]{&n.Create, &n.Update, &n.Delete} {
			h.Use(writeEvent[T], hooks.ID("stormkeep.event"), hooks.Order(hooks.First))
			h.Use(writeAudit[T], hooks.ID("stormkeep.audit"), hooks.Order(hooks.First))
		}
	}
	return n
}

func (a *App) register(k *kind) {
	switch {
	case k.Name == "" || k.Key == "" || k.Noun == "":
		panic(fmt.Sprintf("core: kind of %s has no Name, Noun or Key", k.Type))
	case a.kinds[k.Name] != nil:
		panic(fmt.Sprintf("core: kind %q is registered twice", k.Name))
	case a.started:
		panic(fmt.Sprintf("core: kind %q registered after the app has started", k.Name))
	}
	for _, other := range a.order {
		if other.Key == k.Key {
			panic(fmt.Sprintf("core: kinds %q and %q share the key %q", k.Name, other.Name, k.Key))
		}
	}
	a.kinds[k.Name] = k
	a.order = append(a.order, k)
}

// Kinds are the registered kinds in the order of their registration.
func (a *App) Kinds() []AnyKind {
	all := make([]AnyKind, len(a.order))
	for i, k := range a.order {
		all[i] = k
	}
	return all
}

// KindNamed is the kind of that plural name, or nil.
func (a *App) KindNamed(name string) AnyKind {
	if k := a.kinds[name]; k != nil {
		return k
	}
	return nil
}

// The keys of the store. A key begins with its class and its tenant; user text
// stands last in its part and ends at a NUL, so that it can never pass for
// another part, and sorts as it reads.

const (
	ordered   = "o" // appended at the right edge of its range
	scattered = "s"
)

// systemSpace stands where a tenant's id would: records outside any tenant.
const systemSpace = "-"

func (k *Kind[T]) class() string {
	if k.NewID != nil || k.Part {
		return scattered
	}
	return ordered
}

func (k *Kind[T]) prefix(tenant ID[Tenant]) string {
	return k.class() + string(tenant) + "/" + k.Key + "/"
}

var valueEscaper = strings.NewReplacer("\x00", "\x01\x01", "\x01", "\x01\x02")

func escapeValue(s string) string {
	if !utf8.ValidString(s) {
		s = string([]rune(s)) // as the stored record will have it
	}
	if strings.IndexByte(s, 0) < 0 && strings.IndexByte(s, 1) < 0 {
		return s
	}
	return valueEscaper.Replace(s)
}

// decodeRecord reads the stored form of a record.
func decodeRecord[T any, P Record[T]](id ID[T], b []byte) (P, error) {
	rec := P(new(T))
	if err := decodeInto(rec, string(id), b); err != nil {
		return nil, err
	}
	return rec, nil
}
