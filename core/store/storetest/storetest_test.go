package storetest_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

// Where no commit is told to fail, Failing is as good an engine as the one under it.
func TestAnEngineThatDoesNotFailKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Store { return storetest.Failing(mem.Open()) })
}
