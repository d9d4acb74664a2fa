package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// A noun that a plugin declares has all that the nouns of the core have: routes,
// links, custom data, policy, walls between tenants, and its place in the document.
func TestANounOfAPlugin(t *testing.T) {
	a := apitest.New(t, func(app *core.App) { core.Register[coretest.Badge](app) })
	judged(t, a, &contract{})
	const body = `{"name":"Gate","directory":{"href":"{base}/directories/{dir}"},"holder":{"href":"{base}/accounts/{ann}"},"customData":{"a":1}}`
	a.Run(t, []row{
		{Name: "make", Path: "/v1/badges?expand=holder,customData", Body: body, Status: 201, Keep: "badge",
			Want: w{"name=Gate", "colour=grey", "label=Gate (grey)", "holder.username=ann", "customData.a=1"}, Not: w{"hits"}, Events: w{"badge.create", "customData.update"}},
		{Name: "make in another tenant's directory", Path: "/v1/badges", Body: `{"name":"X","directory":{"href":"{base}/directories/{otherdir}"}}`, Status: 404},
		{Name: "make without a name", Path: "/v1/badges", Body: `{"directory":{"href":"{base}/directories/{dir}"}}`, Status: 400, Want: w{"code=2000"}},
		{Name: "a name in use", Path: "/v1/badges", Body: body, Status: 409, Want: w{"code=2001"}},
		{Name: "support makes none", As: "support", Path: "/v1/badges", Body: body, Status: 403},
		{Name: "read", As: "auditor", Path: "/v1/badges/{badge}", Want: w{"directory.href={base}/directories/{dir}", "Etag=\"1\""}},
		{Name: "list", Path: "/v1/badges?limit=1&expand=directory", Want: w{"href={base}/badges", "size=1", "items.0.directory.name=My Application Directory"}},
		{Name: "list by what is no attribute", Path: "/v1/badges?colour=grey", Status: 400, Want: w{"code=2105"}},
		{Name: "change, as support", As: "support", Path: "/v1/badges/{badge}", Body: `{"colour":"red","hits":9,"holder":null}`, Want: w{"label=Gate (red)"}, Events: w{"badge.update"}},
		{Name: "change what is stale", Path: "/v1/badges/{badge}", Body: `{"colour":"blue"}`, Header: map[string]string{"If-Match": `"1"`}, Status: 412},
		{Name: "custom data", Path: "/v1/badges/{badge}/customData", Body: `{"b":2}`, Want: w{"a=1", "b=2"}, Events: w{"customData.update"}},
		{Name: "another tenant sees nothing", As: "other", Path: "/v1/badges/{badge}", Status: 404},
		{Name: "nor lists it", As: "other", Path: "/v1/badges", Want: w{"size=0"}},
		{Name: "nobody", As: "nobody", Path: "/v1/badges", Status: 401},
		{Name: "delete", Method: "DELETE", Path: "/v1/badges/{badge}", Status: 204, Events: w{"badge.delete"}},
		{Name: "gone", Path: "/v1/badges/{badge}", Status: 404},
		{Name: "in the document", As: "nobody", Path: "/v1/openapi.json", Want: w{"components.schemas.Badge.properties.colour.type=string", "components.schemas.BadgeInput.properties.directory.description=Set when it is made, and never again."}},
	})
}
