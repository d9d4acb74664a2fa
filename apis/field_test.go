package apis_test

import "testing"

func TestAccountSchemas(t *testing.T) {
	const surname = "/v1/fields/{dir}surname"
	api(t).Run(t, []row{
		{Name: "the schema", Path: "/v1/schemas/{dir}?expand=fields,directory", Want: w{"fields.size=2", "fields.items.1.name=surname", "directory.name=My Application Directory", "createdAt=2026-11-21T12:00:00.000Z"}},
		{Name: "its fields", Path: "/v1/schemas/{dir}/fields?limit=1&offset=1", Want: w{"size=2", "items.#=1", "items.0.name=surname", "items.0.required=false", "items.0.href={base}/fields/{dir}surname"}},
		{Name: "a field", Path: "/v1/fields/{dir}givenName?expand=schema", Want: w{"name=givenName", "required=false", "schema.directory.href={base}/directories/{dir}"}},
		{Name: "no such field", Path: "/v1/fields/{dir}email", Status: 404},
		{Name: "no such directory", Path: "/v1/fields/{grp}surname", Status: 404},
		{Name: "another's field", Path: "/v1/fields/{otherdir}surname", Status: 404},
		{Name: "another's field, changed", Path: "/v1/fields/{otherdir}surname", Body: `{"required":true}`, Status: 404},
		{Name: "the schema itself has nothing to change", Path: "/v1/schemas/{dir}", Body: `{"fields":{}}`, Status: 405},
		{Name: "of another type", Path: surname, Body: `{"required":"maybe"}`, Status: 400, Want: w{"code=2004"}},
		{Name: "nothing", Path: surname, Body: `{}`, Status: 400, Want: w{"code=2000"}},
		{Name: "support changes none", As: "support", Path: surname, Body: `{"required":true}`, Status: 403},
		{Name: "admins change none of the administrators'", As: "admin", Path: "/v1/fields/{admindir}surname", Body: `{"required":true}`, Status: 403},
		{Name: "required", Path: surname, Body: `{"required":"true","name":"x"}`, Want: w{"required=true", "name=surname", `Etag="1"`}, Events: w{"accountSchema.create"}},
		{Name: "the same again", Path: surname, Body: `{"required":true}`, Want: w{"required=true"}},
		{Name: "of another reading", Path: surname, Body: `{"required":false}`, Header: map[string]string{"If-Match": `"0"`}, Status: 412},
		{Name: "the other is not", Path: "/v1/fields/{dir}givenName", Want: w{"required=false"}},
		{Name: "an account without", Path: "/v1/directories/{dir}/accounts", Body: `{"email":"b@example.com","password":"Passw0rd!"}`, Status: 400,
			Want: w{"code=2000", "message=Account surname is required; it cannot be null, empty, or blank."}},
		{Name: "an account with it", Path: "/v1/applications/{app}/accounts", Body: `{"email":"b@example.com","password":"Passw0rd!","surname":"B"}`, Status: 201, Events: w{"account.create"}},
		{Name: "an account that loses it", Path: "/v1/accounts/{ann}", Body: `{"surname":null}`, Status: 400, Want: w{"code=2000"}},
	})
}
