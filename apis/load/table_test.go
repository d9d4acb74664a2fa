package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func round(requests, wrong int, own time.Duration) sample {
	return sample{took: time.Second, requests: requests, wrong: wrong, said: "429 busy\n", p50: 2 * time.Millisecond,
		p99: 12 * time.Millisecond, server: 500 * time.Millisecond, own: own, rss: 20 << 20}
}

func TestTheTableShowsMedians(t *testing.T) {
	r := &row{target: target{name: "login", callers: 32, hashes: true}}
	for i, n := range []int{50, 90, 80} {
		r.add(round(n, 0, 100*time.Millisecond), 1000*float64(i+1), 100)
	}
	var out strings.Builder
	printTable(&out, []*row{r})
	got := strings.Fields(strings.Split(strings.TrimSpace(out.String()), "\n")[1])
	want := strings.Fields("login 32 80 0.045 80 % 2.00 12.00 6250 10 % 20")
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAFigureIsInvalid(t *testing.T) {
	for _, c := range []struct {
		name string
		s    sample
		want string
	}{
		{"of a good round", round(10, 0, time.Second/2), ""},
		{"with a wrong answer", round(10, 1, 0), "INVALID: round 2 had 1 wrong answers: 429 busy"},
		{"without an answer", round(0, 0, 0), "INVALID: round 2 had no answer"},
		{"without time for the load", round(10, 0, 960*time.Millisecond), "INVALID: round 2 had no CPU left for the load"},
	} {
		r := &row{}
		r.add(round(10, 0, 0), 1, 1)
		r.add(c.s, 1, 1)
		if got := r.invalid(); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		var out strings.Builder
		printTable(&out, []*row{r})
		if got := strings.Contains(out.String(), "INVALID"); got != (c.want != "") {
			t.Errorf("%s: the table says INVALID: %v", c.name, got)
		}
	}
}

func TestFactsAreByAccount(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "bin")
	if err := os.WriteFile(bin, make([]byte, 3<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	s := &seeded{accounts: make([]person, 10), file: 20_000, records: 5000, indexes: 3000, trail: 9000}
	if err := printFacts(&out, bin, boot{start: 21 * time.Millisecond, rss: 11 << 20, anon: 3 << 20}, s); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"21 ms to /readyz, 10 accounts", "11.0 MB, 3.0 of them", "3.0 MB", "2000 bytes", "proof 500, indexes 300, audit and events 900"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %s", want, out.String())
		}
	}
	if printFacts(&out, bin+"x", boot{}, s) == nil {
		t.Error("a binary that is not there has a size")
	}
}

func TestMailsAreComparedWithinARound(t *testing.T) {
	at := func(n int) sample { return sample{took: time.Second, requests: n} }
	rows := []*row{{target: target{name: unmailed}, samples: []sample{at(100), at(50), at(10)}}, {target: target{name: mailed}, samples: []sample{at(90), at(50), at(8)}}}
	var out strings.Builder
	printMails(&out, rows)
	if !strings.Contains(out.String(), "0.900 (rounds: [0.900 1.000 0.800])") {
		t.Error(out.String())
	}
	out.Reset()
	if printMails(&out, rows[:1]); out.Len() > 0 {
		t.Error(out.String())
	}
}
