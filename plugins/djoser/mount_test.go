package djoser_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/plugins/djoser"
)

type v1 = apitest.Scenario

func plugged(t testing.TB) *apitest.API {
	return apitest.Plugged(t, mem.Open(), apis.Options{}, djoser.Plugin{})
}

func TestMounts(t *testing.T) {
	a := plugged(t)
	const path = "/v1/applications/{app}/djoserMounts"
	made := []string{"directory.create", "passwordStrength.create", "accountStoreMapping.create", "djoserMount.create"}
	a.Run(t, []v1{
		{Name: "make", Path: path, Body: `{"path":"/auth/","version":"0.1","settings":{"DOMAIN":"x.co"}}`, Status: 201, Keep: "mount",
			Want: []string{"path=/auth", "status=ENABLED", "settings.DOMAIN=x.co", "application.href={base}/applications/{app}"}, Not: []string{"tokenKey", "jwtKey"}, Events: made},
		{Name: "in use", Path: path, Body: `{"path":"/auth","version":"2"}`, Status: 409, Want: []string{"code=2001"}},
		{Name: "no version", Path: path, Body: `{"path":"/a"}`, Status: 400, Want: []string{"code=2003"}},
		{Name: "another version", Path: path, Body: `{"path":"/a","version":"1"}`, Status: 400, Want: []string{"code=2003"}},
		{Name: "no path", Path: path, Body: `{"version":"2"}`, Status: 400, Want: []string{"code=2000"}},
		{Name: "at the root", Path: path, Body: `{"path":"/","version":"2"}`, Status: 400, Want: []string{"code=2000"}},
		{Name: "a path that is none", Path: path, Body: `{"path":"auth","version":"2"}`, Status: 400, Want: []string{"code=2006"}},
		{Name: "upwards", Path: path, Body: `{"path":"/a/../v1","version":"2"}`, Status: 400, Want: []string{"code=2006"}},
		{Name: "deep", Path: path, Body: `{"path":"/a/b/c/d/e","version":"2"}`, Status: 400, Want: []string{"code=2006"}},
		{Name: "where the server is", Path: path, Body: `{"path":"/v1/auth","version":"2"}`, Status: 400, Want: []string{"code=2002"}},
		{Name: "where a page is", Path: path, Body: `{"path":"/setup","version":"2"}`, Status: 400, Want: []string{"code=2002"}},
		{Name: "where something is promised to be", Path: path, Body: `{"path":"/login","version":"2"}`, Status: 400, Want: []string{"code=2002"}},
		{Name: "an unknown setting", Path: path, Body: `{"path":"/a","version":"2","settings":{"FOO":1}}`, Status: 400, Want: []string{"code=2015", "FOO"}},
		{Name: "one of the other version", Path: path, Body: `{"path":"/a","version":"2","settings":{"LOGIN_AFTER_ACTIVATION":true}}`, Status: 400, Want: []string{"code=2015"}},
		{Name: "of another type", Path: path, Body: `{"path":"/a","version":"2","settings":{"SEND_ACTIVATION_EMAIL":"yes"}}`, Status: 400, Want: []string{"code=2004"}},
		{Name: "a template that is none", Path: path, Body: `{"path":"/a","version":"2","templates":{"x.html":"x"}}`, Status: 400, Want: []string{"code=2015"}},
		{Name: "the administrators' directory", Path: path, Body: `{"path":"/a","version":"2","directory":{"href":"{base}/directories/{admindir}"}}`, Status: 400, Want: []string{"directory"}},
		{Name: "the administrators' application", Path: "/v1/applications/{adminapp}/djoserMounts", Body: `{"path":"/a","version":"2"}`, Status: 400, Want: []string{"administrators"}},
		{Name: "another tenant's directory", Path: path, Body: `{"path":"/a","version":"2","directory":{"href":"{base}/directories/{otherdir}"}}`, Status: 400, Want: []string{"code=2014"}},
		{Name: "another tenant's application", Path: "/v1/applications/{otherapp}/djoserMounts", Body: `{"path":"/a","version":"2"}`, Status: 404},
		{Name: "support makes none", As: "support", Path: path, Body: `{"path":"/a","version":"2"}`, Status: 403},
		{Name: "of a directory that is mapped", As: "admin", Path: path, Body: `{"path":"/b","version":"2","directory":{"href":"{base}/directories/{dir}"}}`, Status: 201, Keep: "b", Events: []string{"djoserMount.create"}},
		{Name: "list", As: "auditor", Path: path, Want: []string{"size=2", "items.0.path=/auth", "items.1.path=/b"}},
		{Name: "another tenant's", As: "other", Path: path, Status: 404},
		{Name: "read", Path: "/v1/djoserMounts/{mount}?expand=application", Want: []string{`"version":"0.1"`, "application.name=My Application"}},
		{Name: "settings are put to those there are", Path: "/v1/djoserMounts/{mount}", Body: `{"settings":{"SITE_NAME":"X"},"version":"2"}`, Want: []string{"settings.DOMAIN=x.co", "settings.SITE_NAME=X", `"version":"0.1"`}, Events: []string{"djoserMount.update"}},
		{Name: "null takes one out", Path: "/v1/djoserMounts/{mount}", Body: `{"settings":{"DOMAIN":null}}`, Want: []string{"settings.SITE_NAME=X"}, Not: []string{"DOMAIN"}, Events: []string{"djoserMount.update"}},
		{Name: "change badly", Path: "/v1/djoserMounts/{mount}", Body: `{"path":"/b"}`, Status: 409},
		{Name: "another tenant sees none", As: "other", Path: "/v1/djoserMounts/{mount}", Status: 404},
		{Name: "move", Path: "/v1/djoserMounts/{mount}", Body: `{"path":"/c"}`, Want: []string{"path=/c"}, Events: []string{"djoserMount.update"}},
		{Name: "delete", Method: "DELETE", Path: "/v1/djoserMounts/{b}", Status: 204, Events: []string{"djoserMount.delete"}},
		{Name: "no collection of its own", Path: "/v1/djoserMounts", Status: 404},
	})
	s := &site{API: a}
	for path, want := range map[string]int{"/auth/me": 404, "/b/users/me/": 404, "/c/me": 401, "/c/me/": 401, "/cc/me": 404, "/x/c/me": 404, "/C/me": 404} {
		if got := s.call(t, "GET", path, ""); got.status != want {
			t.Errorf("%s: %d, want %d", path, got.status, want)
		}
	}
	a.Sound(t)
}

func TestTheDirectoryOfAMount(t *testing.T) {
	for version, want := range map[string]core.Strength{
		djoser.Old: {MinLength: 1, MaxLength: 255},
		djoser.New: {MinLength: 8, MaxLength: 255, DenyCommon: true, DenyNumeric: true, DenySimilar: true},
	} {
		s := mounted(t, version, "")
		s.View(t, func(tx *core.Tx) error {
			d, err := core.Get(tx, core.ID[core.Directory](s.dir))
			if err != nil {
				return err
			}
			if d.EmailRequired || d.EmailUnique || d.UsernameDefault || !d.UsernameCaseSensitive {
				t.Errorf("%+v", d)
			}
			rules, err := core.Get(tx, core.ID[core.Strength](d.ID))
			if err != nil {
				return err
			}
			if want.Base = rules.Base; *rules != want {
				t.Errorf("djoser %s: %+v", version, rules)
			}
			return nil
		})
	}
}

// A mount goes with its application, and with it all its tokens.
func TestAMountGoesWithWhatOwnsIt(t *testing.T) {
	for _, path := range []string{"/v1/applications/{app}", "/v1/directories/{mdir}", "/v1/djoserMounts/{mount}"} {
		s := mounted(t, djoser.Old, "")
		s.join(t, "john", secret2)
		if ans := s.Do(t, "", "DELETE", path, "", nil); ans.Status != 204 {
			t.Fatalf("%d %s", ans.Status, ans.Body)
		}
		if got := s.call(t, "GET", "/auth/me", ""); got.status != 404 {
			t.Errorf("%s: %d", path, got.status)
		}
		s.Settle(t)
		s.Sound(t)
		s.View(t, func(tx *core.Tx) error {
			page, err := core.List[djoser.DjoserToken](tx, nil, core.Query{})
			if len(page.Items) > 0 {
				t.Errorf("%s leaves %d tokens", path, len(page.Items))
			}
			return err
		})
	}
}
