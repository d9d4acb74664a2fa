package apis

import (
	"cmp"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// The bounds of what the console is shown at once.
const (
	maxFound     = 20
	foundOfAKind = 8
	maxText      = 200 // characters that are searched for
)

// hit is something that a search found.
type hit struct {
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	Name   string `json:"name"`
	Detail string `json:"detail"`
	Href   string `json:"href"`
}

type hits struct {
	Items []hit `json:"items"`
}

// consoleFinding serves what the console finds records by.
func (s *Server) consoleFinding() {
	s.console(Route{Method: fiber.MethodGet, Path: "search", Role: core.Auditor, Summary: "Find records by name, address or id", Filters: []string{"q"},
		Shows: "ConsoleSearch", Answer: hits{}}, searchAll)
}

// searchAll finds what has a text in any of its texts, and the record of an id.
func searchAll(r *request, _ string) error {
	q := strings.TrimSpace(r.query.Get("q"))
	if q == "" || len(q) > maxText {
		return queryError("bad_query_value", "The query parameter %q has 1 to %d characters.", "q", maxText)
	}
	out := hits{}
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		f := &finder{r: r, tx: tx, q: q}
		out.Items = []hit{}
		find(f, "accounts", func(a *core.Account) (string, string) {
			return cmp.Or(a.FullName(), a.Username), cmp.Or(a.Email, a.Username)
		})
		find(f, "groups", func(g *core.Group) (string, string) { return g.Name, g.Description })
		find(f, "directories", func(d *core.Directory) (string, string) { return d.Name, d.Description })
		find(f, "applications", func(a *core.Application) (string, string) { return a.Name, a.Description })
		find(f, "organizations", func(o *core.Organization) (string, string) { return o.Name, o.NameKey })
		find(f, "clients", func(c *core.Client) (string, string) { return c.Name, string(c.ID) })
		out.Items = append(out.Items, f.found[:min(maxFound, len(f.found))]...)
		return f.err
	})
	if err != nil {
		return err
	}
	return r.answer(out)
}

// finder goes through the kinds. Its first error stands.
type finder struct {
	r     *request
	tx    *core.Tx
	q     string
	found []hit
	err   error
}

func find[T any, P core.Record[T]](f *finder, kind string, says func(P) (name, detail string)) {
	if f.err != nil {
		return
	}
	show := func(rec P) {
		name, detail := says(rec)
		path := any(rec).(record).Path()
		f.found = append(f.found, hit{kind, core.Ref(path).ID(), name, detail, f.r.base + "/" + path})
	}
	if rec, err := core.Get[T, P](f.tx, core.ID[T](f.q)); err == nil {
		show(rec)
	} else if !core.IsNotFound(err) {
		f.err = err
		return
	}
	term := core.Term{Text: &core.TextTerm{Text: f.q, Before: true, After: true}}
	page, err := core.Select[T, P](f.tx, core.Everywhere[T](), core.Search{Terms: []core.Term{term}, Limit: foundOfAKind})
	if err != nil {
		f.err = err
		return
	}
	for _, rec := range page.Items {
		show(rec)
	}
}
