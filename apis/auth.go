package apis

import (
	"context"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
)

// principal is who calls /v1.
type principal struct {
	actor     core.Actor
	key       *core.ApiKey      // with its secret sealed
	aliases   map[string]string // the tenant's base URLs by their hosts
	authority uint64            // at which all this was true
	secret    string            // in the request's own copy, nowhere else

	console *core.ConsoleSession // by which an operator acts who shows no key
}

var nobody = &principal{actor: core.Actor{Kind: core.Anonymous}}

func principalOf(c fiber.Ctx) *principal {
	if p, ok := c.Locals(principalKey).(*principal); ok {
		return p
	}
	return nobody
}

// keyCache remembers who keys act for, until anything changes that decides about
// it: core.App.Authority says when.
type keyCache struct {
	mu   sync.RWMutex
	keys map[string]*principal
}

const maxCachedKeys = 10_000

func (k *keyCache) get(id string, authority uint64) *principal {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if p := k.keys[id]; p != nil && p.authority == authority {
		return p
	}
	return nil
}

func (k *keyCache) put(id string, p *principal) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.keys == nil || len(k.keys) >= maxCachedKeys {
		k.keys = map[string]*principal{}
	}
	k.keys[id] = p
}

func errWhoAreYou() error {
	return core.Errorf(core.Unauthenticated, "unauthenticated", "Authentication required.")
}

// authenticate lets nobody past who has no key: HTTP Basic with an API key's id
// and secret (spec 3.1), or a request signed with it (spec 3.2).
func (s *Server) authenticate(c fiber.Ctx) error {
	if byMachine(c) {
		return s.asMachine(c)
	}
	if byConsole(c) {
		return s.asConsole(c)
	}
	p, d, plain, err := s.caller(c)
	if err == nil {
		err = s.belongs(c, p)
	}
	if err != nil {
		return s.turnedAway(c, err)
	}
	if err := s.admitted(c, p); err != nil {
		return err
	}
	actor := p.actor
	actor.IP, actor.UserAgent, actor.RequestID = c.IP(), c.Get(fiber.HeaderUserAgent), requestID(c)
	ctx := core.As(c.Context(), actor)
	if d != nil {
		if !s.seen.add(d.key, d.nonce, s.App.Now()) {
			return errWhoAreYou()
		}
		if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
			ctx = core.AsOnce(c.Context(), actor, d.once())
		}
		s.unproved.free(&c.Request().Header)
	}
	who := *p
	who.actor, who.secret = actor, plain
	c.Locals(principalKey, &who)
	c.SetContext(ctx)
	return s.around(c, actor, c.Next)
}

// caller is who sent a request and the secret it proved to know. The claim is that
// of a signed request, nil for any other.
func (s *Server) caller(c fiber.Ctx) (p *principal, d *claim, plain string, err error) {
	header := c.Get(fiber.HeaderAuthorization)
	if scheme, _, _ := strings.Cut(header, " "); strings.EqualFold(scheme, "SAuthc1") {
		return s.proved(c.Context(), c.Request())
	}
	id, plain, ok := basic(header)
	if !ok {
		return nil, nil, "", errWhoAreYou()
	}
	p, err = s.principal(c.Context(), id, plain)
	return p, nil, plain, err
}

// belongs refuses a key on a host that is another tenant's.
func (s *Server) belongs(c fiber.Ctx, p *principal) error {
	host := string(c.Request().Host())
	if host == s.publicHost || isLoopback(host) || host == "" {
		return nil
	}
	t, err := s.App.HostTenant(c.Context(), host)
	if err != nil {
		return err
	}
	if t != "" && t != p.actor.Tenant {
		return errWhoAreYou()
	}
	return nil
}

// basic reads the header of RFC 7617. Anything malformed is no credential.
func basic(header string) (id, plain string, ok bool) {
	scheme, value, ok := strings.Cut(header, " ")
	if !ok || !strings.EqualFold(scheme, "Basic") {
		return "", "", false
	}
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value))
	if err != nil {
		return "", "", false
	}
	return strings.Cut(string(b), ":")
}

// principal is who a key and its secret stand for.
func (s *Server) principal(ctx context.Context, id, plain string) (*principal, error) {
	p, err := s.holder(ctx, id)
	if err != nil {
		return nil, err
	}
	if !secret.Matches(plain, p.key.Hash) {
		return nil, errWhoAreYou()
	}
	return p, nil
}

// holder is who a key that opens doors stands for, whether or not the caller has
// its secret: that is still to be proved.
func (s *Server) holder(ctx context.Context, id string) (*principal, error) {
	authority := s.App.Authority()
	if p := s.keys.get(id, authority); p != nil {
		return p, nil
	}
	p := &principal{authority: authority}
	actor, err := s.App.KeyActor(ctx, id, func(tx *core.Tx, k *core.ApiKey) bool {
		t, err := core.Get(tx, tx.Tenant)
		if err != nil {
			return false
		}
		p.key, p.aliases = k, byHost(t.Aliases)
		return true
	})
	if err != nil {
		return nil, err
	}
	p.actor = actor
	s.keys.put(id, p)
	return p, nil
}

// byHost files base URLs under their hosts; of two for one host the first counts.
func byHost(bases []string) map[string]string {
	hosts := make(map[string]string, len(bases))
	for _, b := range slices.Backward(bases) {
		if u, err := url.Parse(b); err == nil {
			hosts[u.Host] = b
		}
	}
	return hosts
}
