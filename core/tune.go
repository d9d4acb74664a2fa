package core

import "time"

// Tuning is what of an app may change while it runs.
type Tuning struct {
	Keep        Keeping
	KeyRotation time.Duration
	Lifetimes   Lifetimes
}

// Tune has these hold from now on, in place of the fields of the app that are called
// so. What was given before keeps the end that it was given.
func (a *App) Tune(t Tuning) { a.tuning.Store(&t) }

// Tuned is what holds now: the fields of the app, or what Tune has put in their place.
func (a *App) Tuned() Tuning {
	if t := a.tuning.Load(); t != nil {
		return *t
	}
	return Tuning{a.Keep, a.KeyRotation, a.Lifetimes}
}
