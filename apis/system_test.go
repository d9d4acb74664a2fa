package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis"
)

func TestTheConsoleShowsHowTheServerIs(t *testing.T) {
	a := consoled(t).With(t, apis.Options{Engine: "mem", MaxConnections: 30, Version: "v1.2.3"})
	a.Run(t, []row{
		{Name: "to an auditor", As: "console auditor", Path: "/console/api/system", Want: w{"version=v1.2.3", "publicUrl=https://id.example.com", "issuer=https://id.example.com", "ready=true", "checks.0.name=running", "checks.0.ok=true",
			"data.engine=mem", "work.dead=0", "work.most=1000", "connections.most=30", "backup.failures=0", "certificates.#=0", "proxy.verdict=none"}},
		{Name: "to nobody with a key", Path: "/console/api/system", Status: 401},
	})
}
