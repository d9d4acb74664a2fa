package cli

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/knadh/koanf/v2"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/store"
)

// bucketNames and backupNames are the settings of keeping: those of an S3 service,
// and all.
var (
	bucketNames = []string{"s3-endpoint", "s3-region", "s3-path-style"}
	backupNames = append([]string{"backup-to", "backup-every", "backup-keep", "backup-recipient", "backup-passphrase-file"}, bucketNames...)
)

// backupConfig is the settings of backups.
type backupConfig struct {
	To, Every, Keep string // as they are written; "" for none
	Recipients      string // separated by commas
	PassphraseFile  string
	Passphrase      string // of the environment

	Bucket keep.Bucket
}

func backupSettings(all *koanf.Koanf, environ []string) backupConfig {
	b := backupConfig{To: all.String("backup-to"), Every: all.String("backup-every"), Keep: all.String("backup-keep"),
		Recipients: all.String("backup-recipient"), PassphraseFile: all.String("backup-passphrase-file")}
	b.Passphrase, _ = lookup(environ, passVariable)
	b.Bucket = keep.Bucket{Endpoint: all.String("s3-endpoint"), Region: all.String("s3-region")}
	b.Bucket.PathStyle, _ = strconv.ParseBool(all.String("s3-path-style"))
	return b
}

func (c config) bucket() keep.Bucket { return c.Backup.Bucket }

func checkPlace(value string) error {
	if strings.HasSuffix(value, ".age") {
		return errors.New("is a file: each backup gets a name of its own in a folder or bucket")
	}
	_, _, err := keep.ParsePlace(value, keep.Bucket{})
	return err
}

func checkSchedule(value string) error {
	_, err := keep.ParseSchedule(value)
	return err
}

func checkRetention(value string) error {
	_, err := keep.ParseRetention(value)
	return err
}

func checkRecipients(value string) error { return keep.Lock{Recipients: listed(value)}.Check() }

func checkSwitch(value string) error {
	if value != "true" && value != "false" {
		return errors.New("is neither true nor false")
	}
	return nil
}

// lock is for whom the settings encrypt backups; zero where they do not say.
func (b backupConfig) lock() (l keep.Lock, err error) {
	switch {
	case b.Recipients != "" && b.PassphraseFile != "":
		return l, wrongUse("set one of the two", "--backup-recipient and --backup-passphrase-file are both set")
	case b.Recipients != "":
		return keep.Lock{Recipients: listed(b.Recipients)}, nil
	case b.PassphraseFile != "":
		l.Passphrase, err = readPassphrase(b.PassphraseFile)
		return l, err
	}
	return keep.Lock{Passphrase: b.Passphrase}, nil
}

// keeper is who keeps the data of a folder for an app.
func (p *Program) keeper(app *core.App, c config) (*keep.Keeper, error) {
	folder, err := p.folder(c)
	if err != nil {
		return nil, err
	}
	k := &keep.Keeper{App: app, Folder: folder}
	if c.Backup.To != "" {
		if k.Place, _, err = keep.ParsePlace(c.Backup.To, c.bucket()); err != nil {
			return nil, err
		}
	}
	if c.Backup.Every == "" {
		return k, nil
	}
	if c.Backup.To == "" {
		return nil, wrongUse("set --backup-to as well", "--backup-every is set, and no place for backups is")
	}
	if k.Schedule, err = keep.ParseSchedule(c.Backup.Every); err != nil {
		return nil, err
	}
	if k.Retention, err = keep.ParseRetention(c.Backup.Keep); err != nil {
		return nil, err
	}
	if k.Lock, err = c.Backup.lock(); err != nil {
		return nil, err
	}
	if err := k.Lock.Check(); err != nil {
		return nil, wrongUse("set --backup-recipient, --backup-passphrase-file, or "+passVariable, "--backup-every: %w", err)
	}
	return k, nil
}

// folder is the data folder as restores see it.
func (p *Program) folder(c config) (keep.Folder, error) {
	ring, err := ringOf(c)
	dir, absErr := filepath.Abs(c.Data)
	return keep.Folder{Dir: dir, Engine: engines[0].open, Ring: ring, Now: time.Now, App: p.unstarted}, errors.Join(err, absErr)
}

// unstarted is an app on a store with all nouns of this program.
func (p *Program) unstarted(s store.Store) (*core.App, error) {
	in := &instance{App: core.New(s)}
	return in.App, p.build(in, apis.Options{PublicURL: localURL("")})
}

// finishRestore does a restore that was staged, or goes on with one that died,
// before anything is opened.
func (p *Program) finishRestore(c config) error {
	f, err := p.folder(c)
	if err != nil {
		return err
	}
	s, err := f.Apply()
	if err != nil || s == nil {
		return err
	}
	log := newLog(p.Stderr, p.Env, c.level())
	log.Warn("a staged restore took the place of the data", "takenAt", s.Manifest.CreatedAt, "replaced", s.Replaced)
	return nil
}

// keepBackups makes the scheduled backups until ctx ends; what it returns waits for
// the one that is being made.
func (in *instance) keepBackups(ctx context.Context) (wait func()) {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		in.keeper.Run(ctx)
	}()
	return func() { <-ended }
}
