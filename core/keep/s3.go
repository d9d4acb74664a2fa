package keep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Bucket is a prefix in a bucket of an S3 service. Its credentials are those of
// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, of a credentials file, or of the
// machine's role, the first that there are.
type Bucket struct {
	Endpoint  string // "https://s3.example.com"; "" is Amazon's
	Region    string // "" is us-east-1
	PathStyle bool   // the bucket is part of the path, not of the host

	name, prefix string
}

func (b *Bucket) String() string { return "s3://" + b.name + "/" + b.prefix }

// CheckEndpoint says what is wrong with the endpoint of an S3 service.
func CheckEndpoint(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.Trim(u.Path, "/") != "" || u.User != nil || u.RawQuery != "" {
		return errors.New("is no address such as https://s3.example.com")
	}
	return nil
}

func (b *Bucket) client() (*minio.Client, error) {
	u := &url.URL{Scheme: "https", Host: "s3.amazonaws.com"}
	if b.Endpoint != "" {
		if err := CheckEndpoint(b.Endpoint); err != nil {
			return nil, fmt.Errorf("%q %w", b.Endpoint, err)
		}
		u, _ = url.Parse(b.Endpoint)
	}
	o := &minio.Options{Secure: u.Scheme == "https", Region: b.Region, Creds: credentials.NewChainCredentials([]credentials.Provider{
		&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}, &credentials.IAM{}})}
	if b.PathStyle {
		o.BucketLookup = minio.BucketLookupPath
	}
	return minio.New(u.Host, o)
}

// Put implements Place.
func (b *Bucket) Put(ctx context.Context, name string, r io.Reader, size int64) error {
	c, err := b.client()
	if err != nil {
		return err
	}
	if _, err := c.StatObject(ctx, b.name, b.prefix+name, minio.StatObjectOptions{}); err == nil {
		return fmt.Errorf("%s%s: %w", b, name, fs.ErrExist)
	}
	o := minio.PutObjectOptions{ContentType: "application/octet-stream", PartSize: partSize, SendContentMd5: true}
	o.SetMatchETagExcept("*") // a service that knows conditions refuses a name that has come up meanwhile
	_, err = c.PutObject(ctx, b.name, b.prefix+name, r, size, o)
	return b.said(name, err)
}

// partSize is in bytes: it bounds the memory of an upload, and 10,000 parts, the
// most that a service takes, make 320 GB.
const partSize = 32 << 20

// Open implements Place.
func (b *Bucket) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	c, err := b.client()
	if err != nil {
		return nil, err
	}
	o, err := c.GetObject(ctx, b.name, b.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, b.said(name, err)
	}
	if _, err := o.Stat(); err != nil { // GetObject asks nobody yet
		o.Close()
		return nil, b.said(name, err)
	}
	return o, nil
}

// Names implements Place.
func (b *Bucket) Names(ctx context.Context) (names []string, err error) {
	all, err := b.Files(ctx)
	for _, f := range slices.Backward(all) {
		names = append(names, f.Name)
	}
	return names, err
}

// Files implements Place.
func (b *Bucket) Files(ctx context.Context) (all []File, err error) {
	c, err := b.client()
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx) // ends the listing that an error breaks off
	defer stop()
	for o := range c.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix}) {
		if o.Err != nil {
			return nil, b.said("", o.Err)
		}
		name := strings.TrimPrefix(o.Key, b.prefix)
		if at, ok := timeOf(name); ok {
			all = append(all, File{name, o.Size, at})
		}
	}
	return newestFirst(all), nil
}

// Remove implements Place.
func (b *Bucket) Remove(ctx context.Context, name string) error {
	c, err := b.client()
	if err != nil {
		return err
	}
	return b.said(name, c.RemoveObject(ctx, b.name, b.prefix+name, minio.RemoveObjectOptions{}))
}

// said is what the service said, in the words of files where it has them.
func (b *Bucket) said(name string, err error) error {
	if err == nil {
		return nil
	}
	switch e := minio.ToErrorResponse(err); {
	case e.Code == minio.NoSuchKey:
		err = fs.ErrNotExist
	case e.Code == minio.PreconditionFailed:
		err = fs.ErrExist
	case e.Code == minio.AccessDenied || e.Code == "InvalidAccessKeyId" || e.Code == "SignatureDoesNotMatch":
		err = fmt.Errorf("%w: %s", fs.ErrPermission, e.Message)
	}
	return fmt.Errorf("%s%s: %w", b, name, err)
}
