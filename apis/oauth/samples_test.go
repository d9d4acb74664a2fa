package oauth

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/hosted"
)

// One sample of each page has the flow of a client: a template that loses it is refused.
func TestSamplesHaveAFlow(t *testing.T) {
	for name, all := range map[string][]any{"login": LoginSamples("Application"), "consent": ConsentSamples("Application")} {
		flow := ""
		for _, data := range all {
			flow += data.(hosted.Flowing).FormFlow()
		}
		if flow == "" {
			t.Errorf("%s: no sample has one", name)
		}
	}
}
