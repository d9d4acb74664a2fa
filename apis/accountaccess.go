package apis

import (
	"encoding/json"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/hosted"
	"github.com/stormkeep/stormkeep/apis/oauth"
	"github.com/stormkeep/stormkeep/core"
)

// sessionsPage shows where the owner is signed in.
type sessionsPage struct {
	deskFrame
	Sessions []sessionLine
	Others   bool // there is more than the one she acts in
}

// sessionLine is one of them.
type sessionLine struct {
	ID, Device, IP string
	Here           bool
	At, Seen       moment
}

func (d *desk) showSessions(status int, f *setupForm) error {
	frame, err := d.frame("sessions", f)
	if err != nil {
		return err
	}
	out := sessionsPage{deskFrame: frame}
	var all []core.SeenSession
	err = d.see(func(me *core.Self) (err error) {
		all, err = me.Sessions()
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range all {
		out.Sessions = append(out.Sessions, sessionLine{string(s.ID), d.device(s.UserAgent), s.IP, s.Here, momentOf(s.CreatedAt), d.ago(s.Seen)})
		out.Others = out.Others || !s.Here
	}
	return d.s.pages.Show(d.c, d.v, status, "account-sessions", out)
}

// ago says in words how long ago something was, as coarsely as people do.
func (d *desk) ago(t core.Time) moment {
	m := momentOf(t)
	m.Exact = m.Text
	past := d.s.App.Now().Sub(t.Time)
	for _, unit := range []struct {
		name string
		is   time.Duration
	}{{"day", 24 * time.Hour}, {"hour", time.Hour}, {"minute", time.Minute}} {
		switch n := int(past / unit.is); {
		case n == 1:
			m.Text = d.v.Say("ago." + unit.name)
			return m
		case n > 1:
			m.Text = d.v.Say("ago."+unit.name+"s", n)
			return m
		}
	}
	m.Text = d.v.Say("ago.now")
	return m
}

// device says in words what a browser said of itself.
func (d *desk) device(agent string) string {
	browser, system := core.DeviceWords(agent)
	switch {
	case browser == "" && system == "":
		return d.v.Say("account.device.unknown")
	case browser == "":
		return system
	case system == "":
		return browser
	}
	return d.v.Say("account.device.on", browser, system)
}

// endSessions ends one, or all but the one in which the owner acts.
func (d *desk) endSessions(*setupForm) error {
	id := d.in.Value("session")
	if id == "" {
		if err := d.act((*core.Self).EndOthers); err != nil {
			return err
		}
		return d.did(sessionsPath, "others")
	}
	err := d.act(func(me *core.Self) error { return me.EndSession(core.ID[core.Session](id)) })
	if core.IsNotFound(err) {
		return core.Errorf(core.NotFound, "session_gone", "%s", d.v.Say("account.gone"))
	}
	if err != nil {
		return err
	}
	return d.did(sessionsPath, "ended")
}

// appsPage shows what clients may have.
type appsPage struct {
	deskFrame
	Apps []appLine
}

// appLine is one client.
type appLine struct {
	ID, Name, Host string // where it is, "" if it says nowhere
	Since          moment
	Until          *moment // it is connected while the owner is away
	Scopes         []oauth.ScopeText
}

func (d *desk) showApps(status int, f *setupForm) error {
	frame, err := d.frame("apps", f)
	if err != nil {
		return err
	}
	out := appsPage{deskFrame: frame}
	var all []*core.Connection
	err = d.see(func(me *core.Self) (err error) {
		all, err = me.Connections()
		return err
	})
	if err != nil {
		return err
	}
	for _, at := range all {
		line := appLine{ID: string(at.Client.ID), Name: at.Client.Name, Since: momentOf(at.Since)}
		if len(at.Client.RedirectURIs) > 0 {
			if u, err := url.Parse(at.Client.RedirectURIs[0]); err == nil {
				line.Host = u.Host
			}
		}
		if !at.Until.IsZero() {
			until := momentOf(at.Until)
			line.Until = &until
		}
		if line.Scopes, err = d.scopes(at); err != nil {
			return err
		}
		out.Apps = append(out.Apps, line)
	}
	return d.s.pages.Show(d.c, d.v, status, "account-apps", out)
}

// scopes say in words what a client may have. What it had of a resource that is gone is
// nothing.
func (d *desk) scopes(at *core.Connection) (all []oauth.ScopeText, err error) {
	err = d.s.App.View(d.door, func(tx *core.Tx) error {
		if all, err = oauth.ScopeTexts(tx, d.v, at.Scopes, ""); err != nil {
			return err
		}
		for _, of := range at.Of {
			more, err := oauth.ScopeTexts(tx, d.v, of.Scopes, of.Resource)
			if core.IsNotFound(err) {
				continue
			}
			if err != nil {
				return err
			}
			all = append(all, more...)
		}
		all = append(all, d.s.oauth.ClaimTexts(d.v, at.Claims)...)
		return nil
	})
	return all, err
}

func (d *desk) disconnect(*setupForm) error {
	client := core.ID[core.Client](d.in.Value("client"))
	if err := d.act(func(me *core.Self) error { return me.Disconnect(client) }); err != nil {
		return err
	}
	return d.did(appsPath, "revoked")
}

func (d *desk) showData(status int, f *setupForm) error {
	frame, err := d.frame("data", f)
	if err != nil {
		return err
	}
	return d.s.pages.Show(d.c, d.v, status, "account-data", frame)
}

// sendData answers with all that is known of the owner, as a file.
func (d *desk) sendData(*setupForm) error {
	var data *core.OwnData
	err := d.see(func(me *core.Self) (err error) {
		data, err = me.Data()
		return err
	})
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return err
	}
	hosted.Private(d.c)
	d.c.Set(fiber.HeaderContentDisposition, `attachment; filename="account.json"`)
	d.c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	return d.c.Send(append(b, '\n'))
}
