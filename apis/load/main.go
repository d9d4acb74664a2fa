// Command load is `make bench`: it measures a built stormkeep as a whole. Beside
// the binary it runs a bare fiber handler and the bare password hash, in turns
// with it, on the same machine and by the same load, and prints each path as a
// ratio to them: absolute figures say more about the machine than about us.
//
// The load comes from this process, by connections that stay open and a client
// that reads no more of an answer than its status and length, on one core.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"time"
)

func main() {
	if err := bench(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// settings are what a run is asked for.
type settings struct {
	bin      string
	seconds  float64 // a measurement
	rounds   int
	accounts int // in the data folder before anything is measured
	search   bool
	imports  bool
	only     string
	child    string
	soak     bool
	backup   bool
	lasts    time.Duration // a soak
	speed    float64       // of the server's clock in one
	csv      string
	rest     []string // arguments of a child
}

func (s settings) each() time.Duration { return time.Duration(s.seconds * float64(time.Second)) }

func parse(args []string) (s settings, err error) {
	f := flag.NewFlagSet("load", flag.ContinueOnError)
	f.StringVar(&s.bin, "bin", "", "path of the stormkeep to measure")
	f.Float64Var(&s.seconds, "seconds", 1.5, "how long each measurement lasts")
	f.IntVar(&s.rounds, "rounds", 3, "how many rounds the medians are of, at least 3")
	f.IntVar(&s.accounts, "accounts", 5000, "how many accounts the data folder holds at the start")
	f.BoolVar(&s.search, "search", false, "measure searches, of accounts with custom data, rather than the usual paths")
	f.BoolVar(&s.imports, "import", false, "measure the import of accounts with hashes, and nothing else")
	f.StringVar(&s.only, "only", "", "measure only the paths whose name contains this text")
	f.BoolVar(&s.soak, "soak", false, "have a server with a fast clock under a steady load, and see whether it grows")
	f.BoolVar(&s.backup, "backup", false, "measure writes to a large store with and without a backup beside them")
	f.DurationVar(&s.lasts, "lasts", 10*time.Minute, "how long a soak lasts")
	f.Float64Var(&s.speed, "speed", 288, "how many times as fast the clock of a soaked server runs: of 288, ten minutes are two days")
	f.StringVar(&s.csv, "csv", "", "file for all samples of a soak")
	f.StringVar(&s.child, "child", "", "for this program itself: be the bare handler, the bare hash, the bare signature, or the server of a soak")
	if err := f.Parse(args); err != nil {
		return s, err
	}
	s.rest = f.Args()
	switch {
	case s.child != "":
	case s.bin == "":
		return s, errors.New("-bin is missing: build stormkeep first, and name it")
	case s.rounds < 3 || s.rounds > 100, s.seconds < 0.1 || s.seconds > 60, s.accounts < 100 || s.accounts > 1_000_000:
		return s, errors.New("out of range: -rounds is 3 to 100, -seconds 0.1 to 60, -accounts 100 to 1000000")
	case s.lasts < 10*time.Second || s.lasts > 48*time.Hour, s.speed < 1 || s.speed > 1000:
		return s, errors.New("out of range: -lasts is 10s to 48h, -speed 1 to 1000")
	}
	return s, nil
}

func bench(args []string, in io.Reader, out io.Writer) error {
	s, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	switch s.child {
	case "bare":
		return bareHandler(in, out)
	case "hash":
		return bareHash(out, s.each())
	case "sign":
		return bareSignature(out, s.each())
	case "soak":
		return fastServer(s.speed, s.rest)
	case "":
		switch {
		case s.imports:
			return measureImport(s, out)
		case s.soak:
			return soak(s, out)
		}
		runtime.GOMAXPROCS(1) // the rest is the server's
		if s.backup {
			return measureBackup(s, out)
		}
		return measure(s, out)
	}
	return fmt.Errorf("-child %s: there are bare, hash, sign and soak", s.child)
}

// measure is the whole run.
func measure(s settings, out io.Writer) error {
	sub, _, end, err := prepare(s.bin)
	if err != nil {
		return err
	}
	defer end()
	fmt.Fprintf(out, "%d cores, Go %s; %d rounds of %v for each path, in turns; medians\n", runtime.NumCPU(), runtime.Version(), s.rounds, s.each())
	seeded, err := seed(sub, s.accounts, s.search)
	if err != nil {
		return err
	}
	boot, err := sub.startTimes(5)
	if err != nil {
		return err
	}
	rows, err := rounds(s, sub, seeded)
	if err != nil {
		return err
	}
	printTable(out, rows)
	printMails(out, rows)
	if err := printSignatures(s, out, rows); err != nil {
		return err
	}
	return printFacts(out, s.bin, boot, seeded)
}

// rounds measures every path in turns, each round with the bare handler and the
// bare hash of its own.
func rounds(s settings, sub *subject, seeded *seeded) (rows []*row, err error) {
	bare, err := startBare()
	if err != nil {
		return nil, err
	}
	defer bare.stop()
	srv, err := sub.serve()
	if err != nil {
		return nil, err
	}
	defer srv.stop()
	sub.addr = srv.addr
	targets := append(targetsOf(sub, seeded, s.search, s.only), target{name: "bare fiber handler", callers: 32, want: 200, next: func(int, int) []byte {
		return get(bare.addr, "/", "")
	}})
	for i := range targets {
		rows = append(rows, &row{target: targets[i]})
	}
	for range s.rounds {
		var fast sample
		hashes := 0.0
		if slices.ContainsFunc(targets, func(t target) bool { return t.hashes }) {
			if hashes, err = ceiling(s, "hash"); err != nil {
				return nil, err
			}
		}
		for i := len(rows) - 1; i >= 0; i-- { // the bare handler first
			r, p := rows[i], srv
			if i == len(rows)-1 {
				p = bare
			}
			got, err := p.sample(r.target, s.each())
			if err != nil {
				return nil, fmt.Errorf("%s: %w", r.name, err)
			}
			if p == bare {
				fast = got
			}
			r.add(got, fast.rate(), hashes)
		}
	}
	return rows, nil
}
