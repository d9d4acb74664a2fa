package core

import "bytes"

// peeked is a record as it was decoded from raw.
type peeked struct {
	raw []byte
	rec record
}

// maxPeeked is how many records a generation remembers, of about 2 kB.
const maxPeeked = 1 << 10

// Peek is Get of a record that others read too: it must not be changed, nor what it
// points to. What is read at every request (tenants, applications, clients) is so decoded
// once for each form that it has; what is stored is read and compared at every call, so
// that a Peek is never older than the transaction.
func Peek[T any, P Record[T]](tx *Tx, id ID[T]) (P, error) {
	rec, err := tx.peekOwned(kindIn[T, P](tx.App), string(id))
	return as[P](rec), err
}

func (tx *Tx) peekOwned(k *kind, id string) (record, error) {
	if err := tx.reads(k); err != nil {
		return nil, err
	}
	rec, err := tx.peek(k, id)
	if err != nil {
		return nil, err
	}
	if ok, err := tx.owned(rec); err != nil || !ok {
		return nil, orNotFound(err)
	}
	return rec, nil
}

// peek is load by way of what was peeked at before.
func (tx *Tx) peek(k *kind, id string) (record, error) {
	if tx.s.bulk != nil || k.Part || !validID(id) {
		return tx.load(k, id)
	}
	key := k.prefix(tx.Tenant) + id
	raw, err := tx.s.kv.Get(key)
	if err != nil {
		return tx.load(k, id) // which says it as it should be said
	}
	if had, ok := tx.App.peeked.get(key); ok && bytes.Equal(had.raw, raw) {
		return had.rec, nil
	}
	rec, err := k.decode(id, raw)
	if err == nil {
		tx.App.peeked.add(key, peeked{bytes.Clone(raw), rec})
	}
	return rec, err
}
