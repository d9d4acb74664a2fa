package core_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
)

// A client is told of the end of a session where it wants to be, and as often as it
// takes; one that is gone, or says that it does not understand, is left alone.
func TestAClientIsToldOfTheEndOfASession(t *testing.T) {
	for _, c := range []struct {
		name   string
		status []int32
		change func(*core.Client)
		calls  int32
		dead   int
	}{
		{"at once", []int32{200}, nil, 1, 0},
		{"at the third try", []int32{503, 500, 204}, nil, 3, 0},
		{"who does not understand", []int32{400}, nil, 1, 1},
		{"who does not want to be", nil, func(c *core.Client) { c.BackchannelLogoutURI = "" }, 0, 0},
		{"who is disabled", nil, func(c *core.Client) { c.Status = core.Disabled }, 0, 0},
	} {
		var calls atomic.Int32
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n := calls.Add(1)
			if r.FormValue("logout_token") == "" || int(n) > len(c.status) {
				t.Errorf("%s: call %d", c.name, n)
				return
			}
			w.WriteHeader(int(c.status[n-1]))
		}))
		defer server.Close()
		sh := newShop(t, newWorld(t, coretest.Private))
		var client *core.Client
		sh.w.Update(t, func(tx *core.Tx) error {
			client = core.Make[core.Client]()
			client.Name, client.Application, client.BackchannelLogoutURI, client.IDTokenAlg = "Web", sh.app.ID, server.URL, "ES256"
			if err := core.CreateClient(tx, client); err != nil {
				return err
			}
			done := &core.Done{Account: sh.ann, AuthTime: core.At(tx.Now)}
			var err error
			if done.Stamp, err = done.Bond(sh.app.ID).Stamp(tx); err != nil {
				return err
			}
			_, s, err := core.OpenSession(tx, done, sh.app.ID)
			if err != nil {
				return err
			}
			if err := s.Join(tx, client.ID); err != nil {
				return err
			}
			if c.change != nil {
				c.change(client)
				if err := core.Put(tx, client); err != nil {
					return err
				}
			}
			return s.End(tx, "test")
		})
		for range 6 {
			sh.w.Settle(t)
			sh.w.Clock.Turn(time.Minute)
		}
		sh.w.Settle(t)
		jobs, dead := pending(t, sh.w)
		for _, j := range jobs {
			if j.Kind == core.LogoutJob {
				t.Errorf("%s: %+v is left", c.name, j)
			}
		}
		if calls.Load() != c.calls || len(dead) != c.dead {
			t.Errorf("%s: %d calls, %d jobs given up", c.name, calls.Load(), len(dead))
		}
	}
}
