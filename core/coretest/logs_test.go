package coretest

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
)

func TestASecretInAnyAppsLogIsFound(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(logsVariable, dir)
	w := New(t)
	Known(t, "short", "a secret of some length", "another of the same head: a secret of")
	w.App.Log.Log(t.Context(), slog.LevelDebug, "nothing", "text", "a secret of another kind")
	if got, err := leaks(dir); err != nil || len(got) > 0 {
		t.Errorf("%q, %v", got, err)
	}
	w.App.Log.Debug("one", "text", "xa secret of some lengthx")
	w.App.Log.Error("two", "text", "a (short) one")
	w.App.Log.Error("three", "path", "/v1/"+w.Secret)
	got, err := leaks(dir)
	if err != nil || len(got) != 3 || !slices.ContainsFunc(got, func(l string) bool { return strings.Contains(l, "/v1/") }) {
		t.Errorf("%q, %v", got, err)
	}
}
