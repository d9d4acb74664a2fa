package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/store"
)

// restoreOptions are the flags of restore.
type restoreOptions struct {
	keyOptions
	keepSessions, force, newKey, asJSON bool
}

func (p *Program) restoreCommand() *cobra.Command {
	var o restoreOptions
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the data",
		Long: "Put a backup in the place of the data. The server must be stopped. All of the backup\n" +
			"is checked before anything is replaced, and what is replaced is moved aside, inside\n" +
			"the data folder. Whenever it is killed, either is whole, and the next start goes on.\n\n" +
			"Sessions, codes and mailed links from before the backup end, unless --keep-sessions\n" +
			"says otherwise; that is audited.",
		Example: p.examples("restore FILE.age --identity key.txt --data /var/lib/stormkeep",
			"restore s3://bucket/prefix/FILE.age --passphrase-file FILE --force"),
	}
	o.flags(cmd)
	cmd.Flags().BoolVar(&o.keepSessions, "keep-sessions", false, "let what was given before the backup go on working")
	cmd.Flags().BoolVar(&o.force, "force", false, "move data that are there aside")
	cmd.Flags().BoolVar(&o.newKey, "without-master-key", false, "the master key is lost: make a new one, and lose what the old one sealed")
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print what was done as JSON")
	cmd.Args = cobra.ExactArgs(1)
	return p.action(cmd, append([]string{"data", "log-level", "config"}, bucketNames...), func(ctx context.Context, c config, args []string) error {
		return p.restore(ctx, c, o, args[0])
	})
}

func (p *Program) restore(ctx context.Context, c config, o restoreOptions, from string) error {
	if err := makeFolder(c.Data); err != nil {
		return err
	}
	if err := p.finishRestore(c); err != nil {
		return explain(err, c.Data)
	}
	if err := p.mayReplace(c, o.force); err != nil {
		return err
	}
	_, _, r, err := openBackup(ctx, c, from)
	if err != nil {
		return err
	}
	defer r.Close()
	k, err := p.key(c, o.keyOptions)
	if err != nil {
		return err
	}
	f, err := p.folder(c)
	if err != nil {
		return err
	}
	bar := p.byteBar("Reading")
	s, err := f.Stage(ctx, io.TeeReader(r, bar), k, keep.Options{KeepSessions: o.keepSessions, NewKey: o.newKey})
	bar.Finish()
	if err != nil {
		return p.explainRestore(err, c)
	}
	if s, err = f.Apply(); err != nil {
		return explain(err, c.Data)
	}
	return p.showRestore(c, o, s)
}

// mayReplace refuses data that a server lives on, and data that nobody said should
// go.
func (p *Program) mayReplace(c config, force bool) error {
	e, there := engineOf(c.Data)
	if !there {
		return nil
	}
	s, err := e.open(filepath.Join(c.Data, e.file))
	if err == nil {
		err = s.Close()
	}
	if errors.Is(err, store.ErrLocked) {
		return explain(err, c.Data)
	}
	if !force {
		return &problem{fmt.Errorf("%s holds data", c.Data),
			"name another folder with --data, or say --force: what is there is moved aside, into that folder", failed}
	}
	return nil
}

func (p *Program) explainRestore(err error, c config) error {
	if missing, ok := errors.AsType[*keep.KeyMissingError](err); ok {
		text := "the backup holds no master key, and " + filepath.Join(c.Data, keyFile) + " is not there"
		if missing.Err != nil {
			text = "the backup holds no master key, and the one that is there does not fit: " + cause(missing.Err, core.ErrNoMaster)
		}
		return &problem{inWords{text, err}, "put the master key " + missing.KeyID + " there, or into " + masterVariable +
			". If it is lost: --without-master-key makes a new one, and these are gone for good: " + lostText(missing.Lost), failed}
	}
	if errors.Is(err, core.ErrNoMaster) {
		return &problem{err, "unset " + masterVariable + ", or set it to the key of the backup", failed}
	}
	if errors.Is(err, core.ErrNewerForm) {
		return &problem{err, "the backup is of a newer version: use that one", failed}
	}
	return explain(explainBackup(err), c.Data)
}

func (p *Program) showRestore(c config, o restoreOptions, s *keep.Staged) error {
	if s == nil { // a server started in between, and did it
		s = &keep.Staged{}
	}
	if o.asJSON {
		return p.printJSON(s)
	}
	fmt.Fprintf(p.Stderr, "Restored into %s: the data of %s, %d tenants.\n", c.Data, s.Manifest.CreatedAt.Format("2006-01-02 15:04:05Z"), s.Manifest.Tenants)
	if s.KeepSessions {
		fmt.Fprintln(p.Stderr, "What was given before the backup goes on working.")
	} else {
		fmt.Fprintln(p.Stderr, "Sessions, codes and mailed links from before the backup have ended.")
	}
	if o.newKey {
		fmt.Fprintf(p.Stderr, "A new master key was made. Gone for good: %s.\n"+
			"Passwords, and API keys used by Basic authentication, go on. Signed requests need new keys.\n", lostText(s.Lost))
	}
	if s.Replaced != "" {
		fmt.Fprintf(p.Stderr, "What was there lies in %s.\n", filepath.Join(c.Data, s.Replaced))
	}
	fmt.Fprintf(p.Stderr, "\nTo go on:\n  %s serve --data %s\n", p.Name, quote(c.Data))
	return nil
}
