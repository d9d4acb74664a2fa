package core

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/core/secret"
	"github.com/stormkeep/stormkeep/core/store"
)

// Tenant owns everything else. Nothing is shared between two tenants.
type Tenant struct {
	Base[Tenant]
	Name       string          `json:"name"`
	Key        string          `json:"key" api:"ro"`
	Status     Status          `json:"status" api:"-"`
	Issuer     string          `json:"issuer" api:"-"` // the public URL it was pinned to
	Former     []FormerIssuer  `json:"former,omitempty" api:"-"`
	Aliases    []string        `json:"aliases" api:"-"` // further base URLs under which it is reached
	WrappedKey []byte          `json:"wrappedKey" api:"-"`
	Epoch      uint64          `json:"epoch" api:"-"`
	AdminApp   ID[Application] `json:"adminApp" api:"-"`
	AdminDir   ID[Directory]   `json:"adminDir" api:"-"`
}

var tenants = &Kind[Tenant]{
	Name: "tenants", Noun: "Tenant", Key: "ten", Custom: true, OwnerOnly: true, Authority: true,
	Links: []string{"customData", "organizations", "applications", "directories", "accounts", "agents", "groups",
		"idSites", "smtpServers", "phones", "registeredSamlServiceProviders"},
}

// Kind says how tenants are stored.
func (*Tenant) Kind() *Kind[Tenant] { return tenants }

// Defaults enables the tenant.
func (t *Tenant) Defaults() { t.Status = Enabled }

var tenantKey = regexp.MustCompile(`^[a-z]([a-z-]{0,61}[a-z])?$`)

// Check holds the limits of spec 5.
func (t *Tenant) Check(c *Checks) {
	c.Required("name", t.Name)
	c.Text("name", t.Name, 255)
	c.That(tenantKey.MatchString(t.Key), "key", "invalid_format", "Tenant key must be 1 to 63 letters a-z and hyphens.")
	c.Status("status", t.Status, Enabled, Disabled)
	if old, ok := c.Old.(*Tenant); ok {
		t.Epoch = nextEpoch(old.Epoch, old.Status, t.Status)
	}
}

// nextEpoch is one more when something is disabled, so that enabling it again
// revives nothing.
func nextEpoch(epoch uint64, was, is Status) uint64 {
	if was == Enabled && is != Enabled {
		return epoch + 1
	}
	return epoch
}

// Deleting refuses: a tenant goes by a command on the machine.
func (*Tenant) Deleting(*Tx) error {
	return &Error{Kind: NotAllowed, Code: "not_allowed", Msg: "A tenant cannot be deleted here."}
}

// Saved files the hosts of the tenant's aliases: a host is one tenant's, and another
// tenant's key opens nothing there. It tells of a raised epoch.
func (t *Tenant) Saved(tx *Tx, old *Tenant) error {
	if old != nil && old.Epoch != t.Epoch {
		if err := tx.epochEnded(RefTo(t.ID), Revocation{All: true}); err != nil {
			return err
		}
	}
	was, is := hosts(old), hosts(t)
	for host := range was {
		if !is[host] {
			if err := tx.s.kv.Delete(hostTenant + host); err != nil {
				return err
			}
		}
	}
	for host := range is {
		b, err := tx.s.kv.Get(hostTenant + host)
		if err == nil && string(b) != string(t.ID) {
			return &Error{Kind: Conflict, Code: "taken", Msg: "The host " + host + " belongs to another tenant."}
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err := tx.s.kv.Put(hostTenant+host, []byte(t.ID)); err != nil {
			return err
		}
	}
	return nil
}

// hosts are the hosts of a tenant's aliases, with their ports.
func hosts(t *Tenant) map[string]bool {
	all := map[string]bool{}
	if t != nil {
		for _, a := range t.Aliases {
			if u, err := url.Parse(a); err == nil && u.Host != "" {
				all[strings.ToLower(u.Host)] = true
			}
		}
	}
	return all
}

// Hosts are the hosts of the tenant's aliases, in order.
func (t *Tenant) Hosts() []string { return append([]string{}, slices.Sorted(maps.Keys(hosts(t)))...) }

// HostTenant is the tenant to which a host belongs, "" for a host of nobody.
func (a *App) HostTenant(ctx context.Context, host string) (t ID[Tenant], err error) {
	if len(host) > 255 {
		return "", nil // longer than any name of DNS
	}
	host = strings.ToLower(host)
	return a.atHost.ask(ctx, a, host, func() (t ID[Tenant], err error) {
		err = a.store.View(ctx, func(kv store.Tx) error {
			b, err := kv.Get(hostTenant + host)
			t = ID[Tenant](string(b))
			return err
		})
		if errors.Is(err, store.ErrNotFound) {
			return "", nil
		}
		return t, StoreError(err)
	})
}

// Tenant is the record of a tenant as it stands, shared as that of a Peek: it must not be
// changed. It must not be called in a transaction.
func (a *App) Tenant(ctx context.Context, id ID[Tenant]) (*Tenant, error) {
	return a.tenants.ask(ctx, a, id, func() (t *Tenant, err error) {
		err = a.View(AsSystem(ctx, id), func(tx *Tx) (err error) {
			t, err = Peek(tx, id)
			return err
		})
		return t, err
	})
}

const (
	hostTenant = scattered + systemSpace + "/host/"
	tenantMark = scattered + systemSpace + "/tenant/"
	checkKey   = scattered + systemSpace + "/check"
)

// createTenant makes a tenant with its data key, in a transaction whose actor
// belongs to it. Its key is no other tenant's.
func createTenant(tx *Tx, name, key string) (*Tenant, error) {
	for it, err := range tx.s.kv.Scan(tenantMark, store.End(tenantMark)) {
		if err != nil {
			return nil, err
		}
		if string(it.Value) == key && it.Key != tenantMark+string(tx.Tenant) {
			return nil, &Error{Kind: Conflict, Code: "taken", Msg: "Another tenant has the key " + key + "."}
		}
	}
	wrapped := tx.s.ids.id("tenants.key", func() string { // one key, however often this runs
		w, _ := tx.App.ring.NewDataKey(string(tx.Tenant))
		return string(w)
	})
	t := Make[Tenant]()
	t.ID = ID[Tenant](tx.s.ids.id(tenants.Name, func() string { return string(tx.Tenant) }))
	t.Name, t.Key, t.WrappedKey = name, key, []byte(wrapped)
	if err := Put(tx, t); err != nil {
		return nil, err
	}
	tx.After(func() { tx.App.dataKeys.Delete(tx.Tenant) })
	return t, tx.s.kv.Put(tenantMark+string(t.ID), []byte(key))
}

// Tenants are the ids of all tenants, the first one first.
func (a *App) Tenants(ctx context.Context) (ids []ID[Tenant], err error) {
	err = a.storeOf(ctx).View(ctx, func(kv store.Tx) error {
		ids, err = tenantsIn(kv)
		return err
	})
	return ids, StoreError(err)
}

func tenantsIn(kv store.Tx) (ids []ID[Tenant], err error) {
	for it, err := range kv.Scan(tenantMark, store.End(tenantMark)) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, ID[Tenant](it.Key[len(tenantMark):]))
	}
	return ids, nil
}

// TenantNamed is the tenant with an id or, in any case, a key; "" names the first
// one. The error for another name is of kind NotFound.
func (a *App) TenantNamed(ctx context.Context, name string) (ID[Tenant], error) {
	return a.named.ask(ctx, a, name, func() (ID[Tenant], error) { return a.tenantNamed(ctx, name) })
}

func (a *App) tenantNamed(ctx context.Context, name string) (id ID[Tenant], err error) {
	err = a.storeOf(ctx).View(ctx, func(kv store.Tx) error {
		id = ""
		for it, err := range kv.Scan(tenantMark, store.End(tenantMark)) {
			if err != nil {
				return err
			}
			t := it.Key[len(tenantMark):]
			if name == "" || name == t || strings.EqualFold(name, string(it.Value)) {
				id = ID[Tenant](t)
				return nil
			}
		}
		return &Error{Kind: NotFound, Code: "not_found", Msg: "There is no tenant called " + strconv.Quote(name) + "."}
	})
	return id, StoreError(err)
}

// ErrNoMaster says that the store holds data and that the master key given is
// not the one that seals its secrets.
var ErrNoMaster = errors.New("the master key is not the one that sealed the secrets of this data")

// Unlock gives the app the master keys. On an empty store it leaves a check value
// there; on any other it refuses keys that do not fit it.
func (a *App) Unlock(ctx context.Context, ring *secret.Keyring) error {
	err := a.store.Update(ctx, func(kv store.Tx) error {
		value, err := kv.Get(checkKey)
		switch {
		case errors.Is(err, store.ErrNotFound):
			return kv.Put(checkKey, ring.Current.CheckValue())
		case err != nil:
			return err
		}
		if _, err := ring.VerifyCheck(value); err != nil {
			return errors.Join(ErrNoMaster, err)
		}
		return nil
	})
	if err == nil {
		a.ring = &masterKeys{}
		a.ring.now.Store(ring)
	}
	return StoreError(err)
}

// Locked tells whether the store holds data that some master key sealed.
func Locked(ctx context.Context, s store.Store) (locked bool, err error) {
	err = s.View(ctx, func(kv store.Tx) error {
		_, err := kv.Get(checkKey)
		locked = err == nil
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	return locked, StoreError(err)
}
