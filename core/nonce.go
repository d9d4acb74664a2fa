package core

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// Nonce is a text that a caller signed and that counts once: a request sent again
// by somebody who saw it must do nothing (spec 3.2).
type Nonce struct {
	By    string    // who may not send it twice: the id of an API key
	Text  string    // as it was signed
	Until time.Time // from when on the signature would be refused for its age
}

// once is a nonce on its way. It is written by the transaction that does what the
// request asked for, so that either both are kept or none is. mine tells it from
// any other request's: one request may have several transactions, and each may
// run again.
type once struct {
	ends       time.Time // the hour after which it is forgotten
	hour, text string    // of its key
	mine       string
}

// AsOnce is As for a request with a nonce that has proved to be signed: the first
// transaction that is kept writes the nonce with what it did, and every
// transaction, reading ones too, is refused as Unauthenticated if another request
// has. A request none of whose Updates is kept leaves no nonce: it has done
// nothing.
//
// The place of a nonce depends on Until, which the signature covers: a request
// that is sent again comes to the same place.
func AsOnce(ctx context.Context, actor Actor, n Nonce) context.Context {
	ctx = As(ctx, actor)
	ctx.Value(callKey{}).(*call).once = n.once(NewID7())
	return ctx
}

func (n Nonce) once(mine string) *once {
	sum := sha256.Sum256([]byte(n.By + "\x00" + n.Text))
	hour := n.Until.UTC().Truncate(time.Hour).Add(time.Hour)
	return &once{hour, duePart(At(hour)), hex.EncodeToString(sum[:16]), mine}
}

// Spend writes a nonce with what the transaction does, as ended if another has spent
// it before: the jti of an assertion counts once.
func (n Nonce) Spend(tx *Tx) error {
	o := n.once(tx.Attempt())
	if _, err := o.fresh(tx); err != nil {
		if AsError(err).Kind == Unauthenticated {
			err = errEnded("it was used before")
		}
		return err
	}
	return o.spend(tx)
}

func seenPrefix(t ID[Tenant]) string { return scattered + string(t) + "/seen/" }

func (o *once) key(tx *Tx) string { return seenPrefix(tx.Tenant) + o.hour + "/" + o.text }

// fresh refuses the nonce if another request has spent it, and tells whether this
// one has.
func (o *once) fresh(tx *Tx) (spent bool, err error) {
	if o == nil {
		return true, nil
	}
	b, err := tx.s.kv.Get(o.key(tx))
	switch {
	case errors.Is(err, store.ErrNotFound):
		return false, nil
	case err != nil:
		return false, err
	case string(b) != o.mine:
		return false, errNotThisKey("the nonce was used before")
	}
	return true, nil
}

// spend writes the nonce as part of the transaction. With the first of an hour
// goes the job that forgets them all.
func (o *once) spend(tx *Tx) error {
	if spent, err := o.fresh(tx); err != nil || spent {
		return err
	}
	if err := tx.s.kv.Put(o.key(tx), []byte(o.mine)); err != nil {
		return err
	}
	mark := seenPrefix(tx.Tenant) + o.hour
	if _, err := tx.s.kv.Get(mark); !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err := tx.s.kv.Put(mark, []byte{1}); err != nil {
		return err
	}
	payload, err := json.Marshal(forgetTask{o.hour})
	if err != nil {
		return err
	}
	// An hour more, since the clocks of several servers differ.
	return tx.putJob(Job{ID: tx.s.ids.id("forget", nil), Tenant: tx.Tenant, Kind: forgetJob, Payload: payload,
		Due: At(o.ends.Add(time.Hour)), By: Actor{Kind: System}})
}

const forgetJob = "forget"

type forgetTask struct {
	Hour string `json:"hour"` // as it is in keys
}

// runForget is the job that removes the nonces of an hour that is over: a
// transaction for every thousand, its mark with the last.
func (a *App) runForget(ctx context.Context, j Job) error {
	var t forgetTask
	if err := json.Unmarshal(j.Payload, &t); err != nil {
		return err
	}
	from := seenPrefix(j.Tenant) + t.Hour
	for left := true; left && ctx.Err() == nil; {
		err := a.Update(AsSystem(ctx, j.Tenant), func(tx *Tx) error {
			left = false
			if err := tx.dropRange(from+"/", store.End(from+"/"), sweptATime); err != nil {
				return err
			}
			for _, err := range tx.s.kv.Scan(from+"/", store.End(from+"/")) {
				left = true
				return err
			}
			return tx.s.kv.Delete(from)
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
