package cli

import (
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestNamesThatAreAlikeAreReported(t *testing.T) {
	x := &djangoImport{}
	for i, who := range [][2]string{{"ann", "a@x.io"}, {"bob", "A@x.io"}, {"ANN", ""}, {"cat", ""}, {"Ann", "c@x.io"}} {
		if err := x.similar.add(i+1, &core.ImportedAccount{Username: who[0], Email: who[1]}); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.compare(); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(x.report.AlikeCount, x.report.Alike), "2 [{username [ann ANN Ann] [1 3 5]} {email [a@x.io A@x.io] [1 2]}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
