package apis

import (
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// statsPoint is what was counted in an hour or a day.
type statsPoint struct {
	At core.Time `json:"at"` // when it began
	statsTotals
}

// statsTotals is what was counted in a time.
type statsTotals struct {
	SignIns     int `json:"signIns"`
	Failures    int `json:"failures"`
	NewAccounts int `json:"newAccounts"` // save those of an import
	LostMails   int `json:"lostMails"`   // that were given up
}

// add counts an hour, or as much of it as a share in seconds of an hour has.
func (t *statsTotals) add(h core.Tally, share int) {
	const hour = 3600
	t.SignIns += h.SignIns * share / hour
	t.Failures += h.Failures * share / hour
	t.NewAccounts += h.NewAccounts * share / hour
	t.LostMails += h.LostMails * share / hour
}

// statsKey is a key that signs.
type statsKey struct {
	Alg     string    `json:"alg"`
	Purpose string    `json:"purpose"`
	Since   core.Time `json:"since"` // it signs
	Next    core.Time `json:"next"`  // when another does
}

// consoleStats is a tenant at a glance.
type consoleStats struct {
	At     core.Time    `json:"at"`
	Points []statsPoint `json:"points"` // hours of a day, else days; the last is under way
	Totals statsTotals  `json:"totals"`
	Before statsTotals  `json:"before"` // of as long a time right before it

	Sessions struct {
		Live  int  `json:"live"`
		Whole bool `json:"whole"` // else there are more
	} `json:"sessions"`
	Accounts struct {
		All        int `json:"all"`
		Enabled    int `json:"enabled"`
		Disabled   int `json:"disabled"`
		Unverified int `json:"unverified"`
	} `json:"accounts"`
	Mail struct {
		Waiting int  `json:"waiting"`
		Leaves  bool `json:"leaves"` // the machine; else mails are only kept here
	} `json:"mail"`
	LostJobs int        `json:"lostJobs"` // that were given up
	Keys     []statsKey `json:"keys"`
	Storage  *int64     `json:"storage"` // bytes of the whole server; null for whom it does not concern
	Steps    firstSteps `json:"steps"`
	Warnings []warning  `json:"warnings"`
}

// firstSteps are those of a fresh server, and which are done.
type firstSteps struct {
	Application bool  `json:"application"` // a client, or an application beside those that it came with
	People      bool  `json:"people"`      // accounts that are no operators'
	Mail        bool  `json:"mail"`
	Operator    bool  `json:"operator"` // a second one
	Backup      *bool `json:"backup"`   // null for whom it does not concern
}

// consoleHome serves what the console shows first, and beside its navigation.
func (s *Server) consoleHome() {
	s.console(Route{Method: fiber.MethodGet, Path: "stats", Role: core.Auditor, Summary: "The tenant at a glance: sign-ins, what waits, and what is wrong now",
		Filters: []string{"range", "zone"}, Shows: "ConsoleStats", Answer: consoleStats{}}, showStats)
	s.console(Route{Method: fiber.MethodGet, Path: "counts", Role: core.Auditor, Summary: "How many records there are, by kind",
		Shows: "ConsoleCounts", Answer: map[string]int{}}, showCounts)
	s.console(Route{Method: fiber.MethodGet, Path: "otherTenants", Role: core.Auditor, Whole: true, Summary: "The other tenants of the server that have a console",
		Shows: "OtherTenants", Answer: otherTenants{}}, showOtherTenants)
}

// maxZone is how far from UTC clocks are, in minutes.
const maxZone = 14 * 60

// zone is how far the caller's clock is ahead of UTC: by it days begin.
func (r *request) zone() (time.Duration, error) {
	text := r.query.Get("zone")
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < -maxZone || n > maxZone {
		return 0, queryError("bad_query_value", "The query parameter %q must be minutes from -%d to %d.", "zone", maxZone, maxZone)
	}
	return time.Duration(n) * time.Minute, nil
}

func showStats(r *request, _ string) error {
	long, err := r.period()
	if err != nil {
		return err
	}
	zone, err := r.zone()
	if err != nil {
		return err
	}
	first, err := r.ofFirst()
	if err != nil {
		return err
	}
	out := consoleStats{}
	err = r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		out = consoleStats{At: core.At(tx.Now)}
		hours, err := tx.Tallies(tx.Now.Add(-2*long), tx.Now.Add(time.Hour))
		if err != nil {
			return err
		}
		out.count(hours, tx.Now, long, zone)
		if err := out.standing(tx, r.srv); err != nil {
			return err
		}
		out.Warnings, err = r.tenantWarnings(tx, &out)
		return err
	})
	if err != nil {
		return err
	}
	if first {
		if size := r.srv.App.Size(); size > 0 {
			out.Storage = &size
		}
		more, done, err := r.wholeWarnings()
		if err != nil {
			return err
		}
		out.Steps.Backup = done
		out.Warnings = append(more, out.Warnings...)
	}
	return r.answer(out)
}

// count fills the points and totals of the time until now, and those of the time before:
// of the hour there that answers to the present one, as much as has gone by of this.
func (out *consoleStats) count(hours []core.Tally, now time.Time, long, zone time.Duration) {
	hour := now.Truncate(time.Hour)
	step, from := time.Hour, hour.Add(time.Hour-long)
	if long > 24*time.Hour {
		step = 24 * time.Hour
		from = now.Add(zone).Truncate(step).Add(-zone).Add(step - long)
	}
	out.Points = make([]statsPoint, long/step)
	for i := range out.Points {
		out.Points[i].At = core.At(from.Add(time.Duration(i) * step))
	}
	for _, h := range hours {
		switch as := h.At.Add(long); { // when it would be in the time until now
		case !h.At.Before(from):
			if i := int(h.At.Sub(from) / step); i < len(out.Points) {
				out.Points[i].add(h, 3600)
			}
			out.Totals.add(h, 3600)
		case as.Before(from):
		case as.Before(hour):
			out.Before.add(h, 3600)
		case as.Equal(hour):
			out.Before.add(h, int(now.Sub(hour)/time.Second))
		}
	}
}

// maxCountedSessions is how many sessions are looked at for their number, and manySessions
// are more than are looked at for each request: their number is remembered for a while.
const (
	maxCountedSessions = 20_000
	manySessions       = 1_000
	sessionsRemembered = 30 * time.Second
)

// countedSessions remembers how many sessions tenants have that have many.
type countedSessions struct {
	mu sync.Mutex
	of map[core.ID[core.Tenant]]countedAt
}

type countedAt struct {
	at    time.Time
	n     int
	whole bool
}

func (c *countedSessions) get(t core.ID[core.Tenant], now time.Time) (countedAt, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, ok := c.of[t]
	return n, ok && now.Sub(n.at).Abs() < sessionsRemembered
}

func (c *countedSessions) set(t core.ID[core.Tenant], n countedAt) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of == nil || len(c.of) >= 1000 {
		c.of = map[core.ID[core.Tenant]]countedAt{}
	}
	c.of[t] = n
}

// sessions fills in how many sessions are live.
func (out *consoleStats) sessions(tx *core.Tx, s *Server) error {
	all, err := core.Count[core.Session](tx, nil, core.Query{})
	if err != nil {
		return err
	}
	n, known := s.signedIn.get(tx.Tenant, tx.Now)
	if all <= manySessions || !known {
		n.at = tx.Now
		if n.n, n.whole, err = core.CountSessions(tx, maxCountedSessions); err != nil {
			return err
		}
		if all > manySessions {
			s.signedIn.set(tx.Tenant, n)
		}
	}
	out.Sessions.Live, out.Sessions.Whole = n.n, n.whole
	return nil
}

// standing fills in what is now.
func (out *consoleStats) standing(tx *core.Tx, s *Server) error {
	if err := out.sessions(tx, s); err != nil {
		return err
	}
	var counts struct{ admins, operators, clients, applications int }
	t, err := core.Get(tx, tx.Tenant)
	if err != nil {
		return err
	}
	a := &out.Accounts
	for _, c := range []struct {
		into  *int
		count func() (int, error)
	}{
		{&a.All, func() (int, error) { return core.Count[core.Account](tx, nil, core.Query{}) }},
		{&a.Disabled, func() (int, error) {
			return core.Count(tx, core.AccountsByStatus, core.Query{Owner: string(core.Disabled)})
		}},
		{&a.Unverified, func() (int, error) {
			return core.Count(tx, core.AccountsByStatus, core.Query{Owner: string(core.Unverified)})
		}},
		{&counts.admins, func() (int, error) { return core.Count(tx, core.AccountsOf, core.Query{Owner: string(t.AdminDir)}) }},
		{&counts.operators, func() (int, error) { return core.Count(tx, core.Operators, core.Query{}) }},
		{&counts.clients, func() (int, error) { return core.Count[core.Client](tx, nil, core.Query{}) }},
		{&counts.applications, func() (int, error) { return core.Count[core.Application](tx, nil, core.Query{}) }},
	} {
		if *c.into, err = c.count(); err != nil {
			return err
		}
	}
	a.Enabled = a.All - a.Disabled - a.Unverified
	q, err := tx.Queue()
	if err != nil {
		return err
	}
	out.Mail.Waiting, out.LostJobs = q.Mails, q.Lost
	if out.Mail.Leaves, err = s.App.Mail.Leaves(tx); err != nil {
		return err
	}
	if _, err := core.Get(tx, core.ConsoleClient); err == nil {
		counts.clients--
	} else if !core.IsNotFound(err) {
		return err
	}
	out.Steps = firstSteps{Application: counts.clients > 0 || counts.applications > 2, People: a.All > counts.admins,
		Mail: out.Mail.Leaves, Operator: counts.operators > 1}
	return out.keys(tx)
}

// keys fills in the keys that sign.
func (out *consoleStats) keys(tx *core.Tx) error {
	page, err := core.List(tx, core.SigningKeys, core.Query{Limit: 200})
	if err != nil {
		return err
	}
	out.Keys = []statsKey{}
	for _, k := range page.Items {
		if k.State(tx.Now) != core.KeyActive {
			continue
		}
		next := k.RetireAt
		if next.IsZero() {
			next = core.At(k.ActiveFrom.Add(tx.App.KeyLife()))
		}
		out.Keys = append(out.Keys, statsKey{string(k.Alg), string(k.Purpose), k.ActiveFrom, next})
	}
	return nil
}
