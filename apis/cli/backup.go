package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/store"
)

// backupOptions are the flags of backup.
type backupOptions struct {
	lockOptions
	to         string
	withoutKey bool
	asJSON     bool
}

// keptBackup is what backup and backup verify tell of a file.
type keptBackup struct {
	Place   string    `json:"place"`
	Name    string    `json:"name"`
	At      time.Time `json:"at"`
	Size    int64     `json:"size"`
	SHA256  string    `json:"sha256,omitempty"`
	Checked string    `json:"checked"` // "file" or "contents"
	WithKey bool      `json:"withMasterKey"`
}

func (p *Program) backupCommand() *cobra.Command {
	var o backupOptions
	cmd := &cobra.Command{
		Use:   "backup",
		Short: "Write an encrypted backup of data and master key",
		Long: "Write an encrypted backup of data and master key, whether or not a server lives on\n" +
			"them, and read it back. It is one age file, for recipients (age-keygen makes them) or\n" +
			"for a passphrase. Nothing is ever written over, and nothing in the clear.\n\n" +
			"Without --to, a recipient or a passphrase, those of the settings --backup-to,\n" +
			"--backup-recipient and --backup-passphrase-file count, then " + passVariable + ";\n" +
			"at a terminal a passphrase is asked for.",
		Example: p.examples("backup --to /mnt/backups --recipient age1…", "backup --to s3://bucket/prefix --passphrase-file FILE",
			"backup verify /mnt/backups/stormkeep-20261122T030000.000Z.age --identity key.txt"),
	}
	flags := cmd.Flags()
	flags.StringVar(&o.to, "to", "", "a folder, a new file that ends in .age, or s3://BUCKET/PREFIX")
	o.flags(cmd)
	flags.BoolVar(&o.withoutKey, "without-master-key", false, "leave the master key out; it says what is lost without it")
	flags.BoolVar(&o.asJSON, "json", false, "print what was made as JSON")
	p.action(cmd, append([]string{"data", "log-level", "config"}, bucketNames...), func(ctx context.Context, c config, _ []string) error {
		return p.backup(ctx, c, o)
	})
	cmd.AddCommand(p.verifyCommand())
	return cmd
}

func (p *Program) backup(ctx context.Context, c config, o backupOptions) (err error) {
	to := cmp.Or(o.to, c.Backup.To)
	if to == "" {
		return wrongUse("name a folder, a file, or s3://BUCKET/PREFIX", "--to is missing")
	}
	place, name, err := keep.ParsePlace(to, c.bucket())
	if err != nil {
		return wrongUse("name a folder, a file, or s3://BUCKET/PREFIX", "--to: %w", err)
	}
	lock, err := p.backupLock(c, o)
	if err != nil {
		return err
	}
	folder, err := p.folder(c)
	if err != nil {
		return err
	}
	k, err := p.reach(ctx, c)
	if err != nil {
		return err
	}
	k.agent = "stormkeep backup"
	defer func() { err = errors.Join(err, k.close()) }()
	temp, err := os.MkdirTemp(folder.Dir, ".backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	sealed, made, err := p.fetch(ctx, k, lock, o.withoutKey, filepath.Join(temp, "sealed.age"))
	if err != nil {
		return err
	}
	made.Place, made.Name = place.String(), cmp.Or(name, made.Name)
	if err := keep.Deliver(ctx, place, made.Name, sealed, keep.Key{Passphrase: lock.Passphrase}, folder); err != nil {
		return explainBackup(err)
	}
	if made.Checked = "file"; lock.Passphrase != "" {
		made.Checked = "contents"
	}
	note := map[string]any{"at": made.At.UTC().Format("2006-01-02T15:04:05.000Z"), "place": made.Place, "name": made.Name, "size": made.Size}
	if err := k.call(ctx, http.MethodPost, "/console/api/backups/kept", note, nil); err != nil {
		return err
	}
	return p.showBackup(ctx, k, o, made)
}

// fetch has a backup made and streamed into a file.
func (p *Program) fetch(ctx context.Context, k *remote, l keep.Lock, withoutKey bool, path string) (s keep.Sealed, made keptBackup, err error) {
	in := struct {
		keep.Lock
		WithoutKey bool `json:"withoutMasterKey"`
	}{l, withoutKey}
	body, err := asBody(in)
	if err != nil {
		return s, made, err
	}
	res, err := k.open(ctx, http.MethodPost, "/console/api/backups", "application/json", body)
	if err != nil {
		return s, made, err
	}
	defer res.Body.Close()
	bar := p.byteBar("Backing up")
	s, err = keep.Spool(path, func(w io.Writer) error {
		_, err := io.Copy(io.MultiWriter(w, bar), res.Body)
		return err
	})
	bar.Finish()
	if err != nil {
		return s, made, &problem{fmt.Errorf("the backup broke off: %w", err), "the server's log says why; nothing was kept of it", failed}
	}
	made = keptBackup{Name: res.Header.Get(apis.BackupName), Size: s.Size, SHA256: s.SHA, WithKey: !withoutKey}
	made.At, err = time.Parse(time.RFC3339Nano, res.Header.Get(apis.BackupAt))
	return s, made, err
}

// byteBar is a bar of bytes for people at a terminal; to others it says nothing.
func (p *Program) byteBar(what string) *progressbar.ProgressBar {
	out := p.Stderr
	if !terminal(p.Stderr) {
		out = io.Discard
	}
	return progressbar.NewOptions64(-1, progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(what),
		progressbar.OptionShowBytes(true), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetSpinnerChangeInterval(0)) // it moves with the bytes: the library's own ticker draws without its lock
}

func (p *Program) showBackup(ctx context.Context, k *remote, o backupOptions, made keptBackup) error {
	var lost map[string]int
	if o.withoutKey {
		if err := k.call(ctx, http.MethodGet, "/console/api/secrets", nil, &lost); err != nil {
			return err
		}
	}
	if o.asJSON {
		return p.printJSON(struct {
			keptBackup
			Lost map[string]int `json:"lostWithoutMasterKey,omitempty"`
		}{made, lost})
	}
	fmt.Fprintf(p.Stdout, "%s\n", pathOf(made))
	fmt.Fprintf(p.Stderr, "%d bytes, read back; ", made.Size)
	if made.Checked == "contents" {
		fmt.Fprintln(p.Stderr, "decrypted, its data opened and checked.")
	} else {
		fmt.Fprintf(p.Stderr, "to check what is inside:\n  %s backup verify %s --identity FILE\n", p.Name, quote(pathOf(made)))
	}
	if o.withoutKey {
		fmt.Fprintf(p.Stderr, "The master key is not in it. Without that key these can never be read again: %s.\n"+
			"What needs only a hash goes on: passwords, and API keys used by Basic authentication.\n", lostText(lost))
	}
	return nil
}

func pathOf(b keptBackup) string {
	if strings.HasPrefix(b.Place, "s3://") {
		return b.Place + b.Name
	}
	return filepath.Join(b.Place, b.Name)
}

// lostText names secrets by their nouns.
func lostText(lost map[string]int) string {
	if len(lost) == 0 {
		return "no secret, as there is none yet"
	}
	var parts []string
	for _, noun := range slices.Sorted(maps.Keys(lost)) {
		parts = append(parts, fmt.Sprintf("%d of %s", lost[noun], noun))
	}
	return "secrets, " + strings.Join(parts, ", ")
}

// backupLock is for whom a backup is encrypted: flags before settings, and these
// before a question.
func (p *Program) backupLock(c config, o backupOptions) (l keep.Lock, err error) {
	if l, err = o.lock(); err != nil {
		return l, err
	}
	if l.IsZero() {
		if l, err = c.Backup.lock(); err != nil {
			return l, err
		}
	}
	if l.IsZero() && terminal(p.Stdin) {
		if l.Passphrase, err = p.askPassphrase(true); err != nil {
			return l, err
		}
	}
	if err := l.Check(); err != nil {
		return l, wrongUse("give --recipient age1…, --recipients-file, --passphrase-file, or "+passVariable, "%w", err)
	}
	return l, nil
}

// askPassphrase asks at the terminal, twice where it is a new one.
func (p *Program) askPassphrase(isNew bool) (string, error) {
	f := p.Stdin.(*os.File)
	prompts := []string{"Passphrase of the backup: ", "Once more: "}
	if !isNew {
		prompts = prompts[:1]
	}
	var typed []string
	for _, prompt := range prompts {
		fmt.Fprint(p.Stderr, prompt)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(p.Stderr)
		if err != nil {
			return "", err
		}
		typed = append(typed, string(b))
	}
	if typed[0] != typed[len(typed)-1] {
		return "", &problem{errors.New("the two passphrases differ"), "run the command again", failed}
	}
	return typed[0], nil
}

// explainBackup says in words of the command line what is wrong with a backup or its
// place.
func explainBackup(err error) error {
	if _, ok := errors.AsType[*problem](err); ok || err == nil {
		return err
	}
	hint := ""
	switch {
	case errors.Is(err, keep.ErrCannotOpen):
		hint = "give the identity (--identity) or the passphrase (--passphrase-file) for which it was made"
	case errors.Is(err, keep.ErrNotWhole), errors.Is(err, store.ErrDamaged):
		hint = "take another backup; nothing was changed"
	case errors.Is(err, keep.ErrNewer):
		hint = "use that program"
	case errors.Is(err, fs.ErrExist):
		hint = "name another file; no backup is ever written over"
	case errors.Is(err, fs.ErrNotExist):
		hint = "name a backup that is there"
	case errors.Is(err, fs.ErrPermission):
		hint = "use a place that may be read and written; an S3 service takes AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
	default:
		if _, ok := errors.AsType[*fs.PathError](err); !ok {
			return err
		}
		hint = "name a place that can be read and written"
	}
	return &problem{err, hint, failed}
}
