package coretest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stormkeep/stormkeep/core/coretest"
	"github.com/stormkeep/stormkeep/core/mail"
)

func TestPostKeepsWhatItDoesNotRefuse(t *testing.T) {
	p, no := &coretest.Post{}, errors.New("no")
	p.Refuse(func(m *mail.Message) error {
		if m.Subject == "no" {
			return no
		}
		return nil
	})
	for subject, want := range map[string]error{"no": no, "yes": nil} {
		if _, err := p.Send(context.Background(), &mail.Message{Subject: subject}); err != want {
			t.Errorf("%s: %v", subject, err)
		}
	}
	if all := p.Wait(t, 1); len(all) != 1 || all[0].Subject != "yes" || p.Tries() != 2 || p.Close() != nil {
		t.Errorf("%v, %d tries", all, p.Tries())
	}
}
