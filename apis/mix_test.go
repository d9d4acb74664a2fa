package apis_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

var (
	mixFor  = flag.Duration("mix", 10*time.Second, "how long clients mix reads, searches, writes and deletes")
	mixSeed = flag.Uint64("mixseed", 0, "of what the clients do; 0 is another each time")
)

// mix is what 64 clients do to one server, and what must be there at the end.
type mix struct {
	t    *testing.T
	base string
	key  apitest.Key
	http *http.Client

	mu       sync.Mutex
	dirs     map[string]map[string]bool // accounts by directory
	groups   map[string]string          // directory by group
	accounts map[string]string          // directory by account
	seen     map[int]int                // answers by status
	next     int
}

// Reads, searches, writes and deletes of owners by many at once: nothing is a fault
// of the server, nothing outlives its owner, and every count is right at the end.
func TestAMixOfClientsLeavesEverythingSound(t *testing.T) {
	a := apitest.New(t)
	seed := *mixSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-mixseed %d", seed)
	m := &mix{t: t, base: "http://" + a.Listen(t) + "/v1", key: a.Keys[apitest.Owner],
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: time.Minute},
		dirs: map[string]map[string]bool{}, groups: map[string]string{}, accounts: map[string]string{}, seen: map[int]int{}}
	for range 8 {
		m.directory()
	}
	end := time.Now().Add(*mixFor)
	var clients sync.WaitGroup
	for n := range uint64(64) {
		clients.Go(func() {
			for r := rand.New(rand.NewPCG(seed, n)); time.Now().Before(end) && !t.Failed(); {
				m.step(r)
			}
		})
	}
	clients.Wait()
	m.http.CloseIdleConnections()
	t.Logf("answers by status: %v", m.seen)
	a.Settle(t)
	a.Sound(t)
	m.compare()
	for _, status := range []int{200, 201, 204, 404} {
		if m.seen[status] == 0 {
			t.Errorf("no answer had status %d: the mix is none", status)
		}
	}
}

// do makes one call and reads the answer. A status of 500 or more is a failure.
func (m *mix) do(method, path, body string) (int, map[string]any) {
	req, err := http.NewRequest(method, m.base+path, bytes.NewReader([]byte(body)))
	if err != nil {
		m.t.Error(err)
		return 0, nil
	}
	req.SetBasicAuth(m.key.ID, m.key.Secret)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := m.http.Do(req)
	if err != nil {
		m.t.Error(err)
		return 0, nil
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	var in map[string]any
	if err == nil && len(b) > 0 {
		err = json.Unmarshal(b, &in)
	}
	if err != nil || res.StatusCode >= 500 {
		m.t.Errorf("%s %s: %d, %v: %.300s", method, path, res.StatusCode, err, b)
	}
	m.mu.Lock()
	m.seen[res.StatusCode]++
	m.mu.Unlock()
	return res.StatusCode, in
}

// made is the path of what a call made, "" if it was refused.
func (m *mix) made(path, body string) string {
	status, in := m.do("POST", path, body)
	href, _ := in["href"].(string)
	if status != 201 || len(href) < len(m.base) {
		return ""
	}
	return href[len(m.base):]
}

func (m *mix) name() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next++
	return fmt.Sprintf("n%d", m.next)
}

func (m *mix) directory() {
	if path := m.made("/directories", `{"name":"`+m.name()+`","customDataIndexes":["v"]}`); path != "" {
		m.mu.Lock()
		m.dirs[path] = map[string]bool{}
		m.mu.Unlock()
	}
}

// any is one of what there is, "" if there is nothing.
func (m *mix) any(r *rand.Rand, keys func() []string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := keys()
	if len(all) == 0 {
		return ""
	}
	return all[r.IntN(len(all))]
}

func keysOf[V any](all map[string]V) func() []string {
	return func() []string {
		keys := make([]string, 0, len(all))
		for k := range all {
			keys = append(keys, k)
		}
		return keys
	}
}

// step is one thing that a client does.
func (m *mix) step(r *rand.Rand) {
	dir, acc, grp := m.any(r, keysOf(m.dirs)), m.any(r, keysOf(m.accounts)), m.any(r, keysOf(m.groups))
	link := func(path string) string { return `{"href":"` + m.base + path + `"}` }
	switch n := r.IntN(100); {
	case n < 18:
		m.do("GET", acc, "")
	case n < 26:
		m.do("GET", dir+"/accounts?limit=10&expand=directory,groups(limit:3)", "")
	case n < 34:
		m.do("GET", dir+"/accounts?q=n"+fmt.Sprint(r.IntN(10))+"&orderBy=surname%20desc", "")
	case n < 40:
		m.do("GET", dir+"/accounts?customData.v=[3,7]&status=ENABLED", "")
	case n < 44:
		m.do("GET", "/tenants/current", "")
	case n < 58:
		m.account(dir, r)
	case n < 66:
		m.do("POST", acc, `{"surname":"S`+fmt.Sprint(r.IntN(100))+`","customData":{"v":`+fmt.Sprint(r.IntN(10))+`}}`)
	case n < 72:
		if path := m.made(dir+"/groups", `{"name":"`+m.name()+`"}`); path != "" {
			m.mu.Lock()
			m.groups[path] = dir
			m.mu.Unlock()
		}
	case n < 84:
		m.do("POST", "/groupMemberships", `{"account":`+link(acc)+`,"group":`+link(grp)+`}`)
	case n < 92:
		if status, _ := m.do("DELETE", acc, ""); status == 204 {
			m.mu.Lock()
			delete(m.dirs[m.accounts[acc]], acc)
			delete(m.accounts, acc)
			m.mu.Unlock()
		}
	case n < 95:
		if status, _ := m.do("DELETE", grp, ""); status == 204 {
			m.mu.Lock()
			delete(m.groups, grp)
			m.mu.Unlock()
		}
	case n < 97:
		m.organization(dir, link)
	case n < 98:
		m.drop(dir)
	default:
		m.directory()
	}
}

func (m *mix) account(dir string, r *rand.Rand) {
	name := m.name()
	path := m.made(dir+"/accounts", `{"email":"`+name+`@example.com","password":"Passw0rd1","surname":"S`+fmt.Sprint(r.IntN(100))+`","customData":{"v":`+fmt.Sprint(r.IntN(10))+`}}`)
	if path == "" {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.dirs[dir] != nil { // else it was made before its directory went
		m.dirs[dir][path], m.accounts[path] = true, dir
	}
}

// organization makes one, maps a directory to it, and deletes it or another.
func (m *mix) organization(dir string, link func(string) string) {
	name := m.name()
	org := m.made("/organizations", `{"name":"`+name+`","nameKey":"`+name+`"}`)
	m.do("POST", "/organizationAccountStoreMappings", `{"organization":`+link(org)+`,"accountStore":`+link(dir)+`,"isDefaultAccountStore":true}`)
	m.do("GET", org+"/accounts?limit=5", "")
	m.do("DELETE", org, "")
}

// drop deletes a directory and with it all that it holds.
func (m *mix) drop(dir string) {
	m.mu.Lock()
	few := len(m.dirs) <= 4
	m.mu.Unlock()
	if few {
		return
	}
	if status, _ := m.do("DELETE", dir, ""); status != 204 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for acc := range m.dirs[dir] {
		delete(m.accounts, acc)
	}
	for grp, d := range m.groups {
		if d == dir {
			delete(m.groups, grp)
		}
	}
	delete(m.dirs, dir)
}

// compare holds what the server shows against what it has acknowledged.
func (m *mix) compare() {
	for dir, want := range m.dirs {
		for _, search := range []string{"?", "?q=n&", "?orderBy=surname&"} {
			got := map[string]bool{}
			for offset, size := 0, 1; offset < size; offset += 100 {
				_, in := m.do("GET", fmt.Sprintf("%s/accounts%slimit=100&offset=%d", dir, search, offset), "")
				n, _ := in["size"].(float64)
				size = int(n)
				if size != len(want) {
					m.t.Errorf("%s/accounts%s: size %d, want %d", dir, search, size, len(want))
				}
				items, _ := in["items"].([]any)
				for _, item := range items {
					href, _ := item.(map[string]any)["href"].(string)
					got[href[len(m.base):]] = true
				}
			}
			if a, b := slices.Sorted(slices.Values(keysOf(got)())), slices.Sorted(slices.Values(keysOf(want)())); !slices.Equal(a, b) {
				m.t.Errorf("%s/accounts%s shows %d accounts, want %d", dir, search, len(a), len(b))
			}
		}
	}
}
