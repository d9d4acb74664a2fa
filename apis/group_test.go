package apis_test

import "testing"

func TestGroups(t *testing.T) {
	each(t, []row{
		{Name: "read", Path: "/v1/groups/{grp}?expand=directory,accounts(limit:1),accountMemberships,applications,customData,tenant",
			Want: w{"name=Staff", "description=null", "directory.name=My Application Directory", "accounts.items.0.username=ann", "accounts.limit=1",
				"accountMemberships.items.0.account.href={base}/accounts/{ann}", "applications.size=1", "tenant.name=Stormkeep"}},
		{Name: "another's is not found", Path: "/v1/groups/{othergrp}", Status: 404},
		{Name: "change", Path: "/v1/groups/{grp}", Body: `{"name":"Crew","description":"d"}`, Want: w{"name=Crew", "description=d"}, Events: w{"group.update"}},
		{Name: "it stays in its directory", Path: "/v1/groups/{grp}", Body: `{"directory":{"href":"{base}/directories/{admindir}"}}`, Want: w{"directory.href={base}/directories/{dir}"}},
		{Name: "a name in use in its directory", Path: "/v1/directories/{dir}/groups", Body: `{"name":"staff"}`, Status: 409, Want: w{"code=2001"}},
		{Name: "the same name in another directory", Path: "/v1/directories/{admindir}/groups", Body: `{"name":"staff"}`, Status: 201, Events: w{"group.create"}},
		{Name: "a name is required", Path: "/v1/directories/{dir}/groups", Body: `{"description":"d"}`, Status: 400, Want: w{"code=2000"}},
		{Name: "delete", Method: "DELETE", Path: "/v1/groups/{grp}", Status: 204, Events: w{"groupMembership.delete", "group.delete"}},
		{Name: "support deletes none", As: "support", Method: "DELETE", Path: "/v1/groups/{grp}", Status: 403},
		{Name: "its accounts", Path: "/v1/groups/{grp}/accounts?expand=groups", Want: w{"size=1", "items.0.href={base}/accounts/{ann}", "items.0.groups.items.0.name=Staff"}},
		{Name: "an account by e-mail", Path: "/v1/groups/{grp}/accounts?email=ann@example.com", Want: w{"size=1"}},
		{Name: "its memberships", Path: "/v1/groups/{grp}/accountMemberships?expand=account,group", Want: w{"items.0.account.username=ann", "items.0.group.name=Staff"}},
		{Name: "its applications", Path: "/v1/groups/{grp}/applications", Want: w{"size=1"}},
		{Name: "another's lists are not found", Path: "/v1/groups/{othergrp}/accounts", Status: 404},
	})
}

func TestGroupMemberships(t *testing.T) {
	each(t, []row{
		{Name: "read", Path: "/v1/groupMemberships/{mem}?expand=account,group", Want: w{"account.username=ann", "group.name=Staff"}},
		{Name: "another's is not found", Path: "/v1/groupMemberships/{othermem}", Status: 404},
		{Name: "twice is 2001 (safe choice of 10)", Path: "/v1/groupMemberships", Body: `{"account":{"href":"{base}/accounts/{ann}"},"group":{"href":"{base}/groups/{grp}"}}`, Status: 409, Want: w{"code=2001"}},
		{Name: "across directories is 2014 (safe choice of 10)", Path: "/v1/groupMemberships", Body: `{"account":{"href":"{base}/accounts/{own}"},"group":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "of an unknown account", Path: "/v1/groupMemberships", Body: `{"account":{"href":"{base}/accounts/nope"},"group":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "of another tenant's account", Path: "/v1/groupMemberships", Body: `{"account":{"href":"{base}/accounts/{otherann}"},"group":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "in another tenant's group", Path: "/v1/groupMemberships", Body: `{"account":{"href":"{base}/accounts/{ann}"},"group":{"href":"{base}/groups/{othergrp}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "without a group", Path: "/v1/groupMemberships", Body: `{"account":{"href":"{base}/accounts/{ann}"}}`, Status: 400, Want: w{"code=2000"}},
		{Name: "is not updated", Path: "/v1/groupMemberships/{mem}", Body: `{"group":{"href":"{base}/groups/{grp}"}}`, Status: 405, Want: w{"code=1100"}},
		{Name: "delete, as support", As: "support", Method: "DELETE", Path: "/v1/groupMemberships/{mem}", Status: 204, Events: w{"groupMembership.delete"}},
		{Name: "another's cannot be deleted", Method: "DELETE", Path: "/v1/groupMemberships/{othermem}", Status: 404},
	})
	a := api(t)
	a.Run(t, []row{
		{Name: "leave", Method: "DELETE", Path: "/v1/groupMemberships/{mem}", Status: 204, Events: w{"groupMembership.delete"}},
		{Name: "join again", As: "support", Path: "/v1/groupMemberships", Body: `{"account":{"href":"{base}/accounts/{ann}"},"group":{"href":"{base}/groups/{grp}"}}`, Status: 201,
			Want: w{"account.href={base}/accounts/{ann}", "group.href={base}/groups/{grp}"}, Events: w{"groupMembership.create"}},
	})
}
