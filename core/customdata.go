package core

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/hooks"
)

// CustomData is free-form JSON beside a record, merged and deleted by its
// top-level keys (spec 12). Each key is stored apart, in pieces that suit the
// engine, so that changing one costs nothing for the others.
type CustomData struct {
	Owner                 Ref
	CreatedAt, ModifiedAt Time
	Rev                   uint64 // how often it was changed
	Values                map[string]json.RawMessage
}

// The limits of spec 12, and ours.
const (
	maxCustomData = 10 << 20 // bytes of keys and values an owner
	maxCustomKeys = 1000     // an owner; each is named whenever one changes
	maxNamed      = 50       // keys that an event and an audit line name
	customPiece   = 64 << 10 // bytes a stored value
)

var customKey = regexp.MustCompile(`^[0-9A-Za-z_][0-9A-Za-z_-]*$`)

// echoed are the reserved keys that SDKs post back and that are ignored.
var echoed = map[string]bool{"href": true, "createdAt": true, "modifiedAt": true}

var reserved = map[string]bool{"meta": true, "spMeta": true, "spmeta": true, "ionmeta": true, "ionMeta": true}

type customMeta struct {
	CreatedAt  Time           `json:"createdAt"`
	ModifiedAt Time           `json:"modifiedAt"`
	Rev        uint64         `json:"rev,omitempty"`
	Sizes      map[string]int `json:"sizes"` // of each value
}

func (m *customMeta) total() int {
	n := 0
	for key, size := range m.Sizes {
		n += len(key) + size
	}
	return n
}

// CustomDataEvent is a change of custom data. Set holds the new values by key,
// Remove the keys that go.
type CustomDataEvent struct {
	hooks.Event
	Tx     *Tx
	Owner  Ref
	Set    map[string]json.RawMessage
	Remove []string

	unchanged bool
}

// Level is RecordLevel.
func (*CustomDataEvent) Level() Level { return RecordLevel }

// Defer takes the After handlers: they run once the transaction is kept.
func (e *CustomDataEvent) Defer(fn func()) {
	e.Tx.After(func() {
		if !e.unchanged {
			fn()
		}
	})
}

func (tx *Tx) customMetaKey(owner Ref) string {
	return scattered + string(tx.Tenant) + "/cdm/" + owner.ID()
}

func (tx *Tx) customPrefix(owner Ref) string {
	return scattered + string(tx.Tenant) + "/cd/" + owner.ID() + "/"
}

// GetCustomData reads all custom data of a record. It always exists.
func GetCustomData(tx *Tx, owner Ref) (*CustomData, error) {
	made, err := tx.customOwner(owner)
	if err != nil {
		return nil, err
	}
	meta, err := tx.customMeta(owner)
	if err != nil {
		return nil, err
	}
	d := &CustomData{Owner: owner, CreatedAt: made, ModifiedAt: made, Values: map[string]json.RawMessage{}}
	if meta == nil {
		return d, nil
	}
	d.CreatedAt, d.ModifiedAt, d.Rev = meta.CreatedAt, meta.ModifiedAt, meta.Rev
	p := tx.customPrefix(owner)
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return nil, err
		}
		key, _, _ := strings.Cut(it.Key[len(p):], "\x00")
		d.Values[key] = append(d.Values[key], it.Value...)
	}
	return d, nil
}

// CustomRevision is how often the custom data of a record was changed.
func CustomRevision(tx *Tx, owner Ref) (uint64, error) {
	if _, err := tx.customOwner(owner); err != nil {
		return 0, err
	}
	meta, err := tx.customMeta(owner)
	if err != nil || meta == nil {
		return 0, err
	}
	return meta.Rev, nil
}

// customOwner reads the owner, whose kind must have custom data, and tells when
// it was made.
func (tx *Tx) customOwner(owner Ref) (Time, error) {
	k := tx.App.kinds[owner.Kind()]
	if k == nil || !k.Custom {
		return Time{}, errNotFound()
	}
	rec, err := k.Load(tx, owner.ID())
	if err != nil {
		return Time{}, err
	}
	return *rec.(record).head().made, nil
}

func (tx *Tx) customMeta(owner Ref) (*customMeta, error) {
	b, err := tx.s.kv.Get(tx.customMetaKey(owner))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	meta := &customMeta{}
	return meta, json.Unmarshal(b, meta)
}

// MergeCustomData sets the given keys and leaves the others; a null is a value
// like any other (spec 12's safe choice).
func MergeCustomData(tx *Tx, owner Ref, set map[string]json.RawMessage) error {
	set = maps.Clone(set)
	maps.DeleteFunc(set, func(key string, _ json.RawMessage) bool { return echoed[key] })
	if len(set) == 0 {
		return tx.mayChangeCustom(owner)
	}
	if len(set) > maxCustomKeys {
		return errManyKeys()
	}
	return tx.changeCustom(owner, set, nil)
}

func errManyKeys() error {
	return fieldError("customData", "custom_size", fmt.Sprintf("CustomData may hold at most %d fields.", maxCustomKeys))
}

func checkCustomKey(key string) error {
	switch {
	case key == "":
		return fieldError("customData", "custom_empty", "CustomData field names cannot be empty.")
	case len([]rune(key)) > 255:
		return fieldError("customData", "custom_long", "CustomData field names may have at most 255 characters.")
	case reserved[key]:
		return fieldError(key, "custom_reserved", fmt.Sprintf("%q is a reserved CustomData field name.", key))
	case !customKey.MatchString(key):
		return fieldError("customData", "custom_chars",
			"CustomData field names may hold letters, digits, '_' and '-', and cannot begin with '-'.")
	}
	return nil
}

// DeleteCustomData removes the named keys, absent ones silently, or all of them
// if none is named.
func DeleteCustomData(tx *Tx, owner Ref, keys ...string) error {
	if len(keys) == 0 {
		meta, err := tx.customMeta(owner)
		if err != nil {
			return err
		}
		if meta != nil {
			keys = slices.Sorted(maps.Keys(meta.Sizes))
		}
	}
	return tx.changeCustom(owner, nil, keys)
}

func (tx *Tx) mayChangeCustom(owner Ref) error {
	k := tx.App.kinds[owner.Kind()]
	if k == nil || !k.Custom {
		return errNotFound()
	}
	return k.mayChange(tx, owner.ID())
}

func (tx *Tx) changeCustom(owner Ref, set map[string]json.RawMessage, remove []string) error {
	if err := tx.mayChangeCustom(owner); err != nil {
		return err
	}
	e := &CustomDataEvent{Tx: tx, Owner: owner, Set: set, Remove: remove}
	return tx.App.Hooks.CustomData.Update.Trigger(e, func(e *CustomDataEvent) error { return tx.writeCustom(e) })
}

// writeCustom stores a change of custom data, its event and its audit line.
func (tx *Tx) writeCustom(e *CustomDataEvent) error {
	meta, err := tx.customMeta(e.Owner)
	if err != nil {
		return err
	}
	if meta == nil {
		meta = &customMeta{CreatedAt: At(tx.Now)}
	}
	if meta.Sizes == nil {
		meta.Sizes = map[string]int{}
	}
	remove, set := map[string]bool{}, []string{}
	for _, key := range e.Remove {
		if _, ok := meta.Sizes[key]; ok {
			remove[key] = true
			delete(meta.Sizes, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(e.Set)) {
		value := e.Set[key]
		if err := checkCustomKey(key); err != nil {
			return err
		}
		if !json.Valid(value) {
			return fieldError(key, "invalid_value", "CustomData values must be JSON.")
		}
		if same, err := tx.hasPieces(e.Owner, key, value, meta.Sizes[key]); err != nil {
			return err
		} else if !same {
			set = append(set, key)
		}
		meta.Sizes[key] = len(value)
	}
	if meta.total() > maxCustomData {
		return fieldError("customData", "custom_size", "CustomData may hold at most 10 MB.")
	}
	if len(meta.Sizes) > maxCustomKeys {
		return errManyKeys()
	}
	changed := slices.Concat(slices.Collect(maps.Keys(remove)), set)
	if len(changed) == 0 {
		e.unchanged = true
		return nil
	}
	if err := tx.storeCustom(e, remove, set, meta); err != nil {
		tx.fail(err)
		return err
	}
	slices.Sort(changed)
	if changed = slices.Compact(changed); len(changed) > maxNamed {
		changed = append(changed[:maxNamed], fmt.Sprintf("and %d more", len(changed)-maxNamed))
	}
	ref := e.Owner + "/customData"
	if !tx.quiet() {
		if err := tx.Emit(Event{Type: "customData.update", Ref: ref, Fields: changed}); err != nil {
			return err
		}
	}
	if tx.s.bulk != nil {
		return nil
	}
	return tx.Note(AuditLine{Type: "customData.update", Ref: ref, Note: map[string]string{"keys": strings.Join(changed, " ")}})
}

// storeCustom writes the values that changed, and what is known of all.
func (tx *Tx) storeCustom(e *CustomDataEvent, remove map[string]bool, set []string, meta *customMeta) error {
	after, err := tx.App.kinds[e.Owner.Kind()].customBefore(tx, e.Owner.ID(), slices.Concat(slices.Collect(maps.Keys(remove)), set))
	if err != nil {
		return err
	}
	for key := range remove {
		if err := tx.dropPieces(e.Owner, key, 0); err != nil {
			return err
		}
	}
	for _, key := range set {
		if err := tx.writePieces(e.Owner, key, e.Set[key]); err != nil {
			return err
		}
	}
	if now := At(tx.Now); now.After(meta.ModifiedAt.Time) {
		meta.ModifiedAt = now // the clock may have been set back
	}
	meta.Rev++
	b, err := json.Marshal(meta)
	if err != nil {
		return err
	}
	if err := tx.s.kv.Put(tx.customMetaKey(e.Owner), b); err != nil {
		return err
	}
	return after()
}

// hasPieces tells whether a key holds this value already.
func (tx *Tx) hasPieces(owner Ref, key string, value []byte, size int) (bool, error) {
	if size != len(value) {
		return false, nil
	}
	n := 0
	for piece := range slices.Chunk(value, customPiece) {
		was, err := tx.s.kv.Get(tx.pieceKey(owner, key, n))
		if errors.Is(err, store.ErrNotFound) || err == nil && !bytes.Equal(was, piece) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		n++
	}
	return true, nil
}

func (tx *Tx) pieceKey(owner Ref, key string, n int) string {
	return tx.customPrefix(owner) + key + "\x00" + fmt.Sprintf("%04x", n)
}

func (tx *Tx) writePieces(owner Ref, key string, value []byte) error {
	n := 0
	for piece := range slices.Chunk(value, customPiece) {
		if err := tx.s.kv.Put(tx.pieceKey(owner, key, n), piece); err != nil {
			return err
		}
		n++
	}
	return tx.dropPieces(owner, key, n)
}

// dropPieces removes the pieces of a value from the n-th on.
func (tx *Tx) dropPieces(owner Ref, key string, n int) error {
	return tx.dropRange(tx.pieceKey(owner, key, n), tx.customPrefix(owner)+key+"\x01", maxCustomData/customPiece+2)
}

func (tx *Tx) dropRange(from, to string, max int) error {
	var keys []string
	for it, err := range tx.s.kv.Scan(from, to) {
		if err != nil {
			return err
		}
		if keys = append(keys, it.Key); len(keys) == max {
			break
		}
	}
	for _, key := range keys {
		if err := tx.s.kv.Delete(key); err != nil {
			return err
		}
	}
	return nil
}

// dropCustomData removes what a deleted record had, a bounded number of pieces a
// time, and tells whether any is left.
func (tx *Tx) dropCustomData(owner Ref) (left bool, err error) {
	k := tx.App.kinds[owner.Kind()]
	if k == nil || !k.Custom {
		return false, nil
	}
	p := tx.customPrefix(owner)
	if err := tx.dropRange(p, store.End(p), sweptATime); err != nil {
		return false, err
	}
	for _, err := range tx.s.kv.Scan(p, store.End(p)) {
		return true, err
	}
	return false, tx.s.kv.Delete(tx.customMetaKey(owner))
}
