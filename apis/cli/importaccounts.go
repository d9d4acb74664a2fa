package cli

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/apis/rows"
	"github.com/stormkeep/stormkeep/core"
)

func (p *Program) importAccountsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "accounts FILE",
		Short: "Make accounts from a table (CSV) or from lines of JSON",
		Long: "Make accounts from a table (CSV with a header) or from lines of JSON.\n\n" +
			"The fields are " + strings.Join(rows.Fields, ", ") + "\nand customData.NAME. A passwordHash is kept as it is, until its owner signs in; a password\n" +
			"in the clear is hashed, some dozens a second. What is there already is skipped, so that\nan import that was broken off is run again.",
		Example: p.examples("import accounts people.csv --directory \"My Application Directory\" --dry-run",
			"import accounts people.jsonl --directory Staff --map email=mail,customData.plan=tier --rejects rejects.csv"),
		Args: cobra.ExactArgs(1),
	}
	importFlags(cmd, "skip", "skip leaves what is there, fail refuses the line, update puts what it has into it")
	f := cmd.Flags()
	f.String("directory", "", "id, href or name of the directory they come into")
	f.StringToString("map", nil, "our field = the file's name of it; several with commas")
	f.String("groups", "", "the file's name of the column of groups, with ; between them; those that are not there are made")
	f.String("format", "any", "of hashes: any that can be verified, or mcf for bcrypt and stormpath2 only")
	f.String("rejects", "", "FILE to write what was refused to, as a table of line, account and reason")
	return p.tool(cmd, func(ctx context.Context, k *remote, args []string) error {
		return p.importAccounts(ctx, cmd, k, args[0])
	})
}

// importTarget is the directory that accounts come into.
type importTarget struct {
	ID                    string `json:"id"`
	EmailUnique           bool   `json:"emailUnique"`
	UsernameCaseSensitive bool   `json:"usernameCaseSensitive"`
}

// newIngest prepares an import into a directory, as the flags of its command say.
func newIngest(cmd *cobra.Command, k *remote, dir importTarget, mcf bool) (x *ingest, end func() error, err error) {
	conflict, _ := cmd.Flags().GetString("on-conflict")
	events, _ := cmd.Flags().GetBool("events")
	x = &ingest{unique: dir.EmailUnique, exact: dir.UsernameCaseSensitive}
	x.b = &batches{k: k, lines: 5000, path: "/console/api/import/accounts?" + url.Values{"directory": {dir.ID},
		"onConflict": {conflict}, "events": {strconv.FormatBool(events)}, "mcf": {strconv.FormatBool(mcf)}}.Encode()}
	end = x.sorted.close
	if file, _ := cmd.Flags().GetString("rejects"); file != "" {
		written, err := x.b.rejects(file)
		if err != nil {
			return nil, nil, err
		}
		end = func() error { return errors.Join(written(), x.sorted.close()) }
	}
	return x, end, nil
}

// ingest is an import of accounts on its way: they are read, sorted, and sent.
type ingest struct {
	b      *batches
	sorted sorter
	total  int
	plain  int // passwords in the clear
	unique bool
	exact  bool // user names are compared as they are

	// finish, if set, makes the line that is sent of the one that was sorted.
	finish func(line []byte) ([]byte, error)
}

func (p *Program) importAccounts(ctx context.Context, cmd *cobra.Command, k *remote, name string) (err error) {
	flags := cmd.Flags()
	directory, _ := flags.GetString("directory")
	format, _ := flags.GetString("format")
	names, _ := flags.GetStringToString("map")
	switch {
	case directory == "":
		return wrongUse("name it with --directory", "which directory do they come into?")
	case format != "any" && format != "mcf":
		return wrongUse("give any or mcf", "--format %s is not known", format)
	}
	if column, _ := flags.GetString("groups"); column != "" {
		if names == nil {
			names = map[string]string{}
		}
		names["groups"] = column
	}
	in, _, err := p.input(name, func(io.Reader) (int, error) { return 0, nil })
	if err != nil {
		return err
	}
	defer in.Close()
	defer p.seldomCollect(k)()
	dry, done, err := p.rehearse(ctx, cmd, k)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	var dir importTarget
	if err := k.call(ctx, http.MethodGet, "/console/api/import/accounts?"+url.Values{"directory": {directory}}.Encode(), nil, &dir); err != nil {
		return err
	}
	x, end, err := newIngest(cmd, k, dir, format == "mcf")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if err := p.read(x, in, name, names); err != nil {
		return err
	}
	x.b.bar = p.progressOf(cmd, "importing", x.total)
	if x.plain > 0 && !dry {
		x.b.lines = 200
		fmt.Fprintf(p.Stderr, "%d passwords are in the clear and are hashed first, which is slow\n", x.plain)
	}
	if err := errors.Join(x.send(ctx), x.b.wait()); err != nil {
		return err
	}
	return p.tell(cmd, x.b, dry)
}

// read reads and sorts the file.
func (p *Program) read(x *ingest, in io.Reader, name string, names map[string]string) error {
	file, err := rows.Open(in, names)
	if err != nil {
		return badTable(name, withHint(err))
	}
	for {
		acc, number, err := file.Next()
		if err == io.EOF {
			break
		}
		if bad, ok := errors.AsType[*rows.Error](err); ok {
			if err := x.b.refuse(core.Refusal{Line: number, What: acc.Known(), Why: bad.Why}); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return badTable(name, err)
		}
		if acc.Password != "" {
			x.plain++
		}
		line, err := json.Marshal(acc)
		if err != nil {
			return badTable(name, fmt.Errorf("line %d: %w", number, err))
		}
		x.total++
		if err := x.sorted.add(number, x.key(acc), line); err != nil {
			return err
		}
	}
	if len(file.Ignored) > 0 {
		fmt.Fprintf(p.Stderr, "not imported: %s (see --map)\n", plainText(strings.Join(file.Ignored, ", ")))
	}
	return nil
}

// withHint tells how to name fields and columns.
func withHint(err error) error {
	if _, ok := errors.AsType[*rows.NoField](err); ok {
		return wrongUse("the fields are "+strings.Join(rows.Fields, ", ")+" and customData.NAME", "%s", plainText(err.Error()))
	}
	if _, ok := errors.AsType[*rows.NoNames](err); ok {
		return wrongUse("name the column with --map email=COLUMN", "%s", plainText(err.Error()))
	}
	return err
}

// key is what the directory knows the account by: the folded address where it is
// unique, else the name.
func (x *ingest) key(acc core.ImportedAccount) string {
	switch {
	case acc.Email != "" && (x.unique || acc.Username == ""):
		return core.Fold(acc.Email)
	case x.exact:
		return "\x00" + acc.Username
	}
	return "\x00" + core.Fold(acc.Username)
}

// send sends the lines in order, of those with the same key the first only.
func (x *ingest) send(ctx context.Context) error {
	last, first := "", 0
	err := x.sorted.each(func(l sortedLine) error {
		named := len(l.key) > 0 && l.key[0] == 0
		if first > 0 && last == string(l.key) && (named || x.unique) {
			if err := x.b.wait(); err != nil { // it counts too
				return err
			}
			return x.b.refuse(core.Refusal{Line: l.number, What: strings.TrimPrefix(last, "\x00"), Why: fmt.Sprintf("Its e-mail or user name is that of %s %d.", x.b.unit(), first)})
		}
		last, first = string(l.key), l.number
		line := l.line
		if x.finish != nil {
			var err error
			if line, err = x.finish(line); err != nil {
				bad, ok := errors.AsType[*rows.Error](err)
				if !ok {
					return err
				}
				if err := x.b.wait(); err != nil {
					return err
				}
				return x.b.refuse(core.Refusal{Line: l.number, What: strings.TrimPrefix(last, "\x00"), Why: bad.Why})
			}
		}
		return x.b.add(ctx, l.number, line)
	})
	if err != nil {
		return err
	}
	return x.b.flush(ctx)
}

func badTable(name string, err error) error {
	return badInput(name, err, "take a table with a header (RFC 4180), or lines of JSON")
}

// rejects writes what is refused to a table, in which no cell is a formula to the
// program that opens it.
func (b *batches) rejects(name string) (end func() error, err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, unreadable(err)
	}
	w := csv.NewWriter(f)
	if err := w.Write([]string{"line", "account", "why"}); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	b.refused = func(r core.Refusal) error {
		return w.Write([]string{strconv.Itoa(r.Line), harmless(r.What), harmless(r.Why)})
	}
	return func() error { w.Flush(); return errors.Join(w.Error(), f.Close()) }, nil
}

// harmless is text that no spreadsheet takes for a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
