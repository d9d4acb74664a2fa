package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core"
)

// batches send lines to an import, many a request, while the next are read.
type batches struct {
	k       *remote
	path    string
	lines   int // a request
	bar     progress
	refused func(r core.Refusal) error // told of each
	counted string                     // what the numbers count; "" means lines

	body   bytes.Buffer
	places []int // of the lines in the body: their numbers in the file
	done   int
	report core.ImportReport
	count  int        // of those refused
	sent   chan error // of the request under way
}

// maxBatch is how many bytes a request is ended at.
const maxBatch = 8 << 20

// maxShown is how many refusals a report names.
const maxShown = 1000

func (b *batches) add(ctx context.Context, number int, line []byte) error {
	b.body.Write(line)
	b.body.WriteByte('\n')
	b.places = append(b.places, number)
	if len(b.places) < b.lines && b.body.Len() < maxBatch {
		return nil
	}
	return b.flush(ctx)
}

// flush sends what was added; wait has it done.
func (b *batches) flush(ctx context.Context) error {
	if err := b.wait(); err != nil || len(b.places) == 0 {
		return err
	}
	body, places := bytes.Clone(b.body.Bytes()), b.places
	b.body.Reset()
	b.places = make([]int, 0, len(places))
	b.sent = make(chan error, 1)
	go func() { b.sent <- b.send(ctx, body, places) }()
	return nil
}

func (b *batches) wait() error {
	if b.sent == nil {
		return nil
	}
	err := <-b.sent
	b.sent = nil
	b.bar.to(b.done)
	return err
}

func (b *batches) send(ctx context.Context, body []byte, places []int) error {
	res, err := b.k.open(ctx, http.MethodPost, b.path, "application/x-ndjson", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var report core.ImportReport
	if err := json.NewDecoder(res.Body).Decode(&report); err != nil {
		return err
	}
	refused := report.Refused
	report.Refused = nil
	b.report.Add(report)
	b.done += len(places)
	for _, r := range refused {
		if r.Line < 0 || r.Line >= len(places) {
			return fmt.Errorf("the server refused line %d of %d", r.Line, len(places))
		}
		r.Line = places[r.Line]
		if err := b.refuse(r); err != nil {
			return err
		}
	}
	return nil
}

func (b *batches) refuse(r core.Refusal) error {
	if b.count++; len(b.report.Refused) < maxShown {
		b.report.Refused = append(b.report.Refused, r)
	}
	if b.refused == nil {
		return nil
	}
	return b.refused(r)
}

// unit is what the numbers of refusals count.
func (b *batches) unit() string { return cmp.Or(b.counted, "line") }

// importReport is what an import says of itself with --json.
type importReport struct {
	core.ImportReport
	RefusedCount int  `json:"refusedCount"`
	DryRun       bool `json:"dryRun"`
}

// tell prints the report of an import. That anything was refused is its error.
func (p *Program) tell(cmd *cobra.Command, b *batches, dry bool) error {
	b.bar.end()
	err := p.show(cmd, b.said(dry), func(w *tabwriter.Writer) { b.rows(w, dry) })
	if err != nil {
		return err
	}
	return p.complain(b)
}

// said is the report as JSON has it.
func (b *batches) said(dry bool) importReport {
	if b.report.Refused == nil {
		b.report.Refused = []core.Refusal{}
	}
	return importReport{b.report, b.count, dry}
}

func (b *batches) rows(w io.Writer, dry bool) {
	is := ""
	if dry {
		is = "would be "
	}
	for _, row := range []struct {
		what string
		n    int
	}{{is + "made", b.report.Made}, {is + "changed", b.report.Changed}, {"there already", b.report.Same},
		{is + "skipped", b.report.Skipped}, {is + "left out", b.report.Left}, {is + "refused", b.count}} {
		if row.n > 0 || row.what == is+"made" {
			fmt.Fprintf(w, "%s\t%d\n", row.what, row.n)
		}
	}
}

// complain names what was refused, and is an error if anything was.
func (p *Program) complain(b *batches) error {
	if b.count == 0 {
		return nil
	}
	for i, r := range b.report.Refused {
		if i == 20 {
			fmt.Fprintf(p.Stderr, "and %d more\n", b.count-i)
			break
		}
		fmt.Fprintf(p.Stderr, "%s %d: %s%s\n", b.unit(), r.Line, prefixed(r.What), plainText(r.Why))
	}
	return &problem{fmt.Errorf("%d %ss were refused", b.count, b.unit()), "correct them and run the command again: what is there already is left as it is", failed}
}

func prefixed(what string) string {
	if what == "" {
		return ""
	}
	return plainText(what) + ": "
}
