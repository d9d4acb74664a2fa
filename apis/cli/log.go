package cli

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/lmittmann/tint"
	"golang.org/x/term"
)

// levels are the names of what may be logged.
var levels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

func checkLevel(value string) error {
	if _, ok := levels[value]; !ok {
		return errors.New("is none of debug, info, warn and error")
	}
	return nil
}

// level is the least that is logged, which may change while a program runs.
func (c config) level() slog.Leveler {
	if c.sources == nil {
		return c.LogLevel
	}
	return c.sources.level
}

// newLog writes lines for people to a terminal, and JSON to anything else, of a
// level and those above it.
func newLog(w io.Writer, environ []string, level slog.Leveler) *slog.Logger {
	if !terminal(w) {
		return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: redact}))
	}
	noColor, _ := lookup(environ, "NO_COLOR") // no-color.org
	return slog.New(tint.NewHandler(w, &tint.Options{
		Level: level, ReplaceAttr: redact, TimeFormat: time.TimeOnly, NoColor: noColor != "" || runtime.GOOS == "windows",
	}))
}

// redact is the last net under secrets: callers log none, and what is named like
// one is not written if they do.
func redact(_ []string, a slog.Attr) slog.Attr {
	key := strings.ToLower(a.Key)
	for _, s := range []string{"password", "secret", "token", "cookie", "authorization", "credential"} {
		if strings.Contains(key, s) {
			return slog.String(a.Key, redacted)
		}
	}
	if strings.HasSuffix(key, "code") && strings.Trim(a.Value.String(), "abcdefghijklmnopqrstuvwxyz_") != "" {
		return slog.String(a.Key, redacted) // a code that opens something; that of an error is a name
	}
	return a
}

const redacted = "[redacted]"

// terminal tells whether a stream is one that a person sits at.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
