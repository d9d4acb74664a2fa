package apis

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// issued is a certificate for a name between two times.
func issued(t testing.TB, name string, from, to time.Time) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	in := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: from, NotAfter: to}
	der, err := x509.CreateCertificate(rand.Reader, in, in, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestACertificateIsToldOfBeforeItEnds(t *testing.T) {
	const day = 24 * time.Hour
	now := time.Unix(1e9, 0)
	of := func(from, to time.Duration) *x509.Certificate {
		return issued(t, "id.example.com", now.Add(from), now.Add(to))
	}
	for _, c := range []struct {
		name string
		c    Certificate
		want keep.Level
		says string
	}{
		{"good", Certificate{Leaf: of(-60*day, 30*day)}, keep.Fine, "good until"},
		{"of a week", Certificate{Leaf: of(-4*day, 2*day), Renews: true}, keep.Fine, "good until"},
		{"of a week, late", Certificate{Leaf: of(-6*day, day/2), Renews: true}, keep.Warn, "ends at"},
		{"two weeks before its end", Certificate{Leaf: of(-351*day, 13*day)}, keep.Warn, "ends at"},
		{"ended", Certificate{Leaf: of(-90*day, -time.Hour)}, keep.Bad, "ended at"},
		{"not begun", Certificate{Leaf: of(time.Hour, 90*day)}, keep.Bad, "begins at"},
		{"none", Certificate{Renews: true}, keep.Bad, "none yet"},
		{"a newer one is broken", Certificate{Leaf: of(-day, 90*day), Err: errors.New("no pair")}, keep.Warn, "no pair"},
	} {
		f := c.c.finding(now)
		if f.Level != c.want || !strings.Contains(f.Text, c.says) || (f.Hint == "") != (c.want == keep.Fine) {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}

func TestACertificateMustHaveTheNameOfThePublicURLAndIsMeasured(t *testing.T) {
	s := &Server{App: core.New(mem.Open()), publicURL: "https://id.example.com:8443"}
	if all := s.examineCertificates(); len(all) != 0 {
		t.Errorf("TLS ends in front: %+v", all)
	}
	from, to := time.Unix(0, 0), time.Unix(1e10, 0)
	for name, bad := range map[string]bool{"id.example.com": false, "*.example.com": false, "other.example.com": true} {
		s.Certificates = func() []Certificate {
			return []Certificate{{Name: "a.pem", Leaf: issued(t, name, from, to)}, {Name: "b"}}
		}
		all := s.examineCertificates()
		last := all[len(all)-1]
		if got := last.Level == keep.Bad && strings.Contains(last.Text, "none has the name"); got != bad {
			t.Errorf("%s: %+v", name, all)
		}
	}
	x := &exposition{}
	s.writeCertificates(x)
	for _, want := range []string{`_time_seconds{name="a.pem"} 1e+10`, `_time_seconds{name="b"} 0`} {
		if text := x.String(); !strings.Contains(text, want) && !strings.Contains(text, strings.Replace(want, "1e+10", "10000000000", 1)) {
			t.Errorf("want %s in %s", want, text)
		}
	}
}
