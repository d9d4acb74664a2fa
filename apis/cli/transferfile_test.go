package cli

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/apis/rows"
)

// file is an export of some lines, as it is written.
func transferOf(t testing.TB, lines ...string) string {
	t.Helper()
	var out bytes.Buffer
	sum := newTally()
	if err := writeLine(&out, transferHeader{Stormkeep: "export", Form: 1}); err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		sum.add("groups", []byte(l))
		out.WriteString(l + "\n")
	}
	if err := writeLine(&out, sum.end()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAFileIsReadToItsEndOrNotAtAll(t *testing.T) {
	whole := transferOf(t, `{"kind":"groups","id":"a"}`, `{"kind":"groups","id":"b"}`)
	for _, c := range []struct{ name, text, why string }{
		{"whole", whole, ""},
		{"with the line ends of Windows", strings.ReplaceAll(whole, "\n", "\r\n"), ""},
		{"empty", "", "empty"},
		{"foreign", "PK\x03\x04", "no export"},
		{"cut in a line", whole[:len(whole)-100], "cut off"},
		{"cut at a line", whole[:strings.LastIndex(strings.TrimSpace(whole), "\n")+1], "cut off"},
		{"changed", strings.Replace(whole, `"a"`, `"c"`, 1), "was changed"},
		{"a line less", strings.Replace(whole, `{"kind":"groups","id":"a"}`+"\n", "", 1), "was changed"},
		{"more after its end", whole + "{}\n", "goes on"},
		{"a newer form", strings.Replace(whole, `"form":1`, `"form":9`, 1), "form 9"},
		{"a huge line", whole[:strings.IndexByte(whole, '\n')+1] + strings.Repeat("x", rows.MaxLine+1) + "\n", "over 16 MiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := checkTransfer(strings.NewReader(c.text), nil)
			if c.why == "" && err != nil || c.why != "" && (err == nil || !strings.Contains(err.Error(), c.why)) {
				t.Errorf("%v, want %q", err, c.why)
			}
		})
	}
}

func FuzzAFileIsReadOrRefused(f *testing.F) {
	f.Add(transferOf(f, `{"kind":"groups","id":"a"}`))
	f.Add("\xef\xbb\xbf{}\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := openTransfer(strings.NewReader(text))
		for err == nil {
			_, _, err = r.next()
		}
		if err == io.EOF && r.tally.end().Total < 0 {
			t.Error(err)
		}
	})
}
