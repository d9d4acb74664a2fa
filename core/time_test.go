package core_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

func TestAnInstantIsShownInUTCWithMilliseconds(t *testing.T) {
	zone := time.FixedZone("x", 3600)
	for in, want := range map[time.Time]string{
		{}: "null",
		time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC):         `"2026-01-02T03:04:05.000Z"`,
		time.Date(2026, 1, 2, 3, 4, 5, 987654321, time.UTC): `"2026-01-02T03:04:05.987Z"`,
		time.Date(2026, 1, 2, 0, 4, 5, 0, zone):             `"2026-01-01T23:04:05.000Z"`,
	} {
		if got := js(core.Time{Time: in}); got != want {
			t.Errorf("%v: %s, want %s", in, got, want)
		}
		var back core.Time
		if err := json.Unmarshal([]byte(want), &back); err != nil || js(back) != want {
			t.Errorf("%s comes back as %s, %v", want, js(back), err)
		}
	}
	for _, bad := range []string{`7`, `""`, `"yesterday"`, `{}`, `"2026-01-02"`, `true`} {
		var back core.Time
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s was read as %v", bad, back)
		}
	}
}

func TestAnInstantReadsAsTheGeneralFormatterWritesIt(t *testing.T) {
	for _, at := range []time.Time{
		time.Date(2026, 1, 2, 3, 4, 5, 6_000_000, time.UTC), time.Date(1999, 12, 31, 23, 59, 59, 999_999_999, time.UTC),
		time.Date(2024, 2, 29, 12, 0, 0, 0, time.FixedZone("east", 5*3600+1800)), time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC),
		time.Date(9999, 12, 31, 0, 0, 0, 120_000_000, time.UTC), time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		want := at.UTC().Format(`"2006-01-02T15:04:05.000Z"`)
		if got := string(core.Time{Time: at}.AppendJSON(nil)); got != want {
			t.Errorf("%v reads %s, want %s", at, got, want)
		}
	}
}
