package cli

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestADjangoSiteComesOver(t *testing.T) { scripts(t, "django") }

// login signs somebody in to My Application over /v1: login KEYS LOGIN PASSWORD STATUS.
func login(ts *testscript.TestScript, _ bool, args []string) {
	parts := map[string]string{}
	for _, m := range keyLine.FindAllStringSubmatch(ts.ReadFile(args[0]), -1) {
		parts[m[1]] = m[2]
	}
	call := func(method, path, body string) (status int, answer []byte) {
		req, err := http.NewRequest(method, "http://"+ts.Getenv("ADDR")+path, strings.NewReader(body))
		ts.Check(err)
		req.SetBasicAuth(parts["id"], parts["secret"])
		req.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(req)
		ts.Check(err)
		defer res.Body.Close()
		answer, err = io.ReadAll(res.Body)
		ts.Check(err)
		return res.StatusCode, answer
	}
	path := func(href string) string {
		at, err := url.Parse(href)
		ts.Check(err)
		return at.Path
	}
	var tenant struct{ Href string }
	_, answer := call("GET", "/v1/tenants/current", "")
	ts.Check(json.Unmarshal(answer, &tenant))
	_, answer = call("GET", path(tenant.Href)+"/applications?name="+url.QueryEscape("My Application"), "")
	var found struct{ Items []struct{ Href string } }
	ts.Check(json.Unmarshal(answer, &found))
	if len(found.Items) != 1 {
		ts.Fatalf("applications: %s", answer)
	}
	body, err := json.Marshal(map[string]string{"type": "basic", "value": base64.StdEncoding.EncodeToString([]byte(args[1] + ":" + args[2]))})
	ts.Check(err)
	status, answer := call("POST", path(found.Items[0].Href)+"/loginAttempts", string(body))
	if got := strconv.Itoa(status); got != args[3] {
		ts.Fatalf("%s: %s, want %s\n%s", args[1], got, args[3], answer)
	}
}
