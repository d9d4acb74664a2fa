package apis

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/valyala/fasthttp"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
)

// The bounds of what a request may claim before it is known who sent it.
const (
	maxSignature = 2 << 10 // bytes of the Authorization header
	maxSigned    = 32      // headers
	maxNonce     = 64      // characters

	// skew is how far the caller's clock may be off, either way: the PHP SDK writes
	// the month where the minutes belong (spec 3.2, rule 5).
	skew = 65 * time.Minute

	terminator = "sauthc1_request"
	stampForm  = "20060102T150405Z"
)

// claim is what the header of a signed request says of itself (spec 3.2). Nothing
// of it has been proved.
type claim struct {
	key, date, nonce string
	headers          []string // that are signed, as they are listed
	signature        []byte
	timestamp        string
	at               time.Time // what the timestamp says
}

func (d *claim) id() string { return d.key + "/" + d.date + "/" + d.nonce + "/" + terminator }

// claimOf reads what a request claims, if it can be true at this time. It takes
// work in proportion to the header, which is bounded.
func claimOf(h *fasthttp.RequestHeader, now time.Time) (*claim, bool) {
	credentials, stamps := h.PeekAll("Authorization"), []string{}
	if len(credentials) != 1 {
		return nil, false
	}
	d, ok := parseClaim(string(credentials[0]))
	if !ok {
		return nil, false
	}
	for _, v := range h.PeekAll("X-Stormpath-Date") {
		stamps = append(stamps, strings.TrimSpace(string(v)))
	}
	if len(stamps) != 1 || len(stamps[0]) != len(stampForm) {
		return nil, false
	}
	d.timestamp = stamps[0]
	at, err := time.Parse(stampForm, d.timestamp)
	d.at = at
	off := now.Sub(at)
	return d, err == nil && strings.HasPrefix(d.timestamp, d.date) && off <= skew && off >= -skew
}

// parseClaim reads an Authorization header. It must sign the host and the time, as
// every SDK does: else it could be sent to another server, or for ever.
func parseClaim(header string) (*claim, bool) {
	scheme, rest, ok := strings.Cut(header, " ")
	if !ok || len(header) > maxSignature || !strings.EqualFold(scheme, "SAuthc1") {
		return nil, false
	}
	var id, signed, signature string
	members := map[string]*string{"sauthc1Id": &id, "sauthc1SignedHeaders": &signed, "sauthc1Signature": &signature}
	for member := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(member), "=")
		to := members[name]
		if to == nil || *to != "" || value == "" {
			return nil, false
		}
		*to = value
	}
	d := &claim{headers: strings.Split(signed, ";")}
	parts := strings.Split(id, "/")
	if len(parts) != 4 || parts[3] != terminator {
		return nil, false
	}
	d.key, d.date, d.nonce = parts[0], parts[1], parts[2]
	raw, err := hex.DecodeString(signature)
	d.signature = raw
	return d, err == nil && len(raw) == sha256.Size && only(d.key, digits+letters) && len(d.key) <= maxNonce && only(d.date, digits) && len(d.date) == 8 &&
		only(d.nonce, digits+letters+"-_.~") && len(d.nonce) <= maxNonce && d.headersFit()
}

const (
	digits  = "0123456789"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// only tells whether there is a text, and it has no other characters.
func only(s, of string) bool { return s != "" && strings.Trim(s, of) == "" }

// headersFit tells whether the list names each header once, and those that it must.
func (d *claim) headersFit() bool {
	if len(d.headers) > maxSigned {
		return false
	}
	var names []string
	for _, name := range d.headers {
		name = strings.ToLower(name)
		if !only(name, digits+letters+"-_") || slices.Contains(names, name) {
			return false
		}
		names = append(names, name)
	}
	return slices.Contains(names, "host") && slices.Contains(names, "x-stormpath-date")
}

// signs tells whether the claim is true of a message: whether it was signed with
// the secret.
func (d *claim) signs(m message, plain string) bool {
	key := signingKey(plain, d.date, d.nonce)
	for text := range m.canonical {
		if secret.Equal(hmacOf(key, textToSign(d.timestamp, d.id(), text)), d.signature) {
			return true
		}
	}
	return false
}

// once is the nonce of the claim. It is remembered until the timestamp is too old.
func (d *claim) once() core.Nonce {
	return core.Nonce{By: d.key, Text: d.nonce, Until: d.at.Add(skew)}
}

// proved is who signed a request, and with which secret.
func (s *Server) proved(ctx context.Context, r *fasthttp.Request) (*principal, *claim, string, error) {
	d, ok := claimOf(&r.Header, s.App.Now())
	if !ok {
		return nil, nil, "", errWhoAreYou()
	}
	if !bytes.EqualFold(r.Host(), r.Header.Host()) {
		return nil, nil, "", errWhoAreYou() // a whole URL names another host than the one that is signed
	}
	p, err := s.holder(ctx, d.key)
	if err != nil {
		return nil, nil, "", err
	}
	plain, err := s.unsealed(ctx, p)
	if err != nil {
		return nil, nil, "", err
	}
	if plain == "" || !d.signs(messageOf(r, d.headers), plain) {
		return nil, nil, "", errWhoAreYou()
	}
	return p, d, plain, nil
}

// unsealed is the secret of a principal's key. It is unsealed for each request and
// let go with it: what is remembered of keys holds it in its sealed form only, so
// that a look into the memory of the process finds the secrets of requests under
// way, not those of all keys that were ever used. It costs a microsecond.
func (s *Server) unsealed(ctx context.Context, p *principal) (plain string, err error) {
	err = s.App.View(core.AsSystem(ctx, p.actor.Tenant), func(tx *core.Tx) error {
		plain, err = p.key.Plain(tx)
		return err
	})
	return plain, err
}
