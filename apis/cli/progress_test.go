package cli

import (
	"bytes"
	"strings"
	"testing"
)

func TestProgressIsShownToPeopleOnly(t *testing.T) {
	var out bytes.Buffer
	p := &Program{Stderr: &out}
	b := p.progress("importing", 10)
	b.to(5)
	b.end()
	if out.Len() > 0 {
		t.Errorf("a pipe is told %q", out.String())
	}
	shown := progress{bar: barOn(&out, "importing", 10)}
	shown.to(5)
	if !strings.Contains(out.String(), "importing") || !strings.Contains(out.String(), "5/10") {
		t.Errorf("a person is told %q", out.String())
	}
}
