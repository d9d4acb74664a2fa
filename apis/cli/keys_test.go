package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestKeys(t *testing.T) { scripts(t, "keys") }

func TestTheJSONOfAKeyIsThatOfInit(t *testing.T) {
	dir := t.TempDir()
	seen := map[string]bool{}
	for _, args := range [][]string{
		{"init", "--data", dir, "--json"},
		{"keys", "create", "--data", dir, "--json"},
		{"keys", "create", "--data", dir, "--json", "--name", "ci"},
	} {
		code, out, stderr := run(t, "", args...)
		var got struct{ APIKey map[string]string }
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != done {
			t.Fatal(args, code, err, stderr)
		}
		id := got.APIKey["id"]
		if len(got.APIKey) != 2 || id == "" || got.APIKey["secret"] == "" || seen[id] {
			t.Errorf("%v: key %q", args, id)
		}
		seen[id] = true
	}
}

func TestAKeyThatCannotBeMadeIsNotPrinted(t *testing.T) {
	dir := t.TempDir()
	run(t, "", "init", "--data", dir)
	code, out, stderr := run(t, "", "keys", "create", "--data", dir, "--name", strings.Repeat("x", 256))
	if code != failed || out != "" || !strings.Contains(stderr, "name") || !strings.Contains(stderr, "hint: correct the value") {
		t.Error(code, out, stderr)
	}
}
