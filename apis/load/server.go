package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// subject is the stormkeep that is measured, and what its init gave.
type subject struct {
	bin, data        string
	keyID, keySecret string
	application      string // the id of My Application
	addr             string // where it serves
}

// prepare makes a folder for one measurement with a data folder in it; end takes it
// away.
func prepare(bin string) (sub *subject, dir string, end func(), err error) {
	if dir, err = os.MkdirTemp("", "stormkeep-bench-"); err != nil {
		return nil, "", nil, err
	}
	end = func() { os.RemoveAll(dir) }
	if sub, err = initialise(bin, dir); err != nil {
		end()
	}
	return sub, dir, end, err
}

// initialise makes a data folder in dir.
func initialise(bin, dir string) (*subject, error) {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return nil, err
	}
	sub := &subject{bin: bin, data: filepath.Join(dir, "data")}
	var complaints bytes.Buffer
	cmd := exec.Command(bin, "init", "--data", sub.data, "--json")
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s init: %w\n%s", bin, err, complaints.Bytes())
	}
	return sub, sub.read(out)
}

// read takes what init printed.
func (sub *subject) read(out []byte) error {
	var made struct {
		Applications []struct{ ID, Name string }
		APIKey       struct{ ID, Secret string }
	}
	if err := json.Unmarshal(out, &made); err != nil {
		return fmt.Errorf("init printed %q: %w", out, err)
	}
	sub.keyID, sub.keySecret = made.APIKey.ID, made.APIKey.Secret
	for _, a := range made.Applications {
		if a.Name == "My Application" {
			sub.application = a.ID
		}
	}
	if sub.keyID == "" || sub.keySecret == "" || sub.application == "" {
		return fmt.Errorf("init printed no API key, or no My Application: %s", out)
	}
	return nil
}

// process is a server that runs.
type process struct {
	cmd   *exec.Cmd
	addr  string
	stdin io.Closer
	said  bytes.Buffer
	ended chan struct{} // closed once it has, and waited for
}

// start starts the process and sees to its end.
func (p *process) start() error {
	if err := p.cmd.Start(); err != nil {
		return err
	}
	p.ended = make(chan struct{})
	go func() {
		p.cmd.Wait()
		close(p.ended)
	}()
	return nil
}

// serve starts the server on a free port of the loopback and waits for it.
func (sub *subject) serve() (*process, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &process{addr: ln.Addr().String()}
	ln.Close()
	p.cmd = exec.Command(sub.bin, "serve", "--data", sub.data, "--http", p.addr, "--public-url", "http://"+p.addr,
		"--rate-source", "1000000/s,1000000") // paths for strangers are measured from one address
	p.cmd.Stderr = &p.said
	if err := p.start(); err != nil {
		return nil, err
	}
	if err := p.ready(20 * time.Second); err != nil {
		p.stop()
		return nil, fmt.Errorf("%s serve: %w\n%s", sub.bin, err, p.said.Bytes())
	}
	return p, nil
}

// ready waits until /readyz answers 200.
func (p *process) ready(most time.Duration) error {
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	var err error
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(500 * time.Microsecond) {
		select {
		case <-p.ended:
			return errors.New("it ended by itself")
		default:
		}
		var resp *http.Response
		if resp, err = client.Get("http://" + p.addr + "/readyz"); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
			err = fmt.Errorf("/readyz answers %s", resp.Status)
		}
	}
	return err
}

// stop ends the process as a supervisor would, and at last by force.
func (p *process) stop() {
	if p.stdin != nil {
		p.stdin.Close()
	} else {
		p.cmd.Process.Signal(syscall.SIGTERM)
	}
	force := time.AfterFunc(15*time.Second, func() { p.cmd.Process.Kill() })
	defer force.Stop()
	<-p.ended
}

// sample loads the process for d.
func (p *process) sample(t target, d time.Duration) (sample, error) {
	if t.fill != nil {
		if err := t.fill(d); err != nil {
			return sample{}, err
		}
	}
	before, err := cpuOf(p.cmd.Process.Pid)
	if err != nil {
		return sample{}, err
	}
	s, err := generate(p.addr, t, d)
	if err != nil {
		return s, err
	}
	after, err := cpuOf(p.cmd.Process.Pid)
	if err != nil {
		return s, err
	}
	// The warm-up is in the CPU time and not in the requests.
	s.server = time.Duration(float64(after-before) * d.Seconds() / (d + warmUp).Seconds())
	s.rss, _, err = memoryOf(p.cmd.Process.Pid)
	return s, err
}

// boot is how the server starts and what it takes before anybody asks it.
type boot struct {
	start     time.Duration // from the spawn to the first 200 of /readyz
	rss, anon int64
}

// startTimes starts and stops the server n times; the median counts.
func (sub *subject) startTimes(n int) (b boot, err error) {
	var starts []time.Duration
	var rss, anon []int64
	for range n {
		began := time.Now()
		p, err := sub.serve()
		if err != nil {
			return b, err
		}
		starts = append(starts, time.Since(began))
		time.Sleep(300 * time.Millisecond)
		r, a, err := memoryOf(p.cmd.Process.Pid)
		p.stop()
		if err != nil {
			return b, err
		}
		rss, anon = append(rss, r), append(anon, a)
	}
	return boot{median(starts), median(rss), median(anon)}, nil
}
