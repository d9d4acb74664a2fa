package core_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestAContextSaysWhoActs(t *testing.T) {
	ctx := context.Background()
	if a := core.ActorOf(ctx); a.Kind != core.Anonymous {
		t.Errorf("%+v", a)
	}
	want := core.Actor{Kind: core.ByKey, Tenant: "t", RequestID: "r"}
	ctx = core.As(ctx, want)
	if a := core.ActorOf(ctx); a != want {
		t.Errorf("%+v", a)
	}
	if a := core.ActorOf(core.AsSystem(ctx, "u")); a.Kind != core.System || a.Tenant != "u" || a.RequestID != "" {
		t.Errorf("%+v", a)
	}
	if a := core.ActorOf(core.AsMachine(ctx, "u")); a.Kind != core.Machine || a.Tenant != "u" {
		t.Errorf("%+v", a)
	}
	if text := js(core.Actor{Tenant: "secret-tenant", Caps: core.AllCaps}); strings.Contains(text, "secret-tenant") || strings.Contains(text, "aps") {
		t.Errorf("%s", text)
	}
}
