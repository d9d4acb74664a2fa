package apitest

import "testing"

func TestWhoIsAtTheConsoleCallsByItsCookie(t *testing.T) {
	a := New(t)
	a.Console(t, "chief", a.Owner.ID)
	if ans := a.Do(t, "chief", "GET", "/v1/tenants/current", "", nil); ans.Status != 302 {
		t.Errorf("%d %s", ans.Status, ans.Body)
	}
	if token, err := a.OpenConsole(t, a.Owner.ID); err != nil || token == "" {
		t.Errorf("%q, %v", token, err)
	}
}
