package cli

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/knadh/koanf/v2"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
)

// mailConfig is what the settings say about mails.
type mailConfig struct {
	SMTP, From, Dir               string
	DKIMKey, DKIMSelector, DKIMOf string
}

func mailSettings(all *koanf.Koanf) mailConfig {
	return mailConfig{all.String("smtp-url"), all.String("mail-from"), all.String("mail-dir"),
		all.String("dkim-key"), all.String("dkim-selector"), all.String("dkim-domain")}
}

func checkSMTP(value string) error {
	_, err := mail.ParseURL(value)
	return err
}

func checkFrom(value string) error {
	if _, err := mail.ParseAddress(value); err != nil {
		return errors.New("is no address of a sender, such as Example <no-reply@example.com>")
	}
	return nil
}

// mailer has an app send mails as the settings say, which it tells: by a server, else into
// a folder. Without either they wait, and say why.
func (c config) mailer(app *core.App, publicURL string) (out apis.Mailing, err error) {
	from, err := c.Mail.sender(publicURL)
	if err != nil {
		return out, err
	}
	app.Mail.From = from
	sign, err := c.Mail.signer(from)
	if err != nil {
		return out, err
	}
	to, err := c.sendingTo(publicURL, sign)
	if err != nil || to == nil {
		return out, err
	}
	if sign != nil {
		out.Signed = c.Mail.DKIMSelector + "._domainkey." + c.Mail.signingDomain(from)
	}
	switch to := to.(type) {
	case *mail.Folder:
		out.By, out.Folder = "folder", to
	default:
		out.By = "smtp"
		if server, err := mail.ParseURL(c.Mail.SMTP); err == nil {
			out.Server = server.String()
		}
	}
	app.Mail.Use("settings", func(*core.Tx) (mail.Sender, error) { return to, nil })
	return out, nil
}

// sendingTo is where mails go, nil for nowhere.
func (c config) sendingTo(publicURL string, sign func([]byte) ([]byte, error)) (mail.Sender, error) {
	if c.Mail.SMTP != "" {
		server, err := mail.ParseURL(c.Mail.SMTP)
		if err != nil {
			return nil, err
		}
		server.Sign, server.Connections = sign, 8
		return mail.NewSMTP(server), nil
	}
	dir := c.mailFolder(publicURL)
	if dir == "" {
		return nil, nil
	}
	return &mail.Folder{Dir: dir, Sign: sign}, nil
}

// mailFolder is the folder that mails are written to, "" where they are not. They
// show their links to whoever may read the folder, so that it is by default only for
// a server that nobody else reaches.
func (c config) mailFolder(publicURL string) string {
	switch {
	case c.Mail.SMTP != "" || c.Mail.Dir == off:
		return ""
	case c.Mail.Dir != "":
		return c.Mail.Dir
	case isLocal(publicURL):
		return filepath.Join(c.Data, "mail")
	}
	return ""
}

// isLocal tells of a URL that leads to this machine alone.
func isLocal(base string) bool {
	u, err := url.Parse(base)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost") || err == nil && ip.IsLoopback()
}

// sender is who mails are from.
func (m mailConfig) sender(publicURL string) (mail.Address, error) {
	if m.From != "" {
		return mail.ParseAddress(m.From)
	}
	u, err := url.Parse(publicURL)
	if err != nil {
		return mail.Address{}, err
	}
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil {
		host = "localhost"
	}
	return mail.Address{Addr: "no-reply@" + host}, nil
}

// signer signs mails, nil where they are not signed.
func (m mailConfig) signer(from mail.Address) (func([]byte) ([]byte, error), error) {
	if m.DKIMKey == "" {
		return nil, nil
	}
	key, err := os.ReadFile(m.DKIMKey)
	if err != nil {
		return nil, &problem{fmt.Errorf("the key of --dkim-key: %w", err), "name a PEM file that you may read", failed}
	}
	d, err := mail.NewDKIM(m.signingDomain(from), m.DKIMSelector, key)
	if err != nil {
		return nil, &problem{err, "make one with: openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:2048 -out dkim.pem", failed}
	}
	return d.Sign, nil
}

// signingDomain is the domain that answers for what is signed.
func (m mailConfig) signingDomain(from mail.Address) string {
	_, domain, _ := strings.Cut(from.Addr, "@")
	return cmp.Or(m.DKIMOf, domain)
}
