package apis_test

import (
	"context"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
)

// elsewhere is a listener of this machine whose callers come from other addresses,
// each from the one that was last set.
type elsewhere struct {
	net.Listener
	from  atomic.Value // string
	fault atomic.Int32 // errors still to be met
}

type foreign struct {
	net.Conn
	addr net.Addr
}

func (f foreign) RemoteAddr() net.Addr { return f.addr }

func (e *elsewhere) Accept() (net.Conn, error) {
	c, err := e.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if e.fault.Add(-1) >= 0 {
		c.Close()
		return nil, &net.OpError{Op: "accept", Err: syscall.EMFILE}
	}
	addr, err := net.ResolveTCPAddr("tcp", net.JoinHostPort(e.from.Load().(string), "7"))
	return foreign{c, addr}, err
}

// crowd serves an API on a listener whose callers seem to come from elsewhere.
func crowd(t *testing.T, o apis.Options) (ln *elsewhere, enter func(from string) (answer string, stay net.Conn)) {
	t.Helper()
	a := apitest.New(t).With(t, o)
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln = &elsewhere{Listener: inner}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Server.Serve(ctx, ln) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return ln, func(from string) (string, net.Conn) {
		t.Helper()
		ln.from.Store(from)
		c, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		c.SetDeadline(time.Now().Add(20 * time.Second))
		if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 1<<10)
		n, err := c.Read(b)
		if err != nil {
			return err.Error(), c
		}
		return string(b[:n]), c
	}
}

// So many connections may be open, and of one source so many; who is over it is
// told, and whoever leaves makes room.
func TestConnectionsAreBounded(t *testing.T) {
	_, enter := crowd(t, apis.Options{MaxConnections: 8, MaxConnectionsOfSource: 2, TrustedProxies: []string{"10.0.0.0/8"}})
	is := func(from, want string) net.Conn {
		t.Helper()
		got, c := enter(from)
		if !strings.HasPrefix(got, "HTTP/1.1 "+want) || want != "200" && (!strings.Contains(got, "\r\nRetry-After: 5\r\n") || !strings.Contains(got, `"developerMessage":"`)) {
			t.Errorf("from %s: %q, want %s", from, got, want)
		}
		return c
	}
	first := is("203.0.113.1", "200")
	is("203.0.113.1", "200")
	is("203.0.113.1", "429")
	is("203.0.113.2", "200") // another
	is("2001:db8::1", "200")
	is("2001:db8::ffff:2", "200")
	is("2001:db8::3", "429") // of one /64
	is("10.0.0.1", "200")    // a proxy
	is("10.0.0.1", "200")
	is("10.0.0.1", "200")
	is("127.0.0.1", "503")
	first.Close()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		got, _ := enter("203.0.113.1")
		if strings.HasPrefix(got, "HTTP/1.1 200") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("no room again: %q", got)
		}
	}
	is("127.0.0.1", "503")
}

// The listening does not end because there are no more files.
func TestAFullTableOfFilesEndsNothing(t *testing.T) {
	ln, enter := crowd(t, apis.Options{})
	ln.fault.Store(3)
	for range 3 {
		enter("203.0.113.1")
	}
	if got, _ := enter("203.0.113.1"); !strings.HasPrefix(got, "HTTP/1.1 200") {
		t.Errorf("%q", got)
	}
}
