package apitest

import "testing"

func TestWhatAScenarioWants(t *testing.T) {
	ans := answer("GET", 200, `{"name":"Ann","n":12345678901234567890,"none":null,"list":[{"x":true},{"x":"1"}],"o":{"a":[]}}`, "Location", "there")
	for want, ok := range map[string]bool{
		"name=Ann": true, `name="Ann"`: true, "name=Bob": false, "name=": false, "nope=": false, "nope=null": false, "none=null": true,
		"n=12345678901234567890": true, "n=12345678901234567891": false, `n="12345678901234567890"`: false,
		"list.#=2": true, "list.#=3": false, "list.0.x=true": true, "list.1.x=1": false, `list.1.x="1"`: true, "list.2.x=1": false, `list.0={"x":true}`: true,
		"o.a=[]": true, `o={ "a" : [] }`: true, "o.a.b=1": false, "Location=there": true, "Location=elsewhere": false,
		`"name":"Ann"`: true, `"name": "Ann"`: false, "Ann": true, "Bob": false,
	} {
		if err := ans.Has(want); (err == nil) != ok {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestScenariosRun(t *testing.T) {
	rows := []Scenario{
		{Name: "change", Path: "/v1/groups/{grp}", Body: `{"name":"Crew"}`, Want: []string{"name=Crew"}, Not: []string{"Staff"}, Events: []string{"group.update"}},
		{Name: "read", Path: "/v1/groups/{grp}", Keep: "again"},
	}
	a := New(t)
	a.Run(t, rows)
	if a.Vars["again"] != a.Vars["grp"] {
		t.Errorf("kept %q", a.Vars["again"])
	}
	Each(t, func(t testing.TB) *API { return New(t) }, []Scenario{rows[0], rows[0]})
}
