package cli

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"

	"filippo.io/age"

	"github.com/stormkeep/stormkeep/apis/rows"
	"github.com/stormkeep/stormkeep/core"
)

// A file of an export is lines of JSON: a header, one for each record, and an end that
// says how many there are and their SHA-256. A file that was cut off has no end.

// transferHeader is the first line.
type transferHeader struct {
	Stormkeep string         `json:"stormkeep"` // "export"
	Form      int            `json:"form"`
	Tenant    exportedTenant `json:"tenant"`
	At        core.Time      `json:"at"`
	Secrets   bool           `json:"secrets"`
	Operators bool           `json:"operators"`
	Counts    map[string]int `json:"counts"` // of what there was at the start
}

type exportedTenant struct {
	ID   string `json:"id"`
	Key  string `json:"key"`
	Name string `json:"name"`
}

// transferEnd is the last line.
type transferEnd struct {
	End    bool           `json:"end"`
	Counts map[string]int `json:"counts"` // of the records in the file, by kind
	Total  int            `json:"total"`
	SHA256 string         `json:"sha256"` // of their lines
}

// tally counts what goes through a file.
type tally struct {
	counts map[string]int
	total  int
	sum    hash.Hash
}

func newTally() *tally { return &tally{counts: map[string]int{}, sum: sha256.New()} }

func (t *tally) add(kind string, line []byte) {
	t.counts[kind]++
	t.total++
	t.sum.Write(line)
	t.sum.Write([]byte{'\n'})
}

func (t *tally) end() transferEnd {
	return transferEnd{true, t.counts, t.total, hex.EncodeToString(t.sum.Sum(nil))}
}

// transferred is the kind and id of a record's line; the whole is core's to read.
type transferred struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	End  bool   `json:"end"`
}

// transferReader reads a file of an export line by line.
type transferReader struct {
	in     *bufio.Reader
	line   []byte
	number int // of the line, from 1
	header transferHeader
	tally  *tally
}

var errCut = errors.New("it was cut off: its last line is missing")

// openTransfer reads the header.
func openTransfer(in io.Reader) (*transferReader, error) {
	r := &transferReader{in: bufio.NewReaderSize(in, 64<<10), tally: newTally(), number: 1}
	line, err := rows.NextLine(r.in, nil)
	if err == io.EOF {
		return nil, errors.New("it is empty")
	}
	if err != nil && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	if json.Unmarshal(line, &r.header) != nil || r.header.Stormkeep != "export" {
		return nil, errForeign
	}
	if r.header.Form > core.ExportForm || r.header.Form < 1 {
		return nil, fmt.Errorf("it is of form %d, and this version knows form %d", r.header.Form, core.ExportForm)
	}
	return r, nil
}

var errForeign = errors.New("it is no export of this program")

// next is the next record's line, valid until the next call; io.EOF after the end line,
// if that tells of what was read.
func (r *transferReader) next() (line []byte, t transferred, err error) {
	r.number++
	r.line, err = rows.NextLine(r.in, r.line)
	switch {
	case err == io.EOF, err == io.ErrUnexpectedEOF:
		return nil, t, errCut
	case err != nil:
		return nil, t, fmt.Errorf("line %d: %w", r.number, err)
	}
	if err := json.Unmarshal(r.line, &t); err != nil {
		return nil, t, fmt.Errorf("line %d is no JSON: %w", r.number, err)
	}
	if !t.End {
		r.tally.add(t.Kind, r.line)
		return r.line, t, nil
	}
	var end transferEnd
	if err := json.Unmarshal(r.line, &end); err != nil {
		return nil, t, fmt.Errorf("line %d: %w", r.number, err)
	}
	if is := r.tally.end(); is.Total != end.Total || is.SHA256 != end.SHA256 {
		return nil, t, fmt.Errorf("it was changed, or a part of it is missing: its end tells of %d records with SHA-256 %s, and it has %d with %s",
			end.Total, end.SHA256, is.Total, is.SHA256)
	}
	if _, err := r.in.ReadByte(); err != io.EOF {
		return nil, t, errors.New("it goes on after its end")
	}
	return nil, t, io.EOF
}

// ageMark is what an encrypted file begins with.
const ageMark = "age-encryption.org/v1\n"

// opened is the plain text of a file, which may be encrypted.
func opened(in io.Reader, identities func() ([]age.Identity, error)) (plain io.Reader, encrypted bool, err error) {
	b := bufio.NewReaderSize(in, 64<<10)
	head, err := b.Peek(len(ageMark))
	if err != nil && err != io.EOF {
		return nil, false, err
	}
	if string(head) != ageMark {
		return b, false, nil
	}
	ids, err := identities()
	if err != nil {
		return nil, true, err
	}
	plain, err = age.Decrypt(b, ids...)
	if _, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
		err = &problem{errors.New("the identity or passphrase does not open the file"), "give the one that belongs to its recipient", failed}
	}
	return plain, true, err
}
