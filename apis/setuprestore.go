package apis

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"strconv"
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
	sendingPath = backupPath + "/upload"

	// restoreCookie holds the token of a setup link in the browser that restores by it,
	// so that it is known to be right before a backup is read.
	restoreCookie = "restore"

	maxBackup  = 64 << 20 // bytes of one that a form carries, which is in memory; one that script sends ahead of it comes in pieces
	backupTime = 5 * time.Minute
)

// setupRestore serves the second way to begin: from a backup.
func (s *Server) setupRestore() {
	s.page(Route{Method: fiber.MethodPost, Path: restorePath, Status: 303, Summary: "Begin from a backup instead"}, s.beginRestore)
	s.page(Route{Method: fiber.MethodGet, Path: restorePath, Summary: "The form of the backup to begin from"}, s.showRestoreForm)
	s.page(Route{Method: fiber.MethodPost, Path: sendingPath, Summary: "Begin to send that backup in pieces"}, s.beginSending)
	s.page(Route{Method: fiber.MethodPost, Path: sendingPath + "/:id", Summary: "The next piece of it, from the byte ?at= on"}, s.postPiece)
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
	Sent         *shownUpload // the backup that is here already
	Most         int64        // MiB of one that comes with the form
}

// Wrong tells whether anything is.
func (f *restoreForm) Wrong() bool { return f.Notice != "" }

// showRestore shows the form. Its script sends a backup ahead of it.
func (s *Server) showRestore(c fiber.Ctx, v hosted.Visit, status int, f *restoreForm) error {
	f.Sent, f.Most = s.uploads.whole(), maxBackup>>20
	return s.pages.ShowCalling(c, v, status, "restore", f)
}

// held is the link by which the browser restores; an error once it is dead.
func (s *Server) held(c fiber.Ctx, v hosted.Visit) (token string, err error) {
	token = hosted.Cookie(c, v, restoreCookie)
	return token, s.App.HoldsSetup(s.holding(c, token), token)
}

func (s *Server) showRestoreForm(c fiber.Ctx, v hosted.Visit) error {
	if _, err := s.held(c, v); err != nil || s.keeper == nil {
		return s.goneIf(c, v, err)
	}
	return s.showRestore(c, v, fiber.StatusOK, &restoreForm{})
}

// beginSending makes room for a backup that comes in pieces, in place of any that came before.
func (s *Server) beginSending(c fiber.Ctx, v hosted.Visit) error {
	return s.sent(c, v, func() (shownUpload, error) {
		in, err := hosted.ReadForm(c, v)
		if err != nil {
			return shownUpload{}, err
		}
		size, err := strconv.ParseInt(in.Value("size"), 10, 64)
		if err != nil {
			return shownUpload{}, fieldError("invalid_value", "size", "size must be a whole number.")
		}
		return s.newUpload(s.keeper, in.Value("name"), size)
	})
}

// postPiece takes the next piece. Where another is the next, the answer tells which.
func (s *Server) postPiece(c fiber.Ctx, v hosted.Visit) error {
	return s.sent(c, v, func() (shownUpload, error) {
		if c.Get(fiber.HeaderContentType) != fiber.MIMEOctetStream {
			return shownUpload{}, errContentType()
		}
		at, err := strconv.ParseInt(c.Query("at"), 10, 64)
		if err != nil {
			return shownUpload{}, fieldError("invalid_value", "at", "at must be a whole number.")
		}
		return s.uploads.add(c.Params("id"), at, c.Request().Body())
	})
}

// sent answers the script of the form: how far the backup has come, or what keeps it.
func (s *Server) sent(c fiber.Ctx, v hosted.Visit, do func() (shownUpload, error)) error {
	hosted.Private(c)
	var up shownUpload
	err := s.maySend(c, v)
	if err == nil {
		up, err = do()
	}
	if err == nil {
		return c.JSON(up)
	}
	e, status := s.said(c, err)
	return c.Status(status).JSON(struct {
		shownUpload
		Notice string `json:"notice"`
	}{up, toldOfBackup(v, e)})
}

// maySend refuses what does not come of the form, or without the link. Who holds that sends as
// many pieces as a backup has.
func (s *Server) maySend(c fiber.Ctx, v hosted.Visit) error {
	if _, err := s.held(c, v); err != nil {
		return errors.Join(s.stranger(c, 1), err)
	}
	if s.keeper == nil {
		return core.Errorf(core.NotFound, "not_found", "The requested resource does not exist.")
	}
	own, err := hosted.FromPage(c, v)
	if err == nil && !own {
		err = core.Errorf(core.Forbidden, "former_page", "%s", v.Say("notice.form"))
	}
	return err
}

// toldOfBackup is what an error says on the form of a backup.
func toldOfBackup(v hosted.Visit, e *core.Error) string {
	if e.Code == "busy" {
		return v.Say("restore.told.busy")
	}
	return told(v.Locale, e)
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
	f := &restoreForm{From: strings.TrimSpace(in.Value("from"))}
	again := func(status int, notice string) error {
		f.Notice = notice
		return s.showRestore(c, v, status, f)
	}
	refused := func(err error) error {
		e, status := s.said(c, err)
		if e.Kind == core.Internal {
			return err
		}
		return again(status, toldOfBackup(v, e))
	}
	id := in.Value("upload")
	switch {
	case !in.Own():
		return again(fiber.StatusForbidden, v.Say("notice.form"))
	case file != nil && f.From != "", file == nil && f.From == "" && id == "":
		return again(fiber.StatusBadRequest, v.Say("restore.told.which"))
	case file != nil:
		if id, err = s.takeBackup(file, int64(len(c.Request().Body()))); err != nil {
			return refused(err)
		}
	}
	key := keep.Key{Passphrase: in.Value("passphrase"), Identities: in.Value("identities")}
	if key.IsZero() {
		return again(fiber.StatusBadRequest, v.Say("restore.told.key"))
	}
	if !s.restoring.TryLock() {
		return again(fiber.StatusConflict, v.Say("restore.told.busy"))
	}
	defer s.restoring.Unlock()
	staged, err := s.stageBackup(c, f.From, id, key)
	if err == nil {
		if err = s.App.SpendSetupRestore(s.holding(c, token), token); err != nil {
			err = errors.Join(err, s.keeper.Folder.Discard())
		}
	}
	newer := errors.Is(err, keep.ErrNewer) || errors.Is(err, core.ErrNewerForm)
	if err == nil || isCode(err, "dead_link") || f.From == "" && (newer || errors.Is(err, keep.ErrNotWhole)) {
		s.uploads.drop() // what another passphrase might open stays, and need not be sent again
	}
	var missing *keep.KeyMissingError
	switch {
	case err == nil:
	case isCode(err, "dead_link"):
		return s.gone(c, v)
	case errors.Is(err, keep.ErrCannotOpen):
		return again(fiber.StatusBadRequest, v.Say("restore.told.locked"))
	case newer:
		return again(fiber.StatusBadRequest, v.Say("restore.told.newer"))
	case errors.Is(err, keep.ErrNotWhole):
		return again(fiber.StatusBadRequest, v.Say("restore.told.broken"))
	case errors.As(err, &missing):
		return again(fiber.StatusBadRequest, v.Say("restore.told.master", missing.KeyID))
	default:
		return refused(backupError(err))
	}
	hosted.SetCookie(c, v, restoreCookie, "", -1)
	s.App.Log.Warn("a restore is staged by the setup link: it is done at the next start", "takenAt", staged.Manifest.CreatedAt, "requestId", requestID(c))
	return s.pages.Show(c, v, fiber.StatusOK, "message", notice{Title: v.Say("restore.done.title"), Text: v.Say("restore.done.text"),
		More: v.Say("restore.done.more", staged.Manifest.CreatedAt.UTC().Format("2006-01-02 15:04 UTC"), staged.Manifest.Tenants, (staged.Manifest.Size+1023)/1024)})
}

// takeBackup keeps a backup that came with the form, of at most so many bytes, as one that was
// sent ahead of it.
func (s *Server) takeBackup(file *multipart.Part, most int64) (id string, err error) {
	up, err := s.newUpload(s.keeper, file.FileName(), most)
	if err != nil {
		return "", err
	}
	if err := s.uploads.fill(up.ID, file); err != nil {
		s.uploads.drop()
		return "", err
	}
	return up.ID, nil
}

// stageBackup checks the backup of that place, or else the upload of that id, and makes it ready.
func (s *Server) stageBackup(c fiber.Ctx, from, id string, key keep.Key) (*keep.Staged, error) {
	var file io.Reader
	if from == "" {
		sent, _, done, err := s.uploads.open(id)
		if err != nil {
			return nil, err
		}
		defer done()
		file = sent
	} else {
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

// backupLimits gives time and room to a backup that is sent by who holds the setup link: to
// one at a time that comes with the form, and to each piece of one that comes in pieces.
// false is for every other request.
func (s *Server) backupLimits(h *fasthttp.RequestHeader) (r fasthttp.RequestConfig, ok bool) {
	path := "/" + target(string(h.RequestURI()))
	piece := strings.HasPrefix(path, sendingPath+"/")
	r = fasthttp.RequestConfig{ReadTimeout: bodyTime, MaxRequestBodySize: maxBody}
	if path == backupPath {
		r = fasthttp.RequestConfig{ReadTimeout: backupTime, MaxRequestBodySize: maxBackup + maxElsewhere}
	}
	n := h.ContentLength()
	if s.keeper == nil || string(h.Method()) != fiber.MethodPost || path != backupPath && !piece || n == chunked || n > r.MaxRequestBodySize {
		return r, false
	}
	token := string(h.Cookie("__Host-" + restoreCookie))
	if token == "" {
		token = string(h.Cookie(restoreCookie))
	}
	if token == "" || s.App.HoldsSetup(context.Background(), token) != nil {
		return r, false
	}
	return r, piece || s.bodies.take(h, time.Now(), maxBig, "backup", 1)
}
