package breached_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stormkeep/stormkeep/core/password/breached"
)

func TestWhatIsOnTheList(t *testing.T) {
	for pw, want := range map[string]bool{
		"password": true, "123456": true, "qwertyuiop": true, "passw0rd1": true, "iloveyou1": true, "correcthorsebatterystaple": false,
		"correct horse battery": false, "Password": false, "": false, "\xff": false, "s\u00ebcret:passw0rd": false,
	} {
		if got := breached.Has(pw); got != want {
			t.Errorf("%q: %v, want %v", pw, got, want)
		}
	}
}

func TestFewOthersAreTakenForOneOfTheList(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	wrong := 0
	for range 100_000 {
		if breached.Has("x" + strconv.FormatUint(r.Uint64(), 36) + "!") {
			wrong++
		}
	}
	if wrong > 2 {
		t.Errorf("%d of 100,000", wrong)
	}
}
