package bolt

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func TestCopiesStayWhateverBecomesOfTheOriginalsAndOfEachOther(t *testing.T) {
	c := copies{limit: 256}
	var keys, texts, wantTexts []string
	var values, want [][]byte
	for i := range 200 {
		original := fmt.Appendf(nil, "%d:%s", i, strings.Repeat("x", i*7%400)) // longer than a piece, too
		texts, wantTexts = append(texts, c.text(string(original))), append(wantTexts, string(original))
		keys = append(keys, c.key(original))
		values, want = append(values, c.bytes(original)), append(want, bytes.Clone(original))
		clear(original)
	}
	for _, v := range values {
		_ = append(v, "over the next one"...)
	}
	for i := range want {
		if keys[i] != wantTexts[i] || texts[i] != wantTexts[i] || !bytes.Equal(values[i], want[i]) {
			t.Fatalf("copy %d is %q, %q and %q, want %q", i, keys[i], texts[i], values[i], want[i])
		}
	}
}
