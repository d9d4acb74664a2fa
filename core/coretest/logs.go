package coretest

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// logsVariable names the folder in which the tests of a process keep what their
// apps log, and the secrets that must not be in it.
const logsVariable = "STORMKEEP_TEST_LOGS"

const (
	logFile    = "log"
	secretFile = "secrets"
)

// Watched runs a package's tests, whose apps log everything there is to log, and
// fails them if any of it holds a secret that Known was told of.
func Watched(m *testing.M) int {
	flag.Parse()
	if flag.Lookup("test.bench").Value.String() != "" {
		return m.Run() // what is measured is not the log
	}
	dir, err := os.MkdirTemp("", "logs")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	os.Setenv(logsVariable, dir)
	code := m.Run()
	leaks, err := leaks(dir)
	for _, l := range leaks {
		fmt.Fprintln(os.Stderr, "a secret is in the log:", l)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if len(leaks) > 0 || err != nil {
		return 1
	}
	return code
}

// Known says that a text is a secret, which no log of a Watched package may hold.
func Known(t testing.TB, secrets ...string) {
	t.Helper()
	dir := os.Getenv(logsVariable)
	if dir == "" {
		return
	}
	f, err := appendTo(dir, secretFile)
	must(t, err)
	defer f.Close()
	_, err = io.WriteString(f, strings.Join(secrets, "\n")+"\n")
	must(t, err)
}

// newLog is the log of a test's app.
func newLog(t testing.TB) *slog.Logger {
	t.Helper()
	dir := os.Getenv(logsVariable)
	if dir == "" {
		return slog.New(slog.DiscardHandler)
	}
	f, err := appendTo(dir, logFile)
	must(t, err)
	t.Cleanup(func() { f.Close() })
	return slog.New(slog.NewJSONHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func appendTo(dir, name string) (*os.File, error) {
	return os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}

// leaks are the lines of the log that hold a secret.
func leaks(dir string) (lines []string, err error) {
	b, err := os.ReadFile(filepath.Join(dir, secretFile))
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	secrets := newNeedles(strings.Split(string(b), "\n"))
	f, err := os.Open(filepath.Join(dir, logFile))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for r := bufio.NewReader(f); ; {
		line, err := r.ReadString('\n')
		if secrets.in(line) {
			lines = append(lines, strings.TrimSpace(line))
		}
		if err == io.EOF {
			return lines, nil
		}
		if err != nil {
			return lines, err
		}
	}
}

// needles are many texts to be found at once: by their first bytes where they are
// long, one by one where they are not.
type needles struct {
	long  map[string][]string
	short []string
}

const needleHead = 12

func newNeedles(all []string) *needles {
	n := &needles{long: map[string][]string{}}
	slices.Sort(all)
	for _, s := range slices.Compact(all) {
		switch {
		case s == "":
		case len(s) < needleHead:
			n.short = append(n.short, s)
		default:
			n.long[s[:needleHead]] = append(n.long[s[:needleHead]], s)
		}
	}
	return n
}

func (n *needles) in(line string) bool {
	if slices.ContainsFunc(n.short, func(s string) bool { return strings.Contains(line, s) }) {
		return true
	}
	for i := 0; i+needleHead <= len(line); i++ {
		for _, s := range n.long[line[i:i+needleHead]] {
			if strings.HasPrefix(line[i:], s) {
				return true
			}
		}
	}
	return false
}
