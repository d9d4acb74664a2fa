package mail

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
)

// schemes are the names of what guards a connection, in URLs.
var schemes = map[Security]string{
	STARTTLS: "smtp", TLS: "smtps", Opportunistic: "smtp+opportunistic", Plain: "smtp+plain",
}

const urlHelp = "write smtp://user:password@host:587 (STARTTLS), smtps://… (TLS), smtp+opportunistic://… (STARTTLS where it is offered) or " +
	"smtp+plain://… (never encrypted)"

// ParseURL reads a mail server from one line:
//
//	smtp://user:password@mail.example.com:587     STARTTLS, or nothing is sent
//	smtps://user:password@mail.example.com:465    TLS from the first byte
//	smtp+opportunistic://mail.example.com:25      STARTTLS where it is offered
//	smtp+plain://127.0.0.1:25                     never encrypted
//
// User, password and port may be left out. What a URL cannot hold is written as
// %40 for @, %2F for /, %23 for #, %3F for ? and %25 for %. Errors never show the
// text, as it holds the password.
func ParseURL(text string) (Config, error) {
	scheme, _, _ := strings.Cut(text, "://")
	var security Security
	for s, name := range schemes {
		if strings.EqualFold(name, scheme) {
			security = s
		}
	}
	if security == "" {
		return Config{}, errors.New("mail server: unknown kind of URL: " + urlHelp)
	}
	u, err := url.Parse(text)
	if err != nil {
		return Config{}, errors.New("mail server: the URL cannot be read: characters of a password like @ / # ? % are written as %40 %2F %23 %3F %25")
	}
	c := Config{Host: u.Hostname(), Security: security, Username: u.User.Username()}
	c.Password, _ = u.User.Password()
	switch {
	case c.Host == "" || strings.ContainsFunc(c.Host, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '@' }):
		return Config{}, errors.New("mail server: the URL names no host: " + urlHelp)
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(text, "#"):
		return Config{}, errors.New("mail server: nothing follows the port in its URL; / # ? in a password are written as %2F %23 %3F")
	case c.Username == "" && u.User != nil:
		return Config{}, errors.New("mail server: the URL has a password and no user: " + urlHelp)
	}
	if p := u.Port(); p != "" {
		if c.Port, err = strconv.Atoi(p); err != nil || c.Port < 1 || c.Port > 65535 {
			return Config{}, errors.New("mail server: the port in its URL is none of 1 to 65535")
		}
	}
	return c, nil
}
