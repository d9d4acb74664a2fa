package main

import (
	"strings"
	"testing"
	"time"
)

func TestARunIsBounded(t *testing.T) {
	for _, c := range []struct {
		args string
		ok   bool
	}{
		{"-bin x", true},
		{"-bin x -seconds 0.1 -rounds 5 -accounts 100", true},
		{"-child bare", true},
		{"-bin x -soak -lasts 1h -speed 1", true},
		{"-child soak -speed 10 -- serve --data d", true},
		{"-bin x -soak -lasts 9s", false},
		{"-bin x -soak -speed 0.5", false},
		{"-bin x -soak -speed 1001", false},
		{"", false},
		{"-bin x -rounds 2", false},
		{"-bin x -rounds 101", false},
		{"-bin x -seconds 61", false},
		{"-bin x -seconds 0", false},
		{"-bin x -accounts 1000001", false},
	} {
		if _, err := parse(strings.Fields(c.args)); err == nil != c.ok {
			t.Errorf("%q: %v", c.args, err)
		}
	}
	if s, _ := parse([]string{"-bin", "x", "-seconds", "0.5"}); s.each() != time.Second/2 {
		t.Errorf("0.5 seconds are %v", s.each())
	}
}

func TestAnUnknownChildIsRefused(t *testing.T) {
	if err := bench([]string{"-child", "x"}, strings.NewReader(""), &strings.Builder{}); err == nil {
		t.Error("it ran")
	}
}
