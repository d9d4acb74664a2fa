package mail

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"

	"github.com/emersion/go-msgauth/dkim"
)

// DKIM signs messages for a domain (RFC 6376, RFC 8463). Its Sign is what SMTP and
// Folder are given.
type DKIM struct {
	domain, selector string
	key              crypto.Signer
}

// NewDKIM reads a private key in PEM: PKCS #8 (Ed25519 or RSA) or PKCS #1 (RSA), an
// RSA key of 2048 bits or more (RFC 8301 tells why). Errors show nothing of it.
func NewDKIM(domain, selector string, key []byte) (*DKIM, error) {
	d := &DKIM{}
	var ok bool
	if d.domain, ok = ascii(domain); !ok {
		return nil, fmt.Errorf("DKIM: %s is no domain", shown(domain))
	}
	if d.selector, ok = ascii(selector); !ok {
		return nil, fmt.Errorf("DKIM: %s is no selector", shown(selector))
	}
	block, _ := pem.Decode(key)
	if block == nil {
		return nil, errors.New("DKIM: the key is not in PEM")
	}
	var parsed any
	var err error
	if block.Type == "RSA PRIVATE KEY" {
		parsed, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	} else {
		parsed, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	if err != nil {
		return nil, errors.New("DKIM: the key cannot be read: it is a private key in PKCS #8 or PKCS #1, without a passphrase")
	}
	switch k := parsed.(type) {
	case *rsa.PrivateKey:
		if k.N.BitLen() < 2048 {
			return nil, fmt.Errorf("DKIM: an RSA key has 2048 bits or more, and this one %d", k.N.BitLen())
		}
		d.key = k
	case ed25519.PrivateKey:
		d.key = k
	default:
		return nil, fmt.Errorf("DKIM: the key is a %T, and must be RSA or Ed25519", parsed)
	}
	return d, nil
}

// signed are the headers that a signature covers where a message has them.
var signed = [...]string{
	"From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Language",
	"Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post",
}

// Sign puts the signature before the message. From, To, Subject and Date are
// covered once more than they are there, so that nobody adds a second one (RFC 6376, section 8.15).
func (d *DKIM) Sign(message []byte) ([]byte, error) {
	m, err := netmail.ReadMessage(bytes.NewReader(message))
	if err != nil {
		return nil, fmt.Errorf("DKIM: %w", err)
	}
	keys := []string{"From", "To", "Subject", "Date"}
	for _, name := range signed {
		if m.Header.Get(name) != "" {
			keys = append(keys, name)
		}
	}
	var b bytes.Buffer
	err = dkim.Sign(&b, bytes.NewReader(message), &dkim.SignOptions{
		Domain: d.domain, Selector: d.selector, Signer: d.key, Hash: crypto.SHA256, HeaderKeys: keys,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	})
	if err != nil {
		return nil, fmt.Errorf("DKIM: %w", err)
	}
	return b.Bytes(), nil
}

// Record is what DNS must say for the signatures to be believed: the name of a TXT
// record and its text. A text over 255 characters is given to DNS in parts, which
// most that keep records do by themselves.
func (d *DKIM) Record() (name, text string, err error) {
	name = d.selector + "._domainkey." + d.domain
	kind, public := "rsa", []byte(nil)
	switch k := d.key.Public().(type) {
	case ed25519.PublicKey:
		kind, public = "ed25519", k // RFC 8463, section 4.2: the bare key
	default:
		if public, err = x509.MarshalPKIXPublicKey(k); err != nil {
			return "", "", err
		}
	}
	return name, strings.Join([]string{"v=DKIM1", "k=" + kind, "p=" + base64.StdEncoding.EncodeToString(public)}, "; "), nil
}
