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
	newLog(&b, nil).Info("hello", "requestId", "r1")
	line := map[string]any{}
	if err := json.Unmarshal(b.Bytes(), &line); err != nil || line["msg"] != "hello" || line["requestId"] != "r1" {
		t.Errorf("%s: %v", b.String(), err)
	}
}

func TestLogsHoldNothingThatIsNamedLikeASecret(t *testing.T) {
	var b bytes.Buffer
	newLog(&b, nil).Warn("odd", "password", "canary", "apiKeySecret", "canary", "Authorization", "canary",
		slog.Group("in", "access_token", "canary", "Set-Cookie", "canary"), "code", "not_found")
	if strings.Contains(b.String(), "canary") || !strings.Contains(b.String(), "not_found") {
		t.Error(b.String())
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
