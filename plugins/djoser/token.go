package djoser

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
)

// DjoserToken is a token that clients send as "Authorization: Token …": 40 hexadecimal
// digits, of which the hash is kept. It ends with what its stamp is of, and when it is
// not used for long.
type DjoserToken struct {
	core.Base[DjoserToken]
	Mount   core.ID[DjoserMount]  `json:"mount" api:"-"`
	Account core.ID[core.Account] `json:"account" api:"-"`
	Hash    string                `json:"hash" api:"-"` // SHA-256, in hexadecimal
	Stamp   core.Stamp            `json:"stamp" api:"-"`
	UsedAt  core.Time             `json:"usedAt" api:"-"` // to the day
	Shared  bool                  `json:"shared" api:"-"` // the same at every login, until its epoch ends
}

// TokensOf and TokensBy list the tokens of a mount and of an account; TokenHash finds
// one.
var (
	TokensOf = &core.Index[DjoserToken]{Name: "mount", List: true,
		Key: func(t *DjoserToken) (core.Entry, bool) { return core.Entry{Owner: string(t.Mount)}, true }}
	TokensBy = &core.Index[DjoserToken]{Name: "acc", List: true,
		Key: func(t *DjoserToken) (core.Entry, bool) { return core.Entry{Owner: string(t.Account)}, true }}
	TokenHash = &core.Index[DjoserToken]{Name: "hash", Rule: core.Unique,
		Key: func(t *DjoserToken) (core.Entry, bool) {
			return core.Entry{Owner: string(t.Mount), Value: t.Hash}, true
		}}
)

var tokens = &core.Kind[DjoserToken]{Name: "djoserTokens", Noun: "DjoserToken", Key: "djt", Internal: true,
	Indexes: []*core.Index[DjoserToken]{TokensOf, TokensBy, TokenHash}}

// Kind says how tokens are stored.
func (*DjoserToken) Kind() *core.Kind[DjoserToken] { return tokens }

// Owners are the mount and the account.
func (t *DjoserToken) Owners() []core.Ref {
	return []core.Ref{core.RefTo(t.Mount), core.RefTo(t.Account)}
}

// WithoutSecrets leaves tokens out of an export that has no secrets.
func (*DjoserToken) WithoutSecrets() bool { return false }

// Moved has a token that came with an import tidied up when it is dead.
func (t *DjoserToken) Moved(tx *core.Tx) error {
	return core.Enqueue(tx, tokenJob, tokenTask{t.ID}, t.UsedAt.Add(tokenIdle))
}

const (
	tokenIdle  = 90 * 24 * time.Hour
	tokenTouch = 24 * time.Hour // how exactly its last use is known
	tokenSize  = 20             // bytes
)

// randomToken makes a token by chance. It is made outside transactions, which may run
// twice.
func randomToken() string { return secret.Text(2*tokenSize, "0123456789abcdef") }

func hashOf(token string) string { return hex.EncodeToString(secret.HashToken(token)) }

// sharedToken is the token of an account that every login gives until its epoch ends.
func (m *DjoserMount) sharedToken(tx *core.Tx, acc core.ID[core.Account], epoch uint64) (string, error) {
	key, err := m.TokenKey.Open(tx, m.ID, "tokenKey")
	if err != nil {
		return "", err
	}
	if key == "" {
		return "", errors.New("djoser: the mount " + string(m.ID) + " has lost its key")
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(string(acc) + "/" + strconv.FormatUint(epoch, 10)))
	return hex.EncodeToString(mac.Sum(nil)[:tokenSize]), nil
}

// issue gives an account a token: random, or the one that it shares among its logins.
// stamp is that of the proof for which it is given.
func (m *DjoserMount) issue(tx *core.Tx, acc *core.Account, stamp core.Stamp, shared bool, random string) (plain string, err error) {
	app, err := core.Get(tx, m.Application)
	if err != nil {
		return "", err
	}
	now, err := core.StampOf(tx, acc, app)
	if err != nil {
		return "", err
	}
	if now != stamp {
		return "", &badLogin{} // what proved it has changed meanwhile
	}
	plain = random
	for shared {
		sec, err := core.Get(tx, core.ID[core.Security](acc.ID))
		if err != nil {
			return "", err
		}
		if plain, err = m.sharedToken(tx, acc.ID, sec.TokenEpoch); err != nil {
			return "", err
		}
		t, err := core.Find(tx, TokenHash, string(m.ID), hashOf(plain))
		if core.IsNotFound(err) {
			break
		}
		if err != nil {
			return "", err
		}
		if t.Stamp == stamp && t.fresh(tx.Now) {
			return plain, t.touch(tx)
		}
		if err := t.end(tx); err != nil { // what was revoked must not come to life again
			return "", err
		}
	}
	t := &DjoserToken{Mount: m.ID, Account: acc.ID, Hash: hashOf(plain), Stamp: stamp, UsedAt: core.At(tx.Now), Shared: shared}
	if err := core.Put(tx, t); err != nil {
		return "", err
	}
	return plain, core.Enqueue(tx, tokenJob, tokenTask{t.ID}, tx.Now.Add(tokenIdle))
}

// fresh tells whether the token was used within the time in which it has to be.
func (t *DjoserToken) fresh(now time.Time) bool { return now.Before(t.UsedAt.Add(tokenIdle)) }

// touch notes that the token is used, at most once a day.
func (t *DjoserToken) touch(tx *core.Tx) error {
	if tx.Now.Before(t.UsedAt.Add(tokenTouch)) {
		return nil
	}
	t.UsedAt = core.At(tx.Now)
	return core.Put(tx, t)
}

// end deletes the token. One that is shared is another from the next login on.
func (t *DjoserToken) end(tx *core.Tx) error {
	if err := core.Delete(tx, t); err != nil || !t.Shared {
		return err
	}
	sec, err := core.Get(tx, core.ID[core.Security](t.Account))
	if err != nil {
		return err
	}
	sec.TokenEpoch++
	return core.Put(tx, sec)
}

// tokenJob deletes a token that was not used for long. It is dead before: the job only
// tidies up.
const tokenJob = "djoser.token"

type tokenTask struct {
	Token core.ID[DjoserToken] `json:"token"`
}

func forget(ctx context.Context, app *core.App, j core.Job) error {
	var task tokenTask
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return err
	}
	return app.Update(ctx, func(tx *core.Tx) error {
		t, err := core.Get(tx, task.Token)
		if core.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if t.fresh(tx.Now) {
			return core.Enqueue(tx, tokenJob, task, t.UsedAt.Add(tokenIdle))
		}
		return t.end(tx)
	})
}

// caller is who has shown a good credential.
type caller struct {
	account *core.Account
	stamp   core.Stamp
	token   core.ID[DjoserToken] // "" of a JWT
}

// authenticate finds out who calls, by the scheme of the header. A credential that is
// none of a known scheme is none at all; a bad one is refused even where none is needed
// (djoser 1.3).
func (r *request) authenticate() error {
	parts := strings.Fields(r.Get("Authorization"))
	switch {
	case len(parts) == 0:
		return nil
	case strings.EqualFold(parts[0], "Token"):
	case !r.old() && (parts[0] == "JWT" || parts[0] == "Bearer"):
		return r.bearer(parts)
	default:
		return nil
	}
	if len(parts) == 1 {
		return r.unauthorized("Invalid token header. No credentials provided.")
	}
	if len(parts) > 2 {
		return r.unauthorized("Invalid token header. Token string should not contain spaces.")
	}
	var stale *DjoserToken
	err := r.door.app.View(r.Context(""), func(tx *core.Tx) error {
		t, err := core.Find(tx, TokenHash, string(r.mount.ID), hashOf(parts[1]))
		if core.IsNotFound(err) {
			return r.unauthorized(r.say("Invalid token", "Invalid token."))
		}
		if err != nil {
			return err
		}
		acc, err := core.Get(tx, t.Account)
		if err != nil {
			return err
		}
		if acc.Status != core.Enabled {
			return r.unauthorized(r.say("User inactive or deleted", "User inactive or deleted."))
		}
		stamp, err := core.StampOf(tx, acc, r.app)
		if err != nil {
			return err
		}
		if t.Stamp != stamp || !t.fresh(tx.Now) || acc.Directory != r.mount.Directory {
			return r.unauthorized(r.say("Invalid token", "Invalid token."))
		}
		r.who = &caller{acc, stamp, t.ID}
		if stale = nil; !tx.Now.Before(t.UsedAt.Add(tokenTouch)) {
			stale = t
		}
		return nil
	})
	if err != nil {
		return r.Failed(err)
	}
	if stale == nil {
		return nil
	}
	return r.door.app.Update(r.Context(r.who.account.ID), func(tx *core.Tx) error {
		t, err := core.Get(tx, stale.ID)
		if core.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		return t.touch(tx)
	})
}

// logout ends the caller's token. A JWT lives until it ends by itself.
func (r *request) logout() error {
	if r.who.token == "" {
		return nil
	}
	return r.door.app.Update(r.Context(r.who.account.ID), func(tx *core.Tx) error { return endToken(tx, r.who.token) })
}

func endToken(tx *core.Tx, id core.ID[DjoserToken]) error {
	t, err := core.Get(tx, id)
	if core.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.end(tx)
}

// keepToken has the caller's own token outlive the change of its password: everything
// else that the old one gave has ended.
func (r *request) keepToken(tx *core.Tx, acc *core.Account) error {
	if r.who.token == "" {
		return nil
	}
	t, err := core.Get(tx, r.who.token)
	if err != nil {
		return err
	}
	if t.Stamp, err = core.StampOf(tx, acc, r.app); err != nil {
		return err
	}
	return core.Put(tx, t)
}
