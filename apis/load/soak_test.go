package main

import (
	"bytes"
	"testing"
	"time"
)

func TestASoakOfTenMinutesIsTwoDays(t *testing.T) {
	s, err := parse([]string{"-bin", "x", "-soak"})
	if err != nil || s.span() != 48*time.Hour {
		t.Errorf("%v, %v", s.span(), err)
	}
}

func TestASoakWithoutABinaryIsNone(t *testing.T) {
	s, err := parse([]string{"-bin", "no such binary", "-soak"})
	if err != nil {
		t.Fatal(err)
	}
	if err := soak(s, &bytes.Buffer{}); err == nil {
		t.Error("it was soaked")
	}
}
