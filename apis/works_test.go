package apis

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/keep"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestWorkEndsAsWhatCameOfIt(t *testing.T) {
	app := core.New(mem.Open())
	until := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	for _, c := range []struct {
		name          string
		do            func(context.Context) error
		drop          bool
		state, reason string
	}{
		{"done", func(context.Context) error { return nil }, false, "done", ""},
		{"cancelled", until, true, "cancelled", ""},
		{"stopped", until, false, "cancelled", ""},
		{"the wrong key", func(context.Context) error { return fmt.Errorf("x: %w", keep.ErrCannotOpen) }, false, "failed", "wrong_key"},
		{"no backup", func(context.Context) error { return fmt.Errorf("%w: x", keep.ErrNotWhole) }, false, "failed", "not_whole"},
		{"no master key", func(context.Context) error { return &keep.KeyMissingError{} }, false, "failed", "key_missing"},
		{"busy", func(context.Context) error { return keep.ErrBusy }, false, "failed", "busy"},
		{"anything else", func(context.Context) error { return errors.New("no") }, false, "failed", ""},
	} {
		var w works
		if _, err := w.begin(app, "verify", "x.age", func(ctx context.Context, _ *backupWork) error { return c.do(ctx) }); err != nil {
			t.Fatal(err)
		}
		if c.drop {
			w.drop()
		}
		if c.state != "cancelled" {
			w.all.Wait()
		}
		w.end()
		if now := w.now(); now.State != c.state || now.Reason != c.reason || (now.Error != "") != (c.state == "failed") {
			t.Errorf("%s: %+v", c.name, now)
		}
		if _, err := w.begin(app, "verify", "x.age", nil); !isCode(err, "busy") {
			t.Errorf("%s, after the end: %v", c.name, err)
		}
		if w.drop(); w.now() != nil {
			t.Errorf("%s: it is remembered", c.name)
		}
	}
}
