package coretest_test

import (
	"context"
	"testing"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store"
	"github.com/stormkeep/stormkeep/core/store/mem"
	"github.com/stormkeep/stormkeep/core/store/storetest"
)

func TestACountingStoreKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Store { return &coretest.Counting{Store: mem.Open()} })
}

func TestACountingStoreCounts(t *testing.T) {
	c := &coretest.Counting{Store: mem.Open()}
	before := c.Work()
	coretest.Plant(t, c, "a", "needle")
	coretest.Plant(t, c, "b", "x")
	coretest.Plant(t, c, "b", "")
	c.View(context.Background(), func(tx store.Tx) error {
		tx.Get("a")
		for range tx.Scan("", "") {
		}
		for range tx.ScanBack("", "") {
		}
		return nil
	})
	if got, want := c.Since(before), (coretest.Work{Gets: 1, Scans: 2, Writes: 3, Commits: 3}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if keys := coretest.Holding(t, c, "needle"); len(keys) != 1 || keys[0] != "a" {
		t.Errorf("%q", keys)
	}
}

func TestALastingStoreOutlivesItsApp(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	coretest.Plant(t, s, "a", "b")
	if err := s.Close(); err != nil || coretest.Dump(t, s)["a"] != "b" {
		t.Errorf("%v", err)
	}
}

func TestWorkAtADoorIsCountedApart(t *testing.T) {
	s := coretest.CountAtDoors(mem.Open())
	job, end := context.WithCancel(t.Context())
	defer end()
	for _, row := range []struct {
		name    string
		ctx     context.Context
		commits int64
	}{
		{"a request at a door", core.As(context.Background(), core.Actor{Kind: core.Door}), 1},
		{"a job in its name", core.As(job, core.Actor{Kind: core.Door}), 0},
		{"the server", core.As(context.Background(), core.Actor{Kind: core.System}), 0},
	} {
		before := s.Counting.Work()
		if err := s.Update(row.ctx, func(tx store.Tx) error { return tx.Put("k", []byte("v")) }); err != nil {
			t.Fatal(err)
		}
		if got := s.Counting.Since(before); got.Commits != row.commits || got.Writes != row.commits {
			t.Errorf("%s: %+v", row.name, got)
		}
	}
}
