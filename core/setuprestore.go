package core

import "context"

// HoldsSetup refuses, as a dead link, whatever is not the token of a live link by which
// the first owner of the server's first tenant is made: who holds that may restore the
// server from a backup instead.
func (a *App) HoldsSetup(ctx context.Context, token string) error {
	first, err := a.TenantNamed(ctx, "")
	if err != nil {
		return err
	}
	return a.View(a.holding(ctx, first), func(tx *Tx) error {
		_, err := findSetupLink(tx, token, FirstOwner)
		return err
	})
}

// SpendSetupRestore spends such a link, once its holder has a restore wait for the next
// start. A link that died meanwhile is refused, and so must the restore be.
func (a *App) SpendSetupRestore(ctx context.Context, token string) error {
	first, err := a.TenantNamed(ctx, "")
	if err != nil {
		return err
	}
	return a.Update(a.holding(ctx, first), func(tx *Tx) error {
		l, err := findSetupLink(tx, token, FirstOwner)
		if err != nil || l.SpentBy != "" {
			return err
		}
		if err := l.spend(tx.trusted()); err != nil {
			return err
		}
		return tx.tell("setup.restore", RefTo(tx.Tenant))
	})
}

// holding has whoever acts in ctx hold a link of the tenant.
func (a *App) holding(ctx context.Context, tenant ID[Tenant]) context.Context {
	by := ActorOf(ctx)
	return As(ctx, Actor{Kind: ByLink, Tenant: tenant, IP: by.IP, UserAgent: by.UserAgent, RequestID: by.RequestID})
}
