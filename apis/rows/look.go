package rows

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core/password"
)

// Look is what the beginning of a file shows of it.
type Look struct {
	Table   bool
	Comma   rune // of a table
	Columns []Column
	Rows    [][]string // of the first records, a cell for each column
	Wrong   []string   // what is wrong with each of them, "" for nothing
}

// Column is one of a table, or a member of the objects.
type Column struct {
	Name   string
	Field  string         // what it seems to hold of an account, "" for nothing
	Hashes map[string]int // formats of the hashes of passwords in it, and of how many
}

// maxColumns is how many columns a file may have.
const maxColumns = 200

// LookAt looks at the first records of a file, of a table from its header on.
func LookAt(records []string) (Look, error) {
	if len(records) == 0 || strings.TrimSpace(records[0]) == "" {
		return Look{}, errors.New("it is empty")
	}
	for _, r := range records {
		if !utf8.ValidString(r) || strings.ContainsRune(r, 0) {
			return Look{}, errors.New("it is no text in UTF-8")
		}
	}
	l := Look{Table: !strings.HasPrefix(records[0], "{")}
	if l.Table {
		l.Comma = Comma(records[0])
		names, err := cells(records[0], l.Comma)
		if err != nil {
			return l, errors.New("its header: " + err.Error())
		}
		if err := l.name(names); err != nil {
			return l, err
		}
		for _, r := range records[1:] {
			l.addRow(r)
		}
	} else if err := l.objects(records); err != nil {
		return l, err
	}
	l.guess()
	return l, nil
}

func (l *Look) name(names []string) error {
	if len(names) > maxColumns {
		return errors.New("it has too many columns")
	}
	seen := map[string]bool{}
	for _, name := range names {
		name = strings.TrimSpace(name)
		if name != "" && seen[name] {
			return errors.New("two columns are called " + name)
		}
		seen[name] = true
		l.Columns = append(l.Columns, Column{Name: name, Hashes: map[string]int{}})
	}
	return nil
}

func (l *Look) addRow(record string) {
	row, err := cells(record, l.Comma)
	why := ""
	if err != nil {
		why = err.Error()
	} else if len(row) != len(l.Columns) {
		why = "it is no row of the table: wrong number of fields"
	}
	shown := make([]string, len(l.Columns))
	copy(shown, row)
	l.Rows, l.Wrong = append(l.Rows, shown), append(l.Wrong, why)
}

func (l *Look) objects(records []string) error {
	all := make([]map[string]json.RawMessage, len(records))
	names := map[string]bool{}
	for i, r := range records {
		why := ""
		if json.Unmarshal([]byte(r), &all[i]) != nil || all[i] == nil {
			why = "it is no JSON object"
		}
		l.Wrong = append(l.Wrong, why)
		for name := range all[i] {
			names[name] = true
		}
	}
	if err := l.name(slices.Sorted(maps.Keys(names))); err != nil {
		return err
	}
	for _, o := range all {
		row := make([]string, len(l.Columns))
		for i, c := range l.Columns {
			raw := o[c.Name]
			if json.Unmarshal(raw, &row[i]) != nil {
				row[i] = string(raw)
			}
		}
		l.Rows = append(l.Rows, row)
	}
	return nil
}

// guess finds out what the columns hold, by their names and what is in them. No field is
// guessed twice.
func (l *Look) guess() {
	for i := range l.Columns {
		filled := 0
		for _, row := range l.Rows {
			if row[i] == "" {
				continue
			}
			filled++
			if format, err := password.Recognised(row[i]); err == nil {
				l.Columns[i].Hashes[format]++
			}
		}
		if len(l.Columns[i].Hashes) > 0 && sum(l.Columns[i].Hashes)*2 > filled {
			l.take(i, "passwordHash")
		}
	}
	for i, c := range l.Columns {
		if field, ok := FieldNamed(c.Name); ok && c.Field == "" {
			l.take(i, field)
		}
	}
	for i, c := range l.Columns {
		if c.Field == "" {
			l.take(i, others[plain(c.Name)])
		}
	}
}

func (l *Look) take(i int, field string) {
	if !slices.ContainsFunc(l.Columns, func(c Column) bool { return c.Field == field }) {
		l.Columns[i].Field = field
	}
}

func sum(of map[string]int) (n int) {
	for _, k := range of {
		n += k
	}
	return n
}

// plain is a name without what people put between its words.
func plain(name string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "", ".", "").Replace(strings.ToLower(name))
}

// others are what columns are called elsewhere, in their plain form.
var others = map[string]string{
	"email": "email", "mail": "email", "emailaddress": "email", "mailadresse": "email", "emailadresse": "email",
	"username": "username", "login": "username", "user": "username", "userid": "username", "uid": "username", "benutzername": "username", "benutzer": "username",
	"givenname": "givenName", "firstname": "givenName", "vorname": "givenName", "first": "givenName",
	"middlename": "middleName", "surname": "surname", "lastname": "surname", "familyname": "surname", "nachname": "surname", "last": "surname", "sn": "surname",
	"passwordhash": "passwordHash", "hash": "passwordHash", "passworthash": "passwordHash", "encryptedpassword": "passwordHash", "passwort": "password",
	"created": "createdAt", "createdat": "createdAt", "datejoined": "createdAt", "registered": "createdAt", "registeredat": "createdAt", "angelegt": "createdAt",
	"emailverified": "emailVerified", "verified": "emailVerified", "group": "groups", "roles": "groups", "gruppen": "groups", "status": "status",
}
