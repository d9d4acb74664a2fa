package core

import (
	"slices"
	"strconv"
	"strings"
)

// PageTemplate is the source of one of the hosted pages in place of our own, for the
// people of an application. It is a part of the application: its id is the
// application's and the name of the page. An absent one is the page as it is.
type PageTemplate struct {
	Base[PageTemplate]
	Page   string `json:"page" api:"ro"`
	Source string `json:"source"`
	Own    bool   `json:"customized" api:"ro"` // it is in place of ours
}

var pageTemplates = &Kind[PageTemplate]{Name: "pageTemplates", Noun: "PageTemplate", Key: "pgt", Part: true,
	Links: []string{"tenant=tenants/{tenant}"}}

// Kind says how it is stored.
func (*PageTemplate) Kind() *Kind[PageTemplate] { return pageTemplates }

// PageNames are the pages of which an application may have its own.
var PageNames = []string{"login", "register", "forgot", "resend", "change", "verify", "consent", "message"}

const maxTemplate = 32 << 10 // bytes of a page's source

// PageTemplateOf is the id of an application's template of that page.
func PageTemplateOf(app ID[Application], page string) ID[PageTemplate] {
	return ID[PageTemplate](string(app) + page)
}

// Application is whose template it is.
func (t *PageTemplate) Application() ID[Application] {
	if len(t.ID) < idLen {
		return ""
	}
	return ID[Application](t.ID[:idLen])
}

// name is that of the page, "" if it is none of which there may be another.
func (t *PageTemplate) name() string {
	if len(t.ID) < idLen || !slices.Contains(PageNames, string(t.ID[idLen:])) {
		return ""
	}
	return string(t.ID[idLen:])
}

// Owners is the application; a template of no page has none, and so is not there.
func (t *PageTemplate) Owners() []Ref {
	if t.name() == "" {
		return []Ref{RefTo(ID[Application](""))}
	}
	return []Ref{RefTo(t.Application())}
}

// Defaults names the page.
func (t *PageTemplate) Defaults() { t.Page = t.name() }

// Check has the pages look at the source.
func (t *PageTemplate) Check(c *Checks) {
	if t.name() == "" {
		c.Fail(errNotFound())
		return
	}
	t.Page = t.name()
	c.Required("source", t.Source)
	c.Text("source", t.Source, maxTemplate)
	c.That(len(t.Source) <= maxTemplate, "source", "too_long", "PageTemplate source maximum length is %d bytes.", maxTemplate)
	t.Own = strings.TrimSpace(t.Source) != ""
	if c.Moved || c.err() != nil {
		return
	}
	problem := "there are no pages"
	if rules := c.Tx.App.Pages; rules != nil {
		problem = rules.TemplateProblem(t.Page, t.Source)
	}
	c.That(problem == "", "source", "invalid_template", "PageTemplate source: %s.", problem)
}

// Ours fills an absent template with the page as it is.
func (t *PageTemplate) Ours(app *App) {
	if t.Source == "" && app.Pages != nil {
		t.Source, _ = app.Pages.Template(t.Page)
	}
}

// PageSource is the source that an application has in place of a page of ours, and what
// it is known by; "" for ours.
func PageSource(tx *Tx, app ID[Application], page string) (source, key string, err error) {
	if !slices.Contains(PageNames, page) {
		return "", "", nil
	}
	t, err := Get(tx.trusted(), PageTemplateOf(app, page))
	if err != nil || t.Rev == 0 {
		return "", "", err
	}
	return t.Source, string(t.ID) + "/" + strconv.FormatUint(t.Rev, 10) + "/" + t.ModifiedAt.String(), nil
}
