// Package witness takes the checkpoints of the audit log to where the server's own
// data are not: a file, a log server by syslog, or a web server. An operator names
// the place, so that nothing here guards against it.
package witness

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// Place is where checkpoints go.
type Place struct {
	// ID names the place for ever: digits of the hash of its URL.
	ID string
	// Tell takes a checkpoint there, and returns within ten seconds.
	Tell func(context.Context, core.AuditCheckpoint) error
}

// patience is how long a place may take.
const patience = 10 * time.Second

// Parse reads a comma-separated list of places: file:///path, syslog://host[:514]
// (RFC 5424 in UDP, RFC 5426), syslog+tcp://host[:601] (RFC 6587),
// syslog+unix:///dev/log, and http or https URLs, to which they are posted as JSON.
func Parse(list string) (places []Place, err error) {
	seen := map[string]bool{}
	for text := range strings.SplitSeq(list, ",") {
		text = strings.TrimSpace(text)
		tell, err := parse(text)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256([]byte(text))
		id := hex.EncodeToString(sum[:8])
		if seen[id] {
			return nil, fmt.Errorf("names %s twice", text)
		}
		seen[id] = true
		places = append(places, Place{id, func(ctx context.Context, c core.AuditCheckpoint) error {
			ctx, cancel := context.WithTimeout(ctx, patience)
			defer cancel()
			line, err := json.Marshal(c)
			if err == nil {
				err = tell(ctx, c, line)
			}
			return err
		}})
	}
	return places, nil
}

type teller func(ctx context.Context, c core.AuditCheckpoint, line []byte) error

func parse(text string) (teller, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme == "" {
		return nil, errors.New("is no list of URLs such as file:///var/log/stormkeep-audit.json or syslog://host:514")
	}
	local := u.Host == "" && filepath.IsAbs(u.Path) && u.RawQuery == "" && u.Fragment == ""
	remote := u.Hostname() != "" && u.User == nil && u.Fragment == ""
	bare := remote && u.RawQuery == "" && (u.Path == "" || u.Path == "/")
	switch scheme := strings.ToLower(u.Scheme); {
	case scheme == "file" && local:
		return (&file{path: u.Path}).tell, nil
	case scheme == "syslog" && bare:
		return syslog{network: "udp", address: withPort(u, "514")}.tell, nil
	case scheme == "syslog+tcp" && bare:
		return syslog{network: "tcp", address: withPort(u, "601"), counted: true}.tell, nil
	case scheme == "syslog+unix" && local:
		return syslog{network: "unixgram", address: u.Path}.tell, nil
	case (scheme == "http" || scheme == "https") && remote:
		return poster(u.String()), nil
	}
	return nil, errors.New("has a URL that is none of file:///path, syslog://host:port, syslog+tcp://host:port, syslog+unix:///path, http and https")
}

func withPort(u *url.URL, port string) string {
	if u.Port() != "" {
		port = u.Port()
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// poster posts to a URL. A redirect is no answer: what is posted would be lost.
func poster(to string) teller {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return func(ctx context.Context, _ core.AuditCheckpoint, line []byte) error {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(line))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("User-Agent", "Stormkeep")
		res, err := client.Do(req)
		if err != nil {
			return err
		}
		defer res.Body.Close()
		if _, err := io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)); err != nil {
			return err
		}
		if res.StatusCode < 200 || res.StatusCode > 299 {
			return fmt.Errorf("%s answered %s", req.URL.Redacted(), res.Status)
		}
		return nil
	}
}
