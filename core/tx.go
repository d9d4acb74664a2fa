package core

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// Tx is one transaction on one tenant's data, at one moment, by one actor. It is
// valid only until its function returns.
type Tx struct {
	App    *App
	Ctx    context.Context // carries the Tx: App.View and App.Update with it are part of this one
	Now    time.Time
	Actor  Actor
	Tenant ID[Tenant]

	trust bool // the core's own work: no policy
	s     *state
}

// state is what all views of one run of a transaction share.
type state struct {
	kv     store.Tx
	write  bool
	done   atomic.Bool
	ids    *memo
	after  []func()
	failed error
	alive  map[Ref]bool
	seq    uint64
	marks  map[string]bool
	news   bool                    // those who wait for events will be woken
	ends   map[string]func() error // what is done once, at the end

	bulk     *bulk // not nil where many records are written at once
	sweeping bool  // deleting what a deleted record owned
	budget   int   // how many more of it in this transaction
}

func txOf(ctx context.Context) *Tx {
	tx, _ := ctx.Value(txKey{}).(*Tx)
	return tx
}

// join runs fn as part of tx. Its error fails the whole, whoever swallows it.
func (tx *Tx) join(fn func(*Tx) error) error {
	if tx.s.done.Load() {
		return errors.New("core: the transaction of this context has ended")
	}
	err := fn(tx)
	tx.fail(err)
	return err
}

// fail has the transaction end with err, whatever its function makes of it. What
// was done in part is worse than what is to be kept: a plain error goes before
// one wrapped by Keep.
func (tx *Tx) fail(err error) {
	if err != nil && (tx.s.failed == nil || isKept(tx.s.failed) && !isKept(err)) {
		tx.s.failed = err
	}
}

func (tx *Tx) end() { tx.s.done.Store(true) }

// finally has fn run at the end of the transaction's function, once for each name
// however often it is asked for, unless the transaction fails.
func (tx *Tx) finally(name string, fn func() error) {
	if tx.s.ends == nil {
		tx.s.ends = map[string]func() error{}
	}
	tx.s.ends[name] = fn
}

// After has fn run once the transaction is kept, in this process only: counters,
// caches, waking a worker. What must happen even if the process dies is a Job.
func (tx *Tx) After(fn func()) { tx.s.after = append(tx.s.after, fn) }

// Attempt names this call of Update: the same however often its function runs.
// What is spent once remembers it, and knows its own first result again.
func (tx *Tx) Attempt() string { return tx.s.ids.attempt }

// trusted is tx without the policy, for the core's own reads and writes.
func (tx *Tx) trusted() *Tx {
	t := *tx
	t.trust = true
	return &t
}

// Get reads the record that id names.
func Get[T any, P Record[T]](tx *Tx, id ID[T]) (P, error) {
	k := kindOf[T, P]()
	if err := tx.mayRead(k.Internal); err != nil {
		return nil, err
	}
	rec, err := load[T, P](tx, k, id)
	if err != nil {
		return nil, err
	}
	if ok, err := tx.owned(rec); err != nil || !ok {
		return nil, orNotFound(err)
	}
	return rec, nil
}

func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return errNotFound()
}

// load reads a record without asking whether it has lost its owner.
func load[T any, P Record[T]](tx *Tx, k *Kind[T], id ID[T]) (P, error) {
	if !validID(string(id)) {
		return nil, errNotFound()
	}
	if rec, ok := remembered[T, P](tx, k, id); ok {
		return rec, nil
	}
	b, err := tx.s.kv.Get(k.prefix(tx.Tenant) + string(id))
	var rec P
	switch {
	case errors.Is(err, store.ErrNotFound) && k.Part:
		rec = new(T)
		rec.base().ID = id
		fill(rec)
	case errors.Is(err, store.ErrNotFound):
		return nil, errNotFound()
	case err != nil:
		return nil, err
	default:
		if rec, err = decodeRecord[T, P](id, b); err != nil {
			return nil, err
		}
	}
	keep(tx, k, rec)
	return rec, nil
}

// owned tells whether all owners of rec still are, or the one of an Either.
func (tx *Tx) owned(rec any) (bool, error) {
	o, ok := rec.(Owned)
	if !ok {
		return true, nil
	}
	_, either := rec.(Either)
	for _, ref := range o.Owners() {
		if ok, err := tx.Alive(ref); err != nil || ok == either {
			return ok, err
		}
	}
	return !either, nil
}

// Alive tells whether the record ref names is there, and its owners are.
func (tx *Tx) Alive(ref Ref) (bool, error) {
	if ok, known := tx.s.alive[ref]; known {
		return ok, nil
	}
	k := tx.App.kinds[ref.Kind()]
	if k == nil {
		return false, nil
	}
	ok, err := k.alive(tx, ref.ID())
	if err == nil {
		tx.s.setAlive(ref, ok)
	}
	return ok, err
}

func (s *state) setAlive(ref Ref, ok bool) {
	if s.alive == nil {
		s.alive = map[Ref]bool{}
	}
	s.alive[ref] = ok
}

func (a anyKind[T, P]) alive(tx *Tx, id string) (bool, error) {
	if _, owned := any(P(nil)).(Owned); !owned && !a.kind.Part {
		if !validID(id) {
			return false, nil
		}
		_, err := tx.s.kv.Get(a.kind.prefix(tx.Tenant) + id)
		if errors.Is(err, store.ErrNotFound) {
			return false, nil
		}
		return err == nil, err
	}
	read := load[T, P]
	if a.kind.Authority { // of which there are few, that own many
		read = peek[T, P]
	}
	rec, err := read(tx, a.kind, ID[T](id))
	if err != nil {
		if IsNotFound(err) {
			err = nil
		}
		return false, err
	}
	return tx.owned(rec)
}

// Put checks and writes rec: policy, hooks, Check, indexes, record. It makes the
// record if it is new and gives it an id if it has none. A record that did not
// change is not written, and nobody hears of it. A record read before another
// change is refused as Stale.
func Put[T any, P Record[T]](tx *Tx, rec P) error {
	k, n := kindOf[T, P](), nounOf[T](tx.App)
	if n == nil {
		return fmt.Errorf("core: kind %q is not registered", k.Name)
	}
	if !tx.s.write {
		return errors.New("core: Put in a View")
	}
	b := rec.base()
	fresh := false // made just now, so that no former run wrote it
	if b.ID == "" && !k.Part {
		before := len(tx.s.ids.made[k.Name])
		b.ID = ID[T](tx.s.ids.id(k.Name, k.NewID))
		fresh = len(tx.s.ids.made[k.Name]) > before
	}
	if !validID(string(b.ID)) {
		return fmt.Errorf("core: %q is no id", b.ID)
	}
	var old P
	var raw []byte
	err := store.ErrNotFound
	if !fresh {
		raw, err = tx.s.kv.Get(k.prefix(tx.Tenant) + string(b.ID))
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		if b.Rev != 0 && !tx.made(k.Name, string(b.ID)) {
			return errNotFound()
		}
		b.Rev = 0 // a former run of this very call made it, and was taken back
	case err != nil:
		return err
	default:
		if old, err = decodeRecord[T, P](b.ID, raw); err != nil {
			return err
		}
		if b.Rev == 0 && tx.made(k.Name, string(b.ID)) {
			*rec = *old // this very call was kept before: its first result stands
			tx.react(Ref(rec.base().Path()), rec.base().Rev, nil)
			return nil
		}
		if b.Rev != old.base().Rev {
			return errStale()
		}
	}
	e := &RecordEvent[T]{Tx: tx, Old: old, New: rec}
	hook, verb := &n.Update, verbUpdate
	if old == nil {
		hook, verb = &n.Create, verbCreate
	}
	if err := tx.mayWrite(verb, policyOf(k), orNil[T](old), rec); err != nil {
		return err
	}
	e.before = raw
	before := *b
	err = hook.Trigger(e, func(e *RecordEvent[T]) error { return write[T, P](tx, k, e) })
	if err != nil {
		*rec.base() = before
		if e.wrote {
			tx.fail(err)
		}
		return err
	}
	if e.unchanged {
		tx.react(Ref(b.Path()), b.Rev, nil)
	} else if len(e.deferred) > 0 {
		tx.react(Ref(b.Path()), b.Rev, e.react)
	}
	return nil
}

func errStale() error {
	return &Error{Kind: Stale, Code: "stale", Msg: "The resource was changed by someone else since it was read."}
}

// write is the action of a Put, after its Before hooks.
func write[T any, P Record[T]](tx *Tx, k *Kind[T], e *RecordEvent[T]) error {
	rec, old := P(e.New), P(e.Old)
	if err := check(tx, k, old, rec); err != nil {
		return err
	}
	if ok, err := tx.owned(rec); err != nil || !ok {
		return orNotFound(err)
	}
	b := rec.base()
	if err := tx.seal(rec, k.Name, string(b.ID)); err != nil {
		return err
	}
	if old != nil {
		if v, err := json.Marshal(rec); err != nil {
			return err
		} else if string(v) == string(e.before) {
			e.unchanged = true
			return nil
		}
		b.ModifiedAt = At(tx.Now)
		if was := old.base().ModifiedAt; b.ModifiedAt.Before(was.Time) {
			b.ModifiedAt = was // the clock was set back
		}
	} else {
		if k.Part && (tx.s.bulk == nil || !k.Internal) { // what is imported says something
			if e.unchanged = asAbsent[T, P](rec); e.unchanged {
				return nil
			}
		}
		if b.CreatedAt.IsZero() || !k.Part && tx.s.bulk == nil {
			b.CreatedAt = At(tx.Now)
		}
		b.ModifiedAt = At(tx.Now)
	}
	if err := claims(tx, k, old, rec); err != nil {
		return err
	}
	e.wrote = true
	b.Rev++
	if old == nil {
		if err := tx.recount(k.Internal, k.counter(tx.Tenant), 1); err != nil {
			return err
		}
	}
	if err := reindex(tx, k, old, rec); err != nil {
		return err
	}
	if err := putRow(tx, k, rec); err != nil {
		return err
	}
	v, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	e.after = v
	tx.s.setAlive(Ref(b.Path()), true)
	tx.touch(k.Authority)
	tx.s.bulk.dropKept(k.Name, string(b.ID))
	if err := tx.s.kv.Put(k.prefix(tx.Tenant)+string(b.ID), v); err != nil {
		return err
	}
	if s, ok := any(rec).(Saver[T]); ok {
		return s.Saved(tx.trusted(), old)
	}
	return nil
}

// asAbsent tells whether a part says no more than an absent one does.
func asAbsent[T any, P Record[T]](rec P) bool {
	absent := P(new(T))
	absent.base().ID = rec.base().ID
	fill(absent)
	*absent.base() = *rec.base()
	was, err := json.Marshal(absent)
	if err != nil {
		return false
	}
	is, err := json.Marshal(rec)
	return err == nil && string(was) == string(is)
}

// check runs the record's Check.
func check[T any, P Record[T]](tx *Tx, k *Kind[T], old, rec P) error {
	c, ok := any(rec).(Checker)
	if !ok {
		return nil
	}
	checks := &Checks{Tx: tx.trusted(), New: old == nil, Old: orNil[T](old), noun: k.Noun}
	c.Check(checks)
	return checks.err()
}

// Validate says what Put would refuse in a new record, before slow work is done
// for it. It runs no hooks and writes nothing.
func Validate[T any, P Record[T]](tx *Tx, rec P) error {
	k := kindOf[T, P]()
	if err := tx.mayWrite(verbCreate, policyOf(k), nil, rec); err != nil {
		return err
	}
	if err := check(tx, k, nil, rec); err != nil {
		return err
	}
	return claims(tx, k, nil, rec)
}

// Make is a record of type T with its defaults.
func Make[T any, P Record[T]]() P {
	rec := P(new(T))
	fill(rec)
	return rec
}

func fill(rec any) {
	if d, ok := rec.(Defaulter); ok {
		d.Defaults()
	}
}

// touch notes that what decides about authority has changed.
func (tx *Tx) touch(authority bool) {
	if authority {
		tx.s.ids.authority = true
	}
}

// Delete removes rec and what belongs to it. What cannot go in this transaction
// is no longer found from now on, and swept by a job.
func Delete[T any, P Record[T]](tx *Tx, rec P) error {
	k, n := kindOf[T, P](), nounOf[T](tx.App)
	if !tx.s.write {
		return errors.New("core: Delete in a View")
	}
	id := rec.base().ID
	if err := tx.mayRead(k.Internal); err != nil {
		return err
	}
	old, err := load[T, P](tx, k, id)
	if err != nil {
		return err
	}
	if k.Part && old.base().Rev == 0 {
		return errNotFound()
	}
	if ok, err := tx.owned(old); !tx.s.sweeping && (err != nil || !ok) {
		return orNotFound(err)
	}
	if err := tx.mayWrite(verbDelete, policyOf(k), old, nil); err != nil {
		return err
	}
	if kp, ok := any(old).(Keeper); ok && !tx.s.sweeping {
		if err := kp.Deleting(tx.trusted()); err != nil {
			return err
		}
	}
	e := &RecordEvent[T]{Tx: tx, Old: old}
	gone := func(*RecordEvent[T]) error {
		e.wrote = true
		if err := errors.Join(reindex(tx, k, old, nil), dropRows(tx, k, old)); err != nil {
			return err
		}
		tx.s.bulk.dropKept(k.Name, string(id))
		if err := tx.s.kv.Delete(k.prefix(tx.Tenant) + string(id)); err != nil {
			return err
		}
		ref := Ref(id.Path())
		tx.s.alive = nil // what was owned is no longer alive either
		tx.s.setAlive(ref, false)
		tx.touch(k.Authority)
		if err := tx.recount(k.Internal, k.counter(tx.Tenant), -1); err != nil {
			return err
		}
		if l, ok := any(old).(Leaver); ok {
			if err := l.Deleted(tx.trusted()); err != nil {
				return err
			}
		}
		return tx.orphan(ref)
	}
	var fault error // of the deletion itself
	err = n.Delete.Trigger(e, func(e *RecordEvent[T]) error { fault = gone(e); return fault })
	if err != nil && fault == nil && tx.s.sweeping {
		// What has lost its owner goes, whatever a hook says.
		tx.App.Log.Warn("a hook refused the sweep of an owned record", "record", id.Path(), "err", err)
		if err = nil; !e.wrote {
			err = gone(e)
		}
		if err == nil && !k.Internal && !k.Quiet {
			err = errors.Join(recordAudit[T, P](e), recordEvent[T, P](e))
		}
	}
	if err != nil {
		if e.wrote {
			tx.fail(err)
		}
		return err
	}
	tx.After(e.react)
	return nil
}
