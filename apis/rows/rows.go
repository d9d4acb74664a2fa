// Package rows reads accounts of another system from a table (RFC 4180, with a header) or
// from lines of JSON. The command line reads whole files with it; the console sends
// records of one, some at a time.
package rows

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// Reader reads the accounts of a file, and gives each its number in it.
type Reader struct {
	// Ignored are columns of the file that are no field.
	Ignored []string

	form   Form
	in     *bufio.Reader
	limit  *Limit
	table  *csv.Reader // nil for lines of JSON
	line   []byte
	number int
}

// Error is what is wrong with one row; the others are read.
type Error struct{ Why string }

func (e *Error) Error() string { return e.Why }

// Errorf is an Error.
func Errorf(format string, args ...any) error { return &Error{fmt.Sprintf(format, args...)} }

// NoField says that an account has no field of that name.
type NoField struct{ Name string }

func (e *NoField) Error() string { return fmt.Sprintf("an account has no field %q", e.Name) }

// NoNames says that a table has no column by which accounts are known: these it has.
type NoNames struct{ Columns []string }

func (e *NoNames) Error() string {
	return "the file has no column email or username; it has " + strings.Join(e.Columns, ", ")
}

// MaxLine is how long a row may be, in bytes: custom data may be 10 MB.
const MaxLine = 16 << 20

// Limit is an error once more than Left bytes were read: a row is longer than MaxLine.
type Limit struct {
	In   io.Reader
	Left int
}

// Read reads on, up to the limit.
func (l *Limit) Read(b []byte) (int, error) {
	if l.Left <= 0 {
		return 0, fmt.Errorf("a row is over %d MiB: is a quotation mark missing?", MaxLine>>20)
	}
	n, err := l.In.Read(b)
	l.Left -= n
	return n, err
}

// NextLine reads a line of at most MaxLine bytes into line, without its end. A last
// line without one is io.ErrUnexpectedEOF.
func NextLine(in *bufio.Reader, line []byte) ([]byte, error) {
	line = line[:0]
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > MaxLine:
			return nil, fmt.Errorf("it is over %d MiB", MaxLine>>20)
		case err == nil:
			return bytes.TrimSuffix(line[:len(line)-1], []byte("\r")), nil
		case err == io.EOF && len(line) > 0:
			return line, io.ErrUnexpectedEOF
		case err != bufio.ErrBufferFull:
			return nil, err
		}
	}
}

// Open begins to read a file. names are our fields and the file's names of them.
func Open(in io.Reader, names map[string]string) (*Reader, error) {
	r := &Reader{form: Form{Names: map[string]string{}}, limit: &Limit{In: in, Left: MaxLine}}
	for ours, theirs := range names {
		field, ok := FieldNamed(ours)
		if !ok {
			return nil, &NoField{ours}
		}
		r.form.Names[theirs] = field
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
	if line, _ := r.in.Peek(r.in.Size()); true {
		line, _, _ = bytes.Cut(line, []byte("\n"))
		r.form.Comma = Comma(string(line))
	}
	r.table = csv.NewReader(r.in)
	r.table.Comma, r.table.ReuseRecord = r.form.Comma, true
	columns, err := r.table.Read()
	if err != nil {
		return nil, fmt.Errorf("its header: %w", err)
	}
	for i, name := range columns {
		name = strings.TrimSpace(name)
		field, ok := r.form.Names[name]
		if !ok {
			field, ok = FieldNamed(name)
		}
		if ok && slices.Contains(r.form.Columns, field) {
			return nil, fmt.Errorf("column %d is %s, as another is", i+1, field)
		}
		if !ok && name != "" {
			r.Ignored = append(r.Ignored, strings.Clone(name))
		}
		r.form.Columns = append(r.form.Columns, strings.Clone(field))
	}
	if !r.form.named() {
		return nil, &NoNames{slices.Clone(columns)}
	}
	return r, nil
}

// Next is the next account and its line; io.EOF at the end. An *Error is of that row
// alone.
func (r *Reader) Next() (acc core.ImportedAccount, number int, err error) {
	r.limit.Left = MaxLine
	if r.table == nil {
		return r.nextJSON()
	}
	row, err := r.table.Read()
	if err == io.EOF {
		return acc, 0, err
	}
	if bad, ok := errors.AsType[*csv.ParseError](err); ok {
		return acc, bad.StartLine, noRow(bad)
	}
	if err != nil {
		return acc, 0, err
	}
	number, _ = r.table.FieldPos(0)
	return acc, number, r.form.row(&acc, row)
}

func noRow(bad *csv.ParseError) error { return Errorf("it is no row of the table: %v", bad.Err) }

func (r *Reader) nextJSON() (acc core.ImportedAccount, number int, err error) {
	for {
		r.number++
		r.line, err = NextLine(r.in, r.line)
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
	return acc, r.number, r.form.object(&acc, r.line, r.ignore)
}

func (r *Reader) ignore(name string) {
	if len(r.Ignored) < 100 && !slices.Contains(r.Ignored, name) {
		r.Ignored = append(r.Ignored, name)
	}
}
