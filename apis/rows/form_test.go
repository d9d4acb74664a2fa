package rows_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stormkeep/stormkeep/apis/rows"
)

func TestARecordIsReadByTheFormOfItsFile(t *testing.T) {
	table := rows.Form{Comma: ';', Columns: []string{"email", "", "customData.plan"}}
	lines := rows.Form{Names: map[string]string{"mail": "email", "tier": "customData.plan", "surname": ""}}
	for _, c := range []struct {
		name   string
		form   rows.Form
		record string
		want   string
	}{
		{"a row", table, "a@x.io;skipped;gold", `{"email":"a@x.io","customData":{"plan":"gold"}}`},
		{"with its line end", table, "a@x.io;;\r\n", `{"email":"a@x.io"}`},
		{"with a line end inside", table, "a@x.io;;\"go\nld\"", `{"email":"a@x.io","customData":{"plan":"go\nld"}}`},
		{"a cell too few", table, "a@x.io;x", "it is no row of the table: wrong number of fields"},
		{"a quotation mark that is not closed", table, "a@x.io;;\"x", "it is no row of the table: extraneous or missing \" in quoted-field"},
		{"two rows", table, "a;;\nb;;", "it is more than one row"},
		{"nothing", table, "", "it is empty"},
		{"what is no UTF-8", table, "a@x.io;;\xff", "customData.plan is not valid UTF-8"},
		{"an object", lines, `{"mail":"a@x.io","tier":7,"odd":1,"surname":"left out"}`, `{"email":"a@x.io","customData":{"plan":7}}`},
		{"a list", lines, `[]`, "it is no JSON object"},
		{"null", lines, `null`, "it is no JSON object"},
	} {
		acc, err := c.form.Account(c.record)
		b, _ := json.Marshal(acc)
		got := string(b)
		if err != nil {
			got = err.Error()
			if _, ok := errors.AsType[*rows.Error](err); !ok {
				t.Errorf("%s: %v is not of the row", c.name, err)
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		name string
		form rows.Form
		want string
	}{
		{"good", table, ""},
		{"lines may say the field in each", rows.Form{}, ""},
		{"no such field", rows.Form{Comma: ',', Columns: []string{"email", "moon"}}, `an account has no field "moon"`},
		{"in another case", rows.Form{Comma: ',', Columns: []string{"EMAIL"}}, `an account has no field "EMAIL"`},
		{"twice", rows.Form{Comma: ',', Columns: []string{"email", "email"}}, "two columns are email"},
		{"nobody known", rows.Form{Comma: ',', Columns: []string{"surname", ""}}, "the file has no column email or username; it has surname, "},
	} {
		got := ""
		if err := c.form.Check(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func FuzzARecordIsReadOrRefused(f *testing.F) {
	f.Add("a@x.io;;\"go\nld\"")
	f.Add(`{"mail":"a","customData":{"a":1}}`)
	f.Fuzz(func(t *testing.T, record string) {
		for _, form := range []rows.Form{{Comma: ';', Columns: []string{"email", "groups", "customData"}}, {Names: map[string]string{"mail": "email"}}} {
			if _, err := form.Account(record); err != nil {
				if _, ok := errors.AsType[*rows.Error](err); !ok {
					t.Fatal(err)
				}
			}
		}
	})
}
