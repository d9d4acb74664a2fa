package cli

import (
	"io"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/lmittmann/tint"
	"golang.org/x/term"
)

// newLog writes lines for people to a terminal, and JSON to anything else.
func newLog(w io.Writer, environ []string) *slog.Logger {
	if !terminal(w) {
		return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{ReplaceAttr: redact}))
	}
	noColor, _ := lookup(environ, "NO_COLOR") // no-color.org
	return slog.New(tint.NewHandler(w, &tint.Options{
		ReplaceAttr: redact, TimeFormat: time.TimeOnly, NoColor: noColor != "" || runtime.GOOS == "windows",
	}))
}

// redact is the last net under secrets: callers log none, and what is named like
// one is not written if they do.
func redact(_ []string, a slog.Attr) slog.Attr {
	key := strings.ToLower(a.Key)
	for _, s := range []string{"password", "secret", "token", "cookie", "authorization"} {
		if strings.Contains(key, s) {
			return slog.String(a.Key, "[redacted]")
		}
	}
	return a
}

// terminal tells whether a stream is one that a person sits at.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
