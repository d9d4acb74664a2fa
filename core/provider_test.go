package core_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestAProviderStaysWhatItIs(t *testing.T) {
	w := newWorld(t)
	id := core.ID[core.Provider](directory(t, w, "d").ID)
	for provider, want := range map[string]string{"stormpath": "", "google": "provider_type", "": "provider_type"} {
		wantCode(t, provider, tryChange(w, id, func(p *core.Provider) { p.ProviderID = provider }), want)
	}
	p, err := get(w, id)
	if err != nil || p.ProviderID != core.CloudProvider || p.Revision() != 0 {
		t.Errorf("%+v, %v", p, err)
	}
}
