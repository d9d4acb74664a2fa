package apis_test

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

// What is shown in the frame is written by others: it has no origin, loads nothing from
// elsewhere, and runs no script but the one that the policy names.
func TestTheFrameOfPreviewsIsNobodys(t *testing.T) {
	a := api(t)
	req, err := http.NewRequest(http.MethodGet, "http://"+apitest.Host+"/console/frame", nil)
	if err != nil {
		t.Fatal(err)
	}
	ans, err := a.Send(apitest.Nobody, req)
	if err != nil {
		t.Fatal(err)
	}
	defer ans.Body.Close()
	page, err := io.ReadAll(ans.Body)
	if err != nil {
		t.Fatal(err)
	}
	policy := ans.Header.Get("Content-Security-Policy")
	_, script, _ := strings.Cut(string(page), "<script>")
	script, _, _ = strings.Cut(script, "</script>")
	sum := sha256.Sum256([]byte(script))
	if ans.StatusCode != 200 || !strings.Contains(policy, "script-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		t.Fatalf("%d %s\n%s", ans.StatusCode, policy, string(page))
	}
	for _, want := range []string{"default-src 'none'", "img-src 'self' data:;", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'self'", "sandbox allow-scripts "} {
		if !strings.Contains(policy, want) {
			t.Errorf("no %s in %s", want, policy)
		}
	}
	for _, not := range []string{"allow-same-origin", "allow-top-navigation", "allow-forms", "script-src 'self'", "connect-src", "*"} {
		if strings.Contains(policy, not) {
			t.Errorf("%s in %s", not, policy)
		}
	}
	if strings.Count(string(page), "<script") != 1 || ans.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%v\n%s", ans.Header, string(page))
	}
}
