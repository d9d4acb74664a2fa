package apis_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/store"
)

// unset is a server that nobody owns, with a data folder, a backup of it and what opens
// that.
type unset struct {
	*apitest.Browser
	folder       keep.Folder
	link         string
	backup       []byte
	mine, theirs *age.X25519Identity
}

func newUnset(t *testing.T) *unset {
	t.Helper()
	a, folder := inFolder(t)
	key := a.Ring.Encode()
	if err := keep.Directory(folder.Dir).Put(t.Context(), "master.key", strings.NewReader(key), int64(len(key))); err != nil {
		t.Fatal(err)
	}
	u := &unset{folder: folder}
	u.Browser = a.With(t, apis.Options{Keeper: &keep.Keeper{App: a.App, Folder: u.folder}}).Browser()
	u.link = a.Unowned(t)
	for _, id := range []**age.X25519Identity{&u.mine, &u.theirs} {
		next, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		*id = next
	}
	u.take(t)
	return u
}

// take makes the backup.
func (u *unset) take(t *testing.T) {
	t.Helper()
	c, err := keep.Take(t.Context(), u.App, u.folder.Dir, true)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var b bytes.Buffer
	if err := c.WriteTo(&b, keep.Lock{Recipients: []string{u.mine.Recipient().String()}}); err != nil {
		t.Fatal(err)
	}
	u.backup = b.Bytes()
}

// enter comes to the form by the link.
func (u *unset) enter(t *testing.T) {
	t.Helper()
	u.Get(t, "/setup")
	u.Post(t, "/setup/restore", map[string]string{"token": u.link})
	pageTest{200, []string{`action="/setup/backup"`}, nil}.check(t, u.Get(t, "/setup/restore"))
}

// progress is what the script of the form is told.
type progress struct {
	Status   int    `json:"-"`
	ID       string `json:"id"`
	Received int    `json:"received"`
	Piece    int    `json:"piece"`
	Notice   string `json:"notice"`
}

// script asks as the script of the form does.
func (u *unset) script(t *testing.T, path, kind, body string, more ...string) (p progress) {
	t.Helper()
	header := map[string]string{"X-CSRF-TOKEN": u.Hidden.Get("csrfToken"), "Content-Type": kind, "Accept": "application/json"}
	for i := 0; i < len(more); i += 2 {
		header[more[i]] = more[i+1]
	}
	got := u.Send(t, "POST", "/setup/backup/upload"+path, body, header)
	if err := json.Unmarshal([]byte(got.Text), &p); err != nil {
		t.Fatalf("%s: %d %s", path, got.Status, got.Text)
	}
	p.Status = got.Status
	return p
}

func (u *unset) begin(t *testing.T, name string, size int, more ...string) progress {
	t.Helper()
	return u.script(t, "", "application/x-www-form-urlencoded", url.Values{"name": {name}, "size": {fmt.Sprint(size)}}.Encode(), more...)
}

func (u *unset) piece(t *testing.T, id string, at int, piece []byte, more ...string) progress {
	t.Helper()
	return u.script(t, fmt.Sprintf("/%s?at=%d", id, at), "application/octet-stream", string(piece), more...)
}

// sendAhead sends a backup as the script does.
func (u *unset) sendAhead(t *testing.T, file []byte) (id string) {
	t.Helper()
	up := u.begin(t, "mine.age", len(file))
	for up.Status == 200 && up.Received < len(file) {
		up = u.piece(t, up.ID, up.Received, file[up.Received:min(up.Received+up.Piece, len(file))])
	}
	if up.Status != 200 {
		t.Fatalf("%+v", up)
	}
	return up.ID
}

// lying are the files that uploads left in the data folder.
func (u *unset) lying(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(u.folder.Dir, keep.Passing+"*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// send sends the form of the last page, filled in, with a file.
func (u *unset) send(t *testing.T, file []byte, fields ...string) *apitest.Page {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	put := func(name, value string) {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	values := maps.Clone(u.Hidden)
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	for name := range values {
		put(name, values.Get(name))
	}
	name := ""
	if file != nil {
		name = "backup.age"
	}
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(file)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return u.Send(t, "POST", "/setup/backup", b.String(), map[string]string{"Content-Type": w.FormDataContentType()})
}

func (u *unset) waiting(t *testing.T) *keep.Staged {
	t.Helper()
	s, err := u.folder.Waiting()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAServerBeginsFromABackup(t *testing.T) {
	u := newUnset(t)
	pageTest{200, []string{`formaction="/setup/restore"`}, nil}.check(t, u.Get(t, "/setup"))
	pageTest{404, nil, nil}.check(t, u.Get(t, "/setup/restore"))
	pageTest{404, nil, nil}.check(t, u.send(t, u.backup, "identities", u.mine.String()))

	u.Get(t, "/setup")
	pageTest{400, []string{"wrong, too old"}, nil}.check(t, u.Post(t, "/setup/restore", map[string]string{"token": strings.Repeat("0", 65)}))
	pageTest{303, nil, nil}.check(t, u.Post(t, "/setup/restore", map[string]string{"token": "http://localhost/setup#" + u.link}))
	pageTest{200, []string{`action="/setup/backup"`}, []string{u.link}}.check(t, u.Get(t, "/setup/restore"))

	pageTest{200, []string{`value="` + u.link + `"`}, nil}.check(t, u.Get(t, "/setup")) // who goes back pastes nothing again
	u.Get(t, "/setup/restore")

	big := bytes.Repeat([]byte("no backup "), 200_000)
	for _, c := range []struct {
		name   string
		file   []byte
		fields []string
		want   pageTest
	}{
		{"nothing", nil, nil, pageTest{400, []string{"one of the two"}, nil}},
		{"a file and a place", u.backup, []string{"from", "/mnt/one.age", "passphrase", "x"}, pageTest{400, []string{"one of the two", `value="/mnt/one.age"`}, nil}},
		{"no key", u.backup, nil, pageTest{400, []string{"always encrypted"}, nil}},
		{"a wrong passphrase", u.backup, []string{"passphrase", "wr0ng pass"}, pageTest{400, []string{"opens this backup"}, []string{"wr0ng pass"}}},
		{"a wrong identity", u.backup, []string{"identities", u.theirs.String()}, pageTest{400, []string{"opens this backup"}, []string{u.theirs.String()}}},
		{"what is no identity", u.backup, []string{"identities", "AGE"}, pageTest{400, []string{"holds no age identity"}, nil}},
		{"no backup", []byte("hello"), []string{"identities", u.mine.String()}, pageTest{400, []string{"no backup of Stormkeep"}, nil}},
		{"no backup, and large", big, []string{"identities", u.mine.String()}, pageTest{400, []string{"no backup of Stormkeep"}, nil}},
		{"one cut off", u.backup[:len(u.backup)-100], []string{"identities", u.mine.String()}, pageTest{400, []string{"no backup of Stormkeep"}, nil}},
		{"a place that is none", nil, []string{"from", "one.txt", "passphrase", "x"}, pageTest{400, nil, nil}},
		{"a place where nothing is", nil, []string{"from", t.TempDir() + "/one.age", "passphrase", "x"}, pageTest{404, nil, nil}},
	} {
		got := u.send(t, c.file, c.fields...)
		t.Run(c.name, func(t *testing.T) { c.want.check(t, got) })
		if u.waiting(t) != nil {
			t.Fatalf("%s: a restore waits", c.name)
		}
	}
	form := u.Hidden.Get("csrfToken")
	u.Hidden.Set("csrfToken", "of another page")
	pageTest{403, []string{"once more"}, nil}.check(t, u.send(t, u.backup, "identities", u.mine.String()))
	u.Hidden.Set("csrfToken", form)

	pageTest{400, []string{"opens this backup", "backup.age is here already"}, nil}.check(t, u.send(t, u.backup, "identities", u.theirs.String()))
	pageTest{200, []string{"Start the server again", "Tenants: 2"}, []string{u.link}}.check(t, u.send(t, nil, "identities", u.mine.String()))
	if u.waiting(t) == nil {
		t.Fatal("no restore waits")
	}
	if left := u.lying(t); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
	pageTest{404, nil, nil}.check(t, u.Get(t, "/setup"))
	pageTest{404, nil, nil}.check(t, u.send(t, u.backup, "identities", u.mine.String()))
}

// A backup is read only of who holds a live link, and one larger than a form not at all
// of others.
func TestNobodyRestoresWhereAnOwnerIs(t *testing.T) {
	u := newUnset(t)
	u.Get(t, "/setup")
	u.Post(t, "/setup/restore", map[string]string{"token": u.link})
	u.Get(t, "/setup/restore")
	if _, _, err := u.App.SpendSetup(core.As(t.Context(), core.Actor{Kind: core.ByLink, Tenant: u.Tenant}), u.link,
		core.Setup{Email: "hannah@example.com", Password: "correct horse battery", Application: "Larkspur"}); err != nil {
		t.Fatal(err)
	}
	pageTest{404, nil, nil}.check(t, u.send(t, u.backup, "identities", u.mine.String()))
	pageTest{404, nil, nil}.check(t, u.Post(t, "/setup/restore", map[string]string{"token": u.link}))
	if u.waiting(t) != nil {
		t.Error("a restore waits")
	}
	for _, path := range []string{"/setup/backup", "/setup/backup/upload/0351hYxizeYX6IClUB8R63?at=0"} {
		large, err := http.NewRequest(http.MethodPost, "http://"+apitest.Host+path, bytes.NewReader(make([]byte, 1<<20)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := u.Server.Fiber().Test(large); err == nil || !strings.Contains(err.Error(), "body size exceeds") {
			t.Errorf("%s: 1 MiB of a stranger: %v", path, err)
		}
	}
}

// The link of another tenant than the first is none of the whole server, and a server
// without a data folder restores nothing.
func TestALinkOfOneTenantDoesNotRestoreTheServer(t *testing.T) {
	f := newFresh(t)
	pageTest{200, nil, []string{"/setup/restore"}}.check(t, f.Get(t, "/setup"))
	pageTest{404, nil, nil}.check(t, f.Post(t, "/setup/restore", map[string]string{"token": f.link}))

	u := newUnset(t)
	id, err := u.App.CreateTenant(t.Context(), "Fresh", "fresh")
	if err != nil {
		t.Fatal(err)
	}
	other := ""
	if err := u.App.Update(core.AsMachine(t.Context(), id), func(tx *core.Tx) error {
		other, err = core.NewSetupLink(tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	u.Get(t, "/setup")
	pageTest{400, []string{"wrong, too old"}, nil}.check(t, u.Post(t, "/setup/restore", map[string]string{"token": other}))
}

// A backup that no form carries comes in pieces, and need not be sent again with another key.
func TestABackupOfAnySizeIsSentInPieces(t *testing.T) {
	u := newUnset(t)
	fill := make([]byte, 34<<20)
	rand.NewChaCha8([32]byte{1}).Read(fill)
	for _, do := range []func(store.Tx, string) error{
		func(tx store.Tx, key string) error { return tx.Put(key, fill) },
		store.Tx.Delete, // the pages stay in the file, and nothing packs them
	} {
		if err := u.App.Store().Update(t.Context(), func(tx store.Tx) error { return errors.Join(do(tx, "s-/a"), do(tx, "s-/b")) }); err != nil {
			t.Fatal(err)
		}
	}
	u.take(t)
	if len(u.backup) <= 64<<20 {
		t.Fatalf("a backup of %d bytes proves nothing", len(u.backup))
	}
	u.enter(t)
	id := u.sendAhead(t, u.backup)
	if again := u.piece(t, id, 7, []byte("x")); again.Status != 409 || again.ID != id || again.Received != len(u.backup) {
		t.Errorf("a piece that is there: %+v", again)
	}
	lie := u.lying(t)
	if len(lie) != 1 {
		t.Fatalf("%v", lie)
	}
	if info, err := os.Stat(lie[0]); err != nil || info.Size() != int64(len(u.backup)) || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	pageTest{400, []string{"opens this backup", "mine.age is here already", `name="upload" value="` + id + `"`}, nil}.check(t, u.send(t, nil, "upload", id, "identities", u.theirs.String()))
	pageTest{200, []string{"Start the server again"}, nil}.check(t, u.send(t, nil, "identities", u.mine.String()))
	if u.waiting(t) == nil || len(u.lying(t)) > 0 {
		t.Errorf("%v waits, and %v is left", u.waiting(t), u.lying(t))
	}
}

func TestWhatKeepsABackupFromBeingSent(t *testing.T) {
	u := newUnset(t)
	stranger := &unset{Browser: u.API.Browser()}
	u.enter(t)
	id := u.begin(t, "mine.age", 2).ID
	for _, c := range []struct {
		name   string
		got    progress
		status int
		notice string
	}{
		{"by a stranger", stranger.begin(t, "mine.age", 5), 400, "wrong, too old"},
		{"a stranger's piece", stranger.piece(t, id, 0, []byte("ab")), 400, "wrong, too old"},
		{"of another page", u.begin(t, "mine.age", 5, "X-CSRF-TOKEN", "x.y"), 403, "once more"},
		{"of another site", u.piece(t, id, 0, []byte("ab"), "Sec-Fetch-Site", "cross-site"), 403, "another site"},
		{"as JSON", u.piece(t, id, 0, []byte("ab"), "Content-Type", "application/json"), 415, ""},
		{"of no number", u.script(t, "/"+id+"?at=x", "application/octet-stream", "ab"), 400, "whole number"},
		{"of another", u.piece(t, "0351hYxizeYX6IClUB8R63", 0, []byte("ab")), 404, "no longer here"},
		{"too much", u.piece(t, id, 0, []byte("abc")), 409, ""},
		{"not the next", u.piece(t, id, 1, []byte("b")), 409, ""},
		{"nothing of it was taken", u.piece(t, id, 0, []byte("a")), 200, ""},
		{"no file", u.begin(t, "../mine.age", 5), 400, "that of a file"},
		{"an empty one", u.begin(t, "mine.age", 0), 400, "The file is empty."},
		{"no room", u.begin(t, "mine.age", 9e15), 400, "no room for the file"},
		{"no room, in German", u.begin(t, "mine.age", 9e15, "Accept-Language", "de"), 400, "kein Platz"},
	} {
		if c.got.Status != c.status || !strings.Contains(c.got.Notice, c.notice) {
			t.Errorf("%s: %+v, want %d %q", c.name, c.got, c.status, c.notice)
		}
	}
	pageTest{409, []string{"1 of 2 bytes"}, nil}.check(t, u.send(t, nil, "upload", id, "identities", u.mine.String()))
	pageTest{404, []string{"no longer here"}, nil}.check(t, u.send(t, nil, "upload", "0351hYxizeYX6IClUB8R63", "identities", u.mine.String()))
	u.sendAhead(t, []byte("no backup"))
	u.Get(t, "/setup/restore")
	pageTest{400, []string{"no backup of Stormkeep"}, []string{"is here already"}}.check(t, u.send(t, nil, "identities", u.mine.String()))
	if left := u.lying(t); len(left) > 0 {
		t.Errorf("what opens nothing is left: %v", left)
	}
}

// Of a piece whose connection is cut, nothing is kept, and the upload goes on from there.
func TestAnUploadThatIsCutGoesOn(t *testing.T) {
	u := newUnset(t)
	addr := u.Listen(t)
	u.enter(t)
	up := u.begin(t, "mine.age", len(u.backup))
	half := len(u.backup) / 2
	if got := u.piece(t, up.ID, 0, u.backup[:half]); got.Received != half {
		t.Fatalf("%+v", got)
	}
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	cookies := ""
	for name, value := range u.Cookies {
		cookies += name + "=" + value + "; "
	}
	fmt.Fprintf(conn, "POST /setup/backup/upload/%s?at=%d HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nX-CSRF-TOKEN: %s\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n%s",
		up.ID, half, apitest.Host, cookies, u.Hidden.Get("csrfToken"), len(u.backup)-half, u.backup[half:len(u.backup)-9])
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	if got := u.piece(t, up.ID, half, u.backup[half:]); got.Status != 200 || got.Received != len(u.backup) {
		t.Fatalf("%+v", got)
	}
	pageTest{200, []string{"Start the server again"}, nil}.check(t, u.send(t, nil, "upload", up.ID, "identities", u.mine.String()))
}
