package apis

import "testing"

// The kinds are those of the framework spec, section 3.
func TestNegotiation(t *testing.T) {
	for accept, want := range map[string]string{
		"": jsonKind, " ": jsonKind, "*/*": jsonKind, "application/json": jsonKind, "application/*": jsonKind, "application/json, text/html": jsonKind,
		"text/html": htmlKind, "TEXT/HTML": htmlKind, "text/*": htmlKind, "text/html, application/json": htmlKind, "text/html,*/*": htmlKind,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": htmlKind,
		"text/html;q=0.5, application/json;q=0.6":                         jsonKind,
		"text/html;q=0.6, application/json;q=0.5":                         htmlKind,
		"application/json, text/plain, */*":                               jsonKind,
		"text/html;q=0, */*":                                              jsonKind,
		"*/*;q=0":                                                         noKind, "foo/bar": noKind, "text/html;q=0": noKind, "text/html;q=2": noKind, "text/html;q=NaN": noKind, ",;,": noKind,
	} {
		if got := negotiate(accept); got != want {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
}

func FuzzNegotiate(f *testing.F) {
	f.Add("text/html;q=0.5, */*")
	f.Fuzz(func(t *testing.T, accept string) {
		switch negotiate(accept) {
		case noKind, jsonKind, htmlKind:
		default:
			t.Error("no kind of ours")
		}
	})
}
