package cli

import (
	"encoding/json"
	"fmt"
	"testing"
)

func TestAUserOfDjangoIsAnAccount(t *testing.T) {
	for _, c := range []struct{ name, pk, fields, want string }{
		{"all of it", "12", `{"username":"ann","email":" a@x.io ","first_name":"A","last_name":"B","password":"md5$$x","is_active":true,"is_staff":true,"is_superuser":false,"date_joined":"2014-10-01T09:08:07","last_login":null,"groups":[4,["Crew"]],"user_permissions":[1],"plan":{"a":1}}`,
			`{"email":"a@x.io","username":"ann","givenName":"A","surname":"B","passwordHash":"md5$$x","number":12,"createdAt":"2014-10-01T09:08:07.000Z","customData":{"is_staff":true,"is_superuser":false,"plan":{"a":1}}} [!staff #4 =Crew] false false`},
		{"disabled, without a password", `"7"`, `{"username":"a","password":"!x","is_active":"f"}`, `{"username":"a","status":"DISABLED","number":7} [] true false`},
		{"by its e-mail", "null", `{"email":"A@x.io","password":""}`, `{"email":"A@x.io","username":"A@x.io"} [] true true`},
		{"with a UUID", `"0b0e0f9e-1"`, `{"username":"a"}`, `{"username":"a","customData":{"id":"0b0e0f9e-1"}} [] true true`},
		{"names of groups in a table", "1", `{"username":"a","groups":"A; B;"}`, `{"username":"a","number":1} [=A =B] true false`},
		{"no name", "1", `{"username":""}`, "it has no username"},
		{"a name of another type", "1", `{"username":{}}`, "username must be a string"},
		{"a flag of another type", "1", `{"username":"a","is_staff":2}`, "is_staff must be true or false"},
		{"a moment that is none", "1", `{"username":"a","date_joined":"soon"}`, "date_joined must look like 2017-08-31T10:00:00Z"},
		{"groups that are none", "1", `{"username":"a","groups":7}`, "groups must be an array"},
		{"a group that is none", "1", `{"username":"a","groups":[{}]}`, "groups must hold primary keys, or names as natural keys"},
		{"pk 0", "0", `{"username":"a"}`, "its pk is no number from 1 to 2^53-1"},
		{"pk below 0", `"-1"`, `{"username":"a"}`, "its pk is no number from 1 to 2^53-1"},
		{"pk too high", "9007199254740992", `{"username":"a"}`, "its pk is no number from 1 to 2^53-1"},
		{"pk of another type", "[1]", `{"username":"a"}`, "its pk is no number from 1 to 2^53-1"},
	} {
		rec := djangoRecord{PK: json.RawMessage(c.pk)}
		if err := json.Unmarshal([]byte(c.fields), &rec.Fields); err != nil {
			t.Fatal(err)
		}
		u, err := rec.user("username")
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			b, _ := json.Marshal(u.ImportedAccount)
			got = fmt.Sprintf("%s %v %v %v", b, u.in, u.unusable, u.unnumbered)
		}
		if got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}
