package apitest

import "testing"

// A client signs, follows redirects and reads answers that are compressed; what is
// no longer what it signed is refused.
func TestAClientSignsWhatItSends(t *testing.T) {
	a := New(t)
	addr := a.Listen(t)
	for _, s := range Signers() {
		c := &Client{Signer: s, Key: a.Keys[Owner], Addr: addr, Now: a.Clock.Now}
		ans := c.Do(t, "GET", s.Target("/v1/tenants/current", "expand", "applications"), "")
		if ans.Status != 200 || ans.Value("href") != "http://"+addr+"/v1/tenants/"+a.Vars["tenant"] {
			t.Errorf("%s: %d %.200s", s.Name, ans.Status, ans.Body)
		}
		r := c.Sign(c.Key, addr, "GET", "/v1/tenants/current", "", c.Now())
		if r.URL.RawQuery = "a=b"; c.Send(t, r).Status != 401 {
			t.Errorf("%s: another query is taken", s.Name)
		}
	}
}
