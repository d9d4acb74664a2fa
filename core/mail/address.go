package mail

import (
	"fmt"
	netmail "net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Address is a mailbox and the name of who reads it. Addr is local@domain, as a
// person writes it: either side may hold letters of any script.
type Address struct{ Name, Addr string }

// ParseAddress reads "ann@example.com" or "Ann Lee <ann@example.com>". Its error
// wraps ErrRefused where no server could take the address.
func ParseAddress(s string) (Address, error) {
	a := Address{Addr: strings.TrimSpace(s)}
	if name, rest, ok := cutLast(a.Addr, "<"); ok && strings.HasSuffix(rest, ">") {
		a.Name, a.Addr = strings.TrimSpace(name), strings.TrimSuffix(rest, ">")
		if n := len(a.Name); n >= 2 && a.Name[0] == '"' && a.Name[n-1] == '"' {
			a.Name = strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(a.Name[1 : n-1])
		} else if strings.ContainsAny(a.Name, "<>@,;:") {
			return Address{}, fmt.Errorf("%w: %s is more than one mail address", ErrRefused, shown(s))
		}
		if a.Name != line(a.Name, nameRunes) {
			return Address{}, fmt.Errorf("%w: %s has a name that is none", ErrRefused, shown(s))
		}
	}
	if _, err := a.wire(); err != nil {
		return Address{}, err
	}
	return a, nil
}

// String is the address for people, and for ParseAddress.
func (a Address) String() string {
	if a.Name == "" {
		return a.Addr
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(a.Name) + `" <` + a.Addr + ">"
}

// wire is the address as servers are told it: the domain in ASCII (RFC 5891), the
// local part as it is, in quotes where its dots need them.
func (a Address) wire() (string, error) {
	local, domain, ok := cutLast(a.Addr, "@")
	if !ok || !fine(local) {
		return "", fmt.Errorf("%w: %s is no mail address", ErrRefused, shown(a.Addr))
	}
	domain, ok = ascii(domain)
	if !ok || len(local)+len(domain) > 253 { // RFC 5321, section 4.5.3.1: a path has 256 octets with its brackets
		return "", fmt.Errorf("%w: %s has no domain that mail goes to", ErrRefused, shown(a.Addr))
	}
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		local = `"` + local + `"`
	}
	return local + "@" + domain, nil
}

// header is the address as headers show it.
func (a Address) header() (*netmail.Address, error) {
	if _, err := a.wire(); err != nil {
		return nil, err
	}
	local, domain, _ := cutLast(a.Addr, "@")
	domain, _ = ascii(domain)
	return &netmail.Address{Name: line(a.Name, nameRunes), Address: local + "@" + domain}, nil
}

// international tells of an address that only a server with SMTPUTF8 takes
// (RFC 6531): domains have a form in ASCII, local parts have none.
func (a Address) international() bool {
	local, _, _ := cutLast(a.Addr, "@")
	return strings.IndexFunc(local, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0
}

// fine tells of a local part that no server can read as anything else: atoms of
// RFC 5322, letters of RFC 6531 and dots wherever they are. What needs quotes for
// more than its dots is no address that anybody has, and is how commands are
// smuggled.
func fine(local string) bool {
	if local == "" || len(local) > 64 || !utf8.ValidString(local) {
		return false
	}
	for _, r := range local {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', strings.ContainsRune(".!#$%&'*+-/=?^_`{|}~", r):
		case r >= utf8.RuneSelf && unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != utf8.RuneError:
		default:
			return false
		}
	}
	return true
}

// ascii is a domain as DNS knows it.
func ascii(domain string) (string, bool) {
	if !utf8.ValidString(domain) {
		return "", false
	}
	if strings.IndexFunc(domain, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		var err error
		if domain, err = idna.Lookup.ToASCII(domain); err != nil {
			return "", false
		}
	}
	if len(domain) > 253 {
		return "", false
	}
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return "", false
		}
		for _, c := range []byte(label) {
			if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_') {
				return "", false
			}
		}
	}
	return domain, true
}

// shown is a stranger's text in an error.
func shown(s string) string { return fmt.Sprintf("%q", cut(s, 100)) }

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
