package core_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

// chief is an operator in a world, with what signs her in to the console.
type chief struct {
	*coretest.World
	acc    *core.Account
	client *core.Client
}

const atConsole = "https://id.example.com/console/callback"

func chiefOn(t *testing.T, s store.Store, role core.Role) *chief {
	t.Helper()
	c := &chief{World: coretest.On(t, s)}
	c.acc = c.Person(t, c.Directory(t, "Stormpath Administrators").ID, "chief@example.com")
	if role != "" {
		c.Update(t, func(tx *core.Tx) error { return core.MakeOperator(tx, c.acc.ID, role) })
	}
	var err error
	if c.client, err = c.App.ConsoleClientFor(c.Machine(), atConsole); err != nil {
		t.Fatal(err)
	}
	return c
}

// open signs her in to the console.
func (c *chief) open(t *testing.T) (token string, sso *core.Session, err error) {
	t.Helper()
	code := ""
	c.Update(t, func(tx *core.Tx) error {
		acc, err := core.Get(tx, c.acc.ID)
		if err != nil {
			return err
		}
		done := &core.Done{Account: acc, ACR: "pwd", AMR: []string{"pwd"}, AuthTime: core.At(tx.Now)}
		if done.Stamp, err = done.Bond(c.client.Application).Stamp(tx); err != nil {
			return err
		}
		if _, sso, err = core.OpenSession(tx, done, c.client.Application); err != nil {
			return err
		}
		code, err = core.NewCode(tx, core.Authorized{Client: c.client, Session: sso, RedirectURI: atConsole, Named: true, Scopes: []string{"openid"}})
		return err
	})
	err = c.App.Update(c.Machine(), func(tx *core.Tx) error {
		token, _, err = core.OpenConsole(tx, core.Redemption{Client: c.client, Code: code, RedirectURI: atConsole})
		return err
	})
	return token, sso, err
}

func (c *chief) use(token string) (core.Actor, error) {
	actor, _, err := c.App.UseConsole(c.Machine(), token)
	return actor, err
}

func TestAConsoleSessionActsAsItsOperatorAndNobodyElse(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		c := chiefOn(t, s, core.Admin)
		token, _, err := c.open(t)
		if err != nil {
			t.Fatal(err)
		}
		actor, err := c.use(token)
		if err != nil || actor.Kind != core.ByConsole || actor.Role != core.Admin || actor.Account != c.acc.ID || actor.Session != token[:22] || actor.Caps != core.AllCaps {
			t.Errorf("%+v, %v", actor, err)
		}
		if keys := coretest.Holding(t, s, token[22:]); len(keys) > 0 {
			t.Errorf("the secret is in %q", keys)
		}
		for what, bad := range map[string]string{"nothing": "", "its id": token[:22], "cut": token[:len(token)-1], "no id": "/" + token[1:], "another": "9" + token[1:]} {
			_, err := c.use(bad)
			wantCode(t, what, err, "ended")
		}
		c.Clock.Turn(core.StepUp)
		if actor, err := c.use(token); err != nil || actor.Caps != (core.Caps{Manage: true}) {
			t.Errorf("after the step-up is over: %+v, %v", actor, err)
		}
	})
}

func TestWhoIsNoOperatorGetsNoConsole(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		c := chiefOn(t, s, "")
		token, _, err := c.open(t)
		wantCode(t, "no operator", err, "no_operator")
		if token != "" {
			t.Error("a token")
		}
	})
}

func TestWhatEndsAConsoleSession(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, c *chief, token string, sso *core.Session){
		"half an hour without a use": func(_ *testing.T, c *chief, _ string, _ *core.Session) { c.Clock.Turn(core.ConsoleIdle) },
		"eight hours of use": func(t *testing.T, c *chief, token string, _ *core.Session) {
			for range 24 {
				if _, err := c.use(token); err != nil {
					t.Fatal(err)
				}
				c.Clock.Turn(20 * time.Minute)
			}
		},
		"the session at the provider ends": func(t *testing.T, c *chief, _ string, sso *core.Session) {
			c.Update(t, func(tx *core.Tx) error {
				s, err := core.Get(tx, sso.ID)
				if err != nil {
					return err
				}
				return s.End(tx, "signed out")
			})
		},
		"all sessions of the account end": func(t *testing.T, c *chief, _ string, _ *core.Session) {
			c.Update(t, func(tx *core.Tx) error { return core.EndSessions(tx, c.acc.ID, "", "lost") })
		},
		"the account is disabled": func(t *testing.T, c *chief, _ string, _ *core.Session) {
			c.Update(t, func(tx *core.Tx) error {
				acc, err := core.Get(tx, c.acc.ID)
				if err != nil {
					return err
				}
				acc.Status = core.Disabled
				return core.Put(tx, acc)
			})
		},
		"the role is lost": func(t *testing.T, c *chief, _ string, _ *core.Session) {
			c.Update(t, func(tx *core.Tx) error {
				op, err := core.OperatorOf(tx, c.acc.ID)
				if core.IsNotFound(err) {
					return nil // by a former run
				}
				return errors.Join(err, core.Delete(tx, op))
			})
		},
		"the account is deleted": func(t *testing.T, c *chief, _ string, _ *core.Session) {
			c.Update(t, func(tx *core.Tx) error {
				acc, err := core.Get(tx, c.acc.ID)
				if core.IsNotFound(err) {
					return nil // by a former run
				}
				return errors.Join(err, core.Delete(tx, acc))
			})
		},
		"she signs out": func(t *testing.T, c *chief, token string, sso *core.Session) {
			c.Update(t, func(tx *core.Tx) error { return core.EndConsole(tx, token, true) })
			c.View(t, func(tx *core.Tx) error {
				_, err := core.LiveSession(tx, sso.ID)
				wantCode(t, "the session at the provider", err, "ended")
				return nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			onEngines(t, func(t *testing.T, s store.Store) {
				c := chiefOn(t, s, core.Admin)
				token, sso, err := c.open(t)
				if err != nil {
					t.Fatal(err)
				}
				actor, err := c.use(token)
				if err != nil {
					t.Fatal(err)
				}
				end(t, c, token, sso)
				_, err = c.use(token)
				wantCode(t, "used again", err, "ended")
				_, err = c.App.StillConsole(c.Machine(), actor)
				wantCode(t, "gone on with", err, "ended")
				c.Sound(t)
			})
		})
	}
}

// Nobody but the server changes its own client, so that no code goes elsewhere.
func TestTheClientOfTheConsoleIsTheServersOwn(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		c := chiefOn(t, s, core.Owner)
		for name, change := range map[string]func(tx *core.Tx, k *core.Client) error{
			"changed":  func(tx *core.Tx, k *core.Client) error { k.Name = "Mine"; return core.Put(tx, k) },
			"deleted":  func(tx *core.Tx, k *core.Client) error { return core.Delete(tx, k) },
			"a secret": func(tx *core.Tx, k *core.Client) error { return core.RotateSecret(tx, k, tx.Now) },
		} {
			err := c.App.Update(c.As(core.Owner), func(tx *core.Tx) error {
				k, err := core.Get(tx, core.ConsoleClient)
				if err != nil {
					return err
				}
				return change(tx, k)
			})
			wantCode(t, name, err, "protected")
		}
		k, err := c.App.ConsoleClientFor(c.Machine(), "http://192.0.2.1:8080/console/callback")
		if err != nil || len(k.RedirectURIs) != 1 || k.RedirectURIs[0] != "http://192.0.2.1:8080/console/callback" || !k.FirstParty || k.Proves(nil, "") {
			t.Errorf("%+v, %v", k, err)
		}
	})
}
