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
