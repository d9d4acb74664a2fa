package main

import (
	"bufio"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v3"

	hash "github.com/stormkeep/stormkeep/core/password"
)

// bareHandler is what a request costs without us: fiber with one handler that
// answers JSON. It says where it listens and ends with its standard input.
func bareHandler(in io.Reader, out io.Writer) error {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	type hello struct {
		Message string `json:"message"`
		Status  int    `json:"status"`
	}
	app := fiber.New()
	app.Get("/", func(c fiber.Ctx) error { return c.JSON(hello{"hello", 200}) })
	go func() {
		io.Copy(io.Discard, in)
		app.Shutdown()
	}()
	fmt.Fprintln(out, ln.Addr())
	return app.Listener(ln, fiber.ListenConfig{DisableStartupMessage: true})
}

// bareHash is the most logins that this machine could do: it verifies a password
// on every core, and says how often it could in a second.
func bareHash(out io.Writer, d time.Duration) error {
	h := &hash.Hasher{}
	stored, err := h.Hash(context.Background(), password)
	if err != nil {
		return err
	}
	return onEveryCore(out, d, func() error {
		_, err := h.Verify(context.Background(), stored, password)
		return err
	})
}

// bareSignature is the same of the signatures of RS256, by a key of the usual size.
func bareSignature(out io.Writer, d time.Duration) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte("a token"))
	return onEveryCore(out, d, func() error {
		_, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
		return err
	})
}

// onEveryCore works for d, and says how often it could in a second.
func onEveryCore(out io.Writer, d time.Duration, work func() error) error {
	var n atomic.Int64
	var all sync.WaitGroup
	start := time.Now()
	for range runtime.NumCPU() {
		all.Go(func() {
			for time.Since(start) < d {
				if work() != nil {
					return
				}
				n.Add(1)
			}
		})
	}
	all.Wait()
	fmt.Fprintf(out, "%.3f\n", float64(n.Load())/time.Since(start).Seconds())
	return nil
}

// ceiling has a child say how much of that work the machine does in a second.
func ceiling(s settings, child string) (float64, error) {
	me, err := os.Executable()
	if err != nil {
		return 0, err
	}
	out, err := exec.Command(me, "-child", child, "-seconds", fmt.Sprint(s.seconds)).Output()
	if err != nil {
		return 0, fmt.Errorf("the bare %s: %w", child, err)
	}
	return strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
}

// startBare starts the bare handler in a child.
func startBare() (*process, error) {
	me, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(me, "-child", "bare")
	p := &process{cmd: cmd}
	if p.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	line := bufio.NewReader(out)
	if err := p.start(); err != nil {
		return nil, err
	}
	p.addr, err = line.ReadString('\n')
	p.addr = strings.TrimSpace(p.addr)
	if err != nil {
		p.stop()
		return nil, fmt.Errorf("the bare handler: %w", err)
	}
	return p, nil
}
