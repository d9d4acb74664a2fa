package apis

import (
	"errors"
	"io"
	"io/fs"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/store"
)

// What a backup is called, when its data were copied, and how many bytes these
// have, beside the stream of it.
const (
	BackupName = "Stormkeep-Backup"
	BackupAt   = "Stormkeep-Backup-At"
	BackupSize = "Stormkeep-Backup-Size"
)

// backupCommands serve what keeps the data: backups, and a restore to be done at
// the next start.
func (s *Server) backupCommands() {
	s.command(Route{Method: fiber.MethodGet, Path: "backups", Role: core.Owner, Whole: true, Summary: "What is known of backups"}, showBackups)
	s.command(Route{Method: fiber.MethodPost, Path: "backups", Role: core.Owner, Whole: true, StepUp: true, Summary: "Make a backup and stream it, encrypted"}, makeBackup)
	s.command(Route{Method: fiber.MethodPost, Path: "backups/kept", Status: 204, Summary: "Note that a backup is whole in its place"}, keptBackup)
	s.command(Route{Method: fiber.MethodGet, Path: "restore", Role: core.Owner, Whole: true, Summary: "The restore that waits for the next start"}, showRestore)
	s.command(Route{Method: fiber.MethodPost, Path: "restore", Role: core.Owner, Whole: true, StepUp: true, Status: 202, Summary: "Check a backup and stage it for the next start"}, stageRestore)
	s.command(Route{Method: fiber.MethodDelete, Path: "restore", Role: core.Owner, Whole: true, StepUp: true, Status: 204, Summary: "Discard the restore that waits"}, discardRestore)
	s.command(Route{Method: fiber.MethodGet, Path: "secrets", Summary: "How many secrets only the master key opens, by noun"}, countSecrets)
	s.command(Route{Method: fiber.MethodPost, Path: "compact", Summary: "Give back to the disk what the data no longer use"}, compactData)
}

// keeper is who keeps the data, where there is a data folder.
func (r *request) keeper() (*keep.Keeper, error) {
	if r.srv.keeper == nil {
		return nil, core.Errorf(core.NotAllowed, "not_allowed", "This server has no data folder.")
	}
	return r.srv.keeper, nil
}

func showBackups(r *request, _ string) error {
	state, err := r.srv.App.BackupState(r.c.Context())
	if err != nil {
		return err
	}
	return r.answer(state)
}

// wantedBackup is for whom a backup is to be encrypted.
type wantedBackup struct {
	keep.Lock
	WithoutKey bool `json:"withoutMasterKey"`
}

// wanted reads the body of what makes a backup.
func (r *request) wanted() (k *keep.Keeper, in wantedBackup, err error) {
	if k, err = r.keeper(); err == nil {
		err = r.input(&in)
	}
	return k, in, err
}

func makeBackup(r *request, _ string) error {
	k, in, err := r.wanted()
	if err != nil {
		return err
	}
	if err := in.Check(); err != nil {
		return lockError(in.Lock, err)
	}
	c, done, err := k.Take(r.c.Context(), !in.WithoutKey)
	if err != nil {
		return err
	}
	if r.who.console != nil {
		if err := r.noteBackup("backup.download", c.Name()); err != nil {
			done()
			return err
		}
	}
	r.c.Set(BackupName, c.Name())
	r.c.Set(BackupAt, core.At(c.Manifest.CreatedAt).Format(time.RFC3339Nano))
	r.c.Set(BackupSize, strconv.FormatInt(c.Manifest.Size, 10))
	out, w := io.Pipe()
	go func() {
		defer done()
		w.CloseWithError(c.WriteTo(w, in.Lock)) // an error breaks the stream off, so that nobody takes it for whole
	}()
	return r.stream(out, -1)
}

func countSecrets(r *request, _ string) error {
	held, err := r.srv.App.SealedSecrets(r.c.Context())
	if err != nil {
		return err
	}
	return r.answer(held)
}

func keptBackup(r *request, _ string) error {
	var in struct {
		At    core.Time `json:"at"`
		Place string    `json:"place"`
		Name  string    `json:"name"`
		Size  int64     `json:"size"`
	}
	if err := r.input(&in); err != nil {
		return err
	}
	err := r.srv.App.NoteBackup(r.c.Context(), func(s *core.BackupState) {
		s.Last, s.Place, s.Name, s.Size = in.At, in.Place, in.Name, in.Size
	})
	if err != nil {
		return err
	}
	return r.c.SendStatus(fiber.StatusNoContent)
}

func showRestore(r *request, _ string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	s, err := k.Folder.Waiting()
	if err != nil {
		return err
	}
	return r.answer(map[string]any{"waiting": s})
}

func stageRestore(r *request, _ string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	var in struct {
		keep.Key
		keep.Options
		From string `json:"from"` // a file of the server's machine, or s3://…
	}
	if err := r.input(&in); err != nil {
		return err
	}
	place, name, err := keep.ParsePlace(in.From, r.srv.bucket)
	if err == nil && name == "" {
		err = errors.New("it names no file that ends in .age")
	}
	if err != nil {
		return core.Errorf(core.Invalid, "invalid_value", "The backup %q: %v.", in.From, err)
	}
	file, err := place.Open(r.c.Context(), name)
	if err != nil {
		return backupError(err)
	}
	defer file.Close()
	s, err := k.Folder.Stage(r.c.Context(), file, in.Key, in.Options)
	if err != nil {
		return backupError(err)
	}
	r.srv.App.Log.Warn("a restore is staged: it is done at the next start", "backup", in.From, "takenAt", s.Manifest.CreatedAt)
	r.c.Status(fiber.StatusAccepted)
	return r.answer(map[string]any{"waiting": s})
}

func discardRestore(r *request, _ string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	if err := k.Folder.Discard(); err != nil {
		return err
	}
	return r.c.SendStatus(fiber.StatusNoContent)
}

// backupError tells what is wrong with a backup that somebody named: that is no
// fault of the server.
func backupError(err error) error {
	if _, ok := errors.AsType[*core.Error](err); ok || errors.Is(err, store.ErrFull) {
		return err
	}
	kind, code := core.Invalid, "invalid_value"
	if errors.Is(err, fs.ErrNotExist) {
		kind, code = core.NotFound, "not_found"
	}
	return &core.Error{Kind: kind, Code: code, Msg: "The backup cannot be restored: " + err.Error() + ".", Dev: "nothing was changed", Err: err}
}

func compactData(r *request, _ string) error {
	c, ok := r.srv.App.Store().(store.Compacter)
	if !ok {
		return core.Errorf(core.NotAllowed, "not_allowed", "This engine does not compact its data.")
	}
	before, after, err := c.Compact()
	if errors.Is(err, errors.ErrUnsupported) {
		return core.Errorf(core.NotAllowed, "not_allowed", "The data cannot be compacted on this system.")
	}
	if err != nil {
		return err
	}
	r.srv.App.Log.Info("data compacted", "before", before, "after", after)
	return r.answer(map[string]int64{"before": before, "after": after})
}
