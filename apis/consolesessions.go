package apis

import (
	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// maxSessions is how many sessions one request of the console looks at.
const maxSessions = 10_000

// shownSession is a session at the provider.
type shownSession struct {
	ID          string    `json:"id"`
	Account     string    `json:"account"`
	Application string    `json:"application"`
	Browser     string    `json:"browser"`
	System      string    `json:"system"`
	IP          string    `json:"ip"`
	CreatedAt   core.Time `json:"createdAt"`
	LastSeenAt  core.Time `json:"lastSeenAt"`
	ExpiresAt   core.Time `json:"expiresAt"`
	Href        string    `json:"href"`
}

// consoleSessions serves who is signed in.
func (s *Server) consoleSessions() {
	s.console(Route{Method: fiber.MethodGet, Path: "sessions", Role: core.Auditor, Summary: "Live sessions of all accounts, the newest first",
		Shows: "SessionPage", Answer: looked[shownSession]{}}, listSessions)
}

func listSessions(r *request, _ string) error {
	out := looked[shownSession]{Offset: r.page.offset, Limit: r.page.limit}
	err := r.srv.App.View(r.c.Context(), func(tx *core.Tx) error {
		all, size, whole, err := core.LiveSessions(tx, out.Offset, out.Limit, maxSessions)
		if err != nil {
			return err
		}
		out.Size, out.Whole, out.Items = size, whole, []shownSession{}
		for _, s := range all {
			last, err := s.LastSeen(tx)
			if err != nil {
				return err
			}
			browser, system := core.DeviceWords(s.UserAgent)
			out.Items = append(out.Items, shownSession{string(s.ID), string(s.Account), string(s.Through), browser, system, s.IP,
				s.CreatedAt, last, s.Until, r.base + "/" + s.Path()})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.answer(out)
}
