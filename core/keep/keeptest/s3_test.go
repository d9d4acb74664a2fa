package keeptest

import (
	"net/http"
	"testing"
)

func TestTheS3ServerLetsInNobodyUnsigned(t *testing.T) {
	res, err := http.Get(S3(t) + "/backups")
	must(t, err)
	res.Body.Close()
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("it answers %s", res.Status)
	}
}
