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
	"strings"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/apis/rows"
)

// djangoRows reads the records of what manage.py dumpdata wrote (--format json or
// jsonl), or the users of a table with a header, one at a time: a dump may be larger
// than memory.
type djangoRows struct {
	users   string // the model that a table is of
	limit   *rows.Limit
	json    *json.Decoder // nil for a table
	array   bool
	table   *csv.Reader
	columns []string
	number  int
}

// djangoRecord is one record. The values of a table are texts.
type djangoRecord struct {
	number int
	Model  string                     `json:"model"`
	PK     json.RawMessage            `json:"pk"`
	Fields map[string]json.RawMessage `json:"fields"`
}

func openDjango(in io.Reader, users string) (*djangoRows, error) {
	r := &djangoRows{users: strings.ToLower(users), limit: &rows.Limit{In: in, Left: rows.MaxLine}}
	buf := bufio.NewReaderSize(r.limit, 64<<10)
	head, _ := buf.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return nil, &problem{errors.New("the file is UTF-16, as PowerShell writes what a command prints"),
			"have Django write it: python -Xutf8 manage.py dumpdata auth -o dump.json", failed}
	case string(head) == "\xef\xbb\xbf":
		_, _ = buf.Discard(3)
	}
	first, err := byte(0), error(nil)
	for {
		if first, err = buf.ReadByte(); err != nil {
			return nil, errors.New("it is empty")
		}
		if !bytes.ContainsRune([]byte(" \t\r\n"), rune(first)) {
			break
		}
		r.limit.Left = rows.MaxLine
	}
	_ = buf.UnreadByte()
	if first == '[' || first == '{' {
		r.json, r.array = json.NewDecoder(buf), first == '['
		if r.array {
			_, err = r.json.Token()
		}
		return r, err
	}
	return r, r.openTable(buf)
}

func (r *djangoRows) openTable(in io.Reader) error {
	r.table = csv.NewReader(in)
	r.table.ReuseRecord = true
	columns, err := r.table.Read()
	if err != nil {
		return fmt.Errorf("its header: %w", err)
	}
	for i, name := range columns {
		name = strings.Clone(strings.TrimSpace(name))
		if name != "" && slices.Contains(r.columns, name) {
			return fmt.Errorf("column %d is %s, as another is", i+1, plainText(name))
		}
		r.columns = append(r.columns, name)
	}
	return nil
}

// unit is what the numbers of the records count.
func (r *djangoRows) unit() string {
	if r.json != nil {
		return "record"
	}
	return "line"
}

// next is the next record; io.EOF at the end. A *rows.Error is of that record alone.
func (r *djangoRows) next() (rec djangoRecord, err error) {
	r.limit.Left = rows.MaxLine
	if r.json == nil {
		return r.nextRow()
	}
	r.number++
	rec.number = r.number
	if r.array && !r.json.More() {
		if _, err := r.json.Token(); err != nil {
			return rec, r.broken(err)
		}
		return rec, io.EOF
	}
	var raw json.RawMessage
	if err := r.json.Decode(&raw); err == io.EOF && !r.array {
		return rec, io.EOF
	} else if err != nil {
		return rec, r.broken(err)
	}
	if json.Unmarshal(raw, &rec) != nil || rec.Model == "" || rec.Fields == nil {
		return rec, rows.Errorf("it is no record of a dump, which has a model, a pk and fields")
	}
	rec.Model = strings.ToLower(rec.Model)
	return rec, nil
}

func (r *djangoRows) broken(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = errors.New("it was cut off")
	}
	return fmt.Errorf("record %d: %w", r.number, err)
}

func (r *djangoRows) nextRow() (rec djangoRecord, err error) {
	row, err := r.table.Read()
	if bad, ok := errors.AsType[*csv.ParseError](err); ok {
		rec.number = bad.StartLine
		return rec, rows.Errorf("it is no row of the table: %v", bad.Err)
	}
	if err != nil {
		return rec, err
	}
	rec.number, _ = r.table.FieldPos(0)
	rec.Model, rec.Fields = r.users, map[string]json.RawMessage{}
	for i, text := range row {
		name := r.columns[i]
		if name == "" || text == "" {
			continue
		}
		if !utf8.ValidString(text) {
			return rec, rows.Errorf("%s is not valid UTF-8", plainText(name))
		}
		raw, err := json.Marshal(text)
		if err != nil {
			return rec, err
		}
		if name == "id" || name == "pk" {
			rec.PK = raw
			continue
		}
		rec.Fields[name] = raw
	}
	return rec, nil
}
