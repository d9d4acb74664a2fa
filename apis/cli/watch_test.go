package cli

import "testing"

func TestMetricsHaveAnAddressOfTheirOwnIfAsked(t *testing.T) { scripts(t, "watch") }

func TestACollectorIsAURL(t *testing.T) {
	for value, ok := range map[string]bool{"http://collector:4318": true, "https://c.example/v1/traces": true, "collector:4318": false, "http://": false,
		"http://u:p@c": false, "http://c?x": false, "http://c#x": false, "ftp://c": false, "": false} {
		if err := checkOTLP(value); (err == nil) != ok {
			t.Errorf("%q: %v", value, err)
		}
	}
}
