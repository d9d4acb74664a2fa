package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"unicode"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core"
)

func (p *Program) importCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Read the records of an export, or accounts of another system",
		Long: "Read the records of an export. Each line is checked; the others are read when one is\nrefused. What is there already and the same is done, so that an import that was broken\n" +
			"off is run again. A file that was cut off is told before anything is written; of the\nstandard input, -, at its end.\n\n" +
			"Into a tenant that nobody has used, with --with-operators, the exported tenant comes in\nits place, with its id, its administrators and their keys.",
		Example: p.examples("import acme.jsonl --dry-run", "import all.age --with-operators --identity key.txt",
			"import accounts people.csv --directory \"My Application Directory\""),
		Args: cobra.ExactArgs(1),
	}
	f := cmd.Flags()
	importFlags(cmd, "fail", "fail refuses it, skip leaves what is there, replace puts the line's in its place")
	f.Bool("with-operators", false, "take along the administrators and who of them may what")
	var o keyOptions
	o.flags(cmd)
	p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		return p.importRecords(ctx, cmd, k, o, args[0])
	})
	cmd.AddCommand(p.importAccountsCommand(), p.importDjangoCommand())
	return cmd
}

// importFlags are those of both imports.
func importFlags(cmd *cobra.Command, conflict, help string) {
	f := cmd.Flags()
	f.Bool("dry-run", false, "write nothing, and say what would be done")
	f.String("on-conflict", conflict, "of what is there already and is another: "+help)
	f.Bool("progress", false, "say on lines how far it is, which a person at a terminal sees anyway")
	f.Bool("events", false, "tell hooks and webhooks of every record")
}

// rehearse has all that follows be done on a copy that is thrown away, where --dry-run
// says so.
func (p *Program) rehearse(ctx context.Context, cmd *cobra.Command, k *remote) (dry bool, done func() error, err error) {
	done = func() error { return nil }
	if dry, _ = cmd.Flags().GetBool("dry-run"); !dry {
		return dry, done, nil
	}
	var made struct {
		ID string `json:"id"`
	}
	if err := k.call(ctx, http.MethodPost, "/console/api/rehearsals", struct{}{}, &made); err != nil {
		return dry, done, err
	}
	k.trial = made.ID
	return dry, func() error {
		return k.call(context.WithoutCancel(ctx), http.MethodDelete, "/console/api/rehearsals/"+made.ID, nil, nil)
	}, nil
}

func (p *Program) importRecords(ctx context.Context, cmd *cobra.Command, k *remote, o keyOptions, name string) (err error) {
	flags := cmd.Flags()
	operators, _ := flags.GetBool("with-operators")
	conflict, _ := flags.GetString("on-conflict")
	events, _ := flags.GetBool("events")
	in, total, err := p.input(name, func(in io.Reader) (int, error) { return checkTransfer(in, o.given) })
	if err != nil {
		return err
	}
	defer in.Close()
	plain, _, err := opened(in, o.given)
	if err != nil {
		return badFile(name, err)
	}
	r, err := openTransfer(plain)
	if err != nil {
		return badFile(name, err)
	}
	line, first, err := r.next()
	if err != nil && err != io.EOF {
		return badFile(name, err)
	}
	defer p.seldomCollect(k)()
	dry, done, err := p.rehearse(ctx, cmd, k)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	var tenant json.RawMessage
	if first.Kind == "tenants" {
		tenant = line
	}
	var to core.ImportTarget
	if err := k.call(ctx, http.MethodPost, "/console/api/import/target",
		map[string]any{"form": r.header.Form, "tenant": tenant, "operators": operators}, &to); err != nil {
		return err
	}
	k.tenant = string(to.Tenant)
	b := &batches{k: k, lines: 2000, bar: p.progressOf(cmd, "importing", total), path: "/console/api/import?" + url.Values{
		"onConflict": {conflict}, "operators": {strconv.FormatBool(operators)},
		"settings": {strconv.FormatBool(to.Settings)}, "events": {strconv.FormatBool(events)}}.Encode()}
	for err == nil && line != nil {
		if err = b.add(ctx, r.number, line); err == nil {
			line, _, err = r.next()
		}
	}
	if err == io.EOF {
		err = nil
	}
	if err != nil {
		return badFile(name, errors.Join(err, b.wait()))
	}
	if err := b.flush(ctx); err != nil {
		return err
	}
	if err := b.wait(); err != nil {
		return err
	}
	if to.Replaced && !dry {
		fmt.Fprintf(p.Stderr, "the tenant is now %s; its administrators and keys are those of the file\n", plainText(r.header.Tenant.Key))
	}
	return p.tell(cmd, b, dry)
}

// checkTransfer reads a whole file, and tells how many records it has.
func checkTransfer(in io.Reader, keys func() ([]age.Identity, error)) (int, error) {
	plain, _, err := opened(in, keys)
	if err != nil {
		return 0, err
	}
	r, err := openTransfer(plain)
	if err != nil {
		return 0, err
	}
	for {
		if _, _, err := r.next(); err == io.EOF {
			return r.tally.total, nil
		} else if err != nil {
			return 0, err
		}
	}
}

// input opens a file, or the standard input for "-". A file is first read by check.
func (p *Program) input(name string, check func(io.Reader) (int, error)) (in io.ReadCloser, total int, err error) {
	if name == "-" {
		return io.NopCloser(p.Stdin), 0, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, unreadable(err)
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		total, err = check(f)
		if err == nil {
			_, err = f.Seek(0, io.SeekStart)
		}
		if err != nil {
			f.Close()
			return nil, 0, badFile(name, err)
		}
	}
	return f, total, nil
}

// badFile is what is wrong with an export.
func badFile(name string, err error) error {
	return badInput(name, err, "take a whole file that stormkeep export wrote; what was read before is kept, and is not read twice")
}

// badInput is what is wrong with a file, and what to take instead, unless the error says
// so itself.
func badInput(name string, err error, hint string) error {
	if _, ok := errors.AsType[*problem](err); ok {
		return err
	}
	return &problem{fmt.Errorf("%s: %w", name, err), hint, failed}
}

// plainText is text of a file as a terminal may show it: control characters would make
// it something else.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '\uFFFD'
	}, s)
}
