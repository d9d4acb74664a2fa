package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Lines are counted by what the server says of them, and named by their number in the
// file.
func TestBatchesNameLinesByTheirNumber(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		n := strings.Count(string(b), "\n")
		fmt.Fprintf(w, `{"made":%d,"refused":[{"line":%d,"why":"no"}]}`, n-1, n-1)
	}))
	defer srv.Close()
	k := &remote{client: &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return net.Dial("tcp", srv.Listener.Addr().String())
	}}}}
	b := &batches{k: k, lines: 3, path: "/x"}
	for n := 10; n < 17; n++ {
		if err := b.add(t.Context(), n, []byte("{}")); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(b.flush(t.Context()), b.wait()); err != nil {
		t.Fatal(err)
	}
	var at []int
	for _, r := range b.report.Refused {
		at = append(at, r.Line)
	}
	if got, want := fmt.Sprint(b.report.Made, b.count, at), "4 3 [12 15 16]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
