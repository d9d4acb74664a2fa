package main

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestInitsAnswerIsRead(t *testing.T) {
	const whole = `{"applications":[{"id":"S","name":"Stormpath"},{"id":"M","name":"My Application"}],"apiKey":{"id":"K","secret":"X"}}`
	for _, c := range []struct {
		out string
		ok  bool
	}{
		{whole, true},
		{strings.Replace(whole, "My Application", "Another", 1), false},
		{strings.Replace(whole, `"secret":"X"`, `"secret":""`, 1), false},
		{"apiKey.id = K", false},
	} {
		var sub subject
		if err := sub.read([]byte(c.out)); err == nil != c.ok {
			t.Errorf("%s: %v", c.out, err)
		} else if c.ok && sub != (subject{keyID: "K", keySecret: "X", application: "M"}) {
			t.Errorf("got %+v", sub)
		}
	}
}

func TestAServerThatEndsAtOnceIsToldFromASlowOne(t *testing.T) {
	name, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: exec.Command(name, "version"), addr: "127.0.0.1:1"}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	if err := p.ready(time.Minute); err == nil || !strings.Contains(err.Error(), "by itself") {
		t.Errorf("got %v", err)
	}
	p.stop()
}

func TestABinaryThatIsNoStormkeepIsToldAtOnce(t *testing.T) {
	if _, err := initialise("no such binary", t.TempDir()); err == nil {
		t.Error("it was initialised")
	}
}
