package apis

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
	"github.com/stormkeep/stormkeep/core/store/layer"
)

// RehearsalHeader names the rehearsal that a command's request is a part of: what it
// changes is seen there only, and thrown away with it.
const RehearsalHeader = "Stormkeep-Rehearsal"

// maxRehearsals is how many there are at a time; the oldest goes when another comes.
const maxRehearsals = 4

// rehearsals are those under way. What they write lies in a file of its own, since it
// may be all of an import.
type rehearsals struct {
	mu  sync.Mutex
	all []rehearsal // guarded by mu
}

type rehearsal struct {
	id, dir string
	store   store.Store
}

func (r rehearsal) end() error { return errors.Join(r.store.Close(), os.RemoveAll(r.dir)) }

// rehearsalCommands serve the beginning and the end of one.
func (s *Server) rehearsalCommands() {
	s.command(Route{Method: fiber.MethodPost, Path: "rehearsals", Summary: "Begin to rehearse: requests that name it change nothing"}, beginRehearsal)
	s.command(Route{Method: fiber.MethodDelete, Path: "rehearsals/:id", Summary: "Throw a rehearsal away", Status: fiber.StatusNoContent}, endRehearsal)
}

// rehearse begins a rehearsal that is no command's yet.
func (s *Server) rehearse() (rehearsal, error) {
	dir, err := os.MkdirTemp("", "stormkeep-rehearsal-")
	if err != nil {
		return rehearsal{}, err
	}
	on, err := s.App.Over(func(base store.Store) (store.Store, error) {
		top, err := bolt.Open(filepath.Join(dir, "rehearsal.db"), bolt.Options{})
		if err != nil {
			return nil, err
		}
		return layer.Over(base, top), nil
	})
	if err != nil {
		return rehearsal{}, errors.Join(err, os.RemoveAll(dir))
	}
	return rehearsal{core.NewID7(), dir, on}, nil
}

func beginRehearsal(r *request, _ string) error {
	begun, err := r.srv.rehearse()
	if err != nil {
		return err
	}
	if err := r.srv.rehearsals.add(begun); err != nil {
		r.srv.App.Log.Warn("the end of a rehearsal", "err", err)
	}
	return r.answer(map[string]string{"id": begun.id})
}

func endRehearsal(r *request, id string) error {
	r.c.Status(fiber.StatusNoContent)
	return r.srv.rehearsals.drop(id)
}

func (rs *rehearsals) add(r rehearsal) (err error) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if len(rs.all) == maxRehearsals {
		err = rs.all[0].end()
		rs.all = rs.all[1:]
	}
	rs.all = append(rs.all, r)
	return err
}

// drop ends the rehearsal of that id, or all for "".
func (rs *rehearsals) drop(id string) (err error) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	var rest []rehearsal
	for _, r := range rs.all {
		if id == "" || r.id == id {
			err = errors.Join(err, r.end())
			continue
		}
		rest = append(rest, r)
	}
	rs.all = rest
	return err
}

// rehearsing is ctx in the rehearsal of that name; "" is none.
func (rs *rehearsals) rehearsing(ctx context.Context, id string) (context.Context, error) {
	if id == "" {
		return ctx, nil
	}
	rs.mu.Lock()
	defer rs.mu.Unlock()
	for _, r := range rs.all {
		if r.id == id {
			return core.AsRehearsal(ctx, r.store), nil
		}
	}
	return nil, core.Errorf(core.NotFound, "not_found", "There is no such rehearsal.")
}
