package apis

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
)

// request is one call of /v1: what was asked, by whom, and in which transaction
// it is answered. It holds copies only.
type request struct {
	srv    *Server
	c      fiber.Ctx
	who    *principal
	tx     *core.Tx
	query  url.Values
	page   page
	expand expansion
	base   string // of hrefs: "https://host/v1"
	strict bool
	cipher *secret.APISecretKey // for secrets, where the caller asked for it

	created   bool // answer 201 with a Location
	expanding bool // it is a link in an answer that is followed
}

// newRequest reads what all routes of /v1 have in common.
func (s *Server) newRequest(c fiber.Ctx) (*request, error) {
	who := principalOf(c)
	r := &request{srv: s, c: c, who: who, base: s.base(c, who), strict: c.Get("Stormkeep-Strict") == "1"}
	raw := string(c.Request().URI().QueryString())
	if raw == "" {
		r.page.limit = defaultLimit
		return r, nil
	}
	var err error
	if r.query, err = parseQuery(raw); err != nil {
		return nil, err
	}
	if r.page, err = parsePage(r.query); err != nil {
		return nil, err
	}
	if r.expand, err = parseExpand(r.query["expand"]); err != nil {
		return nil, err
	}
	r.cipher, err = r.parseCipher()
	return r, err
}

// parseCipher is the key by which the caller wants secrets encrypted (spec 4).
func (r *request) parseCipher() (*secret.APISecretKey, error) {
	want, err := truth(r.query, "encryptSecret")
	if err != nil || !want {
		return nil, err
	}
	e, err := secret.ParseEncryption(r.query.Get("encryptionKeySalt"), r.query.Get("encryptionKeySize"), r.query.Get("encryptionKeyIterations"))
	if err != nil {
		return nil, queryError("bad_query_value", "The query parameter %s.", err)
	}
	return e.Key(r.who.secret)
}

// secret is how the caller wants to read a secret.
func (r *request) secret(plain string) (string, error) {
	if r.cipher == nil {
		return plain, nil
	}
	return r.cipher.Encrypt(plain, r.srv.random)
}

// body reads a JSON object; an empty body is an empty one.
func (r *request) body() (map[string]json.RawMessage, error) {
	if e := r.c.Get(fiber.HeaderContentEncoding); e != "" && !strings.EqualFold(e, "identity") {
		return nil, core.Errorf(core.Unsupported, "bad_content_type", "The Content-Encoding %q is not supported.", e)
	}
	raw := r.c.Body()
	if len(raw) > 0 {
		kind, _, _ := strings.Cut(r.c.Get(fiber.HeaderContentType), ";")
		if !strings.EqualFold(strings.TrimSpace(kind), "application/json") {
			return nil, errContentType()
		}
	}
	in, err := parseObject(raw)
	if err != nil {
		return nil, err
	}
	if in == nil {
		in = map[string]json.RawMessage{}
	}
	return in, nil
}

// customDataIn is the custom data that a body carries with its owner. A mere link
// to it, as SDKs post back, is none.
func customDataIn(in map[string]json.RawMessage) (map[string]json.RawMessage, error) {
	raw, ok := in["customData"]
	if !ok || string(raw) == "null" {
		return nil, nil
	}
	var data map[string]json.RawMessage
	if json.Unmarshal(raw, &data) != nil {
		return nil, fieldError("wrong_type", "customData", "customData must be an object.")
	}
	return data, nil
}

// text is a member of the body that must be a string; ok tells whether it was
// there and not null.
func text(in map[string]json.RawMessage, name string) (value string, ok bool, err error) {
	raw, there := in[name]
	if !there || string(raw) == "null" {
		return "", false, nil
	}
	if json.Unmarshal(raw, &value) != nil {
		return "", false, fieldError("wrong_type", name, "%s must be a string.", name)
	}
	return value, true, nil
}

// required is a member of the body of a noun that must be a string with something
// in it (2000).
func required(in map[string]json.RawMessage, noun, name string) (string, error) {
	value, _, err := text(in, name)
	if err == nil && value == "" {
		err = fieldError("required", name, "%s %s is required; it cannot be null, empty, or blank.", noun, name)
	}
	return value, err
}

// reply is an answer that is ready to be sent: no transaction outlives it.
type reply struct {
	shown          any // nil for 204
	out            []byte
	location, etag string
	status         int
}

// view answers from an unchanging state of the data.
func (r *request) view(do func(*request) (any, error)) error {
	a, err := r.render(r.srv.App.View, false, do)
	if err != nil {
		return err
	}
	return r.send(a)
}

// update answers from a transaction that is kept unless do fails. What is expanded
// is read once it is kept, since the one writer waits for nobody's reading; and
// since it is kept, no error of that reading is the answer.
func (r *request) update(do func(*request) (any, error)) error {
	a, err := r.render(r.srv.App.Update, true, do)
	if err != nil {
		return err
	}
	if a.shown != nil && len(r.expand) > 0 {
		whole, err := r.render(r.srv.App.View, false, func(*request) (any, error) { return a.shown, nil })
		if err == nil {
			a.out = whole.out
		} else {
			r.srv.App.Log.WarnContext(r.c.Context(), "a change is answered without its expansions", "requestId", requestID(r.c), "err", err)
		}
	}
	return r.send(a)
}

// render runs do and writes what it returns; plain leaves all links as they are.
func (r *request) render(run transaction, plain bool, do func(*request) (any, error)) (a reply, err error) {
	err = run(r.c.Context(), func(tx *core.Tx) error {
		q := *r // fn may run again
		q.tx = tx
		v, err := do(&q)
		if err != nil {
			return err
		}
		a = reply{shown: v, status: fiber.StatusOK}
		if v == nil {
			a.status = fiber.StatusNoContent
			return nil
		}
		w := writer{request: &q, b: make([]byte, 0, roomFor(v)), plain: plain}
		if err := w.node(v, r.expand); err != nil {
			return err
		}
		a.out = w.b
		if rec, ok := v.(record); ok {
			path, _, _ := q.srv.where(rec)
			a.location, a.etag = q.base+"/"+path, etagOf(rec)
		}
		if o, ok := v.(*object); ok {
			a.etag = o.etag
		}
		if q.created {
			a.status = fiber.StatusCreated
		}
		return nil
	})
	return a, err
}

func (r *request) send(a reply) error {
	if a.etag != "" {
		r.c.Set(fiber.HeaderETag, a.etag)
	}
	if a.status == fiber.StatusNoContent {
		return r.c.SendStatus(a.status)
	}
	if a.status == fiber.StatusCreated && a.location != "" {
		r.c.Set(fiber.HeaderLocation, a.location)
	}
	return send(r.c.Status(a.status), a.out)
}

// roomFor guesses how long an answer gets: a record with its links has about two
// kilobytes.
func roomFor(v any) int {
	if c, ok := v.(*collection); ok {
		return 512 + 2560*len(c.items)
	}
	return 2560
}

// pathOf is where an href leads below /v1, if it is one of this server.
func (r *request) pathOf(href string) (string, bool) {
	if path, ok := strings.CutPrefix(href, r.base+"/"); ok {
		return cleanPath(path)
	}
	u, err := url.Parse(href)
	if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return "", false
	}
	if u.Host != "" && !r.srv.known(u.Host, r.who) {
		return "", false
	}
	path, ok := strings.CutPrefix(u.Path, "/v1/")
	if !ok {
		return "", false
	}
	return cleanPath(path)
}

func cleanPath(path string) (string, bool) {
	path, _, _ = strings.Cut(path, "?")
	return strings.TrimSuffix(path, "/"), path != "" && !strings.Contains(path, "..")
}
