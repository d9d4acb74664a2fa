package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// samples is how often a soak is looked at.
const samples = 600

// look is a server at one moment.
type look struct {
	at                       time.Duration // of the real clock, since the load began
	anon, file, heap, stored int64         // bytes
	goroutines, files        int64
}

// lookAt looks at a server from outside, and asks for its metrics.
func lookAt(p *process) (l look, err error) {
	pid := p.cmd.Process.Pid
	rss, anon, err := memoryOf(pid)
	if err != nil {
		return l, err
	}
	l.anon, l.file = anon, rss-anon
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	if err != nil {
		return l, err
	}
	l.files = int64(len(open))
	res, err := http.Get("http://" + p.addr + "/metrics")
	if err != nil {
		return l, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return l, err
	}
	for name, v := range map[string]*int64{"go_goroutines": &l.goroutines, "go_memstats_heap_inuse_bytes": &l.heap, "stormkeep_store_bytes": &l.stored} {
		if *v, err = metric(string(text), name); err != nil {
			return l, err
		}
	}
	return l, nil
}

// metric reads a value without labels from metrics as Prometheus has them.
func metric(text, name string) (int64, error) {
	for line := range strings.Lines(text) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			f, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			return int64(f), err
		}
	}
	return 0, fmt.Errorf("/metrics says no %s", name)
}

// watched is how a server was over time.
type watched struct {
	speed float64
	looks []look
}

// A quantity is one of the things that a soak looks at. A server leaks one that is
// bounded if, over the second half, its trend rises by more than most share of its
// mean and by more than slack.
type quantity struct {
	name    string
	of      func(look) int64
	unit    float64
	bounded bool
	most    float64
	slack   float64 // in units
}

var quantities = [...]quantity{
	{"anonymous MB", func(l look) int64 { return l.anon }, 1 << 20, true, 0.10, 4},
	{"heap in use MB", func(l look) int64 { return l.heap }, 1 << 20, true, 0.10, 4},
	{"goroutines", func(l look) int64 { return l.goroutines }, 1, true, 0.05, 3},
	{"open files", func(l look) int64 { return l.files }, 1, true, 0.05, 3},
	{"file pages MB", func(l look) int64 { return l.file }, 1 << 20, false, 0, 0},
	{"store MB", func(l look) int64 { return l.stored }, 1 << 20, false, 0, 0},
}

// trend is what a quantity did over some looks: how far the line of least squares
// through them rises from the first to the last, the standard error of that, and
// their mean.
func trend(looks []look, m quantity) (rise, off, mean float64) {
	n := float64(len(looks))
	var x, y, xx, xy, yy float64
	for _, l := range looks {
		a, b := l.at.Seconds(), float64(m.of(l))/m.unit
		x, y, xx, xy, yy = x+a, y+b, xx+a*a, xy+a*b, yy+b*b
	}
	if n < 1 {
		return 0, 0, 0
	}
	x, y = x/n, y/n
	across := xx - n*x*x
	if n < 3 || across <= 0 {
		return 0, 0, y
	}
	took := (looks[len(looks)-1].at - looks[0].at).Seconds()
	slope := (xy - n*x*y) / across
	rest := max(0, yy-n*y*y-slope*slope*across)
	return slope * took, math.Sqrt(rest/(n-2)/across) * took, y
}

// grew tells whether a rise is more than noise.
func (m quantity) grew(rise, mean float64) bool {
	return m.bounded && rise > m.slack && rise > m.most*mean
}

// judge says what the second half did, and is an error where anything grew.
func (w *watched) judge(out io.Writer) (err error) {
	half := w.looks[len(w.looks)/2:]
	if len(half) < 10 {
		return errors.New("too few looks to judge by")
	}
	took := half[len(half)-1].at - half[0].at
	hours := took.Hours() * w.speed
	fmt.Fprintf(out, "\nthe second half, %.0f h of the server's clock:\n", hours)
	for _, m := range quantities {
		rise, off, mean := trend(half, m)
		bound := "no bound"
		if m.bounded {
			bound = fmt.Sprintf("bound %+.1f", max(m.slack, m.most*mean))
		}
		fmt.Fprintf(out, "%16s  mean %7.1f  trend %+6.2f ± %.2f, %+.3f an hour  (%s)\n", m.name, mean, rise, off, rise/hours, bound)
		if m.grew(rise, mean) {
			err = errors.Join(err, fmt.Errorf("%s grew by %.1f in the second half, from a mean of %.1f", m.name, rise, mean))
		}
	}
	return err
}

// lines is how many lines a graph has at most.
const lines = 48

// graph draws how it went: a line for some looks, with their means, and anonymous
// memory as a bar.
func (w *watched) graph(out io.Writer) {
	if len(w.looks) == 0 {
		return
	}
	each := max(1, len(w.looks)/lines)
	most := int64(1)
	for _, l := range w.looks {
		most = max(most, l.anon)
	}
	fmt.Fprintln(out, "\nhours  anon MB  heap MB  file MB  store MB  goroutines  files  anonymous memory")
	for i := 0; i+each <= len(w.looks); i += each {
		some := w.looks[i : i+each]
		var mean [len(quantities)]float64
		for j, m := range quantities {
			_, _, mean[j] = trend(some, m)
		}
		bar := strings.Repeat("█", int(40*mean[0]*quantities[0].unit/float64(most)+0.5))
		fmt.Fprintf(out, "%5.1f  %7.1f  %7.1f  %7.1f  %8.1f  %10.1f  %5.1f  %s\n",
			some[len(some)-1].at.Hours()*w.speed, mean[0], mean[1], mean[4], mean[5], mean[2], mean[3], bar)
	}
	fmt.Fprintln(out)
}

// write writes all looks as a table.
func (w *watched) write(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	t := csv.NewWriter(f)
	head := []string{"hours"}
	for _, m := range quantities {
		head = append(head, m.name)
	}
	t.Write(head)
	for _, l := range w.looks {
		row := []string{strconv.FormatFloat(l.at.Hours()*w.speed, 'f', 3, 64)}
		for _, m := range quantities {
			row = append(row, strconv.FormatFloat(float64(m.of(l))/m.unit, 'f', 2, 64))
		}
		t.Write(row)
	}
	t.Flush()
	return errors.Join(t.Error(), f.Close())
}
