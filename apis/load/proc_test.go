package main

import (
	"testing"
	"time"
)

func TestStatOfAProcess(t *testing.T) {
	const rest = " S 1 2 3 0 -1 4194560 10 0 0 0 250 31 0 0 20 0 8 0 100 0 0"
	for _, c := range []struct {
		text string
		want time.Duration
		ok   bool
	}{
		{"42 (stormkeep)" + rest, 2810 * time.Millisecond, true},
		{"42 (a) b (c))" + rest, 2810 * time.Millisecond, true},
		{"42 (stormkeep) S 1 2", 0, false},
		{"", 0, false},
		{"42 (x) S 1 2 3 0 -1 4194560 10 0 0 0 many 31 0", 0, false},
	} {
		got, err := parseStat(c.text)
		if err == nil != c.ok || c.ok && got != c.want {
			t.Errorf("%q: got %v, %v, want %v", c.text, got, err, c.want)
		}
	}
}

func TestStatusOfAProcess(t *testing.T) {
	const text = "Name:\tstormkeep\nVmRSS:\t   15260 kB\nRssAnon:\t    2764 kB\nRssFile:\tmuch kB\n"
	for _, c := range []struct {
		name string
		want int64
		ok   bool
	}{{"VmRSS", 15260 << 10, true}, {"RssAnon", 2764 << 10, true}, {"RssFile", 0, false}, {"RssShmem", 0, false}, {"RSS", 0, false}} {
		got, err := parseStatus(text, c.name)
		if err == nil != c.ok || c.ok && got != c.want {
			t.Errorf("%s: got %d, %v, want %d", c.name, got, err, c.want)
		}
	}
}
