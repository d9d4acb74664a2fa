package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/rows"
)

// djangoOf is what a file says, a record each: its number and model, or what is wrong.
func djangoOf(text string) string {
	r, err := openDjango(strings.NewReader(text), "auth.User")
	if err != nil {
		return err.Error()
	}
	var out strings.Builder
	for {
		rec, err := r.next()
		bad, ok := errors.AsType[*rows.Error](err)
		switch {
		case err == io.EOF:
			return out.String()
		case ok:
			fmt.Fprintf(&out, "%d %s|", rec.number, bad.Why)
		case err != nil:
			return out.String() + err.Error()
		default:
			fmt.Fprintf(&out, "%d %s %s %d|", rec.number, rec.Model, rec.PK, len(rec.Fields))
			_, _ = rec.user("username")
		}
	}
}

func TestDumpsAndTablesOfDjangoAreRead(t *testing.T) {
	const none = "it is no record of a dump, which has a model, a pk and fields"
	for _, c := range []struct{ name, text, want string }{
		{"a dump", "\n [{\"model\":\"auth.User\",\"pk\":1,\"fields\":{\"a\":1}},\n{\"model\":\"x.y\",\"fields\":{}}]\n", `1 auth.user 1 1|2 x.y  0|`},
		{"lines", "{\"model\":\"a.b\",\"pk\":1,\"fields\":{}}\n{\"model\":\"a.b\",\"pk\":2,\"fields\":{}}", `1 a.b 1 0|2 a.b 2 0|`},
		{"with a mark", "\xef\xbb\xbf[]", ``},
		{"what is no record", `[7, null, {"model":"a.b"}, {"model":7,"fields":{}}, {"model":"a.b","fields":{}}]`,
			"1 " + none + "|2 " + none + "|3 " + none + "|4 " + none + "|5 a.b  0|"},
		{"cut off", `[{"model":"a.b","fields":{}}, {"mod`, "1 a.b  0|record 2: it was cut off"},
		{"cut off between", `[{"model":"a.b","fields":{}}`, "1 a.b  0|record 2: it was cut off"},
		{"no JSON", `[{"model":"a.b","fields":{}}, x]`, "1 a.b  0|record 2: invalid character 'x' looking for beginning of value"},
		{"a table", "id,username\n7,ann\n,bob\n8\n9,\xff\n", "2 auth.user \"7\" 1|3 auth.user  1|4 it is no row of the table: wrong number of fields|5 username is not valid UTF-8|"},
		{"a column twice", "id,id\n", "column 2 is id, as another is"},
		{"empty", " \n", "it is empty"},
		{"of PowerShell", "\xff\xfe[\x00]\x00", "the file is UTF-16, as PowerShell writes what a command prints"},
	} {
		if got := djangoOf(c.text); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
	if got := djangoOf(`[{"model":"` + strings.Repeat("x", 2*rows.MaxLine)); !strings.Contains(got, "over 16 MiB") {
		t.Errorf("a record without end: %.100s", got)
	}
}

func FuzzADumpOfDjangoIsReadOrRefused(f *testing.F) {
	f.Add(`[{"model":"auth.user","pk":1,"fields":{"username":"ann","groups":[1,["a"]],"is_staff":true,"date_joined":"2014-01-01"}}]`)
	f.Add(`{"model":"auth.user","pk":"a","fields":{"username":7,"groups":"a;b","is_active":null}}`)
	f.Add("id,username,groups\n1,ann,a;b\n")
	f.Fuzz(func(_ *testing.T, text string) { djangoOf(text) })
}
