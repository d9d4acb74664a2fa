package apis_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// What routes of plugins do is proved where plugins are: plugins/webhooks.
func TestARecordIsShownWithoutSecrets(t *testing.T) {
	a := apitest.New(t)
	ctx := core.AsSystem(context.Background(), a.Tenant)
	for _, c := range []struct {
		ref  core.Ref
		want string
	}{
		{core.Ref("accounts/" + a.Vars["ann"]), `"username":"ann"`},
		{core.Ref("apiKeys/" + a.Vars["key"]), `"id":"` + a.Vars["key"]},
		{core.Ref("accounts/" + a.Vars["otherann"]), `{"href":"https://id.example.com/v1/accounts/` + a.Vars["otherann"] + `"}`},
		{core.Ref("accounts/" + a.Vars["ann"] + "/customData"), `{"href":"https://id.example.com/v1/accounts/` + a.Vars["ann"] + `/customData"}`},
		{core.Ref("proofs/x"), `{"href":"https://id.example.com/v1/proofs/x"}`},
	} {
		b, err := a.Server.Shown(ctx, a.Tenant, c.ref)
		if err != nil || !strings.Contains(string(b), c.want) || !strings.Contains(string(b), `"href":"https://id.example.com/v1/`) {
			t.Errorf("%s: %s, %v", c.ref, b, err)
		}
		for _, k := range a.Keys {
			if strings.Contains(string(b), k.Secret) {
				t.Errorf("%s shows a secret", c.ref)
			}
		}
	}
}
