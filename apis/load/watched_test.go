package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// looked is a second of 120 whose memory and goroutines follow fn, in MB.
func looked(fn func(i int) float64) *watched {
	w := &watched{speed: 288}
	for i := range 120 {
		v := fn(i)
		w.looks = append(w.looks, look{at: time.Duration(i) * time.Second, anon: int64(v * (1 << 20)), heap: 50 << 20, goroutines: 30, files: 12})
	}
	return w
}

func TestALeakIsToldFromNoise(t *testing.T) {
	for name, c := range map[string]struct {
		fn   func(i int) float64
		ends bool // in an error
	}{
		"flat":                         {func(int) float64 { return 60 }, false},
		"falling":                      {func(i int) float64 { return 90 - float64(i)/4 }, false},
		"garbage that is collected":    {func(i int) float64 { return 50 + float64(i%7)*4 }, false},
		"rising while it is warmed up": {func(i int) float64 { return 20 + float64(min(i, 59)) }, false},
		"rising by little":             {func(i int) float64 { return 60 + float64(i)/40 }, false},
		"a leak":                       {func(i int) float64 { return 60 + float64(i)/5 }, true},
		"a leak below garbage":         {func(i int) float64 { return 50 + float64(i%7)*4 + float64(i)/4 }, true},
	} {
		var out strings.Builder
		if err := looked(c.fn).judge(&out); (err != nil) != c.ends {
			t.Errorf("%s: %v\n%s", name, err, out.String())
		}
	}
	for what, leak := range map[string]func(l *look, i int64){
		"goroutines": func(l *look, i int64) { l.goroutines += i / 5 },
		"open files": func(l *look, i int64) { l.files += i / 5 },
		"heap":       func(l *look, i int64) { l.heap += i << 18 },
	} {
		w := looked(func(int) float64 { return 60 })
		for i := range w.looks {
			leak(&w.looks[i], int64(i))
		}
		if err := w.judge(&strings.Builder{}); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := (&watched{speed: 1}).judge(&strings.Builder{}); err == nil {
		t.Error("nothing was looked at, and all is well")
	}
}

func TestATrendIsTheLineOfLeastSquares(t *testing.T) {
	w := looked(func(i int) float64 { return 10 + float64(i)/2 })
	rise, off, mean := trend(w.looks, quantities[0])
	if math.Abs(rise-59.5) > 1e-3 || math.Abs(mean-39.75) > 1e-3 || off > 1e-2 {
		t.Errorf("rises by %v ± %v, mean %v", rise, off, mean)
	}
	if rise, off, mean := trend(w.looks[:1], quantities[0]); rise != 0 || off != 0 || mean != 10 {
		t.Errorf("one look: %v ± %v, %v", rise, off, mean)
	}
	if rise, off, mean := trend(nil, quantities[0]); rise != 0 || off != 0 || mean != 0 {
		t.Errorf("no look: %v ± %v, %v", rise, off, mean)
	}
}

func TestAGraphHasALineForSomeLooks(t *testing.T) {
	w := looked(func(i int) float64 { return float64(1 + i) })
	var out strings.Builder
	w.graph(&out)
	bars := 0
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, "█") {
			bars++
		}
	}
	if bars < 40 || bars > 60 || !strings.Contains(out.String(), strings.Repeat("█", 40)) {
		t.Errorf("%d bars\n%s", bars, out.String())
	}
	path := filepath.Join(t.TempDir(), "soak.csv")
	if err := w.write(path); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if all := strings.Split(strings.TrimSpace(string(b)), "\n"); err != nil || len(all) != 121 || all[2] != "0.080,2.00,50.00,30.00,12.00,0.00,0.00" {
		t.Errorf("%d lines, %v\n%s", len(all), err, all[2])
	}
}

func TestAMetricIsRead(t *testing.T) {
	const text = "# HELP go_goroutines x\ngo_goroutines 31\ngo_goroutines_more 5\nbig 1.5e+07\n"
	for name, want := range map[string]int64{"go_goroutines": 31, "big": 15000000} {
		if got, err := metric(text, name); err != nil || got != want {
			t.Errorf("%s: %d, %v", name, got, err)
		}
	}
	if _, err := metric(text, "small"); err == nil {
		t.Error("a metric that is not there was read")
	}
}
