package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestEveryPersonIsInTheTableOnce(t *testing.T) {
	var out bytes.Buffer
	if err := writePeople(&out, 100); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(out.String()) {
		seen[line] = true
	}
	if len(seen) != 101 {
		t.Errorf("%d lines of 101 differ", len(seen))
	}
}
