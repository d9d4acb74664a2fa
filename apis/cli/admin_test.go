package cli

import "testing"

func TestAdministratorsAreManaged(t *testing.T) { scripts(t, "admin") }

func TestWrongUseOfAdminEndsWithTwo(t *testing.T) {
	dir := t.TempDir()
	run(t, "", "init", "--data", dir)
	for _, args := range [][]string{
		{"admin", "create"}, {"admin", "role", "owner"}, {"admin", "disable"}, {"admin", "delete", ""},
		{"keys", "create", "--only", "fly"}, {"keys", "revoke"}, {"keys", "rotate-master", "--key-stdin"},
		{"tenant", "create", "acme"}, {"tenant", "delete", "storm-keep"}, {"tenant", "hosts"},
	} {
		if code, out, stderr := run(t, "", append(args, "--data", dir)...); code != misused || out != "" || stderr == "" {
			t.Errorf("%v: %d %s%s", args, code, out, stderr)
		}
	}
}
