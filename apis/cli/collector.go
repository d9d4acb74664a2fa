package cli

import "runtime/debug"

// An import makes little that lasts and much that does not: the collector of garbage
// takes a sixth of its time when it runs as often as in a server. So it runs a quarter as
// often, and as often as ever once the process has as much memory as seldomUpTo.
const (
	seldom     = 400     // percent of what lasts
	seldomUpTo = 1 << 29 // bytes
)

// seldomCollect has the collector run seldom until what it returns is called, in a
// command that does the work itself: a server that does it has its own way. Nothing is
// changed where the environment says how often it runs.
func (p *Program) seldomCollect(k *remote) (end func()) {
	_, often := lookup(p.Env, "GOGC")
	_, most := lookup(p.Env, "GOMEMLIMIT")
	if k.Alive || often || most {
		return func() {}
	}
	percent, limit := debug.SetGCPercent(seldom), debug.SetMemoryLimit(seldomUpTo)
	return func() { debug.SetGCPercent(percent); debug.SetMemoryLimit(limit) }
}
