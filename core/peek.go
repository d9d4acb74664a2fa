package core

import "bytes"

// peeked is a record as it was decoded from raw.
type peeked struct {
	raw []byte
	rec any
}

// maxPeeked is how many records a generation remembers, of about 2 kB.
const maxPeeked = 1 << 10

// Peek is Get of a record that others read too: it must not be changed, nor what it
// points to. What is read at every request (tenants, applications, clients) is so decoded
// once for each form that it has; what is stored is read and compared at every call, so
// that a Peek is never older than the transaction.
func Peek[T any, P Record[T]](tx *Tx, id ID[T]) (P, error) {
	k := kindOf[T, P]()
	if err := tx.mayRead(k.Internal); err != nil {
		return nil, err
	}
	rec, err := peek[T, P](tx, k, id)
	if err != nil {
		return nil, err
	}
	if ok, err := tx.owned(rec); err != nil || !ok {
		return nil, orNotFound(err)
	}
	return rec, nil
}

// peek is load by way of what was peeked at before.
func peek[T any, P Record[T]](tx *Tx, k *Kind[T], id ID[T]) (P, error) {
	if tx.s.bulk != nil || k.Part || !validID(string(id)) {
		return load[T, P](tx, k, id)
	}
	key := k.prefix(tx.Tenant) + string(id)
	raw, err := tx.s.kv.Get(key)
	if err != nil {
		return load[T, P](tx, k, id) // which says it as it should be said
	}
	if had, ok := tx.App.peeked.get(key); ok && bytes.Equal(had.raw, raw) {
		if rec, ok := had.rec.(P); ok {
			return rec, nil
		}
	}
	rec, err := decodeRecord[T, P](id, raw)
	if err == nil {
		tx.App.peeked.add(key, peeked{bytes.Clone(raw), rec})
	}
	return rec, err
}
