package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"filippo.io/age"
)

// A soak is a server under a steady load whose clock runs fast, so that all that
// hours and days bring about comes about in minutes: the audit log is sealed and
// its old runs go, events go, tokens expire, backups are made and thinned out. Who
// leaks memory, goroutines or files at any of it is seen.

// soakKeep is how many backups stay, and how many hours lie between two.
const soakKeep = 5

// soaking is one soak.
type soaking struct {
	settings
	sub      *subject
	dir      string
	identity *age.X25519Identity
}

// span is what the server's clock runs through.
func (s settings) span() time.Duration {
	return time.Duration(float64(s.lasts) * s.speed).Round(time.Minute)
}

// soak is the whole run. It is an error if anything grew.
func soak(s settings, out io.Writer) error {
	sub, dir, end, err := prepare(s.bin)
	if err != nil {
		return err
	}
	defer end()
	base, err := seed(sub, s.accounts, false)
	if err != nil {
		return err
	}
	k := &soaking{settings: s, sub: sub, dir: dir}
	if k.identity, err = age.GenerateX25519Identity(); err != nil {
		return err
	}
	p, err := k.serve()
	if err != nil {
		return err
	}
	defer p.stop()
	fmt.Fprintf(out, "%v of the server's clock in %v, %d accounts at the start; steady load, a backup an hour, compaction every half day\n",
		k.span(), s.lasts, s.accounts)
	m := newMix(sub, base)
	watched, err := k.run(p, m)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, tail(&p.said, p))
	}
	checks := k.check()
	p.stop()
	watched.graph(out)
	if s.csv != "" {
		if err := watched.write(s.csv); err != nil {
			return err
		}
	}
	m.print(out)
	fmt.Fprintf(out, "%d backups were kept, of which the newest %d stay\n", bytes.Count(p.said.Bytes(), []byte("backup kept")), k.backups())
	for _, c := range checks {
		fmt.Fprintf(out, "%s: %s\n", c.what, c.said)
		err = errors.Join(err, c.err)
	}
	return errors.Join(err, m.failed(), watched.judge(out))
}

// serve starts this program as the server: the whole command line of stormkeep,
// with another clock.
func (k *soaking) serve() (*process, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &process{addr: ln.Addr().String()}
	ln.Close()
	me, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p.cmd = exec.Command(me, "-child", "soak", "-speed", strconv.FormatFloat(k.speed, 'g', -1, 64), "--",
		"serve", "--data", k.sub.data, "--http", p.addr, "--public-url", "http://"+p.addr,
		"--keep-audit", "1d", "--keep-events", "1d", "--audit-checkpoints", "file://"+filepath.Join(k.dir, "checkpoints"),
		"--backup-to", filepath.Join(k.dir, "backups"), "--backup-every", "1h", "--backup-keep", strconv.Itoa(soakKeep),
		"--backup-recipient", k.identity.Recipient().String())
	p.cmd.Stderr = &p.said
	if err := p.start(); err != nil {
		return nil, err
	}
	if err := p.ready(20 * time.Second); err != nil {
		p.stop()
		return nil, fmt.Errorf("%w\n%s", err, p.said.Bytes())
	}
	k.sub.addr = p.addr
	return p, nil
}

// run loads the server and looks at it until the time is over.
func (k *soaking) run(p *process, m *mix) (*watched, error) {
	w := &watched{speed: k.speed}
	stop := make(chan struct{})
	m.start(stop)
	began := time.Now()
	half := time.Duration(float64(12*time.Hour) / k.speed)
	compacted := make(chan error, 1)
	compacting := false
	var err error
	for n, halves := 1, 1; err == nil && time.Since(began) < k.lasts; n++ {
		time.Sleep(time.Until(began.Add(time.Duration(n) * k.lasts / samples)))
		select {
		case <-p.ended:
			err = errors.New("the server ended")
			continue
		case err = <-compacted:
			compacting = false
		default:
		}
		if since := time.Since(began); since > time.Duration(halves)*half && !compacting && since < k.lasts-half/4 {
			halves++
			compacting = true
			go func() { compacted <- k.command("compact").err }()
		}
		var l look
		if l, err = lookAt(p); err == nil {
			l.at = time.Since(began)
			w.looks = append(w.looks, l)
		}
	}
	close(stop)
	m.all.Wait()
	if compacting {
		err = errors.Join(err, <-compacted)
	}
	return w, err
}

// checked is what a command of the binary said.
type checked struct {
	what, said string
	err        error
}

// command has the binary do something with the data, through the server's socket.
func (k *soaking) command(args ...string) (c checked) {
	c.what = args[0]
	said, err := exec.Command(k.sub.bin, append(args, "--data", k.sub.data)...).CombinedOutput()
	c.said = string(bytes.TrimSpace(said))
	if err != nil {
		c.err = fmt.Errorf("%s: %w\n%s", c.what, err, said)
	}
	return c
}

// check has the binary say that all is whole after it.
func (k *soaking) check() []checked {
	return []checked{k.command("audit", "verify"), k.command("doctor")}
}

func (k *soaking) backups() int {
	names, _ := filepath.Glob(filepath.Join(k.dir, "backups", "*.age"))
	return len(names)
}

// tail is the last that a process said; it ends it.
func tail(said *bytes.Buffer, p *process) []byte {
	p.stop()
	b := said.Bytes()
	return b[max(0, len(b)-4<<10):]
}
