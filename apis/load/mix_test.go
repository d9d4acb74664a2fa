package main

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

// mixed is a mix against a living server, whose accounts it made itself.
func mixed(t *testing.T) *mix {
	t.Helper()
	a := apitest.New(t)
	key := a.Keys[apitest.Owner]
	m := newMix(&subject{keyID: key.ID, keySecret: key.Secret, application: a.Vars["app"], addr: a.Listen(t)},
		&seeded{directory: a.Vars["dir"]})
	for range 3 {
		if err := m.register(); err != nil {
			t.Fatal(err)
		}
	}
	m.base.accounts, m.people = m.people, nil
	return m
}

func TestAllWorkOfAMixIsDone(t *testing.T) {
	m := mixed(t)
	for range 2 {
		for _, c := range m.chores {
			if err := c.do(); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	}
}

func TestAsManyAreDeletedAsAreRegistered(t *testing.T) {
	m := mixed(t)
	for range standing + 3 {
		if err := m.register(); err != nil {
			t.Fatal(err)
		}
	}
	first := m.people[0]
	for range 5 {
		if err := m.remove(); err != nil {
			t.Fatal(err)
		}
	}
	if len(m.people) != standing {
		t.Errorf("%d stand", len(m.people))
	}
	if err := m.ask("GET", "/v1/accounts/"+first.id, nil, 404, nil); err != nil {
		t.Error(err)
	}
}

func TestWorkThatFailsIsTold(t *testing.T) {
	m := mixed(t)
	m.auth = "Basic eDp5"
	for _, c := range m.chores {
		c.done = 1
		if c.name == "read" {
			c.said = c.do()
		}
	}
	if err := m.failed(); err == nil || !strings.Contains(err.Error(), "read: ") || strings.Contains(err.Error(), "search") {
		t.Error(err)
	}
	m.chores[0].done, m.chores[3].said = 0, nil
	if err := m.failed(); err == nil || !strings.Contains(err.Error(), "register: none was done") {
		t.Error(err)
	}
}
