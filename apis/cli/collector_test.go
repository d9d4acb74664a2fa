package cli

import (
	"runtime/debug"
	"testing"
)

func TestTheCollectorRunsSeldomInAnImportThatIsAloneAndAsBeforeAfterIt(t *testing.T) {
	now := func() (percent int, limit int64) {
		percent = debug.SetGCPercent(100)
		debug.SetGCPercent(percent)
		return percent, debug.SetMemoryLimit(-1)
	}
	percent, limit := now()
	for _, c := range []struct {
		name  string
		env   []string
		alive bool
		want  bool
	}{
		{"alone", nil, false, true},
		{"a server does the work", nil, true, false},
		{"the environment says how often", []string{"GOGC=50"}, false, false},
		{"the environment says how much", []string{"GOMEMLIMIT=100MiB"}, false, false},
	} {
		p := &Program{Env: c.env}
		end := p.seldomCollect(&remote{Alive: c.alive})
		gotPercent, gotLimit := now()
		if got := gotPercent == seldom && gotLimit == seldomUpTo; got != c.want {
			t.Errorf("%s: percent %d, limit %d", c.name, gotPercent, gotLimit)
		}
		end()
		if gotPercent, gotLimit = now(); gotPercent != percent || gotLimit != limit {
			t.Errorf("%s: afterwards percent %d, limit %d, before %d and %d", c.name, gotPercent, gotLimit, percent, limit)
		}
	}
}
