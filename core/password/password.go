// Package password hashes passwords and verifies them, for the forms that other
// systems wrote as well as for its own.
//
// Its own form is argon2id. Every hash goes through one gate: as many at once
// as the machine has cores, a bounded queue, and then ErrBusy. So a crowd of
// logins costs waiting, never memory. The bound is by workers only, never by
// the priority of threads, since x/crypto starts goroutines of its own for every
// lane and segment and no thread that we lower would do the work.
package password

import (
	"errors"
	"fmt"
	"time"
)

// MaxLength is the most bytes a password may have. Longer ones are refused
// before any work is done on them.
const MaxLength = 4096

var (
	// ErrBusy says that the queue is full. Every such error is a *BusyError.
	ErrBusy = errors.New("too many passwords wait to be checked")

	// ErrTooLong says that the password has more than MaxLength bytes.
	ErrTooLong = fmt.Errorf("a password has at most %d bytes", MaxLength)

	// ErrUnsupported says that the hash is of a form this package does not verify.
	ErrUnsupported = errors.New("unsupported form of password hash")

	// ErrMalformed says that the hash has the mark of a known form and is not
	// well-formed. The error names the form, never the hash.
	ErrMalformed = errors.New("malformed password hash")

	// ErrTooCostly says that verifying the hash would cost more than Caps allows.
	ErrTooCostly = errors.New("password hash costs too much to verify")
)

// BusyError is ErrBusy with a guess of when to come again.
type BusyError struct {
	RetryAfter time.Duration // whole seconds, at least one
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("%v; try again in %v", ErrBusy, e.RetryAfter)
}

// Is makes errors.Is(err, ErrBusy) true.
func (e *BusyError) Is(target error) bool { return target == ErrBusy }

// Params are the costs of new hashes. A zero field takes its default.
type Params struct {
	Memory      uint32 // KiB; 19456, which is 19 MiB
	Iterations  uint32 // 2
	Parallelism uint8  // 1; so many lanes are worked at once
}

// The defaults are OWASP's second choice for argon2id: the one with the least
// memory that asks for no more than two passes.
func (p Params) orDefault() Params {
	if p.Memory == 0 {
		p.Memory = 19 << 10
	}
	if p.Iterations == 0 {
		p.Iterations = 2
	}
	if p.Parallelism == 0 {
		p.Parallelism = 1
	}
	// Argon2 has at least eight blocks a lane (RFC 9106, section 3.1).
	p.Memory = max(p.Memory, 8*uint32(p.Parallelism))
	return p
}

// Caps bound what an imported hash may cost: whoever writes its parameters
// would otherwise decide how long a login keeps a core. A zero field takes its
// default.
type Caps struct {
	Argon2Memory        uint32 // KiB; 256 MiB
	Argon2Iterations    uint32 // 16
	BcryptCost          int    // 15
	PBKDF2Iterations    int    // 2,000,000
	ScryptMemory        int    // bytes, 128·N·r·p; 256 MiB
	StormpathIterations int    // 1,000,000
}

func (c Caps) orDefault() Caps {
	fill(&c.Argon2Memory, 256<<10)
	fill(&c.Argon2Iterations, 16)
	fill(&c.BcryptCost, 15)
	fill(&c.PBKDF2Iterations, 2_000_000)
	fill(&c.ScryptMemory, 256<<20)
	fill(&c.StormpathIterations, 1_000_000)
	return c
}

func fill[N int | uint32](field *N, value N) {
	if *field == 0 {
		*field = value
	}
}
