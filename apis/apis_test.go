package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// row is one scenario, and w what it wants: tables are read more often than
// written.
type (
	row = apitest.Scenario
	w   = []string
)

// api is a served app whose every answer is held against its OpenAPI document.
func api(t testing.TB) *apitest.API { return hooked(t) }

// hooked is api with hooks bound before its start.
func hooked(t testing.TB, prepare ...func(*core.App)) *apitest.API {
	t.Helper()
	a := apitest.New(t, prepare...)
	judged(t, a, document())
	return a
}

// each runs every row on an API of its own.
func each(t *testing.T, rows []row) {
	t.Helper()
	apitest.Each(t, api, rows)
}
