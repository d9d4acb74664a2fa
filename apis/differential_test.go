package apis_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/bolt"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

var (
	searches   = flag.Int("searches", 1_000, "how many random searches are answered twice, a fifth of them on a file")
	searchSeed = flag.Uint64("searchseed", 0, "of all choices of the random searches; 0 takes one by chance")
)

// Every search is answered by the server, and by a scan of the JSON of all records
// that goes by the letter of spec 2.6 to 2.8, while records come, change and go.
func TestSearchesAnswerAsAScanOfAllRecordsDoes(t *testing.T) {
	seed := *searchSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	for _, e := range []struct {
		name  string
		share int // of five
		open  func(t *testing.T) store.Store
	}{
		{"mem", 4, func(*testing.T) store.Store { return mem.Open() }},
		{"bolt", 1, func(t *testing.T) store.Store {
			s, err := bolt.Open(filepath.Join(t.TempDir(), "data"), bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}},
	} {
		t.Run(e.name, func(t *testing.T) {
			w := newRecords(t, apitest.On(t, e.open(t)), seed)
			for i := range *searches * e.share / 5 {
				if i%25 == 24 {
					w.change()
				}
				if w.search(); t.Failed() {
					t.Fatalf("seed %d, search %d", seed, i)
				}
			}
			t.Logf("%d searches were refused, %d found nothing, %d found %d", w.refused, w.empty, w.found, w.hits)
			w.Settle(t)
			w.Sound(t)
		})
	}
}

// records are those of a server, as a client has them that never searches.
type records struct {
	*apitest.API
	t     *testing.T
	rnd   *rand.Rand
	known map[string]map[string]any // by path below the base
	lists map[string][]string       // by path of the list
	forms map[string]string         // text → its folded form
	made  int
	jobs  bool // declared paths are perhaps being filed

	refused, empty, found, hits int
}

// call makes a request without the care of API.Do, which takes ten times as long.
func (w *records) call(method, path, body string) (status int, answer []byte) {
	w.t.Helper()
	req, err := http.NewRequest(method, "http://"+apitest.Host+"/", strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	req.URL.Opaque = "/v1/" + path
	req.Header.Set("Authorization", w.Keys[apitest.Owner].Basic())
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := w.Server.Fiber().Test(req, fiber.TestConfig{Timeout: 0})
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	if answer, err = io.ReadAll(res.Body); err != nil {
		w.t.Fatal(err)
	}
	if res.StatusCode >= 500 {
		w.t.Fatalf("%s %s %.300s: %d %s", method, path, body, res.StatusCode, answer)
	}
	return res.StatusCode, answer
}

// answered is a page of a list.
type answered struct {
	Href                string
	Code                int
	Offset, Limit, Size int
	Items               []struct{ Href string }
}

func (w *records) page(path string) (a answered) {
	w.t.Helper()
	_, body := w.call("GET", path, "")
	if err := json.Unmarshal(body, &a); err != nil {
		w.t.Fatalf("%s: %v\n%s", path, err, body)
	}
	return a
}

func below(href string) string { return strings.TrimPrefix(href, apitest.Base+"/") }

// list is what a list holds, by its pages.
func (w *records) list(path string) []string {
	all, ok := w.lists[path]
	if ok {
		return all
	}
	for size := 1; len(all) < size; {
		p := w.page(fmt.Sprintf("%s?limit=100&offset=%d", path, len(all)))
		if size = p.Size; p.Code != 0 || len(p.Items) == 0 && size > len(all) {
			w.t.Fatalf("%s: %+v", path, p)
		}
		for _, item := range p.Items {
			all = append(all, below(item.Href))
		}
	}
	w.lists[path] = all
	return all
}

// record is the JSON of a record, with its custom data.
func (w *records) record(path string) map[string]any {
	if rec, ok := w.known[path]; ok {
		return rec
	}
	query := "?expand=customData"
	if strings.HasPrefix(path, "apiKeys/") {
		query = ""
	}
	status, body := w.call("GET", path+query, "")
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	rec := map[string]any{}
	if err := d.Decode(&rec); err != nil || status != 200 {
		w.t.Fatalf("%s: %d %v %.300s", path, status, err, body)
	}
	w.known[path] = rec
	return rec
}

// search makes a random search of a random list and answers it twice.
func (w *records) search() {
	w.t.Helper()
	path, kind := w.someList()
	if kind == "directories" && w.jobs {
		w.Settle(w.t) // a job changes the directory once its index is complete
		w.jobs = false
		w.forget("directories/")
	}
	hrefs := w.list(path)
	query := w.someQuery(kind, hrefs)
	n := understand(kind, query, w.fold)
	encoded := query.Encode()
	if w.rnd.IntN(2) == 0 {
		encoded = strings.ReplaceAll(encoded, "+", "%20")
	}
	if len(n.wrong) > 0 {
		w.refused++
		if got := w.page(path + "?" + encoded); !n.wrong[got.Code] {
			w.t.Errorf("%s?%s\nanswers %d, and what is wrong with it is %v", path, encoded, got.Code, n.wrong)
		}
		return
	}
	var want []string
	for _, href := range hrefs {
		rec := w.record(href)
		if !slices.ContainsFunc(n.fits, func(fits func(map[string]any) bool) bool { return !fits(rec) }) {
			want = append(want, href)
		}
	}
	slices.SortStableFunc(want, func(a, b string) int { return n.compare(w.record(a), w.record(b)) })
	if len(want) == 0 {
		w.empty++
	} else {
		w.found++
		w.hits += len(want)
	}
	w.pages(path, encoded, want, n)
}

func (w *records) fold(s string) string {
	form, ok := w.forms[s]
	if !ok {
		form = core.Fold(s)
		w.forms[s] = form
	}
	return form
}

// pages reads the pages of a search and holds them against what was wanted: all in
// order, of those alike any first, and each once.
func (w *records) pages(path, query string, want []string, n *naive) {
	w.t.Helper()
	limit := 1 + w.rnd.IntN(8)
	if w.rnd.IntN(4) == 0 {
		limit = 1 + w.rnd.IntN(100)
	}
	offsets := []int{0}
	for at := limit; at < len(want); at += limit {
		offsets = append(offsets, at)
	}
	if len(offsets) > 3 {
		offsets = []int{0, limit, w.rnd.IntN(len(want) + 3)}
	}
	if w.rnd.IntN(20) == 0 {
		offsets = append(offsets, len(want)+w.rnd.IntN(2))
	}
	index := make(map[string]bool, len(want))
	for _, href := range want {
		index[href] = true
	}
	asked := path + "?" + query
	seen := map[int]string{}
	for _, offset := range offsets {
		p := w.page(fmt.Sprintf("%s&limit=%d&offset=%d", asked, limit, offset))
		size := min(max(len(want)-offset, 0), limit)
		if p.Code != 0 || p.Size != len(want) || p.Href != apitest.Base+"/"+path || p.Offset != offset || p.Limit != limit || len(p.Items) != size {
			w.t.Errorf("%s\nanswers %d items of %d at %d, limit %d, href %s, code %d\nwant %d of %d%s", asked,
				len(p.Items), p.Size, p.Offset, p.Limit, p.Href, p.Code, size, len(want), w.missing(p, index))
			return
		}
		for i, item := range p.Items {
			href := below(item.Href)
			switch seen[offset+i] = href; {
			case !index[href]:
				w.t.Errorf("%s\nfinds %s, which is no match:\n%.1500s", asked, href, show(w.record(href)))
				return
			case n.compare(w.record(href), w.record(want[offset+i])) != 0:
				w.t.Errorf("%s\nhas at %d\n%.700s\nwant\n%.700s", asked, offset+i, show(w.keys(n, href)), show(w.keys(n, want[offset+i])))
				return
			}
		}
	}
	once := map[string]int{}
	for at, href := range seen {
		if before, ok := once[href]; ok {
			w.t.Errorf("%s\nfinds %s at %d and at %d", asked, href, before, at)
		}
		once[href] = at
	}
}

// missing shows one that should be found and is not.
func (w *records) missing(p answered, want map[string]bool) string {
	left := map[string]bool{}
	for href := range want {
		left[href] = true
	}
	for _, item := range p.Items {
		if delete(left, below(item.Href)); !want[below(item.Href)] {
			return fmt.Sprintf("\nfound, and no match: %.1500s", show(w.record(below(item.Href))))
		}
	}
	for href := range left {
		return fmt.Sprintf("\nmaybe missing: %.1500s", show(w.record(href)))
	}
	return ""
}

// keys is by what a record is ordered.
func (w *records) keys(n *naive, href string) (keys []string) {
	for _, o := range n.order {
		keys = append(keys, fmt.Sprintf("%+q", fmt.Sprint(o.key(w.record(href)))))
	}
	return keys
}

func show(rec any) string {
	b, _ := json.Marshal(rec)
	return string(b)
}

// forget drops what is known of records below a path.
func (w *records) forget(path string) {
	for known := range w.known {
		if strings.HasPrefix(known, path) {
			delete(w.known, known)
		}
	}
}

// some is one of all, by chance.
func some[T any](rnd *rand.Rand, all ...T) T { return all[rnd.IntN(len(all))] }
