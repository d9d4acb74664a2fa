package apis

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
)

const (
	restorePath = "/setup/restore"
	backupPath  = "/setup/backup"

	// restoreCookie holds the token of a setup link in the browser that restores by it,
	// so that it is known to be right before a backup is read.
	restoreCookie = "restore"

	maxBackup  = 64 << 20 // bytes of one that is sent; it is in memory until it is staged
	backupTime = 5 * time.Minute
)

// setupRestore serves the second way to begin: from a backup.
func (s *Server) setupRestore() {
	s.page(Route{Method: fiber.MethodPost, Path: restorePath, Status: 303, Summary: "Begin from a backup instead"}, s.beginRestore)
	s.page(Route{Method: fiber.MethodGet, Path: restorePath, Summary: "The form of the backup to begin from"}, s.showRestoreForm)
	s.page(Route{Method: fiber.MethodPost, Path: backupPath, Summary: "Check that backup and stage it for the next start"}, s.postBackup)
}

// beginRestore takes the link, without spending it, and leads to the form.
func (s *Server) beginRestore(c fiber.Ctx, v hosted.Visit) error {
	if s.keeper == nil {
		return s.gone(c, v)
	}
	return s.spend(c, v, core.FirstOwner, "setup", func(token string, in *hosted.Form) error {
		if err := s.App.HoldsSetup(s.holding(c, token), token); err != nil {
			return err
		}
		hosted.SetCookie(c, v, restoreCookie, token, 30*time.Minute)
		hosted.Private(c)
		return c.Redirect().Status(fiber.StatusSeeOther).To(restorePath)
	})
}

// restoreForm is the form as it is shown.
type restoreForm struct {
	From, Notice string
	Most         int
}

// Wrong tells whether anything is.
func (f *restoreForm) Wrong() bool { return f.Notice != "" }

// held is the link by which the browser restores; an error once it is dead.
func (s *Server) held(c fiber.Ctx, v hosted.Visit) (token string, err error) {
	token = hosted.Cookie(c, v, restoreCookie)
	return token, s.App.HoldsSetup(s.holding(c, token), token)
}

func (s *Server) showRestoreForm(c fiber.Ctx, v hosted.Visit) error {
	if _, err := s.held(c, v); err != nil || s.keeper == nil {
		return s.goneIf(c, v, err)
	}
	return s.pages.Show(c, v, fiber.StatusOK, "restore", &restoreForm{Most: maxBackup})
}

// postBackup stages the backup that was sent, or that lies where the server can read it.
// The link is spent only then, and nothing is changed before the next start.
func (s *Server) postBackup(c fiber.Ctx, v hosted.Visit) error {
	token, err := s.held(c, v)
	if err != nil || s.keeper == nil {
		return s.goneIf(c, v, err)
	}
	in, file, err := hosted.ReadUpload(c, v, "file")
	if err != nil {
		return err
	}
	f := &restoreForm{From: strings.TrimSpace(in.Value("from")), Most: maxBackup}
	again := func(status int, notice string) error {
		f.Notice = notice
		return s.pages.Show(c, v, status, "restore", f)
	}
	key := keep.Key{Passphrase: in.Value("passphrase"), Identities: in.Value("identities")}
	switch {
	case !in.Own():
		return again(fiber.StatusForbidden, v.Say("notice.form"))
	case (file == nil) == (f.From == ""):
		return again(fiber.StatusBadRequest, v.Say("restore.told.which"))
	case key.IsZero():
		return again(fiber.StatusBadRequest, v.Say("restore.told.key"))
	}
	if !s.restoring.TryLock() {
		return again(fiber.StatusConflict, v.Say("restore.told.busy"))
	}
	defer s.restoring.Unlock()
	staged, err := s.stageBackup(c, f.From, file, key)
	if err == nil {
		if err = s.App.SpendSetupRestore(s.holding(c, token), token); err != nil {
			err = errors.Join(err, s.keeper.Folder.Discard())
		}
	}
	var missing *keep.KeyMissingError
	switch {
	case err == nil:
	case isCode(err, "dead_link"):
		return s.gone(c, v)
	case errors.Is(err, keep.ErrCannotOpen):
		return again(fiber.StatusBadRequest, v.Say("restore.told.locked"))
	case errors.Is(err, keep.ErrNewer):
		return again(fiber.StatusBadRequest, v.Say("restore.told.newer"))
	case errors.Is(err, keep.ErrNotWhole):
		return again(fiber.StatusBadRequest, v.Say("restore.told.broken"))
	case errors.As(err, &missing):
		return again(fiber.StatusBadRequest, v.Say("restore.told.master", missing.KeyID))
	default:
		e, status := s.said(c, backupError(err))
		if e.Kind == core.Internal {
			return err
		}
		return again(status, told(v.Locale, e))
	}
	hosted.SetCookie(c, v, restoreCookie, "", -1)
	s.App.Log.Warn("a restore is staged by the setup link: it is done at the next start", "takenAt", staged.Manifest.CreatedAt, "requestId", requestID(c))
	return s.pages.Show(c, v, fiber.StatusOK, "message", notice{Title: v.Say("restore.done.title"), Text: v.Say("restore.done.text"),
		More: v.Say("restore.done.more", staged.Manifest.CreatedAt.UTC().Format("2006-01-02 15:04 UTC"), staged.Manifest.Tenants, (staged.Manifest.Size+1023)/1024)})
}

// stageBackup checks a backup and makes it ready.
func (s *Server) stageBackup(c fiber.Ctx, from string, file io.Reader, key keep.Key) (*keep.Staged, error) {
	if file == nil {
		place, name, err := keep.ParsePlace(from, s.bucket)
		if err != nil || name == "" {
			return nil, core.Errorf(core.Invalid, "invalid_value", "%q names no file that ends in .age.", from)
		}
		there, err := place.Open(c.Context(), name)
		if err != nil {
			return nil, err
		}
		defer there.Close()
		file = there
	}
	return s.keeper.Folder.Stage(c.Context(), file, key, keep.Options{})
}

// backupLimits gives time and room to a backup that is sent by who holds the setup link,
// one at a time; false for every other request.
func (s *Server) backupLimits(h *fasthttp.RequestHeader) (r fasthttp.RequestConfig, ok bool) {
	n := h.ContentLength()
	if s.keeper == nil || string(h.Method()) != fiber.MethodPost || "/"+target(string(h.RequestURI())) != backupPath || n == chunked || n > maxBackup+maxElsewhere {
		return r, false
	}
	token := string(h.Cookie("__Host-" + restoreCookie))
	if token == "" {
		token = string(h.Cookie(restoreCookie))
	}
	if token == "" || s.App.HoldsSetup(context.Background(), token) != nil || !s.bodies.take(h, time.Now(), maxBig, "backup", 1) {
		return r, false
	}
	return fasthttp.RequestConfig{ReadTimeout: backupTime, MaxRequestBodySize: maxBackup + maxElsewhere}, true
}
