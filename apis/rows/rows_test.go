package rows_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/rows"
)

// all is what a file says, a line each: its number, and the account or what is wrong.
func rowsOf(text string, names map[string]string) string {
	r, err := rows.Open(strings.NewReader(text), names)
	if err != nil {
		return err.Error()
	}
	var out strings.Builder
	for {
		acc, n, err := r.Next()
		bad, ok := errors.AsType[*rows.Error](err)
		switch {
		case err == io.EOF:
			return out.String()
		case ok:
			fmt.Fprintf(&out, "%d %s|", n, bad.Why)
		case err != nil:
			return out.String() + err.Error()
		default:
			b, _ := json.Marshal(acc)
			fmt.Fprintf(&out, "%d %s|", n, b)
		}
	}
}

func TestAccountsAreReadFromTablesAndLines(t *testing.T) {
	for _, c := range []struct {
		name, text string
		names      map[string]string
		want       string
	}{
		{"a table", "email,GivenName\na@x.io,A\n", nil, `2 {"email":"a@x.io","givenName":"A"}|`},
		{"of Windows, with a mark", "\xef\xbb\xbfemail,surname\r\na@x.io,\"B\r\nC, \"\"D\"\"\"\r\nb@x.io,\r\n", nil,
			`2 {"email":"a@x.io","surname":"B\nC, \"D\""}|4 {"email":"b@x.io"}|`},
		{"with names of its own", "mail,tier\na@x.io,gold\n", map[string]string{"email": "mail", "customData.plan": "tier"},
			`2 {"email":"a@x.io","customData":{"plan":"gold"}}|`},
		{"a formula is text", "email,surname\na@x.io,=1+1\n", nil, `2 {"email":"a@x.io","surname":"=1+1"}|`},
		{"a row too short", "email,surname\na@x.io\nb@x.io,B\n", nil, `2 it is no row of the table: wrong number of fields|3 {"email":"b@x.io","surname":"B"}|`},
		{"what is no UTF-8", "email,surname\na@x.io,\xff\n", nil, `2 surname is not valid UTF-8|`},
		{"dates, groups and truth", "email,createdAt,groups,emailVerified\na@x.io,2015-01-02,A; B;,yes\nb@x.io,soon,,\nc@x.io,,,perhaps\n", nil,
			`2 {"email":"a@x.io","createdAt":"2015-01-02T00:00:00.000Z","emailVerified":true,"groups":["A","B"]}|` +
				`3 createdAt must look like 2017-08-31T10:00:00Z|4 emailVerified must be true or false|`},
		{"no column to know them by", "name\nx\n", nil, "the file has no column email or username; it has name"},
		{"with semicolons, as some spreadsheets write", "email;surname\na@x.io;B, C\n", nil, `2 {"email":"a@x.io","surname":"B, C"}|`},
		{"with tabulators", "email\tsurname\na@x.io\tB\n", nil, `2 {"email":"a@x.io","surname":"B"}|`},
		{"a column twice", "email,EMAIL\na,b\n", nil, "column 2 is email, as another is"},
		{"no such field", "a\n", map[string]string{"moon": "a"}, `an account has no field "moon"`},
		{"empty", "", nil, "it is empty"},
		{"lines", "{\"email\":\"a@x.io\",\"groups\":[\"A\"],\"emailVerified\":true,\"customData\":{\"n\":[1]},\"odd\":1}\n\n[]\n{\"email\":7}", nil,
			`1 {"email":"a@x.io","emailVerified":true,"customData":{"n":[1]},"groups":["A"]}|3 it is no JSON object|4 email must be a string|`},
	} {
		if got := rowsOf(c.text, c.names); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
	if got := rowsOf("email,surname\na@x.io,\""+strings.Repeat("x\n", rows.MaxLine), nil); !strings.Contains(got, "over 16 MiB") {
		t.Errorf("a row without end: %.100s", got)
	}
}

func FuzzARowIsReadOrRefused(f *testing.F) {
	f.Add("email,customData.a,groups\na@x.io,\"x\",A;B\n")
	f.Add("{\"email\":\"a\",\"customData\":{\"a\":1}}\n")
	f.Fuzz(func(t *testing.T, text string) { rowsOf(text, map[string]string{"customData.a": "b"}) })
}
