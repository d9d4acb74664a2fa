package core

import (
	"encoding/binary"
	"encoding/hex"
	"net/netip"
	"strconv"
	"time"
)

// Lockout says how often somebody may be wrong. The numbers of wrong tries are kept
// for an hour after the last of them, in buckets:
//
//   - Device, of one account from one device that has signed in to it before. Such a
//     device draws on no other bucket, so that nobody else slows it.
//   - Place, of one account from one source: a /24 of IPv4, or a /64 of IPv6.
//   - Network, of all accounts from one source.
//   - Account, of one account from all sources together.
//
// Who is over a bucket of the first three is held back, for as long as its Tolerance says:
// the password is not looked at, and the try does not count. The bucket Account holds
// nobody back, since strangers fill it: it only makes tries late.
type Lockout struct {
	Device, Place, Network, Account Tolerance
	// Warn is after how many wrong tries of an account its owner is told, by mail.
	Warn int
}

// Tolerance is how often a bucket lets somebody be wrong, and what it costs after that.
type Tolerance struct {
	Free  int           // wrong tries that cost nothing
	First time.Duration // the delay after the last of them: it doubles with each more
	Most  time.Duration
}

// DefaultLockout is the policy of a new App.
func DefaultLockout() Lockout {
	return Lockout{
		Device:  Tolerance{Free: 10, First: 2 * time.Second, Most: 15 * time.Minute},
		Place:   Tolerance{Free: 5, First: 2 * time.Second, Most: 15 * time.Minute},
		Network: Tolerance{Free: 100, First: 2 * time.Second, Most: 15 * time.Minute},
		Account: Tolerance{Free: 20, First: 250 * time.Millisecond, Most: 5 * time.Second},
		Warn:    10,
	}
}

// after is the delay that n wrong tries cost.
func (r Tolerance) after(n int) time.Duration {
	if n < r.Free {
		return 0
	}
	d := r.First
	for ; n > r.Free && d < r.Most; n-- {
		d *= 2
	}
	return min(d, r.Most)
}

// failuresKept is for how long after the last wrong try a bucket is full.
const failuresKept = time.Hour

// subject is whom tries are about: an account, or a name that nobody has. A name has
// one of 65,536 places by its keyed hash, so that names that somebody makes up take
// bounded room, and nobody can tell which of them share a place.
type subject string

func (tx *Tx) subjectOf(acc *Account, name string) (subject, error) {
	key, err := tx.dataKey()
	if err != nil {
		return "", err
	}
	place := binary.BigEndian.Uint16(key.MAC("made-up name", []byte(name)))
	if acc != nil {
		return subject("account " + acc.ID), nil
	}
	return subject("name " + hex.EncodeToString([]byte{byte(place >> 8), byte(place)})), nil
}

// bucket counts the wrong tries of somebody. Its key is a keyed hash: what is stored
// tells nobody who tried what from where.
type bucket struct {
	key  string
	rule Tolerance
	// lenient holds nobody back, and makes late.
	lenient bool
	// pardon forgets all once a try was right. Where an attacker can be right, as the
	// holder of an account of their own, it must not.
	pardon bool
}

// bucketsOf are those on which a try draws. device is "" for one that is not known,
// and source is no address where nobody told it.
func (tx *Tx) bucketsOf(who subject, device string, source netip.Addr) ([]bucket, error) {
	key, err := tx.dataKey()
	if err != nil {
		return nil, err
	}
	name := func(kind string, parts ...string) string {
		b := []byte(kind)
		for _, p := range parts {
			b = append(append(b, 0), p...)
		}
		return hex.EncodeToString(key.MAC("attempts", b)[:16])
	}
	rules := &tx.App.Lockout
	if device != "" {
		return []bucket{{key: name("device", string(who), device), rule: rules.Device, pardon: true}}, nil
	}
	all := []bucket{{key: name("account", string(who)), rule: rules.Account, lenient: true}}
	if near := neighbourhood(source); near.IsValid() {
		all = append(all, bucket{key: name("place", string(who), near.String()), rule: rules.Place, pardon: true},
			bucket{key: name("network", near.String()), rule: rules.Network})
	}
	return all, nil
}

// neighbourhood is the network that an address stands for: who has one address may
// well have all of its /24, or /64. It is no network where there is no address.
func neighbourhood(a netip.Addr) netip.Prefix {
	bits := 64
	if a = a.Unmap().WithZone(""); a.Is4() {
		bits = 24
	}
	p, _ := a.Prefix(bits)
	return p
}

// failures is what is stored of a bucket, under the hour of the last wrong try.
type failures struct {
	N  int    `json:"n"`
	At Time   `json:"at"`           // the last
	By string `json:"by,omitempty"` // the Tx.Attempt that wrote it
}

func attemptsPrefix(t ID[Tenant]) string { return scattered + string(t) + "/att/" }

func attemptsKey(t ID[Tenant], at time.Time, bucket string) string {
	return attemptsPrefix(t) + duePart(At(at.Truncate(time.Hour))) + "/" + bucket
}

// failuresOf are the wrong tries that the bucket remembers.
func (tx *Tx) failuresOf(b bucket) (f failures, err error) {
	for _, at := range [...]time.Time{tx.Now, tx.Now.Add(-failuresKept)} {
		var is failures
		if _, err := tx.stored(attemptsKey(tx.Tenant, at, b.key), &is); err != nil {
			return f, err
		}
		if f.N == 0 && tx.Now.Sub(is.At.Time) < failuresKept {
			f = is
		}
	}
	if f.At.After(tx.Now) { // the clock was set back
		f.At = At(tx.Now)
	}
	return f, nil
}

// countFailure adds a wrong try to the buckets, as part of the transaction that
// settles it, and tells how many an account has had from strangers.
func (tx *Tx) countFailure(all []bucket) (ofAccount int, err error) {
	for _, b := range all {
		f, err := tx.failuresOf(b)
		if err != nil {
			return 0, err
		}
		if f.By != tx.Attempt() { // else this very call was kept before
			f = failures{N: f.N + 1, At: At(tx.Now), By: tx.Attempt()}
			if err := tx.store(attemptsKey(tx.Tenant, tx.Now, b.key), f); err != nil {
				return 0, err
			}
		}
		if b.lenient {
			ofAccount = f.N
		}
	}
	return ofAccount, nil
}

// pardonFailures empties the buckets of those who have proved to be the owner.
func (tx *Tx) pardonFailures(all []bucket) error {
	for _, b := range all {
		f, err := tx.failuresOf(b)
		if err != nil {
			return err
		}
		if !b.pardon || f.N == 0 {
			continue
		}
		for _, at := range [...]time.Time{tx.Now, tx.Now.Add(-failuresKept)} {
			if err := tx.s.kv.Delete(attemptsKey(tx.Tenant, at, b.key)); err != nil {
				return err
			}
		}
	}
	return nil
}

// countWrong counts a wrong try of a password, and has the owner told when there were
// many, once a day at most.
func (tx *Tx) countWrong(all []bucket, who *found, at Attempt) error {
	n, err := tx.countFailure(all)
	if err != nil || n < tx.App.Lockout.Warn {
		return err
	}
	if who.account == nil {
		if n > tx.App.Lockout.Warn {
			return nil
		}
		return PostNothing(tx, Letter{Template: "failedLogins", To: at.Login})
	}
	if told := who.sec.WarnedAt; told.After(tx.Now.Add(-day)) && !told.After(tx.Now) {
		return nil
	}
	who.sec.WarnedAt = At(tx.Now)
	if err := Put(tx, who.sec); err != nil {
		return err
	}
	return Post(tx, Letter{Template: "failedLogins", Account: who.account, Application: at.Application,
		Values: map[string]string{"count": strconv.Itoa(n)}})
}

// errHeldBack is the answer to who is over a bucket, alike for known and unknown.
func errHeldBack(wait time.Duration) error {
	return &Error{Kind: Limited, Code: HeldBack, RetryAfter: max(wait, time.Second),
		Msg: "Too many wrong attempts; try again later.",
		Dev: "Too many attempts for this login, or from this address, were wrong. This one was not looked at, and does not count."}
}

// HeldBack is the code of the error of a try that is held back.
const HeldBack = "account_locked"
