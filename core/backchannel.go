package core

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// logoutEvent is what a logout token is about (OpenID Connect Back-Channel Logout 1.0
// section 2.4).
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

const (
	logoutTokenTTL = 2 * time.Minute
	logoutPatience = 5 * time.Second
)

// tellLogout is the job that tells a client, where it wants to be told, that a session
// has ended. The token is made anew at each try, since it is good for two minutes only.
func (a *App) tellLogout(ctx context.Context, j Job) error {
	var task LogoutTask
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return err
	}
	var c *Client
	secret := ""
	err := a.View(ctx, func(tx *Tx) (err error) {
		if c, err = Get(tx, task.Client); err != nil {
			return err
		}
		secret, err = c.Signing.Open(tx, c.ID, "signingSecret")
		return err
	})
	if IsNotFound(err) || err == nil && (c.BackchannelLogoutURI == "" || c.Status != Enabled) {
		return nil
	}
	if err != nil {
		return err
	}
	token, err := a.logoutToken(ctx, j, c, task, secret)
	if err != nil {
		return err
	}
	status, err := a.Egress.PostForm(ctx, c.BackchannelLogoutURI, url.Values{"logout_token": {token}}, logoutPatience)
	switch {
	case err != nil:
		return err
	case status == 400: // the token is not good for the client (section 2.8), nor will the next be
		return fmt.Errorf("%w: the client does not take the logout token", ErrGiveUp)
	case status/100 != 2:
		return fmt.Errorf("the client answered %d", status)
	}
	return nil
}

// logoutToken says who has signed out of which session.
func (a *App) logoutToken(ctx context.Context, j Job, c *Client, task LogoutTask, secret string) (string, error) {
	issuer, _, err := a.Issuers(ctx, j.Tenant)
	if err != nil {
		return "", err
	}
	now := a.Now()
	claims := jwt.MapClaims{"iss": issuer, "aud": string(c.ID), "sub": string(task.Account), "sid": string(task.Session), "iat": now.Unix(),
		"exp": now.Add(logoutTokenTTL).Unix(), "jti": NewID7(), "events": map[string]any{logoutEvent: struct{}{}}}
	if secret != "" {
		t := jwt.NewWithClaims(jwt.SigningMethodHS256, claims)
		t.Header["typ"] = "logout+jwt"
		return t.SignedString([]byte(secret))
	}
	s, err := a.Signer(ctx, j.Tenant, KeyTokens, Alg(c.IDTokenAlg))
	if err != nil {
		return "", err
	}
	return SignJWT(s, "logout+jwt", claims)
}
