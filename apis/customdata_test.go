package apis_test

import (
	"strings"
	"testing"
)

func TestCustomData(t *testing.T) {
	rows := []row{}
	for kind, id := range map[string]string{"tenants": "{tenant}", "applications": "{app}", "directories": "{dir}", "groups": "{grp}", "accounts": "{ann}"} {
		path := "/v1/" + kind + "/" + id + "/customData"
		update := w{"customData.update"}
		rows = append(rows,
			row{Name: kind + ": always exists", Path: path, Want: w{"href={base}/" + kind + "/" + id + "/customData", "createdAt=2026-11-21T12:00:00.000Z"}},
			row{Name: kind + ": set keys", Path: path, Body: `{"a":{"b":[1,null,true]},"n":null}`, Want: w{`a={"b":[1,null,true]}`, "n=null"}, Events: update},
			row{Name: kind + ": another's is not found", Path: "/v1/" + kind + "/{other" + strings.Trim(id, "{}") + "}/customData", Status: 404},
			row{Name: kind + ": another's is not changed", Path: "/v1/" + kind + "/{other" + strings.Trim(id, "{}") + "}/customData", Body: `{"a":1}`, Status: 404},
			row{Name: kind + ": another's is not emptied", Method: "DELETE", Path: "/v1/" + kind + "/{other" + strings.Trim(id, "{}") + "}/customData", Status: 404},
			row{Name: kind + ": empty it, though it is", Method: "DELETE", Path: path, Status: 204},
			row{Name: kind + ": auditors change nothing", As: "auditor", Path: path, Body: `{"a":1}`, Status: 403},
		)
	}
	const path = "/v1/accounts/{ann}/customData"
	each(t, append(rows, []row{
		{Name: "a null is a value (safe choice of 12)", Path: path, Body: `{"a":null}`, Want: w{"a=null"}, Events: w{"customData.update"}},
		{Name: "deleting an absent key is 204 (safe choice of 12)", Method: "DELETE", Path: path + "/absent", Status: 204},
		{Name: "what SDKs echo is ignored", Path: path, Body: `{"href":"x","createdAt":"y","modifiedAt":7}`, Not: w{`"x"`, `"y"`}},
		{Name: "an empty change is 2000 (safe choice of 2.4)", Path: path, Body: `{}`, Status: 400, Want: w{"code=2000"}},
		{Name: "an empty name", Path: path, Body: `{"":1}`, Status: 400, Want: w{"code=3000"}},
		{Name: "a name of 256 characters", Path: path, Body: `{"` + strings.Repeat("x", 256) + `":1}`, Status: 400, Want: w{"code=3001"}},
		{Name: "a name of 255 characters", Path: path, Body: `{"` + strings.Repeat("x", 255) + `":1}`, Events: w{"customData.update"}},
		{Name: "a name with a dot", Path: path, Body: `{"a.b":1}`, Status: 400, Want: w{"code=3002"}},
		{Name: "a name that begins with a hyphen", Path: path, Body: `{"-a":1}`, Status: 400, Want: w{"code=3002"}},
		{Name: "a reserved name", Path: path, Body: `{"spMeta":1}`, Status: 400, Want: w{"code=3003"}},
		{Name: "nested names are free (safe choice of 12)", Path: path, Body: `{"a":{"spMeta":1,"b.c":2,"":3}}`, Want: w{`a={"spMeta":1,"b.c":2,"":3}`}, Events: w{"customData.update"}},
		{Name: "more than 10 MB", Path: path, Body: `{"a":"` + strings.Repeat("x", 10<<20) + `"}`, Status: 400, Want: w{"code=3004"}},
		{Name: "numbers stay as they are", Path: path, Body: `{"a":12345678901234567890,"b":1.0,"c":1e2}`, Want: w{"a=12345678901234567890", "b=1.0", "c=1e2"}, Events: w{"customData.update"}},
		{Name: "text stays as it is", Path: path, Body: `{"a":"<é&\u2028\ud83d\ude00>"}`, Want: w{"a=\"<é&\u2028😀>\""}, Events: w{"customData.update"}},
	}...))
}

// A POST merges, a DELETE removes a key or all; the owner's modifiedAt stays.
func TestCustomDataMerges(t *testing.T) {
	a := api(t)
	const path = "/v1/groups/{grp}/customData"
	update := w{"customData.update"}
	a.Run(t, []row{
		{Name: "some keys", Path: path, Body: `{"a":{"x":1},"b":2,"c-d":3}`, Events: update},
		{Name: "one changes whole", Path: path, Body: `{"a":{"y":2}}`, Want: w{`a={"y":2}`, "b=2", "c-d=3"}, Events: update},
		{Name: "the same again changes nothing", Path: path, Body: `{"a":{"y":2}}`, Want: w{"b=2"}},
		{Name: "a key goes", Method: "DELETE", Path: path + "/c%2Dd", Status: 204, Events: update},
		{Name: "and is gone", Path: path, Want: w{"b=2"}, Not: w{"c-d"}},
		{Name: "expanded in its owner", Path: "/v1/groups/{grp}?expand=customData", Want: w{"customData.b=2"}},
		{Name: "posted back whole, it changes nothing", Path: "/v1/groups/{grp}",
			Body: `{"name":"Staff","customData":{"href":"{base}/groups/{grp}/customData","createdAt":"2026-11-21T12:00:00.000Z","a":{"y":2},"b":2}}`},
		{Name: "a link to it is no data", Path: "/v1/groups/{grp}", Body: `{"name":"Staff","customData":{"href":"{base}/groups/{grp}/customData"}}`},
		{Name: "all go", Method: "DELETE", Path: path, Status: 204, Events: update},
		{Name: "and are gone", Path: path, Not: w{`"b"`}},
	})
}

// What somebody else changed meanwhile is not changed back: as with records, each state
// has a tag.
func TestCustomDataIsNotChangedFromAStaleReading(t *testing.T) {
	a := api(t)
	const path = "/v1/accounts/{ann}/customData"
	update := w{"customData.update"}
	match := func(tag string) map[string]string { return map[string]string{"If-Match": tag} }
	a.Run(t, []row{
		{Name: "of none there is a tag", Path: path, Want: w{`ETag="0"`}},
		{Name: "set by who read it", Path: path, Body: `{"a":1,"b":2}`, Header: match(`"0"`), Want: w{`ETag="1"`}, Events: update},
		{Name: "set by who read it before", Path: path, Body: `{"a":3}`, Header: match(`"0"`), Status: 412, Want: w{"code=412"}},
		{Name: "the same again has the same tag", Path: path, Body: `{"a":1}`, Header: match(`"1"`), Want: w{`ETag="1"`}},
		{Name: "a key deleted by who read it before", Method: "DELETE", Path: path + "/a", Header: match(`"0"`), Status: 412},
		{Name: "a key deleted by who read it", Method: "DELETE", Path: path + "/a", Header: match(`"1"`), Status: 204, Want: w{`ETag="2"`}, Events: update},
		{Name: "a deletion of nothing", Method: "DELETE", Path: path + "/a", Header: match(`"2"`), Status: 204, Want: w{`ETag="2"`}},
		{Name: "emptied by who read it before", Method: "DELETE", Path: path, Header: match(`"1"`), Status: 412},
		{Name: "of whatever state", Path: path, Body: `{"c":3}`, Header: match("*"), Want: w{`ETag="3"`}, Events: update},
		{Name: "without a condition", Path: path, Body: `{"c":4}`, Want: w{`ETag="4"`}, Events: update},
		{Name: "emptied by who read it", Method: "DELETE", Path: path, Header: match(`"4"`), Status: 204, Want: w{`ETag="5"`}, Events: update},
		{Name: "of nobody", Path: "/v1/accounts/{otherann}/customData", Body: `{"a":1}`, Header: match(`"0"`), Status: 404},
	})
}
