package oauth

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestHowErrorsAreTold(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		code   string
		status int
	}{
		"one of RFC 6749": {refuse("invalid_scope", "No."), "invalid_scope", 400},
		"a client":        {refuse("invalid_client", "No."), "invalid_client", 401},
		"a token":         {refuse("invalid_token", "No."), "invalid_token", 401},
		"what has ended":  {core.Errorf(core.Invalid, "ended", "No."), "invalid_grant", 400},
		"kept":            {core.Keep(core.Errorf(core.Invalid, "ended", "No.")), "invalid_grant", 400},
		"what is wrong":   {core.Errorf(core.Invalid, "too_long", "No."), "invalid_request", 400},
		"too many":        {core.Errorf(core.Limited, "rate_limited", "No."), "temporarily_unavailable", 429},
		"not now":         {core.Errorf(core.Unavailable, "busy", "No."), "temporarily_unavailable", 503},
		"too large":       {core.Errorf(core.TooLarge, "x", "No."), "invalid_request", 413},
		"a fault":         {errors.New("the disk is on fire"), "server_error", 500},
	} {
		f, status := failure(c.err)
		if f.Error != c.code || status != c.status {
			t.Errorf("%s: %+v %d", name, f, status)
		}
	}
	if f, _ := failure(refuse("invalid_request", "a \"quote\", a \\ and ä\n")); f.Description != "a 'quote', a ' and ''" {
		t.Errorf("%q", f.Description)
	}
}

// The page of errors has every error that clients are told.
func TestEveryErrorIsInTheHandbook(t *testing.T) {
	page, err := os.ReadFile("../../ui/docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	all := []string{"server_error", "temporarily_unavailable"}
	for name := range own {
		all = append(all, name)
	}
	for _, name := range table {
		all = append(all, name)
	}
	for _, name := range all {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("%s is not in errors.md", name)
		}
	}
}
