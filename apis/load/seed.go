package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/stormkeep/stormkeep/core"
	hash "github.com/stormkeep/stormkeep/core/password"
	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

// seeded is what the data folder holds before anything is measured.
type seeded struct {
	directory string
	mailed    string // a directory that writes to each new account
	accounts  []person

	file                    int64 // bytes that the file grew by
	records, indexes, trail int64 // bytes of keys and values that were added
}

type person struct{ id, username string }

// seededATime is how many accounts a transaction makes.
const seededATime = 1000

// seed makes accounts in My Application's directory, or where they have custom data
// in one that it maps, by the core itself: over HTTP each would cost a hash. They
// share one hash, of the usual cost.
func seed(sub *subject, n int, custom bool) (s *seeded, err error) {
	db, err := bolt.Open(filepath.Join(sub.data, "stormkeep.db"), bolt.Options{})
	if err != nil {
		return nil, err
	}
	app := core.New(db)
	defer func() { err = errors.Join(err, app.Close()) }()
	ring, err := secret.LoadFile(filepath.Join(sub.data, "master.key"))
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	if err := app.Unlock(ctx, ring); err != nil {
		return nil, err
	}
	tenant, err := app.FirstTenant(ctx)
	if err != nil {
		return nil, err
	}
	encoded, err := (&hash.Hasher{}).Hash(ctx, password)
	if err != nil {
		return nil, err
	}
	s = &seeded{}
	before := db.Size()
	if err := s.measure(db, -1); err != nil {
		return nil, err
	}
	machine := core.AsMachine(ctx, tenant)
	err = app.View(machine, func(tx *core.Tx) error {
		d, err := core.Find(tx, core.DirectoryName, "", core.Fold("My Application Directory"))
		if err == nil {
			s.directory = string(d.ID)
		}
		return err
	})
	if err == nil {
		s.mailed, err = mailing(app, machine)
	}
	if custom && err == nil {
		s.directory, err = declaring(app, machine, core.ID[core.Application](sub.application))
	}
	for len(s.accounts) < n && err == nil {
		var some []person
		err = app.Update(machine, func(tx *core.Tx) error {
			some, err = people(tx, core.ID[core.Directory](s.directory), len(s.accounts), min(seededATime, n-len(s.accounts)), encoded, custom)
			return err
		})
		s.accounts = append(s.accounts, some...)
	}
	if err != nil {
		return nil, err
	}
	s.file = db.Size() - before
	return s, s.measure(db, 1)
}

// mailing makes a directory whose new accounts are asked to verify their addresses.
func mailing(app *core.App, ctx context.Context) (id string, err error) {
	err = app.Update(ctx, func(tx *core.Tx) error {
		d := core.Make[core.Directory]()
		d.Name = "Mailed"
		if err := core.Put(tx, d); err != nil {
			return err
		}
		id = string(d.ID)
		rules, err := core.Get(tx, core.ID[core.AccountCreationPolicy](d.ID))
		if err != nil {
			return err
		}
		rules.VerificationEmailStatus = core.Enabled
		return core.Put(tx, rules)
	})
	return id, err
}

// people makes n accounts, counted from the first.
func people(tx *core.Tx, dir core.ID[core.Directory], first, n int, encoded string, custom bool) (all []person, err error) {
	for i := first; i < first+n; i++ {
		a := core.Make[core.Account]()
		a.Directory = dir
		a.Username, a.Email = fmt.Sprintf("person%d", i), fmt.Sprintf("person%d@example.com", i)
		a.GivenName, a.Surname = fmt.Sprintf("Ann%d", i%givenNames), fmt.Sprintf("Person %d", i)
		a.PasswordModifiedAt = core.At(tx.Now)
		if err := core.Put(tx, a); err != nil {
			return nil, err
		}
		proof := &core.Security{PasswordHash: encoded, CredVersion: 1} // as a registration leaves it
		proof.ID = core.ID[core.Security](a.ID)
		if err := core.Put(tx, proof); err != nil {
			return nil, err
		}
		if custom {
			if err := core.MergeCustomData(tx, core.RefTo(a.ID), customOf(i)); err != nil {
				return nil, err
			}
		}
		all = append(all, person{string(a.ID), a.Username})
	}
	return all, nil
}

// measure adds, times sign, the bytes of all keys and values by what they are for.
func (s *seeded) measure(db store.Store, sign int64) error {
	return db.View(context.Background(), func(tx store.Tx) error {
		for it, err := range tx.Scan("", "") {
			if err != nil {
				return err
			}
			n := sign * int64(len(it.Key)+len(it.Value))
			_, rest, _ := strings.Cut(it.Key, "/")
			kind, _, _ := strings.Cut(rest, "/")
			switch {
			case kind == "aud" || kind == "evt":
				s.trail += n
			case strings.Contains(kind, "."):
				s.indexes += n
			default:
				s.records += n
			}
		}
		return nil
	})
}
