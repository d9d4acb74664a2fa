package oauth

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// RevocationsPath is that of the feed of what was revoked, below the issuer.
const RevocationsPath = "/oauth2/revocations"

const (
	revocationsType  = "revocations+jwt"
	revocationsEvery = 30 * time.Second // for how long an answer may be kept, and is the same
	revocationsLife  = 60 * time.Second
	maxRevocations   = 1000 // entries of an answer
)

// revocations are the claims of the feed: what was revoked after one entry, up to another.
type revocations struct {
	Issuer  string       `json:"iss"`
	Issued  int64        `json:"iat"`
	Expires int64        `json:"exp"`
	From    uint64       `json:"from"`
	To      uint64       `json:"to"`
	More    bool         `json:"more"` // there are later ones: ask again from To
	Entries []revocation `json:"entries"`
}

// revocation ends one token, all of a grant or of a session, or all tokens until an
// instant that have a claim, or a mark in the private claim's of; or all that there are.
// Of a grant's id it shows the SHA-256 alone.
type revocation struct {
	Seq     uint64 `json:"seq"`
	At      int64  `json:"at"`
	Token   string `json:"jti,omitempty"`
	Grant   string `json:"grant_hash,omitempty"`
	Session string `json:"sid,omitempty"`
	Account string `json:"sub,omitempty"`
	Client  string `json:"client_id,omitempty"`
	Org     string `json:"org,omitempty"`
	Of      string `json:"of,omitempty"`
	All     bool   `json:"all,omitempty"`
	Before  int64  `json:"before,omitempty"` // it is about tokens that were issued until then
	Until   int64  `json:"exp,omitempty"`    // all that it is about has expired by then
}

// Revocations answers with what was revoked after the entry ?from=, as a JWT that is
// signed by a key of that purpose alone. It names nobody but by what tokens hold, and so
// is open to all.
func (p *Provider) Revocations() fiber.Handler {
	return func(c fiber.Ctx) error {
		k, err := p.open(c)
		if err != nil {
			return fail(c, err)
		}
		var from uint64
		if text := c.Query("from"); text != "" {
			if from, err = strconv.ParseUint(text, 10, 63); err != nil {
				return fail(c, refuse("invalid_request", "The parameter from is no number of an entry."))
			}
		}
		token, etag, err := k.revocations(from, c.Get(fiber.HeaderIfNoneMatch))
		if err != nil {
			return fail(c, err)
		}
		open(c, revocationsEvery)
		c.Set(fiber.HeaderETag, etag)
		if token == "" {
			return c.SendStatus(fiber.StatusNotModified)
		}
		c.Set(fiber.HeaderContentType, "application/"+revocationsType)
		return c.SendString(token)
	}
}

// revocations is the feed after an entry with its entity tag, "" where that is known. It
// is the same for all who ask within revocationsEvery, but for what is revoked meanwhile.
func (k *call) revocations(from uint64, known string) (token, etag string, err error) {
	now := k.p.App.Now().Truncate(revocationsEvery)
	r := revocations{Issuer: k.issuer, Issued: now.Unix(), Expires: now.Add(revocationsLife).Unix()}
	err = k.p.App.View(core.AsSystem(k.ctx, k.tenant), func(tx *core.Tx) error {
		last, err := tx.LastRevocation()
		if err != nil {
			return err
		}
		r.From, r.More, r.Entries = from, false, []revocation{}
		if from > last { // of before a restore: the caller learns by From that it begins anew
			r.From = 0
		}
		r.To = r.From
		for e, err := range tx.Revocations(r.From) {
			if err != nil {
				return err
			}
			if r.More = len(r.Entries) == maxRevocations; r.More {
				break
			}
			r.To = e.Seq
			r.Entries = append(r.Entries, shownRevocation(e))
		}
		return nil
	})
	if err != nil {
		return "", "", err
	}
	s, err := k.p.App.Signer(k.ctx, k.tenant, core.KeyRevocations, core.ES256)
	if err != nil {
		return "", "", err
	}
	claims, err := json.Marshal(r)
	if err != nil {
		return "", "", err
	}
	sum := sha256.Sum256(append(claims, s.Kid...))
	etag = `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
	if known == etag {
		return "", etag, nil
	}
	token, err = core.SignJWT(s, revocationsType, json.RawMessage(claims))
	return token, etag, err
}

func shownRevocation(e core.Revocation) revocation {
	r := revocation{Seq: e.Seq, At: e.At.Unix(), Token: e.Token, Session: string(e.Session), Account: string(e.Account),
		Client: string(e.Client), Org: string(e.Organization), Of: e.Of, All: e.All}
	if r.Account != "" || r.Client != "" || r.Org != "" || r.Of != "" || r.All {
		r.Before = r.At
	}
	if e.Grant != "" {
		sum := sha256.Sum256([]byte(e.Grant))
		r.Grant = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	if !e.Until.IsZero() {
		r.Until = e.Until.Unix()
	}
	return r
}
