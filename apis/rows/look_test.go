package rows_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/rows"
)

func TestTheBeginningOfAFileTellsItsColumns(t *testing.T) {
	const hash = "$2a$04$0kWv6s1zIUQdYbKpDWvTsOGBo4Zy5nQ9oJ0K7bXHbYmkZ1y0W4bHa"
	for _, c := range []struct {
		name, text, want string
	}{
		{"our names", "email|surname|customData.plan\na|b|c", "email surname customData.plan"},
		{"names of others", "E-Mail|First Name|last_name|Shoe size\na|b|c|d", "email givenName surname -"},
		{"in German", "Mail;Vorname;Nachname\na;b;c", "email givenName surname"},
		{"two for one field", "email,mail\na,b", "email -"},
		{"hashes that are called passwords", "email,password\na," + hash, "email passwordHash(bcrypt 1)"},
		{"passwords", "email,password\na,secret", "email password"},
		{"objects", `{"mail":"a","age":7}` + "\n" + `{"mail":"b","givenName":null}`, "- givenName email"},
		{"what is no object", "{\"mail\":\"a\"}\n[", "email"},
		{"empty", "", "it is empty"},
		{"a header that is none", "\"email", "its header: it is no row of the table: extraneous or missing \" in quoted-field"},
		{"two columns of one name", "a,a\n1,2", "two columns are called a"},
		{"what is no text", "email\x00\n", "it is no text in UTF-8"},
		{"many columns", strings.Repeat("a,", 300), "it has too many columns"},
	} {
		look, err := rows.LookAt(strings.Split(strings.ReplaceAll(c.text, "|", ","), "\n"))
		var said []string
		for _, col := range look.Columns {
			text := col.Field
			if text == "" {
				text = "-"
			}
			for format, n := range col.Hashes {
				text += fmt.Sprintf("(%s %d)", format, n)
			}
			said = append(said, text)
		}
		got := strings.Join(said, " ")
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func FuzzABeginningIsLookedAtOrRefused(f *testing.F) {
	f.Add("email,surname\na@x.io,\"B\nC\"\n")
	f.Add("{\"email\":\"a\"}\n[]\n")
	f.Fuzz(func(t *testing.T, text string) {
		records := strings.SplitAfter(text, "\n")
		look, err := rows.LookAt(records)
		if err != nil {
			return
		}
		for _, row := range look.Rows {
			if len(row) != len(look.Columns) {
				t.Fatalf("a row of %d cells in %d columns", len(row), len(look.Columns))
			}
		}
	})
}
