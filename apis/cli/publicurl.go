package cli

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

var hostName = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?$`)

// checkPublicURL accepts scheme://host[:port] and nothing more: every address
// that leads back here is this text with a path after it.
func checkPublicURL(value string) error {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" {
		return errors.New("is no URL such as https://id.example.com")
	}
	scheme := strings.ToLower(u.Scheme)
	if scheme != "http" && scheme != "https" {
		return errors.New("must begin with http:// or https://")
	}
	if u.User != nil {
		return errors.New("must hold no user name or password")
	}
	if len(u.Scheme+"://"+u.Host) != len(value) {
		return errors.New("must end after the host and port: no path, no slash, no query")
	}
	host := u.Hostname()
	if ip, err := netip.ParseAddr(host); err == nil && ip.Zone() == "" {
		if ip.Is6() != strings.HasPrefix(u.Host, "[") {
			return errors.New("has no valid host")
		}
	} else if !hostName.MatchString(host) {
		return errors.New("has no valid host; a name with other letters is written in punycode (xn--…)")
	}
	if port := u.Port(); strings.HasSuffix(u.Host, ":") || port != "" && (port == "0" || !validPort(port)) {
		return errors.New("has no port from 1 to 65535")
	} else if port == "80" && scheme == "http" || port == "443" && scheme == "https" {
		return errors.New("names the usual port of its scheme; leave it out, as clients do")
	}
	return nil
}

// localURL is the public URL where none is set: this machine, on the port of an
// address.
func localURL(address string) string {
	_, port, _ := net.SplitHostPort(address)
	if port == "80" || port == "0" {
		return "http://localhost"
	}
	return "http://localhost:" + port
}
