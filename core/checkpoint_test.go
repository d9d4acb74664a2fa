package core_test

import (
	"crypto/ed25519"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
)

func parse[T any](t *testing.T, text string) (v T) {
	t.Helper()
	ok(t, json.Unmarshal([]byte(text), &v))
	return v
}

// A checkpoint proves itself to whoever has the public key, from its JSON alone.
func TestACheckpointIsAuthenticOnlyAsItWasSigned(t *testing.T) {
	onEngines(t, func(t *testing.T, s store.Store) {
		w := worldOn(t, s)
		_, err := w.App.AuditKey(w.Machine())
		wantCode(t, "before the first checkpoint", err, "not_found")
		ok(t, w.App.SealAudit(w.Machine()))
		public, err := w.App.AuditKey(w.As(core.Auditor))
		ok(t, err)
		c := parse[core.AuditCheckpoint](t, js(verify(t, w).Head))
		if !c.Authentic(public) {
			t.Errorf("%s is not authentic", js(c))
		}
		other, _, err := ed25519.GenerateKey(nil)
		ok(t, err)
		if c.Authentic(other) {
			t.Error("it is authentic under another key")
		}
		for name, change := range map[string]func(*core.AuditCheckpoint){
			"tenant": func(c *core.AuditCheckpoint) { c.Tenant += "x" },
			"run":    func(c *core.AuditCheckpoint) { c.Run++ },
			"from":   func(c *core.AuditCheckpoint) { c.From++ },
			"to":     func(c *core.AuditCheckpoint) { c.To++ },
			"count":  func(c *core.AuditCheckpoint) { c.Count++ },
			"prev":   func(c *core.AuditCheckpoint) { c.Prev = c.Lines },
			"lines":  func(c *core.AuditCheckpoint) { c.Lines = c.Prev },
			"at":     func(c *core.AuditCheckpoint) { c.At = core.At(c.At.Add(1e9)) },
			"hash":   func(c *core.AuditCheckpoint) { c.Hash = c.Prev },
			"key":    func(c *core.AuditCheckpoint) { c.Key = "x" },
			"signature": func(c *core.AuditCheckpoint) {
				c.Signature = append([]byte{c.Signature[0] ^ 1}, c.Signature[1:]...)
			},
		} {
			forged := c
			if change(&forged); forged.Authentic(public) {
				t.Errorf("it is authentic with another %s", name)
			}
		}
		if !strings.HasPrefix(string(c.Statement()), "stormkeep audit run 1\n"+string(w.Tenant)+"\n1\n") {
			t.Errorf("%q", c.Statement())
		}
		var stored struct{ Private string }
		stored = parse[struct{ Private string }](t, coretest.Dump(t, s)[under(t, s, w, "audkey")[0]])
		if len(stored.Private) < 60 {
			t.Errorf("the private part is %q", stored.Private)
		}
	})
}
