package core

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"maps"
	"reflect"

	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// The personal values of an account in the audit log are sealed under a key that
// is made of the tenant's data key and a salt in the account's record. The record
// takes the salt with it when it is deleted, and so erases them, while the bytes
// over which the log is chained stay as they are.

// storedLine is the form in which a line is kept.
type storedLine struct {
	AuditLine
	Of  ID[Account] `json:"of,omitempty"`  // whose key opens the box
	Box []byte      `json:"box,omitempty"` // the personalValues, sealed
}

type personalValues struct {
	Before map[string]json.RawMessage `json:"b,omitempty"`
	After  map[string]json.RawMessage `json:"a,omitempty"`
}

const saltSize = 16

// salt gives the account a salt if it has none, in a transaction that may write.
func (a *Account) salt(tx *Tx) {
	if len(a.Salt) > 0 || !tx.s.write {
		return
	}
	a.Salt = []byte(tx.s.ids.id("salt", func() string {
		salt := make([]byte, saltSize)
		rand.Read(salt)
		return string(salt)
	}))
}

// personal are the members of accounts that say something of the person.
func personal() (names []string) {
	for _, m := range audited(reflect.TypeFor[Account]()) {
		if m.personal {
			names = append(names, m.name)
		}
	}
	return names
}

// erase is a copy of values without the personal ones.
func erase(values map[string]json.RawMessage) map[string]json.RawMessage {
	open, closed := part(values)
	for name := range closed {
		open[name] = erasedWord
	}
	return open
}

// What stands in the place of a personal value: in a stored line, where its box has
// it; and where it is read, once the key is gone or the box was altered.
var (
	sealedWord     = json.RawMessage(`"sealed"`)
	erasedWord     = json.RawMessage(`"erased"`)
	unreadableWord = json.RawMessage(`"unreadable"`)
)

// sealPersonal is the form in which a line is kept.
func (tx *Tx) sealPersonal(line *AuditLine) (*storedLine, error) {
	stored := &storedLine{AuditLine: *line}
	if line.person == nil {
		return stored, nil
	}
	var all personalValues
	stored.Before, all.Before = part(line.Before)
	stored.After, all.After = part(line.After)
	if len(all.Before)+len(all.After) == 0 {
		return stored, nil
	}
	key, err := tx.dataKey()
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	stored.Of = line.person.ID
	stored.Box = key.Sub("audit", line.person.Salt).Seal(plain, tx.lineAAD(line.Seq))
	return stored, nil
}

func (tx *Tx) lineAAD(seq uint64) string { return tx.aad("audit/"+seqPart(seq), "personal") }

// part is values with a word in the place of the personal ones, and these, nil where
// there are none. Others hold values too, so that they stay as they are.
func part(values map[string]json.RawMessage) (open, closed map[string]json.RawMessage) {
	open = values
	for _, name := range personal() {
		v, ok := values[name]
		if !ok {
			continue
		}
		if closed == nil {
			open, closed = maps.Clone(values), map[string]json.RawMessage{}
		}
		closed[name], open[name] = v, sealedWord
	}
	return open, closed
}

// opener returns a function that puts the values of lines' boxes back in their
// places, or says there why they cannot be read. It remembers keys.
func (tx *Tx) opener() func(*storedLine) error {
	keys := map[ID[Account]]*secret.SubKey{} // nil for an account that is gone
	return func(line *storedLine) error {
		if line.Of == "" {
			return nil
		}
		key, known := keys[line.Of]
		if !known {
			var err error
			if key, err = tx.personalKey(line.Of); err != nil {
				return err
			}
			keys[line.Of] = key
		}
		var all personalValues
		word := erasedWord
		if key != nil {
			word = unreadableWord // somebody altered it: the listing goes on, Verify says more
			if plain, err := key.Open(line.Box, tx.lineAAD(line.Seq)); err == nil {
				if err := json.Unmarshal(plain, &all); err != nil {
					return err
				}
			}
		}
		line.Before, line.After = unseal(line.Before, all.Before, word), unseal(line.After, all.After, word)
		return nil
	}
}

func unseal(into, from map[string]json.RawMessage, word json.RawMessage) map[string]json.RawMessage {
	for name, v := range into {
		if string(v) != string(sealedWord) {
			continue
		}
		if plain, ok := from[name]; ok {
			into[name] = plain
		} else {
			into[name] = word
		}
	}
	return into
}

// personalKey is the key of an account's values in the audit log, nil once it is
// gone: also when it has lost its directory and no sweep has come to it yet.
func (tx *Tx) personalKey(id ID[Account]) (*secret.SubKey, error) {
	acc, err := Get(tx.trusted(), id)
	if IsNotFound(err) || err == nil && len(acc.Salt) == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	key, err := tx.dataKey()
	if err != nil {
		return nil, err
	}
	sub := key.Sub("audit", acc.Salt)
	return &sub, nil
}

// sealAudit is the step to form 2. It gives every account a salt and seals the
// personal values of the lines there are, which no run holds yet.
func (a *App) sealAudit(ctx context.Context) error {
	for _, step := range []struct {
		prefix func(ID[Tenant]) string
		change func(*Tx, store.Item) ([]byte, error)
	}{{accounts.prefix, (*Tx).saltStored}, {auditPrefix, (*Tx).sealStored}} {
		for last := ""; ; {
			n, at := 0, ""
			err := a.Update(ctx, func(tx *Tx) (err error) {
				n, at, err = tx.rewrite(step.prefix(tx.Tenant), last, func(it store.Item) ([]byte, error) { return step.change(tx, it) })
				return err
			})
			if err != nil {
				return err
			}
			if last = at; n < migratedATime {
				break
			}
		}
	}
	return a.Update(ctx, func(tx *Tx) error { return tx.markOnce(sealSort, &a.audit.bell, tx.nextSeal()) })
}

// rewrite changes what is stored below prefix, after a key, and tells how many it
// saw and which was the last. A nil leaves a value as it is.
func (tx *Tx) rewrite(prefix, after string, change func(store.Item) ([]byte, error)) (n int, last string, err error) {
	for it, err := range tx.s.kv.Scan(prefix+after+"\x00", store.End(prefix)) {
		if err != nil {
			return n, last, err
		}
		last = it.Key[len(prefix):]
		b, err := change(it)
		if err == nil && b != nil {
			err = tx.s.kv.Put(it.Key, b)
		}
		if err != nil {
			return n, last, err
		}
		if n++; n == migratedATime {
			break
		}
	}
	return n, last, nil
}

func (tx *Tx) saltStored(it store.Item) ([]byte, error) {
	acc, err := decodeRecord[Account](ID[Account](it.Key[len(accounts.prefix(tx.Tenant)):]), it.Value)
	if err != nil || len(acc.Salt) > 0 {
		return nil, err
	}
	acc.salt(tx)
	return json.Marshal(acc)
}

func (tx *Tx) sealStored(it store.Item) ([]byte, error) {
	var line storedLine
	if err := json.Unmarshal(it.Value, &line); err != nil {
		return nil, err
	}
	id, ok := IDOf[Account](line.Ref)
	if !ok || line.Of != "" || len(line.Before)+len(line.After) == 0 {
		return nil, nil
	}
	acc, err := load[Account](tx, accounts, id)
	if IsNotFound(err) {
		line.Before, line.After = erase(line.Before), erase(line.After)
		return json.Marshal(line)
	}
	if err != nil {
		return nil, err
	}
	line.person = acc
	stored, err := tx.sealPersonal(&line.AuditLine)
	if err != nil {
		return nil, err
	}
	return json.Marshal(stored)
}
