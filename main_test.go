package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"stormkeep": main})
}

func TestTheProgramRuns(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "apis/cli/testdata/version"})
}
