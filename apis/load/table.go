package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// row is one path with its measurements, one a round.
type row struct {
	target
	samples []sample
	ratios  []float64 // to the bare handler of the same round
	shares  []float64 // of the bare hashes of the same round, where a request costs one
}

func (r *row) add(s sample, bare, hashes float64) {
	r.samples = append(r.samples, s)
	if bare > 0 {
		r.ratios = append(r.ratios, s.rate()/bare)
	}
	if r.hashes && hashes > 0 {
		r.shares = append(r.shares, s.rate()/hashes)
	}
}

// invalid says why the row's figures are no good; "" if they are.
func (r *row) invalid() string {
	for i, s := range r.samples {
		switch {
		case s.wrong > 0:
			return fmt.Sprintf("INVALID: round %d had %d wrong answers: %s", i+1, s.wrong, strings.TrimSpace(s.said))
		case s.requests == 0:
			return fmt.Sprintf("INVALID: round %d had no answer", i+1)
		case s.spareless():
			return fmt.Sprintf("INVALID: round %d had no CPU left for the load", i+1)
		}
	}
	return ""
}

// of is the median over the rounds.
func of[T float64 | time.Duration | int64](r *row, pick func(sample) T) T {
	all := make([]T, len(r.samples))
	for i, s := range r.samples {
		all[i] = pick(s)
	}
	return median(all)
}

func printTable(out io.Writer, rows []*row) {
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "path\tcallers\trps\tratio\tof hashes\tp50 ms\tp99 ms\tCPU µs\tload CPU\tRSS MB\tgoal\t")
	for _, r := range rows {
		share := "–"
		if r.hashes {
			share = fmt.Sprintf("%.0f %%", 100*median(r.shares))
		}
		fmt.Fprintf(w, "%s\t%d\t%.0f\t%.3f\t%s\t%.2f\t%.2f\t%.0f\t%.0f %%\t%.0f\t%s\t\n", r.name, r.callers,
			of(r, sample.rate), median(r.ratios), share,
			of(r, func(s sample) float64 { return ms(s.p50) }), of(r, func(s sample) float64 { return ms(s.p99) }),
			of(r, func(s sample) float64 { return float64(s.server.Microseconds()) / float64(max(s.requests, 1)) }),
			of(r, func(s sample) float64 { return 100 * s.own.Seconds() / s.took.Seconds() }),
			of(r, func(s sample) float64 { return mb(s.rss) }), r.goal)
	}
	w.Flush()
	for _, r := range rows {
		if why := r.invalid(); why != "" {
			fmt.Fprintf(out, "%s: %s\n", r.name, why)
		}
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
func mb(n int64) float64         { return float64(n) / (1 << 20) }

// printMails prints what mails cost registrations: the median over the rounds of the
// rate with mails to that without in the same round.
func printMails(out io.Writer, rows []*row) {
	var with, without *row
	for _, r := range rows {
		switch r.name {
		case mailed:
			with = r
		case unmailed:
			without = r
		}
	}
	if with == nil || without == nil {
		return
	}
	var ratios []float64
	for i := range with.samples {
		if rate := without.samples[i].rate(); rate > 0 {
			ratios = append(ratios, with.samples[i].rate()/rate)
		}
	}
	fmt.Fprintf(out, "\nregistrations with mail to those without, a hash in both: %.3f (rounds: %.3f)\n", median(ratios), ratios)
}

// printSignatures prints what the tokens of RS256 lose to the bare signature, which is
// all of what a core does for them.
func printSignatures(s settings, out io.Writer, rows []*row) error {
	i := slices.IndexFunc(rows, func(r *row) bool { return r.name == rsaSigned })
	if i < 0 {
		return nil
	}
	most, err := ceiling(s, "sign")
	if err == nil {
		fmt.Fprintf(out, "\nRS256 by the token endpoint to the bare signature on all cores: %.2f\n", of(rows[i], sample.rate)/most)
	}
	return err
}

// printFacts prints what is no path.
func printFacts(out io.Writer, bin string, b boot, s *seeded) error {
	info, err := os.Stat(bin)
	if err != nil {
		return err
	}
	n := float64(len(s.accounts))
	fmt.Fprintf(out, `
start, warm        %.0f ms to /readyz, %d accounts
idle RSS           %.1f MB, %.1f of them anonymous
binary             %.1f MB (%s/%s)
disk, an account   %.0f bytes of file, written in order; as keys and values: record and proof %.0f, indexes %.0f, audit and events %.0f
`, ms(b.start), len(s.accounts), mb(b.rss), mb(b.anon), mb(info.Size()), runtime.GOOS, runtime.GOARCH,
		float64(s.file)/n, float64(s.records)/n, float64(s.indexes)/n, float64(s.trail)/n)
	return nil
}
