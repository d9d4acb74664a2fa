package apitest

import (
	"strings"
	"testing"
)

func TestTheSocket(t *testing.T) {
	addr := New(t).Listen(t)
	got := Raw(t, addr, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	if !strings.HasPrefix(got, "HTTP/1.1 200") || !strings.HasSuffix(got, `{"status":"ok"}`) {
		t.Errorf("%q", got)
	}
}
