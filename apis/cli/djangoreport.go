package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/core"
)

// djangoReport is what an import of a Django site says of itself, beside what any import
// says.
type djangoReport struct {
	importReport
	Groups          core.ImportReport `json:"groups"`
	MembershipsLeft int               `json:"membershipsLeftOut"`
	Hashes          map[string]int    `json:"hashes"` // how many of each form
	WithoutPassword int               `json:"withoutPassword"`
	WithoutNumber   int               `json:"withoutNumber"`
	LeftOut         map[string]int    `json:"leftOut"` // records of other models
	Alike           []alike           `json:"alike"`
	AlikeCount      int               `json:"alikeCount"`
}

// alike are user names that differ in case only, or addresses that do or are the same.
type alike struct {
	What    string   `json:"what"` // username or email
	Values  []string `json:"values"`
	Records []int    `json:"records"`
}

// maxAlike is how many accounts of a name a report shows.
const maxAlike = 20

// models are the names of the models that were left out.
func (r *djangoReport) models() string {
	if len(r.LeftOut) == 0 {
		return "nothing"
	}
	names := slices.Sorted(maps.Keys(r.LeftOut))
	if len(names) > 20 {
		names = append(names[:20], "…")
	}
	return strings.Join(names, ", ")
}

// similar finds what is alike, in more users than memory holds.
type similar struct{ names, mails sorter }

func (s *similar) add(number int, acc *core.ImportedAccount) error {
	if s.names.room == 0 {
		s.names.room, s.mails.room = 8<<20, 8<<20
	}
	err := s.names.add(number, core.Fold(acc.Username), []byte(acc.Username))
	if err == nil && acc.Email != "" {
		err = s.mails.add(number, core.Fold(acc.Email), []byte(acc.Email))
	}
	return err
}

func (s *similar) close() error { return errors.Join(s.names.close(), s.mails.close()) }

// compare reports who is alike.
func (x *djangoImport) compare() error {
	for _, of := range []struct {
		what string
		in   *sorter
	}{{"username", &x.similar.names}, {"email", &x.similar.mails}} {
		now, key, n := alike{What: of.what}, "", 0
		end := func() {
			if n < 2 {
				return
			}
			if x.report.AlikeCount++; len(x.report.Alike) < maxShown {
				x.report.Alike = append(x.report.Alike, now)
			}
		}
		err := of.in.each(func(l sortedLine) error {
			if n == 0 || key != string(l.key) {
				end()
				now, key, n = alike{What: of.what}, string(l.key), 0
			}
			if n++; n <= maxAlike {
				now.Values, now.Records = append(now.Values, string(l.line)), append(now.Records, l.number)
			}
			return nil
		})
		if err != nil {
			return err
		}
		end()
	}
	return nil
}

// tellDjango prints the report, and writes it to its file.
func (p *Program) tellDjango(cmd *cobra.Command, x *djangoImport, dry bool) error {
	x.b.bar.end()
	r := &x.report
	r.importReport, r.Groups, r.MembershipsLeft = x.b.said(dry), x.groups.taken, x.groups.left
	if err := writeReport(cmd, r); err != nil {
		return err
	}
	err := p.show(cmd, r, func(w *tabwriter.Writer) {
		x.b.rows(w, dry)
		row := func(n int, what string) {
			if n > 0 {
				fmt.Fprintf(w, "%s\t%d\n", plainText(what), n)
			}
		}
		row(r.Groups.Made, "groups made")
		row(r.Groups.Same+r.Groups.Skipped, "groups there already")
		row(r.MembershipsLeft, "memberships left out")
		for _, format := range slices.Sorted(maps.Keys(r.Hashes)) {
			row(r.Hashes[format], "hashes, "+format)
		}
		row(r.WithoutPassword, "without a password")
		row(r.WithoutNumber, "without a number")
		row(r.AlikeCount, "names and addresses that are alike")
		for _, model := range slices.Sorted(maps.Keys(r.LeftOut)) {
			row(r.LeftOut[model], "left out, "+model)
		}
	})
	if err != nil {
		return err
	}
	for i, a := range r.Alike {
		if i == 20 {
			fmt.Fprintf(p.Stderr, "and %d more that are alike\n", r.AlikeCount-i)
			break
		}
		fmt.Fprintf(p.Stderr, "alike, %s: ", a.What)
		for j, v := range a.Values {
			if j > 0 {
				fmt.Fprint(p.Stderr, ", ")
			}
			fmt.Fprintf(p.Stderr, "%s (%s %d)", plainText(v), x.b.unit(), a.Records[j])
		}
		fmt.Fprintln(p.Stderr)
	}
	if n := r.LeftOut["authtoken.token"]; n > 0 {
		fmt.Fprintf(p.Stderr, "%d tokens of authtoken were left out: who has one signs in once more\n", n)
	}
	return p.complain(x.b)
}
