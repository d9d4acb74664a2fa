package crashtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core/password"
)

// values is what is stored, in a form that can be compared, by what it is of:
// "accounts/ID", "accounts/ID/data". What is not there is "".
type values map[string]string

// set changes v by what one transaction wrote.
func (v values) set(by values) {
	for name, value := range by {
		if value == "" {
			delete(v, name)
		} else {
			v[name] = value
		}
	}
}

// line is what a child says on its standard output, as JSON.
type line struct {
	W     int    `json:"w,omitempty"`     // which writer, from 1
	Try   values `json:"try,omitempty"`   // it is about to write this; "" for what it deletes
	OK    bool   `json:"ok,omitempty"`    // what it tried was kept
	Err   string `json:"err,omitempty"`   // something was refused that should not have been
	Ready bool   `json:"ready,omitempty"` // the app has started
	Job   string `json:"job,omitempty"`   // the job of that name was done
	Heard uint64 `json:"heard,omitempty"` // the event of that number was heard
	Event string `json:"event,omitempty"` // and this is what it said
}

// ledger is what the children have said so far.
type ledger struct {
	Kept map[int]values // by writer; 0 is who made the file

	open  map[int]values // in flight
	done  map[string]bool
	heard map[uint64]string
	gone  map[string]bool // ids of deleted records
	acks  int
	wrong []string // what a child complained of
}

func newLedger() *ledger {
	return &ledger{Kept: map[int]values{}, open: map[int]values{}, done: map[string]bool{},
		heard: map[uint64]string{}, gone: map[string]bool{}}
}

// note takes in a line.
func (l *ledger) note(n line) {
	switch {
	case n.Err != "":
		l.wrong = append(l.wrong, fmt.Sprintf("writer %d: %s", n.W, n.Err))
	case n.Try != nil:
		l.open[n.W] = n.Try
	case n.OK:
		l.acks++
		l.keep(n.W)
	case n.Job != "":
		l.done["jobs/"+n.Job] = true
	case n.Heard != 0:
		if was, again := l.heard[n.Heard]; again && was != n.Event {
			l.wrong = append(l.wrong, fmt.Sprintf("event %d was %s and is %s", n.Heard, was, n.Event))
		}
		l.heard[n.Heard] = n.Event
	}
}

// keep takes what a writer has in flight for kept.
func (l *ledger) keep(w int) {
	if l.Kept[w] == nil {
		l.Kept[w] = values{}
	}
	l.Kept[w].set(l.open[w])
	for name, value := range l.open[w] {
		if parts := strings.Split(name, "/"); value == "" && len(parts) == 2 {
			l.gone[parts[1]] = true
		}
	}
	delete(l.open, w)
}

// compare says where the data is not what was acknowledged. What was in flight is
// settled by it: kept or not.
func (l *ledger) compare(is values) (wrong []string) {
	for w, open := range l.open {
		before, after := 0, 0
		var note []string
		for _, name := range slices.Sorted(maps.Keys(open)) {
			was, now := same(name, l.Kept[w][name], is[name]), same(name, open[name], is[name])
			if was && !now {
				before++
				note = append(note, name+" is not written")
			}
			if now && !was {
				after++
				note = append(note, name+" is")
			}
		}
		switch {
		case before > 0 && after > 0:
			wrong = append(wrong, fmt.Sprintf("half a transaction of writer %d: %s", w, strings.Join(note, ", ")))
			delete(l.open, w)
		case before > 0:
			delete(l.open, w)
		default:
			l.keep(w)
		}
	}
	known := map[string]bool{}
	for w, kept := range l.Kept {
		for name, want := range kept {
			known[name] = true
			if !same(name, want, is[name]) {
				wrong = append(wrong, fmt.Sprintf("writer %d: %s is %q, acknowledged was %q", w, name, is[name], want))
			}
		}
	}
	for name, value := range is {
		if !known[name] {
			wrong = append(wrong, fmt.Sprintf("%s is %q, and nobody wrote it or its deletion was acknowledged", name, value))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// hasher makes and checks hashes that a test can afford.
var hasher = &password.Hasher{Params: password.Params{Memory: 64, Iterations: 1, Parallelism: 1}}

// same compares a value that was acknowledged with one that is stored. Of a
// password the hash is stored.
func same(name, want, got string) bool {
	if !strings.HasSuffix(name, "/password") || want == "" || got == "" {
		return want == got
	}
	r, err := hasher.Verify(background, got, want)
	return err == nil && r.OK
}
