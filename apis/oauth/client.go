package oauth

import (
	"encoding/base64"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// proved is a client that has proved itself, outside any transaction.
type proved struct {
	*core.Client
	nonce *core.Nonce  // of its assertion, to be spent with what it asks for
	key   *core.ApiKey // of an account, for which the client stands; else nil
}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// shown is by what a client says who it is.
type shown struct {
	id, secret, assertion string
	method                string
}

func invalidClient(why string) error {
	return refuse("invalid_client", "The client is unknown, or did not prove itself: %s.", why)
}

// credentials reads how the client proves itself, in one way (RFC 6749 section 2.3).
func (k *call) credentials() (s shown, err error) {
	header := k.c.Get(fiber.HeaderAuthorization)
	ways := 0
	if header != "" {
		ways++
		if s, err = basic(header); err != nil {
			return s, err
		}
	}
	id := k.in["client_id"]
	if text := k.in["client_secret"]; text != "" {
		ways++
		s = shown{id: id, secret: text, method: core.AuthPost}
	}
	if text := k.in["client_assertion"]; text != "" || k.in["client_assertion_type"] != "" {
		ways++
		if k.in["client_assertion_type"] != assertionType {
			return s, invalidClient("its client_assertion_type is not that of RFC 7523")
		}
		s = shown{id: id, assertion: text, method: core.AuthPrivateKey}
		if s.id == "" {
			s.id = unverifiedSubject(text)
		}
	}
	switch {
	case ways > 1:
		return s, invalidClient("it must do so in one way")
	case ways == 0:
		s = shown{id: id, method: core.AuthNone}
	}
	if s.id == "" {
		return s, invalidClient("there is no client_id")
	}
	if id != "" && id != s.id {
		return s, invalidClient("client_id is another's")
	}
	return s, nil
}

// basic reads the header of client_secret_basic, whose parts are form-encoded.
func basic(header string) (s shown, err error) {
	scheme, rest, _ := strings.Cut(header, " ")
	raw, berr := base64.StdEncoding.DecodeString(strings.TrimSpace(rest))
	id, text, ok := strings.Cut(string(raw), ":")
	if !strings.EqualFold(scheme, "Basic") || berr != nil || !ok {
		return s, invalidClient("the Authorization header is not that of HTTP Basic")
	}
	id, err1 := url.QueryUnescape(id)
	text, err2 := url.QueryUnescape(text)
	if err1 != nil || err2 != nil {
		return s, invalidClient("the parts of the Authorization header are not form-encoded")
	}
	return shown{id: id, secret: text, method: core.AuthBasic}, nil
}

// client proves whose the request is.
func (k *call) client() (*proved, error) {
	s, err := k.credentials()
	if err != nil {
		return nil, err
	}
	var client *core.Client
	ok := false
	err = k.p.App.View(k.ctx, func(tx *core.Tx) (err error) {
		client, err = core.Peek(tx, core.ID[core.Client](s.id))
		if err == nil && s.secret != "" {
			ok = client.Proves(tx, s.secret)
		}
		return err
	})
	if core.IsNotFound(err) {
		return k.keyed(s)
	}
	if err != nil {
		return nil, err
	}
	p := &proved{Client: client}
	switch {
	case client.AuthMethod != s.method:
		return nil, invalidClient("it is registered for " + client.AuthMethod)
	case s.method == core.AuthPrivateKey:
		if p.nonce, err = k.assertion(client, s.assertion); err != nil {
			return nil, err
		}
	case s.method != core.AuthNone && !ok:
		return nil, invalidClient("the secret is wrong")
	case client.Status != core.Enabled:
		return nil, invalidClient("it is disabled")
	}
	return p, k.p.Env.Drawn(k.c, client.ID)
}

// again reads the client inside the transaction in which it gets something: what was
// proved before is worth nothing if the client has changed since.
func (p *proved) again(tx *core.Tx) (*core.Client, error) {
	if p.key != nil {
		return p.keyAgain(tx)
	}
	now, err := core.Peek(tx, p.ID)
	if core.IsNotFound(err) {
		return nil, invalidClient("it is gone")
	}
	if err != nil {
		return nil, err
	}
	if now.Rev != p.Rev || now.Status != core.Enabled {
		return nil, invalidClient("it was changed just now; try again")
	}
	if p.nonce == nil {
		return now, nil
	}
	if err := p.nonce.Spend(tx); core.IsEnded(err) {
		return nil, invalidClient("its assertion was used before")
	} else if err != nil {
		return nil, err
	}
	return now, nil
}

// maxAssertion is for how long an assertion may be good.
const maxAssertion = 5 * time.Minute
