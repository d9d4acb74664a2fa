package witness

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var rfc5424 = regexp.MustCompile(`^<109>1 2026-11-22T05:00:00\.001Z [!-~]{1,255} stormkeep \d+ audit\.checkpoint - (\{.*\})$`)

// isMessage holds a text to be the sample as a message.
func isMessage(t *testing.T, text string) {
	t.Helper()
	m := rfc5424.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("%q is no message", text)
	}
	isSample(t, m[1])
}

func TestALogServerGetsMessages(t *testing.T) {
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer udp.Close()
	dir, err := os.MkdirTemp("", "w") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	unix, err := net.ListenPacket("unixgram", filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close()
	for place, ln := range map[string]net.PacketConn{"syslog://" + udp.LocalAddr().String(): udp, "syslog+unix://" + unix.LocalAddr().String(): unix} {
		if err := tell(t, place); err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 4096)
		ln.SetReadDeadline(time.Now().Add(20 * time.Second))
		n, _, err := ln.ReadFrom(b)
		if err != nil {
			t.Fatal(err)
		}
		isMessage(t, string(b[:n]))
	}
	unix.Close()
	if err := tell(t, "syslog+unix://"+filepath.Join(dir, "log")); err == nil {
		t.Error("nobody listens, and that is no error")
	}
}

func TestAStreamHasTheLengthBeforeEachMessage(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	got := make(chan string, 1)
	go func() {
		conn, err := ln.Accept()
		if err != nil {
			got <- err.Error()
			return
		}
		defer conn.Close()
		b, _ := io.ReadAll(conn)
		got <- string(b)
	}()
	if err := tell(t, "syslog+tcp://"+ln.Addr().String()); err != nil {
		t.Fatal(err)
	}
	length, msg, _ := strings.Cut(<-got, " ")
	if length != fmt.Sprint(len(msg)) {
		t.Errorf("length %s of %d", length, len(msg))
	}
	isMessage(t, msg)
	ln.Close()
	if err := tell(t, "syslog+tcp://"+ln.Addr().String()); err == nil {
		t.Error("nobody listens, and that is no error")
	}
}

func TestAHostsNameFitsAHeader(t *testing.T) {
	for name, want := range map[string]string{"": "-", "a b\n": "ab", "häuser": "huser", strings.Repeat("x", 300): strings.Repeat("x", 255)} {
		if got := header(name); got != want {
			t.Errorf("header(%q) = %q, want %q", name, got, want)
		}
	}
}
