package core

import (
	"encoding/json"
	"errors"
	"time"
)

// change is a RecordEvent without the type of its record.
type change struct {
	tx       *Tx
	kind     *kind
	old, rec record // what Old and New point to

	before, after []byte // as stored, where they are
	unchanged     bool
	wrote         bool // something of it is in the store
	changed       *diff
	tags          []string
	deferred      []func() // After handlers
}

// record is what the event is about: as it became, or as it was before it was
// deleted.
func (c *change) record() record {
	if c.rec == nil {
		return c.old
	}
	return c.rec
}

// Level is RecordLevel.
func (*change) Level() Level { return RecordLevel }

// Defer takes the After handlers: they run once the transaction is kept, if the
// change was not refused after all.
func (c *change) Defer(fn func()) {
	if c.tags == nil {
		c.tags = c.Tags() // while the transaction is there to ask
	}
	c.deferred = append(c.deferred, fn)
}

func (c *change) react() {
	for _, fn := range c.deferred {
		fn()
	}
}

// AfterFailed logs what an After handler returned.
func (c *change) AfterFailed(hook, handler string, err error) {
	c.tx.App.Log.Error("hook failed after the commit", "hook", hook, "handler", handler, "err", err)
}

// Slow logs a handler that holds a transaction, and with it every writer, up.
func (c *change) Slow(hook, handler string, took time.Duration) {
	c.tx.App.Log.Warn("slow hook inside a transaction", "hook", hook, "handler", handler, "took", took)
}

// Tags are what Hook.For narrows by: "directory:NAME-OR-ID" of what lives in one.
func (c *change) Tags() []string {
	if c.tags != nil {
		return c.tags
	}
	if t, ok := c.record().(interface{ Tags(tx *Tx) []string }); ok {
		return t.Tags(c.tx.trusted())
	}
	return nil
}

// write is the action of a Put, after its Before hooks.
func (c *change) write() error {
	tx, k, old, rec := c.tx, c.kind, c.old, c.rec
	if err := tx.check(k, old, rec); err != nil {
		return err
	}
	if ok, err := tx.owned(rec); err != nil || !ok {
		return orNotFound(err)
	}
	h := rec.head()
	id := *h.id
	if err := tx.seal(rec, k.Name, id); err != nil {
		return err
	}
	if old != nil {
		if v, err := json.Marshal(rec); err != nil {
			return err
		} else if string(v) == string(c.before) {
			c.unchanged = true
			return nil
		}
		*h.changed = At(tx.Now)
		if was := *old.head().changed; h.changed.Before(was.Time) {
			*h.changed = was // the clock was set back
		}
	} else {
		if k.Part && (tx.s.bulk == nil || !k.Internal) { // what is imported says something
			if c.unchanged = k.asAbsent(rec); c.unchanged {
				return nil
			}
		}
		if h.made.IsZero() || !k.Part && tx.s.bulk == nil {
			*h.made = At(tx.Now)
		}
		*h.changed = At(tx.Now)
	}
	if err := tx.claims(k, old, rec); err != nil {
		return err
	}
	c.wrote = true
	*h.rev++
	if old == nil {
		if err := tx.recount(k.Internal, k.counter(tx.Tenant), 1); err != nil {
			return err
		}
	}
	if err := tx.reindex(k, old, rec); err != nil {
		return err
	}
	if err := tx.putRow(k, rec); err != nil {
		return err
	}
	v, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	c.after = v
	tx.s.setAlive(k.ref(id), true)
	tx.touch(k.authority)
	tx.s.bulk.dropKept(k.Name, id)
	if err := tx.s.kv.Put(k.prefix(tx.Tenant)+id, v); err != nil {
		return err
	}
	return k.typed.saved(tx.trusted(), rec, old)
}

// asAbsent tells whether a part says no more than an absent one does.
func (k *kind) asAbsent(rec record) bool {
	absent, h := k.typed.blank(), rec.head().get()
	*absent.head().id = h.id
	fill(absent)
	absent.head().set(h)
	was, err := json.Marshal(absent)
	if err != nil {
		return false
	}
	is, err := json.Marshal(rec)
	return err == nil && string(was) == string(is)
}

// erase is the action of a Delete.
func (c *change) erase() error {
	tx, k, id := c.tx, c.kind, idOf(c.old)
	c.wrote = true
	if err := errors.Join(tx.reindex(k, c.old, nil), tx.dropRows(k, c.old)); err != nil {
		return err
	}
	tx.s.bulk.dropKept(k.Name, id)
	if err := tx.s.kv.Delete(k.prefix(tx.Tenant) + id); err != nil {
		return err
	}
	tx.s.alive = nil // what was owned is no longer alive either
	tx.s.setAlive(k.ref(id), false)
	tx.touch(k.authority)
	if err := tx.recount(k.Internal, k.counter(tx.Tenant), -1); err != nil {
		return err
	}
	if l, ok := c.old.(Leaver); ok {
		if err := l.Deleted(tx.trusted()); err != nil {
			return err
		}
	}
	return tx.orphan(k.ref(id))
}
