package apis

import (
	"testing"

	"github.com/stormkeep/stormkeep/core/meter"
)

func TestAnExpositionIsPrometheusText(t *testing.T) {
	h := meter.New(5_000_000, 1_000_000_000)
	for _, v := range []int64{1_000_000, 500_000_000, 2_000_000_000} {
		h.Add(v)
	}
	x := &exposition{}
	x.one("up", gauge, "Whether it is.", 1)
	x.family("took_seconds", histogram, "How long.")
	x.histogram("took_seconds", h.Read(), 1e9, "route", "/a\"\\\n", "method", "GET")
	want := `# HELP up Whether it is.
# TYPE up gauge
up 1
# HELP took_seconds How long.
# TYPE took_seconds histogram
took_seconds_bucket{route="/a\"\\\n",method="GET",le="0.005"} 1
took_seconds_bucket{route="/a\"\\\n",method="GET",le="1"} 2
took_seconds_bucket{route="/a\"\\\n",method="GET",le="+Inf"} 3
took_seconds_sum{route="/a\"\\\n",method="GET"} 2.501
took_seconds_count{route="/a\"\\\n",method="GET"} 3
`
	if got := x.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
