package witness

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/stormkeep/stormkeep/core"
)

// syslog is a log server.
type syslog struct {
	network, address string
	counted          bool // each message is preceded by its length (RFC 6587, section 3.4.1)
}

// priority is facility 13, log audit, and severity 5, notice (RFC 5424, section 6.2.1).
const priority = 13*8 + 5

// tell sends a checkpoint on a connection of its own: one a minute is worth none
// that is kept.
func (s syslog) tell(ctx context.Context, c core.AuditCheckpoint, line []byte) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, s.network, s.address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if until, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(until); err != nil {
			return err
		}
	}
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	_, err = conn.Write(s.frame(message(host, os.Getpid(), c, line)))
	return err
}

func (s syslog) frame(msg []byte) []byte {
	if !s.counted {
		return msg
	}
	return append(fmt.Appendf(nil, "%d ", len(msg)), msg...)
}

// message is the checkpoint in the form of RFC 5424, its JSON as the text.
func message(host string, pid int, c core.AuditCheckpoint, line []byte) []byte {
	return fmt.Appendf(nil, "<%d>1 %s %s stormkeep %d audit.checkpoint - %s",
		priority, c.At.Format("2006-01-02T15:04:05.000Z"), header(host), pid, line)
}

// header makes a host's name one that a header may hold: printable ASCII, at most
// 255 characters, "-" for none.
func header(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < '!' || r > '~' {
			return -1
		}
		return r
	}, name)
	if name == "" {
		return "-"
	}
	return name[:min(len(name), 255)]
}
