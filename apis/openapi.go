package apis

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// tree is a part of a JSON document; its members are written in the order of
// their names.
type tree = map[string]any

// openAPI serves the interface as an OpenAPI 3.1 document, made once from the
// routes and the kinds, so that it cannot say anything else than they do.
func (s *Server) openAPI(c fiber.Ctx) error {
	doc := s.document.Load()
	if doc == nil {
		b, err := s.describe(c)
		if err != nil {
			return err
		}
		doc = &b
		s.document.Store(doc)
	}
	sum := sha256.Sum256(*doc)
	etag := `"` + hex.EncodeToString(sum[:8]) + `"`
	c.Set(fiber.HeaderETag, etag)
	if c.Get(fiber.HeaderIfNoneMatch) == etag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	return send(c, *doc)
}

// describe makes the document. The views of the kinds are asked in a transaction
// of the first tenant, on records that hold nothing.
func (s *Server) describe(c fiber.Ctx) (doc []byte, err error) {
	all, err := s.App.Tenants(c.Context())
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, core.Errorf(core.Unavailable, "starting", "The server is starting.")
	}
	err = s.App.View(core.AsSystem(c.Context(), all[0]), func(tx *core.Tx) error {
		d := &describer{srv: s, tx: tx, schemas: tree{"Link": linkSchema, "Resource": resourceSchema, "Error": errorSchema}}
		doc, err = json.Marshal(d.document())
		return err
	})
	return doc, err
}

// describer makes the document from a server's routes and kinds.
type describer struct {
	srv     *Server
	tx      *core.Tx
	schemas tree
}

func (d *describer) document() tree {
	paths := tree{}
	for _, rt := range d.srv.routes {
		if rt.Machine || rt.Page || rt.Protocol {
			continue
		}
		path, params := template(rt.Path)
		item, ok := paths[path].(tree)
		if !ok {
			item = tree{}
			if len(params) > 0 {
				item["parameters"] = params
			}
			paths[path] = item
		}
		item[strings.ToLower(rt.Method)] = d.operation(rt)
	}
	return tree{
		"openapi": "3.1.0",
		"info": tree{"title": "Stormkeep", "version": "1",
			"description": "The management interface, which takes up version 1 of the Stormpath REST API. Every link of a resource is an object with its href."},
		"servers": []tree{{"url": d.srv.publicURL}},
		"paths":   paths,
		"components": tree{
			"schemas": d.schemas,
			"securitySchemes": tree{
				"apiKey":    tree{"type": "http", "scheme": "basic", "description": "The id and the secret of a MANAGEMENT API key."},
				"signature": tree{"type": "http", "scheme": "SAuthc1", "description": "The request signed with the secret, as Stormpath's SDKs do."},
				"console":   tree{"type": "apiKey", "in": "cookie", "name": "__Host-console", "description": "A session of the console, with the header Stormkeep-Console: 1 and from its own origin."},
			},
			"responses": tree{"Error": tree{"description": "The request was refused.",
				"content": tree{jsonType: tree{"schema": ref("Error")}}}},
			"parameters": d.sharedParameters(),
		},
	}
}

// sharedParameters are those that many routes take.
func (d *describer) sharedParameters() tree {
	params := tree{
		"expand": query("expand", "Links to show whole, one level deep: a,b(offset:0,limit:10). Given more than once, they add up.", tree{"type": "string"}),
		"offset": query("offset", "How many items to pass over.", tree{"type": "integer", "minimum": 0, "default": 0}),
		"limit":  query("limit", "How many items at most; more than 100 is taken for 100.", tree{"type": "integer", "minimum": 1, "default": defaultLimit}),
		"encryptSecret": query("encryptSecret", "Whether to encrypt the secrets of API keys with the caller's, as encryptionKeySalt, encryptionKeySize and encryptionKeyIterations say.",
			tree{"type": "boolean", "default": false}),
	}
	d.filterParameters(params)
	for name, says := range map[string]string{
		"after": "The sequence number after which events are read.", "types": "Only events of these types: account.*,group.create.",
		"wait": "For how many seconds to wait for an event, at most 30.", "for": "After how many seconds the stream ends.", "state": "Only those in this state.", "before": "The place before which to go on: next of the page before.",
		"account": "The id of an account.", "application": "The id of an application.", "from": "The first instant, of RFC 3339.", "to": "The instant before which.",
		"directory": "The id of a directory.", "past": "Where to go on: next of the page before.", "locale": "A language, such as de-AT.", "range": "24h, 7d or 30d.", "outcome": "success or failure.", "zone": "How far the clock by which days begin is ahead of UTC, in minutes.", "kind": "The kind of the jobs.",
	} {
		if params[name] == nil {
			schema := tree{"type": "integer", "minimum": 0}
			if name != "after" && name != "wait" && name != "for" && name != "before" {
				schema = tree{"type": "string"}
			}
			params[name] = query(name, says, schema)
		}
	}
	return params
}

const jsonType = "application/json"

func ref(name string) tree { return tree{"$ref": "#/components/schemas/" + name} }

func query(name, description string, schema tree) tree {
	return tree{"name": name, "in": "query", "description": description, "schema": schema}
}

// filterParameters describes what lists are searched by (spec 2.7, 2.8).
func (d *describer) filterParameters(params tree) {
	params["q"] = query("q", "Text that any of the texts has in it, in any case.", tree{"type": "string"})
	params["orderBy"] = query("orderBy", "Attributes to order by: \"surname,givenName desc\", or customData.PATH.", tree{"type": "string"})
	for _, k := range d.srv.App.Kinds() {
		for name, sort := range k.Info().Search {
			text := "The value in any case. A * before or after it stands for any text. customData.PATH is searched likewise."
			switch sort {
			case core.StatusAttr:
				text = "The whole value, in any case."
			case core.TimeAttr:
				text = "A period such as 2015-02, or a range such as [2015-01,2016-01) with an end that may be open."
			}
			params[name] = query(name, text, tree{"type": "string"})
		}
	}
}

// template is a route's path as OpenAPI writes it, and its parameters.
func template(route string) (path string, params []tree) {
	parts := strings.Split(route, "/")
	for i, p := range parts {
		if name, ok := strings.CutPrefix(p, ":"); ok {
			parts[i] = "{" + name + "}"
			params = append(params, tree{"name": name, "in": "path", "required": true, "schema": tree{"type": "string"}})
		}
	}
	return strings.Join(parts, "/"), params
}

// operationID is the method and the words of the path. It changes only if they
// do.
func operationID(rt Route) string {
	id := strings.ToLower(rt.Method)
	for word := range strings.FieldsFuncSeq(strings.TrimPrefix(rt.Path, "/v1"), func(r rune) bool { return strings.ContainsRune("/.:", r) }) {
		id += strings.ToUpper(word[:1]) + word[1:]
	}
	return id
}

func (d *describer) operation(rt Route) tree {
	op := tree{"operationId": operationID(rt), "summary": rt.Summary, "responses": d.responses(rt)}
	if rt.Kind != "" {
		op["tags"] = []string{rt.Kind}
	}
	if rt.Public {
		return op
	}
	op["security"] = []tree{{"apiKey": []string{}}, {"signature": []string{}}}
	if rt.Console {
		op["security"] = []tree{{"console": []string{}}}
	}
	if params := d.parameters(rt); len(params) > 0 {
		op["parameters"] = params
	}
	if schema := d.takes(rt); schema != nil {
		op["requestBody"] = tree{"content": tree{jsonType: tree{"schema": schema}}}
	}
	return op
}

func (d *describer) parameters(rt Route) (params []tree) {
	shared := func(names ...string) {
		for _, name := range names {
			params = append(params, tree{"$ref": "#/components/parameters/" + name})
		}
	}
	if rt.Status < http.StatusAccepted && !rt.Console {
		shared("expand")
	}
	if rt.Status == http.StatusFound {
		params = append(params, query("expand", "Repeated in the Location, as all of the query is.", tree{"type": "string"}))
	}
	if rt.List != "" || strings.HasSuffix(rt.Shows, "List") && !rt.Console {
		shared("offset", "limit")
	}
	shared(rt.Filters...)
	if rt.List == "apiKeys" || rt.Kind == "apiKeys" || rt.Body == "apiKeys" {
		shared("encryptSecret")
	}
	if rt.Body == "accounts" && rt.Status == http.StatusCreated {
		params = append(params,
			query("registrationWorkflowEnabled", "false sends no mails for this account, and true has its address verified, whatever its directory says.", tree{"type": "boolean"}),
			query("passwordFormat", "mcf says that password is a hash of bcrypt or stormpath2.", tree{"type": "string", "enum": []string{"mcf"}}))
	}
	if (rt.Path == "/v1/applications" || rt.Path == "/v1/organizations") && rt.Method == http.MethodPost {
		params = append(params, query("createDirectory", "true makes a directory as well, any other text one of that name.", tree{"type": "string"}))
	}
	return params
}

// takes is the schema of the body, nil for none.
func (d *describer) takes(rt Route) tree {
	switch {
	case rt.Method != http.MethodPost:
		return nil
	case rt.Or != "":
		return tree{"anyOf": []tree{ref(d.input(rt.Body)), ref(d.input(rt.Or))}}
	case rt.Body != "":
		return ref(d.input(rt.Body))
	case len(rt.Takes) > 0:
		return d.members(rt.Takes, false)
	case rt.Shows == "CustomData":
		return tree{"type": "object"}
	}
	return nil
}

// responses are the answer of success and the one form of every refusal.
func (d *describer) responses(rt Route) tree {
	ok := tree{"description": http.StatusText(rt.Status)}
	if schema := d.shows(rt); schema != nil {
		ok["content"] = tree{jsonType: tree{"schema": schema}}
	}
	switch rt.Status {
	case http.StatusCreated, http.StatusFound:
		ok["headers"] = tree{"Location": tree{"required": true, "schema": tree{"type": "string", "format": "uri"}}}
	}
	return tree{strconv.Itoa(rt.Status): ok, "default": tree{"$ref": "#/components/responses/Error"}}
}

// shows is the schema of what a route answers, nil for an empty body.
func (d *describer) shows(rt Route) tree {
	switch {
	case rt.Status == http.StatusNoContent || rt.Status == http.StatusFound || rt.Status == http.StatusAccepted:
		return nil
	case rt.Shows != "":
		return ref(d.object(rt))
	case rt.List != "":
		return ref(d.list(rt.List))
	case rt.Or != "":
		return tree{"anyOf": []tree{ref(d.kind(rt.Body)), ref(d.kind(rt.Or))}}
	case rt.Body != "":
		return ref(d.kind(rt.Body))
	case rt.Kind != "" && d.srv.App.KindNamed(rt.Kind) != nil:
		return ref(d.kind(rt.Kind))
	}
	return tree{}
}

// answerOf is the schema of what is at a path below /v1 without ids, if GET
// answers there.
func (d *describer) answerOf(path string) tree {
	i := slices.IndexFunc(d.srv.routes, func(rt Route) bool {
		return rt.Method == http.MethodGet && rt.Status == http.StatusOK && pattern(strings.TrimPrefix(rt.Path, "/v1/")) == path
	})
	if i < 0 {
		return nil
	}
	return d.shows(d.srv.routes[i])
}
