package apis

import (
	"context"
	"encoding/json"
	markup "html/template"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/apis/oauth"
	"github.com/stormkeep/stormkeep/core"
)

// The routes that the integrations of Stormpath serve in applications, and that the
// server has of its own: pages for browsers, JSON for programs.
const (
	registerPath    = "/register"
	signOutPath     = "/logout"
	forgotPath      = "/forgot"
	changePath      = "/change"
	confirmPath     = "/verify"
	maxFlow         = 3500 // characters of a flow that a cookie keeps
	flowCookie      = "flow"
	firstHostedName = "My Application"
)

func (s *Server) framework() {
	for _, e := range []struct {
		method, path, summary string
		do                    func(*front) error
	}{
		{fiber.MethodGet, "/", "To the account of who is signed in", (*front).home},
		{fiber.MethodGet, oauth.LoginPath, "The form of signing in", (*front).showLogin},
		{fiber.MethodPost, oauth.LoginPath, "Sign in", (*front).login},
		{fiber.MethodGet, registerPath, "The form of a new account", (*front).showRegister},
		{fiber.MethodPost, registerPath, "Make an account", (*front).register},
		{fiber.MethodPost, signOutPath, "Sign out", (*front).signOut},
		{fiber.MethodGet, forgotPath, "The form of who forgot a password", (*front).showForgot},
		{fiber.MethodPost, forgotPath, "Have a mail sent by which to set a new password", (*front).forgot},
		{fiber.MethodGet, changePath, "The form of a new password by a mailed link", (*front).showChange},
		{fiber.MethodPost, changePath, "Set a new password by a mailed link", (*front).change},
		{fiber.MethodGet, confirmPath, "The form of confirming an address", (*front).showVerify},
		{fiber.MethodPost, confirmPath, "Confirm an address, or have the mail of it sent once more", (*front).verify},
	} {
		s.front(Route{Method: e.method, Path: e.path, Summary: e.summary, Public: true, Page: true, Status: fiber.StatusOK}, e.do)
	}
}

// front is one request to a route of the framework.
type front struct {
	s      *Server
	c      fiber.Ctx
	v      hosted.Visit
	html   bool
	ctx    context.Context // in which a public door acts on the tenant
	tenant core.ID[core.Tenant]

	fields map[string]string // of a posted form, or of a JSON body
	custom bool              // the body has custom data
	own    bool              // it came from a page of ours, or is JSON, which no page of others sends
	next   string            // where it goes on, a path of ours
	flow   string            // sealed, of a client that waits for who signs in; "" for none

	app     *core.Application // once it was asked for
	org     core.Ref          // of it, in which alone people are looked for; "" for all
	carried *oauth.Carried    // what the flow is; nil with why not
	lostBy  error
}

// front adds a route that answers in the kind that is asked for.
func (s *Server) front(rt Route, do func(*front) error) {
	handler := func(c fiber.Ctx) error {
		c.Vary(fiber.HeaderAccept)
		hosted.Private(c)
		f := &front{s: s, c: c, v: s.visit(c)}
		err := f.read()
		f.readFlow()
		f.html = f.flow != "" // a client waits for a browser
		if kind := negotiate(c.Get(fiber.HeaderAccept)); kind == noKind && !f.html {
			return core.Errorf(core.NotFound, "not_found", "The requested resource does not exist.")
		} else if kind == htmlKind {
			f.html = true
		}
		if f.html {
			hosted.Choose(c, f.v)
		} else {
			f.v.Locale = s.pages.Locale() // programs know the first's texts
		}
		if err == nil {
			err = do(f)
		}
		if err == nil {
			return nil
		}
		if !f.html {
			e, status := s.said(c, err)
			return f.fault(status, e.Msg)
		}
		return s.showFault(c, f.v, err)
	}
	s.below(rt, handler)
	s.route(rt, handler)
}

// read reads what was sent, and finds whose host it was sent to.
func (f *front) read() (err error) {
	if f.tenant, err = f.s.pageTenant(f.c); err != nil {
		return err
	}
	f.ctx = core.As(f.c.Context(), core.Actor{Kind: core.Door, Tenant: f.tenant, IP: f.c.IP(), UserAgent: f.c.Get(fiber.HeaderUserAgent), RequestID: requestID(f.c)})
	f.fields = map[string]string{}
	f.next = safeNext(f.c.Query("next"))
	f.flow = f.c.Query("flow")
	if f.c.Method() != fiber.MethodPost {
		return nil
	}
	kind, _, _ := strings.Cut(f.c.Get(fiber.HeaderContentType), ";")
	switch kind = strings.ToLower(strings.TrimSpace(kind)); {
	case kind == jsonKind:
		f.own = true
		return f.readJSON()
	case kind == "" && len(f.c.Request().Body()) == 0:
		return nil
	}
	in, err := hosted.ReadForm(f.c, f.v)
	if err != nil {
		return err
	}
	f.own, f.fields = in.Own(), in.Values()
	if text, ok := f.fields["flow"]; ok {
		f.flow = text
		delete(f.fields, "flow")
	}
	return nil
}

// readFlow opens the flow, whose language is the page's. One that cannot be opened is
// told of where it is needed.
func (f *front) readFlow() {
	if f.flow == "" {
		return
	}
	if f.carried, f.lostBy = f.s.oauth.Carried(f.c, f.v, f.flow); f.lostBy != nil {
		return
	}
	if f.v.Asked != "" {
		if text, err := f.carried.Seal(); err == nil {
			f.flow = text
		}
	}
	f.v = f.carried.Visit()
	f.v.Asked = "" // the flow has it
}

func (f *front) readJSON() error {
	in, err := parseObject(f.c.Body())
	if err != nil {
		return err
	}
	for name, raw := range in {
		switch {
		case name == "customData":
			f.custom = string(raw) != "null" && string(raw) != "{}"
		case string(raw) == "null":
			f.fields[name] = ""
		default:
			text := ""
			if json.Unmarshal(raw, &text) != nil {
				return fieldError("wrong_type", name, "%s must be a string.", name)
			}
			f.fields[name] = text
		}
	}
	return nil
}

// safeNext is where a browser may go on: a path of ours with its query. Scheme and host
// are dropped, and what could be read as a host is none.
func safeNext(next string) string {
	if next == "" || len(next) > 2000 || strings.ContainsFunc(next, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
		return ""
	}
	u, err := url.Parse(next)
	if err != nil || u.Opaque != "" {
		return ""
	}
	path := u.EscapedPath()
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	if strings.HasPrefix(path, "//") {
		return ""
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return path
}

// fault answers with the framework's form of an error.
func (f *front) fault(status int, msg string) error {
	return f.json(status, struct {
		Status  int    `json:"status"`
		Message string `json:"message"`
	}{status, msg})
}

func (f *front) json(status int, body any) error {
	return f.c.Status(status).JSON(body, "application/json; charset=utf-8")
}

// done is the answer of JSON to what went well and has nothing to say.
func (f *front) done() error { return f.c.Status(fiber.StatusOK).Send(nil) }

// notHere is the answer to JSON at a route that has only pages.
func (f *front) notHere() error {
	f.c.Set(fiber.HeaderAllow, fiber.MethodPost)
	return f.fault(fiber.StatusMethodNotAllowed, f.v.Say("framework.method"))
}

// to sends the browser to another of the pages, with what it carries.
func (f *front) to(path string, query ...string) error {
	for i := 0; i+1 < len(query); i += 2 {
		if query[i+1] == "" {
			continue
		}
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		path += join + query[i] + "=" + url.QueryEscape(query[i+1])
	}
	return f.c.Redirect().Status(fiber.StatusFound).To(path)
}

// carry is the query of the links of a page.
func (f *front) carry() markup.URL {
	q := url.Values{}
	if f.flow != "" {
		q.Set("flow", f.flow)
	}
	if f.next != "" {
		q.Set("next", f.next)
	}
	if f.v.Asked != "" {
		q.Set("ui_locales", f.v.Name)
	}
	if len(q) == 0 {
		return ""
	}
	return markup.URL("?" + q.Encode())
}

// on sends the browser to another of the pages of its domain, with what this one
// carries.
func (f *front) on(path string) error {
	asked := ""
	if f.v.Asked != "" {
		asked = f.v.Name
	}
	return f.to(f.v.Base+path, "flow", f.flow, "next", f.next, "ui_locales", asked)
}

// again is where a GET shows the page of a form once more.
func (f *front) again(path string) hosted.Visit {
	v := f.v
	v.Here = f.v.Base + path + string(f.carry())
	return v
}

// keepFlow has the browser keep the flow while its owner reads a mail.
func (f *front) keepFlow() {
	if f.flow != "" && len(f.flow) <= maxFlow {
		hosted.SetCookie(f.c, f.v, flowCookie, f.flow, f.s.App.Lifetimes.Flow)
	}
}

// keptFlow is the flow that the browser kept, if it is still of use, and takes it away.
func (f *front) keptFlow() string {
	text := hosted.Cookie(f.c, f.v, flowCookie)
	if text == "" {
		return ""
	}
	hosted.SetCookie(f.c, f.v, flowCookie, "", -1)
	if _, err := f.s.oauth.Carried(f.c, f.v, text); err != nil {
		return ""
	}
	return text
}

// application is what people sign in to here: the client's that waits, else that of the
// domain, else that of the host. From here on pages are its own.
func (f *front) application() (*core.Application, error) {
	if f.app != nil || f.lostBy != nil {
		return f.app, f.lostBy
	}
	app, org, err := f.serves()
	if err != nil {
		return nil, err
	}
	if f.html {
		if f.v, err = f.s.dress(f.c, f.v, f.tenant, app.ID, org); err != nil {
			return nil, err
		}
	}
	if f.app = app; org != "" {
		f.org = core.RefTo(org)
	}
	return app, nil
}

func (f *front) serves() (app *core.Application, org core.ID[core.Organization], err error) {
	if f.carried != nil {
		return f.carried.Application(), f.carried.Organization(), nil
	}
	d, err := f.domainOf()
	if err != nil {
		return nil, "", err
	}
	if d == nil {
		app, err = f.s.hostApplication(f.ctx, f.v, f.tenant)
		return app, "", err
	}
	err = f.s.App.View(core.AsSystem(f.ctx, f.tenant), func(tx *core.Tx) error {
		app, err = core.Get(tx, d.Application)
		return err
	})
	return app, d.Organization, err
}

// through is what people come in by: the application, or the organization that they are
// looked for in.
func (f *front) through(app *core.Application) core.Ref {
	if f.org != "" {
		return f.org
	}
	return core.RefTo(app.ID)
}

// hostApplication is the application that a tenant's host serves: the one that the
// setting names, else the only one that is not the administrators'.
func (s *Server) hostApplication(ctx context.Context, v hosted.Visit, tenant core.ID[core.Tenant]) (app *core.Application, err error) {
	name := s.steered.Load().to.HostedApplication
	err = s.App.View(core.AsSystem(ctx, tenant), func(tx *core.Tx) error {
		app, err = core.Find(tx, core.ApplicationName, "", core.Fold(name))
		if err == nil && app.Admin {
			app, err = nil, core.Errorf(core.NotFound, "not_found", "")
		}
		if !core.IsNotFound(err) && (err != nil || app != nil) {
			return err
		}
		app = nil
		page, err := core.List(tx, core.ApplicationName, core.Query{Limit: 3})
		if err != nil {
			return err
		}
		all := slices.DeleteFunc(page.Items, func(a *core.Application) bool { return a.Admin })
		if page.Size == 2 && len(all) == 1 {
			app = all[0]
			return nil
		}
		return core.Errorf(core.NotFound, "no_application", "%s", v.Say("framework.application"))
	})
	return app, err
}

// formField is a field of the framework's view models (framework spec 4.1).
type formField struct {
	Name        string `json:"name"`
	Label       string `json:"label"`
	Placeholder string `json:"placeholder"`
	Required    bool   `json:"required"`
	Type        string `json:"type"`
}

// model answers with a view model. There is no account store but our own directories,
// which it does not name.
func (f *front) model(fields []formField) error {
	return f.json(fiber.StatusOK, map[string]any{"form": map[string]any{"fields": fields}, "accountStores": []any{}})
}

// field is one of a view model, with its label from the texts.
func (f *front) field(name, kind string) formField {
	label := f.v.Say("field." + name)
	return formField{Name: name, Label: label, Placeholder: label, Required: true, Type: kind}
}

// missing is the first of the fields that is empty, as it is told of.
func (f *front) missing(fields []formField) string {
	for _, x := range fields {
		if f.fields[x.Name] == "" {
			return f.v.Say("framework.required", x.Label)
		}
	}
	return ""
}

// unknown is the first, by name, of the fields that are none of these.
func (f *front) unknown(fields []formField) string {
	for _, name := range slices.Sorted(maps.Keys(f.fields)) {
		if !slices.ContainsFunc(fields, func(x formField) bool { return x.Name == name }) {
			return name
		}
	}
	if f.custom {
		return "customData"
	}
	return ""
}

// account answers with an account as the framework shows it, without its links.
func (f *front) account(acc *core.Account) error {
	orNull := func(text string) any {
		if text == "" {
			return nil
		}
		return text
	}
	return f.json(fiber.StatusOK, map[string]any{"account": map[string]any{
		"href": f.s.base(f.c, &principal{}) + "/" + acc.Path(), "username": acc.Username, "email": acc.Email, "givenName": orNull(acc.GivenName), "middleName": orNull(acc.MiddleName),
		"surname": orNull(acc.Surname), "fullName": acc.FullName(), "status": acc.Status, "createdAt": acc.CreatedAt, "modifiedAt": acc.ModifiedAt, "emailVerificationToken": nil}})
}
