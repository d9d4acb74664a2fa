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
	"strings"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/apis/rows"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/password"
)

func (p *Program) importDjangoCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "django",
		Short: "Take over the users and groups of a Django site",
		Long: "Take over the users and groups of a Django site, from what manage.py dumpdata wrote or from\na table of users (CSV with a header).\n\n" +
			"People sign in with their old passwords, whose hashes are replaced by argon2id then. Primary\nkeys become the numbers of accounts and groups. What is there already stays as it is, so that\n" +
			"an import that was broken off is run again. Names that differ in case only are reported, and\nnever taken for one.",
		Example: p.examples("import django --file dump.json --new-directory Shop --application \"My Application\" --dry-run",
			"import django --file users.csv --directory Staff --report report.json"),
		Args: cobra.NoArgs,
	}
	importFlags(cmd, "skip", "skip leaves what is there, fail refuses the record, update puts what it has into the account")
	f := cmd.Flags()
	f.String("file", "", "the dump (JSON or JSONL) or the table (CSV); - is the standard input")
	f.String("directory", "", "id, href or name of the directory they come into")
	f.String("new-directory", "", "name of a directory to make for them, with the rules of Django: user names in their case, any address any number of times")
	f.String("application", "", "id, href or name of an application whose accounts those of the new directory are")
	f.String("user-model", "auth.user", "the model of the users, APP.MODEL")
	f.String("username-field", "username", "its USERNAME_FIELD; where a user has none such, the e-mail is the name")
	f.Bool("new-numbers", false, "count anew instead of keeping primary keys, for a directory in which they are taken")
	f.String("report", "", "FILE to write the report to, as JSON")
	f.String("rejects", "", "FILE to write what was refused to, as a table of line, account and reason")
	return p.tool(cmd, func(ctx context.Context, k *remote, _ []string) error { return p.importDjango(ctx, cmd, k) })
}

// djangoImport is an import of a Django site on its way.
type djangoImport struct {
	*ingest
	report    djangoReport
	groups    djangoGroups
	similar   similar
	users     string // the model of users
	username  string
	renumber  bool
	directory string
}

func (p *Program) importDjango(ctx context.Context, cmd *cobra.Command, k *remote) (err error) {
	flags := cmd.Flags()
	text := func(name string) string { s, _ := flags.GetString(name); return s }
	switch {
	case text("file") == "":
		return wrongUse("name it with --file; manage.py dumpdata auth -o dump.json writes one", "which file is it?")
	case (text("directory") == "") == (text("new-directory") == ""):
		return wrongUse("name it with --directory, or one to make with --new-directory", "which directory do they come into?")
	case text("application") != "" && text("new-directory") == "":
		return wrongUse("an application is mapped to a directory of --new-directory", "--application goes with --new-directory")
	case strings.Count(text("user-model"), ".") != 1:
		return wrongUse("give APP.MODEL, as AUTH_USER_MODEL of the settings has it", "--user-model %s is no model", text("user-model"))
	}
	in, _, err := p.input(text("file"), func(io.Reader) (int, error) { return 0, nil })
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
	if name := text("new-directory"); name != "" {
		err = k.call(ctx, http.MethodPost, "/console/api/import/django", map[string]string{"name": name, "application": text("application")}, &dir)
	} else {
		err = k.call(ctx, http.MethodGet, "/console/api/import/accounts?"+url.Values{"directory": {text("directory")}}.Encode(), nil, &dir)
	}
	if err != nil {
		return err
	}
	x := &djangoImport{users: strings.ToLower(text("user-model")), username: text("username-field"), directory: dir.ID}
	x.renumber, _ = flags.GetBool("new-numbers")
	x.groups = djangoGroups{byKey: map[string]*djangoGroup{}, names: map[string]string{}, named: map[string]bool{}}
	x.report = djangoReport{Hashes: map[string]int{}, LeftOut: map[string]int{}, Alike: []alike{}}
	var end func() error
	if x.ingest, end, err = newIngest(cmd, k, dir, false); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end(), x.similar.close()) }()
	if err := x.read(in); err != nil {
		return badInput(text("file"), err, "take what manage.py dumpdata wrote, or a table with a header; nothing was imported")
	}
	if err := x.compare(); err != nil {
		return err
	}
	if err := x.sendGroups(ctx, cmd, k); err != nil {
		return err
	}
	x.b.bar, x.finish = p.progressOf(cmd, "importing", x.total), x.placed
	if err := errors.Join(x.send(ctx), x.b.wait()); err != nil {
		return err
	}
	return p.tellDjango(cmd, x, dry)
}

// read reads and sorts the file, before anything is sent: a user may come before the
// groups that it is in.
func (x *djangoImport) read(in io.Reader) error {
	file, err := openDjango(in, x.users)
	if err != nil {
		return err
	}
	x.b.counted = file.unit()
	for {
		rec, err := file.next()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = x.take(&rec)
		}
		if bad, ok := errors.AsType[*rows.Error](err); ok {
			err = x.b.refuse(core.Refusal{Line: rec.number, What: rec.what(), Why: bad.Why})
		}
		if err != nil {
			return err
		}
	}
	if x.total == 0 && x.b.count == 0 && len(x.groups.all) == 0 {
		return &problem{fmt.Errorf("the file has no %s; it has %s", x.users, plainText(x.report.models())),
			"say with --user-model what AUTH_USER_MODEL of the settings is", failed}
	}
	return nil
}

// take sorts in what a record is of.
func (x *djangoImport) take(rec *djangoRecord) error {
	switch rec.Model {
	case x.users:
		return x.takeUser(rec)
	case "auth.group":
		return x.groups.add(rec, x.renumber)
	}
	if _, known := x.report.LeftOut[rec.Model]; known || len(x.report.LeftOut) < 1000 {
		x.report.LeftOut[rec.Model]++
	}
	return nil
}

func (x *djangoImport) takeUser(rec *djangoRecord) error {
	u, err := rec.user(x.username)
	if err != nil {
		return err
	}
	switch {
	case u.unusable:
		x.report.WithoutPassword++
	default:
		format, err := password.Recognised(u.PasswordHash)
		if err != nil {
			format = "unknown"
		}
		x.report.Hashes[format]++
	}
	if u.unnumbered {
		x.report.WithoutNumber++
	}
	if x.renumber {
		u.Number = 0
	}
	for _, ref := range u.in {
		x.groups.mention(ref)
	}
	refs, err := json.Marshal(u.in)
	if err != nil {
		return err
	}
	line, err := json.Marshal(u.ImportedAccount)
	if err != nil {
		return rows.Errorf("it cannot be written: %v", err)
	}
	if err := x.similar.add(rec.number, &u.ImportedAccount); err != nil {
		return err
	}
	x.total++
	return x.sorted.add(rec.number, x.key(u.ImportedAccount), append(append(refs, '\n'), line...))
}

// what names a record as Django does.
func (rec *djangoRecord) what() string {
	if len(rec.PK) == 0 || rec.Model == "" {
		return rec.Model
	}
	return rec.Model + " " + strings.Trim(string(rec.PK), `"`)
}

// writeReport writes the report to the file that --report names.
func writeReport(cmd *cobra.Command, report any) error {
	name, _ := cmd.Flags().GetString("report")
	if name == "" {
		return nil
	}
	b, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, append(b, '\n'), 0o600); err != nil {
		return unreadable(err)
	}
	return nil
}
