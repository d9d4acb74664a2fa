package apis_test

import (
	"strings"
	"testing"
)

const orgMade = `{"name":"Bank of A","nameKey":"bank-of-a"`

func TestOrganizations(t *testing.T) {
	withDirectory := w{"organization.create", "directory.create", "organization.update", "organizationAccountStoreMapping.create"}
	each(t, []row{
		{Name: "make", Path: "/v1/organizations", Body: orgMade + `,"description":"d","customData":{"a":1}}`, Status: 201,
			Want: w{"name=Bank of A", "nameKey=bank-of-a", "description=d", "status=ENABLED", "defaultAccountStoreMapping=null",
				"defaultGroupStoreMapping=null", "tenant.href={base}/tenants/{tenant}"},
			Not:    w{"epoch"},
			Events: w{"organization.create", "customData.update"}},
		{Name: "make with a directory", Path: "/v1/organizations?createDirectory=True&expand=defaultAccountStoreMapping", Body: orgMade + `}`, Status: 201,
			Want:   w{"defaultAccountStoreMapping.listIndex=0", "defaultAccountStoreMapping.isDefaultAccountStore=true", "defaultAccountStoreMapping.isDefaultGroupStore=true"},
			Events: withDirectory},
		{Name: "make with a directory of a given name", Path: "/v1/organizations?createDirectory=Folks", Body: orgMade + `}`, Status: 201, Events: withDirectory},
		{Name: "make without one", Path: "/v1/organizations?createDirectory=false", Body: orgMade + `}`, Status: 201, Events: w{"organization.create"}},
		{Name: "the directory's name is in use: nothing is made", Path: "/v1/organizations?createDirectory=my%20application%20directory", Body: orgMade + `}`,
			Status: 400, Want: w{"code=4520"}},
		{Name: "createDirectory without a value", Path: "/v1/organizations?createDirectory=", Body: orgMade + `}`, Status: 400, Want: w{"code=2000"}},
		{Name: "a name is required", Path: "/v1/organizations", Body: `{"nameKey":"x"}`, Status: 400,
			Want: w{"code=2000", "message=Organization name is required; it cannot be null, empty, or blank."}},
		{Name: "a nameKey is required", Path: "/v1/organizations", Body: `{"name":"x"}`, Status: 400,
			Want: w{"code=2000", "message=Organization nameKey is required; it cannot be null, empty, or blank."}},
		{Name: "a malformed nameKey is 2006 (safe choice of 8)", Path: "/v1/organizations", Body: `{"name":"x","nameKey":"Bank_of_A"}`, Status: 400, Want: w{"code=2006"}},
		{Name: "a description too long", Path: "/v1/organizations", Body: orgMade + `,"description":"` + strings.Repeat("x", 1001) + `"}`, Status: 400, Want: w{"code=2008"}},
		{Name: "a status that is none", Path: "/v1/organizations", Body: orgMade + `,"status":"ON"}`, Status: 400, Want: w{"code=2003"}},
		{Name: "support makes none", As: "support", Path: "/v1/organizations", Body: orgMade + `}`, Status: 403},
		{Name: "another's is not found", As: "other", Path: "/v1/organizations/{dir}", Status: 404},
	})
}

func TestTheLifeOfAnOrganization(t *testing.T) {
	a := api(t)
	a.Run(t, []row{
		{Name: "make", Path: "/v1/organizations", Body: orgMade + `}`, Status: 201, Keep: "org", Events: w{"organization.create"}},
		{Name: "the name is in use", Path: "/v1/organizations", Body: `{"name":"BANK of a","nameKey":"other"}`, Status: 409, Want: w{"code=2001"}},
		{Name: "the nameKey is in use", Path: "/v1/organizations", Body: `{"name":"Other","nameKey":"bank-of-a"}`, Status: 409, Want: w{"code=2001"}},
		{Name: "another tenant has the same", As: "other", Path: "/v1/organizations", Body: orgMade + `}`, Status: 201, Keep: "otherorg", Events: w{"organization.create"}},
		{Name: "and its own only", Path: "/v1/organizations/{otherorg}", Status: 404},
		{Name: "read", Path: "/v1/organizations/{org}", Want: w{"nameKey=bank-of-a", "description=null", "customData.href={base}/organizations/{org}/customData",
			"accounts.href={base}/organizations/{org}/accounts", "groups.href={base}/organizations/{org}/groups",
			"accountStoreMappings.href={base}/organizations/{org}/accountStoreMappings", "accountLinkingPolicy.href={base}/accountLinkingPolicies/{org}"}},
		{Name: "change", Path: "/v1/organizations/{org}", Body: `{"description":"x","status":"disabled"}`, Want: w{"description=x", "status=DISABLED"}, Events: w{"organization.update"}},
		{Name: "null clears", Path: "/v1/organizations/{org}", Body: `{"description":null,"status":"enabled"}`, Want: w{"description=null", "status=ENABLED"}, Events: w{"organization.update"}},
		{Name: "an empty change is 2000 (safe choice of 2.4)", Method: "POST", Path: "/v1/organizations/{org}", Status: 400, Want: w{"code=2000"}},
		{Name: "custom data", Path: "/v1/organizations/{org}/customData", Body: `{"rank":7}`, Want: w{"rank=7"}, Events: w{"customData.update"}},
		{Name: "the tenant's", Path: "/v1/tenants/{tenant}/organizations", Want: w{"size=1", "items.0.nameKey=bank-of-a"}},
		{Name: "expanded in the tenant", Path: "/v1/tenants/{tenant}?expand=organizations", Want: w{"organizations.items.0.name=Bank of A"}},

		{Name: "no default stores: accounts", Path: "/v1/organizations/{org}/accounts", Body: `{"email":"eve@example.com","password":"Passw0rd1"}`, Status: 400, Want: w{"code=4600"}},
		{Name: "no default stores: groups", Path: "/v1/organizations/{org}/groups", Body: `{"name":"Crew"}`, Status: 400, Want: w{"code=4602"}},
		{Name: "a directory", Path: "/v1/directories", Body: `{"name":"Clerks"}`, Status: 201, Keep: "clerks", Events: w{"directory.create"}},
		{Name: "is its store", Path: "/v1/organizationAccountStoreMappings?expand=organization,accountStore",
			Body:   `{"organization":{"href":"{base}/organizations/{org}"},"accountStore":{"href":"{base}/directories/{clerks}"},"isDefaultAccountStore":"true","isDefaultGroupStore":true}`,
			Status: 201, Keep: "map1", Want: w{"listIndex=0", "organization.nameKey=bank-of-a", "accountStore.name=Clerks", "isDefaultAccountStore=true"},
			Events: w{"organization.update", "organizationAccountStoreMapping.create"}},
		{Name: "a new account", Path: "/v1/organizations/{org}/accounts?expand=directory", Body: `{"email":"eve@example.com","password":"Passw0rd1"}`,
			Status: 201, Keep: "eve", Want: w{"directory.name=Clerks"}, Events: w{"account.create"}},
		{Name: "a new group", Path: "/v1/organizations/{org}/groups", Body: `{"name":"Crew"}`, Status: 201, Keep: "crew",
			Want: w{"directory.href={base}/directories/{clerks}"}, Events: w{"group.create"}},
		{Name: "its accounts", Path: "/v1/organizations/{org}/accounts?email=EVE@example.com", Want: w{"size=1", "items.0.href={base}/accounts/{eve}"}},
		{Name: "its groups", Path: "/v1/organizations/{org}/groups?name=CREW", Want: w{"size=1", "items.0.name=Crew"}},
		{Name: "its mappings", Path: "/v1/organizations/{org}/accountStoreMappings", Want: w{"size=1", "items.0.href={base}/organizationAccountStoreMappings/{map1}"}},
		{Name: "the directory's organizations", Path: "/v1/directories/{clerks}?expand=organizations,organizationMappings",
			Want: w{"organizations.items.0.nameKey=bank-of-a", "organizationMappings.items.0.href={base}/organizationAccountStoreMappings/{map1}"}},
		{Name: "no application has it", Path: "/v1/accounts/{eve}/applications", Want: w{"size=0"}},

		{Name: "an application maps it", Path: "/v1/accountStoreMappings?expand=accountStore",
			Body:   `{"application":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/organizations/{org}"}}`,
			Status: 201, Keep: "outer", Want: w{"listIndex=1", "accountStore.nameKey=bank-of-a"}, Events: w{"accountStoreMapping.create"}},
		{Name: "the application sees its accounts", Path: "/v1/applications/{app}/accounts", Want: w{"size=2", "items.1.href={base}/accounts/{eve}"}},
		{Name: "and finds them", Path: "/v1/applications/{app}/accounts?email=eve@example.com", Want: w{"size=1"}},
		{Name: "and its groups", Path: "/v1/applications/{app}/groups", Want: w{"size=2", "items.1.name=Crew"}},
		{Name: "and is among the account's", Path: "/v1/accounts/{eve}/applications", Want: w{"size=1", "items.0.href={base}/applications/{app}"}},
		{Name: "and the group's", Path: "/v1/groups/{crew}/applications", Want: w{"size=1"}},
		{Name: "and the directory's", Path: "/v1/directories/{clerks}/applications", Want: w{"size=1"}},
		{Name: "which it does not map itself", Path: "/v1/directories/{clerks}/applicationMappings", Want: w{"size=0"}},
		{Name: "it becomes the application's default", Path: "/v1/accountStoreMappings/{outer}", Body: `{"isDefaultAccountStore":true,"isDefaultGroupStore":true}`,
			Events: w{"application.update", "accountStoreMapping.update", "accountStoreMapping.update"}},
		{Name: "so that accounts go to its own", Path: "/v1/applications/{app}/accounts", Body: `{"email":"pat@example.com","password":"Passw0rd1"}`,
			Status: 201, Want: w{"directory.href={base}/directories/{clerks}"}, Events: w{"account.create"}},
		{Name: "and groups", Path: "/v1/applications/{app}/groups", Body: `{"name":"Guard"}`, Status: 201, Want: w{"directory.href={base}/directories/{clerks}"}, Events: w{"group.create"}},
		{Name: "its directory is disabled", Path: "/v1/directories/{clerks}", Body: `{"status":"DISABLED"}`, Events: w{"directory.update"}},
		{Name: "accounts of the organization", Path: "/v1/organizations/{org}/accounts", Body: `{"email":"x@example.com","password":"Passw0rd1"}`, Status: 400, Want: w{"code=4601"}},
		{Name: "groups of the organization", Path: "/v1/organizations/{org}/groups", Body: `{"name":"X"}`, Status: 400, Want: w{"code=4603"}},
		{Name: "accounts of the application", Path: "/v1/applications/{app}/accounts", Body: `{"email":"x@example.com","password":"Passw0rd1"}`, Status: 400, Want: w{"code=5117"}},
		{Name: "groups of the application", Path: "/v1/applications/{app}/groups", Body: `{"name":"X"}`, Status: 400, Want: w{"code=5119"}},
		{Name: "it loses its default", Path: "/v1/organizationAccountStoreMappings/{map1}", Body: `{"isDefaultAccountStore":false,"isDefaultGroupStore":false}`,
			Want: w{"isDefaultAccountStore=false"}, Events: w{"organization.update", "organizationAccountStoreMapping.update"}},
		{Name: "accounts of the application again", Path: "/v1/applications/{app}/accounts", Body: `{"email":"x@example.com","password":"Passw0rd1"}`, Status: 400, Want: w{"code=5116"}},
		{Name: "groups of the application again", Path: "/v1/applications/{app}/groups", Body: `{"name":"X"}`, Status: 400, Want: w{"code=5118"}},
		{Name: "delete", Method: "DELETE", Path: "/v1/organizations/{org}", Status: 204,
			Events: w{"application.update", "accountStoreMapping.delete", "organizationAccountStoreMapping.delete", "organization.delete"}},
		{Name: "it is gone", Path: "/v1/organizations/{org}", Status: 404},
		{Name: "its directory is not", Path: "/v1/directories/{clerks}"},
	})
}

func TestMappingsOfOrganizations(t *testing.T) {
	a := api(t)
	to := func(store, more string) string {
		return `{"organization":{"href":"{base}/organizations/{org}"},"accountStore":{"href":"{base}/` + store + `"}` + more + `}`
	}
	path := "/v1/organizationAccountStoreMappings"
	a.Run(t, []row{
		{Name: "an organization", Path: "/v1/organizations", Body: orgMade + `}`, Status: 201, Keep: "org", Events: w{"organization.create"}},
		{Name: "another", Path: "/v1/organizations", Body: `{"name":"Other","nameKey":"other"}`, Status: 201, Keep: "org2", Events: w{"organization.create"}},
		{Name: "support makes none", As: "support", Path: path, Body: to("groups/{grp}", ""), Status: 403},
		{Name: "a group, with the index of the Go SDK", Path: path, Body: to("groups/{grp}", `,"collectionResourceIndex":5,"isDefaultAccountStore":false,"isDefaultGroupStore":false`),
			Status: 201, Keep: "map1", Want: w{"listIndex=0"}, Events: w{"organizationAccountStoreMapping.create"}},
		{Name: "a directory in front, as the Node SDK sends it", Path: "/v1/accountStoreMappings", Body: to("directories/{dir}", `,"listIndex":"0","isDefaultAccountStore":true`),
			Status: 201, Keep: "map2", Want: w{"listIndex=0", "organization.href={base}/organizations/{org}"}, Not: w{"application"},
			Events: w{"organization.update", "organizationAccountStoreMapping.create", "organizationAccountStoreMapping.update"}},
		{Name: "is one of the organization's", Path: path + "/{map2}", Want: w{"href={base}/organizationAccountStoreMappings/{map2}", "isDefaultAccountStore=true"}},
		{Name: "and none of an application's", Path: "/v1/accountStoreMappings/{map2}", Status: 404},
		{Name: "the default of the organization says so", Path: "/v1/organizations/{org}", Want: w{"defaultAccountStoreMapping.href={base}/organizationAccountStoreMappings/{map2}"}},
		{Name: "in order", Path: "/v1/organizations/{org}/accountStoreMappings", Want: w{"size=2", "items.0.href={base}/organizationAccountStoreMappings/{map2}", "items.1.listIndex=1"}},
		{Name: "mapped already", Path: path, Body: to("directories/{dir}", ""), Status: 400, Want: w{"code=4604"}},
		{Name: "mapped already, as the Node SDK sends it", Path: "/v1/accountStoreMappings", Body: to("directories/{dir}", ""), Status: 400, Want: w{"code=4604"}},
		{Name: "a group as group store", Path: path + "/{map1}", Body: `{"isDefaultGroupStore":true}`, Status: 400, Want: w{"code=4612"}},
		{Name: "an organization in an organization", Path: path, Body: to("organizations/{org2}", ""), Status: 400, Want: w{"code=4614"}},
		{Name: "an unknown store", Path: path, Body: to("groups/nope", ""), Status: 400, Want: w{"code=2014"}},
		{Name: "another tenant's store", Path: path, Body: to("groups/{othergrp}", ""), Status: 400, Want: w{"code=2014"}},
		{Name: "an account is no store", Path: path, Body: to("accounts/{ann}", ""), Status: 400, Want: w{"code=2014"}},
		{Name: "the administrators' directory", Path: path, Body: to("directories/{admindir}", ""), Status: 400},
		{Name: "without an organization", Path: path, Body: `{"accountStore":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2000"}},
		{Name: "without a store", Path: path, Body: `{"organization":{"href":"{base}/organizations/{org}"}}`, Status: 400, Want: w{"code=2000"}},
		{Name: "an unknown organization", Path: path, Body: `{"organization":{"href":"{base}/organizations/x"},"accountStore":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "an application is no organization", Path: path, Body: `{"organization":{"href":"{base}/applications/{app}"},"accountStore":{"href":"{base}/groups/{grp}"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "Stormpath takes no organization", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{adminapp}"},"accountStore":{"href":"{base}/organizations/{org}"}}`, Status: 400},
		{Name: "the last goes first", Path: path + "/{map1}", Body: `{"listIndex":-1}`, Want: w{"listIndex=0"},
			Events: w{"organizationAccountStoreMapping.update", "organizationAccountStoreMapping.update"}},
		{Name: "delete", Method: "DELETE", Path: path + "/{map1}", Status: 204, Events: w{"organizationAccountStoreMapping.delete", "organizationAccountStoreMapping.update"}},
		{Name: "the default goes", Method: "DELETE", Path: path + "/{map2}", Status: 204, Events: w{"organization.update", "organizationAccountStoreMapping.delete"}},
		{Name: "and is null", Path: "/v1/organizations/{org}", Want: w{"defaultAccountStoreMapping=null"}},
	})
}

// ann's login is in the cast's directory, which only the organization maps here.
func TestLoginsThroughAnOrganization(t *testing.T) {
	a := api(t)
	login := func(store string) string {
		return `{"type":"basic","value":"YW5uOlBhc3N3MHJkIQ==","accountStore":` + store + `}`
	}
	path := "/v1/applications/{shop}/loginAttempts"
	reset := "/v1/applications/{shop}/passwordResetTokens"
	refused, in := w{"auth.failure"}, w{"auth.login"}
	a.Run(t, []row{
		{Name: "an application", Path: "/v1/applications", Body: `{"name":"Shop"}`, Status: 201, Keep: "shop", Events: w{"application.create"}},
		{Name: "an organization", Path: "/v1/organizations", Body: orgMade + `}`, Status: 201, Keep: "org", Events: w{"organization.create"}},
		{Name: "another", Path: "/v1/organizations", Body: `{"name":"Other","nameKey":"other"}`, Status: 201, Keep: "org2", Events: w{"organization.create"}},
		{Name: "no stores at all", Path: path, Body: login("null"), Status: 400, Want: w{"code=5105"}},
		{Name: "the application's store", Path: "/v1/accountStoreMappings", Body: `{"application":{"href":"{base}/applications/{shop}"},"accountStore":{"href":"{base}/organizations/{org}"}}`,
			Status: 201, Events: w{"accountStoreMapping.create"}},
		{Name: "an organization without stores", Path: path, Body: login(`{"nameKey":"bank-of-a"}`), Status: 400, Want: w{"code=4605"}},
		{Name: "nobody is in it", Path: path, Body: login("null"), Status: 400, Want: w{"code=7104"}, Events: refused},
		{Name: "the organization's store", Path: "/v1/organizationAccountStoreMappings", Body: `{"organization":{"href":"{base}/organizations/{org}"},"accountStore":{"href":"{base}/directories/{dir}"}}`,
			Status: 201, Events: w{"organizationAccountStoreMapping.create"}},
		{Name: "without a store", Path: path, Body: login("null"), Want: w{"account.href={base}/accounts/{ann}"}, Events: in},
		{Name: "by nameKey", Path: path + "?expand=account", Body: login(`{"nameKey":"bank-of-a"}`), Want: w{"account.username=ann"}, Events: in},
		{Name: "by nameKey in another case", Path: path, Body: login(`{"nameKey":"Bank-Of-A"}`), Events: in},
		{Name: "by the organization's href", Path: path, Body: login(`{"href":"{base}/organizations/{org}"}`), Events: in},
		{Name: "by the directory's href", Path: path, Body: login(`{"href":"{base}/directories/{dir}"}`), Events: in},
		{Name: "by a nameKey that is none", Path: path, Body: login(`{"nameKey":"nobody"}`), Status: 400, Want: w{"code=2014"}},
		{Name: "by a nameKey that is not mapped", Path: path, Body: login(`{"nameKey":"other"}`), Status: 400, Want: w{"code=5114"}},
		{Name: "by a nameKey of the wrong type", Path: path, Body: login(`{"nameKey":7}`), Status: 400, Want: w{"code=2014"}},
		{Name: "another tenant's application", Path: "/v1/applications/{otherapp}/loginAttempts", Body: login(`{"nameKey":"bank-of-a"}`), Status: 404},
		{Name: "a reset by nameKey", Path: reset, Body: `{"email":"ann@example.com","accountStore":{"nameKey":"bank-of-a"}}`, Keep: "token",
			Want: w{"account.href={base}/accounts/{ann}"}, Events: w{"account.resetRequest"}},
		{Name: "a reset by a nameKey that is none", Path: reset, Body: `{"email":"ann@example.com","accountStore":{"nameKey":"nobody"}}`, Status: 400, Want: w{"code=2014"}},
		{Name: "a reset by a nameKey that is not mapped", Path: reset, Body: `{"email":"ann@example.com","accountStore":{"nameKey":"other"}}`, Status: 400, Want: w{"code=5114"}},
		{Name: "the reset's token is good", Path: reset + "/{token}", Body: `{"password":"Passw0rd!"}`, Events: w{"account.update", "account.reset"}},
		{Name: "the organization is disabled", Path: "/v1/organizations/{org}", Body: `{"status":"DISABLED"}`, Events: w{"organization.update"}},
		{Name: "which refuses logins", Path: path, Body: login("null"), Status: 400, Want: w{"code=7107", "developerMessage=Login attempt failed because the Organization is disabled."}, Events: refused},
		{Name: "also by nameKey", Path: path, Body: login(`{"nameKey":"bank-of-a"}`), Status: 400, Want: w{"code=7107"}, Events: refused},
		{Name: "and resets", Path: reset, Body: `{"email":"ann@example.com"}`, Status: 400, Want: w{"code=2016"}},
	})
}
