package core

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// ExportForm is the form of the records that Export gives and Import takes. A change
// that older programs would misread raises it.
const ExportForm = 1

// ExportOptions say what an export holds beside what anybody may read.
type ExportOptions struct {
	// Secrets are hashes of passwords, API keys, live proofs, and what is sealed in the
	// store: they are in the clear, so that what holds them must be encrypted.
	Secrets bool
	// Operators are the administrators' application and directory, all that is in them,
	// and who of them may what.
	Operators bool
}

// Exported is one record as an export holds it. Record is its stored form, without
// what is sealed, which Sealed has by field.
type Exported struct {
	Kind       string            `json:"kind"`
	ID         string            `json:"id"`
	Record     json.RawMessage   `json:"record"`
	Sealed     map[string]string `json:"sealed"`
	CustomData *ExportedData     `json:"customData"`
	Operators  bool              `json:"operators"` // it is there because the operators are
}

// ExportedData is custom data as an export holds them.
type ExportedData struct {
	CreatedAt  Time                       `json:"createdAt"`
	ModifiedAt Time                       `json:"modifiedAt"`
	Values     map[string]json.RawMessage `json:"values"`
}

// ExportPage is some records of an export, each a JSON object in one line.
type ExportPage struct {
	Records []json.RawMessage `json:"records"`
	Next    string            `json:"next"` // where the next page begins; "" at the end
}

// The bounds of a page: it is one View, which holds up no writer for long.
const (
	exportBytes   = 1 << 20
	exportVisited = 10_000 // records that are looked at
)

// Export reads the records of the tenant after a place, "" for the beginning: an
// owner comes before what it owns, the same kind in the order of ids. Audit, events
// and jobs are no records.
func (a *App) Export(ctx context.Context, o ExportOptions, after string) (page ExportPage, err error) {
	err = a.View(ctx, func(tx *Tx) error {
		if !tx.boundless() {
			return errForbidden("An export is made on the machine itself.")
		}
		x := &exporter{tx: tx, o: o, admins: map[Ref]bool{}}
		place := Ref(after)
		kinds := a.exported()
		if after != "" {
			i := slices.IndexFunc(kinds, func(k *kind) bool { return k.Name == place.Kind() })
			if i < 0 || place.ID() != "" && !validID(place.ID()) {
				return Errorf(Invalid, "invalid_value", "%q is no place in an export.", after)
			}
			kinds = kinds[i:]
		}
		for i, k := range kinds {
			from := ""
			if i == 0 {
				from = place.ID()
			}
			last, err := k.export(x, from)
			if err != nil {
				return err
			}
			if x.full() {
				page.Next = k.Name + "/" + last
				break
			}
		}
		if page.Records = x.lines; x.lines == nil {
			page.Records = []json.RawMessage{}
		}
		return nil
	})
	return page, err
}

// ExportCounts are how many records there are of each kind that is counted.
func (a *App) ExportCounts(ctx context.Context) (counts map[string]int, err error) {
	counts = map[string]int{}
	err = a.View(ctx, func(tx *Tx) error {
		for _, k := range a.exported() {
			n, err := tx.count(scattered + string(tx.Tenant) + "/#" + k.Key)
			if err != nil {
				return err
			}
			if n > 0 {
				counts[k.Name] = n
			}
		}
		return nil
	})
	return counts, err
}

// exported are the kinds in the order of an export: the tenant first, each after
// those that own its records, and those whose owner may be of several kinds last. What
// stays with the server is none of them.
func (a *App) exported() []*kind {
	ranks := map[string]int{}
	var rank func(name string, depth int) int
	rank = func(name string, depth int) int {
		if n, ok := ranks[name]; ok || depth > len(a.order) || a.kinds[name] == nil {
			return n
		}
		if name == tenants.Name {
			return 0
		}
		owners, open := a.kinds[name].ownerKinds()
		n := 1
		for _, o := range owners {
			n = max(n, rank(o, depth+1)+1)
		}
		if open {
			n += len(a.order)
		}
		ranks[name] = n
		return n
	}
	all := slices.DeleteFunc(slices.Clone(a.order), func(k *kind) bool { return k.Stays })
	slices.SortStableFunc(all, func(x, y *kind) int { return rank(x.Name, 0) - rank(y.Name, 0) })
	return all
}

// ownerKinds are the kinds of those who own a record of the kind; open says that one
// of them may be of several.
func (k *kind) ownerKinds() (names []string, open bool) {
	probe := k.typed.blank()
	o, ok := probe.(Owned)
	if !ok {
		return nil, false
	}
	*probe.head().id = "x"
	rv := reflect.ValueOf(probe).Elem()
	for _, f := range linkFields(rv.Type()) {
		if f.Type != reflect.TypeFor[Ref]() {
			rv.FieldByIndex(f.Index).SetString("x")
		}
	}
	for _, ref := range o.Owners() {
		if ref == "" {
			open = true
			continue
		}
		names = append(names, ref.Kind())
	}
	return names, open
}

// linkFields are the fields of a record that name other records.
func linkFields(t reflect.Type) (all []reflect.StructField) {
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() && f.Type.Kind() == reflect.String && f.Type.Implements(reflect.TypeFor[Link]()) {
			all = append(all, f)
		}
	}
	return all
}

// exporter is a page in the making.
type exporter struct {
	tx      *Tx
	o       ExportOptions
	admins  map[Ref]bool
	lines   []json.RawMessage
	bytes   int
	visited int
}

func (x *exporter) full() bool { return x.bytes >= exportBytes || x.visited >= exportVisited }

// export adds the records of a kind after the one of that id while the page has room,
// and tells which was the last.
func (k *kind) export(x *exporter, after string) (last string, err error) {
	p := k.prefix(x.tx.Tenant)
	from := p
	if after != "" {
		from = p + after + "\x00"
	}
	for it, err := range x.tx.s.kv.Scan(from, store.End(p)) {
		if err != nil {
			return last, err
		}
		last = it.Key[len(p):]
		x.visited++
		line, err := k.exportOne(x, last, it.Value)
		if err != nil {
			return last, err
		}
		if line != nil {
			x.lines = append(x.lines, line)
			x.bytes += len(line)
		}
		if x.full() {
			break
		}
	}
	return last, nil
}

// exportOne is the line of a record, nil for one that is left out.
func (k *kind) exportOne(x *exporter, id string, stored []byte) (json.RawMessage, error) {
	tx := x.tx
	rec, err := k.decode(id, stored)
	if err != nil {
		return nil, err
	}
	if ok, err := tx.owned(rec); err != nil || !ok {
		return nil, err // a sweep is on its way to it
	}
	admins, err := tx.ofAdministrators(rec, x.admins)
	if err != nil {
		return nil, err
	}
	power, _ := rec.(Authorizer)
	if admins = admins || power != nil && power.Authorizes(); admins && !x.o.Operators {
		return nil, nil
	}
	sealed := map[string]string{}
	if s, ok := rec.(Secretive); ok && !x.o.Secrets && !s.WithoutSecrets() {
		return nil, nil
	}
	rv := reflect.ValueOf(rec).Elem()
	for _, f := range sealedFields(rv.Type()) {
		s := rv.FieldByIndex(f.Index).Addr().Interface().(*Sealed)
		name := jsonName(f)
		if x.o.Secrets && !s.IsZero() {
			if sealed[name], err = s.Open(tx, k.ref(id), name); err != nil {
				return nil, err
			}
		}
		*s = Sealed{}
	}
	if d, ok := rec.(interface{ depart() }); ok {
		d.depart()
	}
	raw, err := json.Marshal(rec) // as it would be written today, whatever wrote it
	if err != nil {
		return nil, err
	}
	line := append(make([]byte, 0, len(raw)+200), `{"kind":"`...)
	line = append(line, k.Name+`","id":"`+id+`","record":`...)
	line = append(line, raw...)
	if len(sealed) > 0 {
		b, err := json.Marshal(sealed)
		if err != nil {
			return nil, err
		}
		line = append(append(line, `,"sealed":`...), b...)
	}
	if k.Custom {
		if line, err = tx.appendCustom(line, k.ref(id)); err != nil {
			return nil, err
		}
	}
	if admins {
		line = append(line, `,"operators":true`...)
	}
	return append(line, '}'), nil
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// appendCustom appends the custom data of a record, if there ever were some.
func (tx *Tx) appendCustom(line []byte, owner Ref) ([]byte, error) {
	meta, err := tx.customMeta(owner)
	if err != nil || meta == nil {
		return line, err
	}
	line = append(line, `,"customData":{"createdAt":`...)
	line = append(meta.CreatedAt.AppendJSON(line), `,"modifiedAt":`...)
	line = append(meta.ModifiedAt.AppendJSON(line), `,"values":{`...)
	for i, key := range slices.Sorted(maps.Keys(meta.Sizes)) {
		raw, err := tx.customValue(owner, key)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			line = append(line, ',')
		}
		line = append(strconv.AppendQuote(line, key), ':')
		if bytes.ContainsAny(raw, "\r\n") { // white space, since JSON has none of them in texts
			compact := bytes.Buffer{}
			if err := json.Compact(&compact, raw); err != nil {
				return nil, fmt.Errorf("custom data %s of %s: %w", key, owner, err)
			}
			raw = compact.Bytes()
		}
		line = append(line, raw...)
	}
	return append(line, "}}"...), nil
}

// ofAdministrators tells whether a record is the administrators' application or
// directory, or belongs to what is.
func (tx *Tx) ofAdministrators(rec any, known map[Ref]bool) (bool, error) {
	if a, ok := rec.(interface{ admin() bool }); ok {
		return a.admin(), nil
	}
	o, ok := rec.(Owned)
	if !ok {
		return false, nil
	}
	for _, ref := range o.Owners() {
		k := tx.App.kinds[ref.Kind()]
		if k == nil {
			continue
		}
		yes, ok := known[ref]
		if !ok {
			var err error
			if yes, err = k.ofAdmins(tx, ref.ID(), known); err != nil {
				return false, err
			}
			known[ref] = yes
		}
		if yes {
			return true, nil
		}
	}
	return false, nil
}

// ofAdmins is ofAdministrators of the record of that id; one that is not there is
// nobody's.
func (k *kind) ofAdmins(tx *Tx, id string, known map[Ref]bool) (bool, error) {
	rec, err := tx.load(k, id)
	if IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return tx.ofAdministrators(rec, known)
}

func (a *Application) admin() bool { return a.Admin }
func (d *Directory) admin() bool   { return d.Admin }

// depart leaves the data key behind: it is sealed by this server's master key.
func (t *Tenant) depart() { t.WrappedKey = nil }

// Authorizes says that every operator has power.
func (*Operator) Authorizes() bool { return true }

// Authorizes tells whether the key acts for an operator.
func (k *ApiKey) Authorizes() bool { return k.Purpose == ManagementKey }

// WithoutSecrets leaves the key out: without its secret it is of no use.
func (*ApiKey) WithoutSecrets() bool { return false }

// WithoutSecrets leaves the hashes out.
func (*FormerPasswords) WithoutSecrets() bool { return false }

// WithoutSecrets leaves out what proves something.
func (*Proof) WithoutSecrets() bool { return false }

// WithoutSecrets takes out the hash of the password: the owner resets it.
func (s *Security) WithoutSecrets() bool { s.PasswordHash = ""; return true }

// WithoutSecrets has the account wait for no token, since none comes along.
func (a *Account) WithoutSecrets() bool { a.Pending = ""; return true }
