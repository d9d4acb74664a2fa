package apis_test

import (
	"encoding/json"
	"testing"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// visit is what one request to a page cost and said.
type visit struct {
	coretest.Work
	hashes   uint64
	status   int
	location string
}

const wrongPassword = "Wr0ng passw0rd"

// visited sends a form, or JSON, several times, each once what the one before left is
// done. Of kim, off and una the last two cannot sign in.
func visited(t *testing.T, path string, html bool, who string, tries int) (all []visit) {
	t.Helper()
	v := coretest.CountAtDoors(mem.Open())
	f := &front{API: apitest.Plugged(t, v, apis.Options{})}
	f.dir = f.Directory(t, "My Application Directory").ID
	f.verifies(t)
	for name, status := range map[string]core.Status{"kim": core.Enabled, "off": core.Disabled, "una": core.Unverified} {
		acc := f.Person(t, f.dir, name+"@example.com")
		f.Update(t, func(tx *core.Tx) error {
			acc, err := core.Get(tx, acc.ID)
			if err != nil {
				return err
			}
			acc.Status = status
			return core.Put(tx, acc)
		})
	}
	fieldsOf := func(who string) map[string]string {
		switch path {
		case "/login":
			return map[string]string{"login": who + "@example.com", "password": wrongPassword}
		case "/register":
			return map[string]string{"email": who + "@example.com", "password": wrongPassword, "givenName": "A", "surname": "B"}
		}
		return map[string]string{"email": who + "@example.com"}
	}
	b := f.Browser()
	send := func(who string) *apitest.Page {
		if html {
			return b.Post(t, path, fieldsOf(who))
		}
		body, _ := json.Marshal(fieldsOf(who))
		return f.json(t, "POST", path, string(body))
	}
	b.Get(t, path)
	send("first") // what is read once is read
	for range tries {
		f.Settle(t)
		if html {
			b.Get(t, path)
		}
		before, hashes := v.Counting.Work(), f.App.Passwords.Count()
		p := send(who)
		all = append(all, visit{v.Counting.Since(before), f.App.Passwords.Count() - hashes, p.Status, p.Header.Get("Location")})
	}
	return all
}

// A wrong password costs the same reads, writes and hashes whoever's it is not, also once
// it is held back.
func TestClass15_APageOfSigningInCostsTheSameForAll(t *testing.T) {
	for _, html := range []bool{true, false} {
		want := visited(t, "/login", html, "nobody", 7)
		if want[4].hashes != 1 || want[4].Commits != 1 || want[5].hashes != 0 || want[5].Commits != 0 || want[5].status != 429 {
			t.Errorf("nobody: %+v", want)
		}
		for _, who := range []string{"kim", "off", "una"} {
			for i, got := range visited(t, "/login", html, who, 7) {
				if got != want[i] {
					t.Errorf("html %t: try %d of %s: %+v, want %+v", html, i+1, who, got, want[i])
				}
			}
		}
	}
}

// Whoever asks for a mail has one job written, whoever the mail is for.
func TestClass15_APageThatSendsAMailCostsTheSameForAll(t *testing.T) {
	for _, path := range []string{"/forgot", "/verify"} {
		for _, html := range []bool{true, false} {
			want := visited(t, path, html, "nobody", 1)[0]
			if want.hashes != 0 || want.Commits != 1 || want.Writes != 1 {
				t.Errorf("%s: %+v", path, want)
			}
			for _, who := range []string{"kim", "off", "una"} {
				if got := visited(t, path, html, who, 1)[0]; got != want {
					t.Errorf("%s, html %t: %+v of %s, want %+v", path, html, got, who, want)
				}
			}
		}
	}
}

// A new account is one hash and one commit, and so is a mail to who has one already. That
// an account has more to be written than a mail alone is left: it is within the one
// commit, and bounded. JSON tells who is there, as the protocol has it.
func TestClass15_ThePageOfNewAccountsHashesAndCommitsAlike(t *testing.T) {
	const more = 30 // keys of an account beside its mail
	fresh := visited(t, "/register", true, "new", 1)[0]
	if fresh.hashes != 1 || fresh.Commits != 1 {
		t.Errorf("a new one: %+v", fresh)
	}
	first := visited(t, "/register", true, "kim", 1)[0]
	for _, who := range []string{"kim", "off", "una"} {
		got := visited(t, "/register", true, who, 1)[0]
		if got != first {
			t.Errorf("%s: %+v, want %+v", who, got, first)
		}
		if got.hashes != fresh.hashes || got.Commits != fresh.Commits || got.status != fresh.status || got.location != fresh.location ||
			got.Gets > fresh.Gets || got.Scans > fresh.Scans || got.Writes > fresh.Writes || fresh.Gets-got.Gets > more || fresh.Writes-got.Writes > more {
			t.Errorf("%s: %+v, and a new one %+v", who, got, fresh)
		}
	}
}
