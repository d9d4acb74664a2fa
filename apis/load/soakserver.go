package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/stormkeep/stormkeep/apis/cli"
	"github.com/stormkeep/stormkeep/core"
)

// fastServer is a program of one's own, as everybody may build it: all of
// stormkeep, and a function that sets another clock. So the product needs no door
// for it.
func fastServer(speed float64, args []string) error {
	p := &cli.Program{
		Name: "stormkeep", Setup: []func(*core.App) error{hasten(speed)},
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Env: os.Environ(),
	}
	if code := p.Run(context.Background(), args); code != 0 {
		return fmt.Errorf("it ended with %d", code)
	}
	return nil
}

// lookEvery is how often the workers are told that the clock was turned. It is
// always being turned, and they would sleep by the real one.
const lookEvery = 100 * time.Millisecond

// hasten has an app's clock run so many times as fast from now on.
func hasten(speed float64) func(*core.App) error {
	begin := time.Now()
	return func(app *core.App) error {
		app.Now = func() time.Time { return begin.Add(time.Duration(float64(time.Since(begin)) * speed)) }
		tick := time.NewTicker(lookEvery)
		tick.Stop()
		app.Hooks.App.Bootstrap.After(func(*core.AppEvent) error {
			tick.Reset(lookEvery)
			go func() {
				for range tick.C {
					app.Wake()
				}
			}()
			return nil
		})
		return nil
	}
}
