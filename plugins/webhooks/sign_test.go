package webhooks

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"
)

// The vector is that of the reference libraries of Standard Webhooks.
func TestTheSignatureIsThatOfStandardWebhooks(t *testing.T) {
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	h, err := sign([]string{secret, secret}, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	const one = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	if err != nil || h["webhook-signature"] != one+" "+one || h["webhook-timestamp"] != "1614265330" || h["webhook-id"] != "msg_p5jXN8AQM9LWM0D4loKWxJek" {
		t.Error(h, err)
	}
	if _, err := sign([]string{"whsec_!"}, "m", time.Unix(1, 0), nil); err == nil {
		t.Error("signed with no key")
	}
	a, b := newSecret(), newSecret()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(a, secretPrefix))
	if a == b || len(key) != 32 || err != nil {
		t.Error(a, b, err)
	}
}
