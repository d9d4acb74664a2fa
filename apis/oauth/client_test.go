package oauth_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

// A client proves itself in the one way that is registered, or gets nothing.
func TestAClientProvesItselfInOneWay(t *testing.T) {
	s := open(t)
	grant := func(more ...string) url.Values {
		in := url.Values{"grant_type": {"client_credentials"}}
		for i := 0; i+1 < len(more); i += 2 {
			in.Set(more[i], more[i+1])
		}
		return in
	}
	wrong := party{id: s.robot.id, secret: s.web.secret}
	for _, c := range []struct {
		name, header string
		in           url.Values
		status       int
	}{
		{"basic", basic(s.robot), grant(), 200},
		{"basic and its name", basic(s.robot), grant("client_id", s.robot.id), 200},
		{"nothing", "", grant(), 401},
		{"only its name", "", grant("client_id", s.robot.id), 401},
		{"another's secret", basic(wrong), grant(), 401},
		{"an empty secret", basic(party{id: s.robot.id}), grant(), 401},
		{"by the body, though registered for basic", "", grant("client_id", s.robot.id, "client_secret", s.robot.secret), 401},
		{"in two ways", basic(s.robot), grant("client_id", s.robot.id, "client_secret", s.robot.secret), 401},
		{"another's name", basic(s.robot), grant("client_id", s.web.id), 401},
		{"an assertion of no kind", "", grant("client_id", s.robot.id, "client_assertion", "a.b.c"), 401},
		{"what is not Basic", "Bearer x", grant(), 401},
		{"what is not base64", "Basic !", grant(), 401},
		{"without a colon", "Basic " + base64.StdEncoding.EncodeToString([]byte("x")), grant(), 401},
		{"with a broken escape", "Basic " + base64.StdEncoding.EncodeToString([]byte("%zz:x")), grant(), 401},
	} {
		h := []string{}
		if c.header != "" {
			h = append(h, "Authorization", c.header)
		}
		p := s.form(t, "/oauth2/token", c.in, h...)
		if p.Status != c.status {
			t.Errorf("%s: %d %s", c.name, p.Status, p.Text)
		}
		if p.Status == 401 && (!strings.Contains(p.Text, `"invalid_client"`) || !strings.HasPrefix(p.Header.Get("WWW-Authenticate"), "Basic ")) {
			t.Errorf("%s: %v %s", c.name, p.Header, p.Text)
		}
		if p.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", c.name, p.Header)
		}
	}
}

func TestTwoSecretsAreLiveAtOnce(t *testing.T) {
	s := open(t)
	old := s.robot
	works := func(p party) bool {
		return s.form(t, "/oauth2/token", url.Values{"grant_type": {"client_credentials"}}, "Authorization", basic(p)).Status == 200
	}
	ans := s.Do(t, "", http.MethodPost, "/v1/clients/"+old.id+"/secrets", `{"formerUntil":"`+s.Clock.Now().Add(time.Hour).UTC().Format("2006-01-02T15:04:05.000Z")+`"}`, nil)
	next := party{id: old.id}
	next.secret, _ = ans.Value("clientSecret").(string)
	if ans.Status != 201 || !works(old) || !works(next) {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	s.Clock.Turn(time.Hour)
	if works(old) || !works(next) {
		t.Error("the former secret works until it was said to")
	}
	if ans := s.Get(t, "/v1/clients/"+old.id); strings.Contains(string(ans.Body), "clientSecret") {
		t.Errorf("a secret is shown again: %s", ans.Body)
	}
}

// Whatever is disabled gives nothing, and what it gave before is dead for ever.
func TestClass07_WhatIsDisabledGivesNothing(t *testing.T) {
	for _, kind := range []string{"clients", "applications", "directories", "accounts"} {
		s := open(t)
		b := s.visitor()
		code := s.authorized(t, b, s.spa)
		got := s.redeem(t, s.spa, s.authorized(t, b, s.spa))
		id := map[string]string{"clients": s.spa.id, "applications": string(s.Application(t, "My Application").ID),
			"directories": string(s.Directory(t, "My Application Directory").ID), "accounts": string(s.ann.ID)}[kind]
		dead := func(when string) {
			t.Helper()
			if status, _ := s.userInfo(t, got.AccessToken); status != 401 {
				t.Errorf("%s: userinfo: %d", when, status)
			}
			if r := s.token(t, s.spa, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.RefreshToken}}); r.status/100 != 4 {
				t.Errorf("%s: refresh: %+v", when, r)
			}
			if r := s.redeem(t, s.spa, code); r.status/100 != 4 {
				t.Errorf("%s: code: %+v", when, r)
			}
		}
		s.change(t, "/v1/"+kind+"/"+id, `{"status":"DISABLED"}`)
		dead(kind + " disabled")
		if p := b.Get(t, "/oauth2/authorize?"+request(s.spa).Encode()); p.Status == 303 && strings.Contains(p.Header.Get("Location"), "code=") {
			t.Errorf("%s disabled: %v", kind, p.Header)
		}
		s.change(t, "/v1/"+kind+"/"+id, `{"status":"ENABLED"}`)
		dead(kind + " enabled again")
	}
}

// A client of another tenant is nobody.
func TestAClientIsOfOneTenant(t *testing.T) {
	s := open(t)
	other := s.Other(t, "third")
	ctx := other.Machine()
	var id core.ID[core.Client]
	secret := ""
	err := s.App.Update(ctx, func(tx *core.Tx) error {
		app := core.Make[core.Application]()
		app.Name = "Theirs"
		if err := core.Put(tx, app); err != nil {
			return err
		}
		c := core.Make[core.Client]()
		c.Name, c.Application, c.Type = "Theirs", app.ID, core.MachineClient
		if err := core.CreateClient(tx, c); err != nil {
			return err
		}
		v := core.View{Tx: tx}
		c.View(&v)
		for _, f := range v.Fields {
			if f.Name == "clientSecret" {
				secret = string(f.Value.(core.Secret))
			}
		}
		id = c.ID
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := s.form(t, "/oauth2/token", url.Values{"grant_type": {"client_credentials"}}, "Authorization", basic(party{id: string(id), secret: secret})); p.Status != 401 {
		t.Errorf("%d %s", p.Status, p.Text)
	}
}
