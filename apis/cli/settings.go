package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/v2"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/mail"
)

// rule is what the console may do with a setting.
type rule struct {
	bars string             // why nothing: one of apis.Bars*
	live bool               // a change holds at once
	more func(string) error // checked beside the setting's own check: a wrong value must harm nobody
}

// rules has one for every setting. The console keeps those that are needed only once
// the data are open, and that a wrong value of harms nobody for long.
var rules = map[string]rule{
	"log-level":            {live: true},
	"keep-audit":           {live: true, more: atLeastDays(90)},
	"keep-events":          {live: true, more: atLeastDays(7)},
	"signing-key-rotation": {live: true},
	"session-idle":         {live: true, more: between(5*time.Minute, 1000*day)},
	"session-lifetime":     {live: true, more: between(15*time.Minute, 1000*day)},
	"code-lifetime":        {live: true},
	"hosted-application":   {live: true},
	"rate-source":          {live: true, more: atLeastRate(5, 100)},
	"rate-key":             {live: true, more: atLeastRate(10, 200)},
	"mail-from":            {},
	"backup-every":         {},

	"http": {bars: apis.BarsStart}, "data": {bars: apis.BarsStart}, "metrics-addr": {bars: apis.BarsStart}, "config": {bars: apis.BarsStart},
	"acme-email": {bars: apis.BarsStart}, "https": {bars: apis.BarsStart}, "http-redirect": {bars: apis.BarsStart},
	"public-url": {bars: apis.BarsReach}, "max-connections": {bars: apis.BarsReach}, "max-connections-per-source": {bars: apis.BarsReach},
	"trusted-proxies": {bars: apis.BarsTrust}, "egress-allow": {bars: apis.BarsTrust}, "acme-ca": {bars: apis.BarsTrust}, "acme-root": {bars: apis.BarsTrust},
	"audit-checkpoints": {bars: apis.BarsTrust}, "otlp-endpoint": {bars: apis.BarsTrust},
	"backup-to": {bars: apis.BarsTrust}, "backup-recipient": {bars: apis.BarsTrust},
	"s3-endpoint": {bars: apis.BarsTrust}, "s3-region": {bars: apis.BarsTrust}, "s3-path-style": {bars: apis.BarsTrust},
	"smtp-url": {bars: apis.BarsSecret}, "backup-passphrase-file": {bars: apis.BarsSecret}, "dkim-key": {bars: apis.BarsSecret},
	"dkim-selector": {bars: apis.BarsSecret}, "dkim-domain": {bars: apis.BarsSecret}, "tls-key": {bars: apis.BarsSecret},
	"tls-cert": {bars: apis.BarsFiles}, "mail-dir": {bars: apis.BarsFiles},
	"backup-keep": {bars: apis.BarsLoss},
}

// untold are settings whose values may hold what is nobody's business: that there is one
// is all that is told.
var untold = []string{"audit-checkpoints"}

func atLeastDays(n int) func(string) error {
	return func(value string) error {
		if d := days(value); d > 0 && d < time.Duration(n)*day {
			return fmt.Errorf("is less than %dd: what is gone cannot be brought back, so that only a flag, a variable or the file says so", n)
		}
		return nil
	}
}

func atLeastRate(perSecond float64, burst int) func(string) error {
	return func(value string) error {
		r, err := parseRate(value)
		if err == nil && (!r.Limited() || r.PerSecond < perSecond || r.Burst < burst) {
			err = fmt.Errorf("is off or below %g/s,%d, which only a flag, a variable or the file sets", perSecond, burst)
		}
		return err
	}
}

// fits tells what is wrong with a value of the console, as it stands beside the others.
func (c config) fits(s setting, value string) error {
	rule := rules[s.name]
	if rule.bars != "" {
		return errors.New("is not set in the console")
	}
	if err := s.check(value); err != nil {
		return err
	}
	if rule.more != nil {
		if err := rule.more(value); err != nil {
			return err
		}
	}
	switch s.name {
	case "mail-from":
		from, err := mail.ParseAddress(value)
		if err == nil {
			_, err = c.Mail.signer(from)
		}
		return err
	case "backup-every":
		return c.fitsSchedule()
	}
	return nil
}

// fitsSchedule tells whether there is where scheduled backups may go, and for whom.
func (c config) fitsSchedule() error {
	if c.Backup.To == "" {
		return errors.New("says when, and where is not set: set --backup-to first")
	}
	lock, err := c.Backup.lock()
	if err == nil {
		err = lock.Check()
	}
	if err != nil {
		return fmt.Errorf("cannot hold: set --backup-recipient, --backup-passphrase-file or %s first", passVariable)
	}
	return nil
}

// with is the config with what the console keeps, below the file, the variables and the
// flags. What cannot hold is left out, and wrong says why.
func (c config) with(kept map[string]core.KeptSetting) (with config, wrong map[string]error) {
	values := map[string]any{}
	wrong = map[string]error{}
	for name, k := range kept {
		s, ok := settingOf(name)
		err := errors.New("is no setting of this version")
		if ok {
			err = c.fits(s, k.Value)
		}
		if err != nil {
			wrong[name] = err
			continue
		}
		values[name] = k.Value
	}
	console := layer{koanf.New("."), apis.FromConsole, func(setting) string { return "the console" }}
	err := console.values.Load(confmap.Provider(values, ""), nil)
	layers := slices.DeleteFunc(slices.Clone(c.sources.layers), func(l layer) bool { return l.origin == apis.FromConsole })
	layers = slices.Insert(layers, 1, console)
	all, mergeErr := merged(layers)
	if err := errors.Join(err, mergeErr); err != nil {
		return c, map[string]error{"": err} // no setting is to blame: nothing is taken over
	}
	with = configOf(all, c.sources.environ, layers)
	with.sources = &sources{layers, c.sources.path, c.sources.environ, c.sources.level}
	with.PublicURL = c.PublicURL // which serve has found out
	return with, wrong
}

// settled is who tells the server of its settings and has those hold that the console
// keeps.
type settled struct {
	in    *instance
	now   config            // of those that hold
	start map[string]string // the values at the start, of those that hold from then on
}

func newSettled(in *instance, c config) *settled {
	s := &settled{in: in, now: c, start: map[string]string{}}
	for _, one := range settings {
		if !rules[one.name].live {
			s.start[one.name] = c.sources.value(one)
		}
	}
	return s
}

// All implements apis.Settings.
func (s *settled) All(kept map[string]core.KeptSetting) (all []apis.Setting) {
	next, wrong := s.now.with(kept)
	for _, one := range settings {
		rule, from := rules[one.name], sourceOf(next.sources.layers, one.name)
		secret := one.secret || slices.Contains(untold, one.name)
		value := next.sources.value(one)
		shown := apis.Setting{Name: one.name, Help: one.help, Secret: secret, Default: one.shown(), Origin: from.origin, By: from.by(one), Locked: from.locks(),
			Bars: rule.bars, Live: rule.live, Flag: "--" + one.name, Variable: one.variable(), Key: one.key(), File: s.now.sources.path,
			Check: func(value string) error { return s.now.fits(one, value) }}
		if !rule.live {
			shown.Waits = value != s.start[one.name]
			value = s.start[one.name]
		}
		if shown.Set = value != ""; !secret {
			shown.Value = value
		}
		if err := wrong[one.name]; err != nil {
			shown.Wrong = err.Error()
		}
		all = append(all, shown)
	}
	return all
}

// Use implements apis.Settings.
func (s *settled) Use(kept map[string]core.KeptSetting) {
	s.now, _ = s.now.with(kept)
	s.hold()
}

// hold has those of the settings hold that may change while the server serves.
func (s *settled) hold() {
	in, c := s.in, s.now
	c.sources.level.Set(c.LogLevel)
	tuned := in.Tuned()
	tuned.Keep.Audit, tuned.Keep.Events, tuned.KeyRotation = days(c.KeepAudit), days(c.KeepEvents), c.Lives.KeyRotation
	tuned.Lifetimes.SessionIdle, tuned.Lifetimes.Session, tuned.Lifetimes.Code = c.Lives.SessionIdle, c.Lives.Session, c.Lives.Code
	in.Tune(tuned)
	in.server.Steer(c.steering())
}

// takeKept is the config with what the console keeps. What cannot be read, or is wrong,
// is logged and keeps no server from starting.
func (in *instance) takeKept(c config, kept map[string]core.KeptSetting, err error) config {
	const hint = "the value without the console's is taken: change it in the console, or by its flag"
	if err != nil {
		in.Log.Error("the settings that the console keeps are not used", "err", err, "hint", hint)
		return c
	}
	with, wrong := c.with(kept)
	for _, name := range slices.Sorted(maps.Keys(wrong)) {
		in.Log.Warn("a setting that the console keeps is not used", "setting", name, "why", wrong[name].Error(), "hint", hint)
	}
	with.sources.level.Set(with.LogLevel)
	return with
}
