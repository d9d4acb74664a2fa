package djoser

import "testing"

func TestAnAnswerIsWrittenInOrder(t *testing.T) {
	o := object{{"b", "a, \"b\": <c>\\"}, {"a", []string{"x", "y"}}, {"n", int64(7)}, {"o", object{{"z", nil}}}, {"l", []object{}}}
	for _, c := range []struct {
		spaced bool
		indent int
		want   string
	}{
		{false, 0, `{"b":"a, \"b\": <c>\\","a":["x","y"],"n":7,"o":{"z":null},"l":[]}`},
		{true, 0, `{"b": "a, \"b\": <c>\\", "a": ["x", "y"], "n": 7, "o": {"z": null}, "l": []}`},
		{true, 1, "{\n \"b\": \"a, \\\"b\\\": <c>\\\\\",\n \"a\": [\n  \"x\",\n  \"y\"\n ],\n \"n\": 7,\n \"o\": {\n  \"z\": null\n },\n \"l\": []\n}"},
	} {
		if got, err := render(o, c.spaced, c.indent); err != nil || string(got) != c.want {
			t.Errorf("%s, %v\nwant %s", got, err, c.want)
		}
	}
}

func TestWrongsAreGatheredByField(t *testing.T) {
	var w wrongs
	if w.err() != nil {
		t.Error("nothing is wrong")
	}
	w.add("b", "one")
	w.add("a", "two")
	w.add("b", "three")
	if got := w.err().Error(); got != `{"b":["one","three"],"a":["two"]}` || !w.has("a") || w.has("c") {
		t.Error(got)
	}
}
