package core

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"github.com/stormkeep/stormkeep/core/store"
)

// KeptSetting is the value that an operator keeps of a setting of the server, in the
// data. What it means, and whether it is good, is for whoever reads the settings.
type KeptSetting struct {
	Value string      `json:"value"`
	At    Time        `json:"at"`           // when it was last changed
	By    ID[Account] `json:"by,omitempty"` // by whom; "" for the machine itself
}

// ErrSettings says that what is kept of the settings cannot be read, such as that of a
// later version.
var ErrSettings = errors.New("the settings that are kept in the data cannot be read")

const settingsKey = scattered + systemSpace + "/settings"

// KeptSettings are those of a store, by their names; none and ErrSettings where they
// cannot be read. They can be, before an app is made of the store.
func KeptSettings(ctx context.Context, s store.Store) (kept map[string]KeptSetting, err error) {
	err = s.View(ctx, func(kv store.Tx) error {
		kept, err = keptSettings(kv)
		return err
	})
	return kept, StoreError(err)
}

func keptSettings(kv store.Tx) (map[string]KeptSetting, error) {
	kept := map[string]KeptSetting{}
	b, err := kv.Get(settingsKey)
	if errors.Is(err, store.ErrNotFound) {
		return kept, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &kept); err != nil {
		return map[string]KeptSetting{}, fmt.Errorf("%w: %w", ErrSettings, err)
	}
	return kept, nil
}

// KeptSettings are those that operators keep, by their names.
func (tx *Tx) KeptSettings() (map[string]KeptSetting, error) {
	if err := tx.mayRead(false); err != nil {
		return nil, err
	}
	return tx.readableSettings()
}

// readableSettings are none where they cannot be read: then they are kept anew.
func (tx *Tx) readableSettings() (map[string]KeptSetting, error) {
	kept, err := keptSettings(tx.s.kv)
	if errors.Is(err, ErrSettings) {
		err = nil
	}
	return kept, err
}

// KeepSettings keeps values of settings, and forgets those that are nil, which is for
// owners. Each change is one line of the audit log. It returns what is kept then.
func KeepSettings(tx *Tx, change map[string]*string) (map[string]KeptSetting, error) {
	if err := tx.mayRead(false); err != nil {
		return nil, err
	}
	if !tx.boundless() && tx.Actor.Role != Owner {
		return nil, errForbidden("Only the role owner may change the settings of the server.")
	}
	kept, err := tx.readableSettings()
	if err != nil {
		return nil, err
	}
	was := maps.Clone(kept)
	line := AuditLine{Type: "settings.update", Ref: RefTo(tx.Tenant), Before: map[string]json.RawMessage{}, After: map[string]json.RawMessage{}}
	for name, value := range change {
		old, ok := was[name]
		switch {
		case value == nil && !ok, value != nil && ok && old.Value == *value:
			continue
		case value == nil:
			delete(kept, name)
		default:
			kept[name] = KeptSetting{Value: *value, At: At(tx.Now), By: tx.Actor.Account}
			if line.After[name], err = json.Marshal(*value); err != nil {
				return nil, err
			}
		}
		if ok {
			if line.Before[name], err = json.Marshal(old.Value); err != nil {
				return nil, err
			}
		}
	}
	if len(line.Before)+len(line.After) == 0 {
		return kept, nil
	}
	b, err := json.Marshal(kept)
	if err != nil {
		return nil, err
	}
	if err := tx.s.kv.Put(settingsKey, b); err != nil {
		return nil, err
	}
	return kept, tx.Note(line)
}
