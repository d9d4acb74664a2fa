package apis

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/store"
)

const (
	// uploadPath is below which the pieces of a backup come: the one place where the
	// console sends bytes.
	uploadPath = consoleAPI + "backups/upload/"
	// uploadStays is for how long a backup that nobody goes on with lies there.
	uploadStays = time.Hour
	maxFileName = 255
)

// shownUpload is a backup on its way from somebody's machine.
type shownUpload struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Size     int64  `json:"size"`
	Received int64  `json:"received"`
	Piece    int    `json:"piece"` // how many bytes a piece may have
}

// KiB is its size, rounded up.
func (u *shownUpload) KiB() int64 { return (u.Size + 1023) / 1024 }

// uploads hold one such backup at a time, encrypted as it came, in a folder that the next
// start clears away.
type uploads struct {
	mu    sync.Mutex
	now   *shownUpload
	dir   string
	timer *time.Timer
	busy  int // who reads it
}

func errNoUpload() error {
	return core.Errorf(core.NotFound, "no_upload", "There is no such upload; it may have been discarded.")
}

// begin makes room for a backup in place of any other.
func (u *uploads) begin(folder, name string, size int64) (shownUpload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.busy > 0 {
		return shownUpload{}, core.Errorf(core.Conflict, "busy", "The backup that was uploaded is being read.")
	}
	u.clear()
	dir, err := os.MkdirTemp(folder, keep.Passing)
	if err != nil {
		return shownUpload{}, err
	}
	u.dir, u.now = dir, &shownUpload{ID: core.NewID7(), Name: name, Size: size, Piece: maxBody}
	u.timer = time.AfterFunc(uploadStays, u.drop)
	return *u.now, nil
}

// add appends a piece, which must be the next. Where another is, it tells that too.
func (u *uploads) add(id string, at int64, piece []byte) (shownUpload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.now == nil || u.now.ID != id {
		return shownUpload{}, errNoUpload()
	}
	if at != u.now.Received || at+int64(len(piece)) > u.now.Size || len(piece) == 0 {
		return *u.now, core.Errorf(core.Conflict, "conflict", "The next piece of the upload begins at %d of %d bytes.", u.now.Received, u.now.Size)
	}
	f, err := os.OpenFile(u.path(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return shownUpload{}, err
	}
	_, err = f.Write(piece)
	if err := errors.Join(err, f.Close()); err != nil {
		return shownUpload{}, core.StoreError(store.AsFull(errors.Join(err, os.Truncate(u.path(), u.now.Received))))
	}
	u.now.Received += int64(len(piece))
	u.timer.Reset(uploadStays)
	return *u.now, nil
}

// fill adds a whole backup that comes in one go; of how many bytes, it tells by its end.
func (u *uploads) fill(id string, r io.Reader) error {
	w := &filling{of: u, id: id}
	if _, err := io.CopyBuffer(w, r, make([]byte, maxBody)); err != nil {
		return err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.now == nil || u.now.ID != id {
		return errNoUpload()
	}
	u.now.Size = w.at
	return nil
}

// filling writes to an upload.
type filling struct {
	of *uploads
	id string
	at int64
}

// Write adds the next piece.
func (w *filling) Write(p []byte) (int, error) {
	up, err := w.of.add(w.id, w.at, p)
	if err != nil {
		return 0, err
	}
	w.at = up.Received
	return len(p), nil
}

// whole is the backup that was uploaded, once all of it is there; nil else.
func (u *uploads) whole() *shownUpload {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.now == nil || u.now.Received != u.now.Size {
		return nil
	}
	up := *u.now
	return &up
}

// open reads the backup, once all of it is there. done is called when it was read.
func (u *uploads) open(id string) (r io.ReadCloser, it shownUpload, done func(), err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.now == nil || u.now.ID != id {
		return nil, it, nil, errNoUpload()
	}
	if u.now.Received != u.now.Size {
		return nil, it, nil, core.Errorf(core.Conflict, "conflict", "Of the upload, %d of %d bytes are there.", u.now.Received, u.now.Size)
	}
	if r, err = os.Open(u.path()); err != nil {
		return nil, it, nil, err
	}
	u.busy++
	var once sync.Once
	return r, *u.now, func() {
		once.Do(func() {
			r.Close()
			u.mu.Lock()
			defer u.mu.Unlock()
			u.busy--
			u.timer.Reset(uploadStays)
		})
	}, nil
}

func (u *uploads) path() string { return filepath.Join(u.dir, "upload.age") }

// drop removes what was uploaded, unless it is being read.
func (u *uploads) drop() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.busy == 0 {
		u.clear()
	}
}

func (u *uploads) clear() {
	if u.now == nil {
		return
	}
	u.timer.Stop()
	os.RemoveAll(u.dir) // what stays is removed at the next start
	u.now, u.dir = nil, ""
}

func beginUpload(r *request, _ string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	var in struct {
		Name string `json:"name"`
		Size int64  `json:"size"`
	}
	if err := r.input(&in); err != nil {
		return err
	}
	up, err := r.srv.newUpload(k, in.Name, in.Size)
	if err != nil {
		return err
	}
	return r.answer(up)
}

// newUpload begins one of that many bytes, if there is room for them.
func (s *Server) newUpload(k *keep.Keeper, name string, size int64) (shownUpload, error) {
	if name == "" || len(name) > maxFileName || strings.ContainsAny(name, "/\\\r\n") {
		return shownUpload{}, fieldError("invalid_value", "name", "name must be that of a file.")
	}
	if size <= 0 {
		return shownUpload{}, fieldError("empty_file", "size", "The file is empty.")
	}
	if w := s.App.Engine(); w != nil {
		if free, err := w.Free(); err == nil && uint64(size)+core.LeastFree > free {
			return shownUpload{}, fieldError("no_room", "size", "There is no room for the file on the disk of the server.")
		}
	}
	return s.uploads.begin(k.Folder.Dir, name, size)
}

func addToUpload(r *request, id string) error {
	if _, err := r.keeper(); err != nil {
		return err
	}
	at, err := r.number("at", 0)
	if err != nil {
		return err
	}
	up, err := r.srv.uploads.add(id, int64(at), r.c.Body())
	if err != nil {
		return err
	}
	return r.answer(up)
}

func dropUpload(r *request, _ string) error {
	r.srv.uploads.drop()
	return r.c.SendStatus(fiber.StatusNoContent)
}
