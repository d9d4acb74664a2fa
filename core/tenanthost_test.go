package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestBaseURLsOfATenant(t *testing.T) {
	tenant := &core.Tenant{}
	for _, bad := range []string{"", "x", "ftp://a.example", "https://", "https://a.example/path", "https://a.example?q", "https://u@a.example", "https://a.example#f", "https://:443", "https://" + strings.Repeat("a", 300)} {
		wantCode(t, bad, tenant.AddAlias(bad), "invalid_format")
	}
	for _, good := range []string{"https://A.example/", "https://a.example", "http://b.example:8080"} {
		ok(t, tenant.AddAlias(good))
	}
	if got := strings.Join(tenant.Aliases, " "); got != "https://a.example http://b.example:8080" {
		t.Error(got)
	}
	ok(t, tenant.RemoveAlias("https://a.EXAMPLE"))
	if err := tenant.RemoveAlias("https://a.example"); !core.IsNotFound(err) {
		t.Error(err)
	}
}
