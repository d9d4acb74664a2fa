package apis_test

import (
	"errors"
	"maps"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
)

// fewSettings is one setting of each sort, which hold what the console keeps.
type fewSettings struct{ used map[string]core.KeptSetting }

func (f *fewSettings) All(kept map[string]core.KeptSetting) []apis.Setting {
	idle := apis.Setting{Name: "session-idle", Value: "8h", Set: true, Default: "8h", Origin: apis.FromDefault, Live: true, Flag: "--session-idle", Variable: "STORMKEEP_SESSION_IDLE", Key: "session-idle",
		Check: func(value string) error {
			if value == "x" {
				return errors.New("is no time")
			}
			return nil
		}}
	if k, ok := kept["session-idle"]; ok {
		idle.Value, idle.Origin = k.Value, apis.FromConsole
	}
	return []apis.Setting{idle,
		{Name: "log-level", Value: "warn", Set: true, Origin: apis.FromFlag, By: "--log-level", Locked: true, Flag: "--log-level"},
		{Name: "data", Value: "d", Set: true, Bars: apis.BarsStart, Origin: apis.FromFile, By: "data in x.yml", Locked: true, Flag: "--data", Variable: "STORMKEEP_DATA"},
		{Name: "smtp-url", Value: "canary", Secret: true, Set: true, Bars: apis.BarsSecret, Origin: apis.FromEnvironment, By: "STORMKEEP_SMTP_URL", Locked: true},
		{Name: "mail-from", Origin: apis.FromDefault}}
}

func (f *fewSettings) Use(kept map[string]core.KeptSetting) { f.used = maps.Clone(kept) }

func TestTheSettingsOfTheServer(t *testing.T) {
	few := &fewSettings{}
	a := consoled(t).With(t, apis.Options{Settings: few})
	a.Run(t, []row{
		{Name: "are read by an auditor", As: "console auditor", Path: "/console/api/settings", Want: w{"items.#=5", "items.0.name=session-idle", "items.0.value=8h", "items.0.origin=default", "items.0.kept=null",
			"items.1.origin=flag", "items.1.by=--log-level", "items.1.locked=true", "items.2.bars=start", "items.3.set=true", "items.3.value=null", "items.4.set=false", "items.4.value=null"}, Not: w{"canary"}},
		{Name: "and by nobody with a key", Path: "/console/api/settings", Status: 401},
		{Name: "an admin changes none", As: "console admin", Path: "/console/api/settings", Body: `{"session-idle":"1h"}`, Status: 403, Want: w{"error=forbidden"}},
		{Name: "one that there is not", As: "console", Path: "/console/api/settings", Body: `{"session":"1h"}`, Status: 400, Want: w{"error=unknown_field", "field=session"}},
		{Name: "one that is locked", As: "console", Path: "/console/api/settings", Body: `{"log-level":"info"}`, Status: 409, Want: w{"error=locked", "field=log-level", "--log-level"}},
		{Name: "one that is none of the console", As: "console", Path: "/console/api/settings", Body: `{"data":"e"}`, Status: 400, Want: w{"field=data", "STORMKEEP_DATA"}},
		{Name: "a wrong value", As: "console", Path: "/console/api/settings", Body: `{"session-idle":"x"}`, Status: 400, Want: w{"error=invalid_value", "field=session-idle", "is no time"}},
		{Name: "all or nothing", As: "console", Path: "/console/api/settings", Body: `{"session-idle":"1h","log-level":"info"}`, Status: 409},
		{Name: "no text", As: "console", Path: "/console/api/settings", Body: `{"session-idle":1}`, Status: 400, Want: w{"error=wrong_type"}},
		{Name: "no object", As: "console", Path: "/console/api/settings", Body: `[]`, Status: 400},
		{Name: "an owner changes one", As: "console", Path: "/console/api/settings", Body: `{"session-idle":"1h"}`, Want: w{"items.0.value=1h", "items.0.origin=console", "items.0.kept.value=1h", "items.0.kept.by={own}"}},
	})
	if few.used["session-idle"].Value != "1h" {
		t.Errorf("it does not hold: %v", few.used)
	}
	a.View(t, func(tx *core.Tx) error {
		lines, err := tx.AuditPage(0, 1000)
		if last := lines[len(lines)-1]; last.Type != "settings.update" || string(last.After["session-idle"]) != `"1h"` || last.Actor.Role != core.Owner || last.Actor.Kind != core.ByConsole {
			t.Errorf("audited as %+v", last)
		}
		return err
	})
	a.Run(t, []row{
		{Name: "and takes it back", As: "console", Path: "/console/api/settings", Body: `{"session-idle":null,"log-level":null}`, Want: w{"items.0.value=8h", "items.0.kept=null"}},
	})
	a.Clock.Turn(core.StepUp)
	a.Run(t, []row{
		{Name: "late", As: "console", Path: "/console/api/settings", Body: `{"session-idle":"1h"}`, Status: 403, Want: w{"error=step_up"}},
		{Name: "read late", As: "console", Path: "/console/api/settings"},
	})
}

func TestAServerThatNobodyToldOfItsSettingsSaysSo(t *testing.T) {
	consoled(t).Run(t, []row{{Name: "read", As: "console", Path: "/console/api/settings", Status: 405}, {Name: "change", As: "console", Path: "/console/api/settings", Body: `{}`, Status: 405}})
}

// What concerns the whole server is not for the operators of another tenant on it.
func TestTheWholeServerIsForItsFirstTenant(t *testing.T) {
	a := consoled(t).With(t, apis.Options{Settings: &fewSettings{}})
	world := *a.World
	world.Tenant = core.ID[core.Tenant](a.Vars["othertenant"])
	other := *a
	other.World = &world
	other.Update(t, func(tx *core.Tx) error {
		ten, err := core.Get(tx, world.Tenant)
		if err != nil {
			return err
		}
		if err := ten.AddAlias("http://other.example.com"); err != nil {
			return err
		}
		return core.Put(tx, ten)
	})
	token, err := other.OpenConsole(t, core.ID[core.Account](a.Vars["otherown"]))
	if err != nil {
		t.Fatal(err)
	}
	headers := map[string]string{"Host": "other.example.com", "Cookie": "console=" + token, apis.ConsoleHeader: "1", "Sec-Fetch-Site": "same-origin"}
	for path, want := range map[string]int{"me": 200, "settings": 403, "system": 403, "doctor": 403} {
		if ans := a.Do(t, apitest.Nobody, "GET", "/console/api/"+path, "", headers); ans.Status != want || path == "me" && ans.Has("whole=false") != nil {
			t.Errorf("%s: %d %s", path, ans.Status, ans.Body)
		}
	}
	if ans := a.Do(t, "console", "GET", "/console/api/me", "", nil); ans.Has("whole=true") != nil {
		t.Errorf("%s", ans.Body)
	}
}
