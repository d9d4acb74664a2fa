package apis_test

import (
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
)

// codes are the warnings at home, in order.
func codes(t *testing.T, a *apitest.API, as string) string {
	t.Helper()
	ans := a.Do(t, as, "GET", "/console/api/stats", "", nil)
	if ans.Status != 200 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	var all []string
	for _, w := range ans.JSON.(map[string]any)["warnings"].([]any) {
		all = append(all, w.(map[string]any)["code"].(string)+"/"+w.(map[string]any)["level"].(string))
	}
	return strings.Join(all, " ")
}

func TestTheConsoleWarnsOfWhatIsWrongNow(t *testing.T) {
	a := consoled(t)
	day := 24 * time.Hour
	backup := func(fn func(*core.BackupState)) { check(t, a.App.NoteBackup(t.Context(), fn)) }
	made := func() { backup(func(s *core.BackupState) { *s = core.BackupState{Last: core.At(a.Clock.Now())} }) }
	cert := func(begins, ends time.Duration) {
		now := a.Clock.Now()
		a.Server.Certificates = func() []apis.Certificate {
			return []apis.Certificate{{Name: "id.example.com", Leaf: &x509.Certificate{NotBefore: now.Add(begins), NotAfter: now.Add(ends)}}}
		}
	}
	for _, step := range []struct {
		name        string
		do          func()
		owner, rest string
	}{
		{"a fresh server", func() {}, "backup_never/warn one_owner/warn", "one_owner/warn"},
		{"a backup is made", made, "one_owner/warn", "one_owner/warn"},
		{"there are two owners", func() {
			a.Update(t, func(tx *core.Tx) error {
				return core.MakeOperator(tx, core.ID[core.Account](a.Vars["admin"]), core.Owner)
			})
		}, "", ""},
		{"backups fail", func() {
			backup(func(s *core.BackupState) { s.Failures, s.Failed = 2, "no room" })
		}, "backup_failed/danger", ""},
		{"they do again", made, "", ""},
		{"a certificate ends soon", func() { cert(-80*day, 10*day) }, "certificate/warn", "certificate/warn"},
		{"it has ended", func() { cert(-90*day, -day) }, "certificate_bad/danger", "certificate_bad/danger"},
		{"it is good", func() { cert(-day, 89*day) }, "", ""},
		{"two days have gone by", func() { a.Clock.Turn(48 * time.Hour) }, "backup_old/danger", ""},
	} {
		step.do()
		a.Console(t, "console", a.Owner.ID)
		a.Console(t, "console auditor", core.ID[core.Account](a.Vars["auditor"]))
		if got := codes(t, a, "console"); got != step.owner {
			t.Errorf("%s: an owner is told %q, want %q", step.name, got, step.owner)
		}
		if got := codes(t, a, "console auditor"); got != step.rest {
			t.Errorf("%s: an auditor is told %q, want %q", step.name, got, step.rest)
		}
	}
}

func TestMailsThatStayAreWarnedOf(t *testing.T) {
	dir := t.TempDir()
	a := hooked(t, func(app *core.App) {
		app.Mail.Use("folder", func(*core.Tx) (mail.Sender, error) { return &mail.Folder{Dir: dir}, nil })
	})
	a.Console(t, "console", a.Owner.ID)
	if got := codes(t, a, "console"); !strings.HasPrefix(got, "backup_never/warn mail_stays/warn") {
		t.Errorf("%q", got)
	}
}

// A key is made anew a day ahead, by itself: one that is over its time says that this fails.
func TestAKeyThatSignsForTooLongIsWarnedOf(t *testing.T) {
	a := consoled(t)
	if ans := a.Do(t, "", "POST", "/v1/signingKeys", `{"alg":"EdDSA"}`, nil); ans.Status != 201 {
		t.Fatalf("%d %s", ans.Status, ans.Body)
	}
	if got := codes(t, a, "console admin"); got != "one_owner/warn" {
		t.Errorf("in its time: %q", got)
	}
	a.Update(t, func(tx *core.Tx) error {
		all, err := core.List(tx, core.SigningKeys, core.Query{})
		if err != nil {
			return err
		}
		k := all.Items[0]
		k.PublishAt = core.At(tx.Now.Add(-91 * 24 * time.Hour))
		k.ActiveFrom = k.PublishAt
		return core.Put(tx, k)
	})
	if got := codes(t, a, "console admin"); got != "key_overdue/warn one_owner/warn" {
		t.Errorf("over it: %q", got)
	}
}
