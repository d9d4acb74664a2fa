package cli

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"go.uber.org/zap"
)

// What a library logs by zap comes out in our log, in our form, at our level.
func TestTheLogOfALibraryIsOurs(t *testing.T) {
	var out bytes.Buffer
	log := zap.New(&bridge{log: slog.New(slog.NewJSONHandler(&out, nil))}).With(zap.String("ca", "x"))
	for _, c := range []struct {
		say  func()
		want []string
	}{
		{func() { log.Debug("quiet") }, nil},
		{func() { log.Info("got", zap.Int("n", 1)) }, []string{`"level":"INFO"`, `"msg":"certificates: got"`, `"ca":"x"`, `"n":1`}},
		{func() { log.Warn("hm", zap.Strings("names", []string{"a"})) }, []string{`"level":"WARN"`, `"names":["a"]`}},
		{func() { log.Error("no", zap.Error(errors.New("why"))) }, []string{`"level":"ERROR"`, `"error":"why"`}},
		{func() { log.With(zap.Bool("b", true)).Info("more") }, []string{`"ca":"x"`, `"b":true`}},
		{func() { log.Info("less") }, []string{`"ca":"x"`}},
	} {
		out.Reset()
		c.say()
		if got := out.String(); c.want == nil && got != "" {
			t.Error(got)
		}
		for _, want := range c.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s lacks %s", out.String(), want)
			}
		}
	}
	if strings.Contains(out.String(), `"b"`) {
		t.Errorf("a field went over to another: %s", out.String())
	}
}
