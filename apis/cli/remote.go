package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/valyala/fasthttp/fasthttputil"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core/store"
)

// remote is how a command reaches the data: by the control socket of the server
// that lives on them, else by the same routes in this process. So a command is
// written once, and does the same in both.
type remote struct {
	Alive  bool // a server lives on the data
	client *http.Client
	tenant string
	agent  string
	trial  string // the rehearsal that the requests are of
	close  func() error
}

// tool makes a command that works on the data of a tenant, whether or not a server
// lives on them. It has the flags --json and --tenant.
func (p *Program) tool(cmd *cobra.Command, run func(ctx context.Context, k *remote, args []string) error) *cobra.Command {
	return p.prepared(cmd, nil, run)
}

// prepared is tool for a command that looks at the settings before the data is
// reached.
func (p *Program) prepared(cmd *cobra.Command, prepare func(context.Context, config) error, run func(ctx context.Context, k *remote, args []string) error) *cobra.Command {
	cmd.Flags().String("tenant", "", "id or key of the tenant (default: the first one)")
	cmd.Flags().Bool("json", false, "print the answer as JSON")
	return p.action(cmd, []string{"data", "log-level", "config"}, func(ctx context.Context, c config, args []string) error {
		if prepare != nil {
			if err := prepare(ctx, c); err != nil {
				return err
			}
		}
		k, err := p.reach(ctx, c)
		if err != nil {
			return err
		}
		k.tenant, _ = cmd.Flags().GetString("tenant")
		k.agent = "stormkeep " + strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
		return errors.Join(run(ctx, k, args), k.close())
	})
}

// reach finds the way to the data of a folder that holds some.
func (p *Program) reach(ctx context.Context, c config) (*remote, error) {
	_, there := engineOf(c.Data)
	if !there { // a restore that was killed may have moved the data aside and not yet put its own there
		if err := p.finishRestore(c); err != nil {
			return nil, explain(err, c.Data)
		}
		_, there = engineOf(c.Data)
	}
	if !there {
		return nil, &problem{fmt.Errorf("there is no data in %s", c.Data),
			"name its folder with --data, or make it: " + p.Name + " init --data " + quote(c.Data), failed}
	}
	for tries := 0; ; tries++ {
		conn, err := dialControl(ctx, c.Data)
		if err == nil {
			conn.Close()
			return overSocket(c.Data), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		k, err := p.alone(ctx, c)
		if !errors.Is(err, store.ErrLocked) || tries == startTries {
			return k, err
		}
		select { // a server that starts or stops holds the data before and after it listens
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(startPause):
		}
	}
}

// A command waits for a server that starts for half a second each time that it
// finds the data locked, and for this long in between.
const (
	startTries = 5
	startPause = 200 * time.Millisecond
)

// overSocket reaches the server that lives on a folder.
func overSocket(dir string) *remote {
	t := &http.Transport{DisableCompression: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return dialControl(ctx, dir) }}
	return &remote{Alive: true, client: &http.Client{Transport: t}, close: func() error { t.CloseIdleConnections(); return nil }}
}

// alone opens the data itself and serves this command alone.
func (p *Program) alone(ctx context.Context, c config) (k *remote, err error) {
	in, err := p.open(ctx, c, cmp.Or(c.PublicURL, localURL(c.HTTP)))
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, in.Close())
		}
	}()
	if err := in.Start(ctx); err != nil {
		return nil, err
	}
	ln := fasthttputil.NewInmemoryListener()
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan error, 1)
	go func() { ended <- in.server.ServeControl(serving, ln) }()
	t := &http.Transport{DisableCompression: true,
		DialContext: func(context.Context, string, string) (net.Conn, error) { return ln.Dial() }}
	return &remote{client: &http.Client{Transport: t}, close: func() error {
		t.CloseIdleConnections()
		stop()
		return errors.Join(<-ended, in.Close())
	}}, nil
}

// call does one request and reads its answer into out, if that is not nil. in is
// sent as JSON; nil sends nothing.
func (k *remote) call(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	res, err := k.open(ctx, method, path, "application/json", body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if out == nil || res.StatusCode == http.StatusNoContent {
		_, err = io.Copy(io.Discard, res.Body)
		return err
	}
	d := json.NewDecoder(res.Body)
	d.UseNumber()
	return d.Decode(out)
}

// open does one request, whose answer the caller reads and closes. An answer that
// is no success is an error that says what the server said.
func (k *remote) open(ctx context.Context, method, path, kind string, body io.Reader) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://localhost"+path, body)
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", kind)
	}
	req.Header.Set("User-Agent", k.agent)
	req.Header.Set("Stormkeep-Strict", "1")
	if k.tenant != "" {
		req.Header.Set(apis.TenantHeader, k.tenant)
	}
	if k.trial != "" {
		req.Header.Set(apis.RehearsalHeader, k.trial)
	}
	res, err := k.client.Do(req)
	if err != nil {
		return nil, err
	}
	if res.StatusCode < 300 {
		return res, nil
	}
	defer res.Body.Close()
	return nil, answered(res)
}

// answered is the error that an answer tells of.
func answered(res *http.Response) error {
	var said struct {
		Message          string `json:"message"`
		DeveloperMessage string `json:"developerMessage"`
	}
	b, _ := io.ReadAll(io.LimitReader(res.Body, 64<<10))
	if json.Unmarshal(b, &said) != nil || said.Message == "" {
		return fmt.Errorf("the server answered %s", res.Status)
	}
	hint := "correct the value and run the command again"
	switch {
	case said.DeveloperMessage != "" && said.DeveloperMessage != said.Message:
		hint = said.DeveloperMessage
	case res.StatusCode == http.StatusNotFound:
		hint = "look at what there is with the command's list"
	case res.StatusCode >= 500:
		hint = "the server's log says more, under " + res.Header.Get("Stormpath-Request-Id")
	}
	return &refusal{problem{errors.New(said.Message), hint, failed}, res.StatusCode}
}

// refusal is what a server answered that would not do something.
type refusal struct {
	problem
	status int
}

// Unwrap gives the problem, which knows its hint.
func (e *refusal) Unwrap() error { return &e.problem }
