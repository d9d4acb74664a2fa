package core

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"

	fastjson "github.com/segmentio/encoding/json"

	"github.com/stormkeep/stormkeep/core/store"
)

// OnConflict says what an import does about a record that is there already, and is
// another.
type OnConflict string

// What an import does about a conflict. A record that is there and is the same is
// never one.
const (
	ConflictFail    OnConflict = "fail"    // refuses the line; the default
	ConflictSkip    OnConflict = "skip"    // leaves what is there
	ConflictReplace OnConflict = "replace" // puts the line's in its place
)

// ImportOptions say how records are imported.
type ImportOptions struct {
	OnConflict OnConflict
	Operators  bool // take along what gives power over the tenant
	Settings   bool // the settings of the tenant in the file become this one's
	Events     bool // others hear of every record
}

// ImportReport counts what an import did, or a rehearsal would do.
type ImportReport struct {
	Made    int       `json:"made"`
	Changed int       `json:"changed"`
	Same    int       `json:"same"`    // it was there already
	Skipped int       `json:"skipped"` // something else was there
	Left    int       `json:"left"`    // it is the operators', another tenant's own record, or stays where it was
	Refused []Refusal `json:"refused"`
}

// Refusal says why a line was refused.
type Refusal struct {
	Line int    `json:"line"` // the place in what was given, from 0
	What string `json:"what"` // which record: "accounts/ID", or a name
	Why  string `json:"why"`
}

// Add adds the counts of another report.
func (r *ImportReport) Add(other ImportReport) {
	r.Made += other.Made
	r.Changed += other.Changed
	r.Same += other.Same
	r.Skipped += other.Skipped
	r.Left += other.Left
	r.Refused = append(r.Refused, other.Refused...)
}

type outcome int

const (
	made outcome = iota
	changed
	same
	skipped
	leftOut
)

func (r *ImportReport) count(o outcome) {
	switch o {
	case made:
		r.Made++
	case changed:
		r.Changed++
	case same:
		r.Same++
	case skipped:
		r.Skipped++
	case leftOut:
		r.Left++
	}
}

func (r *ImportReport) refuse(line int, what string, err error) {
	e := AsError(err)
	why := e.Msg
	if e.Kind == Internal {
		why = err.Error()
	}
	r.Refused = append(r.Refused, Refusal{line, what, why})
}

// ParseExported reads a line of an export. What it does not know is refused.
func ParseExported(line []byte) (in Exported, err error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		return in, Errorf(Invalid, "wrong_type", "It is no record of an export: %v.", err)
	}
	if d.More() {
		return in, Errorf(Invalid, "wrong_type", "It is more than one record.")
	}
	if !validID(in.ID) {
		return in, Errorf(Invalid, "invalid_value", "%q is no id.", in.ID)
	}
	return in, nil
}

// maxReruns is how many records of a batch may fail once they are half written.
const maxReruns = 100

// Import writes records as they were elsewhere, with their ids, times and revisions,
// in one transaction. Each is checked, and refused by itself; the hooks of nouns run,
// and nothing is audited but the batch. Records come after their owners, as Export
// gives them.
func (a *App) Import(ctx context.Context, lines [][]byte, o ImportOptions) (ImportReport, error) {
	return a.importing(ctx, "import", o.Events, len(lines), (*Tx).mayImport, func(tx *Tx, i int) (outcome, string, error) {
		in, err := ParseExported(lines[i])
		if err != nil {
			return 0, "", err
		}
		what := in.Kind + "/" + in.ID
		k := tx.App.kinds[in.Kind]
		if k == nil {
			return 0, what, Errorf(Invalid, "invalid_value", "This server knows no %q.", in.Kind)
		}
		done, err := k.move(tx, &in, o)
		return done, what, err
	})
}

// mayImport refuses whoever is not the machine itself.
func (tx *Tx) mayImport() error {
	if !tx.boundless() {
		return errForbidden("An import is made on the machine itself.")
	}
	return nil
}

// importing does n things in one transaction, of which each may be refused; begin
// comes before all, and says whether the actor may.
func (a *App) importing(ctx context.Context, typ string, events bool, n int, begin func(tx *Tx) error, do func(tx *Tx, i int) (outcome, string, error)) (report ImportReport, err error) {
	broken := map[int]Refusal{} // what failed when it was half written
	for {
		at, what := -1, ""
		err = a.Update(ctx, func(tx *Tx) error {
			report, at = ImportReport{Refused: []Refusal{}}, -1
			tx.inBulk(events)
			if err := begin(tx); err != nil {
				return err
			}
			for i := range n {
				if r, ok := broken[i]; ok {
					report.Refused = append(report.Refused, r)
					continue
				}
				done, name, err := do(tx, i)
				if tx.s.failed != nil {
					at, what = i, name
					return tx.s.failed
				}
				if err != nil {
					report.refuse(i, name, err)
					continue
				}
				report.count(done)
			}
			if report.Made+report.Changed == 0 {
				return nil
			}
			return tx.Note(AuditLine{Type: typ, Note: map[string]string{"made": strconv.Itoa(report.Made),
				"changed": strconv.Itoa(report.Changed), "refused": strconv.Itoa(len(report.Refused))}})
		})
		if _, ok := errors.AsType[*Error](err); !ok || at < 0 || len(broken) == maxReruns {
			return report, err
		}
		var r ImportReport
		r.refuse(at, what, err)
		broken[at] = r.Refused[0]
	}
}

// move writes one record of an export.
func (k *kind) move(tx *Tx, in *Exported, o ImportOptions) (outcome, error) {
	if k.Stays {
		return leftOut, nil
	}
	rec, err := k.read(in)
	if err != nil {
		return 0, err
	}
	if t, ok := rec.(*Tenant); ok && t.ID != tx.Tenant {
		if !o.Settings {
			return leftOut, nil
		}
		return tx.takeSettings(t, in.CustomData)
	}
	if power, ok := rec.(Authorizer); !o.Operators && (in.Operators || ok && power.Authorizes()) {
		return leftOut, nil
	}
	if ok, err := tx.owned(rec); err != nil || !ok {
		if err == nil {
			err = Errorf(NotFound, "not_found", "What it belongs to is not there: %s.", missingOf(tx, rec))
		}
		return 0, err
	}
	if admins, err := tx.ofAdministrators(rec, map[Ref]bool{}); err != nil {
		return 0, err
	} else if admins && !o.Operators {
		return 0, Errorf(Forbidden, "protected", "It is the administrators', and operators were not asked for.")
	}
	key := k.prefix(tx.Tenant) + in.ID
	raw, err := tx.s.kv.Get(key)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return 0, err
	}
	if raw == nil {
		return made, k.insert(tx, rec, in.CustomData)
	}
	old, err := k.decode(in.ID, raw)
	if err != nil {
		return 0, err
	}
	if arriving, ok := rec.(interface{ arrive(there any) }); ok {
		arriving.arrive(old)
	}
	if ok, err := k.equal(tx, old, rec, in.CustomData); err != nil || ok {
		return same, err
	}
	switch o.OnConflict {
	case ConflictSkip:
		return skipped, nil
	case ConflictReplace:
		*rec.head().rev = *old.head().rev
		if err := tx.put(k, rec); err != nil {
			return 0, err
		}
		return changed, tx.replaceCustom(k.Custom, k.ref(in.ID), in.CustomData)
	}
	return 0, Errorf(Conflict, "taken", "Another %s with its id is there, of revision %d.", k.Noun, *old.head().rev)
}

// read is the record that a line holds.
func (k *kind) read(in *Exported) (record, error) {
	rec := k.typed.blank()
	rest, err := fastjson.Parse(in.Record, rec, fastjson.DisallowUnknownFields)
	if err != nil || len(bytes.TrimSpace(rest)) > 0 || len(in.Record) == 0 {
		return nil, Errorf(Invalid, "wrong_type", "Its record is not one that this version knows: %v.", err)
	}
	h := rec.head()
	*h.id = in.ID
	if *h.rev == 0 || h.made.IsZero() || h.changed.IsZero() {
		return nil, Errorf(Invalid, "required", "Its record has no revision, or no times.")
	}
	rv := reflect.ValueOf(rec).Elem()
	for _, f := range linkFields(rv.Type()) {
		id := rv.FieldByIndex(f.Index).String()
		if f.Type == reflect.TypeFor[Ref]() {
			id = Ref(id).ID()
		}
		if id != "" && !validID(id) {
			return nil, Errorf(Invalid, "invalid_reference", "Its %s is no id.", jsonName(f))
		}
	}
	n := 0
	for _, f := range sealedFields(rv.Type()) {
		s := rv.FieldByIndex(f.Index).Addr().Interface().(*Sealed)
		*s = Sealed{} // sealed elsewhere, by another key
		if plain, ok := in.Sealed[jsonName(f)]; ok {
			*s = Seal(plain)
			n++
		}
	}
	if n != len(in.Sealed) {
		return nil, Errorf(Invalid, "unknown_field", "It has a secret that no %s has.", k.Noun)
	}
	if in.CustomData != nil && !k.Custom {
		return nil, Errorf(Invalid, "unknown_field", "No %s has custom data.", k.Noun)
	}
	return rec, nil
}

// missingOf names the owners of a record that are not there.
func missingOf(tx *Tx, rec any) (names string) {
	for _, ref := range rec.(Owned).Owners() {
		if ok, err := tx.Alive(ref); err == nil && !ok {
			names += " " + string(ref)
		}
	}
	if names == "" {
		return "an owner"
	}
	return names[1:]
}
