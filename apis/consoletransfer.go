package apis

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/rows"
	"github.com/stormkeep/stormkeep/core"
)

// The bounds of what the console sends of a file at a time.
const (
	maxImportLook  = 50
	maxImportLines = 1000
	maxImportLine  = 256 << 10 // bytes
	exportedAtOnce = 500
)

// consoleTransfers serve imports and exports of accounts in the console. Importing wants a
// fresh sign-in when it begins; its batches come from who began it.
func (s *Server) consoleTransfers() {
	s.console(Route{Method: fiber.MethodPost, Path: "imports/look", Role: core.Admin, Summary: "See what the first records of a file of accounts hold",
		Takes: []core.ViewField{{Name: "records", Value: []string{}}}, Shows: "ImportLook", Answer: importLook{}}, lookAtImport)
	s.console(Route{Method: fiber.MethodPost, Path: "imports", Role: core.Admin, StepUp: true, Summary: "Begin to import accounts into a directory, or to rehearse that",
		Takes: []core.ViewField{{Name: "directory", Value: ""}, {Name: "comma", Value: ""}, {Name: "columns", Value: []string{}}, {Name: "names", Value: map[string]string{}},
			{Name: "onConflict", Value: ""}, {Name: "dryRun", Value: true}}, Shows: "ImportBegun", Answer: importBegun{}}, beginImport)
	s.console(Route{Method: fiber.MethodPost, Path: "imports/:id", Role: core.Admin, Summary: "Import some records of a file, in the import that was begun",
		Takes: []core.ViewField{{Name: "records", Value: []string{}}}, Shows: "ImportReport", Answer: core.ImportReport{}}, importSome)
	s.console(Route{Method: fiber.MethodDelete, Path: "imports/:id", Role: core.Admin, Status: fiber.StatusNoContent, Summary: "End an import: nothing more of it comes, and what was rehearsed is thrown away"}, endImport)
	s.console(Route{Method: fiber.MethodGet, Path: "exports/accounts", Role: core.Admin, StepUp: true, Summary: "Accounts as an import takes them, without passwords", Filters: []string{"directory", "past"},
		Shows: "ExportedAccounts", Answer: exportedAccounts{}}, exportAccounts)
}

// importLook is what the beginning of a file shows.
type importLook struct {
	Comma   string       `json:"comma"` // between cells; "" for lines of JSON
	Columns []lookColumn `json:"columns"`
	Rows    [][]string   `json:"rows"`
	Wrong   []string     `json:"wrong"`  // what is wrong with each row, "" for nothing
	Fields  []string     `json:"fields"` // that there are, beside customData.NAME
}

type lookColumn struct {
	Name   string         `json:"name"`
	Field  string         `json:"field"` // what it seems to hold, "" for nothing
	Hashes map[string]int `json:"hashes"`
}

// records are those of the body: some, none of them too long.
func (r *request) records(most int) ([]string, error) {
	var in struct {
		Records []string `json:"records"`
	}
	if err := r.input(&in); err != nil {
		return nil, err
	}
	if len(in.Records) == 0 || len(in.Records) > most {
		return nil, queryError("invalid_value", "A request has 1 to %d records.", most)
	}
	for _, rec := range in.Records {
		if len(rec) > maxImportLine {
			return nil, queryError("too_long", "A record has over %d KiB: is a quotation mark missing?", maxImportLine>>10)
		}
	}
	return in.Records, nil
}

func lookAtImport(r *request, _ string) error {
	records, err := r.records(maxImportLook)
	if err != nil {
		return err
	}
	l, err := rows.LookAt(records)
	if err != nil {
		return core.Errorf(core.Invalid, "invalid_value", "The file cannot be read: %v.", err)
	}
	out := importLook{Columns: []lookColumn{}, Rows: l.Rows, Wrong: l.Wrong, Fields: rows.Fields}
	if l.Table {
		out.Comma = string(l.Comma)
	}
	for _, c := range l.Columns {
		out.Columns = append(out.Columns, lookColumn{c.Name, c.Field, c.Hashes})
	}
	if out.Rows == nil {
		out.Rows, out.Wrong = [][]string{}, []string{}
	}
	return r.answer(out)
}

type importBegun struct {
	ID string `json:"id"`
}

func beginImport(r *request, _ string) error {
	var in struct {
		Directory  string            `json:"directory"`
		Comma      string            `json:"comma"`
		Columns    []string          `json:"columns"`
		Names      map[string]string `json:"names"`
		OnConflict core.OnConflict   `json:"onConflict"`
		DryRun     bool              `json:"dryRun"`
	}
	if err := r.input(&in); err != nil {
		return err
	}
	if err := oneOf(in.OnConflict, core.ConflictSkip, core.ConflictFail, core.ConflictUpdate); err != nil {
		return err
	}
	form := rows.Form{Columns: in.Columns, Names: in.Names}
	switch in.Comma {
	case "":
	case ",", ";", "\t":
		form.Comma = rune(in.Comma[0])
	default:
		return fieldError("invalid_value", "comma", "The cells of a table are parted by a comma, a semicolon or a tabulator.")
	}
	if err := form.Check(); err != nil {
		return fieldError("invalid_value", "columns", "The columns do not fit: %v.", err)
	}
	dir := core.ID[core.Directory](in.Directory)
	if err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		if _, err := core.Get(tx, dir); err != nil {
			return err
		}
		return core.MayImportInto(tx, dir)
	}); err != nil {
		return err
	}
	who := r.who.actor
	run := &importRun{id: core.NewID7(), tenant: who.Tenant, by: who.Account, form: form, dry: in.DryRun,
		into: core.AccountImport{Directory: dir, OnConflict: in.OnConflict}}
	if run.dry {
		var err error
		if run.rehearsal, err = r.srv.rehearse(); err != nil {
			return err
		}
	}
	if err := r.srv.imports.begin(run, r.srv.App.Now()); err != nil {
		run.end()
		return err
	}
	return r.answer(importBegun{run.id})
}

func importSome(r *request, id string) error {
	records, err := r.records(maxImportLines)
	if err != nil {
		return err
	}
	run, err := r.srv.imports.find(id, r.who.actor, r.srv.App.Now(), false)
	if err != nil {
		return err
	}
	report := core.ImportReport{Refused: []core.Refusal{}}
	var lines [][]byte
	var places []int // of the lines in what was sent
	for i, rec := range records {
		acc, err := run.form.Account(rec)
		if bad, ok := errors.AsType[*rows.Error](err); ok {
			report.Refused = append(report.Refused, core.Refusal{Line: i, What: acc.Known(), Why: bad.Why})
			continue
		}
		line, jsonErr := json.Marshal(acc)
		if err := errors.Join(err, jsonErr); err != nil {
			report.Refused = append(report.Refused, core.Refusal{Line: i, What: acc.Known(), Why: err.Error()})
			continue
		}
		lines, places = append(lines, line), append(places, i)
	}
	err = run.within(r.c.Context(), func(ctx context.Context) error {
		done, err := r.srv.App.ImportAccounts(ctx, lines, run.into)
		for i := range done.Refused {
			done.Refused[i].Line = places[done.Refused[i].Line]
		}
		report.Add(done)
		return err
	})
	if err != nil {
		return err
	}
	return r.answer(report)
}

func endImport(r *request, id string) error {
	run, err := r.srv.imports.find(id, r.who.actor, r.srv.App.Now(), true)
	if err != nil {
		return err
	}
	run.end()
	return r.c.SendStatus(fiber.StatusNoContent)
}

// exportedAccounts is a page of them.
type exportedAccounts struct {
	Size  int               `json:"size"` // how many there are in all
	Next  string            `json:"next"` // what past is for the next page, "" at the end
	Items []exportedAccount `json:"items"`
}

// exportedAccount has the members that an import takes, and where it is.
type exportedAccount struct {
	Email         string                     `json:"email,omitempty"`
	Username      string                     `json:"username,omitempty"`
	GivenName     string                     `json:"givenName,omitempty"`
	MiddleName    string                     `json:"middleName,omitempty"`
	Surname       string                     `json:"surname,omitempty"`
	Status        core.Status                `json:"status"`
	CreatedAt     core.Time                  `json:"createdAt"`
	EmailVerified bool                       `json:"emailVerified"`
	Groups        []string                   `json:"groups,omitempty"`
	CustomData    map[string]json.RawMessage `json:"customData,omitempty"`
	Directory     string                     `json:"directory"` // its name
	ID            string                     `json:"id"`
}

// exportAccounts gives the accounts of a directory, or of all but the administrators'.
func exportAccounts(r *request, _ string) error {
	out := exportedAccounts{Items: []exportedAccount{}}
	dir, after := r.query.Get("directory"), r.query.Get("past")
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		var ix *core.Index[core.Account]
		dirs := map[core.ID[core.Directory]]*core.Directory{}
		if dir != "" {
			d, err := core.Get(tx, core.ID[core.Directory](dir))
			if err != nil {
				return err
			}
			ix, dirs[d.ID] = core.AccountsOf, d
		}
		page, err := core.List(tx, ix, core.Query{Owner: dir, After: after, Limit: exportedAtOnce})
		if err != nil {
			return err
		}
		out.Size, out.Next, out.Items = page.Size, "", out.Items[:0]
		for _, acc := range page.Items {
			d := dirs[acc.Directory]
			if d == nil {
				if d, err = core.Get(tx, acc.Directory); err != nil {
					return err
				}
				dirs[d.ID] = d
			}
			if d.Admin && dir == "" {
				continue
			}
			item, err := exported(tx, acc, d)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, item)
		}
		if len(page.Items) == exportedAtOnce {
			out.Next = string(page.Items[len(page.Items)-1].ID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.answer(out)
}

func exported(tx *core.Tx, acc *core.Account, d *core.Directory) (exportedAccount, error) {
	out := exportedAccount{Email: acc.Email, Username: acc.Username, GivenName: acc.GivenName, MiddleName: acc.MiddleName, Surname: acc.Surname, Status: acc.Status,
		CreatedAt: acc.CreatedAt, EmailVerified: acc.EmailVerificationStatus == core.AddressVerified, Directory: d.Name, ID: string(acc.ID)}
	data, err := core.GetCustomData(tx, core.RefTo(acc.ID))
	if err != nil {
		return out, err
	}
	out.CustomData = data.Values
	for after := ""; ; {
		in, err := core.List(tx, core.MembershipsOf, core.Query{Owner: string(acc.ID), After: after, Limit: 100})
		if err != nil {
			return out, err
		}
		for _, m := range in.Items {
			after = string(m.ID)
			g, err := core.Get(tx, m.Group)
			if err != nil {
				return out, err
			}
			out.Groups = append(out.Groups, g.Name)
		}
		if len(in.Items) < 100 {
			return out, nil
		}
	}
}
