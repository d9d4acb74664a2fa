package keep

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/keep/keeptest"
)

// s3 is a bucket of a real S3 server, with credentials that it takes.
func s3(t *testing.T) Bucket {
	t.Helper()
	endpoint := keeptest.S3(t)
	t.Setenv("AWS_ACCESS_KEY_ID", keeptest.Access)
	t.Setenv("AWS_SECRET_ACCESS_KEY", keeptest.Secret)
	return Bucket{Endpoint: endpoint, Region: "us-east-1", PathStyle: true}
}

func TestABucketKeepsBackups(t *testing.T) {
	b := s3(t)
	place := func(to string) Place {
		p, _, err := ParsePlace(to, b)
		must(t, err)
		return p
	}
	t.Run("as every place does", func(t *testing.T) { holdPlace(t, place("s3://backups/some/prefix")) })
	t.Run("at its root", func(t *testing.T) { holdPlace(t, place("s3://backups")) })
	t.Run("more than one part", func(t *testing.T) {
		p, big := place("s3://backups/big"), bytes.Repeat([]byte("0123456789abcdef"), (partSize+1<<20)/16)
		must(t, p.Put(t.Context(), "big.age", bytes.NewReader(big), int64(len(big))))
		if err := p.Put(t.Context(), "big.age", bytes.NewReader(big), int64(len(big))); !errors.Is(err, fs.ErrExist) {
			t.Errorf("written over: %v", err)
		}
		if _, size, err := Sum(t.Context(), p, "big.age"); err != nil || size != int64(len(big)) {
			t.Errorf("%d of %d bytes, %v", size, len(big), err)
		}
	})
	t.Run("by a schedule, until one is restored", func(t *testing.T) {
		h := newHouse(t)
		k := h.scheduled(t, "24h", "1")
		k.Place = place("s3://backups/scheduled")
		for range 2 {
			h.Clock.Turn(25 * time.Hour)
			must(t, k.Once(t.Context()))
		}
		names, err := k.Place.Names(t.Context())
		if err != nil || len(names) != 1 {
			t.Fatalf("%v, %v", names, err)
		}
		r, err := k.Place.Open(t.Context(), names[0])
		must(t, err)
		defer r.Close()
		f := h.elsewhere(t)
		_, err = f.Stage(t.Context(), r, h.key, Options{})
		must(t, err)
		_, err = f.Apply()
		must(t, err)
		if _, _, plain := h.epoch(t, opened(t, f)); plain != h.Secret {
			t.Error("the secret of an API key is not what it was")
		}
	})
	t.Run("for those who may", func(t *testing.T) {
		t.Setenv("AWS_SECRET_ACCESS_KEY", "wrong")
		p := place("s3://backups")
		if _, err := p.Names(t.Context()); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%v, want %v", err, fs.ErrPermission)
		}
		if err := p.Put(t.Context(), "x.age", strings.NewReader("x"), 1); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%v, want %v", err, fs.ErrPermission)
		}
	})
}

func TestEndpointsOfS3(t *testing.T) {
	for text, ok := range map[string]bool{"https://s3.example.com": true, "http://127.0.0.1:9000/": true,
		"s3.example.com": false, "ftp://x": false, "https://": false, "https://a:b@x": false, "https://x/bucket": false} {
		if err := CheckEndpoint(text); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := (&Bucket{Endpoint: "x"}).Names(t.Context()); err == nil {
		t.Error("an endpoint that is none is called")
	}
}
