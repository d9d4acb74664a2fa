package apis_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
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
	c, err := keep.Take(t.Context(), a.App, folder.Dir, true)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var b bytes.Buffer
	if err := c.WriteTo(&b, keep.Lock{Recipients: []string{u.mine.Recipient().String()}}); err != nil {
		t.Fatal(err)
	}
	u.backup = b.Bytes()
	return u
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
	put("csrfToken", u.Hidden.Get("csrfToken"))
	for i := 0; i < len(fields); i += 2 {
		put(fields[i], fields[i+1])
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

	pageTest{200, []string{"Start the server again", "Tenants: 2"}, []string{u.link}}.check(t, u.send(t, u.backup, "identities", u.mine.String()))
	if u.waiting(t) == nil {
		t.Fatal("no restore waits")
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
	large, err := http.NewRequest(http.MethodPost, "http://"+apitest.Host+"/setup/backup", bytes.NewReader(make([]byte, 2<<20)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.Server.Fiber().Test(large); err == nil || !strings.Contains(err.Error(), "body size exceeds") {
		t.Errorf("2 MiB of a stranger: %v", err)
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
