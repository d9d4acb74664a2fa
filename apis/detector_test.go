package apis_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
)

// Requests of a test come from 0.0.0.0.
func TestTheServerTellsWhatItMadeOfARequest(t *testing.T) {
	world := consoled(t)
	for _, c := range []struct {
		name           string
		trusted        []string
		headers        []string
		verdict, says  string
		source, header string
	}{
		{"straight", nil, nil, "none", "", "0.0.0.0", ""},
		{"a proxy nobody trusts", nil, w{"X-Forwarded-For", "203.0.113.9"}, "untrusted", "--trusted-proxies 0.0.0.0", "0.0.0.0", "203.0.113.9"},
		{"one more proxy", w{"10.0.0.0/8"}, w{"Via", "1.1 proxy"}, "untrusted", "--trusted-proxies 10.0.0.0/8,0.0.0.0", "0.0.0.0", "1.1 proxy"},
		{"a trusted proxy", w{"0.0.0.0"}, w{"X-Forwarded-For", "6.6.6.6, 203.0.113.9"}, "heard", "", "203.0.113.9", "6.6.6.6, 203.0.113.9"},
		{"a trusted proxy that says nothing", w{"0.0.0.0"}, nil, "mute", "", "0.0.0.0", ""},
		{"everybody", w{"0.0.0.0/0"}, w{"X-Forwarded-For", "203.0.113.9"}, "everybody", "", "203.0.113.9", "203.0.113.9"},
		{"a long header", nil, w{"X-Real-Ip", strings.Repeat("x", 1000)}, "untrusted", "--trusted-proxies 0.0.0.0", "0.0.0.0", strings.Repeat("x", 300)},
	} {
		headers := map[string]string{}
		for i := 0; i < len(c.headers); i += 2 {
			headers[c.headers[i]] = c.headers[i+1]
		}
		ans := world.With(t, apis.Options{TrustedProxies: c.trusted}).Do(t, "console", "GET", "/console/api/system", "", headers)
		var got struct {
			Proxy struct {
				Peer, Source, Verdict, Set string
				Sent                       []struct{ Name, Value string }
			}
		}
		if err := json.Unmarshal(ans.Body, &got); err != nil || ans.Status != 200 {
			t.Fatalf("%s: %d %s", c.name, ans.Status, ans.Body)
		}
		p := got.Proxy
		if p.Verdict != c.verdict || p.Set != c.says || p.Source != c.source || p.Peer != "0.0.0.0" || (c.header == "") != (len(p.Sent) == 0) || c.header != "" && p.Sent[0].Value != c.header {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
}

// A proxy on the same machine that says nothing makes all callers one.
func TestASilentProxyIsTold(t *testing.T) {
	a := consoled(t)
	token, err := a.OpenConsole(t, a.Owner.ID)
	if err != nil {
		t.Fatal(err)
	}
	answer := apitest.Raw(t, a.Listen(t), "GET /console/api/system HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: console="+token+"\r\n"+apis.ConsoleHeader+": 1\r\nSec-Fetch-Site: same-origin\r\n\r\n")
	if !strings.Contains(answer, `"verdict":"silent","set":"--trusted-proxies 127.0.0.1"`) {
		t.Error(answer)
	}
}
