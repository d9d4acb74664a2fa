package apitest

import "testing"

// The same things are there in two tenants, and the callers are who they say.
func TestTheCast(t *testing.T) {
	a := New(t)
	for _, name := range []string{"tenant", "app", "adminapp", "dir", "admindir", "grp", "ann", "mem", "map", "key", "own", "ownkey"} {
		if a.Vars[name] == "" || a.Vars["other"+name] == "" || a.Vars[name] == a.Vars["other"+name] {
			t.Errorf("%s is %q here and %q there", name, a.Vars[name], a.Vars["other"+name])
		}
	}
	for _, v := range []struct {
		as     string
		status int
	}{{"owner", 200}, {"", 200}, {"admin", 200}, {"support", 200}, {"auditor", 200}, {"norole", 403}, {"nomanage", 403}, {"accountkey", 401},
		{"wrongsecret", 401}, {"nobody", 401}, {"other", 404}} {
		if got := a.Do(t, v.as, "GET", "/v1/accounts/{ann}", "", nil).Status; got != v.status {
			t.Errorf("%q gets %d, want %d", v.as, got, v.status)
		}
	}
}
