package cli

import (
	"slices"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/gcra"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// Whatever list passes the check of the setting, the server takes.
func TestAListOfProxiesIsCheckedAsTheServerReadsIt(t *testing.T) {
	for value, ok := range map[string]bool{
		"127.0.0.1": true, "10.0.0.0/8, 127.0.0.1,::1": true, "fd00::/8": true, "0.0.0.0/0": true, "::ffff:10.0.0.1": true, ",": true,
		"proxy": false, "10.0.0.0/33": false, "10.0.0.0/8;::1": false, "fe80::1%eth0": false, "::ffff:10.0.0.0/104": false, "10.0.0.1:80": false,
	} {
		if err := checkProxies(value); (err == nil) != ok {
			t.Errorf("checkProxies(%q) = %v", value, err)
		}
		_, err := apis.New(core.New(mem.Open()), config{TrustedProxies: value}.options("https://id.example.com"))
		if (err == nil) != ok {
			t.Errorf("%q at the server: %v", value, err)
		}
	}
}

func TestAListIsSplitAtItsCommas(t *testing.T) {
	if got := listed(" a, b,,c "); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("%q", got)
	}
}

func TestCountsAreNumbers(t *testing.T) {
	for value, ok := range map[string]bool{"1": true, "50000": true, "0": false, "-1": false, "1e3": false, "4294967296": false, "many": false} {
		if err := checkCount(value); (err == nil) != ok {
			t.Errorf("checkCount(%q) = %v", value, err)
		}
	}
	c, err := resolve(flagsOf(t), []string{"STORMKEEP_MAX_CONNECTIONS=7", "STORMKEEP_MAX_CONNECTIONS_PER_SOURCE=3"})
	if o := c.options(""); err != nil || o.MaxConnections != 7 || o.MaxConnectionsOfSource != 3 {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestRatesAreReadAsTheyAreWritten(t *testing.T) {
	for value, want := range map[string]gcra.Rate{
		"off": {}, "10/s,100": {PerSecond: 10, Burst: 100}, "0.5/s,1": {PerSecond: 0.5, Burst: 1},
	} {
		if got, err := parseRate(value); err != nil || got != want {
			t.Errorf("parseRate(%q) = %+v, %v", value, got, err)
		}
	}
	for _, bad := range []string{"10", "10/s", "10/m,5", "0/s,5", "5/s,0", "-1/s,5", "1e3/s,5", "1/s,5 ", "5,10/s", "on"} {
		if err := checkRate(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// A default spares callers of this machine; a rate that somebody set does not.
func TestADefaultRateIsOnAndSparesThisMachine(t *testing.T) {
	all := apis.Rates{Source: limit("rate-source", ""), Key: limit("rate-key", "")}
	for _, l := range []apis.Limit{all.Source, all.Key} {
		if !l.Limited() || !l.SpareLocal {
			t.Errorf("%+v", all)
		}
	}
	c, err := resolve(flagsOf(t), []string{"STORMKEEP_RATE_SOURCE=off", "STORMKEEP_RATE_KEY=1/s,2"})
	got, set := c.options("").Rates, func(perSecond float64, burst int) apis.Limit {
		return apis.Limit{Rate: gcra.Rate{PerSecond: perSecond, Burst: burst}}
	}
	if err != nil || got != (apis.Rates{Key: set(1, 2)}) {
		t.Errorf("%+v, %v", got, err)
	}
}
