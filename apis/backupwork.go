package apis

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
)

// keptFile is a backup in the place that is set.
type keptFile struct {
	Name string    `json:"name"`
	Size int64     `json:"size"` // in bytes, as encrypted
	At   core.Time `json:"at"`   // when its data were copied
}

// keptFiles are the backups there, and what is known of the place.
type keptFiles struct {
	Place     string           `json:"place"`     // "" where none is set
	Locked    bool             `json:"locked"`    // the server knows itself for whom it encrypts
	Scheduled bool             `json:"scheduled"` // they are made by a schedule
	Next      core.Time        `json:"next"`      // when the next scheduled one is due; null for at once
	State     core.BackupState `json:"state"`
	Holds     map[string]int   `json:"holds"` // records that the server has now, by noun
	Error     string           `json:"error"` // why the place cannot be read
	Items     []keptFile       `json:"items"` // the newest first
}

// backupWorks serve what the console does with backups: each long thing is begun, looked
// at, and can be cancelled.
func (s *Server) backupWorks() {
	route := func(method, path string, status int, stepUp bool, summary, shows string, answer any, do func(*request, string) error) {
		s.console(Route{Method: method, Path: "backups/" + path, Role: core.Owner, Whole: true, StepUp: stepUp, Status: status, Summary: summary, Shows: shows, Answer: answer}, do)
	}
	get, post, remove := fiber.MethodGet, fiber.MethodPost, fiber.MethodDelete
	route(get, "files", 200, false, "The backups in the place that is set, the newest first", "BackupFiles", keptFiles{}, listKept)
	route(post, "files", 202, true, "Begin to make a backup in that place", "BackupWork", shownWork{}, keepBackup)
	route(get, "files/:id", 200, true, "Download a backup from that place, as it lies there", "", nil, downloadKept)
	route(get, "work", 200, false, "What is being done with backups, or was last", "BackupWork", shownWork{}, showWork)
	route(remove, "work", 204, false, "Cancel it; forget what has ended", "", nil, dropWork)
	route(post, "upload", 200, true, "Begin to upload a backup", "BackupUpload", shownUpload{}, beginUpload)
	route(post, "upload/:id", 200, false, "The next piece of it, from the byte ?at= on: application/octet-stream", "BackupUpload", shownUpload{}, addToUpload)
	route(remove, "upload", 204, false, "Discard it", "", nil, dropUpload)
	route(post, "verify", 202, true, "Begin to verify a backup of that place, or the uploaded one", "BackupWork", shownWork{}, verifyBackup)
	route(post, "stage", 202, true, "Begin to check such a backup and to stage it for the next start", "BackupWork", shownWork{}, stageBackup)
}

func listKept(r *request, _ string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	out := keptFiles{Items: []keptFile{}, Locked: !k.Lock.IsZero(), Scheduled: !k.Schedule.IsZero()}
	if out.State, err = r.srv.App.BackupState(r.c.Context()); err != nil {
		return err
	}
	if out.Holds, err = r.srv.App.Holdings(r.c.Context()); err != nil {
		return err
	}
	if out.Scheduled {
		out.Next = core.At(k.Next(out.State))
	}
	if k.Place != nil {
		out.Place = k.Place.String()
		all, err := k.Place.Files(r.c.Context())
		if err != nil {
			out.Error = err.Error()
		}
		for _, f := range all {
			out.Items = append(out.Items, keptFile{f.Name, f.Size, core.At(f.At)})
		}
	}
	return r.answer(out)
}

func showWork(r *request, _ string) error { return r.answer(shownWork{r.srv.works.now()}) }

func dropWork(r *request, _ string) error {
	r.srv.works.drop()
	return r.c.SendStatus(fiber.StatusNoContent)
}

// begun notes who began a piece of work, and begins it.
func (r *request) begun(kind, of string, do func(context.Context, *backupWork) error) error {
	if err := r.noteBackup("backup."+kind, of); err != nil {
		return err
	}
	w, err := r.srv.works.begin(r.srv.App, kind, of, do)
	if err != nil {
		return err
	}
	r.c.Status(fiber.StatusAccepted)
	return r.answer(shownWork{&w})
}

// noteBackup writes to the audit log what somebody does with a backup.
func (r *request) noteBackup(what, of string) error {
	return r.note(core.AuditLine{Type: what, Note: map[string]string{"backup": of}})
}

func keepBackup(r *request, _ string) error {
	k, in, err := r.wanted()
	if err != nil {
		return err
	}
	if k.Place == nil {
		return core.Errorf(core.NotAllowed, "not_allowed", "No place for backups is set.")
	}
	lock := in.Lock
	if lock.IsZero() {
		lock = k.Lock
	}
	if err := lock.Check(); err != nil {
		return lockError(lock, err)
	}
	return r.begun("make", k.Place.String(), func(ctx context.Context, made *backupWork) (err error) {
		made.Of, _, err = k.Keep(ctx, lock, !in.WithoutKey)
		return err
	})
}

// lockError says at which field it is wrong for whom is to be encrypted.
func lockError(l keep.Lock, err error) error {
	field := "passphrase"
	if len(l.Recipients) > 0 {
		field = "recipients"
	}
	return fieldError("invalid_value", field, "%v.", err)
}

// source is a backup that somebody named: one of the place, or the uploaded one.
type source struct {
	File   string `json:"file,omitempty"`
	Upload string `json:"upload,omitempty"`
}

// opened is a backup that can be read, until done is called.
type opened struct {
	file io.Reader
	name string
	size int64 // -1 where that is not known
	done func()
}

// open opens it.
func (in source) open(r *request, k *keep.Keeper) (opened, error) {
	if in.Upload != "" {
		f, up, done, err := r.srv.uploads.open(in.Upload)
		return opened{f, up.Name, up.Size, done}, err
	}
	f, size, err := openKept(context.Background(), k, in.File) // it is read when the request is over
	if err != nil {
		return opened{}, err
	}
	return opened{f, in.File, size, func() { f.Close() }}, nil
}

// openKept opens a backup of the place, by a name that can be nothing else.
func openKept(ctx context.Context, k *keep.Keeper, name string) (io.ReadCloser, int64, error) {
	gone := core.Errorf(core.NotFound, "not_found", "There is no such backup in the place.")
	if k.Place == nil || !keep.IsBackup(name) {
		return nil, 0, gone
	}
	f, err := k.Place.Open(ctx, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, gone
	}
	if err != nil {
		return nil, 0, backupError(err)
	}
	size := int64(-1)
	all, err := k.Place.Files(ctx)
	for _, it := range all {
		if err == nil && it.Name == name {
			size = it.Size
		}
	}
	return f, size, nil
}

func downloadKept(r *request, name string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	f, size, err := openKept(context.Background(), k, name)
	if err != nil {
		return err
	}
	if err := r.noteBackup("backup.download", name); err != nil {
		f.Close()
		return err
	}
	r.c.Set(BackupName, name)
	if size >= 0 {
		r.c.Set(BackupSize, strconv.FormatInt(size, 10))
	}
	return r.stream(f, int(size))
}

// stream answers with what is long. The connection has a moment for each piece of it, and
// nothing packs it once more.
func (r *request) stream(f io.ReadCloser, size int) error {
	r.c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	r.c.Set(fiber.HeaderCacheControl, "no-store, no-transform")
	paced := &pacedAnswer{ReadCloser: f}
	if !byMachine(r.c) { // who has all the time
		paced.conn = r.c.RequestCtx().Conn()
	}
	if size < 0 {
		return r.c.SendStream(paced)
	}
	return r.c.SendStream(paced, size)
}

// pacedAnswer gives the connection of an answer a moment for each piece.
type pacedAnswer struct {
	io.ReadCloser
	conn net.Conn
}

// Read reads.
func (p *pacedAnswer) Read(b []byte) (int, error) {
	n, err := p.ReadCloser.Read(b)
	if p.conn != nil {
		p.conn.SetWriteDeadline(time.Now().Add(writeTime))
	}
	return n, err
}

func verifyBackup(r *request, _ string) error {
	var in struct {
		source
		keep.Key
	}
	k, b, err := r.toOpen(&in, &in.source, &in.Key)
	if err != nil {
		return err
	}
	return r.begunOn(b, "verify", func(ctx context.Context, file io.Reader, made *backupWork) error {
		m, holds, err := keep.Look(ctx, file, in.Key, k.Folder.Dir, k.Folder.Engine)
		if err == nil {
			made.Found = foundIn(m, holds)
		}
		return err
	})
}

func stageBackup(r *request, _ string) error {
	var in struct {
		source
		keep.Key
		keep.Options
	}
	k, b, err := r.toOpen(&in, &in.source, &in.Key)
	if err != nil {
		return err
	}
	return r.begunOn(b, "stage", func(ctx context.Context, file io.Reader, made *backupWork) error {
		s, err := k.Folder.Stage(ctx, file, in.Key, in.Options)
		if err == nil {
			made.Found = foundIn(s.Manifest, s.Holds)
			r.srv.App.Log.Warn("a restore is staged: it is done at the next start", "backup", b.name, "takenAt", s.Manifest.CreatedAt)
		}
		return err
	})
}

// begunOn is begun of work that reads a backup, which is closed when it ends.
func (r *request) begunOn(b opened, kind string, do func(context.Context, io.Reader, *backupWork) error) error {
	err := r.begun(kind, b.name, func(ctx context.Context, made *backupWork) error {
		defer b.done()
		return do(ctx, keep.Counted(ctx, keep.Reading, b.size, b.file), made)
	})
	if err != nil {
		b.done()
	}
	return err
}

// toOpen reads the body of what opens a backup, and opens the file.
func (r *request) toOpen(in any, from *source, key *keep.Key) (k *keep.Keeper, b opened, err error) {
	if k, err = r.keeper(); err != nil {
		return nil, b, err
	}
	if err := r.input(in); err != nil {
		return nil, b, err
	}
	if _, wrong := key.AgeIdentities(); wrong != nil {
		field := "passphrase"
		if key.Identities != "" {
			field = "identities"
		}
		return nil, b, fieldError("invalid_value", field, "%v.", wrong)
	}
	b, err = from.open(r, k)
	return k, b, err
}
