package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
)

// The engine in memory has no folder: nothing of it can be kept. The scripts of the
// command line have one.
func TestAServerWithoutADataFolderKeepsNothing(t *testing.T) {
	at := "/console/api/"
	api(t).Run(t, []apitest.Scenario{
		{Name: "nothing is known of backups", As: apitest.Machine, Method: "GET", Path: at + "backups", Want: []string{"last=null", "scheduled=null"}},
		{Name: "a backup is noted", As: apitest.Machine, Method: "POST", Path: at + "backups/kept", Status: 204,
			Body: `{"at":"2026-11-22T03:00:00.000Z","place":"/mnt","name":"one.age","size":5}`},
		{Name: "what is no note", As: apitest.Machine, Method: "POST", Path: at + "backups/kept", Status: 400, Body: `{"when":"now"}`},
		{Name: "secrets are counted", As: apitest.Machine, Method: "GET", Path: at + "secrets", Status: 200},
		{Name: "make one", As: apitest.Machine, Method: "POST", Path: at + "backups", Status: 405, Body: `{}`},
		{Name: "what waits", As: apitest.Machine, Method: "GET", Path: at + "restore", Status: 405},
		{Name: "stage", As: apitest.Machine, Method: "POST", Path: at + "restore", Status: 405, Body: `{"from":"/mnt/one.age"}`},
		{Name: "discard", As: apitest.Machine, Method: "DELETE", Path: at + "restore", Status: 405},
		{Name: "compact", As: apitest.Machine, Method: "POST", Path: at + "compact", Status: 405},
	})
}

// inFolder is a server on data that lie in a folder.
func inFolder(t *testing.T) (*apitest.API, keep.Folder) {
	t.Helper()
	open := func(path string) (store.Store, error) { return bolt.Open(path, bolt.Options{}) }
	dir := t.TempDir()
	s, err := open(dir + "/stormkeep.db")
	if err != nil {
		t.Fatal(err)
	}
	a := apitest.On(t, s)
	return a, keep.Folder{Dir: dir, Engine: open, Now: a.Clock.Now, App: func(s store.Store) (*core.App, error) { return core.New(s), nil }}
}
