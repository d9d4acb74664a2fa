package core

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core/store"
)

// How often people sign in is counted by the hour, where the audit line is written that
// says so, in its transaction: a tally is right if and only if the log is, whoever commits
// and however often a function runs. To count lines at each look would be to walk 400 days
// of them; a walk that is remembered would be wrong after each restart, and on each of
// several servers. The tenant's commit sequence is written by the same transactions, so
// that the counter makes no two of them clash that did not before.
//
// Tallies are no records. A backup has them; an export has them no more than the log of
// which they tell, and the tenant that it makes begins to count anew. The doctor compares
// them with the log.

// Tally is what was counted of a tenant in one hour.
type Tally struct {
	At          Time `json:"-"`                     // when the hour began
	SignIns     int  `json:"signIns,omitempty"`     // attempts that succeeded
	Failures    int  `json:"failures,omitempty"`    // attempts that were refused
	NewAccounts int  `json:"newAccounts,omitempty"` // accounts that were made, save by an import
	LostMails   int  `json:"lostMails,omitempty"`   // mails that were given up
}

// TalliesKept is for how long what was counted is kept: 30 days, and the 30 before them
// that they are compared with.
const TalliesKept = 61 * day

// tallied are the audit lines that are counted, and as what.
var tallied = map[string]func(*Tally) *int{
	"auth.login":     func(t *Tally) *int { return &t.SignIns },
	"auth.failure":   func(t *Tally) *int { return &t.Failures },
	"account.create": func(t *Tally) *int { return &t.NewAccounts },
	"mail.failed":    func(t *Tally) *int { return &t.LostMails },
}

func tallyPrefix(t ID[Tenant]) string { return scattered + string(t) + "/stat/" }

func tallyKey(t ID[Tenant], at time.Time) string {
	return tallyPrefix(t) + duePart(At(at.Truncate(time.Hour)))
}

// tally counts a line of the audit log, if its type is counted.
func (tx *Tx) tally(line *AuditLine) error {
	of := tallied[line.Type]
	if of == nil {
		return nil
	}
	var n Tally
	key := tallyKey(tx.Tenant, line.At.Time)
	if _, err := tx.stored(key, &n); err != nil {
		return err
	}
	*of(&n)++
	return tx.store(key, n)
}

// Tallies are the hours of an interval in which something was counted, in order: at most
// as many as there are hours in TalliesKept.
func (tx *Tx) Tallies(from, to time.Time) (all []Tally, err error) {
	if err := tx.mayRead(false); err != nil {
		return nil, err
	}
	p := tallyPrefix(tx.Tenant)
	for it, err := range tx.s.kv.Scan(tallyKey(tx.Tenant, from), max(tallyKey(tx.Tenant, to), p)) {
		if err != nil {
			return nil, err
		}
		var n Tally
		if err := json.Unmarshal(it.Value, &n); err != nil {
			return nil, err
		}
		ms, err := parseSeq(it.Key[len(p):])
		if err != nil {
			return nil, err
		}
		n.At = At(time.UnixMilli(int64(ms)))
		all = append(all, n)
	}
	return all, nil
}

// sweepTallies removes what was counted too long ago.
func (a *App) sweepTallies(ctx context.Context, t ID[Tenant]) error {
	_, err := a.dropOld(ctx, t, tallyPrefix(t), tallyKey(t, a.Now().Add(-TalliesKept)), func([]byte) (bool, error) { return true, nil })
	return err
}

// talliesOfLog counts the lines of the log by the keys of their hours. Hours before the
// first line that is kept whole are not among them: from is the first that is.
func (tx *Tx) talliesOfLog() (hours map[string]Tally, from string, err error) {
	hours = map[string]Tally{}
	from = tallyKey(tx.Tenant, tx.Now.Add(-TalliesKept).Add(time.Hour))
	p := auditPrefix(tx.Tenant)
	first, trimmed := true, true // trimmed has the first line in the middle of its hour
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return nil, "", err
		}
		if first {
			first, trimmed = false, it.Key != p+seqPart(1)
		}
		if !trimmed && !maybeTallied(it.Value) {
			continue
		}
		var line struct {
			At   Time   `json:"at"`
			Type string `json:"type"`
		}
		if err := json.Unmarshal(it.Value, &line); err != nil {
			return nil, "", err
		}
		if trimmed {
			from, trimmed = max(from, tallyKey(tx.Tenant, line.At.Add(time.Hour))), false
		}
		of := tallied[line.Type]
		if of == nil {
			continue
		}
		key := tallyKey(tx.Tenant, line.At.Time)
		n := hours[key]
		*of(&n)++
		hours[key] = n
	}
	if trimmed { // nothing is left to compare with
		from = store.End(tallyPrefix(tx.Tenant))
	}
	return hours, from, nil
}

// maybeTallied tells whether a stored line can be one that is counted, without reading
// all of it.
func maybeTallied(stored []byte) bool {
	for typ := range tallied {
		if bytes.Contains(stored, []byte(`"`+typ+`"`)) {
			return true
		}
	}
	return false
}

// tallies compares what was counted with the log.
func (d *doctor) tallies() error {
	want, from, err := d.tx.talliesOfLog()
	if err != nil {
		return err
	}
	p := tallyPrefix(d.tx.Tenant)
	have := map[string]Tally{}
	for it, err := range d.tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return err
		}
		var n Tally
		if err := json.Unmarshal(it.Value, &n); err != nil {
			n = Tally{SignIns: -1} // which no log agrees with
		}
		have[it.Key] = n
		if _, known := want[it.Key]; !known {
			want[it.Key] = Tally{}
		}
	}
	for key, n := range want {
		if key < from || have[key] == n {
			continue
		}
		if d.fixes[key] = nil; n != (Tally{}) {
			if d.fixes[key], err = json.Marshal(n); err != nil {
				return err
			}
		}
		d.says("the hour %s counts %+v, and the log %+v", strings.TrimPrefix(key, p), have[key], n)
	}
	return nil
}

// tallyAll is the step to form 4: what is counted by the hour is counted from the log, and
// accounts that are not enabled are listed by their status.
func (a *App) tallyAll(ctx context.Context) error {
	err := a.Update(ctx, func(tx *Tx) error {
		hours, from, err := tx.talliesOfLog()
		if err != nil {
			return err
		}
		for key, n := range hours {
			if key < from {
				continue
			}
			if err := tx.store(key, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	k := kindIn[Account](a)
	ix := k.index(AccountsByStatus)
	for last := ""; ; {
		n, at := 0, ""
		err := a.Update(ctx, func(tx *Tx) (err error) {
			n, at, err = tx.rewrite(k.prefix(tx.Tenant), last, func(it store.Item) ([]byte, error) {
				id := it.Key[len(k.prefix(tx.Tenant)):]
				rec, err := k.decode(id, it.Value)
				if err != nil {
					return nil, err
				}
				e, ok := ix.key(rec)
				if !ok {
					return nil, nil
				}
				if _, err := tx.s.kv.Get(ix.entryKey(tx.Tenant, k, e, id)); !errors.Is(err, store.ErrNotFound) {
					return nil, err
				}
				return nil, tx.file(k, ix, e, id, true)
			})
			return err
		})
		if err != nil {
			return err
		}
		if last = at; n < migratedATime {
			return nil
		}
	}
}
