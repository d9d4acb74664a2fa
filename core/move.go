package core

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"

	"github.com/stormkeep/stormkeep/core/password"
	"github.com/stormkeep/stormkeep/core/store"
)

// insert writes a record that is not there.
func (k *kind) insert(tx *Tx, rec record, data *ExportedData) error {
	if err := tx.mayBeAdmins(rec); err != nil {
		return err
	}
	c, err := k.typed.trigger(change{tx: tx, kind: k, rec: rec}, func(c *change) error { return c.place(data) })
	if err != nil {
		if c.wrote {
			tx.fail(err)
		}
		return err
	}
	if len(c.deferred) > 0 {
		tx.react(k.ref(idOf(rec)), *rec.head().rev, c.react)
	}
	return nil
}

// place is the action of insert.
func (c *change) place(data *ExportedData) error {
	tx, k, rec := c.tx, c.kind, c.rec
	id := idOf(rec)
	if to, ok := rec.(Checker); ok {
		checks := &Checks{Tx: tx.trusted(), New: true, Moved: true, noun: k.Noun}
		if to.Check(checks); checks.err() != nil {
			return checks.err()
		}
	}
	if err := checkImported(data); err != nil {
		return err
	}
	if err := tx.claims(k, nil, rec); err != nil {
		return err
	}
	if err := tx.seal(rec, k.Name, id); err != nil {
		return err
	}
	v, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	c.wrote, c.after = true, v
	tx.s.bulk.dropKept(k.Name, id)
	if err := errors.Join(tx.recount(k.Internal, k.counter(tx.Tenant), 1), tx.reindex(k, nil, rec), tx.putRow(k, rec), tx.s.kv.Put(k.prefix(tx.Tenant)+id, v)); err != nil {
		return err
	}
	tx.s.setAlive(k.ref(id), true)
	tx.touch(k.authority)
	if m, ok := rec.(Mover); ok {
		err = m.Moved(tx.trusted())
	} else {
		err = k.typed.saved(tx.trusted(), rec, nil)
	}
	if err != nil || data == nil {
		return err
	}
	return tx.placeCustom(k.ref(id), data)
}

// checkImported refuses custom data over the limits.
func checkImported(data *ExportedData) error {
	if data == nil {
		return nil
	}
	if data.CreatedAt.IsZero() || data.ModifiedAt.IsZero() {
		return Errorf(Invalid, "required", "Its custom data have no times.")
	}
	meta := customMeta{Sizes: map[string]int{}}
	for key, value := range data.Values {
		if err := checkCustomKey(key); err != nil {
			return err
		}
		meta.Sizes[key] = len(value)
	}
	switch {
	case meta.total() > maxCustomData:
		return fieldError("customData", "custom_size", "CustomData may hold at most 10 MB.")
	case len(meta.Sizes) > maxCustomKeys:
		return errManyKeys()
	}
	return nil
}

// placeCustom writes custom data with their times.
func (tx *Tx) placeCustom(owner Ref, data *ExportedData) error {
	e := &CustomDataEvent{Tx: tx, Owner: owner, Set: data.Values}
	return tx.App.Hooks.CustomData.Update.Trigger(e, func(e *CustomDataEvent) error {
		meta := &customMeta{CreatedAt: data.CreatedAt, ModifiedAt: data.ModifiedAt, Sizes: map[string]int{}}
		set := make([]string, 0, len(e.Set))
		for key, value := range e.Set {
			meta.Sizes[key] = len(value)
			set = append(set, key)
		}
		now := tx.Now
		tx.Now = data.ModifiedAt.Time // storeCustom never sets the time back
		defer func() { tx.Now = now }()
		return tx.storeCustom(e, nil, set, meta)
	})
}

// replaceCustom makes the custom data of a record those of a line.
func (tx *Tx) replaceCustom(has bool, owner Ref, data *ExportedData) error {
	if !has {
		return nil
	}
	meta, err := tx.customMeta(owner)
	if err != nil {
		return err
	}
	set, remove := map[string]json.RawMessage{}, []string{}
	if data != nil {
		set = data.Values
	}
	if meta != nil {
		for _, key := range slices.Sorted(maps.Keys(meta.Sizes)) {
			if _, ok := set[key]; !ok {
				remove = append(remove, key)
			}
		}
	}
	if err := tx.changeCustom(owner, set, remove); err != nil {
		tx.fail(err) // its record is written
		return err
	}
	return nil
}

// equal tells whether a record is there as a line has it, whatever its revision.
func (k *kind) equal(tx *Tx, old, rec record, data *ExportedData) (bool, error) {
	was, is := k.typed.copied(old), k.typed.copied(rec)
	for _, side := range []record{was, is} {
		rv := reflect.ValueOf(side).Elem()
		for _, f := range sealedFields(rv.Type()) {
			s := rv.FieldByIndex(f.Index).Addr().Interface().(*Sealed)
			plain, err := s.Open(tx, side, jsonName(f))
			if err != nil {
				return false, err
			}
			*s = Sealed{box: []byte(plain)}
		}
	}
	*was.head().rev, *was.head().changed = *is.head().rev, *is.head().changed
	x, err := json.Marshal(was)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(is)
	if err != nil || !bytes.Equal(x, y) || !k.Custom {
		return err == nil && bytes.Equal(x, y), err
	}
	return tx.hasCustom(k.ref(idOf(rec)), data)
}

// hasCustom tells whether a record has just these custom data.
func (tx *Tx) hasCustom(owner Ref, data *ExportedData) (bool, error) {
	meta, err := tx.customMeta(owner)
	if err != nil {
		return false, err
	}
	sizes, values := map[string]int{}, map[string]json.RawMessage{}
	if meta != nil {
		sizes = meta.Sizes
	}
	if data != nil {
		values = data.Values
	}
	if len(sizes) != len(values) {
		return false, nil
	}
	for key, value := range values {
		if ok, err := tx.hasPieces(owner, key, value, sizes[key]); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// mayBeAdmins refuses an application or directory that says to be the administrators'
// and is not the one that the tenant names.
func (tx *Tx) mayBeAdmins(rec any) error {
	a, ok := rec.(interface{ admin() bool })
	if !ok || !a.admin() {
		return nil
	}
	t, err := Get(tx.trusted(), tx.Tenant)
	if err != nil {
		return err
	}
	switch rec := rec.(type) {
	case *Application:
		ok = rec.ID == t.AdminApp
	case *Directory:
		ok = rec.ID == t.AdminDir
	}
	if !ok {
		return Errorf(Invalid, "protected", "It says to be the administrators', and the tenant has others.")
	}
	return nil
}

// Moved writes nothing: the proof of its address comes by itself.
func (*Account) Moved(*Tx) error { return nil }

// Moved notes outside the tenant whose the key is, unless it is another's.
func (k *ApiKey) Moved(tx *Tx) error {
	b, err := tx.s.kv.Get(keyTenant + string(k.ID))
	if err == nil && string(b) != string(tx.Tenant) {
		return Errorf(Conflict, "taken", "Another tenant has an ApiKey with its id.")
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return k.Saved(tx, nil)
}

// Moved has the proof deleted when it is dead.
func (p *Proof) Moved(tx *Tx) error {
	switch {
	case p.SpentBy != "":
		return tx.forget(p, tx.Now)
	case !p.Until.IsZero():
		return tx.forget(p, p.Until.Time)
	}
	return nil
}

// Check refuses a hash of elsewhere that no login could use, or that would keep a
// core busy for too long at each.
func (s *Security) Check(c *Checks) {
	if !c.Moved || s.PasswordHash == "" {
		return
	}
	_, err := c.Tx.App.Passwords.Recognised(s.PasswordHash)
	c.That(!errors.Is(err, password.ErrTooCostly), "passwordHash", "above_max", "The hash of the password cannot be taken: %v.", err)
	c.That(err == nil, "passwordHash", "invalid_format", "The hash of the password cannot be taken: %v.", err)
}

// arrive keeps what is this server's own.
func (t *Tenant) arrive(there any) {
	if old, ok := there.(*Tenant); ok {
		t.WrappedKey, t.Key = old.WrappedKey, old.Key
	}
}
