package interop

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

const callback = "https://web.example/cb"

// open is a server that has Ann, and what discovery tells of it.
func open(t *testing.T) (*server, *oidc.Provider) {
	t.Helper()
	s := serve(t)
	s.call(t, http.MethodPost, s.app+"/accounts", map[string]any{"email": login, "password": password, "givenName": "Ann", "surname": "Lee"})
	provider, err := oidc.NewProvider(t.Context(), s.issuer)
	if err != nil {
		t.Fatal(err)
	}
	return s, provider
}

// client makes a client, and is what its developers write down.
func (s *server) client(t *testing.T, provider *oidc.Provider, more map[string]any) *oauth2.Config {
	t.Helper()
	body := map[string]any{"name": "Bookkeeping", "redirectUris": []string{callback}}
	for name, value := range more {
		body[name] = value
	}
	made := s.call(t, http.MethodPost, s.app+"/clients", body)
	c := &oauth2.Config{ClientID: text(made["clientId"]), Endpoint: provider.Endpoint(), RedirectURL: callback, Scopes: []string{oidc.ScopeOpenID, "profile", "email"}}
	c.ClientSecret, _ = made["clientSecret"].(string)
	return c
}

// A website of go-oidc and x/oauth2 has Ann signed in, whatever signs its ID tokens and
// however it proves itself.
func TestAWebsiteSignsAnnIn(t *testing.T) {
	s, provider := open(t)
	for _, c := range []struct {
		name  string
		more  map[string]any
		style oauth2.AuthStyle
	}{
		{"by RS256", nil, oauth2.AuthStyleAutoDetect},
		{"by ES256", map[string]any{"idTokenSignedResponseAlg": "ES256"}, oauth2.AuthStyleInHeader},
		{"by EdDSA", map[string]any{"idTokenSignedResponseAlg": "EdDSA"}, oauth2.AuthStyleInHeader},
		{"with its secret in the form", map[string]any{"tokenEndpointAuthMethod": "client_secret_post"}, oauth2.AuthStyleInParams},
		{"with its secret in the form, found out", map[string]any{"tokenEndpointAuthMethod": "client_secret_post"}, oauth2.AuthStyleAutoDetect},
		{"without a secret", map[string]any{"kind": "NATIVE"}, oauth2.AuthStyleAutoDetect},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := s.client(t, provider, c.more)
			config.Endpoint.AuthStyle = c.style
			b := newBrowser(t)
			verifier := oauth2.GenerateVerifier()
			got := b.authorize(t, config.AuthCodeURL("st4te", oidc.Nonce("n0nce"), oauth2.S256ChallengeOption(verifier)))
			if !slices.Equal(b.seen, []string{"/login", "/consent"}) || got.Get("state") != "st4te" || got.Get("iss") != s.issuer {
				t.Fatalf("%v %v", b.seen, got)
			}
			token, err := config.Exchange(t.Context(), got.Get("code"), oauth2.VerifierOption(verifier))
			if err != nil {
				t.Fatal(err)
			}
			raw, _ := token.Extra("id_token").(string)
			id, err := provider.Verifier(&oidc.Config{ClientID: config.ClientID}).Verify(t.Context(), raw)
			if err != nil {
				t.Fatal(err)
			}
			var claims struct{ Name, Email, Sid string }
			if err := id.Claims(&claims); err != nil || claims.Name != "Ann Lee" || claims.Email != login || claims.Sid == "" || id.Nonce != "n0nce" {
				t.Errorf("%v %+v %q", err, claims, id.Nonce)
			}
			if err := id.VerifyAccessToken(token.AccessToken); err != nil {
				t.Error("at_hash:", err)
			}
			who, err := provider.UserInfo(t.Context(), oauth2.StaticTokenSource(token))
			if err != nil || who.Subject != id.Subject || who.Email != login || who.EmailVerified {
				t.Errorf("%v %+v", err, who)
			}
			next, err := config.TokenSource(t.Context(), &oauth2.Token{RefreshToken: token.RefreshToken}).Token()
			if err != nil || next.RefreshToken == token.RefreshToken || next.AccessToken == token.AccessToken {
				t.Errorf("%v %+v", err, next)
			}
			if _, err := provider.Verifier(&oidc.Config{ClientID: "another"}).Verify(t.Context(), raw); err == nil {
				t.Error("an ID token is good for another client")
			}
		})
	}
}

func TestWhatIsWrongIsRefused(t *testing.T) {
	s, provider := open(t)
	config := s.client(t, provider, map[string]any{"firstParty": true})
	config.Endpoint.AuthStyle = oauth2.AuthStyleInHeader // or x/oauth2 tells of its second attempt, by the other way
	b := newBrowser(t)
	refused := func(t *testing.T, err error, code string) {
		t.Helper()
		var told *oauth2.RetrieveError
		if !errors.As(err, &told) || told.ErrorCode != code {
			t.Errorf("%v, not %s", err, code)
		}
	}
	verifier := oauth2.GenerateVerifier()
	code := func() string {
		return b.authorize(t, config.AuthCodeURL("", oauth2.S256ChallengeOption(verifier))).Get("code")
	}
	t.Run("another verifier", func(t *testing.T) {
		_, err := config.Exchange(t.Context(), code(), oauth2.VerifierOption(oauth2.GenerateVerifier()))
		refused(t, err, "invalid_grant")
	})
	t.Run("no verifier", func(t *testing.T) {
		_, err := config.Exchange(t.Context(), code())
		refused(t, err, "invalid_grant")
	})
	t.Run("a code twice", func(t *testing.T) {
		c := code()
		token, err := config.Exchange(t.Context(), c, oauth2.VerifierOption(verifier))
		if err != nil {
			t.Fatal(err)
		}
		_, err = config.Exchange(t.Context(), c, oauth2.VerifierOption(verifier))
		refused(t, err, "invalid_grant")
		_, err = config.TokenSource(t.Context(), &oauth2.Token{RefreshToken: token.RefreshToken}).Token()
		refused(t, err, "invalid_grant")
	})
	t.Run("another secret", func(t *testing.T) {
		other := *config
		other.ClientSecret += "x"
		_, err := other.Exchange(t.Context(), code(), oauth2.VerifierOption(verifier))
		refused(t, err, "invalid_client")
	})
	t.Run("another issuer", func(t *testing.T) {
		if _, err := oidc.NewProvider(t.Context(), strings.Replace(s.issuer, "localhost", "127.0.0.1", 1)); err == nil {
			t.Error("the issuer goes by two names")
		}
	})
}
