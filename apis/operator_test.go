package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

func TestOperators(t *testing.T) {
	each(t, []row{
		{Name: "list", Path: "/v1/operators?expand=account", Want: w{"size=4", "items.0.account.email=owner@example.com", "items.0.role=owner", "items.0.by=null", "items.1.role=admin"}},
		{Name: "a page of the list", Path: "/v1/operators?offset=1&limit=1", Want: w{"size=4", "items.#=1", "items.0.role=admin"}},
		{Name: "the list is not searched", Path: "/v1/operators?role=owner", Status: 400, Want: w{"code=2105"}},
		{Name: "read", Path: "/v1/operators/{admin}", Want: w{"href={base}/operators/{admin}", "account.href={base}/accounts/{admin}", "role=admin"}},
		{Name: "who is none is not there", Path: "/v1/operators/{ann}", Status: 404},
		{Name: "nor another tenant's", Path: "/v1/operators/{otherown}", Status: 404},
		{Name: "make", Path: "/v1/operators", Body: `{"account":{"href":"{base}/accounts/{norole}"},"role":"SUPPORT"}`, Status: 201,
			Want: w{"role=support", "by.href={base}/accounts/{own}", "Location={base}/operators/{norole}"}, Events: w{"operator.create"}},
		{Name: "make one of an operator", Path: "/v1/operators", Body: `{"account":{"href":"{base}/accounts/{admin}"},"role":"owner"}`, Status: 409,
			Want: w{"code=2001", "Location={base}/operators/{admin}"}},
		{Name: "make one of an end user", Path: "/v1/operators", Body: `{"account":{"href":"{base}/accounts/{ann}"},"role":"auditor"}`, Status: 400, Want: w{"code=2014"}},
		{Name: "make one of another tenant's account", Path: "/v1/operators", Body: `{"account":{"href":"{base}/accounts/{otherown}"},"role":"auditor"}`, Status: 400, Want: w{"code=2014"}},
		{Name: "make one of nobody", Path: "/v1/operators", Body: `{"role":"auditor"}`, Status: 400, Want: w{"code=2000", "account"}},
		{Name: "make one without a role", Path: "/v1/operators", Body: `{"account":{"href":"{base}/accounts/{norole}"}}`, Status: 400, Want: w{"code=2000", "role"}},
		{Name: "a role that is none", Path: "/v1/operators", Body: `{"account":{"href":"{base}/accounts/{norole}"},"role":"king"}`, Status: 400, Want: w{"code=2003"}},
		{Name: "an admin makes none", As: "admin", Path: "/v1/operators", Body: `{"account":{"href":"{base}/accounts/{norole}"},"role":"auditor"}`, Status: 403},
		{Name: "another role", Path: "/v1/operators/{admin}", Body: `{"role":"auditor","account":{"href":"{base}/accounts/{ann}"}}`,
			Want: w{"role=auditor", "account.href={base}/accounts/{admin}", "by.href={base}/accounts/{own}"}, Events: w{"operator.update"}},
		{Name: "a role for who has none", Path: "/v1/operators/{norole}", Body: `{"role":"owner"}`, Status: 404},
		{Name: "an admin raises nobody", As: "admin", Path: "/v1/operators/{support}", Body: `{"role":"admin"}`, Status: 403},
		{Name: "nor itself", As: "admin", Path: "/v1/operators/{admin}", Body: `{"role":"owner"}`, Status: 403},
		{Name: "an owner does not lower itself", Path: "/v1/operators/{own}", Body: `{"role":"admin"}`, Status: 403},
		{Name: "nor depose itself", Method: "DELETE", Path: "/v1/operators/{own}", Status: 403},
		{Name: "the last owner stays one", As: apitest.Machine, Path: "/v1/operators/{own}", Body: `{"role":"admin"}`, Status: 400, Want: w{"last enabled owner"}},
		{Name: "nor is it deposed", As: apitest.Machine, Method: "DELETE", Path: "/v1/operators/{own}", Status: 400, Want: w{"last enabled owner"}},
		{Name: "nor disabled", As: apitest.Machine, Path: "/v1/accounts/{own}", Body: `{"status":"DISABLED"}`, Status: 400, Want: w{"code=4002"}},
		{Name: "nor deleted", As: apitest.Machine, Method: "DELETE", Path: "/v1/accounts/{own}", Status: 400, Want: w{"code=4001"}},
		{Name: "depose", Method: "DELETE", Path: "/v1/operators/{admin}", Status: 204, Events: w{"operator.delete"}},
		{Name: "the machine gives a role", As: apitest.Machine, Path: "/v1/operators", Body: `{"account":{"href":"/v1/accounts/{norole}"},"role":"owner"}`, Status: 201,
			Want: w{"by=null"}, Events: w{"operator.create"}},
		{Name: "an unknown member, strictly", Path: "/v1/operators/{admin}", Body: `{"rank":4}`, Header: map[string]string{"Stormkeep-Strict": "1"}, Status: 400, Want: w{"code=2015"}},
	})
}

func TestKeysOfOperators(t *testing.T) {
	all := `"caps":{"manage":true,"mint":true,"readSecrets":true}`
	each(t, []row{
		{Name: "make", Path: "/v1/operators/{support}/apiKeys", Body: `{"name":"n","description":"d"}`, Status: 201,
			Want: w{"name=n", "description=d", "kind=MANAGEMENT", all, "account.href={base}/accounts/{support}"}, Not: w{"secret=null"}, Events: w{"apiKey.create"}},
		{Name: "of some capabilities", Path: "/v1/operators/{own}/apiKeys", Body: `{"caps":{"manage":true,"mint":false}}`, Status: 201,
			Want: w{`"caps":{"manage":true,"mint":false,"readSecrets":false}`}, Not: w{"secret=null"}, Events: w{"apiKey.create"}},
		{Name: "strictly", Path: "/v1/operators/{own}/apiKeys", Body: `{"caps":{"manage":true}}`, Header: map[string]string{"Stormkeep-Strict": "1"}, Status: 201, Events: w{"apiKey.create"}},
		{Name: "of none", Path: "/v1/operators/{own}/apiKeys", Body: `{"caps":{}}`, Status: 400, Want: w{"code=2000"}},
		{Name: "of unknown ones", Path: "/v1/operators/{own}/apiKeys", Body: `{"caps":{"fly":true}}`, Status: 400, Want: w{"code=2003"}},
		{Name: "of malformed ones", Path: "/v1/operators/{own}/apiKeys", Body: `{"caps":["mint"]}`, Status: 400, Want: w{"code=2004"}},
		{Name: "for who is no operator", Path: "/v1/operators/{ann}/apiKeys", Body: `{}`, Status: 404},
		{Name: "an admin makes some for who is below", As: "admin", Path: "/v1/operators/{support}/apiKeys", Body: `{}`, Status: 201, Events: w{"apiKey.create"}},
		{Name: "none for itself", As: "admin", Path: "/v1/operators/{admin}/apiKeys", Body: `{}`, Status: 403},
		{Name: "none for an owner", As: "admin", Path: "/v1/operators/{own}/apiKeys", Body: `{}`, Status: 403},
		{Name: "list", Path: "/v1/operators/{own}/apiKeys", Want: w{"size=2", "items.0.kind=MANAGEMENT"}},
		{Name: "an ACCOUNT key is not in it", Path: "/v1/operators/{ann}/apiKeys", Status: 404},
		{Name: "the list is not searched", Path: "/v1/operators/{own}/apiKeys?q=x", Status: 400},
		{Name: "an auditor sees them without secrets", As: "auditor", Path: "/v1/operators/{own}/apiKeys", Want: w{"items.0.secret=null", all}},
	})
}

// A key makes none that may do more than itself, and none whose secret it would not
// be shown.
func TestAKeyMakesNoneThatMayDoMore(t *testing.T) {
	a := api(t)
	for name, caps := range map[string]core.Caps{
		"reader": {Manage: true, ReadSecrets: true}, "minter": {Manage: true, Mint: true}, "plain": {Manage: true},
	} {
		a.Update(t, func(tx *core.Tx) error {
			k := core.Make[core.ApiKey]()
			k.Account, k.Caps = a.Owner.ID, caps
			err := core.CreateManagementKey(tx, k)
			if err != nil {
				return err
			}
			plain, err := k.Plain(tx)
			a.Keys[name] = apitest.Key{ID: string(k.ID), Secret: plain}
			return err
		})
	}
	a.Run(t, []row{
		{Name: "its own capabilities by default", As: "reader", Path: "/v1/operators/{support}/apiKeys", Body: `{}`, Status: 201,
			Want: w{`"caps":{"manage":true,"mint":false,"readSecrets":true}`}, Not: w{"secret=null"}, Events: w{"apiKey.create"}, Keep: "weak"},
		{Name: "the secret is shown once", Path: "/v1/apiKeys/{weak}", Want: w{"secret=null", "kind=MANAGEMENT"}},
		{Name: "fewer", As: "reader", Path: "/v1/operators/{own}/apiKeys", Body: `{"caps":{"manage":true}}`, Status: 201, Events: w{"apiKey.create"}},
		{Name: "none to mint", As: "reader", Path: "/v1/operators/{own}/apiKeys", Body: `{"caps":{"manage":true,"mint":true}}`, Status: 403},
		{Name: "none to read secrets", As: "minter", Path: "/v1/operators/{own}/apiKeys", Body: `{"caps":{"readSecrets":true}}`, Status: 403},
		{Name: "none whose secret it may not see", As: "plain", Path: "/v1/operators/{own}/apiKeys", Body: `{}`, Status: 403},
		{Name: "that of one that mints is shown again to its like", Path: "/v1/apiKeys/{ownkey}", Not: w{"secret=null"}},
	})
}

// What an operator may do follows its record at once, whatever keys it has.
func TestARoleCountsAtOnce(t *testing.T) {
	a := api(t)
	made := `{"name":"` // of a group: an admin's to make
	group := func(n string) row {
		return row{Name: "makes a group " + n, As: "admin", Path: "/v1/directories/{dir}/groups", Body: made + n + `"}`}
	}
	with := func(r row, status int, events ...string) row { r.Status, r.Events = status, events; return r }
	a.Run(t, []row{
		with(group("1"), 201, "group.create"),
		{Name: "lowered", Path: "/v1/operators/{admin}", Body: `{"role":"auditor"}`, Events: w{"operator.update"}},
		with(group("2"), 403),
		{Name: "raised", Path: "/v1/operators/{admin}", Body: `{"role":"owner"}`, Events: w{"operator.update"}},
		with(group("3"), 201, "group.create"),
		{Name: "an owner disables an owner", Path: "/v1/accounts/{admin}", Body: `{"status":"DISABLED"}`, Events: w{"account.update"}},
		with(group("4"), 401),
		{Name: "enabled", Path: "/v1/accounts/{admin}", Body: `{"status":"ENABLED"}`, Events: w{"account.update"}},
		with(group("5"), 201, "group.create"),
		{Name: "deposed", Method: "DELETE", Path: "/v1/operators/{admin}", Status: 204, Events: w{"operator.delete"}},
		with(group("6"), 403),
		{Name: "its account has gone", Method: "DELETE", Path: "/v1/accounts/{admin}", Status: 204, Events: w{"apiKey.delete", "account.delete"}},
		with(group("7"), 401),
	})
}

// What an admin may not do to an owner's account by the ways that lead around it.
func TestAnAdminGetsNoPowerOverAnOwner(t *testing.T) {
	a := api(t)
	a.Run(t, []row{
		{Name: "address", As: "admin", Path: "/v1/accounts/{own}", Body: `{"email":"mine@example.com"}`, Status: 403},
		{Name: "password", As: "admin", Path: "/v1/accounts/{own}", Body: `{"password":"correct horse battery staple"}`, Status: 403},
		{Name: "status", As: "admin", Path: "/v1/accounts/{own}", Body: `{"status":"DISABLED"}`, Status: 403},
		{Name: "account key", As: "admin", Method: "POST", Path: "/v1/accounts/{own}/apiKeys", Status: 403},
		{Name: "a key's status", As: "admin", Path: "/v1/apiKeys/{ownkey}", Body: `{"status":"DISABLED"}`, Status: 403},
		{Name: "a key", As: "admin", Method: "DELETE", Path: "/v1/apiKeys/{ownkey}", Status: 403},
		{Name: "link", As: "admin", Path: "/v1/accountLinks", Body: `{"leftAccount":{"href":"{base}/accounts/{own}"},"rightAccount":{"href":"{base}/accounts/{ann}"}}`, Status: 400, Want: w{"administrators"}},
		{Name: "reset", As: "admin", Path: "/v1/applications/{adminapp}/passwordResetTokens", Body: `{"email":"owner@example.com"}`, Status: 403},
		{Name: "verification", As: "admin", Path: "/v1/applications/{adminapp}/verificationEmails", Body: `{"login":"owner@example.com"}`, Status: 403},
		{Name: "the rules of its password", As: "admin", Path: "/v1/passwordPolicies/{admindir}/strength", Body: `{"minLength":200}`, Status: 403},
		{Name: "its directory's store in an application", As: "admin", Path: "/v1/accountStoreMappings",
			Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/directories/{admindir}"}}`, Status: 400, Want: w{"administrators"}},
		{Name: "its own name", As: "admin", Path: "/v1/accounts/{admin}", Body: `{"givenName":"Ada"}`, Want: w{"givenName=Ada"}, Events: w{"account.update"}},
	})
	if got := a.Get(t, "/v1/accounts/{own}").Value("email"); got != "owner@example.com" {
		t.Errorf("the owner's address is %v", got)
	}
}

// The audit log says who gave which role to whom.
func TestRolesAreAudited(t *testing.T) {
	a := api(t)
	a.Do(t, "", "POST", "/v1/operators/{admin}", `{"role":"support"}`, nil)
	var lines []core.AuditLine
	a.View(t, func(tx *core.Tx) error {
		lines = nil
		for l, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			lines = append(lines, l)
		}
		return nil
	})
	last := lines[len(lines)-1]
	if last.Type != "operator.update" || string(last.Before["role"]) != `"admin"` || string(last.After["role"]) != `"support"` ||
		last.Actor.Account != a.Owner.ID || last.Actor.Kind != core.ByKey {
		t.Errorf("%+v", last)
	}
}
