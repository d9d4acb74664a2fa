package oauth

import (
	"slices"
	"sync"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// origins are those of all clients of a tenant, read anew whenever what decides over
// anything has changed.
type origins struct {
	mu  sync.Mutex
	all map[core.ID[core.Tenant]]originsAt
}

type originsAt struct {
	version uint64
	names   map[string]bool
}

// Preflight answers a browser that asks, before a script's request, whether the
// endpoint takes it: for the origins of the tenant's clients. Which client it is shows
// only in the request, whose answer the script may read or not.
func (p *Provider) Preflight() fiber.Handler {
	return func(c fiber.Ctx) error {
		hosted.Private(c)
		c.Vary(fiber.HeaderOrigin)
		origin := c.Get(fiber.HeaderOrigin)
		t, err := p.Env.Tenant(c)
		if err != nil {
			return err
		}
		ok, err := p.knowsOrigin(c, t, origin)
		if err != nil {
			return err
		}
		if !ok || c.Get(fiber.HeaderAccessControlRequestMethod) == "" {
			return c.SendStatus(fiber.StatusNoContent)
		}
		c.Set(fiber.HeaderAccessControlAllowOrigin, origin)
		c.Set(fiber.HeaderAccessControlAllowMethods, "GET, POST")
		c.Set(fiber.HeaderAccessControlAllowHeaders, "Authorization, Content-Type")
		c.Set(fiber.HeaderAccessControlMaxAge, "600")
		return c.SendStatus(fiber.StatusNoContent)
	}
}

func (p *Provider) knowsOrigin(c fiber.Ctx, t core.ID[core.Tenant], origin string) (bool, error) {
	if origin == "" || len(origin) > 300 {
		return false, nil
	}
	version := p.App.Authority()
	p.origins.mu.Lock()
	at := p.origins.all[t]
	p.origins.mu.Unlock()
	if at.names != nil && at.version == version {
		return at.names[origin], nil
	}
	at = originsAt{version: version, names: map[string]bool{}}
	err := p.App.View(core.AsSystem(c.Context(), t), func(tx *core.Tx) error {
		clear(at.names)
		for id, err := range core.Walk[core.Client](tx, nil, core.Query{}) {
			if err != nil {
				return err
			}
			client, err := core.Get(tx, id)
			if core.IsNotFound(err) {
				continue
			}
			if err != nil {
				return err
			}
			for _, o := range client.Origins {
				at.names[o] = true
			}
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	p.origins.mu.Lock()
	defer p.origins.mu.Unlock()
	if p.origins.all == nil {
		p.origins.all = map[core.ID[core.Tenant]]originsAt{}
	}
	p.origins.all[t] = at
	return at.names[origin], nil
}

// cors lets a script of one of the client's origins read the answer. It never sends
// cookies along.
func (k *call) cors(client *core.Client) {
	k.c.Vary(fiber.HeaderOrigin)
	if origin := k.c.Get(fiber.HeaderOrigin); origin != "" && slices.Contains(client.Origins, origin) {
		k.c.Set(fiber.HeaderAccessControlAllowOrigin, origin)
	}
}
