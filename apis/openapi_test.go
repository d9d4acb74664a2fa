package apis_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

// contract is the OpenAPI document as the judge of answers. Its objects are
// closed: what an answer has beyond its schema is as wrong as what it lacks.
type contract struct {
	compiler *jsonschema.Compiler
	known    map[string]*jsonschema.Schema
}

var document = sync.OnceValue(func() *contract { return &contract{} })

const closed = "https://stormkeep.test/openapi.json"

func (c *contract) load(doc []byte) error {
	c.known = map[string]*jsonschema.Schema{}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		return err
	}
	schemas := v.(map[string]any)["components"].(map[string]any)["schemas"].(map[string]any)
	for _, s := range schemas {
		s := s.(map[string]any)
		if _, ok := s["additionalProperties"]; !ok {
			s["additionalProperties"] = false
		}
	}
	c.compiler = jsonschema.NewCompiler()
	c.compiler.DefaultDraft(jsonschema.Draft2020)
	c.compiler.AssertFormat()
	return c.compiler.AddResource(closed, v)
}

// check holds an answer to the schema of its route, method and status.
func (c *contract) check(ans *apitest.Answer) error {
	if ans.JSON == nil || ans.Route == "" && ans.Status < 400 {
		return nil
	}
	at := "#/components/schemas/Error"
	if ans.Status < 400 {
		parts := strings.Split(ans.Route, "/")
		for i, p := range parts {
			if name, ok := strings.CutPrefix(p, ":"); ok {
				parts[i] = "{" + name + "}"
			}
		}
		path := strings.ReplaceAll(strings.Join(parts, "/"), "/", "~1")
		at = fmt.Sprintf("#/paths/%s/%s/responses/%d/content/application~1json/schema", url.PathEscape(path), strings.ToLower(ans.Method), ans.Status)
	}
	schema := c.known[at]
	if schema == nil {
		var err error
		if schema, err = c.compiler.Compile(closed + at); err != nil && ans.Status < 400 && strings.HasPrefix(ans.Route, "/console/api/") {
			return nil // for commands, and not in the document
		}
		if err != nil {
			return fmt.Errorf("the document does not say what is answered: %w", err)
		}
		c.known[at] = schema
	}
	if err := schema.Validate(ans.JSON); err != nil {
		return fmt.Errorf("the answer is not what the document says: %w", err)
	}
	return nil
}

// judged has every answer of a checked by c, which is loaded from it once.
func judged(t testing.TB, a *apitest.API, c *contract) {
	t.Helper()
	if c.compiler == nil {
		if err := c.load(a.Do(t, apitest.Nobody, "GET", "/v1/openapi.json", "", nil).Body); err != nil {
			t.Fatal(err)
		}
	}
	a.Check = c.check
}

func TestTheOpenAPIDocument(t *testing.T) {
	a := api(t)
	a.Run(t, []row{
		{Name: "is public", As: "nobody", Path: "/v1/openapi.json", Want: w{"openapi=3.1.0", "components.securitySchemes.apiKey.scheme=basic"}},
	})
	ans := a.Do(t, apitest.Nobody, "GET", "/v1/openapi.json", "", nil)
	again := a.Do(t, apitest.Nobody, "GET", "/v1/openapi.json", "", map[string]string{"If-None-Match": ans.Header.Get("ETag")})
	if again.Status != 304 || len(again.Body) > 0 {
		t.Errorf("unchanged: %d %s", again.Status, again.Body)
	}
	doc, err := openapi3.NewLoader().LoadFromData(ans.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Error(err)
	}
	ids := map[string]bool{}
	for _, rt := range a.Server.Routes() {
		if rt.Machine {
			continue
		}
		item := doc.Paths.Find(strings.NewReplacer(":id", "{id}", ":key", "{key}", ":token", "{token}", ":page", "{page}").Replace(rt.Path))
		if rt.Page || rt.Protocol {
			if item != nil {
				t.Errorf("the page %s is in it", rt.Path)
			}
			continue
		}
		if item == nil || item.GetOperation(rt.Method) == nil {
			t.Errorf("%s %s is not in it", rt.Method, rt.Path)
			continue
		}
		op := item.GetOperation(rt.Method)
		if ids[op.OperationID] {
			t.Errorf("%s is the id of two operations", op.OperationID)
		}
		ids[op.OperationID] = true
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, ans.Body, "", " "); err != nil {
		t.Fatal(err)
	}
	golden(t, "openapi.golden.json", pretty.String()+"\n")
}
