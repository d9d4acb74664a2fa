package hooks

import (
	"slices"
	"testing"
	"time"
)

type crud struct{ Create, Delete Hook[*ev] }

type base struct{ Boot Hook[*untagged] }

type wide struct {
	base    // adds no part, exported or not
	Request Hook[*ev]
	Account struct {
		crud
		Password Hook[*ev]
		Factor   struct{ APIKey, ID Hook[*ev] }
	}
	OAuth struct{ UserInfo, RegisterClient Hook[*ev] }
	Mixed struct { // a struct that embeds a hook is named by it and may hold more
		Hook[*ev]
		Sub Hook[*ev]
	}
	hidden Hook[*ev]
	Since  time.Time
	Limit  int
}

func TestWalkNamesEveryHookAfterItsPath(t *testing.T) {
	var r wide
	want := []string{"boot", "request", "account.create", "account.delete", "account.password",
		"account.factor.apiKey", "account.factor.id", "oAuth.userInfo", "oAuth.registerClient", "mixed", "mixed.sub"}
	for range 2 {
		var got []string
		for _, h := range Walk(&r) {
			got = append(got, h.HookName())
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
	if r.Account.Create.HookName() != "account.create" || r.hidden.HookName() != "" {
		t.Errorf("named %q and %q", r.Account.Create.HookName(), r.hidden.HookName())
	}
}

func TestWhatWalkFindsIsTheHookItself(t *testing.T) {
	var r wide
	calls := map[string]int{}
	for _, h := range Walk(&r) {
		h.Observe(func(name string) { calls[name]++ })
	}
	r.Account.Delete.Before(nop, ID("x"))
	r.Account.Delete.Trigger(&ev{}, nop)
	r.Boot.Trigger(&untagged{}, nop)
	if len(calls) != 2 || calls["account.delete"] != 1 || calls["boot"] != 1 {
		t.Errorf("got %v", calls)
	}
	for _, h := range Walk(&r) {
		if want := h.HookName() == "account.delete"; (len(h.Bound()) == 1) != want {
			t.Errorf("%s: bound %v", h.HookName(), h.Bound())
		}
	}
}

func TestWalkNamesHandlersBoundBeforeIt(t *testing.T) {
	var r wide
	r.Request.Use(nop, ID("x"))
	Walk(&r)
	err := r.Request.Trigger(&ev{}, nop)
	if m, ok := err.(*MisuseError); !ok || m.Hook != "request" {
		t.Errorf("got %v", err)
	}
}

func TestWalkRefusesWhatItCannotName(t *testing.T) {
	for name, registry := range map[string]any{
		"no pointer":  wide{}.Limit,
		"no struct":   new(int),
		"nil":         nil,
		"nil pointer": (*wide)(nil),
		"one name twice": &struct {
			crud
			Create Hook[*ev]
		}{},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			Walk(registry)
		})
	}
}

func TestLowerCamel(t *testing.T) {
	for name, want := range map[string]string{
		"Create": "create", "OAuth": "oAuth", "APIKey": "apiKey", "ID": "id", "X": "x",
		"UserInfo": "userInfo", "CreateURL": "createURL", "Éa": "éa", "A1": "a1", "already": "already",
	} {
		if got := lowerCamel(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
