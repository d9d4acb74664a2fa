package crashtest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

// first is what there is before the first child.
func first(open opener, p *plan, tr *trail) (is values, err error) {
	app, s, err := open()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	is, wrong, err := inspect(app, p.Tenant, tr, nil)
	if len(wrong) > 0 {
		err = errors.New(show(wrong))
	}
	return is, err
}

// examine opens the data that a killed child left, without starting anything on
// it, and compares it with what the child had said.
func examine(open opener, p *plan, l *ledger, tr *trail) (wrong []string, err error) {
	app, s, err := open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if wrong, err = compare(app, p, l, tr); err != nil {
		return wrong, err
	}
	last, err := sequence(s, p)
	if last != tr.seen {
		wrong = append(wrong, fmt.Sprintf("sequence: it stands at %d, and audit and events end at %d", last, tr.seen))
	}
	return wrong, err
}

// sequence is the last number that audit and events were given.
func sequence(s store.Store, p *plan) (n uint64, err error) {
	err = s.View(background, func(tx store.Tx) error {
		b, err := tx.Get("s" + string(p.Tenant) + "/seq")
		if err != nil {
			return err
		}
		n, err = strconv.ParseUint(string(b), 10, 64)
		return err
	})
	return n, err
}

func compare(app *core.App, p *plan, l *ledger, tr *trail) (wrong []string, err error) {
	is, wrong, err := inspect(app, p.Tenant, tr, l.done)
	if err != nil {
		return wrong, err
	}
	wrong = append(wrong, l.compare(is)...)
	for seq, what := range l.heard {
		if tr.events[seq] != what {
			wrong = append(wrong, fmt.Sprintf("event %d was heard as %q and is %q", seq, what, tr.events[seq]))
		}
	}
	more, err := app.Check(background, p.Tenant)
	return append(wrong, more...), err
}

// finish starts an app on the data and lets it end what the children left: then
// every job has been done, every event heard, and nothing of what was deleted is
// left.
func finish(open opener, p *plan, l *ledger, tr *trail) (wrong []string, err error) {
	app, s, err := open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, app.Close()) }()
	var mu sync.Mutex
	listen(app, func(n line) {
		mu.Lock()
		defer mu.Unlock()
		l.note(n)
	})
	if err := app.Start(background); err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		left, err := leftToDo(app, p, func(seq uint64) bool {
			mu.Lock()
			defer mu.Unlock()
			_, ok := l.heard[seq]
			return ok
		})
		if err != nil {
			return nil, err
		}
		if left == "" {
			break
		}
		if time.Now().After(deadline) {
			return []string{"after a minute there is still " + left}, nil
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if wrong, err = compare(app, p, l, tr); err != nil {
		return wrong, err
	}
	for _, kept := range l.Kept {
		for name := range kept {
			if strings.HasPrefix(name, "jobs/") && !l.done[name] {
				wrong = append(wrong, name+" was never done")
			}
		}
	}
	more, err := remains(s, l.gone)
	return append(wrong, more...), err
}

// leftToDo names a job that waits or an event that was not heard; "" if there is
// none.
func leftToDo(app *core.App, p *plan, heard func(uint64) bool) (left string, err error) {
	err = app.View(core.AsMachine(background, p.Tenant), func(tx *core.Tx) error {
		left = ""
		for j, err := range tx.Pending {
			left = fmt.Sprintf("job %s %s (%s)", j.Kind, j.Payload, j.Failed)
			return err
		}
		for e, err := range tx.Outbox(0) {
			if err != nil {
				return err
			}
			if !heard(e.Seq) {
				left = fmt.Sprintf("event %d, %s %s, unheard", e.Seq, e.Type, e.Ref)
				return nil
			}
		}
		return nil
	})
	return left, err
}

// remains are the keys that still name a deleted record, by its id. The audit log
// and the outbox have it in their values.
func remains(s store.Store, gone map[string]bool) (keys []string, err error) {
	err = s.View(background, func(tx store.Tx) error {
		keys = nil
		for it, err := range tx.Scan("", "") {
			if err != nil {
				return err
			}
			for _, part := range strings.FieldsFunc(it.Key, func(r rune) bool { return r == '/' || r == 0 }) {
				if gone[part] {
					keys = append(keys, fmt.Sprintf("a deletion left %q", it.Key))
				}
			}
		}
		return nil
	})
	return keys, err
}
