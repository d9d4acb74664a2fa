package rows

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// Form says how the records of a file are written, and what of them goes where.
type Form struct {
	Comma   rune              // between the cells of a table; 0 for lines of JSON
	Columns []string          // our field of each column of a table, "" is none
	Names   map[string]string // our fields by the file's names of them, in lines of JSON; those that are called as ours need none, "" is none
}

// Check tells what is wrong with a form: a field that an account has not, or has twice, or
// nothing by which accounts are known.
func (f *Form) Check() error {
	var all []string
	for _, field := range f.Columns {
		all = append(all, field)
	}
	for _, field := range f.Names {
		all = append(all, field)
	}
	slices.Sort(all)
	last := ""
	for _, field := range all {
		if field == "" {
			continue
		}
		own, ok := FieldNamed(field)
		if !ok || own != field {
			return &NoField{field}
		}
		if field == last {
			return Errorf("two columns are %s", field)
		}
		last = field
	}
	if f.Comma != 0 && !f.named() {
		return &NoNames{f.Columns}
	}
	return nil
}

func (f *Form) named() bool {
	return slices.Contains(f.Columns, "email") || slices.Contains(f.Columns, "username")
}

// Account is what one record says: a row of a table with its line ends, if they are
// quoted, or an object of JSON. What is wrong with it is an *Error.
func (f *Form) Account(record string) (acc core.ImportedAccount, err error) {
	if f.Comma == 0 {
		return acc, f.object(&acc, []byte(record), func(string) {})
	}
	row, err := cells(record, f.Comma)
	if err != nil {
		return acc, err
	}
	if len(row) != len(f.Columns) {
		return acc, noRow(&csv.ParseError{Err: csv.ErrFieldCount})
	}
	return acc, f.row(&acc, row)
}

// cells are those of one row.
func cells(record string, comma rune) ([]string, error) {
	r := csv.NewReader(strings.NewReader(record))
	r.Comma, r.FieldsPerRecord = comma, -1
	row, err := r.Read()
	if bad, ok := errors.AsType[*csv.ParseError](err); ok {
		return nil, noRow(bad)
	}
	if err == io.EOF {
		return nil, Errorf("it is empty")
	}
	if err != nil {
		return nil, err
	}
	if _, err := r.Read(); err != io.EOF {
		return nil, Errorf("it is more than one row")
	}
	return row, nil
}

func (f *Form) row(acc *core.ImportedAccount, row []string) error {
	for i, text := range row {
		if i < len(f.Columns) && f.Columns[i] != "" && text != "" {
			if err := setField(acc, f.Columns[i], text); err != nil {
				return err
			}
		}
	}
	return nil
}

// object reads a line of JSON; ignored is told of each member that is no field.
func (f *Form) object(acc *core.ImportedAccount, line []byte, ignored func(name string)) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(line, &all); err != nil || all == nil {
		return Errorf("it is no JSON object")
	}
	for name, raw := range all {
		field, ok := f.Names[name]
		if !ok {
			field, ok = FieldNamed(name)
		}
		if !ok {
			ignored(name)
			continue
		}
		if field == "" {
			continue
		}
		if err := setJSON(acc, field, raw); err != nil {
			return err
		}
	}
	return nil
}

// Comma is what stands between the cells of a table, by its header: a comma, or where it has
// none, the semicolon or the tabulator that some spreadsheets write.
func Comma(header string) rune {
	if !strings.Contains(header, ",") {
		for _, c := range ";\t" {
			if strings.ContainsRune(header, c) {
				return c
			}
		}
	}
	return ','
}
