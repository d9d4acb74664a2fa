package mail_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/mail"
)

// caught is a folder with three messages, and much that is none.
func caught(t *testing.T) *mail.Folder {
	t.Helper()
	f := &mail.Folder{Dir: t.TempDir()}
	for n := range 3 {
		if _, err := f.Send(t.Context(), with(func(m *mail.Message) {
			m.Date, m.Subject = noon.Add(time.Duration(n)*time.Second), []string{"First", "Zweite: Grüße", "Third"}[n]
			m.Text, m.HTML = "Hello.\n\nhttps://id.example/reset?sptoken=abc&x=1.\n", `<p>Hello <a href="https://id.example/reset?sptoken=abc&amp;x=1">here</a> ü`
		})); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"notes.txt", "x.eml", "1.unready", "20261122T120000.000Z-.eml", "20269999T120000.000Z-x1.eml"} {
		if err := os.WriteFile(filepath.Join(f.Dir, name), []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(f.Dir, "20261122T120000.000Z-folder.eml"), 0o700); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Symlink(filepath.Join(f.Dir, "notes.txt"), filepath.Join(f.Dir, "20261122T120000.000Z-linked.eml")); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func TestAFolderListsWhatItCaughtTheNewestFirst(t *testing.T) {
	f := caught(t)
	all, err := f.List()
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	if c := all[0]; c.ID != "20261122T120002.000Z-0f1e-2d3c.1" || c.Mail != "0f1e-2d3c.1" || !c.At.Equal(noon.Add(2*time.Second)) || c.Size < 100 {
		t.Errorf("%+v", c)
	}
	if none, err := (&mail.Folder{Dir: filepath.Join(f.Dir, "nowhere")}).List(); err != nil || none != nil {
		t.Errorf("%v, %v", none, err)
	}
}

func TestAFolderOpensNothingButWhatItCaught(t *testing.T) {
	f := caught(t)
	for _, id := range []string{"", ".", "..", "../notes", "notes.txt", "notes", "x", "/etc/passwd", "20261122T120000.000Z-linked", "20261122T120000.000Z-folder",
		"20261122T120000.000Z-0f1e-2d3c.1.eml", "./20261122T120000.000Z-0f1e-2d3c.1", "20261122T120000.000Z-0f1e-2d3c.1\x00", `..\notes`} {
		if b, _, err := f.Open(id); !errors.Is(err, mail.ErrGone) {
			t.Errorf("%q: %q, %v", id, b, err)
		}
	}
	raw, c, err := f.Open("20261122T120001.000Z-0f1e-2d3c.1")
	if err != nil || c.Size != int64(len(raw)) {
		t.Fatalf("%+v, %v", c, err)
	}
}

func TestACaughtMailIsShownAsPeopleReadIt(t *testing.T) {
	f := caught(t)
	raw, _, err := f.Open("20261122T120001.000Z-0f1e-2d3c.1")
	if err != nil {
		t.Fatal(err)
	}
	s, err := mail.Show(raw)
	if err != nil {
		t.Fatal(err)
	}
	if s.Subject != "Zweite: Grüße" || !strings.Contains(s.To, "@") || !strings.HasPrefix(s.Text, "Hello.\n") || !strings.Contains(s.HTML, "here</a> ü") {
		t.Errorf("%+v", s)
	}
	if want := []string{"https://id.example/reset?sptoken=abc&x=1"}; !slices.Equal(s.Links, want) {
		t.Errorf("%q", s.Links)
	}
	if !slices.ContainsFunc(s.Header, func(h [2]string) bool { return h[0] == "Message-Id" }) {
		t.Errorf("%q", s.Header)
	}
	for _, bad := range []string{"", "no header", "A: b\r\nContent-Type: multipart/alternative\r\n\r\nx", "Content-Transfer-Encoding: base64\r\nContent-Type: text/plain\r\n\r\n%%%"} {
		mail.Show([]byte(bad)) // may be refused, and does not panic
		mail.Glance([]byte(bad))
	}
}

func TestAFolderIsCleared(t *testing.T) {
	f := caught(t)
	if n, err := f.Clear(); n != 3 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if n, err := f.Clear(); n != 0 || err != nil {
		t.Errorf("again: %d, %v", n, err)
	}
	if left := files(t, f.Dir); !slices.Contains(left, "notes.txt") || !slices.Contains(left, "x.eml") {
		t.Errorf("%q", left)
	}
}
