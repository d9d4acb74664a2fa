package core

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/stormkeep/stormkeep/core/store"
)

// AuditCheckpoint closes a run of audit lines: it says what they hash to and what
// the run before did, and is signed with the tenant's audit key. So the last one
// vouches for the whole log, and a copy of it elsewhere shows any later change.
type AuditCheckpoint struct {
	Tenant    ID[Tenant] `json:"tenant"`
	Run       uint64     `json:"run"`  // counted from 1
	From      uint64     `json:"from"` // the commit sequence of the first line
	To        uint64     `json:"to"`   // and of the last
	Count     int        `json:"count"`
	Prev      string     `json:"prev"`  // Hash of the run before; of the first, 64 zeros
	Lines     string     `json:"lines"` // SHA-256 of, for each line, its 8-byte sequence and the SHA-256 of its bytes
	At        Time       `json:"at"`
	Hash      string     `json:"hash"`      // SHA-256 of Statement, in hexadecimal like the others
	Key       string     `json:"key"`       // names the audit key
	Signature []byte     `json:"signature"` // of Statement, Ed25519 (RFC 8032)
}

// noRun is what the first run has as Prev.
const noRun = "0000000000000000000000000000000000000000000000000000000000000000"

// Statement is what is hashed and signed: the fields before Hash, a line each,
// below a line that says what this is.
func (c AuditCheckpoint) Statement() []byte {
	return fmt.Appendf(nil, "stormkeep audit run 1\n%s\n%d\n%d\n%d\n%d\n%s\n%s\n%s\n",
		c.Tenant, c.Run, c.From, c.To, c.Count, c.Prev, c.Lines, c.At.Format(timeLayout))
}

// Authentic tells whether the hash and the signature are those of the rest. It
// needs nothing but the public key.
func (c AuditCheckpoint) Authentic(public ed25519.PublicKey) bool {
	st := c.Statement()
	return c.Hash == digest(st) && c.Key == keyName(public) && ed25519.Verify(public, st, c.Signature)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// keyName is how a public key is called: the first 16 digits of its SHA-256.
func keyName(public ed25519.PublicKey) string { return digest(public)[:16] }

// auditFloor says up to which run retention has removed lines. Its signature
// tells that from a removal by anybody else.
type auditFloor struct {
	Run       uint64 `json:"run"`
	To        uint64 `json:"to"`
	Hash      string `json:"hash"` // of the run
	At        Time   `json:"at"`
	Signature []byte `json:"signature"`
}

func (f auditFloor) statement(t ID[Tenant]) []byte {
	return fmt.Appendf(nil, "stormkeep audit floor 1\n%s\n%d\n%d\n%s\n%s\n", t, f.Run, f.To, f.Hash, f.At.Format(timeLayout))
}

// auditHead remembers the last checkpoint, under a MAC: former heads are nowhere,
// so that who cuts the log's end off cannot put the fitting one back.
type auditHead struct {
	Run  uint64 `json:"run"`
	Hash string `json:"hash"`
	MAC  string `json:"mac"`
}

func (tx *Tx) newHead(c AuditCheckpoint) (auditHead, error) {
	key, err := tx.dataKey()
	if err != nil {
		return auditHead{}, err
	}
	h := auditHead{Run: c.Run, Hash: c.Hash}
	h.MAC = hex.EncodeToString(key.MAC("audit head", fmt.Appendf(nil, "%s\n%d\n%s", tx.Tenant, h.Run, h.Hash)))
	return h, nil
}

// The keys of all this. A run is in keys by its number as 16 digits.
func checkpointPrefix(t ID[Tenant]) string { return ordered + string(t) + "/audc/" }
func marksPrefix(t ID[Tenant]) string      { return ordered + string(t) + "/audm/" }
func floorKey(t ID[Tenant]) string         { return scattered + string(t) + "/audfloor" }
func headKey(t ID[Tenant]) string          { return scattered + string(t) + "/audhead" }
func lossPrefix(t ID[Tenant]) string       { return scattered + string(t) + "/audlost/" }
func auditKeyKey(t ID[Tenant]) string      { return scattered + string(t) + "/audkey" }

// stored reads the JSON at a key into v, and tells whether there is any.
func (tx *Tx) stored(key string, v any) (bool, error) {
	b, err := tx.s.kv.Get(key)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err == nil {
		if err = json.Unmarshal(b, v); err != nil {
			err = fmt.Errorf("stored at %q: %w", key, err)
		}
	}
	return err == nil, err
}

func (tx *Tx) store(key string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.s.kv.Put(key, b)
}

// Checkpoints yields the tenant's checkpoints after a run, in order.
func (tx *Tx) Checkpoints(after uint64) func(yield func(AuditCheckpoint, error) bool) {
	return func(yield func(AuditCheckpoint, error) bool) {
		if err := tx.mayRead(false); err != nil {
			yield(AuditCheckpoint{}, err)
			return
		}
		p := checkpointPrefix(tx.Tenant)
		for it, err := range tx.s.kv.Scan(p+seqPart(after+1), store.End(p)) {
			var c AuditCheckpoint
			if err == nil {
				c, err = readCheckpoint(it, len(p))
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// readCheckpoint takes the number of the run from the key: where somebody put
// another's checkpoint there, or none, it is not authentic, and a walk goes on.
func readCheckpoint(it store.Item, prefix int) (c AuditCheckpoint, err error) {
	if json.Unmarshal(it.Value, &c) != nil {
		c = AuditCheckpoint{}
	}
	c.Run, err = parseSeq(it.Key[prefix:])
	return c, err
}

// lastCheckpoint is the newest, the zero one where there is none.
func (tx *Tx) lastCheckpoint() (c AuditCheckpoint, err error) {
	p := checkpointPrefix(tx.Tenant)
	for it, err := range tx.s.kv.ScanBack(p, store.End(p)) {
		if err == nil {
			c, err = readCheckpoint(it, len(p))
		}
		return c, err
	}
	return AuditCheckpoint{Hash: noRun}, nil
}

// auditKey signs a tenant's checkpoints. Its private part is sealed under the data
// key, which also proves that the public one is ours.
type auditKey struct {
	Public  ed25519.PublicKey `json:"public"`
	Private []byte            `json:"private"` // the seed, sealed
	At      Time              `json:"at"`

	signer ed25519.PrivateKey
}

func (tx *Tx) auditKeyAAD() string { return tx.aad("audit/key", "private") }

// loadAuditKey is the tenant's audit key, nil while it has none.
func (tx *Tx) loadAuditKey() (*auditKey, error) {
	k := &auditKey{}
	if ok, err := tx.stored(auditKeyKey(tx.Tenant), k); err != nil || !ok {
		return nil, err
	}
	data, err := tx.dataKey()
	if err != nil {
		return nil, err
	}
	seed, err := data.Open(k.Private, tx.auditKeyAAD())
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("the audit key of tenant %s: %w", tx.Tenant, errors.Join(err, errForeignKey))
	}
	k.signer = ed25519.NewKeyFromSeed(seed)
	if !k.Public.Equal(k.signer.Public()) {
		return nil, fmt.Errorf("the audit key of tenant %s: %w", tx.Tenant, errForeignKey)
	}
	return k, nil
}

var errForeignKey = errors.New("its private part is not the one that this server sealed")

// useAuditKey is the tenant's audit key, made on first use.
func (tx *Tx) useAuditKey() (*auditKey, error) {
	k, err := tx.loadAuditKey()
	if err != nil || k != nil {
		return k, err
	}
	seed := []byte(tx.s.ids.id("audit.key", func() string {
		seed := make([]byte, ed25519.SeedSize)
		rand.Read(seed)
		return string(seed)
	}))
	data, err := tx.dataKey()
	if err != nil {
		return nil, err
	}
	signer := ed25519.NewKeyFromSeed(seed)
	k = &auditKey{signer.Public().(ed25519.PublicKey), data.Seal(seed, tx.auditKeyAAD()), At(tx.Now), signer}
	return k, tx.store(auditKeyKey(tx.Tenant), k)
}

// AuditKey is the public key that the tenant's checkpoints are signed with. It is
// NotFound until the first.
func (a *App) AuditKey(ctx context.Context) (public ed25519.PublicKey, err error) {
	err = a.View(ctx, func(tx *Tx) error {
		if err := tx.mayRead(false); err != nil {
			return err
		}
		k, err := tx.loadAuditKey()
		if err == nil && k == nil {
			err = errNotFound()
		}
		if err == nil {
			public = k.Public
		}
		return err
	})
	return public, err
}

func (k *auditKey) sign(statement []byte) []byte { return ed25519.Sign(k.signer, statement) }
