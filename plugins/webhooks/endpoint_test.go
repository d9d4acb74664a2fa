package webhooks

import "testing"

func TestWhichTypesAPatternMeans(t *testing.T) {
	e := &WebhookEndpoint{Events: []string{"account.*", "group.create"}}
	for typ, want := range map[string]bool{"account.create": true, "accounts.create": false, "group.create": true, "group.delete": false, "webhook.test": false} {
		if e.wants(typ) != want {
			t.Errorf("%s: want %t", typ, want)
		}
	}
	for p, ok := range map[string]bool{"*": true, "account.*": true, "account.create": true, "": false, "account": false, "*.create": false, "a.b.c": false, "a*": false} {
		if pattern.MatchString(p) != ok {
			t.Errorf("%q: want %t", p, ok)
		}
	}
}
