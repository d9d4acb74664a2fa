package cli

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"strings"
	"testing"
)

func TestLogsAreJSONWhereNobodySits(t *testing.T) {
	var b bytes.Buffer
	newLog(&b, nil, slog.LevelInfo).Info("hello", "requestId", "r1")
	line := map[string]any{}
	if err := json.Unmarshal(b.Bytes(), &line); err != nil || line["msg"] != "hello" || line["requestId"] != "r1" {
		t.Errorf("%s: %v", b.String(), err)
	}
}

func TestLogsHoldNothingThatIsNamedLikeASecret(t *testing.T) {
	var b bytes.Buffer
	newLog(&b, nil, slog.LevelInfo).Warn("odd", "password", "canary", "apiKeySecret", "canary", "Authorization", "canary",
		slog.Group("in", "access_token", "canary", "Set-Cookie", "canary"), "code", "not_found",
		"userCode", "canary-1", slog.Group("form", "code", "canary2"))
	if strings.Contains(b.String(), "canary") || !strings.Contains(b.String(), "not_found") {
		t.Error(b.String())
	}
}

func TestWhatIsBelowTheLevelIsNotLogged(t *testing.T) {
	for name, want := range map[string]int{"debug": 4, "info": 3, "warn": 2, "error": 1} {
		var b bytes.Buffer
		log := newLog(&b, nil, levels[name])
		for _, level := range levels {
			log.Log(t.Context(), level, "line")
		}
		if got := strings.Count(b.String(), "\n"); got != want || checkLevel(name) != nil {
			t.Errorf("%s: %d lines, want %d", name, got, want)
		}
	}
	for _, name := range []string{"", "INFO", "trace", "info+1", "0"} {
		if checkLevel(name) == nil {
			t.Errorf("%q is a level", name)
		}
	}
}

func TestAFileIsNoTerminal(t *testing.T) {
	f, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if terminal(f) || terminal(&bytes.Buffer{}) || terminal(nil) {
		t.Error("a terminal where there is none")
	}
}
