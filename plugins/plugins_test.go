package plugins

import "testing"

func TestEveryPluginHasANameOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for i, p := range Standard {
		name := p.Name()
		if name == "" || seen[name] {
			t.Errorf("plugin %d has the name %q", i, name)
		}
		seen[name] = true
	}
}
