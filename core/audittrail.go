package core

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// trailWindow is how many numbers of the commit sequence AuditBack reads at a time.
const trailWindow = 512

// AuditBack yields the tenant's audit lines before a place in the commit sequence, 0 for
// its end, the newest first. Personal values of an account that is gone read "erased".
func (tx *Tx) AuditBack(before uint64) func(yield func(AuditLine, error) bool) {
	return func(yield func(AuditLine, error) bool) {
		low, high, err := tx.auditEnds()
		if err != nil {
			yield(AuditLine{}, err)
			return
		}
		if before == 0 || before > high+1 {
			before = high + 1
		}
		p, open := auditPrefix(tx.Tenant), tx.opener()
		for before > low {
			from := low
			if before > low+trailWindow {
				from = before - trailWindow
			}
			var window []storedLine
			for it, err := range tx.s.kv.Scan(p+seqPart(from), p+seqPart(before)) {
				var line storedLine
				if err == nil {
					err = json.Unmarshal(it.Value, &line)
				}
				if err != nil {
					yield(AuditLine{}, err)
					return
				}
				window = append(window, line)
			}
			for _, line := range slices.Backward(window) {
				err := open(&line)
				if !yield(line.AuditLine, err) || err != nil {
					return
				}
			}
			before = from
		}
	}
}

// auditEnds are the number of the oldest line that is kept, and that of the last commit.
func (tx *Tx) auditEnds() (low, high uint64, err error) {
	if high, err = tx.Sequence(); err != nil {
		return 0, 0, err
	}
	p := auditPrefix(tx.Tenant)
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return 0, 0, err
		}
		low, err = parseSeq(strings.TrimPrefix(it.Key, p))
		return low, high, err
	}
	return high + 1, high, nil
}

// Concerns tells whether a line is about an account, or of what it did.
func (l *AuditLine) Concerns(id ID[Account]) bool {
	if ref, _, _ := strings.Cut(string(l.Ref), "/customData"); ref == string(RefTo(id)) || l.Actor.Account == id {
		return true
	}
	for _, name := range []string{"account", "linkedTo", "linkedFrom"} {
		if l.Note[name] == string(id) {
			return true
		}
	}
	return false
}
