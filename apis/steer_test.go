package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis"
)

// What callers have drawn of a limit that stays is remembered when others change.
func TestASteeredLimitHoldsAtOnce(t *testing.T) {
	to := apis.Rates{Source: rate(1, 2)}
	a := limited(t, to)
	page := row{Path: "/console/docs/nope", As: "nobody"}
	calls(t, a, page, here, 404, 404, 429)
	a.Server.Steer(apis.Steering{Rates: apis.Rates{Source: rate(1, 2), Key: rate(1, 1)}})
	calls(t, a, page, here, 429)
	calls(t, a, row{Path: "/v1/tenants/current"}, here, 302, 429)
	a.Server.Steer(apis.Steering{Rates: apis.Rates{Source: rate(1, 5)}})
	calls(t, a, page, here, 404, 404, 404, 404, 404, 429)
	calls(t, a, row{Path: "/v1/tenants/current"}, here, 302, 302)
	a.Server.Steer(apis.Steering{})
	calls(t, a, page, here, 404, 404)
}
