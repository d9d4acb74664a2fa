package webhooks

import (
	"testing"
	"time"
)

func TestAnEndpointThatGivesNoAnswerIsLeftAlone(t *testing.T) {
	b := &breaker{first: time.Second, most: time.Minute}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for range patientWith - 1 {
		b.note("e", true, now)
	}
	if !b.until("e").IsZero() {
		t.Error("too soon")
	}
	b.note("e", true, now)
	if until := b.until("e"); !until.After(now) || until.After(now.Add(time.Second)) || !b.until("other").IsZero() {
		t.Error(until)
	}
	for range 100 {
		b.note("e", true, now)
	}
	if until := b.until("e"); until.After(now.Add(time.Minute)) || until.Before(now.Add(45*time.Second)) {
		t.Error(until)
	}
	if b.note("e", false, now); !b.until("e").IsZero() {
		t.Error("an answer is not enough")
	}
}
