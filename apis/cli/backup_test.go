package cli

import "testing"

func TestBackupsAreMadeAndVerified(t *testing.T) { scripts(t, "backup") }

func TestLostSecretsAreNamed(t *testing.T) {
	for want, lost := range map[string]map[string]int{
		"no secret, as there is none yet":     nil,
		"secrets, 2 of ApiKey":                {"ApiKey": 2},
		"secrets, 2 of ApiKey, 1 of Provider": {"Provider": 1, "ApiKey": 2},
	} {
		if got := lostText(lost); got != want {
			t.Errorf("%v: %q, want %q", lost, got, want)
		}
	}
}
