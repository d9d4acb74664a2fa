package core

import (
	"context"
	"encoding/json"
)

// ImportedGroup is a group of another system.
type ImportedGroup struct {
	Name       string                     `json:"name"`
	Number     int64                      `json:"number,omitempty"` // of one that is made; its directory gives none below it again
	CustomData map[string]json.RawMessage `json:"customData,omitempty"`
}

// ImportGroups makes groups, in one transaction, as ImportAccounts makes accounts. One
// that is there by name stays as it is: whatever is on conflict, it is skipped where it
// has another number or spelling, or refused if that is what is wanted.
func (a *App) ImportGroups(ctx context.Context, lines [][]byte, o AccountImport) (ImportReport, error) {
	return a.importing(ctx, "import.groups", o.Events, len(lines), (*Tx).mayImport, func(tx *Tx, i int) (outcome, string, error) {
		var in ImportedGroup
		if err := parseLine(lines[i], &in, "group"); err != nil {
			return 0, in.Name, err
		}
		done, err := tx.importGroup(&in, o)
		return done, in.Name, err
	})
}

func (tx *Tx) importGroup(in *ImportedGroup, o AccountImport) (outcome, error) {
	if err := checkImported(&ExportedData{CreatedAt: At(tx.Now), ModifiedAt: At(tx.Now), Values: in.CustomData}); err != nil {
		return 0, err
	}
	there, err := Find(tx, GroupName, string(o.Directory), Fold(in.Name))
	if IsNotFound(err) || err == nil && tx.made(groups.Name, string(there.ID)) {
		return made, tx.makeGroup(in, o.Directory)
	}
	switch {
	case err != nil:
		return 0, err
	case there.Name == in.Name && (in.Number == 0 || in.Number == there.Number):
		return same, nil
	case o.OnConflict == ConflictFail:
		return 0, Errorf(Conflict, "taken", "Another group has its name.")
	}
	return skipped, nil
}

func (tx *Tx) makeGroup(in *ImportedGroup, dir ID[Directory]) error {
	g := Make[Group]()
	g.Directory, g.Name, g.Number = dir, in.Name, in.Number
	err := Put(tx, g)
	if err != nil || len(in.CustomData) == 0 {
		return err
	}
	err = MergeCustomData(tx, RefTo(g.ID), in.CustomData)
	tx.fail(err)
	return err
}

// DjangoDirectory is the directory of that name, made if there is none, in which user
// names and addresses are unique as Django has them: the names only, in the case in
// which they are written. An application, if one is named, looks for its accounts in it,
// last. One that is there with other rules is refused.
func DjangoDirectory(tx *Tx, name string, app ID[Application]) (*Directory, error) {
	d, err := Find(tx, DirectoryName, "", Fold(name))
	if err != nil && !IsNotFound(err) {
		return nil, err
	}
	if err != nil || tx.made(directories.Name, string(d.ID)) {
		d = Make[Directory]()
		d.Name, d.EmailRequired, d.EmailUnique, d.UsernameDefault, d.UsernameCaseSensitive = name, false, false, false, true
		if err := Put(tx, d); err != nil {
			return nil, err
		}
	}
	if d.EmailRequired || d.EmailUnique || !d.UsernameCaseSensitive {
		return nil, Errorf(Conflict, "taken", "There is a directory called %q whose rules are not Django's.", d.Name)
	}
	if app == "" {
		return d, nil
	}
	all, err := Mappings(tx, app)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if m.Store == RefTo(d.ID) && !tx.made(mappings.Name, string(m.ID)) {
			return d, nil
		}
	}
	m := Make[AccountStoreMapping]()
	m.Application, m.Store = app, RefTo(d.ID)
	return d, SaveMapping(tx, m)
}
