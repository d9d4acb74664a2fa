package core

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/stormkeep/stormkeep/core/store"
)

// AuditLine says who did what to what, from where, and how it was before and
// after. Lines are ordered by the commit sequence and never changed.
type AuditLine struct {
	Seq    uint64                     `json:"seq"`
	At     Time                       `json:"at"`
	Type   string                     `json:"type"` // "account.update"
	Ref    Ref                        `json:"ref,omitempty"`
	Actor  Actor                      `json:"actor"`
	Before map[string]json.RawMessage `json:"before,omitempty"` // what changed, as it was
	After  map[string]json.RawMessage `json:"after,omitempty"`  // and as it became
	Note   map[string]string          `json:"note,omitempty"`

	person *Account // whose the personal values among Before and After are
}

// AuditEvent is a line about to be written; a Before handler may add to its Note.
type AuditEvent struct {
	TxEvent
	Line *AuditLine
}

func auditPrefix(t ID[Tenant]) string { return ordered + string(t) + "/aud/" }

// Note writes a line to the audit log, as part of the transaction.
func (tx *Tx) Note(line AuditLine) error {
	seq, err := tx.nextSeq()
	if err != nil {
		return err
	}
	line.Seq, line.At, line.Actor = seq, At(tx.Now), tx.Actor
	return tx.App.Hooks.Audit.Trigger(&AuditEvent{TxEvent: TxEvent{Tx: tx}, Line: &line}, func(e *AuditEvent) error {
		line, err := tx.sealPersonal(e.Line)
		if err != nil {
			return err
		}
		b, err := json.Marshal(line)
		if err != nil {
			return err
		}
		if err := tx.s.kv.Put(auditPrefix(tx.Tenant)+seqPart(seq), b); err != nil {
			return err
		}
		if err := tx.tally(&line.AuditLine); err != nil {
			return err
		}
		return tx.markOnce(sealSort, &tx.App.audit.bell, tx.nextSeal())
	})
}

// AuditLog yields the tenant's audit lines after a place in the commit sequence.
// Personal values of an account that is gone read "erased".
func (tx *Tx) AuditLog(after uint64) func(yield func(AuditLine, error) bool) {
	return func(yield func(AuditLine, error) bool) {
		if err := tx.mayRead(false); err != nil {
			yield(AuditLine{}, err)
			return
		}
		p, open := auditPrefix(tx.Tenant), tx.opener()
		for it, err := range tx.s.kv.Scan(p+seqPart(after+1), store.End(p)) {
			var line storedLine
			if err == nil {
				err = json.Unmarshal(it.Value, &line)
			}
			if err == nil {
				err = open(&line)
			}
			if !yield(line.AuditLine, err) || err != nil {
				return
			}
		}
	}
}

// AuditPage is at most limit of the tenant's audit lines after a place in the
// commit sequence. The next page is the one after the last of them.
func (tx *Tx) AuditPage(after uint64, limit int) (lines []AuditLine, err error) {
	for line, err := range tx.AuditLog(after) {
		if err != nil || len(lines) >= limit {
			return lines, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// writeAudit is the record hook that fills the audit log.
func writeAudit[T any](e *RecordEvent[T]) error {
	if err := e.Next(); err != nil || e.unchanged || e.tx.s.bulk != nil {
		return err
	}
	return e.audit()
}

// audit writes the audit line of a change.
func (c *change) audit() error {
	d, err := c.diff()
	if err != nil {
		return err
	}
	line := AuditLine{Type: c.event(), Ref: Ref(c.record().Path()), Before: d.before, After: d.after}
	line.person, _ = c.record().(*Account)
	if c.rec == nil && line.person != nil {
		line.Before = erase(line.Before) // the key goes with the account
		line.person = nil
	}
	return c.tx.Note(line)
}

// diff is what a change changed, of the members that are not the server's
// own bookkeeping. Hidden and sealed members show only that they changed.
type diff struct{ before, after map[string]json.RawMessage }

func (c *change) diff() (*diff, error) {
	if c.changed != nil {
		return c.changed, nil
	}
	before, err := members(c.before, c.old)
	if err != nil {
		return nil, err
	}
	after, err := members(c.after, c.rec)
	if err != nil {
		return nil, err
	}
	d := &diff{map[string]json.RawMessage{}, map[string]json.RawMessage{}}
	for _, m := range audited(c.kind.Type) {
		was, is := before[m.name], after[m.name]
		if bytes.Equal(was, is) {
			continue
		}
		show(d.before, m.name, was, m.hidden)
		show(d.after, m.name, is, m.hidden)
	}
	c.changed = d
	return d, nil
}

// auditedMember is a member of a record whose changes are written down.
type auditedMember struct {
	name     string
	hidden   bool // only that it changed
	personal bool // sealed under the account's key
}

func audited(t reflect.Type) []auditedMember {
	if known, ok := auditedByType.Load(t); ok {
		return known.([]auditedMember)
	}
	var all []auditedMember
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Tag.Get("audit") == "-" {
			continue
		}
		switch name {
		case "", "-", "createdAt", "modifiedAt", "rev": // not stored, or the server's own bookkeeping
		default:
			hidden := f.Type == reflect.TypeFor[Sealed]() || strings.HasPrefix(f.Tag.Get("api"), "-")
			all = append(all, auditedMember{name, hidden, f.Tag.Get("audit") == "personal"})
		}
	}
	auditedByType.Store(t, all)
	return all
}

// auditedByType remembers what audited found out.
var auditedByType sync.Map // reflect.Type → []auditedMember

// members is a record's stored form by member; nil for a nil record.
func members(stored []byte, rec record) (all map[string]json.RawMessage, err error) {
	if rec == nil {
		return nil, nil
	}
	if stored == nil {
		if stored, err = json.Marshal(rec); err != nil {
			return nil, err
		}
	}
	err = json.Unmarshal(stored, &all)
	return all, err
}

func show(into map[string]json.RawMessage, name string, raw json.RawMessage, hidden bool) {
	switch s := string(raw); {
	case s == "" || s == "null" || s == `""` || s == "0" || s == "[]" || s == "{}" || s == "false":
	case hidden:
		into[name] = json.RawMessage(`"changed"`)
	default:
		into[name] = raw
	}
}

// fields names the members that an update changed.
func (d *diff) fields() []string {
	names := map[string]bool{}
	for _, m := range []map[string]json.RawMessage{d.before, d.after} {
		for name := range m {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
