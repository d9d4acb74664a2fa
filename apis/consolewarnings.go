package apis

import (
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
)

// warning is something that is wrong now.
type warning struct {
	Code  string     `json:"code"`
	Level string     `json:"level"` // "danger" where people or their data are at risk, else "warn"
	Name  string     `json:"name"`  // of what it is about
	Count int        `json:"count"`
	At    *core.Time `json:"at"` // since when, or from when on; null where that is not known
}

// The codes of warnings. What mends each, the console and the handbook say.
const (
	warnMailStays    = "mail_stays"      // mails do not leave the machine
	warnJobsLost     = "jobs_lost"       // jobs were given up
	warnOneOwner     = "one_owner"       // nobody can take the only owner's place
	warnKeyOverdue   = "key_overdue"     // a key signs for longer than it should
	warnPlainHTTP    = "plain_http"      // what people send can be read on the way
	warnNoBackup     = "backup_never"    // there is no backup
	warnOldBackup    = "backup_old"      // the last one is older than a day
	warnFailedBackup = "backup_failed"   // the last attempts failed
	warnCertificate  = "certificate"     // one ends soon, or a newer one cannot be used
	warnBadCert      = "certificate_bad" // one has ended, has not begun, or is not there
)

const (
	warnLevel   = "warn"
	dangerLevel = "danger"

	// backupOld is a day, and an hour in which the next of daily ones is made.
	backupOld = 25 * time.Hour
)

// tenantWarnings are those of the caller's tenant.
func (r *request) tenantWarnings(tx *core.Tx, out *consoleStats) ([]warning, error) {
	all := []warning{}
	if !out.Mail.Leaves {
		all = append(all, warning{Code: warnMailStays, Level: warnLevel, Count: out.Mail.Waiting})
	}
	if out.LostJobs > 0 {
		all = append(all, warning{Code: warnJobsLost, Level: warnLevel, Count: out.LostJobs})
	}
	for _, k := range out.Keys {
		if tx.Now.After(k.Next.Time) {
			all = append(all, warning{Code: warnKeyOverdue, Level: warnLevel, Name: k.Alg, At: &k.Next})
		}
	}
	owners, err := core.Owners(tx)
	if err != nil {
		return nil, err
	}
	enabled := 0
	for _, o := range owners {
		if o.Status == core.Enabled {
			enabled++
		}
	}
	if enabled == 1 {
		all = append(all, warning{Code: warnOneOwner, Level: warnLevel, Count: 1})
	}
	return all, nil
}

// wholeWarnings are those of the whole server, of which operators of its first tenant are
// told, and whether there is a backup: of these only its owners are.
func (r *request) wholeWarnings() (all []warning, backup *bool, err error) {
	s, now := r.srv, r.srv.App.Now()
	all = []warning{}
	if address := s.address.Load(); address != nil && s.TLS == nil && Exposed(s.publicURL, *address) != "" {
		all = append(all, warning{Code: warnPlainHTTP, Level: dangerLevel, Name: s.publicURL})
	}
	for _, c := range s.certificates() {
		w := warning{Code: warnCertificate, Level: warnLevel, Name: c.Name}
		if c.Leaf != nil {
			ends := core.At(c.Leaf.NotAfter)
			w.At = &ends
		}
		switch c.finding(now).Level {
		case keep.Fine:
			continue
		case keep.Bad:
			w.Code, w.Level = warnBadCert, dangerLevel
		}
		all = append(all, w)
	}
	if r.who.console != nil && r.who.actor.Role != core.Owner {
		return all, nil, nil
	}
	state, err := s.App.BackupState(r.c.Context())
	if err != nil {
		return nil, nil, err
	}
	done := !state.Last.IsZero()
	switch {
	case state.Failures > 0:
		all = append(all, warning{Code: warnFailedBackup, Level: dangerLevel, Count: state.Failures, At: &state.FailedSince})
	case !done:
		all = append(all, warning{Code: warnNoBackup, Level: warnLevel})
	case now.Sub(state.Last.Time) > backupOld:
		all = append(all, warning{Code: warnOldBackup, Level: dangerLevel, At: &state.Last})
	}
	return all, &done, nil
}
