package oauth

import (
	"context"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/core"
)

// Session is the live session of the browser, nil if it has none, and in which the
// server looks things up for whoever is there.
func (p *Provider) Session(c fiber.Ctx, v hosted.Visit) (s *core.Session, door context.Context, err error) {
	k, err := p.open(c)
	if err != nil {
		return nil, nil, err
	}
	s, err = k.session(v)
	return s, k.ctx, err
}

// Reprove tries the password of the owner of a session, as signing in at the application
// does, and gives the session another secret. In ctx its owner acts (core.BySession).
func (p *Provider) Reprove(ctx context.Context, c fiber.Ctx, v hosted.Visit, app core.ID[core.Application], password string) error {
	at := core.Attempt{Application: app, Password: password, Door: "account"}
	err := p.App.View(ctx, func(tx *core.Tx) error {
		me, err := core.SelfOf(tx)
		if err != nil {
			return err
		}
		who, err := me.SignedIn()
		if err != nil {
			return err
		}
		at.Login, at.By = who.Username, "username"
		if app == me.Session.Through {
			at.Store = me.Session.Store
		}
		return nil
	})
	if err != nil {
		return err
	}
	door := core.ActorOf(ctx)
	door.Kind = core.Door // whoever shows a password is at a door
	done, err := p.attempt(core.As(ctx, door), c, v, at)
	if err != nil {
		return err
	}
	token := ""
	err = p.App.Update(ctx, func(tx *core.Tx) error {
		me, err := core.SelfOf(tx)
		if err == nil {
			token, err = me.Prove(done, app)
		}
		return err
	})
	if err != nil {
		return err
	}
	hosted.SetCookie(c, v, sessionCookie, token, p.App.Tuned().Lifetimes.Session)
	hosted.SetCookie(c, v, deviceCookie, done.Device, deviceLife)
	return nil
}

// Leave takes the cookie of a session that is over, and tells by which frames its clients
// hear of it.
func (p *Provider) Leave(c fiber.Ctx, v hosted.Visit, s *core.Session) (frames []string, err error) {
	k, err := p.open(c)
	if err != nil {
		return nil, err
	}
	hosted.SetCookie(c, v, sessionCookie, "", -1)
	return k.frames(s)
}

// Forget takes the cookie of a session that is over.
func (p *Provider) Forget(c fiber.Ctx, v hosted.Visit) { hosted.SetCookie(c, v, sessionCookie, "", -1) }
