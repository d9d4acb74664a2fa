package cli

import (
	"runtime"
	"testing"
)

func TestServe(t *testing.T) { scripts(t, "serve") }

func TestTwiceTheCoresUnlessTheEnvironmentSays(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	runtime.SetDefaultGOMAXPROCS()
	was := runtime.GOMAXPROCS(0)
	(&Program{Env: []string{"GOMAXPROCS=3"}}).useCores()
	if got := runtime.GOMAXPROCS(0); got != was {
		t.Errorf("got %d, want it left at %d", got, was)
	}
	(&Program{}).useCores()
	(&Program{}).useCores() // as a process does that serves once more
	if got := runtime.GOMAXPROCS(0); got != 2*was {
		t.Errorf("got %d, want %d", got, 2*was)
	}
}

func TestAPathIsOneWordOfTheShell(t *testing.T) {
	for text, want := range map[string]string{
		"./stormkeep_data": "./stormkeep_data", "": "''", "my data": "'my data'", "it's": `'it'\''s'`, "$(rm)": "'$(rm)'", "a;b": "'a;b'", "~x": "'~x'", "a b/c": "'a b/c'",
	} {
		if got := quote(text); got != want {
			t.Errorf("quote(%q) = %s, want %s", text, got, want)
		}
	}
}
