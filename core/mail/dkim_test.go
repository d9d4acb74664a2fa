package mail_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"github.com/stormkeep/stormkeep/core/mail"
	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

func pkcs8(t *testing.T, key any) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// keys are what a domain may sign with.
func keys(t *testing.T) map[string][]byte {
	t.Helper()
	big, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{
		"RSA": pkcs8(t, big), "Ed25519": pkcs8(t, ed),
		"RSA of PKCS #1": pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(big)}),
	}
}

// verify asks a DNS that knows only what d has published.
func verify(t *testing.T, d *mail.DKIM, message []byte) error {
	t.Helper()
	name, text, err := d.Record()
	if err != nil {
		t.Fatal(err)
	}
	all, err := dkim.VerifyWithOptions(bytes.NewReader(message), &dkim.VerifyOptions{LookupTXT: func(asked string) ([]string, error) {
		if asked != name {
			return nil, errors.New("no such name: " + asked)
		}
		return []string{text}, nil
	}})
	if err != nil {
		return err
	}
	if len(all) != 1 || all[0].Domain != "keep.example" {
		t.Fatalf("%+v", all)
	}
	return all[0].Err
}

func TestSignaturesAreBelieved(t *testing.T) {
	for kind, key := range keys(t) {
		t.Run(kind, func(t *testing.T) {
			d, err := mail.NewDKIM("keep.example", "mail2026", key)
			if err != nil {
				t.Fatal(err)
			}
			if name, _, _ := d.Record(); name != "mail2026._domainkey.keep.example" {
				t.Error(name)
			}
			s := mailtest.Start(t)
			for _, m := range []*mail.Message{
				letter(),
				with(func(m *mail.Message) { m.HTML, m.Unsubscribe, m.Text = "", "", "no line ends\n.\n..\n\n\n" }),
				with(func(m *mail.Message) { m.Subject = strings.Repeat("a long subject ", 12) }),
			} {
				if _, err := sender(t, s, func(c *mail.Config) { c.Sign = d.Sign }).Send(t.Context(), m); err != nil {
					t.Fatal(err)
				}
			}
			for _, got := range s.Wait(t, 3) {
				if err := verify(t, d, got.Raw); err != nil {
					t.Errorf("%v in\n%s", err, got.Raw)
				}
			}
		})
	}
}

func TestASignatureCoversWhatPeopleRead(t *testing.T) {
	d, err := mail.NewDKIM("keep.example", "s", keys(t)["Ed25519"])
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := mail.Compose(letter())
	message, err := d.Sign(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := verify(t, d, message); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"another sender":      {"From: ", "From: x@evil.example\r\nFrom: "},
		"a sender before":     {"DKIM-Signature: ", "From: x@evil.example\r\nDKIM-Signature: "},
		"a second subject":    {"Subject: ", "Subject: pay\r\nSubject: "},
		"another subject":     {"Subject: ", "Subject: x"},
		"another reader":      {"ann@example.com", "eve@example.com"},
		"another date":        {"12:00:00", "13:00:00"},
		"another id":          {"0f1e-2d3c", "0f1e-2d3d"},
		"another language":    {"de-AT", "en-GB"},
		"written by a person": {"auto-generated", "no"},
		"another answer":      {"help@", "evil@"},
		"another way to stop": {"stop?t=abc", "stop?t=abd"},
		"no one-click":        {"One-Click", "No-Click"},
		"another boundary":    {"boundary=", "boundary=0"},
		"another text":        {"Hallo", "Hullo"},
	} {
		changed := bytes.Replace(message, []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(changed, message) {
			t.Fatalf("%s: nothing is changed", name)
		}
		if verify(t, d, changed) == nil {
			t.Errorf("%s is believed", name)
		}
	}
}

func TestKeysThatNobodyBelievesAreRefused(t *testing.T) {
	good := keys(t)["Ed25519"]
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, domain, selector string
		key                    []byte
	}{
		{"no domain", "", "s", good}, {"no selector", "keep.example", "", good}, {"a header", "keep.example", "s; d=x\r\nX: y", good},
		{"no PEM", "keep.example", "s", []byte("s3cret")}, {"no key", "keep.example", "s", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("s3cret")})},
		{"a short key", "keep.example", "s", pkcs8(t, weak)}, {"a curve that DKIM does not know", "keep.example", "s", pkcs8(t, curve)},
	} {
		if _, err := mail.NewDKIM(c.domain, c.selector, c.key); err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
