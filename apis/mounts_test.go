package apis_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/apis/gcra"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/hooks"
)

// perch is a plugin's noun that answers at a path of its own.
type perch struct {
	core.Base[perch]
	Application core.ID[core.Application] `json:"application" api:"ro"`
	At          string                    `json:"at"`
	Note        string                    `json:"note" api:"ro"`
}

var (
	perchesOf = &core.Index[perch]{Name: "app", List: true, Key: func(p *perch) (core.Entry, bool) { return core.Entry{Owner: string(p.Application)}, true }}
	perchAt   = &core.Index[perch]{Name: "at", Rule: core.Unique, Key: func(p *perch) (core.Entry, bool) { return core.Entry{Value: p.At}, true }}
	perches   = &core.Kind[perch]{Name: "perches", Noun: "Perch", Key: "perch", Indexes: []*core.Index[perch]{perchesOf, perchAt}}
)

func (*perch) Kind() *core.Kind[perch] { return perches }
func (p *perch) MountPath() string     { return p.At }
func (p *perch) Owners() []core.Ref    { return []core.Ref{core.RefTo(p.Application)} }
func (p *perch) Check(c *core.Checks)  { c.MountPath("at", &p.At, p) }

// birds is the plugin.
type birds struct{}

func (birds) Name() string { return "birds" }

func (birds) Register(s *apis.Server) error {
	core.Register[perch](s.App)
	core.Mountable(s.App, perchAt)
	apis.Nest(s, "applications", perchesOf, func(_ *core.Tx, p *perch, owner string) error {
		p.Application, p.Note = core.ID[core.Application](owner), "made there"
		return nil
	})
	s.Mount("perches", birds{})
	return nil
}

func (birds) Serve(v *apis.MountVisit) error {
	switch v.Below {
	case "/fail":
		return v.Failed(core.Errorf(core.Unauthenticated, "who", "Who?"))
	case "/who":
		a := core.ActorOf(v.Context("me"))
		return v.SendString(string(a.Kind) + " " + string(a.Account) + " " + a.Client)
	case "/try":
		return v.SendString(v.Source().String())
	}
	return v.SendString("tweet at " + v.Mount.MountPath() + " of " + v.Below)
}

func (birds) Refuse(v *apis.MountVisit, e *core.Error, status int) error {
	return v.SendString("no: " + e.Msg)
}

// ask sends a request to what is not below /v1.
func ask(t *testing.T, a *apitest.API, method, path, host string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, "http://"+host+path, strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	res, err := a.Server.Fiber().Test(req, fiber.TestConfig{Timeout: 0})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

func TestAMountAnswersFromTheMomentItIsMade(t *testing.T) {
	a := apitest.Plugged(t, mem.Open(), apis.Options{}, birds{})
	a.Run(t, []row{
		{Name: "make", Path: "/v1/applications/{app}/perches", Body: `{"at":"/birds","note":"x"}`, Status: 201, Keep: "perch", Want: w{"note=made there", "application.href={base}/applications/{app}"}, Events: w{"perch.create"}},
		{Name: "list", Path: "/v1/applications/{app}/perches", Want: w{"size=1", "items.0.at=/birds", "href={base}/applications/{app}/perches"}},
		{Name: "of an application that is none", Path: "/v1/applications/x/perches", Body: `{"at":"/b"}`, Status: 404},
		{Name: "support makes none", As: "support", Path: "/v1/applications/{app}/perches", Body: `{"at":"/b"}`, Status: 403},
		{Name: "where a route is", Path: "/v1/applications/{app}/perches", Body: `{"at":"/console/x"}`, Status: 400, Want: w{"code=2002"}},
		{Name: "where one will be", Path: "/v1/applications/{app}/perches", Body: `{"at":"/oauth2"}`, Status: 400, Want: w{"code=2002"}},
	})
	for _, c := range []struct {
		method, path string
		status       int
		want         string
	}{
		{"GET", "/birds/x/", 200, "tweet at /birds of /x/"},
		{"PATCH", "/birds", 200, "tweet at /birds of "},
		{"GET", "/birds/who", 200, "door me perches/" + a.Vars["perch"]},
		{"GET", "/birds/fail", 401, "no: Who?"},
		{"GET", "/birdsong", 404, ""},
		{"POST", "/healthz", 405, ""},
		{"GET", "/v1/birds", 401, ""},
	} {
		if status, body := ask(t, a, c.method, c.path, apitest.Host); status != c.status || c.want != "" && body != c.want {
			t.Errorf("%s %s: %d %s", c.method, c.path, status, body)
		}
	}
	a.Run(t, []row{{Name: "move", Path: "/v1/perches/{perch}", Body: `{"at":"/nest/birds"}`, Events: w{"perch.update"}}})
	for path, want := range map[string]int{"/birds": 404, "/nest/birds/x": 200, "/nest": 404} {
		if status, _ := ask(t, a, "GET", path, apitest.Host); status != want {
			t.Errorf("%s: %d, want %d", path, status, want)
		}
	}
	a.Run(t, []row{{Name: "delete", Method: "DELETE", Path: "/v1/perches/{perch}", Status: 204, Events: w{"perch.delete"}}})
	if status, _ := ask(t, a, "GET", "/nest/birds", apitest.Host); status != 404 {
		t.Errorf("deleted: %d", status)
	}
}

// Each tenant's mounts are at its own hosts; those of the first are at the public URL
// too, and on this machine.
func TestWhoseMountsAreAtAHost(t *testing.T) {
	a := apitest.Plugged(t, mem.Open(), apis.Options{}, birds{})
	for _, caller := range []string{"", "other"} {
		ans := a.Do(t, caller, "POST", "/v1/applications/{"+caller+"app}/perches", `{"at":"/of`+caller+`"}`, nil)
		if ans.Status != 201 {
			t.Fatalf("%d %s", ans.Status, ans.Body)
		}
	}
	other := core.ID[core.Tenant](a.Vars["othertenant"])
	if err := a.App.Update(core.AsMachine(t.Context(), other), func(tx *core.Tx) error {
		o, err := core.Get(tx, other)
		if err != nil {
			return err
		}
		if err := o.AddAlias("https://other.example"); err != nil {
			return err
		}
		return core.Put(tx, o)
	}); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[[2]string]int{
		{apitest.Host, "/of"}: 200, {"id.example.com", "/of"}: 200, {"127.0.0.1:9", "/of"}: 200, {apitest.Host, "/ofother"}: 404,
		{"other.example", "/ofother"}: 200, {"other.example", "/of"}: 404, {"unknown.example", "/of"}: 421,
	} {
		if status, _ := ask(t, a, "GET", at[1], at[0]); status != want {
			t.Errorf("%s at %s: %d, want %d", at[1], at[0], status, want)
		}
	}
}

func TestMountsAreMetered(t *testing.T) {
	a := apitest.Plugged(t, mem.Open(), apis.Options{Rates: apis.Rates{
		Source: apis.Limit{Rate: gcra.Rate{PerSecond: 0.01, Burst: 20}}}}, birds{})
	if ans := a.Do(t, "", "POST", "/v1/applications/{app}/perches", `{"at":"/birds"}`, nil); ans.Status != 201 {
		t.Fatalf("%d", ans.Status)
	}
	if status, body := ask(t, a, "GET", "/birds/try", apitest.Host); status != 200 || body != "0.0.0.0" {
		t.Errorf("%d %q", status, body)
	}
	for n := 0; ; n++ {
		if status, _ := ask(t, a, "GET", "/birds/fail", apitest.Host); status == 429 {
			break
		}
		if n == 5 {
			t.Fatal("bad credentials cost nothing")
		}
	}
	for n := 0; ; n++ {
		if status, _ := ask(t, a, "GET", "/nowhere", apitest.Host); status == 429 {
			break
		}
		if n == 5 {
			t.Fatal("a path of nothing costs nothing")
		}
	}
}

func TestRequestHooksHearOfMounts(t *testing.T) {
	a := apitest.Plugged(t, mem.Open(), apis.Options{}, birds{}, quiet{})
	if ans := a.Do(t, "", "POST", "/v1/applications/{app}/perches", `{"at":"/birds"}`, nil); ans.Status != 201 {
		t.Fatalf("%d", ans.Status)
	}
	if status, body := ask(t, a, "GET", "/birds/quiet", apitest.Host); status != 403 || body != "no: Hush." {
		t.Errorf("%d %s", status, body)
	}
}

// quiet is a plugin that refuses a path.
type quiet struct{}

func (quiet) Name() string { return "quiet" }

func (quiet) Register(s *apis.Server) error {
	s.App.Hooks.Request.Before(func(e *core.RequestEvent) error {
		if strings.HasSuffix(e.Path, "/quiet") && e.Actor.Kind == core.Door {
			return core.Errorf(core.Forbidden, "hush", "Hush.")
		}
		return nil
	}, hooks.ID("quiet"))
	return nil
}
