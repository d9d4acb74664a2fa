package cli

import (
	"testing"
	"time"
)

func TestATimeToKeepIsANumberOfDaysOrForever(t *testing.T) {
	for value, want := range map[string]time.Duration{"1d": day, "400d": 400 * day, "99999d": 99999 * day, "forever": -1} {
		if err := checkDays(value); err != nil || days(value) != want {
			t.Errorf("%s: %v, %v", value, days(value), err)
		}
	}
	for _, value := range []string{"", "0d", "-1d", "1", "1h", "1.5d", "d", "100000d", " 1d", "never", "01d"} {
		if checkDays(value) == nil {
			t.Errorf("%q is taken for %v", value, days(value))
		}
	}
}
