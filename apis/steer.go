package apis

import "cmp"

// Steering is what of a server may change while it serves: see Options.
type Steering struct {
	Rates                                  Rates
	MaxConnections, MaxConnectionsOfSource int
	HostedApplication                      string
}

// steered is what holds at a moment. It never changes.
type steered struct {
	to          Steering
	source, key *governor // nil: off
}

// Steer has these hold from now on. What callers have drawn of a limit that stays is
// remembered; connections that are open stay. It is called by one at a time.
func (s *Server) Steer(to Steering) {
	to.MaxConnections, to.MaxConnectionsOfSource = cmp.Or(to.MaxConnections, maxConnections), cmp.Or(to.MaxConnectionsOfSource, maxOfSource)
	to.HostedApplication = cmp.Or(to.HostedApplication, firstHostedName)
	was := s.steered.Load()
	next := &steered{to: to}
	if next.source = newGovernor("source", to.Rates.Source); was != nil && was.to.Rates.Source == to.Rates.Source {
		next.source = was.source
	}
	if next.key = newGovernor("key", to.Rates.Key); was != nil && was.to.Rates.Key == to.Rates.Key {
		next.key = was.key
	}
	s.steered.Store(next)
}
