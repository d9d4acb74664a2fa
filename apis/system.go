package apis

import (
	"errors"
	"runtime"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
)

const systemPath = "system"

// systemRoutes serve how the server is.
func (s *Server) systemRoutes() {
	s.console(Route{Method: fiber.MethodGet, Path: systemPath, Role: core.Auditor, Whole: true, Summary: "What the server is, how it does, and how it is reached", Shows: "System", Answer: systemView{}}, showSystem)
}

// systemView is a server at a moment. What is not known is null.
type systemView struct {
	Version   string    `json:"version"`
	Go        string    `json:"go"`
	Platform  string    `json:"platform"`
	Began     core.Time `json:"began"`
	Now       core.Time `json:"now"`
	PublicURL string    `json:"publicUrl"`
	Issuer    string    `json:"issuer"`
	Address   string    `json:"address"` // where it listens, "" where nobody does
	TLS       bool      `json:"tls"`
	Memory    int64     `json:"memory"` // bytes that the process has of the system

	Ready  bool          `json:"ready"`
	Checks []checkView   `json:"checks"`
	Notes  []noteView    `json:"notes"` // what is amiss and makes no server unready
	Data   dataView      `json:"data"`
	Work   *workView     `json:"work"` // null where the store does not answer
	Backup *backupView   `json:"backup"`
	Hashes hashView      `json:"hashes"`
	Lines  lineView      `json:"connections"`
	Certs  []certView    `json:"certificates"`
	Proxy  detectedProxy `json:"proxy"`
}

type checkView struct {
	Name string `json:"name"`
	OK   bool   `json:"ok"`
	Why  string `json:"why"`
}

type noteView struct {
	Section string `json:"section"`
	Level   string `json:"level"`
	Text    string `json:"text"`
	Hint    string `json:"hint"`
}

// dataView is the data folder.
type dataView struct {
	Folder string  `json:"folder"` // "" where there is none
	Engine string  `json:"engine"`
	Bytes  int64   `json:"bytes"`
	Free   *int64  `json:"free"` // bytes that the disk has left
	Held   float64 `json:"held"` // seconds for which something has been reading an old state
}

// workView is what is left to be done. Counts go up to Most.
type workView struct {
	Events    int     `json:"events"`
	EventsAge float64 `json:"eventsAge"` // seconds of the oldest
	Jobs      int     `json:"jobs"`
	Late      float64 `json:"late"` // seconds for which the soonest job has been due
	Dead      int     `json:"dead"`
	Mails     int     `json:"mails"`
	MailsAge  float64 `json:"mailsAge"`
	Most      int     `json:"most"`
}

type backupView struct {
	Last     *core.Time `json:"last"`
	Failures int        `json:"failures"`
	Next     *core.Time `json:"next"` // null where none is scheduled
}

// hashView is how many passwords are being looked at.
type hashView struct {
	Running int    `json:"running"`
	Slots   int    `json:"slots"`
	Waiting int    `json:"waiting"`
	Queue   int    `json:"queue"`
	Refused uint64 `json:"refused"`
}

type lineView struct {
	Open     int `json:"open"`
	Most     int `json:"most"`
	OfSource int `json:"ofSource"` // of one source at most
}

type certView struct {
	Name   string     `json:"name"`
	Until  *core.Time `json:"until"` // null where there is none yet
	Renews bool       `json:"renews"`
	Level  string     `json:"level"`
	Text   string     `json:"text"`
	Hint   string     `json:"hint"`
}

func showSystem(r *request, _ string) error {
	s, ctx := r.srv, r.c.Context()
	now := s.App.Now()
	v := systemView{Version: s.version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Began: core.At(s.metrics.began), Now: core.At(now),
		PublicURL: s.publicURL, TLS: s.TLS != nil, Checks: []checkView{}, Notes: []noteView{}, Certs: []certView{}, Proxy: s.detect(r.c)}
	if at := s.address.Load(); at != nil {
		v.Address = *at
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	v.Memory = int64(m.Sys - m.HeapReleased)
	ready := s.ready(ctx)
	v.Ready = ready.ok
	for _, c := range ready.checks {
		v.Checks = append(v.Checks, checkView(c))
	}
	for _, f := range s.diagnosis() {
		if f.Level == keep.Warn || f.Level == keep.Bad {
			v.Notes = append(v.Notes, noteView{f.Section, string(f.Level), f.Text, f.Hint})
		}
	}
	for _, c := range s.certificates() {
		f := c.finding(now)
		one := certView{Name: c.Name, Renews: c.Renews, Level: string(f.Level), Text: f.Text, Hint: f.Hint}
		if c.Leaf != nil {
			one.Until = timeOrNull(core.At(c.Leaf.NotAfter))
		}
		v.Certs = append(v.Certs, one)
	}
	s.showData(&v)
	h := s.App.Passwords.Crowd()
	v.Hashes = hashView{h.Running, h.Slots, h.Waiting, h.Queue, h.Refused}
	bounds := s.steered.Load().to
	v.Lines = lineView{s.conns.count(), bounds.MaxConnections, bounds.MaxConnectionsOfSource}
	if !ready.ok {
		return r.answer(v) // a store that does not answer is not asked what there is
	}
	if err := r.showWork(&v); err != nil {
		return err
	}
	return r.answer(v)
}

func (s *Server) showData(v *systemView) {
	v.Data.Engine, v.Data.Bytes = s.engine, s.App.Size()
	if s.keeper != nil {
		v.Data.Folder = s.keeper.Folder.Dir
	}
	e := s.App.Engine()
	if e == nil {
		return
	}
	v.Data.Held = e.Held().Seconds()
	if n, err := e.Free(); !errors.Is(err, errors.ErrUnsupported) && err == nil {
		free := int64(n)
		v.Data.Free = &free
	}
}

func (r *request) showWork(v *systemView) (err error) {
	s, ctx := r.srv, r.c.Context()
	if v.Issuer, _, err = s.App.Issuers(ctx, r.who.actor.Tenant); err != nil {
		return err
	}
	l, err := s.App.Backlog(ctx)
	if err != nil {
		return err
	}
	v.Work = &workView{l.Unheard, l.OldestEvt.Seconds(), l.Pending, max(0, l.Late.Seconds()), l.Dead, l.Mails, l.OldestMsg.Seconds(), core.MostCounted}
	b, err := s.App.BackupState(ctx)
	if err != nil {
		return err
	}
	v.Backup = &backupView{Last: timeOrNull(b.Last), Failures: b.Failures}
	if s.keeper != nil && !s.keeper.Schedule.IsZero() {
		v.Backup.Next = timeOrNull(core.At(s.keeper.Next(b)))
	}
	return nil
}

// timeOrNull is a time, nil where there is none.
func timeOrNull(t core.Time) *core.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
