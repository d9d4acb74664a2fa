package core

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

const maxURI = 2048

var privateScheme = regexp.MustCompile(`^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+$`)

// redirectProblem says why a URI cannot be registered as one to which a browser is
// sent with an answer; "" if it can (RFC 9700 section 2.1, RFC 8252 sections 7 and 8).
// native also takes private-use schemes. What is registered is compared as a string,
// so that nothing is allowed which a browser would read otherwise than it is written.
func redirectProblem(uri string, native bool) string {
	if uri == "" || len(uri) > maxURI {
		return "has 1 to 2048 characters"
	}
	for _, r := range uri {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune("\\\"<>^`{|}*", r) {
			return "has only the characters of a URI, and no wildcard"
		}
	}
	u, err := url.Parse(uri)
	if err != nil || u.Scheme == "" {
		return "is an absolute URI"
	}
	switch {
	case strings.Contains(uri, "#"):
		return "has no fragment"
	case u.User != nil || strings.Contains(u.Host, "@"):
		return "names no user"
	case uri[:len(u.Scheme)] != u.Scheme:
		return "has its scheme in lower case"
	case hasDotSegment(u):
		return "has no dot segments"
	}
	switch {
	case u.Scheme == "https" || u.Scheme == "http":
		return hostProblem(u, uri)
	case !native:
		return "begins with https://"
	case !privateScheme.MatchString(u.Scheme):
		return "has a scheme that is its owner's domain turned around, such as com.example.app"
	case u.Opaque != "" || u.Host != "" && strings.Contains(u.Host, ":"):
		return "looks like com.example.app:/callback"
	}
	return ""
}

var (
	// A name whose last label begins with a digit is one that browsers take for an
	// address (WHATWG URL section 3.5).
	hostName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)
	port     = regexp.MustCompile(`^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$`)
)

// isAddress tells whether a host, which may have a port, is an IP address in the one
// form that browsers give it.
func isAddress(host string) bool {
	name, bracketed := strings.CutPrefix(host, "[")
	name, _, closed := strings.Cut(name, "]")
	if !bracketed {
		name, _, _ = strings.Cut(host, ":")
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && bracketed == closed && bracketed == ip.Is6() && ip.Zone() == "" && !ip.Is4In6() && ip.String() == name
}

// hostProblem says what is wrong with the host of a URI of http or https.
func hostProblem(u *url.URL, uri string) string {
	host := u.Hostname()
	switch {
	case u.Opaque != "" || host == "" || !strings.HasPrefix(uri, u.Scheme+"://"+u.Host):
		return "names a host"
	case host != strings.ToLower(host) || strings.HasSuffix(host, ".") || strings.ContainsAny(host, "%_"):
		return "names its host in lower case, as DNS has it"
	case !hostName.MatchString(host) && !isAddress(u.Host):
		return "has a host of DNS, or an address as it is usually written"
	case strings.HasSuffix(u.Host, ":") || u.Port() != "" && !port.MatchString(u.Port()):
		return "names a port after the colon"
	case u.Scheme == "http" && !isLoopback(host):
		return "begins with https://, or is of this machine: http://127.0.0.1 or http://localhost"
	}
	return ""
}

func hasDotSegment(u *url.URL) bool {
	for _, path := range []string{u.Path, u.EscapedPath(), u.Opaque} {
		for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == ';' || r == '\\' }) {
			if plain, err := url.PathUnescape(part); part == "." || part == ".." || err == nil && (plain == "." || plain == "..") {
				return true
			}
		}
	}
	return false
}

// isLoopback tells whether a host is this machine's, by its name or address.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback() && ip.Zone() == ""
}

// RedirectAllowed tells whether a URI is one of those registered: the same string, or
// for an address of this machine the same but for its port (RFC 8252 section 7.3).
func RedirectAllowed(registered []string, uri string) bool {
	for _, r := range registered {
		if r == uri || withoutPort(r) != "" && withoutPort(r) == withoutPort(uri) {
			return true
		}
	}
	return false
}

// withoutPort is a URI of a loopback address, by number, without its port; "" for any
// other and for what could not be registered.
func withoutPort(uri string) string {
	if !strings.HasPrefix(uri, "http://127.0.0.1") && !strings.HasPrefix(uri, "http://[::1]") || redirectProblem(uri, false) != "" {
		return ""
	}
	u, err := url.Parse(uri)
	if err != nil || u.Hostname() != "127.0.0.1" && u.Hostname() != "::1" {
		return ""
	}
	return "http://" + strings.TrimSuffix(u.Host, ":"+u.Port()) + uri[len("http://"+u.Host):]
}

// OriginOf is the origin of a registered redirect URI, or its scheme with a colon where
// that has no origin: what a page's form-action names.
func OriginOf(uri string) string {
	u, err := url.Parse(uri)
	switch {
	case err != nil || u.Scheme == "":
		return ""
	case u.Scheme == "http" || u.Scheme == "https":
		return u.Scheme + "://" + u.Host
	}
	return u.Scheme + ":"
}

// originProblem says why a text is no origin of CORS.
func originProblem(origin string) string {
	if why := redirectProblem(origin, false); why != "" {
		return why
	}
	if OriginOf(origin) != origin {
		return "is an origin: scheme, host and port, without a path"
	}
	return ""
}
