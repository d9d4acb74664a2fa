package apis

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// transfers serve what the commands export and import are made of.
func (s *Server) transfers() {
	s.command(Route{Method: fiber.MethodGet, Path: "export", Summary: "Read some records of the tenant, with what identifies it on the first page"}, exportPage)
	s.command(Route{Method: fiber.MethodPost, Path: "import/target", Summary: "Make a tenant ready for the records of an export"}, importTarget)
	s.command(Route{Method: fiber.MethodGet, Path: "import/accounts", Summary: "Find the directory that accounts are imported into, by id, href or name"}, importDirectory)
	s.command(Route{Method: fiber.MethodPost, Path: "import/accounts", Summary: "Make accounts of another system, one a line"}, importAccounts)
	s.command(Route{Method: fiber.MethodPost, Path: "import/groups", Summary: "Make groups of another system, one a line"}, importGroups)
	s.command(Route{Method: fiber.MethodPost, Path: "import/django", Summary: "Make a directory with the rules of Django, unless it is there"}, importDjango)
	s.command(Route{Method: fiber.MethodPost, Path: "import", Summary: "Write records of an export, one a line"}, importRecords)
}

// exportPage answers core.ExportPage. Its records are sent as they are: an encoder
// would write other bytes for the same.
func exportPage(r *request, _ string) error {
	var o core.ExportOptions
	if err := r.flags(map[string]*bool{"secrets": &o.Secrets, "operators": &o.Operators}); err != nil {
		return err
	}
	after := r.query.Get("after")
	page, err := r.srv.App.Export(r.c.Context(), o, after)
	if err != nil {
		return err
	}
	out := []byte(`{"form":` + strconv.Itoa(core.ExportForm) + `,"next":` + strconv.Quote(page.Next))
	if after == "" {
		tenant, err := r.shownTenant(r.c.Context(), r.who.actor.Tenant)
		if err != nil {
			return err
		}
		counts, err := r.srv.App.ExportCounts(r.c.Context())
		if err != nil {
			return err
		}
		b, err := json.Marshal(map[string]any{"tenant": tenant, "counts": counts})
		if err != nil {
			return err
		}
		out = append(append(out, ','), b[1:len(b)-1]...)
	}
	out = append(out, `,"records":[`...)
	for i, rec := range page.Records {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, rec...)
	}
	return send(r.c, append(out, "]}"...))
}

func importTarget(r *request, _ string) error {
	var in struct {
		Form      int             `json:"form"`
		Tenant    json.RawMessage `json:"tenant"`
		Operators bool            `json:"operators"`
	}
	if err := r.input(&in); err != nil {
		return err
	}
	if in.Form > core.ExportForm || in.Form < 1 {
		return queryError("invalid_value", "The file is of form %d, and this version knows form %d.", in.Form, core.ExportForm)
	}
	to, err := r.srv.App.PrepareImport(r.c.Context(), in.Tenant, in.Operators)
	if err != nil {
		return err
	}
	return r.answer(to)
}

func importRecords(r *request, _ string) error {
	o := core.ImportOptions{OnConflict: core.OnConflict(r.query.Get("onConflict"))}
	if err := r.flags(map[string]*bool{"operators": &o.Operators, "settings": &o.Settings, "events": &o.Events}); err != nil {
		return err
	}
	if err := oneOf(o.OnConflict, core.ConflictFail, core.ConflictSkip, core.ConflictReplace); err != nil {
		return err
	}
	report, err := r.srv.App.Import(r.c.Context(), lines(r.c.Body()), o)
	if err != nil {
		return err
	}
	return r.answer(report)
}

// lines are those of a body, which stays as long as they do.
func lines(body []byte) (all [][]byte) {
	for line := range bytes.Lines(body) {
		all = append(all, bytes.TrimSuffix(line, []byte("\n")))
	}
	return all
}

// flags reads parameters that are true or false.
func (r *request) flags(into map[string]*bool) (err error) {
	for name, value := range into {
		if *value, err = truth(r.query, name); err != nil {
			return err
		}
	}
	return nil
}

// oneOf refuses another way to treat a conflict than those there are; none is the
// first.
func oneOf(is core.OnConflict, known ...core.OnConflict) error {
	if is == "" {
		return nil
	}
	for _, k := range known {
		if is == k {
			return nil
		}
	}
	return queryError("bad_query_value", "onConflict must be one of %v.", known)
}

// importDirectory answers the directory that a person called by its id, its href or
// its name.
func importDirectory(r *request, _ string) error {
	var d *core.Directory
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) (err error) {
		d, err = named(tx, "directory", core.DirectoryName, r.query.Get("directory"))
		return err
	})
	if err != nil {
		return err
	}
	return r.answerTarget(d)
}

// named is what a person called by its id, its href or its name.
func named[T any, P core.Record[T]](tx *core.Tx, noun string, ix *core.Index[T], name string) (P, error) {
	rec, err := core.Get[T, P](tx, core.ID[T](name[strings.LastIndexByte(name, '/')+1:]))
	if core.IsNotFound(err) {
		rec, err = core.Find[T, P](tx, ix, "", core.Fold(name))
	}
	if core.IsNotFound(err) {
		return nil, core.Errorf(core.NotFound, "not_found", "There is no %s called %q.", noun, name)
	}
	return rec, err
}

// importDjango answers as importDirectory does.
func importDjango(r *request, _ string) error {
	var in struct{ Name, Application string }
	if err := r.input(&in); err != nil {
		return err
	}
	var d core.Directory
	err := r.srv.App.Update(r.c.Context(), func(tx *core.Tx) error {
		var id core.ID[core.Application]
		if in.Application != "" {
			app, err := named(tx, "application", core.ApplicationName, in.Application)
			if err != nil {
				return err
			}
			id = app.ID
		}
		made, err := core.DjangoDirectory(tx, in.Name, id)
		if err == nil {
			d = *made
		}
		return err
	})
	if err != nil {
		return err
	}
	return r.answerTarget(&d)
}

// answerTarget tells the rules of the directory that accounts are imported into.
func (r *request) answerTarget(d *core.Directory) error {
	if d.Admin {
		return core.Errorf(core.Forbidden, "protected", "The administrators' directory takes no import of accounts.")
	}
	return r.answer(map[string]any{"id": d.ID, "name": d.Name, "emailUnique": d.EmailUnique, "usernameCaseSensitive": d.UsernameCaseSensitive})
}

func importAccounts(r *request, _ string) error { return r.importInto(r.srv.App.ImportAccounts) }

func importGroups(r *request, _ string) error { return r.importInto(r.srv.App.ImportGroups) }

// importInto answers what an import into a directory did.
func (r *request) importInto(do func(context.Context, [][]byte, core.AccountImport) (core.ImportReport, error)) error {
	o := core.AccountImport{Directory: core.ID[core.Directory](r.query.Get("directory")), OnConflict: core.OnConflict(r.query.Get("onConflict"))}
	if err := r.flags(map[string]*bool{"mcf": &o.MCF, "events": &o.Events}); err != nil {
		return err
	}
	if err := oneOf(o.OnConflict, core.ConflictSkip, core.ConflictFail, core.ConflictUpdate); err != nil {
		return err
	}
	report, err := do(r.c.Context(), lines(r.c.Body()), o)
	if err != nil {
		return err
	}
	return r.answer(report)
}
