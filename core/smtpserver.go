package core

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"github.com/stormkeep/stormkeep/core/egress"
	"github.com/stormkeep/stormkeep/core/mail"
)

// The values of SmtpServer.SecurityProtocol. "" encrypts where the server offers it
// (opportunistic STARTTLS), and never sends the password unencrypted to another
// machine.
const (
	SmtpTLS = "TLS" // STARTTLS, or nothing is sent
	SmtpSSL = "SSL" // TLS from the first byte
)

// SmtpServer is the server by which a tenant's mails go out; a tenant has one or
// none (spec 15). It is reached before it is saved: see ReachSmtpServer.
type SmtpServer struct {
	Base[SmtpServer]
	Name             string `json:"name" api:",null"`
	Description      string `json:"description" api:",null"`
	Username         string `json:"username"`
	Password         Sealed `json:"password" api:"-"`
	Host             string `json:"host"`
	Port             int    `json:"port"`
	SecurityProtocol string `json:"securityProtocol" api:",null"`
	Status           Status `json:"status"`
}

// TenantSmtpServer finds the tenant's mail server: Find(tx, TenantSmtpServer, "", "").
var TenantSmtpServer = &Index[SmtpServer]{Name: "one", Rule: Unique, Taken: smtpTaken,
	Key: func(*SmtpServer) (Entry, bool) { return Entry{}, true }}

const smtpTaken = "The tenant already has an SmtpServer."

var smtpServers = &Kind[SmtpServer]{
	Name: "smtpServers", Noun: "SmtpServer", Key: "smtp", Indexes: []*Index[SmtpServer]{TenantSmtpServer},
	Links: []string{"tenant=tenants/{tenant}"},
}

// Kind says how it is stored.
func (*SmtpServer) Kind() *Kind[SmtpServer] { return smtpServers }

// Defaults enables the server.
func (s *SmtpServer) Defaults() { s.Status = Enabled }

// Check holds the limits of spec 15. A password goes to nobody to whom it was not
// given: whoever names another host, port or protocol gives it again.
func (s *SmtpServer) Check(c *Checks) {
	s.SecurityProtocol = strings.ToUpper(s.SecurityProtocol)
	c.Text("name", s.Name, 255)
	c.Text("description", s.Description, 1000)
	c.Status("status", s.Status, Enabled, Disabled)
	c.Required("username", s.Username)
	c.Text("username", s.Username, 255)
	c.Required("host", s.Host)
	c.Text("host", s.Host, 255)
	c.That(s.Host == "" || isHost(s.Host), "host", "invalid_format", "SmtpServer host must be the name or the address of a host.")
	c.That(s.Port >= 1 && s.Port <= 65535, "port", "out_of_range", "SmtpServer port must be between 1 and 65535.")
	c.That(s.SecurityProtocol == "" || s.SecurityProtocol == SmtpTLS || s.SecurityProtocol == SmtpSSL, "securityProtocol", "unsupported_value",
		"SmtpServer securityProtocol must be tls, ssl or null.")
	if s.Password.plain != nil {
		c.Required("password", *s.Password.plain)
		c.Text("password", *s.Password.plain, 1024)
	}
	old, changed := c.Old.(*SmtpServer)
	c.That(!c.New || c.Moved || !s.Password.IsZero(), "password", "required", "SmtpServer password is required; it cannot be null, empty, or blank.")
	c.That(!changed || s.Password.plain != nil || s.Host == old.Host && s.Port == old.Port && s.SecurityProtocol == old.SecurityProtocol,
		"password", "required", "SmtpServer password is required where host, port or securityProtocol change.")
	if !c.New || c.err() != nil {
		return
	}
	switch other, err := Find(c.Tx, TenantSmtpServer, "", ""); {
	case err == nil:
		c.Fail(&Error{Kind: Conflict, Code: "smtp_server_taken", Msg: smtpTaken, Existing: RefTo(other.ID)})
	case !IsNotFound(err):
		c.Fail(err)
	}
}

// isHost tells of a name or an address of DNS that holds nothing else.
func isHost(s string) bool {
	if strings.ContainsAny(s, "/@#?%[]\\ ") || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return false
	}
	if strings.Contains(s, ":") {
		return strings.Trim(s, "0123456789abcdefABCDEF:.") == ""
	}
	_, err := idna.Lookup.ToASCII(s)
	return err == nil
}

// Sending is how mails are sent by the server, with its password. It connects
// where the app's Egress may: a tenant's operators need not be the machine's.
func (s *SmtpServer) Sending(tx *Tx) (mail.Config, error) {
	password, err := s.Password.Open(tx, s.ID, "password")
	if err != nil {
		return mail.Config{}, err
	}
	c := mail.Config{Host: s.Host, Port: s.Port, Username: s.Username, Password: password, Security: mail.Opportunistic,
		Dial: tx.App.Egress.Dial}
	switch strings.ToUpper(s.SecurityProtocol) {
	case SmtpTLS:
		c.Security = mail.STARTTLS
	case SmtpSSL:
		c.Security = mail.TLS
	}
	return c, nil
}

// PlanSmtpServer says what Put would refuse, and how the server would be reached,
// before that is tried outside any transaction.
func PlanSmtpServer(tx *Tx, s *SmtpServer) (mail.Config, error) {
	err := Validate(tx, s)
	if s.Rev > 0 {
		var old *SmtpServer
		if old, err = Get(tx, s.ID); err == nil {
			if err = tx.mayWrite(verbUpdate, policyOf(smtpServers), old, s); err == nil {
				err = tx.check(kindIn[SmtpServer](tx.App), old, s)
			}
		}
	}
	if err != nil {
		return mail.Config{}, err
	}
	return s.Sending(tx)
}

// smtpPatience is how long a mail server may take to be tried: somebody waits.
const smtpPatience = 10 * time.Second

// ReachSmtpServer connects to a mail server and authenticates, without sending
// anything. It must not be called in a transaction.
func (a *App) ReachSmtpServer(ctx context.Context, c mail.Config) error {
	ctx, cancel := context.WithTimeout(ctx, smtpPatience)
	defer cancel()
	c.Timeout = smtpPatience
	s := mail.NewSMTP(c)
	defer s.Close()
	err := s.Check(ctx)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, egress.ErrPrivate):
		return smtpError("smtp_unreachable", "The SMTP server is not at a public address, to which alone mails are sent.", err)
	case errors.Is(err, mail.ErrAuth):
		return smtpError("smtp_auth", "The SMTP server did not accept the username and password.", err)
	case errors.Is(err, mail.ErrSecurity):
		return smtpError("smtp_security", "The SMTP server cannot be used with this securityProtocol.", err)
	}
	return smtpError("smtp_unreachable", "The SMTP server cannot be reached at this host and port.", err)
}

// smtpError tells what the server said, but of the network only what went wrong: its
// addresses, and those of this machine's resolver, are not a tenant's to know.
func smtpError(code, msg string, err error) error {
	why := err.Error()
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		why = dns.Err
	} else if op, ok := errors.AsType[*net.OpError](err); ok {
		why = op.Op + ": " + op.Err.Error()
	}
	if errors.Is(err, egress.ErrPrivate) {
		why = egress.ErrPrivate.Error()
	}
	return &Error{Kind: Invalid, Code: code, Msg: msg, Err: err, Dev: msg + " (" + strings.ToValidUTF8(why[:min(len(why), 300)], "") + ")"}
}
