package core

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	fastjson "github.com/segmentio/encoding/json" // a third of the time of encoding/json for what is read most
)

// What the core does with records it does once for all types, by a kind and records
// that do not say their type; Get, Put, List and the others give them their types, and
// are no more than that. For each noun a copy of it all would be compiled else.

// record is any Record.
type record interface {
	// Path is where the record is below the API's root.
	Path() string
	head() head
}

// head is where a record has what every one has.
type head struct {
	id            *string
	made, changed *Time
	rev           *uint64
}

// headline is what a head leads to.
type headline struct {
	id            string
	made, changed Time
	rev           uint64
}

func (h head) get() headline { return headline{*h.id, *h.made, *h.changed, *h.rev} }

func (h head) set(l headline) { *h.id, *h.made, *h.changed, *h.rev = l.id, l.made, l.changed, l.rev }

func idOf(rec record) string { return *rec.head().id }

// as gives a record its type; nil stays nil.
func as[P record](rec record) P {
	p, _ := rec.(P)
	return p
}

// untyped is rec without its type; nil stays nil.
func untyped[T any, P Record[T]](rec P) record {
	if rec == nil {
		return nil
	}
	return rec
}

// kind is a Kind without its type, as it is registered in an app.
type kind struct {
	KindInfo
	quiet, authority, ownerOnly bool
	support                     string
	newID                       func() string
	indexes                     []*index
	rows                        *rows
	owned                       bool  // its records have owners
	typed                       typed // nil where the kind is not registered
}

// typed is what the core cannot do with a record that does not say its type.
type typed interface {
	blank() record
	copied(rec record) record
	// assign makes a record what another is.
	assign(to, from record)
	// of is rec, if it is of the type.
	of(rec any) (record, bool)
	// saved calls the record's Saved, if it has one.
	saved(tx *Tx, rec, old record) error
	// trigger runs the hook of a change around act, and returns the change as the
	// hooks' event had it.
	trigger(c change, act func(*change) error) (*change, error)
}

// index is an Index without its type.
type index struct {
	of          any // the *Index[T]
	name, taken string
	rule        Rule
	list        bool
	key         func(record) (Entry, bool)
	field       string // that is taken
}

// typing is what is typed of T's kind in an app.
type typing[T any, P Record[T]] struct{ hooks *Noun[T] }

func (typing[T, P]) blank() record { return P(new(T)) }

func (typing[T, P]) copied(rec record) record {
	c := *rec.(P)
	return P(&c)
}

func (typing[T, P]) assign(to, from record) { *to.(P) = *from.(P) }

func (typing[T, P]) of(rec any) (record, bool) {
	p, ok := rec.(P)
	return p, ok
}

func (typing[T, P]) saved(tx *Tx, rec, old record) error {
	if s, ok := rec.(Saver[T]); ok {
		return s.Saved(tx, as[P](old))
	}
	return nil
}

func (t typing[T, P]) trigger(c change, act func(*change) error) (*change, error) {
	e := &RecordEvent[T]{Tx: c.tx, Old: as[P](c.old), New: as[P](c.rec), change: c}
	hook := &t.hooks.Update
	switch {
	case e.Old == nil:
		hook = &t.hooks.Create
	case e.New == nil:
		hook = &t.hooks.Delete
	}
	return &e.change, hook.Trigger(e, func(e *RecordEvent[T]) error {
		if e.New != nil {
			e.rec = P(e.New)
		}
		return act(&e.change)
	})
}

// newKind is k as it is registered with its hooks.
func newKind[T any, P Record[T]](k *Kind[T], n *Noun[T]) *kind {
	u := &kind{
		KindInfo: KindInfo{
			Name: k.Name, Noun: k.Noun, Key: k.Key, At: k.At, Links: k.Links, Part: k.Part, Custom: k.Custom, Internal: k.Internal,
			Private: k.Private, Stays: k.Stays, Type: reflect.TypeFor[T](), Hooked: n,
		},
		quiet: k.Quiet, authority: k.Authority, ownerOnly: k.OwnerOnly, support: k.Support, newID: k.NewID, typed: typing[T, P]{n},
	}
	_, u.owned = any(P(nil)).(Owned)
	for _, ix := range k.Indexes {
		key := func(rec record) (Entry, bool) { return ix.Key(rec.(P)) }
		u.indexes = append(u.indexes, &index{ix, ix.Name, ix.Taken, ix.Rule, ix.List, key, cmp.Or(ix.Field, ix.Name)})
	}
	if k.Rows != nil {
		u.rows = newRows[T, P](u, k.Rows)
		u.Search = u.rows.attrs()
	}
	return u
}

// kindIn is T's kind in an app.
func kindIn[T any, P Record[T]](app *App) *kind { return app.kind(kindOf[T, P]().Name) }

// kind is the kind of that plural name, which may not be registered.
func (a *App) kind(name string) *kind {
	if k := a.kinds[name]; k != nil {
		return k
	}
	return &kind{KindInfo: KindInfo{Name: name}}
}

func (k *kind) registered() error {
	if k.typed == nil {
		return fmt.Errorf("core: kind %q is not registered", k.Name)
	}
	return nil
}

// index is one of the kind's, by its typed form.
func (k *kind) index(of any) *index {
	for _, ix := range k.indexes {
		if ix.of == of {
			return ix
		}
	}
	panic("core: an index that is none of " + k.Name)
}

// indexIn is ix without its type; nil stays nil.
func indexIn[T any](k *kind, ix *Index[T]) *index {
	if ix == nil {
		return nil
	}
	return k.index(ix)
}

// ref names a record of the kind.
func (k *kind) ref(id string) Ref { return Ref(k.Name + "/" + id) }

func (k *kind) policy() policyInfo { return policyInfo{k.Noun, k.Internal, k.ownerOnly, k.support} }

// decode reads the stored form of a record.
func (k *kind) decode(id string, b []byte) (record, error) {
	rec := k.typed.blank()
	if err := decodeInto(rec, id, b); err != nil {
		return nil, err
	}
	return rec, nil
}

func decodeInto(rec record, id string, b []byte) error {
	h := rec.head()
	*h.id = id
	if err := fastjson.Unmarshal(b, rec); err != nil {
		return fmt.Errorf("stored record %s: %w", rec.Path(), err)
	}
	*h.id = id
	return nil
}

// The keys of a kind in the store: see Kind.

func (k *kind) class() string {
	if k.newID != nil || k.Part {
		return scattered
	}
	return ordered
}

func (k *kind) prefix(tenant ID[Tenant]) string {
	return k.class() + string(tenant) + "/" + k.Key + "/"
}

// counter is where the tenant's records of the kind are counted.
func (k *kind) counter(tenant ID[Tenant]) string { return scattered + string(tenant) + "/#" + k.Key }

func (ix *index) class() string {
	if ix.list {
		return ordered
	}
	return scattered
}

func (ix *index) prefix(tenant ID[Tenant], k *kind, owner string) string {
	return ix.class() + string(tenant) + "/" + k.Key + "." + ix.name + "/" + owner + "/"
}

func (ix *index) counter(tenant ID[Tenant], k *kind, owner string) string {
	return scattered + string(tenant) + "/#" + k.Key + "." + ix.name + "/" + owner
}

// Info implements AnyKind.
func (k *kind) Info() KindInfo { return k.KindInfo }

// Make implements AnyKind.
func (k *kind) Make() any {
	rec := k.typed.blank()
	fill(rec)
	return rec
}

// Load implements AnyKind.
func (k *kind) Load(tx *Tx, id string) (any, error) {
	rec, err := tx.get(k, id)
	if err != nil {
		return nil, err
	}
	if k.Part && *rec.head().rev == 0 {
		return rec, tx.asOldAsItsOwner(rec)
	}
	return rec, nil
}

// asOldAsItsOwner gives an absent part the times of its owner: it has been there
// as long, with its defaults.
func (tx *Tx) asOldAsItsOwner(part record) error {
	o, ok := part.(Owned)
	if !ok || len(o.Owners()) == 0 {
		return nil
	}
	ref := o.Owners()[0]
	owner, err := tx.App.kinds[ref.Kind()].Load(tx, ref.ID())
	if err != nil {
		return err
	}
	h, as := part.head(), owner.(record).head()
	*h.made, *h.changed = *as.made, *as.changed
	return nil
}

// mayChange asks the policy whether the record may be updated.
func (k *kind) mayChange(tx *Tx, id string) error {
	rec, err := tx.get(k, id)
	if err != nil {
		return err
	}
	return tx.mayWrite(verbUpdate, k.policy(), rec, rec)
}

// Put implements AnyKind.
func (k *kind) Put(tx *Tx, rec any) error {
	r, err := k.of(rec)
	if err != nil {
		return err
	}
	return tx.put(k, r)
}

// Remove implements AnyKind.
func (k *kind) Remove(tx *Tx, rec any) error {
	r, err := k.of(rec)
	if err != nil {
		return err
	}
	return tx.remove(k, r)
}

// All implements AnyKind.
func (k *kind) All(tx *Tx, s Search) (Page[any], error) {
	var page Page[record]
	var err error
	if len(s.Terms) > 0 || len(s.Order) > 0 {
		page, err = tx.selected(k, []scope{{all: true}}, s)
	} else {
		page, err = tx.list(k, nil, Query{Offset: s.Offset, Limit: s.Limit})
	}
	return pageOf(page, func(rec record) any { return rec }), err
}

func (k *kind) of(rec any) (record, error) {
	if r, ok := k.typed.of(rec); ok {
		return r, nil
	}
	return nil, fmt.Errorf("core: a %T is no %s", rec, k.Noun)
}

// Where is the path on the wire, below the API's root, of the kind's record of
// that id.
func (i KindInfo) Where(id string) string {
	if i.At == "" {
		return i.Name + "/" + id
	}
	return strings.Replace(i.At, "{id}", id, 1)
}
