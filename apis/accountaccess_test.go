package apis_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

func TestWhereAnOwnerIsSignedIn(t *testing.T) {
	f := newFront(t)
	f.Person(t, f.dir, "bob@example.com")
	b, away := f.desk(t, "ann.lee@example.com"), f.Browser()
	away.Get(t, "/login")
	in := away.Hidden.Encode() + "&login=ann.lee@example.com&password=" + coretest.Password
	away.Send(t, http.MethodPost, "/login", in, map[string]string{"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"})
	bob := f.desk(t, "bob@example.com")
	p := b.Get(t, "/account/sessions")
	looks(t, "the list", p, 200, "<b>Firefox on Linux</b>", "This device", `<time datetime="`, "Sign out Firefox on Linux", "Sign out all others")
	if n := strings.Count(p.Text, `name="session"`); n != 1 {
		t.Errorf("%d sessions can be ended\n%s", n, p.Text)
	}
	theirs := bob.Cookies["session"][:22]
	for name, id := range map[string]string{"another's": theirs, "none": "x", "no id": "../../x", "long": strings.Repeat("a", 5000)} {
		b.Get(t, "/account/data")
		looks(t, name, b.Post(t, "/account/sessions", map[string]string{"session": id}), 404, "This session is over already.")
	}
	looks(t, "bob", bob.Get(t, "/account/"), 200)
	b.Get(t, "/account/sessions")
	went(t, "one", b.Post(t, "/account/sessions", nil), "/account/sessions?done=ended")
	went(t, "it is over", away.Get(t, "/account/"), "/login?next=%2Faccount%2F")
	p = b.Get(t, "/account/sessions?done=ended")
	looks(t, "told", p, 200, "The device is signed out.")
	if strings.Contains(p.Text, "Sign out all others") {
		t.Error("there are no others")
	}
	c := f.desk(t, "ann.lee@example.com")
	b.Get(t, "/account/data")
	went(t, "all others", b.Post(t, "/account/sessions", nil), "/account/sessions?done=others")
	went(t, "they are over", c.Get(t, "/account/"), "/login?next=%2Faccount%2F")
	looks(t, "this is not", b.Get(t, "/account/sessions"), 200)
	looks(t, "bob is still there", bob.Get(t, "/account/"), 200)
}

// connected has ann agree to what a client asks for, and to be connected while she is
// away.
func (f *front) connected(t *testing.T, name string) (c *core.Client, refresh string) {
	t.Helper()
	f.Update(t, func(tx *core.Tx) error {
		c = core.Make[core.Client]()
		c.Application, c.Name, c.RedirectURIs = f.Application(t, "My Application").ID, name, []string{"https://books.example/cb"}
		if err := core.CreateClient(tx, c); err != nil {
			return err
		}
		r := core.Make[core.Resource]()
		r.Application, r.Name, r.Identifier = c.Application, "Invoices", "https://api.example"
		r.Scopes = []core.ScopeText{{Name: "read", Description: "Read your <b>invoices</b>"}}
		if err := core.Put(tx, r); err != nil {
			return err
		}
		if err := core.GiveConsent(tx, f.ann.ID, c.ID, []string{"openid", "email", "read"}, r); err != nil {
			return err
		}
		done := &core.Done{Account: f.ann, ACR: "pwd", AMR: []string{"pwd"}, AuthTime: core.At(tx.Now)}
		var err error
		if done.Stamp, err = done.Bond(c.Application).Stamp(tx); err != nil {
			return err
		}
		_, s, err := core.OpenSession(tx, done, c.Application)
		if err != nil {
			return err
		}
		code, err := core.NewCode(tx, core.Authorized{Client: c, Session: s, RedirectURI: c.RedirectURIs[0], Scopes: []string{"openid", "email"}, Asked: true, Offline: true})
		if err != nil {
			return err
		}
		got, err := core.Redeem(tx, core.Redemption{Client: c, Code: code})
		if err != nil {
			return err
		}
		refresh, err = got.Grant.NewRefreshToken(tx, c)
		return err
	})
	return c, refresh
}

func TestTheAppsOfAnOwner(t *testing.T) {
	f := newFront(t)
	b := f.desk(t, "ann.lee@example.com")
	looks(t, "none", b.Get(t, "/account/apps"), 200, "No app has asked")
	c, refresh := f.connected(t, `Books <script>`)
	looks(t, "one", b.Get(t, "/account/apps"), 200, "Books &lt;script&gt;", "books.example", "Know that it is you</li>", "See your e-mail address</li>", "Read your &lt;b&gt;invoices&lt;/b&gt;</li>", "Connected while you are away", `name="client" value="`+string(c.ID)+`"`)
	spent := func() error {
		return f.App.Update(core.AsMachine(t.Context(), f.Tenant), func(tx *core.Tx) error {
			got, err := core.Refresh(tx, c, refresh)
			if err == nil {
				refresh = got.Token
			}
			return err
		})
	}
	if err := spent(); err != nil {
		t.Fatal(err)
	}
	bob := f.Person(t, f.dir, "bob@example.com")
	other := f.desk(t, bob.Email)
	other.Get(t, "/account/apps")
	went(t, "somebody else's", other.Post(t, "/account/apps", map[string]string{"client": string(c.ID)}), "/account/apps?done=revoked")
	if err := spent(); err != nil {
		t.Fatal(err)
	}
	b.Get(t, "/account/apps")
	went(t, "disconnected", b.Post(t, "/account/apps", nil), "/account/apps?done=revoked")
	looks(t, "told", b.Get(t, "/account/apps?done=revoked"), 200, "The app is disconnected.", "No app has asked")
	if err := spent(); !core.IsEnded(err) {
		t.Errorf("its grant: %v", err)
	}
}

func TestAnOwnerTakesHerDataAlong(t *testing.T) {
	f := newFront(t)
	f.connected(t, "Books")
	b := f.desk(t, "ann.lee@example.com")
	f.set(t, "/v1/accounts/"+string(f.ann.ID)+"/customData", `{"plan":"pro"}`)
	key := f.Do(t, "", "POST", "/v1/accounts/"+string(f.ann.ID)+"/apiKeys", `{"name":"program"}`, nil)
	looks(t, "the page", b.Get(t, "/account/data"), 200, "Download")
	p := b.Post(t, "/account/data", nil)
	looks(t, "the file", p, 200, `"email": "ann.lee@example.com"`, `"plan": "pro"`, `"directory": "My Application Directory"`, `"client": "Books"`, key.Value("id").(string))
	for name, want := range map[string]string{"Content-Disposition": `attachment; filename="account.json"`, "Cache-Control": "no-store", "Content-Type": "application/json; charset=utf-8", "X-Content-Type-Options": "nosniff"} {
		if got := p.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if !json.Valid([]byte(p.Text)) {
		t.Error(p.Text)
	}
	for _, secret := range []string{coretest.Password, key.Value("secret").(string), b.Cookies["session"][22:], "hash", "secret", "argon2"} {
		if regexp.MustCompile(`(?i)` + regexp.QuoteMeta(secret)).MatchString(p.Text) {
			t.Errorf("it holds %q\n%s", secret, p.Text)
		}
	}
}

// A device is told of in words of ours: what a stranger's program says of itself is shown
// nowhere.
func TestADeviceIsToldOfInWordsOfOurs(t *testing.T) {
	f := newFront(t)
	for agent, says := range map[string]string{
		"":                          "<b>An unknown device</b>",
		"<script>alert(1)</script>": "<b>An unknown device</b>",
		"\u202eknaB ruoY \u2066":    "<b>An unknown device</b>",
		strings.Repeat("x", 3000):   "<b>An unknown device</b>",
		"\u202eFirefox/1 \"><b>":    "<b>Firefox</b>",
		"Linux \xff\xfe":            "<b>Linux</b>",
		"Mozilla/5.0 (Windows NT 10.0) Firefox/128.0 " + strings.Repeat("\u2067", 300): "<b>Firefox on Windows</b>",
	} {
		b, away := f.desk(t, "ann.lee@example.com"), f.Browser()
		away.Get(t, "/login")
		went(t, agent, away.Send(t, http.MethodPost, "/login?next=/account/", away.Hidden.Encode()+"&login=ann.lee@example.com&password="+coretest.Password, map[string]string{"User-Agent": agent}), "/account/")
		p := b.Get(t, "/account/sessions")
		looks(t, agent, p, 200, says, `<p class="small">0.0.0.0</p>`)
		if strings.ContainsAny(p.Text, "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\ufffd") || !utf8.ValidString(p.Text) || strings.Contains(p.Text, "xxxx") {
			t.Errorf("%q: %s", agent, p.Text)
		}
		b.Get(t, "/account/sessions")
		b.Post(t, "/account/sessions", map[string]string{"session": ""})
	}
}

// When a device was last there is told in words, and to the second beside them.
func TestWhenADeviceWasLastSeen(t *testing.T) {
	f := newFront(t)
	f.desk(t, "ann.lee@example.com")
	at := f.Clock.Now().UTC()
	var past time.Duration
	for _, c := range []struct {
		after  time.Duration
		en, de string
	}{
		{0, "just now", "gerade eben"},
		{time.Minute, "a minute ago", "vor einer Minute"},
		{5*time.Minute + 59*time.Second, "5 minutes ago", "vor 5 Minuten"},
		{time.Hour, "an hour ago", "vor einer Stunde"},
		{7 * time.Hour, "7 hours ago", "vor 7 Stunden"},
	} {
		f.Clock.Turn(c.after - past)
		past = c.after
		b := f.desk(t, "ann.lee@example.com")
		for path, says := range map[string]string{"/account/sessions?ui_locales=en": c.en, "/account/sessions?ui_locales=de": c.de} {
			looks(t, path, b.Get(t, path), 200, `<time datetime="`+at.Format("2006-01-02T15:04:05Z")+`" title="`+at.Format("2006-01-02 15:04 UTC")+`">`+says+"</time>")
		}
		b.Get(t, "/account/")
		b.Post(t, "/logout", nil)
	}
}
