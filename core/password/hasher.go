package password

import (
	"context"
	"sync"
	"sync/atomic"

	"golang.org/x/crypto/argon2"
)

// Hasher hashes and verifies. Its zero value is ready; set the fields before
// the first use and do not copy it.
type Hasher struct {
	Params Params // of new hashes
	Caps   Caps   // of hashes that came from elsewhere

	// Workers is how many hashes run at once; 0 is the number of cores. One of
	// several lanes, or of more than 64 MiB, counts as several.
	Workers int

	// Queue is how many more may wait; 0 is 100 a worker, which is two to three
	// seconds of waiting with the default Params. One that waits costs a few
	// hundred bytes, one that runs costs Params.Memory.
	Queue int

	count atomic.Uint64
	once  sync.Once
	gate  gate
	spent spent
}

// Result says what came of verifying a password.
type Result struct {
	OK bool

	// Rehash says that the password was right and that Hash would now write
	// another form or other costs than what is stored.
	Rehash bool
}

// Hash gives the argon2id form of a password, with a new salt. Errors are
// ErrTooLong, ErrBusy, or the context's if it ends before the work begins.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if len(password) > MaxLength {
		return "", ErrTooLong
	}
	var encoded string
	p := h.Params.orDefault()
	err := h.do(ctx, p.load(), func() { encoded = newArgon2id(password, p) })
	return encoded, err
}

// Verify tells whether the password is the one that encoded was made from. A
// wrong password is no error. An empty encoded never matches, at the cost of
// VerifyNone: an account without a password looks like any other. Errors are
// those of Hash and of Recognised.
func (h *Hasher) Verify(ctx context.Context, encoded, password string) (Result, error) {
	if encoded == "" {
		return Result{}, h.VerifyNone(ctx, password)
	}
	if len(password) > MaxLength {
		return Result{}, ErrTooLong
	}
	stored, err := parse(encoded, h.Caps.orDefault())
	if err != nil {
		return Result{}, err
	}
	var res Result
	err = h.do(ctx, stored.load(), func() { res.OK = stored.verify(password) })
	res.Rehash = res.OK && stored.params != h.Params.orDefault()
	return res, err
}

// VerifyNone does the work of Verify for a login name that nobody has, so that
// the time an answer takes does not tell who exists. Errors are those of Hash.
func (h *Hasher) VerifyNone(ctx context.Context, password string) error {
	if len(password) > MaxLength {
		return ErrTooLong
	}
	p := h.Params.orDefault()
	stored := argon2Hash{Params: p, key: argon2.IDKey, salt: make([]byte, saltSize), hash: make([]byte, hashSize)}
	return h.do(ctx, p.load(), func() { stored.verify(password) })
}

// Recognised names the form of a hash and checks it as Verify would, without
// hashing: an import refuses what a login could not use. Errors are
// ErrUnsupported, ErrMalformed and ErrTooCostly, none of which holds the hash.
func (h *Hasher) Recognised(encoded string) (format string, err error) {
	stored, err := parse(encoded, h.Caps.orDefault())
	return stored.format, err
}

// Count is how many hashes were computed so far, whatever their form. Tests
// compare it for known and unknown names.
func (h *Hasher) Count() uint64 { return h.count.Load() }

func (h *Hasher) do(ctx context.Context, l load, work func()) error {
	h.once.Do(func() { h.gate.open(h.Workers, h.Queue) })
	return h.gate.run(ctx, l.slots(), func() {
		h.count.Add(1)
		work()
		h.spent.add(l.bytes)
	})
}
