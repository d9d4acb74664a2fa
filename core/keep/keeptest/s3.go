// Package keeptest has what tests of backups share.
package keeptest

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// The credentials that the service of S3 takes.
const (
	Access = "tester"
	Secret = "secretsecret"
)

// S3 starts a real S3 server, which checks signatures, on a folder with the bucket
// "backups", and returns its endpoint. It is built once, into the cache of the
// machine, and ends with the test.
func S3(t testing.TB) (endpoint string) {
	t.Helper()
	cache, err := os.UserCacheDir()
	must(t, err)
	bin := filepath.Join(cache, "stormkeep-test", "versitygw")
	build := exec.Command("go", "build", "-C", filepath.Join(top(t), ".ci", "servers"), "-o", bin, "github.com/versity/versitygw/cmd/versitygw")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	root := t.TempDir()
	must(t, os.Mkdir(filepath.Join(root, "backups"), 0o755))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	address := ln.Addr().String()
	ln.Close()
	var out bytes.Buffer
	server := exec.Command(bin, "--access", Access, "--secret", Secret, "--port", address, "--quiet",
		"posix", "--sidecar", t.TempDir(), root)
	server.Stdout, server.Stderr = &out, &out
	must(t, server.Start())
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	t.Cleanup(func() { server.Process.Kill(); <-ended })
	for limit := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return "http://" + address
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("the S3 server ended: %v\n%s", err, out.String())
		default:
		}
		if time.Now().After(limit) {
			t.Fatal("the S3 server does not listen")
		}
	}
}

// top is the folder of the module, above the one that the test runs in.
func top(t testing.TB) string {
	dir, err := os.Getwd()
	must(t, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("there is no go.mod above the test")
		}
		dir = up
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
