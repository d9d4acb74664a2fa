package oauth_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/apis/apitest"
	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/store/mem"
)

// feed is what the claims of the feed hold.
type feed struct {
	Iss      string
	Iat, Exp int64
	From, To uint64
	More     bool
	Entries  []struct {
		Seq     uint64
		Jti     string
		Sid     string
		Sub     string
		Grant   string `json:"grant_hash"`
		At, Exp int64
	}
}

func TestTheFeedOfRevocations(t *testing.T) {
	a := apitest.On(t, mem.Open())
	type answer struct {
		Status int
		Header http.Header
		Body   []byte
	}
	get := func(query, etag string) (ans answer) {
		t.Helper()
		req, err := http.NewRequest("GET", issuer+"/oauth2/revocations"+query, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("If-None-Match", etag)
		res, err := a.Send(apitest.Nobody, req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if ans.Body, err = io.ReadAll(res.Body); err != nil {
			t.Fatal(err)
		}
		ans.Status, ans.Header = res.StatusCode, res.Header
		return ans
	}
	read := func(query string) (f feed) {
		t.Helper()
		ans := get(query, "")
		if ans.Status != 200 || ans.Header.Get("Content-Type") != "application/revocations+jwt" || ans.Header.Get("Cache-Control") != "public, max-age=30" ||
			ans.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Fatalf("%d %v %s", ans.Status, ans.Header, ans.Body)
		}
		if err := a.App.VerifyJWT(t.Context(), a.Tenant, core.KeyRevocations, string(ans.Body), "revocations+jwt", &f); err != nil {
			t.Fatal(err)
		}
		var other feed
		if a.App.VerifyJWT(t.Context(), a.Tenant, core.KeyTokens, string(ans.Body), "revocations+jwt", &other) == nil {
			t.Error("its key is one of tokens")
		}
		return f
	}
	deny := func(jti string) {
		t.Helper()
		if err := a.App.Update(a.Machine(), func(tx *core.Tx) error { return tx.Deny(jti, tx.Now.Add(10*time.Minute)) }); err != nil {
			t.Fatal(err)
		}
	}
	start := read("")
	if start.Iss != issuer || start.Exp-start.Iat != 60 {
		t.Errorf("%+v", start)
	}
	etag := get("", "").Header.Get("ETag")
	if ans := get("", etag); ans.Status != 304 || len(ans.Body) != 0 {
		t.Errorf("the same again: %d %s", ans.Status, ans.Body)
	}
	deny("one")
	if ans := get("", etag); ans.Status != 200 {
		t.Errorf("after a token was denied: %d", ans.Status)
	}
	deny("two")
	all := read("")
	n := len(all.Entries)
	if n < 2 || all.Entries[n-2].Jti != "one" || all.Entries[n-1].Jti != "two" || all.To != all.Entries[n-1].Seq || all.Entries[n-1].Exp == 0 {
		t.Fatalf("%+v", all)
	}
	after := read("?from=" + number(all.Entries[n-2].Seq))
	if len(after.Entries) != 1 || after.Entries[0].Jti != "two" || after.From != all.Entries[n-2].Seq || after.More {
		t.Errorf("after the first: %+v", after)
	}
	if none := read("?from=" + number(all.To)); len(none.Entries) != 0 || none.To != all.To {
		t.Errorf("after the last: %+v", none)
	}
	etag = get("", "").Header.Get("ETag")
	a.Clock.Turn(31 * time.Second)
	if ans := get("", etag); ans.Status != 200 {
		t.Errorf("what the caller has is about to expire: %d", ans.Status)
	}
	for range 1000 {
		deny("many" + number(uint64(a.Clock.Now().UnixNano())))
		a.Clock.Turn(time.Millisecond)
	}
	var f feed
	_, claims, _ := strings.Cut(string(get("?from="+number(all.To-1), "").Body), ".") // longer than what we verify
	claims, _, _ = strings.Cut(claims, ".")
	if text, err := base64.RawURLEncoding.DecodeString(claims); err != nil || json.Unmarshal(text, &f) != nil {
		t.Fatal(claims, err)
	}
	if len(f.Entries) != 1000 || !f.More || f.To != f.Entries[999].Seq {
		t.Errorf("%d, more %v, to %d", len(f.Entries), f.More, f.To)
	}
	for _, bad := range []string{"x", "-1", "1.5", "99999999999999999999", "0x1"} {
		if ans := get("?from="+bad, ""); ans.Status != 400 || !strings.Contains(string(ans.Body), "invalid_request") {
			t.Errorf("%s: %d %s", bad, ans.Status, ans.Body)
		}
	}
	jwks := a.Do(t, apitest.Nobody, "GET", "/.well-known/jwks.json", "", nil)
	signer, err := a.App.Signer(t.Context(), a.Tenant, core.KeyRevocations, core.ES256)
	if err != nil || !strings.Contains(string(jwks.Body), signer.Kid) {
		t.Errorf("its key is not in JWKS: %v %s", err, jwks.Body)
	}
}

// A receiver that knows entries which a restore has taken away misses none that come
// after it, however many those are: no entry has a number that another had.
func TestTheFeedAfterARestoreGoesOnBeyondWhatAnybodyHasRead(t *testing.T) {
	for _, keep := range []bool{false, true} {
		a := apitest.On(t, mem.Open())
		deny := func(jti string) {
			a.Update(t, func(tx *core.Tx) error { return tx.Deny(jti, tx.Now.Add(10*time.Minute)) })
		}
		last := func() (n uint64) {
			a.View(t, func(tx *core.Tx) (err error) { n, err = tx.LastRevocation(); return err })
			return n
		}
		deny("one")
		// What was revoked after the backup was made has such numbers.
		lost := last() + 100_000
		a.Clock.Turn(time.Minute)
		if err := a.App.Restored(t.Context(), core.Restoration{TakenAt: a.Clock.Now(), KeepSessions: keep}); err != nil {
			t.Fatal(err)
		}
		deny("two")
		var got []core.Revocation
		a.View(t, func(tx *core.Tx) error {
			got = nil
			for e, err := range tx.Revocations(lost) {
				if err != nil {
					return err
				}
				got = append(got, e)
			}
			return nil
		})
		if want := map[bool]int{false: 2, true: 1}[keep]; len(got) != want || got[0].All == keep || got[want-1].Token != "two" {
			t.Errorf("sessions kept: %t: %+v", keep, got)
		}
		for _, from := range []uint64{last() + 1, 1 << 62} { // numbers that nobody was given
			req, err := http.NewRequest("GET", issuer+"/oauth2/revocations?from="+number(from), nil)
			if err != nil {
				t.Fatal(err)
			}
			res, err := a.Send(apitest.Nobody, req)
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			if c := claims(t, string(text)); c["from"] != 0.0 || len(c["entries"].([]any)) != len(got)+1 {
				t.Errorf("from %d: %v", from, c)
			}
		}
	}
}

func number(n uint64) string { return strconv.FormatUint(n, 10) }
