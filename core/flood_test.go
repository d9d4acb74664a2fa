package core_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// Who makes up a name and a source for every try fills the store with the tries of two
// hours and no more: what is older is swept hour by hour, and in the end nothing is left.
func TestClass06_AFloodOfNamesAndSourcesIsForgotten(t *testing.T) {
	st := mem.Open()
	w := worldOn(t, st)
	const tries = 2_000 // an hour
	buckets := func() (n int) {
		for key := range coretest.Dump(t, st) {
			if strings.Contains(key, "/att/") {
				n++
			}
		}
		return n
	}
	for hour := range 5 {
		for i := range tries {
			n := hour*tries + i
			g := core.Guess{Token: fmt.Sprintf("%022dx", n), Source: netip.AddrFrom4([4]byte{byte(1 + n>>16), byte(n >> 8), byte(n), 1})}
			err := w.App.Try(w.Machine(), g, func() error { return core.Errorf(core.NotFound, "not_found", "no") })
			wantCode(t, "a guess", err, "not_found")
		}
		w.App.SweepOld(t.Context())
		if n := buckets(); n < tries || n > 3*2*tries {
			t.Fatalf("after %d hours of %d tries there are %d buckets", hour+1, tries, n)
		}
		w.Clock.Turn(time.Hour)
	}
	w.Clock.Turn(2 * time.Hour)
	w.App.SweepOld(t.Context())
	if n := buckets(); n != 0 {
		t.Errorf("%d buckets are left", n)
	}
}
