package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"stormkeep": func() { Main(nil) },
		"acme":      func() { Main([]apis.Plugin{domain{"example.com"}}, refuseRobots) },
		"twins":     func() { Main([]apis.Plugin{domain{"a.example"}, domain{"b.example"}}) },
		"broken":    func() { Main(nil, func(*core.App) error { return errors.New("the moon is wrong") }) },
		"stuck": func() {
			Main(nil, func(app *core.App) error {
				app.Hooks.App.Shutdown.Before(func(*core.AppEvent) error { select {} })
				return nil
			})
		},
	})
}

// domain is a plugin that lets in accounts of one domain only.
type domain struct{ name string }

func (domain) Name() string { return "domain" }

func (d domain) Register(s *apis.Server) error {
	s.App.Hooks.Account.Create.Before(func(e *core.RecordEvent[core.Account]) error {
		if !strings.HasSuffix(e.New.Email, "@"+d.name) {
			return core.Refuse("email", "Only people of %s are let in.", d.name)
		}
		return nil
	})
	return nil
}

func refuseRobots(app *core.App) error {
	app.Hooks.Account.Create.Before(func(e *core.RecordEvent[core.Account]) error {
		if strings.HasPrefix(e.New.Email, "robot@") {
			return core.Refuse("email", "No robots.")
		}
		return nil
	})
	return nil
}

// This is a whole program: the server, with a rule of one's own for accounts.
func ExampleMain() {
	main := func() {
		Main(nil, func(app *core.App) error { // in place of nil: plugins.Standard
			app.Hooks.Account.Create.Before(func(e *core.RecordEvent[core.Account]) error {
				if !strings.HasSuffix(e.New.Email, "@example.com") {
					return core.Refuse("email", "Only people of example.com sign up here.")
				}
				return nil
			})
			return nil
		})
	}
	_ = main
}

func TestCommandsAreUsedRightly(t *testing.T)      { scripts(t, "usage") }
func TestAProgramOfOnesOwnAddsToThis(t *testing.T) { scripts(t, "own") }

func TestTheNameIsHowItIsStartedAgain(t *testing.T) {
	for _, c := range []struct{ arg0, want, base string }{
		{"stormkeep", "stormkeep", "stormkeep"},
		{"./stormkeep", "./stormkeep", "stormkeep"},
		{"/opt/acme/bin/id", "/opt/acme/bin/id", "id"},
		{"/tmp/go-build123/b001/exe/stormkeep", "go run .", "stormkeep"},
		{"stormkeep.exe", "stormkeep", "stormkeep"},
	} {
		p := &Program{Name: name(c.arg0)}
		if p.Name != c.want || p.base() != c.base {
			t.Errorf("name(%q) = %q, %q, want %q, %q", c.arg0, p.Name, p.base(), c.want, c.base)
		}
	}
}

func TestEveryErrorHasAHint(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
	}{
		{errors.New("odd"), failed},
		{core.Refuse("email", "no"), failed},
		{wrongUse("do this", "no: %d", 1), misused},
		{fmt.Errorf("wrapped: %w", wrongUse("do this", "no")), misused},
	} {
		p, ok := errors.AsType[*problem](asProblem(c.err))
		if !ok || p.hint == "" || p.code != c.code {
			t.Errorf("asProblem(%v) = %+v", c.err, p)
		}
	}
	if err := asProblem(nil); err != nil {
		t.Error(err)
	}
}

// run runs one command in this process.
func run(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	p := &Program{Name: "stormkeep", Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &err}
	code = p.Run(t.Context(), args)
	return code, out.String(), err.String()
}

// scripts runs the scripts of a folder below testdata. Beside what testscript has, they know:
//
//	start NAME PROGRAM ARG…   a server in the background, until it says where it serves: $URL, $ADDR
//	run NAME PROGRAM ARG…     another program in the background
//	signal NAME SIGNAL [TEXT] sends INT, TERM or KILL, and waits until it says TEXT
//	says NAME [VARIABLE] REGEXP waits until it says something, and sets a variable to its first group
//	get URL STATUS            reads a URL and holds the answer to its status
//	differ FILE FILE REGEXP   holds that what a pattern finds in two files is not the same
//	signed KEY STATUS [Basic] asks $ADDR with a key, as init printed it into a file, with the signature
//	                          of each SDK, or by Basic authentication
//	control METHOD PATH STATUS [BODY] asks the server whose data folder is d, and puts its answer into
//	                          the file answer
//	login KEY LOGIN PASSWORD STATUS signs in to My Application at $ADDR, with a key as signed takes it
//	finish NAME CODE          waits for it to exit with CODE ("signal": by a signal), and puts its
//	                          output into the files NAME.out and NAME.err
func scripts(t *testing.T, folder string, env ...string) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/" + folder,
		Setup: func(e *testscript.Env) error {
			e.Values["servers"] = map[string]*server{}
			e.Vars = append(e.Vars, env...)
			e.Setenv("GORACE", "atexit_sleep_ms=0") // a program under the race detector lingers for a second
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"start": start, "run": background, "signal": signalServer, "finish": finish, "get": get, "says": says, "differ": differ,
			"found": found, "signed": signed, "control": control, "login": login,
		},
	})
}

type server struct {
	cmd      *exec.Cmd
	out, err output
	ended    chan struct{} // closed
	late     func() error  // not nil once it has been killed for taking too long
}

// output is a buffer that tells when it has grown.
type output struct {
	mu   sync.Mutex
	text strings.Builder
	more chan struct{}
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case o.more <- struct{}{}:
	default:
	}
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

var serves = regexp.MustCompile(`serves (https?://[a-z.]+(?::(\d+))?)\n(?s:.*)/tenants/current\n`)

func start(ts *testscript.TestScript, neg bool, args []string) {
	background(ts, neg, args)
	m := serverOf(ts, args[0]).says(ts, serves)
	ts.Setenv("URL", m[1])
	ts.Setenv("ADDR", "127.0.0.1:"+m[2])
}

func background(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: start or run NAME PROGRAM ARG…")
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	s := &server{cmd: exec.CommandContext(ctx, args[1], args[2:]...), ended: make(chan struct{}), late: ctx.Err}
	s.out.more, s.err.more = make(chan struct{}, 1), make(chan struct{}, 1)
	s.cmd.Env = append(os.Environ(), "GORACE="+ts.Getenv("GORACE"),
		"AWS_ACCESS_KEY_ID="+ts.Getenv("AWS_ACCESS_KEY_ID"), "AWS_SECRET_ACCESS_KEY="+ts.Getenv("AWS_SECRET_ACCESS_KEY"))
	s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = ts.MkAbs("."), &s.out, &s.err
	ts.Check(s.cmd.Start())
	go func() {
		s.cmd.Wait()
		close(s.ended)
	}()
	ts.Defer(func() { cancel(); <-s.ended })
	ts.Value("servers").(map[string]*server)[args[0]] = s
}

// says waits until the server has said something to people.
func (s *server) says(ts *testscript.TestScript, what *regexp.Regexp) []string {
	for {
		if m := what.FindStringSubmatch(s.err.String()); m != nil {
			return m
		}
		select {
		case <-s.err.more:
		case <-s.ended:
			ts.Fatalf("it ended: %s", s.err.String())
		}
	}
}

var secretLine = regexp.MustCompile(`(?m)^apiKey\.secret *= *(\S{16,})$|^(stormkeep-master-\d+:\S{16,})$`)

// tight fails the script if the server has said any secret that is in the files of
// the script: of API keys, and the master keys.
func (s *server) tight(ts *testscript.TestScript) {
	ts.Check(filepath.WalkDir(ts.MkAbs("."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasSuffix(path, ".db") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range secretLine.FindAllStringSubmatch(string(text), -1) {
			if secret := m[1] + m[2]; strings.Contains(s.err.String()+s.out.String(), secret) {
				ts.Fatalf("the server said a secret of %s:\n%s", path, s.err.String())
			}
		}
		return err
	}))
}

func serverOf(ts *testscript.TestScript, name string) *server {
	s := ts.Value("servers").(map[string]*server)[name]
	if s == nil {
		ts.Fatalf("no server %s", name)
	}
	return s
}

func signalServer(ts *testscript.TestScript, _ bool, args []string) {
	sig := map[string]os.Signal{"INT": os.Interrupt, "TERM": syscall.SIGTERM, "KILL": os.Kill}[args[1]]
	s := serverOf(ts, args[0])
	ts.Check(s.cmd.Process.Signal(sig))
	if len(args) > 2 {
		s.says(ts, regexp.MustCompile(args[2]))
	}
}

func says(ts *testscript.TestScript, _ bool, args []string) {
	last := len(args) - 1
	m := serverOf(ts, args[0]).says(ts, regexp.MustCompile(args[last]))
	if last == 2 {
		ts.Setenv(args[1], m[1])
	}
}

// found keeps what a part of a pattern has matched of the last standard output.
func found(ts *testscript.TestScript, _ bool, args []string) {
	m := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(m) != 2 {
		ts.Fatalf("%s is not there", args[1])
	}
	ts.Setenv(args[0], m[1])
}

func get(ts *testscript.TestScript, _ bool, args []string) {
	res, err := http.Get(args[0])
	ts.Check(err)
	res.Body.Close()
	if got := strconv.Itoa(res.StatusCode); got != args[1] {
		ts.Fatalf("%s answers %s, want %s", args[0], got, args[1])
	}
}

func differ(ts *testscript.TestScript, _ bool, args []string) {
	what := regexp.MustCompile(args[2])
	one, other := what.FindString(ts.ReadFile(args[0])), what.FindString(ts.ReadFile(args[1]))
	if one == "" || other == "" || one == other {
		ts.Fatalf("%q and %q", one, other)
	}
}

func finish(ts *testscript.TestScript, _ bool, args []string) {
	s := serverOf(ts, args[0])
	<-s.ended
	if s.late() != nil {
		ts.Fatalf("%s did not end:\n%s", args[0], s.err.String())
	}
	s.tight(ts)
	got := strconv.Itoa(s.cmd.ProcessState.ExitCode())
	if got == "-1" {
		got = "signal"
	}
	if got != args[1] {
		ts.Fatalf("%s exited with %s, want %s:\n%s", args[0], got, args[1], s.err.String())
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".out"), []byte(s.out.String()), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".err"), []byte(s.err.String()), 0o600))
}
