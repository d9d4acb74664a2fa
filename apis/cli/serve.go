package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

func (p *Program) serveCommand() *cobra.Command {
	return p.action(&cobra.Command{
		Use:   "serve",
		Short: "Serve until it is told to stop (SIGINT or SIGTERM)",
		Long: "Serve until SIGINT or SIGTERM, then let requests finish; a second one quits at once.\n" +
			"On an empty folder it makes the data, the master key, and a first tenant.",
		Example: p.examples("serve", "serve --https id.example.com", "serve --http :8080 --data /var/lib/stormkeep --public-url https://id.example.com"),
	}, everySetting(), p.serve)
}

// serve listens before it touches the data, so that a busy port leaves nothing
// behind.
func (p *Program) serve(ctx context.Context, c config, _ []string) (err error) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the next signal is no longer caught, and ends the process
	p.useCores()
	ballast := make([]byte, 16<<20)
	defer runtime.KeepAlive(ballast)

	ln, err := listen(c.HTTP)
	if err != nil {
		return err
	}
	defer ln.Close()
	front, err := openFront(c, ln, newLog(p.Stderr, p.Env, c.level()))
	if err != nil {
		return err
	}
	defer front.close()
	if c.PublicURL == "" {
		c.PublicURL = front.publicURL(ln.Addr().String())
	}
	// A signal while all this starts is heeded once it has: nothing is left half made.
	starting := context.WithoutCancel(ctx)
	in, err := p.open(starting, c, c.PublicURL)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	c = in.settled.now
	if err := in.keep(c); err != nil {
		return err
	}
	in.lifetimes(c.Lives)
	if why := apis.Exposed(c.PublicURL, ln.Addr().String()); why != "" && front.tls == nil {
		in.Log.Warn(why, "hint", "have a certificate got by --https, or name one with --tls-cert and --tls-key; or end TLS in front of the server, listen on loopback, and set --public-url https://…")
	}
	unwatch, err := in.watched(c.Metrics)
	if err != nil {
		return err
	}
	defer unwatch()
	if err := in.Start(starting); err != nil {
		return err
	}
	if err := p.pinIssuers(starting, in); err != nil {
		return err
	}
	if err := in.Serving(); err != nil {
		return err
	}
	control, err := listenControl(c.Data)
	if err != nil {
		return err
	}
	defer control.Close()
	if err := p.welcome(starting, in, c); err != nil {
		return err
	}
	serving, halt := context.WithCancel(starting)
	defer halt()
	defer context.AfterFunc(ctx, func() {
		stop() // before it is promised
		in.Log.Info("stopping: requests may finish; a second signal quits at once")
		halt()
	})()
	if err := front.start(serving, in, c.PublicURL); err != nil {
		return err
	}
	commands := make(chan error, 1)
	go func() { commands <- in.server.ServeControl(serving, control) }()
	keeping := in.keepBackups(serving)
	err = in.server.Serve(serving, ln)
	halt()
	keeping()
	return errors.Join(err, <-commands, in.Stopping())
}

// The ballast of serve is memory that is never touched, and so costs none: a heap
// of a few megabytes would otherwise be collected hundreds of times a second under
// load.

// useCores lets twice as many threads run Go as there are cores, so that requests
// go on while all cores hash passwords.
func (p *Program) useCores() {
	if n, _ := lookup(p.Env, "GOMAXPROCS"); n == "" {
		runtime.SetDefaultGOMAXPROCS() // a process may serve more than once
		runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))
	}
}

func listen(address string) (net.Listener, error) { return listenFor(address, "--http") }

// listenFor listens on the address of a setting.
func listenFor(address, flag string) (net.Listener, error) {
	ln, err := net.Listen("tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, &problem{fmt.Errorf("another program listens on %s", address),
			"stop it, or name another address with " + flag, failed}
	case errors.Is(err, syscall.EACCES):
		return nil, &problem{err, "ports below 1024 need a right of their own; name a higher one with " + flag, failed}
	case err != nil:
		return nil, &problem{err, "name an address of this machine with " + flag, failed}
	}
	return ln, nil
}

// welcome tells a person at the terminal where the server is and how to go on.
func (p *Program) welcome(ctx context.Context, in *instance, c config) error {
	tenant, err := in.FirstTenant(ctx)
	if err != nil {
		return err
	}
	owned, err := hasOwner(ctx, in.App, tenant)
	if err != nil {
		return err
	}
	link, err := setupLink(ctx, in.App, tenant, c.PublicURL)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\nStormkeep serves %s\n", c.PublicURL)
	if link != "" {
		fmt.Fprintf(&b, "\nOpen this link to set it up. It works once, for 30 minutes; each start makes a new one:\n  %s\n\n", link)
	}
	fmt.Fprintf(&b, "  console  %[1]s/console/\n  API      %[1]s/v1\n  data     %[2]s\n", c.PublicURL, c.Data)
	switch dir := c.mailFolder(c.PublicURL); {
	case dir != "":
		fmt.Fprintf(&b, "  mail     written to %s; --smtp-url has it sent\n", dir)
	case c.Mail.SMTP == "":
		fmt.Fprint(&b, "  mail     waits: name a server with --smtp-url\n")
	}
	if in.isNew && !c.HasMaster {
		fmt.Fprintf(&b, "\nKeep %s/%s with your backups: without it nobody can read the secrets in them.\n", c.Data, keyFile)
	}
	data := "--data " + quote(c.Data)
	if !owned {
		fmt.Fprintf(&b, "\nOr without a browser, make an API key in another terminal:\n"+
			"  %s keys create %s > apiKey.properties\n", p.Name, data)
	}
	fmt.Fprintf(&b, "\nA first call, with the id and secret of an API key:\n  %s\n\n", firstCall(c.PublicURL))
	fmt.Fprint(p.Stderr, b.String())
	return nil
}

func firstCall(publicURL string) string {
	return "curl --location --user ID:SECRET " + publicURL + "/v1/tenants/current"
}

// hasOwner tells whether the tenant has an owner, who alone can have API keys at
// first.
func hasOwner(ctx context.Context, app *core.App, tenant core.ID[core.Tenant]) (has bool, err error) {
	err = app.View(core.AsMachine(ctx, tenant), func(tx *core.Tx) error {
		owners, err := core.Owners(tx)
		has = len(owners) > 0
		return err
	})
	return has, err
}

// quote makes one word of text for a POSIX shell.
func quote(text string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+:@%,=", r)
	}
	if text != "" && strings.TrimFunc(text, plain) == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
