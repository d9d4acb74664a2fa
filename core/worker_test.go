package core_test

import (
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

func TestEachTenantsJobsAreDoneAndItsMarkGoesWhenItIsQuiet(t *testing.T) {
	if testing.Short() {
		return // it waits for the workers to grow quiet
	}
	t.Parallel()
	s := mem.Open()
	h, e := &hands{}, &ears{}
	w := worldOn(t, s, h.handle(core.JobKind{}), func(a *core.App) { a.Events.On("group.*", e.hear, "test") })
	other := w.Other(t, "other")
	enqueue(t, w, "one", time.Time{})
	enqueue(t, other, "two", time.Time{})
	group(t, other, directory(t, other, "d").ID, "g")
	eventually(t, "all is done", func() bool { return len(h.done()) == len("one two") && len(e.all()) == 1 })
	if e.all()[0].Tenant != other.Tenant {
		t.Errorf("%+v", e.all()[0])
	}
	w.Clock.Turn(time.Minute) // the audit log is sealed once a minute
	eventually(t, "no tenant is marked", func() bool { return len(coretest.Holding(t, s, "/due/")) == 0 })
	enqueue(t, other, "three", time.Time{})
	eventually(t, "a quiet tenant's job is done", func() bool { return len(h.done()) == len("one two three") })
}

func TestAJobThatIsDueLaterKeepsItsTenantMarkedAcrossARestart(t *testing.T) {
	s := coretest.Lasting{Store: mem.Open()}
	h := &hands{}
	w := coretest.On(t, s, h.handle(core.JobKind{}))
	enqueue(t, w, "later", w.Clock.Now().Add(time.Hour))
	w = w.Again(t, s, h.handle(core.JobKind{}))
	if keys := coretest.Holding(t, s, "/due/job/"); len(keys) != 1 {
		t.Errorf("marks: %q", keys)
	}
	w.Clock.Turn(time.Hour)
	eventually(t, "it is done", func() bool { return h.done() == "later" })
}
