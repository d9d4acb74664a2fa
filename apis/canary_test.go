package apis_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// After all tests, what their apps logged is searched for the secrets they had.
func TestMain(m *testing.M) { os.Exit(coretest.Watched(m)) }

// canary is what stands where a secret may. It is a password by all rules.
const canary = "Canary7Secret9Feather4"

// sung are the forms in which a canary may come out again: as it is, its end, and
// in Base64 with what it was sent with.
var sung = []string{canary, "7Secret9Feather4",
	base64.StdEncoding.EncodeToString([]byte("ann:" + canary)), base64.StdEncoding.EncodeToString([]byte(canary + ":" + canary)),
	strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(canary)), "=")}

// songs is a log that many write.
type songs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *songs) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *songs) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// cage is a populated API whose log and store can be searched.
type cage struct {
	*apitest.API
	log   songs
	store store.Store
}

func newCage(t *testing.T) *cage {
	t.Helper()
	g := &cage{store: mem.Open()}
	prepare := func(app *core.App) {
		app.Log = slog.New(slog.NewJSONHandler(&g.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	g.API = apitest.On(t, g.store, prepare)
	populate(t, g.API)
	return g
}

var secretMember = regexp.MustCompile(`"(password|value|secret|token)":"[^"]*"`)

// secretly is a body with the canary in every member that holds a secret, those
// that the route does not know among them.
func secretly(body string) string {
	if body == "" {
		return ""
	}
	body = secretMember.ReplaceAllStringFunc(body, func(m string) string {
		name := secretMember.FindStringSubmatch(m)[1]
		if name == "value" {
			return `"value":"` + sung[2] + `"`
		}
		return `"` + name + `":"` + canary + `"`
	})
	extra := ""
	for _, name := range []string{"password", "secret", "token", "apiKeySecret", "access_token", "refresh_token", "sptoken", "code", "client_secret"} {
		if !strings.Contains(body, `"`+name+`"`) {
			extra += `,"` + name + `":"` + canary + `"`
		}
	}
	return strings.Replace(strings.TrimSuffix(body, "}")+extra+"}", "{,", "{", 1)
}

var idParts = regexp.MustCompile(`\{(other)?[a-z]+\}`)

// Whatever position a caller puts a secret in, of whatever route, it is not in the
// log at its finest level, in audit, events, jobs or anything else that is kept,
// nor in an error's body.
func TestNoSecretIsLoggedOrKeptFromAnyPositionOfAnyRoute(t *testing.T) {
	g := newCage(t)
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(canary+":"+canary))
	withKey := "Basic " + base64.StdEncoding.EncodeToString([]byte(g.Keys["owner"].ID+":"+canary))
	signed := "SAuthc1 sauthc1Id=" + canary + "/20261121/nonce/sauthc1_request, sauthc1SignedHeaders=host;x-stormpath-date, sauthc1Signature=" + canary
	query := "password=" + canary + "&token=" + canary + "&sptoken=" + canary + "&access_token=" + canary + "&code=" + canary + "&apiKeySecret=" + canary
	answers := 0
	for _, rt := range g.Server.Routes() {
		c := call{method: rt.Method, path: rt.Path}
		if strings.HasPrefix(rt.Path, "/v1/") && !rt.Public {
			c = concrete(t, rt, "")
		}
		if rt.Machine && rt.Method != http.MethodGet && rt.Method != http.MethodDelete {
			c.body = commandBody
			if body := commands[strings.TrimPrefix(rt.Path, "/console/api/")]; body != "" {
				tried := g.raw(t, call{c.method, c.path, strings.ReplaceAll(body, "{CANARY}", canary)}, nil, true)
				silent(t, "what "+rt.Path+" answers to what it takes", tried.body)
				answers++
			}
		}
		var own map[string]string // what shows who calls where nothing else does
		if rt.Console {
			own = maps.Clone(fromConsole)
			own["Cookie"] = "console=" + g.Console(t, "console", g.Owner.ID) // each its own: one route ends it
			if rt.Method == http.MethodPost {
				c.body = "{}"
			}
		}
		with := map[bool]string{true: "&", false: "?"}[strings.Contains(c.path, "?")]
		for position, try := range map[string]struct {
			call
			header map[string]string
		}{
			"Basic, as both":        {c, map[string]string{"Authorization": basic}},
			"Basic, as the secret":  {c, map[string]string{"Authorization": withKey}},
			"Bearer":                {c, map[string]string{"Authorization": "Bearer " + canary}},
			"SAuthc1":               {c, map[string]string{"Authorization": signed}},
			"no scheme":             {c, map[string]string{"Authorization": canary}},
			"cookies":               {c, map[string]string{"Cookie": "access_token=" + canary + "; refresh_token=" + canary + "; __Host-console=" + canary}},
			"the query":             {call{c.method, c.path + with + query, c.body}, nil},
			"an id":                 {call{c.method, idParts.ReplaceAllString(c.path, canary), c.body}, nil},
			"a path that is no one": {call{c.method, c.path + "/" + canary, c.body}, nil},
			"the body":              {call{c.method, c.path, secretly(c.body)}, nil},
			"a body that is broken": {call{c.method, c.path, strings.TrimSuffix(secretly(c.body), "}")}, nil},
		} {
			if strings.HasPrefix(try.path, "/v1/openapi.json") && position == "the query" {
				continue // its answer is a document whose ETag is all it reads
			}
			if rt.Path == "/console/api/tenants" && position == "a path that is no one" {
				continue // it is one: the name of a tenant, which is told back to the terminal that wrote it
			}
			if strings.Contains(rt.Path, "customData") && position == "the body" {
				continue // what a caller keeps there is kept
			}
			if try.header == nil {
				try.header = own
			}
			ans := g.raw(t, try.call, try.header, rt.Machine)
			answers++
			if ans.status >= 500 {
				t.Errorf("%s %s, %s: %d", rt.Method, rt.Path, position, ans.status)
			}
			if ans.status >= 400 {
				silent(t, fmt.Sprintf("the error of %s %s, %s", rt.Method, rt.Path, position), ans.body)
			}
		}
		if rt.Method == http.MethodDelete {
			g.heard(t, rt)
			log := g.log.String()
			if !strings.Contains(log, `"route":"`+rt.Path+`"`) {
				t.Errorf("%s is not in the log at all", rt.Path)
			}
			g = newCage(t) // the records that the next route is about
		}
	}
	g.heard(t, apis.Route{Method: "the", Path: "end"})
	if answers < 1000 {
		t.Errorf("only %d answers were looked at", answers)
	}
}

type rawAnswer struct {
	status int
	body   string
}

// commandBody has every member that some command takes for a secret, or that may hold
// one by mistake.
const commandBody = `{"password":"x","passphrase":"x","identities":"x","key":"x","secret":"x"}`

// commands are what commands take whole, with a secret where they take one.
var commands = map[string]string{
	"administrators":  `{"email":"new@example.com","password":"{CANARY}"}`,
	"backups":         `{"passphrase":"{CANARY}"}`,
	"restore":         `{"passphrase":"{CANARY}","identities":"AGE-SECRET-KEY-{CANARY}","from":"/nowhere/x.age"}`,
	"import/accounts": `{"email":"bob@example.com","password":"{CANARY}"}`,
	"import":          `{"kind":"accounts","secret":"{CANARY}"}`,
}

// raw calls as the owner, or as the machine, whatever the answer is.
func (g *cage) raw(t *testing.T, c call, header map[string]string, machine bool) rawAnswer {
	t.Helper()
	req, err := http.NewRequest(c.method, "http://"+apitest.Host+"/", strings.NewReader(g.Fill(c.body)))
	if err != nil {
		t.Fatal(err)
	}
	req.URL.Opaque = g.Fill(c.path)
	req.Header.Set("Content-Type", "application/json")
	if header[apis.ConsoleHeader] == "" {
		req.Header.Set("Authorization", g.Keys[apitest.Owner].Basic())
	}
	as := apitest.Owner
	if machine {
		as = apitest.Machine
	}
	for name, value := range header {
		req.Header.Set(name, value)
	}
	res, err := g.Send(as, req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(res.Body); err != nil {
		t.Fatal(err)
	}
	if href := tokenHref.FindStringSubmatch(b.String()); href != nil {
		coretest.Known(t, path.Base(href[1]))
	}
	return rawAnswer{res.StatusCode, b.String()}
}

var tokenHref = regexp.MustCompile(`"href":"([^"]*/(?:passwordResetTokens|emailVerificationTokens)/[^"/]+)"`)

// heard searches what is logged and kept.
func (g *cage) heard(t *testing.T, after apis.Route) {
	t.Helper()
	g.Settle(t)
	silent(t, fmt.Sprintf("the log, after %s %s", after.Method, after.Path), g.log.String())
	for key, value := range coretest.Dump(t, g.store) {
		silent(t, fmt.Sprintf("%q of the store, after %s %s", key, after.Method, after.Path), key+value)
	}
}

func silent(t *testing.T, where, text string) {
	t.Helper()
	for _, s := range sung {
		if i := strings.Index(text, s); i >= 0 {
			t.Errorf("%s sings: …%s", where, text[max(0, i-200):min(len(text), i+60)])
			return
		}
	}
}
