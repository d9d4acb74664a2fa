package cli

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// foreign builds servers that are not ours, with the versions that .ci/servers pins.
func foreign(t *testing.T, paths ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	cmd := exec.Command("go", append([]string{"build", "-C", "../../.ci/servers", "-o", dir + "/"}, paths...)...)
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=readonly", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// runs runs a program until the test ends.
func runs(t *testing.T, env []string, name string, args ...string) (said *output, end func()) {
	t.Helper()
	said = &output{more: make(chan struct{}, 1)}
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr, cmd.Env = said, said, append(os.Environ(), env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	end = sync.OnceFunc(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	t.Cleanup(end)
	return said, end
}

// authority is a real ACME CA on this machine.
type authority struct {
	directory, root string         // its URL, and the file of the certificate of its own server
	gives           *x509.CertPool // by what it gives is trusted
	said            *output
	end             func()
}

// pebble is a CA that asks at the ports whether a domain is whose it should be; to
// it, every domain is this machine.
func pebble(t *testing.T, programs, httpPort, tlsPort string) *authority {
	t.Helper()
	dir := t.TempDir()
	ca := &authority{root: filepath.Join(dir, "root.pem")}
	key := filepath.Join(dir, "key.pem")
	own := certify(t, ca.root, key, "localhost")
	_, dns := freePort(t)
	_, manageDNS := freePort(t)
	listen, port := freePort(t)
	manage, _ := freePort(t)
	number := func(s string) int { n, _ := strconv.Atoi(s); return n }
	config, err := json.Marshal(map[string]any{"pebble": map[string]any{"listenAddress": listen, "managementListenAddress": manage,
		"certificate": ca.root, "privateKey": key, "httpPort": number(httpPort), "tlsPort": number(tlsPort), "keyAlgorithm": "ecdsa",
		"retryAfter": map[string]int{"authz": 1, "order": 1}}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "pebble.json")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	runs(t, nil, filepath.Join(programs, "pebble-challtestsrv"), "-dnsserver", "127.0.0.1:"+dns, "-management", "127.0.0.1:"+manageDNS,
		"-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "")
	ca.said, ca.end = runs(t, []string{"PEBBLE_VA_NOSLEEP=1"}, filepath.Join(programs, "pebble"), "-config", file, "-dnsserver", "127.0.0.1:"+dns)
	ca.directory = "https://localhost:" + port + "/dir"
	ca.gives = x509.NewCertPool()
	ca.gives.AppendCertsFromPEM(eventually(t, ca.said, func() ([]byte, error) { return read(trusting(own), "https://"+manage+"/roots/0") }))
	return ca
}

func read(client *http.Client, url string) ([]byte, error) {
	res, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	return io.ReadAll(res.Body)
}

// eventually tries until it works, for a minute at most.
func eventually[T any](t *testing.T, said *output, try func() (T, error)) T {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		v, err := try()
		if err == nil {
			return v
		}
		if time.Now().After(deadline) {
			t.Fatalf("%v\n%s", err, said)
		}
	}
}

// shown is the certificate that is served for a name.
func shown(addr, name string, trust *x509.CertPool) (*x509.Certificate, error) {
	c, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: trust, ServerName: name})
	if err != nil {
		return nil, err
	}
	defer c.Close()
	return c.ConnectionState().PeerCertificates[0], nil
}

// A real CA gives certificates for all domains, whichever way it asks, and they are
// kept over a restart.
func TestACertificateFromAnACMECA(t *testing.T) {
	programs := foreign(t, "github.com/letsencrypt/pebble/v2/cmd/pebble", "github.com/letsencrypt/pebble/v2/cmd/pebble-challtestsrv")
	for _, way := range []string{"TLS-ALPN", "HTTP"} {
		t.Run(way, func(t *testing.T) {
			addr, tlsPort := freePort(t)
			plain, httpPort := freePort(t)
			_, nobody := freePort(t)
			redirect := plain
			if way == "HTTP" {
				tlsPort = nobody
			} else {
				redirect, httpPort = off, nobody
			}
			ca := pebble(t, programs, httpPort, tlsPort)
			data := filepath.Join(t.TempDir(), "data")
			args := []string{"--data", data, "--http", addr, "--https", "id.example.test, Login.example.test", "--http-redirect", redirect,
				"--acme-ca", ca.directory, "--acme-root", ca.root, "--acme-email", "admin@example.test"}
			var first *x509.Certificate
			t.Run("is got", func(t *testing.T) {
				said, url := served(t, args...)
				if url != "https://id.example.test" || strings.Contains(said.String(), "WARN plain") {
					t.Errorf("%s:\n%s", url, said)
				}
				for _, name := range []string{"login.example.test", "id.example.test"} {
					first = eventually(t, said, func() (*x509.Certificate, error) { return shown(addr, name, ca.gives) })
				}
				if _, err := shown(addr, "evil.example.test", ca.gives); err == nil {
					t.Error("a certificate of a domain that is not ours is shown")
				}
				if way == "HTTP" {
					res, err := trusting(nil).Get("http://" + plain + "/v1?a=b")
					if err != nil {
						t.Fatal(err)
					}
					res.Body.Close()
					if to := res.Header.Get("Location"); res.StatusCode != 308 || to != "https://id.example.test/v1?a=b" {
						t.Errorf("%d %s", res.StatusCode, to)
					}
				}
			})
			t.Run("is kept", func(t *testing.T) {
				ca.end()
				said, _ := served(t, args...)
				again := eventually(t, said, func() (*x509.Certificate, error) { return shown(addr, "id.example.test", ca.gives) })
				if !bytes.Equal(again.Raw, first.Raw) {
					t.Error("it is another one")
				}
			})
			if info, err := os.Stat(filepath.Join(data, certificatesFolder)); err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("%v, %v", info, err)
			}
		})
	}
}

func TestSettingsOfACMEAreChecked(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.pem")
	if err := os.WriteFile(bad, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	ok := []string{"--https", "id.example.com", "--http-redirect", "off"}
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no domain":        {[]string{"--https", "localhost"}, misused, "no domain such as"},
		"an address":       {[]string{"--https", "127.0.0.1"}, misused, "no domain such as"},
		"a port":           {[]string{"--https", "id.example.com:443"}, misused, "no domain such as"},
		"a wildcard":       {[]string{"--https", "*.example.com"}, misused, "no domain such as"},
		"only commas":      {[]string{"--https", ",,"}, misused, "names no domain"},
		"a file too":       {append([]string{"--tls-cert", bad, "--tls-key", bad}, ok...), misused, "leave one of them out"},
		"plain public URL": {append([]string{"--public-url", "http://id.example.com"}, ok...), misused, "plain http"},
		"no e-mail":        {append([]string{"--acme-email", "me"}, ok...), misused, "no e-mail address"},
		"plain http":       {append([]string{"--acme-ca", "http://ca.example/dir"}, ok...), misused, "no https:// URL"},
		"no root":          {append([]string{"--acme-root", bad}, ok...), failed, "holds no certificate"},
		"no root's file":   {append([]string{"--acme-root", bad + "x"}, ok...), failed, "no such file"},
	} {
		code, _, stderr := run(t, "", append([]string{"serve", "--http", "127.0.0.1:0", "--data", filepath.Join(dir, "data")}, c.args...)...)
		if code != c.code || !strings.Contains(stderr, c.want) || !strings.Contains(stderr, "\nhint: ") {
			t.Errorf("%s: %d %s", name, code, stderr)
		}
	}
}

// With --https alone the server is where browsers look for it.
func TestHTTPSListensWhereBrowsersLook(t *testing.T) {
	for _, c := range []struct {
		args           []string
		http, redirect string
	}{
		{[]string{"--https", "id.example.com"}, ":443", ":80"},
		{[]string{"--https", "id.example.com", "--http", "127.0.0.1:8080"}, "127.0.0.1:8080", ":80"},
		{[]string{"--https", "id.example.com", "--http-redirect", "off"}, ":443", ""},
		{nil, "127.0.0.1:8080", ""},
	} {
		flags := flagsOf(t)
		addSettings(flags, []string{"https", "http-redirect"})
		if err := flags.Parse(c.args); err != nil {
			t.Fatal(err)
		}
		got, err := resolve(flags, nil)
		if err != nil || got.HTTP != c.http || got.redirects() != c.redirect {
			t.Errorf("%v: %s, %s, %v", c.args, got.HTTP, got.redirects(), err)
		}
	}
}
