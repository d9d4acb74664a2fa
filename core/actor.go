package core

import (
	"context"
	"sync/atomic"
)

// ActorKind says by what right something acts.
type ActorKind string

// The kinds of actor.
const (
	Anonymous ActorKind = "anonymous" // nobody in particular; may nothing
	ByKey     ActorKind = "key"       // a MANAGEMENT API key, as its operator
	ByConsole ActorKind = "console"   // an operator, by a session of the console
	Machine   ActorKind = "machine"   // a command on the machine itself: an owner's authority
	ByLink    ActorKind = "link"      // who holds a setup link; may nothing but what its verb does
	BySession ActorKind = "session"   // an account, by its session at the provider; may nothing but what the verbs of Self do
	Door      ActorKind = "door"      // a public door of a plugin, for whoever stands before it: bound by nothing but what its verbs ask
	System    ActorKind = "system"    // the server's own work: jobs, first start
)

// Actor is who does what is being done, and from where. It holds copies only:
// it outlives its request in events and in the audit log.
type Actor struct {
	Kind    ActorKind   `json:"kind"`
	Tenant  ID[Tenant]  `json:"-"`
	Account ID[Account] `json:"account,omitempty"`
	Key     ID[ApiKey]  `json:"key,omitempty"`
	Role    Role        `json:"role,omitempty"` // of the operator, at present
	Caps    Caps        `json:"-"`              // of the key
	Client  string      `json:"client,omitempty"`
	Session string      `json:"session,omitempty"`

	IP        string `json:"ip,omitempty"`
	UserAgent string `json:"userAgent,omitempty"`
	RequestID string `json:"requestId,omitempty"`
}

// call is one caller's use of the app. Its busy mark is how a transaction opened
// inside another with the outer context is recognised, which would wait for
// itself for ever.
type call struct {
	actor Actor
	outer *Tx // in which the call was made, if in any
	once  *once
	// founding marks the one transaction on a tenant that is not there yet.
	founding bool
	busy     atomic.Bool
}

type callKey struct{}
type txKey struct{}

// As returns a context in which actor acts, on the data of actor.Tenant. It is
// for one goroutine at a time: each needs its own. What is done in it is still
// part of the request that ctx is of, and spends its nonce (AsOnce).
func As(ctx context.Context, actor Actor) context.Context {
	c := &call{actor: actor, outer: txOf(ctx)}
	if of, ok := ctx.Value(callKey{}).(*call); ok && of.actor.Tenant == actor.Tenant {
		c.once = of.once
	}
	return context.WithValue(context.WithValue(ctx, txKey{}, nil), callKey{}, c)
}

// ActorOf is who acts in ctx; Anonymous where nobody was named.
func ActorOf(ctx context.Context) Actor {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c.actor
	}
	return Actor{Kind: Anonymous}
}

// AsSystem returns a context in which the server itself acts on a tenant's data.
func AsSystem(ctx context.Context, tenant ID[Tenant]) context.Context {
	return As(ctx, Actor{Kind: System, Tenant: tenant})
}
