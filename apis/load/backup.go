package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"text/tabwriter"
	"time"

	"filippo.io/age"
)

// measureBackup measures writes to a large store with and without a backup beside
// them, in turns. The backups are those of the command, one after the other as long
// as the measurement lasts.
func measureBackup(s settings, out io.Writer) error {
	sub, dir, end, err := prepare(s.bin)
	if err != nil {
		return err
	}
	defer end()
	seeded, err := seed(sub, s.accounts, true)
	if err != nil {
		return err
	}
	p, err := sub.serve()
	if err != nil {
		return err
	}
	defer p.stop()
	sub.addr = p.addr
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	places := filepath.Join(dir, "backups")
	backup := func(ctx context.Context) error {
		said, err := exec.CommandContext(ctx, sub.bin, "backup", "--data", sub.data, "--to", places, "--recipient", identity.Recipient().String()).CombinedOutput()
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("backup: %w\n%s", err, said)
		}
		return errors.Join(ctx.Err(), os.RemoveAll(places))
	}
	began := time.Now()
	if err := backup(context.Background()); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d accounts, %.0f MB of data; a backup alone takes %.1f s; %d rounds of %v, in turns; medians\n",
		len(seeded.accounts), mb(seeded.file), time.Since(began).Seconds(), s.rounds, s.each())
	var rows []pair
	for _, t := range targetsOf(sub, seeded, false, s.only) {
		if t.want != 201 || t.hashes {
			continue
		}
		r := pair{name: t.name}
		for range s.rounds {
			alone, err := p.sample(t, s.each())
			if err != nil {
				return err
			}
			beside, err := while(backup, func() (sample, error) { return p.sample(t, s.each()) })
			if err != nil {
				return err
			}
			for _, got := range []sample{alone, beside} {
				if got.wrong > 0 || got.requests == 0 {
					return fmt.Errorf("%s: %d answers and %d wrong ones: %s", t.name, got.requests, got.wrong, got.said)
				}
			}
			r.alone, r.beside = append(r.alone, alone), append(r.beside, beside)
		}
		rows = append(rows, r)
	}
	printPairs(out, rows)
	return nil
}

// while measures beside something that is done again and again, until the measuring
// is over. It begins once that has begun.
func while(do func(context.Context) error, measure func() (sample, error)) (sample, error) {
	ctx, stop := context.WithCancel(context.Background())
	begun, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		close(begun)
		for {
			if err := do(ctx); err != nil {
				ended <- err
				return
			}
		}
	}()
	<-begun
	got, err := measure()
	stop()
	if over := <-ended; !errors.Is(over, context.Canceled) {
		err = errors.Join(err, over)
	}
	return got, err
}

// pair is a path with and without something beside it.
type pair struct {
	name          string
	alone, beside []sample
}

func printPairs(out io.Writer, rows []pair) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "path\twhat\talone\tduring a backup\tratio\t")
	for _, r := range rows {
		for _, c := range []struct {
			what string
			of   func(sample) float64
		}{
			{"rps", sample.rate},
			{"p50 ms", func(s sample) float64 { return ms(s.p50) }},
			{"p99 ms", func(s sample) float64 { return ms(s.p99) }},
		} {
			mid := func(all []sample) float64 {
				var of []float64
				for _, s := range all {
					of = append(of, c.of(s))
				}
				return median(of)
			}
			alone, beside := mid(r.alone), mid(r.beside)
			fmt.Fprintf(w, "%s\t%s\t%.2f\t%.2f\t%.2f\t\n", r.name, c.what, alone, beside, beside/alone)
		}
	}
	w.Flush()
}
