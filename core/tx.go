package core

import (
	"context"
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
	rec, err := tx.get(kindIn[T, P](tx.App), string(id))
	return as[P](rec), err
}

func (tx *Tx) get(k *kind, id string) (record, error) {
	if err := tx.reads(k); err != nil {
		return nil, err
	}
	rec, err := tx.load(k, id)
	if err != nil {
		return nil, err
	}
	if ok, err := tx.owned(rec); err != nil || !ok {
		return nil, orNotFound(err)
	}
	return rec, nil
}

// reads refuses a kind that is not registered, and whoever may not read it.
func (tx *Tx) reads(k *kind) error {
	if err := k.registered(); err != nil {
		return err
	}
	return tx.mayRead(k.Internal)
}

func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return errNotFound()
}

// load reads a record without asking whether it has lost its owner.
func load[T any, P Record[T]](tx *Tx, k *Kind[T], id ID[T]) (P, error) {
	rec, err := tx.load(tx.App.kind(k.Name), string(id))
	return as[P](rec), err
}

func (tx *Tx) load(k *kind, id string) (record, error) {
	if !validID(id) {
		return nil, errNotFound()
	}
	if rec := tx.remembered(k, id); rec != nil {
		return rec, nil
	}
	b, err := tx.s.kv.Get(k.prefix(tx.Tenant) + id)
	var rec record
	switch {
	case errors.Is(err, store.ErrNotFound) && k.Part:
		rec = k.typed.blank()
		*rec.head().id = id
		fill(rec)
	case errors.Is(err, store.ErrNotFound):
		return nil, errNotFound()
	case err != nil:
		return nil, err
	default:
		if rec, err = k.decode(id, b); err != nil {
			return nil, err
		}
	}
	tx.keep(k, rec)
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

func (k *kind) alive(tx *Tx, id string) (bool, error) {
	if !k.owned && !k.Part {
		if !validID(id) {
			return false, nil
		}
		_, err := tx.s.kv.Get(k.prefix(tx.Tenant) + id)
		if errors.Is(err, store.ErrNotFound) {
			return false, nil
		}
		return err == nil, err
	}
	read := tx.load
	if k.authority { // of which there are few, that own many
		read = tx.peek
	}
	rec, err := read(k, id)
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
func Put[T any, P Record[T]](tx *Tx, rec P) error { return tx.put(kindIn[T, P](tx.App), rec) }

func (tx *Tx) put(k *kind, rec record) error {
	if err := k.registered(); err != nil {
		return err
	}
	if !tx.s.write {
		return errors.New("core: Put in a View")
	}
	h := rec.head()
	fresh := false // made just now, so that no former run wrote it
	if *h.id == "" && !k.Part {
		before := len(tx.s.ids.made[k.Name])
		*h.id = tx.s.ids.id(k.Name, k.newID)
		fresh = len(tx.s.ids.made[k.Name]) > before
	}
	id := *h.id
	if !validID(id) {
		return fmt.Errorf("core: %q is no id", id)
	}
	c := change{tx: tx, kind: k, rec: rec}
	err := store.ErrNotFound
	if !fresh {
		c.before, err = tx.s.kv.Get(k.prefix(tx.Tenant) + id)
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		if *h.rev != 0 && !tx.made(k.Name, id) {
			return errNotFound()
		}
		*h.rev = 0 // a former run of this very call made it, and was taken back
	case err != nil:
		return err
	default:
		if c.old, err = k.decode(id, c.before); err != nil {
			return err
		}
		rev := *c.old.head().rev
		if *h.rev == 0 && tx.made(k.Name, id) {
			k.typed.assign(rec, c.old) // this very call was kept before: its first result stands
			tx.react(k.ref(id), rev, nil)
			return nil
		}
		if *h.rev != rev {
			return errStale()
		}
	}
	verb := verbUpdate
	if c.old == nil {
		verb = verbCreate
	}
	if err := tx.mayWrite(verb, k.policy(), c.old, rec); err != nil {
		return err
	}
	before := h.get()
	e, err := k.typed.trigger(c, (*change).write)
	if err != nil {
		h.set(before)
		if e.wrote {
			tx.fail(err)
		}
		return err
	}
	if e.unchanged {
		tx.react(k.ref(id), *h.rev, nil)
	} else if len(e.deferred) > 0 {
		tx.react(k.ref(id), *h.rev, e.react)
	}
	return nil
}

func errStale() error {
	return &Error{Kind: Stale, Code: "stale", Msg: "The resource was changed by someone else since it was read."}
}

// check runs the record's Check.
func (tx *Tx) check(k *kind, old, rec record) error {
	c, ok := rec.(Checker)
	if !ok {
		return nil
	}
	checks := &Checks{Tx: tx.trusted(), New: old == nil, Old: old, noun: k.Noun}
	c.Check(checks)
	return checks.err()
}

// Validate says what Put would refuse in a new record, before slow work is done
// for it. It runs no hooks and writes nothing.
func Validate[T any, P Record[T]](tx *Tx, rec P) error {
	return tx.validate(kindIn[T, P](tx.App), rec)
}

func (tx *Tx) validate(k *kind, rec record) error {
	if err := k.registered(); err != nil {
		return err
	}
	if err := tx.mayWrite(verbCreate, k.policy(), nil, rec); err != nil {
		return err
	}
	return tx.refusal(k, nil, rec)
}

// refusal is what Put would say of a record, hooks aside.
func (tx *Tx) refusal(k *kind, old, rec record) error {
	if err := tx.check(k, old, rec); err != nil {
		return err
	}
	return tx.claims(k, old, rec)
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
func Delete[T any, P Record[T]](tx *Tx, rec P) error { return tx.remove(kindIn[T, P](tx.App), rec) }

func (tx *Tx) remove(k *kind, rec record) error {
	if !tx.s.write {
		return errors.New("core: Delete in a View")
	}
	id := idOf(rec)
	if err := tx.reads(k); err != nil {
		return err
	}
	old, err := tx.load(k, id)
	if err != nil {
		return err
	}
	if k.Part && *old.head().rev == 0 {
		return errNotFound()
	}
	if ok, err := tx.owned(old); !tx.s.sweeping && (err != nil || !ok) {
		return orNotFound(err)
	}
	if err := tx.mayWrite(verbDelete, k.policy(), old, nil); err != nil {
		return err
	}
	if kp, ok := old.(Keeper); ok && !tx.s.sweeping {
		if err := kp.Deleting(tx.trusted()); err != nil {
			return err
		}
	}
	var fault error // of the deletion itself
	e, err := k.typed.trigger(change{tx: tx, kind: k, old: old}, func(c *change) error { fault = c.erase(); return fault })
	if err != nil && fault == nil && tx.s.sweeping {
		// What has lost its owner goes, whatever a hook says.
		tx.App.Log.Warn("a hook refused the sweep of an owned record", "record", old.Path(), "err", err)
		if err = nil; !e.wrote {
			err = e.erase()
		}
		if err == nil && !k.Internal && !k.quiet {
			err = errors.Join(e.audit(), e.emit())
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
