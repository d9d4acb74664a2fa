package apis_test

import (
	"errors"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core/secret"
)

// A server whose key comes from the environment takes one that its operator has kept.
func TestAMasterKeyOfTheEnvironmentIsGiven(t *testing.T) {
	a := api(t)
	next := secret.NewMaster()
	a.Vars["next"], a.Vars["nextid"], a.Vars["former"] = next.Encode(), next.ID(), a.Ring.Current.ID()
	m, at := apitest.Machine, "/console/api/masterKey"
	a.Run(t, []row{
		{Name: "read", As: m, Path: at, Want: w{"file=false", "ids.0=\"{former}\""}},
		{Name: "none", As: m, Path: at, Body: `{}`, Status: 400, Want: w{"code=2000"}},
		{Name: "nonsense", As: m, Path: at, Body: `{"key":"canary"}`, Status: 400, Want: w{"code=2006"}, Not: w{"canary"}},
		{Name: "given", As: m, Path: at, Body: `{"key":"{next}"}`, Want: w{`"id":"{nextid}"`}, Not: w{"stormkeep-master"}, Events: w{"tenant.update", "tenant.update"}},
		{Name: "read again", As: m, Path: at, Want: w{"ids.0=\"{nextid}\""}},
		{Name: "a secret is still to be had", Path: "/v1/apiKeys/{key}", Not: w{"secret=null"}},
	})
	if err := a.App.Unlock(t.Context(), &secret.Keyring{Current: next}); err != nil {
		t.Error(err)
	}
	if err := a.App.Unlock(t.Context(), a.Ring); !errors.Is(err, secret.ErrWrongKey) {
		t.Errorf("the former key: %v", err)
	}
}
