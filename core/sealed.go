package core

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"

	"github.com/stormkeep/stormkeep/core/secret"
)

// Sealed is a secret that must be shown again: encrypted at rest under its
// tenant's data key and bound to its tenant, record and field. Set it with Seal;
// Put encrypts it; Open gives it back.
type Sealed struct {
	box   []byte
	plain *string
}

// Seal is a Sealed that holds plain, to be encrypted when its record is put.
func Seal(plain string) Sealed { return Sealed{plain: &plain} }

// IsZero tells whether there is no secret.
func (s Sealed) IsZero() bool { return s.box == nil && s.plain == nil }

// MarshalJSON writes the encrypted form; a secret not yet encrypted is an error.
func (s Sealed) MarshalJSON() ([]byte, error) {
	if s.plain != nil && s.box == nil {
		return nil, errors.New("core: a secret would be written in the clear")
	}
	return json.Marshal(base64.StdEncoding.EncodeToString(s.box))
}

// UnmarshalJSON reads the encrypted form.
func (s *Sealed) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	box, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(box) == 0 {
		box = nil
	}
	*s = Sealed{box: box}
	return err
}

// Open decrypts the secret held in the named field of a record.
func (s Sealed) Open(tx *Tx, rec Link, field string) (string, error) {
	switch {
	case s.plain != nil:
		return *s.plain, nil
	case s.box == nil:
		return "", nil
	}
	key, err := tx.dataKey()
	if err != nil {
		return "", err
	}
	plain, err := key.Open(s.box, tx.aad(rec.Path(), field))
	if err != nil {
		return "", fmt.Errorf("open %s of %s: %w", field, rec.Path(), err)
	}
	return string(plain), nil
}

func (tx *Tx) aad(path, field string) string { return string(tx.Tenant) + "/" + path + "/" + field }

// seal encrypts the sealed fields of a record that is about to be written.
func (tx *Tx) seal(rec any, kind, id string) error {
	rv := reflect.ValueOf(rec).Elem()
	for _, f := range sealedFields(rv.Type()) {
		s := rv.FieldByIndex(f.Index).Addr().Interface().(*Sealed)
		if s.plain == nil || s.box != nil {
			continue
		}
		key, err := tx.dataKey()
		if err != nil {
			return err
		}
		s.box = key.Seal([]byte(*s.plain), tx.aad(kind+"/"+id, jsonName(f)))
	}
	return nil
}

func sealedFields(t reflect.Type) []reflect.StructField {
	if known, ok := sealedByType.Load(t); ok {
		return known.([]reflect.StructField)
	}
	var fields []reflect.StructField
	for _, f := range reflect.VisibleFields(t) {
		if f.Type == reflect.TypeFor[Sealed]() {
			fields = append(fields, f)
		}
	}
	sealedByType.Store(t, fields)
	return fields
}

// dataKey is the tenant's data key, unwrapped once and kept in memory.
func (tx *Tx) dataKey() (*secret.DataKey, error) {
	if key, ok := tx.App.dataKeys.Load(tx.Tenant); ok {
		return key.(*secret.DataKey), nil
	}
	t, err := load[Tenant](tx, kindOf[Tenant](), tx.Tenant)
	if err != nil {
		return nil, err
	}
	key, err := tx.App.ring.Unwrap(t.WrappedKey, string(t.ID))
	if err != nil {
		return nil, fmt.Errorf("data key of tenant %s: %w", t.ID, err)
	}
	tx.App.dataKeys.Store(tx.Tenant, key)
	return key, nil
}

// sealedByType remembers, by type of record, which fields are sealed.
var sealedByType sync.Map // reflect.Type → []reflect.StructField

// emptied empties the sealed fields of a record, and tells how many held a secret.
func emptied(rec any, fields []reflect.StructField) (held int) {
	rv := reflect.ValueOf(rec).Elem()
	for _, f := range fields {
		s := rv.FieldByIndex(f.Index).Addr().Interface().(*Sealed)
		if !s.IsZero() {
			*s = Sealed{}
			held++
		}
	}
	return held
}
