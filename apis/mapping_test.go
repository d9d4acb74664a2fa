package apis_test

import "testing"

const mapping = `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/groups/{grp}"}`

func TestMappings(t *testing.T) {
	each(t, []row{
		{Name: "make, at the end, without flags (safe choice of 7)", Path: "/v1/accountStoreMappings", Body: mapping + `}`, Status: 201,
			Want:   w{"listIndex=1", "isDefaultAccountStore=false", "isDefaultGroupStore=false", "application.href={base}/applications/{app}", "accountStore.href={base}/groups/{grp}"},
			Events: w{"accountStoreMapping.create"}},
		{Name: "make, in front, as default, with strings", Path: "/v1/accountStoreMappings?expand=application,accountStore",
			Body: mapping + `,"listIndex":"0","isDefaultAccountStore":"TRUE"}`, Status: 201,
			Want:   w{"listIndex=0", "isDefaultAccountStore=true", "application.name=My Application", "accountStore.name=Staff"},
			Events: w{"application.update", "accountStoreMapping.create", "accountStoreMapping.update"}},
		{Name: "a negative index is the first", Path: "/v1/accountStoreMappings", Body: mapping + `,"listIndex":-7}`, Status: 201, Want: w{"listIndex=0"},
			Events: w{"accountStoreMapping.create", "accountStoreMapping.update"}},
		{Name: "the index of the Go SDK", Path: "/v1/accountStoreMappings", Body: mapping + `,"collectionResourceIndex":0}`, Status: 201, Want: w{"listIndex=0"},
			Events: w{"accountStoreMapping.create", "accountStoreMapping.update"}},
		{Name: "mapped already", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/directories/{dir}"}}`,
			Status: 400, Want: w{"code=5104"}},
		{Name: "a group as group store", Path: "/v1/accountStoreMappings", Body: mapping + `,"isDefaultGroupStore":true}`, Status: 400, Want: w{"code=5112"}},
		{Name: "without an application", Path: "/v1/accountStoreMappings", Body: `{"accountStore":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2000"}},
		{Name: "without a store", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"}}`, Status: 400, Want: w{"code=2000"}},
		{Name: "an unknown store", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/groups/nope"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "another tenant's store", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/groups/{othergrp}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "another tenant's application", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{otherapp}"},"accountStore":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "an account is no store", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/accounts/{ann}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "a list is no store", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/directories/{dir}/groups"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "a group is no application", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/groups/{grp}"},"accountStore":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "a foreign href", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"https://api.stormpath.com/v1/applications/{app}"},"accountStore":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "a link of the wrong type", Path: "/v1/accountStoreMappings", Body: `{"application":7,"accountStore":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2004"}},
		{Name: "Stormpath takes no further store", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{adminapp}"},"accountStore":{"href":"{base}/directories/{dir}"}}`, Status: 400},
		{Name: "the administrators' directory is mapped nowhere else", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/directories/{admindir}"}}`, Status: 400},
		{Name: "support makes none", As: "support", Path: "/v1/accountStoreMappings", Body: mapping + `}`, Status: 403},

		{Name: "read", Path: "/v1/accountStoreMappings/{map}?expand=accountStore", Want: w{"listIndex=0", "accountStore.name=My Application Directory"}},
		{Name: "another's is not found", Path: "/v1/accountStoreMappings/{othermap}", Status: 404},
		{Name: "change", Path: "/v1/accountStoreMappings/{map}", Body: `{"isDefaultGroupStore":false}`, Want: w{"isDefaultGroupStore=false", "isDefaultAccountStore=true"},
			Events: w{"application.update", "accountStoreMapping.update"}},
		{Name: "an index beyond the end is the last", Path: "/v1/accountStoreMappings/{map}", Body: `{"listIndex":99}`, Want: w{"listIndex=0"}},
		{Name: "its ends are fixed", Path: "/v1/accountStoreMappings/{map}", Body: `{"accountStore":{"href":"{base}/groups/{grp}"},"listIndex":0}`, Want: w{"accountStore.href={base}/directories/{dir}"}},
		{Name: "a number of the wrong type", Path: "/v1/accountStoreMappings/{map}", Body: `{"listIndex":"one"}`, Status: 400, Want: w{"code=2004"}},
		{Name: "a fraction", Path: "/v1/accountStoreMappings/{map}", Body: `{"listIndex":1.5}`, Status: 400, Want: w{"code=2004"}},
		{Name: "an empty change is 2000 (safe choice of 2.4)", Method: "POST", Path: "/v1/accountStoreMappings/{map}", Status: 400, Want: w{"code=2000"}},
		{Name: "delete", Method: "DELETE", Path: "/v1/accountStoreMappings/{map}", Status: 204, Events: w{"application.update", "accountStoreMapping.delete"}},
		{Name: "another's cannot be deleted", Method: "DELETE", Path: "/v1/accountStoreMappings/{othermap}", Status: 404},
		{Name: "there is no list of all", Path: "/v1/accountStoreMappings", Status: 405, Want: w{"code=1100"}},
	})
}

// Indexes stay 0 to n-1; a default that is taken leaves its former holder.
func TestMappingOrderStaysDense(t *testing.T) {
	a := api(t)
	at := func(app string, index ...string) row {
		want := w{}
		for i, m := range index {
			want = append(want, "items."+string(rune('0'+i))+".href={base}/accountStoreMappings/{"+m+"}", "items."+string(rune('0'+i))+".listIndex="+string(rune('0'+i)))
		}
		return row{Name: "the order", Path: "/v1/applications/" + app + "/accountStoreMappings", Want: want}
	}
	a.Run(t, []row{
		{Name: "a second", Path: "/v1/accountStoreMappings", Body: mapping + `}`, Status: 201, Keep: "m1", Events: w{"accountStoreMapping.create"}},
		{Name: "a directory", Path: "/v1/directories", Body: `{"name":"Third"}`, Status: 201, Keep: "third", Events: w{"directory.create"}},
		{Name: "a third", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/directories/{third}"},"listIndex":1}`,
			Status: 201, Keep: "m2", Events: w{"accountStoreMapping.create", "accountStoreMapping.update"}},
		at("{app}", "map", "m2", "m1"),
		{Name: "the first goes last", Path: "/v1/accountStoreMappings/{map}", Body: `{"listIndex":2}`, Want: w{"listIndex=2"},
			Events: w{"accountStoreMapping.update", "accountStoreMapping.update", "accountStoreMapping.update"}},
		at("{app}", "m2", "m1", "map"),
		{Name: "another takes the defaults", Path: "/v1/accountStoreMappings/{m2}", Body: `{"isDefaultAccountStore":true,"isDefaultGroupStore":true}`,
			Events: w{"application.update", "accountStoreMapping.update", "accountStoreMapping.update"}},
		{Name: "from who had them", Path: "/v1/accountStoreMappings/{map}", Want: w{"isDefaultAccountStore=false", "isDefaultGroupStore=false"}},
		{Name: "and the application says so", Path: "/v1/applications/{app}", Want: w{"defaultAccountStoreMapping.href={base}/accountStoreMappings/{m2}"}},
		{Name: "a flag set to false promotes nobody", Path: "/v1/accountStoreMappings/{m2}", Body: `{"isDefaultAccountStore":false}`, Events: w{"application.update", "accountStoreMapping.update"}},
		{Name: "so that none is the default", Path: "/v1/applications/{app}", Want: w{"defaultAccountStoreMapping=null"}},
		{Name: "one goes", Method: "DELETE", Path: "/v1/accountStoreMappings/{m2}", Status: 204,
			Events: w{"application.update", "accountStoreMapping.delete", "accountStoreMapping.update", "accountStoreMapping.update"}},
		at("{app}", "m1", "map"),
		{Name: "with the group goes its mapping", Method: "DELETE", Path: "/v1/groups/{grp}", Status: 204,
			Events: w{"accountStoreMapping.delete", "groupMembership.delete", "group.delete", "accountStoreMapping.update"}},
		at("{app}", "map"),
	})
}
