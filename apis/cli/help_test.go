package cli

import (
	"strings"
	"testing"
)

func TestOneTableShowsEverySetting(t *testing.T) {
	code, out, _ := run(t, "", "serve", "--help")
	if code != done {
		t.Fatal(code)
	}
	for _, s := range settings {
		line := ""
		for l := range strings.Lines(out) {
			if strings.HasPrefix(l, "  --"+s.name+" ") {
				line = l
			}
		}
		for _, want := range []string{s.variable(), s.key(), s.shown(), s.help} {
			if !strings.Contains(line, want) {
				t.Errorf("%s: the line %q lacks %q", s.name, line, want)
			}
		}
		if strings.Count(out, "--"+s.name+" ") > 2 { // the table and the example
			t.Errorf("%s is shown more than once:\n%s", s.name, out)
		}
	}
}

func TestEveryCommandHasHelpWithAnExample(t *testing.T) {
	for _, cmd := range []string{"", "serve", "init", "keys", "keys create", "version"} {
		args := append(strings.Fields(cmd), "--help")
		code, out, stderr := run(t, "", args...)
		if code != done || !strings.Contains(out, "Examples:\n  stormkeep "+cmd) || stderr != "" {
			t.Errorf("%s --help: %d, %q, %q", cmd, code, out, stderr)
		}
	}
}
