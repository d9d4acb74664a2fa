package cli

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core"
)

// accountRows reads accounts from a table (RFC 4180, with a header) or from lines of
// JSON, and gives each its number in the file.
type accountRows struct {
	names   map[string]string // of our fields, by those of the file
	ignored []string          // columns of the file that are no field
	in      *bufio.Reader
	limit   *limited
	table   *csv.Reader // nil for lines of JSON
	columns []string    // our field of each column; "" is none
	line    []byte
	number  int
}

// rowError is what is wrong with one row; the others are read.
type rowError struct{ why string }

func (e *rowError) Error() string { return e.why }

func rowErrorf(format string, args ...any) error { return &rowError{fmt.Sprintf(format, args...)} }

// accountFields are what a file may say of an account, beside customData.NAME.
var accountFields = []string{"email", "username", "password", "passwordHash", "givenName", "middleName", "surname",
	"status", "createdAt", "emailVerified", "groups", "customData"}

// fieldNamed is our field of that name, in any case; false if there is none.
func fieldNamed(name string) (string, bool) {
	for _, f := range accountFields {
		if strings.EqualFold(f, name) {
			return f, true
		}
	}
	if key, ok := strings.CutPrefix(name, "customData."); ok && key != "" {
		return name, true
	}
	return "", false
}

// limited is an error once a row is longer than maxLine.
type limited struct {
	in   io.Reader
	left int
}

func (l *limited) Read(b []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("a row is over %d MiB: is a quotation mark missing?", maxLine>>20)
	}
	n, err := l.in.Read(b)
	l.left -= n
	return n, err
}

// openRows begins to read a file. names are our fields and the file's names of them.
func openRows(in io.Reader, names map[string]string) (*accountRows, error) {
	r := &accountRows{names: map[string]string{}, limit: &limited{in: in, left: maxLine}}
	for ours, theirs := range names {
		field, ok := fieldNamed(ours)
		if !ok {
			return nil, wrongUse("the fields are "+strings.Join(accountFields, ", ")+" and customData.NAME", "an account has no field %q", ours)
		}
		r.names[theirs] = field
	}
	r.in = bufio.NewReaderSize(r.limit, 64<<10)
	if head, _ := r.in.Peek(3); string(head) == "\xef\xbb\xbf" {
		_, _ = r.in.Discard(3)
	}
	head, err := r.in.Peek(1)
	if err != nil {
		return nil, errors.New("it is empty")
	}
	if head[0] == '{' {
		return r, nil
	}
	r.table = csv.NewReader(r.in)
	r.table.ReuseRecord = true
	columns, err := r.table.Read()
	if err != nil {
		return nil, fmt.Errorf("its header: %w", err)
	}
	for i, name := range columns {
		name = strings.TrimSpace(name)
		field, ok := r.names[name]
		if !ok {
			field, ok = fieldNamed(name)
		}
		if ok && slices.Contains(r.columns, field) {
			return nil, fmt.Errorf("column %d is %s, as another is", i+1, field)
		}
		if !ok && name != "" {
			r.ignored = append(r.ignored, strings.Clone(name))
		}
		r.columns = append(r.columns, strings.Clone(field))
	}
	if !slices.Contains(r.columns, "email") && !slices.Contains(r.columns, "username") {
		return nil, wrongUse("name the column with --map email=COLUMN", "the file has no column email or username; it has %s", plainText(strings.Join(columns, ", ")))
	}
	return r, nil
}

// next is the next account and its line; io.EOF at the end. A *rowError is of that row
// alone.
func (r *accountRows) next() (acc core.ImportedAccount, number int, err error) {
	r.limit.left = maxLine
	if r.table == nil {
		return r.nextJSON()
	}
	row, err := r.table.Read()
	if err == io.EOF {
		return acc, 0, err
	}
	if bad, ok := errors.AsType[*csv.ParseError](err); ok {
		return acc, bad.StartLine, rowErrorf("it is no row of the table: %v", bad.Err)
	}
	if err != nil {
		return acc, 0, err
	}
	number, _ = r.table.FieldPos(0)
	for i, text := range row {
		if i < len(r.columns) && r.columns[i] != "" && text != "" {
			if err := setField(&acc, r.columns[i], text); err != nil {
				return acc, number, err
			}
		}
	}
	return acc, number, nil
}

func (r *accountRows) nextJSON() (acc core.ImportedAccount, number int, err error) {
	for {
		r.number++
		r.line, err = nextLine(r.in, r.line)
		if err != nil && err != io.ErrUnexpectedEOF {
			return acc, r.number, err
		}
		if len(bytes.TrimSpace(r.line)) > 0 {
			break
		}
		if err != nil {
			return acc, r.number, io.EOF
		}
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(r.line, &all); err != nil || all == nil {
		return acc, r.number, rowErrorf("it is no JSON object")
	}
	for name, raw := range all {
		field, ok := r.names[name]
		if !ok {
			field, ok = fieldNamed(name)
		}
		if !ok {
			if len(r.ignored) < 100 && !slices.Contains(r.ignored, name) {
				r.ignored = append(r.ignored, name)
			}
			continue
		}
		if err := setJSON(&acc, field, raw); err != nil {
			return acc, r.number, err
		}
	}
	return acc, r.number, nil
}

// setJSON sets a field to a value of JSON.
func setJSON(acc *core.ImportedAccount, field string, raw json.RawMessage) error {
	if string(raw) == "null" {
		return nil
	}
	if key, ok := strings.CutPrefix(field, "customData."); ok {
		return setCustom(acc, key, raw)
	}
	switch field {
	case "customData":
		return setField(acc, field, string(raw))
	case "groups":
		if raw[0] == '[' {
			if json.Unmarshal(raw, &acc.Groups) != nil {
				return rowErrorf("groups must be an array of names")
			}
			return nil
		}
	case "emailVerified":
		if raw[0] != '"' {
			return setField(acc, field, string(raw))
		}
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return rowErrorf("%s must be a string", field)
	}
	return setField(acc, field, text)
}

func setCustom(acc *core.ImportedAccount, key string, raw json.RawMessage) error {
	if acc.CustomData == nil {
		acc.CustomData = map[string]json.RawMessage{}
	}
	if _, twice := acc.CustomData[key]; twice {
		return rowErrorf("it has customData.%s twice", key)
	}
	acc.CustomData[key] = raw
	return nil
}

// setField sets a field to a text.
func setField(acc *core.ImportedAccount, field, text string) error {
	if !utf8.ValidString(text) {
		return rowErrorf("%s is not valid UTF-8", field)
	}
	if key, ok := strings.CutPrefix(field, "customData."); ok {
		raw, err := json.Marshal(text)
		if err != nil {
			return err
		}
		return setCustom(acc, key, raw)
	}
	text = strings.Clone(text)
	switch field {
	case "email":
		acc.Email = strings.TrimSpace(text)
	case "username":
		acc.Username = text
	case "password":
		acc.Password = text
	case "passwordHash":
		acc.PasswordHash = strings.TrimSpace(text)
	case "givenName":
		acc.GivenName = text
	case "middleName":
		acc.MiddleName = text
	case "surname":
		acc.Surname = text
	case "status":
		return acc.Status.UnmarshalText([]byte(text))
	case "createdAt":
		at, err := parseTime(text)
		if err != nil {
			return err
		}
		acc.CreatedAt = at
	case "emailVerified":
		yes, err := parseTruth(text)
		if err != nil {
			return err
		}
		acc.EmailVerified = yes
	case "groups":
		for name := range strings.SplitSeq(text, ";") {
			if name = strings.TrimSpace(name); name != "" {
				acc.Groups = append(acc.Groups, name)
			}
		}
	case "customData":
		var all map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &all) != nil {
			return rowErrorf("customData must be a JSON object")
		}
		for key, raw := range all {
			if err := setCustom(acc, key, raw); err != nil {
				return err
			}
		}
	}
	return nil
}

// parseTime reads an instant as RFC 3339 or a database has it, a date, or seconds since
// 1970. One without a zone is of UTC.
func parseTime(text string) (core.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, time.DateTime, time.DateOnly, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z07"} {
		if at, err := time.Parse(layout, text); err == nil {
			return core.At(at), nil
		}
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 && n < 1<<33 {
		return core.At(time.Unix(n, 0)), nil
	}
	return core.Time{}, rowErrorf("createdAt must look like 2017-08-31T10:00:00Z")
}

func parseTruth(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "true", "1", "yes", "verified":
		return true, nil
	case "false", "0", "no", "unverified", "unknown":
		return false, nil
	}
	return false, rowErrorf("emailVerified must be true or false")
}
