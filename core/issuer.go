package core

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// FormerIssuer is one that a tenant had: its tokens are accepted, and its host leads to
// the tenant, until then.
type FormerIssuer struct {
	URL   string `json:"url"`
	Until Time   `json:"until"`
}

// KeepIssuer is for how long a former issuer stays accepted where nobody says.
const KeepIssuer = 30 * day

// public is the base of what leads to the tenant: its issuer, which is its own for good,
// else its first base URL, else the server's.
func (t *Tenant) public(server string) string {
	switch {
	case t.Issuer != "":
		return t.Issuer
	case len(t.Aliases) > 0:
		return t.Aliases[0]
	}
	return server
}

// Issuers are the tenant's issuer at present, which new tokens name (RFC 9068, section
// 2.2), and all that a verifier accepts of it: the
// present one, and former ones until their date. It must not be called in a transaction.
func (a *App) Issuers(ctx context.Context, tenant ID[Tenant]) (current string, accepted []string, err error) {
	t, err := a.Tenant(ctx, tenant)
	if err != nil {
		return "", nil, err
	}
	current = t.public(a.PublicURL)
	return current, append([]string{current}, t.Formerly(a.Now())...), nil
}

// issuers are all URLs that are, were, or may become the tenant's issuer, as asIssuer
// has them.
func (t *Tenant) issuers(tx *Tx) (all []string) {
	for _, u := range slices.Concat([]string{t.public(tx.App.PublicURL)}, t.Formerly(tx.Now), t.Aliases) {
		all = append(all, asIssuer(u))
	}
	return all
}

// asIssuer is a URL as it is compared with an issuer.
func asIssuer(u string) string { return strings.ToLower(strings.TrimRight(u, "/")) }

// Formerly are the former issuers that are still accepted.
func (t *Tenant) Formerly(now time.Time) (urls []string) {
	for _, f := range t.Former {
		if now.Before(f.Until.Time) {
			urls = append(urls, f.URL)
		}
	}
	return urls
}

// SetIssuer pins the tenant's issuer to a base URL, and keeps the one before accepted
// until an instant. It must not be called in a transaction.
func (a *App) SetIssuer(ctx context.Context, tenant ID[Tenant], base string, until time.Time) error {
	base, err := baseURL(base)
	if err != nil {
		return err
	}
	u, err := url.Parse(base)
	if err != nil {
		return err
	}
	owner, err := a.HostTenant(ctx, u.Host)
	if err != nil {
		return err
	}
	if owner != "" && owner != tenant {
		return &Error{Kind: Conflict, Code: "taken", Msg: "The host " + u.Host + " belongs to another tenant."}
	}
	first, err := a.TenantNamed(ctx, "")
	if err != nil {
		return err
	}
	return a.Update(ctx, func(tx *Tx) error {
		t, err := Get(tx, tenant)
		if err != nil {
			return err
		}
		if tenant != first && !slices.Contains(t.Aliases, base) {
			return &Error{Kind: Conflict, Code: "no_host", Msg: "The tenant " + t.Key + " is not reached at " + base + ".",
				Dev: "add it first: tenant hosts " + t.Key + " --add " + base}
		}
		return t.pin(tx, base, until)
	})
}

func (t *Tenant) pin(tx *Tx, base string, until time.Time) error {
	for r, err := range every[Resource](tx) {
		if err != nil {
			return err
		}
		if asIssuer(r.Identifier) == asIssuer(base) {
			return &Error{Kind: Conflict, Code: "taken", Msg: "The resource " + r.Name + " has the identifier " + r.Identifier + ", which cannot be the issuer as well."}
		}
	}
	was := t.public(tx.App.PublicURL)
	pinned := t.Issuer != "" || !isLocal(was)
	t.Issuer = base
	t.Former = slices.DeleteFunc(slices.Clone(t.Former), func(f FormerIssuer) bool {
		return f.URL == base || f.URL == was || !tx.Now.Before(f.Until.Time)
	})
	if was != base && pinned && tx.Now.Before(until) {
		t.Former = append(t.Former, FormerIssuer{was, At(until)})
	}
	return Put(tx, t)
}

// IssuerMismatch says that a tenant's tokens name an issuer that no longer leads to it.
type IssuerMismatch struct{ Tenant, Issuer, Served string }

// Error says where the tenant is served, and as what it signs.
func (e *IssuerMismatch) Error() string {
	return fmt.Sprintf("the tokens of the tenant %s name %s as their issuer, and it is served at %s", e.Tenant, e.Issuer, e.Served)
}

// PinIssuers pins each tenant that is reached from elsewhere than this machine to the
// base URL at which it is, for good: what verifies its tokens knows it by that. The error
// is an *IssuerMismatch where one is pinned already, to a URL that is neither a base URL
// of its own nor, for the first tenant, the server's. A server calls it before it serves.
func (a *App) PinIssuers(ctx context.Context) error {
	all, err := a.Tenants(ctx)
	if err != nil {
		return err
	}
	for i, id := range all {
		err := a.Update(AsSystem(ctx, id), func(tx *Tx) error {
			t, err := Get(tx, id)
			if err != nil {
				return err
			}
			return t.settle(tx, i == 0)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// settle pins the tenant where that is due, and complains where it is pinned elsewhere.
// Only the first tenant is served at the server's public URL.
func (t *Tenant) settle(tx *Tx, first bool) error {
	served := slices.Clone(t.Aliases)
	if server, err := baseURL(tx.App.PublicURL); err == nil && first {
		served = append(served, server)
	}
	switch {
	case len(served) == 0:
		return nil
	case t.Issuer == "" && (isLocal(tx.App.PublicURL) || isLocal(served[0])):
		return nil // somebody tries it on this machine
	case t.Issuer == "":
		t.Issuer = served[0]
		return Put(tx, t)
	case slices.Contains(served, t.Issuer):
		return nil
	}
	return &IssuerMismatch{t.Key, t.Issuer, served[0]}
}

// isLocal tells whether a URL leads to this machine.
func isLocal(base string) bool {
	u, err := url.Parse(base)
	return err == nil && isLoopback(u.Hostname())
}
