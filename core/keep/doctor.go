package keep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store"
)

// Level is how bad a finding is.
type Level string

// The levels of a finding.
const (
	Fine Level = "ok"
	Warn Level = "warn"
	Bad  Level = "bad"
	Skip Level = "skip" // could not be looked at; the text says why
)

// Finding is one thing that a doctor looked at.
type Finding struct {
	Section string `json:"section"`
	Level   Level  `json:"level"`
	Text    string `json:"text"`
	Hint    string `json:"hint,omitempty"`
}

const repairHint = "stop the server and run doctor --repair"

// maxShown is how many lines of one sort a doctor shows.
const maxShown = 20

// Examine looks at everything in the data folder and changes nothing. The data are
// read from a copy, so that no writer waits and no page is kept for long; where the
// disk has no room for one, that is the finding.
func (k *Keeper) Examine(ctx context.Context) (all []Finding, err error) {
	space, fits := k.space()
	if fits {
		all, err = k.examineCopy(ctx)
	} else {
		all = []Finding{{"records", Skip, "the data were not looked at: that takes a copy, for which the disk has no room", space.Hint}}
	}
	if err != nil {
		return nil, err
	}
	now := k.App.Now()
	work, err := k.work(ctx)
	if err != nil {
		return nil, err
	}
	state, err := k.App.BackupState(ctx)
	if err != nil {
		return nil, err
	}
	all = append(all, Finding{"master key", Fine, "key " + k.App.MasterID() + " is there and fits", ""}, k.backups(state, now))
	all = append(all, work...)
	all = append(all, space, k.readers(), clock(k.Folder.in(dataEntry), now), kernel("/proc/sys/kernel/osrelease"))
	return append(all, Rights(k.Folder.Dir)...), nil
}

func (k *Keeper) examineCopy(ctx context.Context) ([]Finding, error) {
	c, done, err := k.Take(ctx, false)
	if err != nil {
		return nil, err
	}
	defer done()
	s, err := k.Folder.Engine(c.path())
	if err != nil {
		return nil, err
	}
	defer s.Close()
	app, err := k.Folder.App(s)
	if err != nil {
		return nil, err
	}
	return examineData(ctx, app, s)
}

func examineData(ctx context.Context, app *core.App, s store.Store) (all []Finding, err error) {
	if checker, ok := s.(store.Checker); ok {
		wrong, err := checker.CheckPages(maxShown)
		if err != nil {
			return nil, err
		}
		all = found(all, "pages", "every page of the data file is sound", "restore a backup; no repair mends pages", wrong)
	}
	in, err := app.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	all = append(all, Finding{"form", Fine, fmt.Sprintf("form %d; this program writes %d", in.Form, core.Form()), ""})
	wrong, err := app.CheckSystem(ctx)
	if err != nil {
		return nil, err
	}
	all = found(all, "system", "the tenants are listed, and hosts, API keys, setup links and work point to them", repairHint, wrong)
	for _, tenant := range in.Tenants {
		wrong, err := app.Check(ctx, tenant)
		if err != nil {
			wrong = []string{err.Error()}
		}
		all = found(all, "records", "tenant "+string(tenant)+": indexes, counters and search rows agree with the records", repairHint, wrong)
	}
	return all, nil
}

// found adds what is wrong, or that nothing is.
func found(all []Finding, section, fine, hint string, wrong []string) []Finding {
	if len(wrong) == 0 {
		return append(all, Finding{section, Fine, fine, ""})
	}
	for i, line := range wrong {
		if i == maxShown {
			return append(all, Finding{section, Bad, fmt.Sprintf("and %d more", len(wrong)-i), hint})
		}
		all = append(all, Finding{section, Bad, line, hint})
	}
	return all
}

// late is for how long work may be due before a doctor tells of it: a job that fails
// is tried again within an hour at most, and events go out at once.
const late = 2 * time.Hour

// work tells of jobs that were given up, and of work that nobody does.
func (k *Keeper) work(ctx context.Context) (all []Finding, err error) {
	tenants, err := k.App.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range tenants {
		dead := 0
		if err := k.App.View(core.AsSystem(ctx, t), func(tx *core.Tx) error {
			dead = 0
			for _, err := range tx.Dead {
				if err != nil {
					return err
				}
				dead++
			}
			return nil
		}); err != nil {
			return nil, err
		}
		if dead > 0 {
			all = append(all, Finding{"jobs", Warn, fmt.Sprintf("tenant %s: %d jobs were given up", t, dead), "the log says why each failed"})
		}
	}
	l, err := k.App.Backlog(ctx)
	if err != nil {
		return nil, err
	}
	const hint = "a server does it while it lives; its log says what fails"
	if l.Late > late {
		all = append(all, Finding{"jobs", Warn, fmt.Sprintf("%s wait, and the first has been due for %s", most(l.Pending, "jobs"), l.Late.Round(time.Second)), hint})
	}
	if l.OldestEvt > late {
		all = append(all, Finding{"jobs", Warn, fmt.Sprintf("%s are not delivered, and the oldest is %s old", most(l.Unheard, "events"), l.OldestEvt.Round(time.Second)), hint})
	}
	if len(all) == 0 {
		all = []Finding{{"jobs", Fine, "none was given up, and none is late", ""}}
	}
	return all, nil
}

// most is a number of things that are counted up to a bound.
func most(n int, things string) string {
	if n >= core.MostCounted {
		return fmt.Sprintf("%d or more %s", n, things)
	}
	return fmt.Sprintf("%d %s", n, things)
}

// backups tells of the last one.
func (k *Keeper) backups(s core.BackupState, now time.Time) Finding {
	hint := "make one: stormkeep backup --to FOLDER; or have the server do it, with --backup-to and --backup-every"
	switch {
	case s.Failures > 0:
		return Finding{"backup", Warn, fmt.Sprintf("the last %d scheduled ones failed: %s", s.Failures, s.Failed), "mend the place; the server tries again"}
	case s.Last.IsZero():
		return Finding{"backup", Warn, "there is none", hint}
	case now.Sub(s.Last.Time) > 25*time.Hour:
		return Finding{"backup", Warn, "the last one is of " + s.Last.Format(time.RFC3339), hint}
	case within(k.Folder.Dir, s.Place):
		return Finding{"backup", Warn, s.Place + " is in the data folder: what befalls that befalls the backups", "name a place on another disk or machine"}
	}
	return Finding{"backup", Fine, s.Name + " in " + s.Place, ""}
}

// within tells whether a place is a folder in another.
func within(dir, place string) bool {
	rel, err := filepath.Rel(dir, place)
	return err == nil && !strings.Contains(place, "://") && filepath.IsLocal(rel)
}

// clock tells of a clock that is behind what it wrote itself.
func clock(file string, now time.Time) Finding {
	info, err := os.Stat(file)
	if err == nil && info.ModTime().Sub(now) > time.Minute {
		return Finding{"clock", Bad, "it says " + now.UTC().Format(time.RFC3339) + ", and the data were written at " + info.ModTime().UTC().Format(time.RFC3339),
			"set the clock: signatures, tokens and locks depend on it"}
	}
	return Finding{"clock", Fine, "it is not behind the data", ""}
}

// kernel tells of Linux kernels whose ext4 may lose what bbolt wrote, where its fast
// commits are on: from 5.10 on, mended in 5.10.94, 5.15.27 and 5.17 (the README of
// bbolt 1.5.0, "Known Issues").
func kernel(release string) Finding {
	b, err := os.ReadFile(release)
	var major, minor, patch int
	if err != nil {
		return Finding{"kernel", Fine, "none that is known to harm the data", ""}
	}
	version := strings.TrimSpace(string(b))
	fmt.Sscanf(version, "%d.%d.%d", &major, &minor, &patch)
	if major == 5 && minor >= 10 && minor < 17 && !(minor == 10 && patch >= 94) && !(minor == 15 && patch >= 27) {
		return Finding{"kernel", Warn, "Linux " + version + " may lose data on ext4 with fast_commit",
			"use a later kernel, or switch fast commits off: tune2fs -O ^fast_commit DEVICE"}
	}
	return Finding{"kernel", Fine, "Linux " + version, ""}
}

// Repair puts right what can be: file modes, and what is derived from records. It
// returns what it mended. Nobody else may use the data meanwhile.
func (k *Keeper) Repair(ctx context.Context) (mended []string, err error) {
	if mended, err = Tighten(k.Folder.Dir); err != nil {
		return mended, err
	}
	lines, _, err := k.App.RepairSystem(ctx)
	if mended = append(mended, lines...); err != nil {
		return mended, err
	}
	tenants, err := k.App.Tenants(ctx)
	if err != nil {
		return mended, err
	}
	for _, t := range tenants {
		lines, _, e := k.App.Repair(ctx, t)
		mended, err = append(mended, lines...), errors.Join(err, e)
	}
	return mended, err
}
