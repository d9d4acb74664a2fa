package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core"
)

func (p *Program) exportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write a tenant's records as lines of JSON",
		Long: "Write a tenant's records as lines of JSON, for import.\n\n" +
			"Passwords, API keys and other secrets come along with --with-secrets only, and then\nthe whole is encrypted with age. The audit log, events and jobs never do. Of a server\n" +
			"that is in use the export is no single moment: what changes meanwhile may be in it or not.",
		Example: p.examples("export --to acme.jsonl", "export --to all.age --with-secrets --with-operators --recipient age1…",
			"export --tenant acme | gzip > acme.jsonl.gz"),
		Args: cobra.NoArgs,
	}
	f := cmd.Flags()
	f.String("to", "-", "FILE to write; - is the standard output")
	f.Bool("with-secrets", false, "take along hashes of passwords, API keys and what is sealed")
	f.Bool("with-operators", false, "take along the administrators and who of them may what")
	var lock lockOptions
	lock.flags(cmd)
	f.Bool("resume", false, "continue a file that was cut off, at its last whole line")
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error {
		x := &exporting{k: k, tally: newTally(), bar: p.progress("exporting", 0), lock: lock}
		return p.export(ctx, cmd, x)
	})
}

// exporting is an export under way.
type exporting struct {
	k       *remote
	query   url.Values
	header  transferHeader
	after   string
	tally   *tally
	bar     progress
	resumed bool
	lock    lockOptions
}

func (p *Program) export(ctx context.Context, cmd *cobra.Command, x *exporting) (err error) {
	flags := cmd.Flags()
	x.header.Secrets, _ = flags.GetBool("with-secrets")
	x.header.Operators, _ = flags.GetBool("with-operators")
	resume, _ := flags.GetBool("resume")
	to, _ := flags.GetString("to")
	keys, err := x.lock.given()
	switch {
	case err != nil:
		return err
	case x.header.Secrets && len(keys) == 0:
		return wrongUse("give --recipient age1… (age-keygen makes one) or --passphrase-file", "secrets are not written in the clear")
	case resume && len(keys) > 0:
		return wrongUse("delete the file and export again", "what is encrypted cannot be continued")
	case resume && to == "-":
		return wrongUse("name it with --to", "only a file can be continued")
	}
	x.query = url.Values{"secrets": {strconv.FormatBool(x.header.Secrets)}, "operators": {strconv.FormatBool(x.header.Operators)}}
	out := io.Writer(p.Stdout)
	if to != "-" {
		file, err := x.file(to, resume)
		if err != nil {
			return err
		}
		if file == nil {
			fmt.Fprintf(p.Stderr, "%s is whole already: %d records\n", to, x.tally.total)
			return nil
		}
		defer func() { err = errors.Join(err, file.Sync(), file.Close()) }()
		out = file
	}
	buffered := bufio.NewWriterSize(out, 256<<10)
	if err := x.write(ctx, buffered, keys); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	if asJSON, _ := flags.GetBool("json"); asJSON && to != "-" {
		return p.printJSON(x.tally.end())
	}
	fmt.Fprintf(p.Stderr, "exported %d records\n", x.tally.total)
	return nil
}

// file opens the file to write, at the place where it goes on. It is nil where nothing
// is missing.
func (x *exporting) file(name string, resume bool) (*os.File, error) {
	if !resume {
		f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) {
			return nil, &problem{fmt.Errorf("%s is there already", name), "name another file, or continue it with --resume", failed}
		}
		if err != nil {
			return nil, unreadable(err)
		}
		return f, nil
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0o600)
	if err != nil {
		return nil, unreadable(err)
	}
	size, whole, err := x.reread(f)
	if err == nil && !whole {
		err = f.Truncate(size)
	}
	if err == nil && !whole {
		_, err = f.Seek(size, io.SeekStart)
	}
	if err != nil || whole {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// reread takes what a file that was cut off holds, and tells how long its whole lines
// are, or that it has its end.
func (x *exporting) reread(f io.Reader) (size int64, whole bool, err error) {
	r, err := openTransfer(f)
	cannot := func(err error) error {
		return &problem{fmt.Errorf("the file cannot be continued: %w", err), "delete it and export again", failed}
	}
	if err != nil {
		return 0, false, cannot(err)
	}
	if r.header.Secrets != x.header.Secrets || r.header.Operators != x.header.Operators {
		return 0, false, cannot(errors.New("it was begun with other options"))
	}
	head, err := json.Marshal(r.header)
	if err != nil {
		return 0, false, err
	}
	size = int64(len(head)) + 1
	x.header, x.tally, x.resumed = r.header, r.tally, true
	x.k.tenant = r.header.Tenant.ID
	for {
		line, t, err := r.next()
		switch {
		case err == io.EOF:
			return size, true, nil
		case errors.Is(err, errCut):
			return size, false, nil
		case err != nil:
			return 0, false, cannot(err)
		}
		size += int64(len(line)) + 1
		x.after = t.Kind + "/" + t.ID
	}
}

// write writes the file, encrypted if there is somebody to open it.
func (x *exporting) write(ctx context.Context, out io.Writer, keys []age.Recipient) error {
	if len(keys) == 0 {
		return x.lines(ctx, out)
	}
	sealed, err := age.Encrypt(out, keys...)
	if err != nil {
		return err
	}
	if err := x.lines(ctx, sealed); err != nil {
		return err
	}
	return sealed.Close()
}

func (x *exporting) lines(ctx context.Context, out io.Writer) error {
	for first := true; ; first = false {
		var page struct {
			Form    int               `json:"form"`
			Next    string            `json:"next"`
			Tenant  exportedTenant    `json:"tenant"`
			Counts  map[string]int    `json:"counts"`
			Records []json.RawMessage `json:"records"`
		}
		x.query.Set("after", x.after)
		if err := x.k.call(ctx, http.MethodGet, "/console/api/export?"+x.query.Encode(), nil, &page); err != nil {
			return err
		}
		if first && !x.resumed {
			x.header.Stormkeep, x.header.Form, x.header.Tenant, x.header.Counts = "export", page.Form, page.Tenant, page.Counts
			x.header.At = core.At(time.Now())
			if err := writeLine(out, x.header); err != nil {
				return err
			}
		}
		for _, line := range page.Records {
			var t transferred
			if err := json.Unmarshal(line, &t); err != nil {
				return err
			}
			x.tally.add(t.Kind, line)
			if _, err := out.Write(append(line, '\n')); err != nil {
				return err
			}
		}
		x.bar.to(x.tally.total)
		if x.after = page.Next; x.after == "" {
			x.bar.end()
			return writeLine(out, x.tally.end())
		}
	}
}

func writeLine(out io.Writer, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = out.Write(append(b, '\n'))
	return err
}
