package mailtest_test

import (
	"crypto/tls"
	"encoding/pem"
	"net/textproto"
	"testing"

	"github.com/stormkeep/stormkeep/core/mail/mailtest"
)

// talk says lines and wants these codes for answers.
func talk(t *testing.T, c *textproto.Conn, lines ...string) {
	t.Helper()
	for i := 0; i < len(lines); i += 2 {
		if lines[i] != "" {
			c.PrintfLine("%s", lines[i])
		}
		code, text, err := c.ReadResponse(0)
		if got := text; err != nil || lines[i+1] != string(rune('0'+code/100))+string(rune('0'+code/10%10))+string(rune('0'+code%10)) {
			t.Fatalf("%q: %d %s, %v; want %s", lines[i], code, got, err, lines[i+1])
		}
	}
}

func TestLOGINAsksTwice(t *testing.T) {
	s := mailtest.Options{TLS: true}.Start(t)
	if block, _ := pem.Decode(s.Certificate); block == nil {
		t.Error("the certificate is not in PEM")
	}
	conn, err := tls.Dial("tcp", s.Addr(), s.TLS())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	talk(t, textproto.NewConn(conn), "", "220", "EHLO me", "250",
		"AUTH LOGIN", "334", "bWFpbGVy", "334", "d3Jvbmc=", "535", // mailer, wrong
		"AUTH LOGIN", "334", "bWFpbGVy", "334", "Y29ycmVjdCBob3JzZQ==", "235", // correct horse
		"MAIL FROM:<a@keep.example>", "250", "RSET", "250", "QUIT", "221")
}
