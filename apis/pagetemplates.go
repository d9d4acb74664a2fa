package apis

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail/letter"
)

// pageTemplates serve the sources of pages that an application has in place of ours.
func (s *Server) pageTemplates() {
	k := s.App.KindNamed("pageTemplates")
	load := func(r *request, id string) (*core.PageTemplate, error) {
		rec, err := k.Load(r.tx, id)
		if err != nil {
			return nil, err
		}
		t := rec.(*core.PageTemplate)
		t.Ours(s.App)
		return t, nil
	}
	s.get(Route{Path: "pageTemplates/:id", Kind: "pageTemplates", Summary: "Read one PageTemplate, or the page as it is"},
		func(r *request, id string) (any, error) { return present(load(r, id)) })
	s.edit(k)
	s.remove(k)
	s.route(Route{Method: fiber.MethodPost, Path: "/v1/pageTemplates/:id/preview", Kind: "pageTemplates", Status: 200, Shows: "PagePreview",
		Takes:   []core.ViewField{{Name: "source", Value: ""}, {Name: "locale", Value: ""}, {Name: "full", Value: false}},
		Members: pagePreview("", "", nil).example(), Summary: "Show what a page of a template looks like, and what is wrong with it"}, s.handle(previewPage))
	list[core.PageTemplate, *core.PageTemplate]{page: func(r *request, id string, p page) (core.Page[*core.PageTemplate], error) {
		var all []*core.PageTemplate
		for _, name := range core.PageNames {
			t, err := load(r, string(core.PageTemplateOf(core.ID[core.Application](id), name)))
			if err != nil {
				return core.Page[*core.PageTemplate]{}, err
			}
			all = append(all, t)
		}
		return cut(all, p), nil
	}}.serve(s, "applications/:id/pageTemplates", "List the pages of which an application may have its own")
	s.create(Route{Path: "applications/:id/pageTemplates", Kind: "applications", Body: "pageTemplates", Summary: "Put a template in place of a page"},
		func(r *request, id string, in map[string]json.RawMessage) (any, error) {
			if err := r.owner("applications", id); err != nil {
				return nil, err
			}
			name, err := required(in, "PageTemplate", "page")
			if err != nil {
				return nil, err
			}
			if !slices.Contains(core.PageNames, name) {
				return nil, fieldError("unsupported_value", "page", "PageTemplate page %q is not supported.", name)
			}
			rec, err := k.Load(r.tx, string(core.PageTemplateOf(core.ID[core.Application](id), name)))
			if err != nil {
				return nil, err
			}
			return r.write(k, rec, in, false)
		})
}

// pagePreview is a page as it would be, "" where it cannot be made, and why it is refused;
// path is where it was asked for.
func pagePreview(path, html string, problems []letter.Problem) *object {
	if problems == nil {
		problems = []letter.Problem{}
	}
	says, err := json.Marshal(problems)
	if err != nil {
		says = []byte("[]")
	}
	return &object{path: path, members: []core.ViewField{{Name: "html", Value: html}, {Name: "problems", Value: json.RawMessage(says)}}}
}

// previewPage shows a page by a source that is not kept, to who may keep it, with made-up
// data: as people see it first, or with all that can stand on it.
func previewPage(r *request, id string) error {
	in, err := r.body()
	if err != nil {
		return err
	}
	if err := r.only(in, "source", "locale", "full"); err != nil {
		return err
	}
	source, _, err := text(in, "source")
	if err != nil {
		return err
	}
	locale, _, err := text(in, "locale")
	if err != nil {
		return err
	}
	sample := 0
	if string(in["full"]) == "true" {
		sample = 1
	}
	return r.view(func(r *request) (any, error) {
		rec, err := r.srv.App.KindNamed("pageTemplates").Load(r.tx, id)
		if err != nil {
			return nil, err
		}
		t := rec.(*core.PageTemplate)
		if err := core.MayUpdate(r.tx, t); err != nil {
			return nil, err
		}
		b, err := core.Branded(r.tx, t.Application(), "")
		if err != nil {
			return nil, err
		}
		if source == "" {
			t.Ours(r.srv.App)
			source = t.Source
		}
		v := r.srv.pages.Dress(hosted.Visit{Locale: r.srv.pages.Locale(locale)}, b)
		app, err := core.Get(r.tx, t.Application())
		if err != nil {
			return nil, err
		}
		html, problem := r.srv.pages.Preview(v, app.Name, t.Page, source, sample)
		if problem == "" {
			return pagePreview("pageTemplates/"+id+"/preview", string(html), nil), nil
		}
		return pagePreview("pageTemplates/"+id+"/preview", "", []letter.Problem{{Part: "source", Line: lineIn(problem), Serious: true, Says: problem}}), nil
	})
}

// lineIn is the line that a problem names, 0 where it names none.
func lineIn(problem string) (n int) {
	if rest, ok := strings.CutPrefix(problem, "line "); ok {
		before, _, _ := strings.Cut(rest, ":")
		n, _ = strconv.Atoi(before) // 0 where it is no number
	}
	return n
}

// failedTemplate logs what became of a template that was good when it was kept.
func (s *Server) failedTemplate(page string, err error) {
	s.App.Log.Error("the template of a page fails, and ours is shown", "page", page, "err", err)
}
