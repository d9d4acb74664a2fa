package apitest

import (
	"context"
	"io"
	"net"
	"testing"
	"time"
)

// Listen serves the API on a socket of this machine until the test ends, and
// returns its address.
func (a *API) Listen(t testing.TB) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Server.Serve(ctx, ln) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return ln.Addr().String()
}

// Raw sends bytes as they are and returns all that comes back until the server
// closes the connection, which it must within ten seconds.
func Raw(t testing.TB, addr, text string) string {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	must(t, err)
	defer conn.Close()
	must(t, conn.SetDeadline(time.Now().Add(10*time.Second)))
	if _, err := io.WriteString(conn, text); err != nil {
		t.Logf("the server stopped reading: %v", err)
	}
	b, err := io.ReadAll(conn)
	if e, ok := err.(net.Error); ok && e.Timeout() {
		t.Fatalf("the server keeps the connection open; so far: %q", b)
	}
	return string(b)
}
