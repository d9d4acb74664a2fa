package apis

import (
	"crypto/x509"
	"net/url"
	"time"

	"github.com/stormkeep/stormkeep/core/keep"
)

// Certificate is one that the server shows to those who come by TLS.
type Certificate struct {
	Name   string            // the domain it is for, or the file it is in
	Leaf   *x509.Certificate // nil: there is none yet
	Err    error             // why a newer one is not used
	Renews bool              // it is got anew by itself
}

// soon is how long before its end a certificate is told of: two weeks, or a sixth of
// its life, if that is less. What renews itself does so at a third.
func (c Certificate) soon() time.Duration {
	return min(14*24*time.Hour, c.Leaf.NotAfter.Sub(c.Leaf.NotBefore)/6)
}

// finding is what is wrong with it, of level Fine if nothing is.
func (c Certificate) finding(now time.Time) keep.Finding {
	f := keep.Finding{Section: "certificate", Level: keep.Bad, Hint: "put a new pair into the files of --tls-cert and --tls-key: it is served at once"}
	if c.Renews {
		f.Hint = "the log says what the CA answers: it must reach this server by the name, on port 443 or 80"
	}
	switch {
	case c.Leaf == nil:
		f.Text = c.Name + ": there is none yet, and connections are refused"
	case now.After(c.Leaf.NotAfter):
		f.Text = c.Name + ": it ended at " + c.Leaf.NotAfter.UTC().Format(time.RFC3339)
	case now.Before(c.Leaf.NotBefore):
		f.Text = c.Name + ": it begins at " + c.Leaf.NotBefore.UTC().Format(time.RFC3339)
	case c.Err != nil:
		f.Level, f.Text = keep.Warn, c.Name+": the one before is served, for the files hold none that can be: "+c.Err.Error()
	case c.Leaf.NotAfter.Sub(now) < c.soon():
		f.Level, f.Text = keep.Warn, c.Name+": it ends at "+c.Leaf.NotAfter.UTC().Format(time.RFC3339)
	default:
		f.Level, f.Text, f.Hint = keep.Fine, c.Name+": it is good until "+c.Leaf.NotAfter.UTC().Format(time.RFC3339), ""
	}
	return f
}

// certificates are those that are shown now; none where TLS ends in front.
func (s *Server) certificates() []Certificate {
	if s.Certificates == nil {
		return nil
	}
	return s.Certificates()
}

// examineCertificates tells of each, and whether one has the name by which people
// come.
func (s *Server) examineCertificates() (all []keep.Finding) {
	now, named, any := s.App.Now(), false, false
	u, err := url.Parse(s.publicURL)
	for _, c := range s.certificates() {
		all = append(all, c.finding(now))
		if c.Leaf != nil {
			any, named = true, named || err == nil && c.Leaf.VerifyHostname(u.Hostname()) == nil
		}
	}
	if any && !named {
		all = append(all, keep.Finding{Section: "certificate", Level: keep.Bad, Text: "none has the name of the public URL, " + s.publicURL,
			Hint: "get one for that name, or set --public-url to the one that it has"})
	}
	return all
}

func (s *Server) writeCertificates(x *exposition) {
	all := s.certificates()
	if len(all) == 0 {
		return
	}
	x.family("stormkeep_certificate_expiry_time_seconds", gauge, "When each certificate ends, in Unix time; 0 where there is none yet.")
	for _, c := range all {
		until := 0.0
		if c.Leaf != nil {
			until = float64(c.Leaf.NotAfter.Unix())
		}
		x.sample("stormkeep_certificate_expiry_time_seconds", until, "name", c.Name)
	}
}
