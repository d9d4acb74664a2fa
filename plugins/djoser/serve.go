package djoser

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

// door serves all mounts.
type door struct{ app *core.App }

// view is what is at one path of a mount, in the way of Django REST framework: it looks
// first at what form of answer is asked for, then at who asks, then at the method, and
// only then at the body (djoser 1.1).
type view struct {
	name    string
	open    bool // to anybody
	shy     bool // an unknown method is anybody's to ask only where somebody is signed in
	blind   bool // to credentials: a bad one does not matter
	methods map[string]func(*request) (*answer, error)
	scheme  string // of the challenge, where it is not that of the version
}

// order is that in which Allow names the methods.
var order = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}

func (v *view) allow() string {
	var all []string
	for _, m := range order {
		if v.methods[m] != nil || m == "OPTIONS" || m == "HEAD" && v.methods["GET"] != nil {
			all = append(all, m)
		}
	}
	return strings.Join(all, ", ")
}

// site is a mount with all it belongs to.
type site struct {
	door  *door
	mount *DjoserMount
	app   *core.Application
	dir   *core.Directory
	opt   options
}

// request is one call of a view.
type request struct {
	*apis.MountVisit
	site
	view *view
	args string // what the path names: the {id} of users/{id}
	who  *caller

	verb   string
	indent int
	read   body
}

// old tells whether the mount is of version 0.1.
func (s *site) old() bool { return s.mount.Version == Old }

// say is the text of one version or the other.
func (s *site) say(old, new string) string {
	if s.old() {
		return old
	}
	return new
}

// Serve implements apis.Mount.
func (d *door) Serve(v *apis.MountVisit) error {
	r, err := d.open(v)
	if err != nil || r == nil {
		return err
	}
	r.cors()
	if r.Method() == fiber.MethodOptions && r.Get(fiber.HeaderAccessControlRequestMethod) != "" {
		return r.send(&answer{status: 204})
	}
	r.route()
	if r.view == nil {
		return r.refuse(detail(404, r.say("Not found", "Not found.")))
	}
	r.Set(fiber.HeaderVary, "Accept")
	r.Set(fiber.HeaderAllow, r.view.allow())
	a, err := r.handle()
	if f, ok := errors.AsType[*refusal](err); ok {
		return r.refuse(f)
	}
	if err != nil {
		return err
	}
	return r.send(a)
}

// open reads what the mount belongs to. A mount that is off, or whose application,
// directory or mapping is, is as if it were not there: then the request is answered.
func (d *door) open(v *apis.MountVisit) (*request, error) {
	r := &request{MountVisit: v, site: site{door: d, mount: v.Mount.(*DjoserMount)}}
	on := false
	err := d.app.View(v.Context(""), func(tx *core.Tx) (err error) {
		on, err = r.site.live(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	if !on {
		return nil, r.send(&detail(404, r.say("Not found", "Not found.")).answer)
	}
	return r, nil
}

// live reads what the mount belongs to, and tells whether it is all on.
func (s *site) live(tx *core.Tx) (on bool, err error) {
	if s.app, err = core.Get(tx, s.mount.Application); err != nil {
		return false, err
	}
	if s.dir, err = core.Get(tx, s.mount.Directory); err != nil {
		return false, err
	}
	if s.opt, err = s.mount.options(); err != nil {
		return false, err
	}
	on, err = core.Opens(tx, s.app.ID, core.RefTo(s.dir.ID))
	return on && s.mount.Status == core.Enabled, err
}

// route finds the view of the path, with a slash at its end or without.
func (r *request) route() {
	path := strings.TrimSuffix(strings.TrimPrefix(r.Below, "/"), "/")
	if r.old() {
		r.view = r.oldView(path)
		return
	}
	r.view = r.newView(path)
}

// handle answers in the order of the framework.
func (r *request) handle() (*answer, error) {
	r.verb = r.Method()
	if err := r.override(); err != nil {
		return nil, err
	}
	if err := r.negotiate(); err != nil {
		return nil, err
	}
	if !r.view.blind {
		if err := r.authenticate(); err != nil {
			return nil, err
		}
	}
	do := r.view.methods[r.verb]
	if r.verb == fiber.MethodHead {
		do = r.view.methods[fiber.MethodGet]
	}
	if r.who == nil && (!r.view.open || do == nil && r.verb != fiber.MethodOptions && r.view.shy) {
		return nil, r.unauthorized("Authentication credentials were not provided.")
	}
	if r.verb == fiber.MethodOptions {
		return r.describe(), nil
	}
	if do == nil {
		return nil, detail(405, r.say(fmt.Sprintf("Method '%s' not allowed.", r.verb), fmt.Sprintf("Method \"%s\" not allowed.", r.verb)))
	}
	return do(r)
}

// override heeds how version 0.1 lets a POST stand for another method.
func (r *request) override() error {
	if !r.old() || r.verb != fiber.MethodPost {
		return nil
	}
	name := r.Get("X-HTTP-Method-Override")
	if kind, _, _ := strings.Cut(r.Get(fiber.HeaderContentType), ";"); name == "" &&
		(kind == "application/x-www-form-urlencoded" || kind == "multipart/form-data") {
		in, err := decode(r.Get(fiber.HeaderContentType), r.Body())
		if err != nil {
			return nil // a view that reads the body says so
		}
		name = in["_method"].text
	}
	if name != "" {
		r.verb = strings.ToUpper(name)
	}
	return nil
}

// negotiate refuses whoever wants another form than JSON.
func (r *request) negotiate() error {
	if format := r.Query("format"); format != "" && format != "json" {
		return detail(404, r.say("Not found", "Not found."))
	}
	accept := r.Get(fiber.HeaderAccept)
	if strings.TrimSpace(accept) == "" {
		return nil
	}
	for part := range strings.SplitSeq(accept, ",") {
		kind, params, _ := strings.Cut(part, ";")
		switch strings.ToLower(strings.TrimSpace(kind)) {
		case "*/*", "application/*":
			return nil
		case "application/json":
			for p := range strings.SplitSeq(params, ";") {
				if n, ok := strings.CutPrefix(strings.TrimSpace(p), "indent="); ok {
					n, _ := strconv.Atoi(n)
					r.indent = max(0, min(n, 8))
				}
			}
			return nil
		}
	}
	return detail(406, r.say("Could not satisfy the request's Accept header", "Could not satisfy the request Accept header."))
}

// body reads what the request carries, as late as a view asks for it.
func (r *request) body() (body, error) {
	if r.read != nil {
		return r.read, nil
	}
	in, err := decode(r.Get(fiber.HeaderContentType), r.Body())
	if shape, ok := errors.AsType[*wrongShape](err); ok {
		if shape.is == "NoneType" {
			return nil, generally(r.say("Invalid data", "No data provided"))
		}
		return nil, generally(r.say("Invalid data", "Invalid data. Expected a dictionary, but got "+shape.is+"."))
	}
	if u, ok := errors.AsType[*unreadable](err); ok {
		if u.status == 415 {
			return nil, detail(415, quoted(r.mount.Version, u.text))
		}
		return nil, detail(u.status, u.text)
	}
	r.read = in
	return in, err
}

// describe is what OPTIONS tells of a view.
func (r *request) describe() *answer {
	return &answer{200, object{{"name", r.view.name}, {"description", ""}, {"renders", []string{"application/json"}},
		{"parses", []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data"}}}}
}

// cors lets pages of the application's origins call: they send the two headers that
// clients need, and read the two that tell what to do (djoser 7).
func (r *request) cors() {
	origin := r.Get(fiber.HeaderOrigin)
	if origin == "" || !slices.Contains(r.app.Origins, origin) {
		return
	}
	r.Set(fiber.HeaderAccessControlAllowOrigin, origin)
	r.Set(fiber.HeaderAccessControlExposeHeaders, "Retry-After, WWW-Authenticate")
	if r.Method() == fiber.MethodOptions && r.Get(fiber.HeaderAccessControlRequestMethod) != "" {
		r.Set(fiber.HeaderAccessControlAllowMethods, strings.Join(order, ", "))
		r.Set(fiber.HeaderAccessControlAllowHeaders, "Authorization, Content-Type")
		r.Set(fiber.HeaderAccessControlMaxAge, "600")
		r.Set(fiber.HeaderVary, "Origin")
	}
}

// send writes an answer; one without a body says nothing of a type.
func (r *request) send(a *answer) error {
	r.Status(a.status)
	if r.app != nil && r.Get(fiber.HeaderOrigin) != "" {
		r.Vary(fiber.HeaderOrigin)
	}
	if a.body == nil {
		r.Response().Header.SetNoDefaultContentType(true)
		r.Response().ResetBody()
		return nil
	}
	out, err := render(a.body, r.old(), r.indent)
	if err != nil {
		return err
	}
	r.Set(fiber.HeaderContentType, r.say("application/json; charset=utf-8", "application/json"))
	return r.Ctx.Send(out)
}

// unauthorized refuses for want of a good credential.
func (r *request) unauthorized(text string, more ...member) *refusal {
	f := detail(401, text)
	f.body = append(f.body.(object), more...)
	f.challenge = r.challenge()
	return f
}

// challenge names the scheme that the caller used, or else the first of the version.
func (r *request) challenge() string {
	if r.view != nil && r.view.scheme != "" {
		return r.view.scheme + ` realm="api"`
	}
	scheme, _, _ := strings.Cut(strings.TrimSpace(r.Get(fiber.HeaderAuthorization)), " ")
	if !r.old() && (scheme == "JWT" || scheme == "Bearer") {
		return scheme + ` realm="api"`
	}
	return "Token"
}

// refuse writes a refusal.
func (r *request) refuse(f *refusal) error {
	if f.challenge != "" {
		r.Set(fiber.HeaderWWWAuthenticate, f.challenge)
	}
	return r.send(&f.answer)
}

// Refuse implements apis.Mount.
func (d *door) Refuse(v *apis.MountVisit, e *core.Error, status int) error {
	r := &request{MountVisit: v, site: site{door: d, mount: v.Mount.(*DjoserMount)}}
	r.Set(fiber.HeaderVary, "Accept")
	f := detail(status, e.Msg)
	if e.Kind == core.Limited || e.Kind == core.Unavailable && e.RetryAfter > 0 {
		n := int(math.Ceil(e.RetryAfter.Seconds()))
		f = detail(status, fmt.Sprintf("Request was throttled. Expected available in %d second%s.", n, map[bool]string{false: "s"}[n == 1]))
	}
	return r.refuse(f)
}
