package apis_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"encoding/base64"
	"testing"
)

const encrypted = "encryptSecret=true&encryptionKeySalt=MDEyMzQ1Njc4OWFiY2RlZg&encryptionKeySize=256&encryptionKeyIterations=1024"

func TestApiKeys(t *testing.T) {
	each(t, []row{
		{Name: "make with an empty body", Method: "POST", Path: "/v1/accounts/{ann}/apiKeys?expand=account", Status: 201,
			Want: w{"status=ENABLED", "name=null", "description=null", "account.username=ann", "tenant.href={base}/tenants/{tenant}"}, Not: w{"secret=null", "kind", "caps", "hash"}, Events: w{"apiKey.create"}},
		{Name: "make with a name", Path: "/v1/accounts/{ann}/apiKeys", Body: `{"name":"n","description":"d","status":"disabled"}`, Status: 201, Want: w{"name=n", "description=d", "status=DISABLED"}, Events: w{"apiKey.create"}},
		{Name: "what is made is an ACCOUNT key", Path: "/v1/accounts/{own}/apiKeys", Body: `{"kind":"MANAGEMENT","caps":{"manage":true}}`, Status: 201, Events: w{"apiKey.create"}},
		{Name: "for an account that is not there", Method: "POST", Path: "/v1/accounts/nope/apiKeys", Status: 404},
		{Name: "for another tenant's account", Method: "POST", Path: "/v1/accounts/{otherann}/apiKeys", Status: 404},
		{Name: "support makes none", As: "support", Method: "POST", Path: "/v1/accounts/{ann}/apiKeys", Status: 403},
		{Name: "read", Path: "/v1/apiKeys/{key}?expand=account,tenant", Want: w{"id={key}", "href={base}/apiKeys/{key}", "account.username=ann", "tenant.name=Stormkeep"}, Not: w{"secret=null"}},
		{Name: "another's is not found", Path: "/v1/apiKeys/{otherkey}", Status: 404},
		{Name: "auditors see no secret", As: "auditor", Path: "/v1/apiKeys/{key}", Want: w{"secret=null"}},
		{Name: "support sees no secret", As: "support", Path: "/v1/apiKeys/{key}", Want: w{"secret=null"}},
		{Name: "admins see no owner's secret", As: "admin", Path: "/v1/apiKeys/{ownkey}", Want: w{"secret=null"}},
		{Name: "change", Path: "/v1/apiKeys/{key}", Body: `{"status":"DISABLED","name":"n","secret":"x","id":"y"}`, Want: w{"status=DISABLED", "name=n", "id={key}"}, Not: w{"secret=x"}, Events: w{"apiKey.update"}},
		{Name: "a status that is none", Path: "/v1/apiKeys/{key}", Body: `{"status":"UNVERIFIED"}`, Status: 400, Want: w{"code=2003"}},
		{Name: "delete", Method: "DELETE", Path: "/v1/apiKeys/{key}", Status: 204, Events: w{"apiKey.delete"}},
		{Name: "another's cannot be deleted", Method: "DELETE", Path: "/v1/apiKeys/{otherkey}", Status: 404},
		{Name: "an account's", Path: "/v1/accounts/{ann}/apiKeys?expand=account", Want: w{"size=1", "items.0.account.username=ann"}},
		{Name: "an account's by id", Path: "/v1/accounts/{ann}/apiKeys?id={key}", Want: w{"size=1"}},
		{Name: "another account's by id", Path: "/v1/accounts/{ann}/apiKeys?id={ownkey}", Want: w{"size=0"}},
		{Name: "encrypted without a salt", Path: "/v1/apiKeys/{key}?encryptSecret=true", Status: 400, Want: w{"code=2103"}},
		{Name: "encrypted with a bad size", Path: "/v1/apiKeys/{key}?encryptSecret=true&encryptionKeySalt=MDEyMzQ1Njc4OWFiY2RlZg&encryptionKeySize=100", Status: 400, Want: w{"code=2103"}},
		{Name: "encrypted with too many iterations", Path: "/v1/apiKeys/{key}?encryptSecret=true&encryptionKeySalt=MDEyMzQ1Njc4OWFiY2RlZg&encryptionKeyIterations=65537", Status: 400, Want: w{"code=2103"}},
		{Name: "encryptSecret that is neither", Path: "/v1/apiKeys/{key}?encryptSecret=maybe", Status: 400, Want: w{"code=2103"}},
	})
}

// What the Node and Java SDKs ask for decrypts to the secret that opens doors, be
// the key read alone, in a list, expanded or just made.
func TestSecretsAreEncryptedWithTheCallersSecret(t *testing.T) {
	a := api(t)
	want := a.Keys["accountkey"].Secret
	decrypt := func(text string) string { return decrypted(t, text, a.Secret, 256) }
	for path, at := range map[string]string{
		"/v1/apiKeys/{key}?" + encrypted:                               "secret",
		"/v1/accounts/{ann}/apiKeys?" + encrypted:                      "items.0.secret",
		"/v1/accounts/{ann}?expand=apiKeys&" + encrypted:               "apiKeys.items.0.secret",
		"/v1/applications/{app}/apiKeys?id={key}&" + encrypted:         "items.0.secret",
		"/v1/directories/{dir}/accounts?expand=apiKeys&" + encrypted:   "items.0.apiKeys.items.0.secret",
		"/v1/apiKeys/{key}?expand=account&" + encrypted + "&x=1?y=%20": "secret",
	} {
		text, _ := a.Get(t, path).Value(at).(string)
		if got := decrypt(text); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	made := a.Do(t, "", "POST", "/v1/accounts/{ann}/apiKeys?expand=account&"+encrypted, "", nil)
	text, _ := made.Value("secret").(string)
	a.Vars["made"], _ = made.Value("id").(string)
	if got, want := decrypt(text), a.Get(t, "/v1/apiKeys/{made}").Value("secret"); got != want {
		t.Errorf("made %q, read %q", got, want)
	}
}

// decrypted is what an SDK makes of an encrypted secret (spec 4).
func decrypted(t *testing.T, text, secret string, bits int) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) < 32 || len(raw)%16 != 0 {
		t.Fatalf("%q is not encrypted", text)
	}
	key, err := pbkdf2.Key(sha1.New, secret, []byte("0123456789abcdef"), 1024, bits/8)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	plain := make([]byte, len(raw)-16)
	cipher.NewCBCDecrypter(block, raw[:16]).CryptBlocks(plain, raw[16:])
	return string(plain[:len(plain)-int(plain[len(plain)-1])])
}
