package apis_test

import (
	"context"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

func TestACommandActsAsTheMachine(t *testing.T) {
	a := api(t)
	a.Run(t, []apitest.Scenario{
		{Name: "reads", As: apitest.Machine, Method: "GET", Path: "/v1/accounts/{ann}", Status: 200,
			Want: []string{"href=" + apitest.PublicURL + "/v1/accounts/{ann}"}},
		{Name: "an owner's account", As: apitest.Machine, Method: "POST", Path: "/v1/accounts/{own}", Body: `{"givenName":"Olga"}`,
			Events: []string{"account.update"}},
		{Name: "a tenant by its key", As: apitest.Machine, Method: "GET", Path: "/v1/accounts/{otherann}",
			Header: map[string]string{apis.TenantHeader: "OTHER"}},
		{Name: "a tenant by its id", As: apitest.Machine, Method: "GET", Path: "/v1/accounts/{otherann}",
			Header: map[string]string{apis.TenantHeader: "{othertenant}"}},
		{Name: "of the first tenant, another's is not found", As: apitest.Machine, Method: "GET", Path: "/v1/accounts/{otherann}", Status: 404},
		{Name: "no such tenant", As: apitest.Machine, Method: "GET", Path: "/v1/accounts/{ann}",
			Header: map[string]string{apis.TenantHeader: "nobody"}, Status: 404, Want: []string{"no tenant called"}},
	})
	var last core.AuditLine
	a.View(t, func(tx *core.Tx) error {
		for line, err := range tx.AuditLog(0) {
			if err != nil {
				return err
			}
			last = line
		}
		return nil
	})
	if last.Actor.Kind != core.Machine || last.Type != "account.update" {
		t.Errorf("audited as %+v", last)
	}
}

// A caller by the network cannot pass for the machine, whatever it sends.
func TestOnlyTheControlListenerIsTheMachine(t *testing.T) {
	a := api(t)
	for _, header := range []map[string]string{nil, {apis.TenantHeader: "storm-keep"}, {"Host": "control"}} {
		status := http.StatusUnauthorized
		if header["Host"] != "" {
			status = http.StatusMisdirectedRequest // it is no host of ours
		}
		for _, path := range []string{"/v1/accounts/{ann}", "/console/api/nothing"} {
			if ans := a.Do(t, apitest.Nobody, "GET", path, "", header); ans.Status != status {
				t.Errorf("%s with %v: %d", path, header, ans.Status)
			}
		}
	}
}

func TestTheControlListenerEndsWithItsContext(t *testing.T) {
	a := api(t)
	ln, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Server.ServeControl(ctx, ln) }()
	c, err := net.Dial("unix", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Write([]byte("GET /healthz HTTP/1.1\r\nHost: control\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 512)
	if n, err := c.Read(b); err != nil || !strings.HasPrefix(string(b[:n]), "HTTP/1.1 200") {
		t.Errorf("%q, %v", b[:n], err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
