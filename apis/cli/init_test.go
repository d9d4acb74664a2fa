package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestInit(t *testing.T) { scripts(t, "init") }

func TestTheJSONOfInitHoldsTenantApplicationsAndKey(t *testing.T) {
	code, out, stderr := run(t, "", "init", "--data", t.TempDir()+"/data", "--public-url", "https://id.example.com", "--json")
	if code != done || stderr != "" {
		t.Fatal(code, stderr)
	}
	var got struct {
		Tenant       struct{ Href, ID, Name, Key string }
		Applications []struct{ Href, ID, Name string }
		APIKey       struct{ ID, Secret string } `json:"apiKey"`
	}
	d := json.NewDecoder(strings.NewReader(out))
	d.DisallowUnknownFields()
	if err := d.Decode(&got); err != nil {
		t.Fatal(err)
	}
	const base = "https://id.example.com/v1/"
	if x := got.Tenant; x.Href != base+"tenants/"+x.ID || len(x.ID) != 22 || x.Name == "" || x.Key == "" {
		t.Errorf("tenant %+v", x)
	}
	names := []string{}
	for _, a := range got.Applications {
		names = append(names, a.Name)
		if a.Href != base+"applications/"+a.ID || len(a.ID) != 22 {
			t.Errorf("application %+v", a)
		}
	}
	if s := strings.Join(names, ", "); s != "My Application, Stormpath" {
		t.Errorf("applications %s", s)
	}
	if k := got.APIKey; len(k.ID) != 26 || len(k.Secret) < 40 {
		t.Errorf("key id %q, secret of %d characters", k.ID, len(k.Secret))
	}
}

func TestInitUsesTheConfiguredPort(t *testing.T) {
	file := fileOf(t, "http: 127.0.0.1:9099\n")
	code, out, stderr := run(t, "", "init", "--config", file, "--data", t.TempDir(), "--json")
	if code != done || !strings.Contains(out, `"http://localhost:9099/v1/tenants/`) {
		t.Error(code, out, stderr)
	}
}
