package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core/keep"
)

// key is what opens a backup: flags before settings, and these before a question.
func (p *Program) key(c config, o keyOptions) (k keep.Key, err error) {
	if k, err = o.key(); err != nil || !k.IsZero() {
		return k, err
	}
	switch {
	case c.Backup.PassphraseFile != "":
		k.Passphrase, err = readPassphrase(c.Backup.PassphraseFile)
	case c.Backup.Passphrase != "":
		k.Passphrase = c.Backup.Passphrase
	case terminal(p.Stdin):
		k.Passphrase, err = p.askPassphrase(false)
	default:
		err = wrongUse("give --identity FILE, --passphrase-file FILE, or "+passVariable, "to open a backup takes its passphrase or an identity")
	}
	return k, err
}

// openBackup opens the file that a command names.
func openBackup(ctx context.Context, c config, from string) (place keep.Place, name string, r io.ReadCloser, err error) {
	place, name, err = keep.ParsePlace(from, c.bucket())
	if err == nil && name == "" {
		err = errors.New("the name of a backup ends in .age")
	}
	if err != nil {
		return nil, "", nil, wrongUse("name a file, or s3://BUCKET/PREFIX/FILE.age", "%s: %w", from, err)
	}
	r, err = place.Open(ctx, name)
	return place, name, r, explainBackup(err)
}

func (p *Program) verifyCommand() *cobra.Command {
	var o keyOptions
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify FILE",
		Short: "Decrypt a backup and check everything in it",
		Long: "Decrypt a backup and check everything in it: each byte is authentic, the data open,\n" +
			"every page of them is sound, and the master key, if it is inside, is theirs. Nothing\n" +
			"is changed; a copy of the data lies in the temporary folder meanwhile.",
		Example: p.examples("backup verify FILE.age --identity key.txt", "backup verify s3://bucket/prefix/FILE.age --passphrase-file FILE"),
	}
	o.flags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what it says of itself as JSON")
	cmd.Args = cobra.ExactArgs(1)
	return p.action(cmd, append([]string{"config"}, bucketNames...), func(ctx context.Context, c config, args []string) error {
		return p.verify(ctx, c, o, args[0], asJSON)
	})
}

func (p *Program) verify(ctx context.Context, c config, o keyOptions, from string, asJSON bool) error {
	_, _, r, err := openBackup(ctx, c, from)
	if err != nil {
		return err
	}
	defer r.Close()
	k, err := p.key(c, o)
	if err != nil {
		return err
	}
	bar := p.byteBar("Verifying")
	m, err := keep.Verify(ctx, io.TeeReader(r, bar), k, "", engines[0].open)
	bar.Finish()
	if err != nil {
		return explainBackup(err)
	}
	if asJSON {
		return p.printJSON(m)
	}
	with := "with its master key"
	if !m.WithKey {
		with = "without the master key " + m.KeyID
	}
	fmt.Fprintf(p.Stdout, "whole: made %s, %d tenants, %d bytes of data, %s\n", m.CreatedAt.Format("2006-01-02 15:04:05Z"), m.Tenants, m.Size, with)
	return nil
}

// asBody is what a command sends as JSON.
func asBody(v any) (io.Reader, error) {
	b, err := json.Marshal(v)
	return bytes.NewReader(b), err
}
