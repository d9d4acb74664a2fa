package apitest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Signer is one of the old SDKs as the server meets it: what it sends, which of it
// it signs, and what it does to path, query and time before it does (spec 3.2,
// 25.3).
type Signer struct {
	Name string
	// Headers are those that it sets and signs beside Host and X-Stormpath-Date, by
	// names as it writes them. BodyHeaders come with a body only; of them
	// "Content-Length" stands for the length.
	Headers, BodyHeaders map[string]string
	// Later are headers that its HTTP library adds once all is signed.
	Later map[string]string
	// Folds says that it sorts names regardless of case.
	Folds bool
	// Path and Query make the canonical ones of those on the wire.
	Path, Query func(string) string
	// Escape is how it writes a value into a query.
	Escape func(string) string
	// Slash says that it puts a slash before the question mark.
	Slash bool
	// Stamp is how it writes a time.
	Stamp string
	// Redirected is where it goes after a redirect of a request with this query.
	Redirected func(location, query string) string
}

// Signers are the SDKs that sign.
func Signers() []Signer {
	const (
		js    = "application/json"
		stamp = "20060102T150405Z"
	)
	verbatim := func(location, _ string) string { return location }
	again := func(sep string) func(string, string) string {
		return func(location, query string) string {
			if query == "" {
				return location
			}
			return location + sep + query
		}
	}
	return []Signer{
		{Name: "Java", Folds: true, Stamp: stamp, Path: decodedPath, Query: decodedQuery, Escape: formEncoded, Redirected: verbatim,
			Headers:     map[string]string{"Accept": js, "Content-Type": js, "User-Agent": "stormpath-sdk-java/1.2 java/1.8"},
			BodyHeaders: map[string]string{"Content-Length": ""},
			Later:       map[string]string{"Accept-Encoding": "gzip"}},
		{Name: "Python", Stamp: stamp, Path: decodedPath, Query: sortedQuery, Escape: url.QueryEscape, Redirected: again("&"),
			Headers:     map[string]string{"Accept": js, "Accept-Encoding": "gzip, deflate", "User-Agent": "stormpath-sdk-python/2.5 python/3.5"},
			BodyHeaders: map[string]string{"Content-Type": js},
			Later:       map[string]string{"Connection": "keep-alive"}},
		{Name: "Ruby", Stamp: stamp, Path: decodedPath, Query: decodedQuery, Escape: formEncoded, Redirected: again("?"),
			Headers:     map[string]string{"accept": js, "User-Agent": "stormpath-sdk-ruby/1.6 ruby/2.3"},
			BodyHeaders: map[string]string{"Content-Length": "", "Content-Type": js}},
		{Name: "PHP", Stamp: "20060102T150105Z", Path: encodedPath, Query: decodedQuery, Escape: formEncoded, Redirected: verbatim,
			Headers:     map[string]string{"Accept": js, "User-Agent": "stormpath-sdk-php/1.15 php/7.0"},
			BodyHeaders: map[string]string{"Content-Type": js + ";charset=utf-8"}},
		{Name: "Go", Stamp: stamp, Path: decodedPath, Query: decodedQuery, Escape: url.QueryEscape, Slash: true, Redirected: verbatim,
			Headers: map[string]string{"Accept": js, "Content-Type": js, "User-Agent": "stormpath-sdk-go/0.1 go/1.7"},
			Later:   map[string]string{"Accept-Encoding": "gzip"}},
		{Name: ".NET", Folds: true, Stamp: stamp, Path: decodedPath, Query: rawQuery, Escape: plainest, Redirected: verbatim,
			Headers:     map[string]string{"Accept": js, "User-Agent": "stormpath-sdk-dotnet/0.9 (Windows)"},
			BodyHeaders: map[string]string{"content-type": js + "; charset=utf-8"}},
	}
}

func formEncoded(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// encodedPath encodes a path, whatever it is already.
func encodedPath(path string) string { return strings.ReplaceAll(formEncoded(path), "%2F", "/") }

func decodedPath(path string) string {
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	return encodedPath(path)
}

// decodedQuery sorts parameters by name and encodes them all alike.
func decodedQuery(query string) string {
	var pairs [][2]string
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, errName := url.QueryUnescape(name)
		value, err := url.QueryUnescape(value)
		if pair == "" || errName != nil || err != nil {
			continue
		}
		pairs = append(pairs, [2]string{name, value})
	}
	slices.SortStableFunc(pairs, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	var out []string
	for _, p := range pairs {
		out = append(out, formEncoded(p[0])+"="+formEncoded(p[1]))
	}
	return strings.Join(out, "&")
}

func sortedQuery(query string) string {
	pairs := strings.Split(query, "&")
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

func rawQuery(query string) string { return query }

// plainest escapes what cannot stand in a request line, and no more.
func plainest(s string) string {
	return strings.NewReplacer("%", "%25", " ", "%20", "&", "%26", "+", "%2B", "#", "%23").Replace(s)
}

// Target is a path with parameters, names and values in turn, as the SDK writes it.
func (s Signer) Target(path string, params ...string) string {
	if s.Slash && !strings.HasSuffix(path, "/") && len(params) > 0 {
		path += "/"
	}
	sep := "?"
	for i := 0; i+1 < len(params); i += 2 {
		path += sep + params[i] + "=" + s.Escape(params[i+1])
		sep = "&"
	}
	return path
}

// Sign makes a request of a target such as "/v1/tenants/current?a=b" at host, and
// signs it with the key at a time.
func (s Signer) Sign(key Key, host, method, target, body string, at time.Time) *http.Request {
	path, query, _ := strings.Cut(target, "?")
	r, err := http.NewRequest(method, "http://"+host+"/", strings.NewReader(body))
	if err != nil {
		panic(err) // of constants of a test
	}
	r.URL.Opaque, r.URL.RawQuery, r.Host = path, query, host
	at = at.UTC()
	stamp, date, nonce := at.Format(s.Stamp), at.Format("20060102"), uuid.NewString()
	signed := map[string]string{"Host": host, "X-Stormpath-Date": stamp}
	add := func(headers map[string]string) {
		for name, value := range headers {
			if signed[name] = value; name == "Content-Length" {
				signed[name] = strconv.Itoa(len(body))
			}
		}
	}
	if add(s.Headers); body != "" {
		add(s.BodyHeaders)
	}
	var names, lines []string
	for name, value := range signed {
		names = append(names, name)
		if name != "Host" && name != "Content-Length" { // the library writes these itself
			r.Header.Set(name, value)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if s.Folds {
			a, b = strings.ToLower(a), strings.ToLower(b)
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = strings.ToLower(name)
		lines = append(lines, names[i]+":"+signed[name]+"\n")
	}
	for name, value := range s.Later {
		r.Header.Set(name, value)
	}
	list, id := strings.Join(names, ";"), key.ID+"/"+date+"/"+nonce+"/sauthc1_request"
	canonical := strings.Join([]string{method, s.Path(path), s.Query(query), strings.Join(lines, ""), list, hashed(body)}, "\n")
	k := []byte("SAuthc1" + key.Secret)
	for _, text := range []string{date, nonce, "sauthc1_request", "HMAC-SHA-256\n" + stamp + "\n" + id + "\n" + hashed(canonical)} {
		mac := hmac.New(sha256.New, k)
		mac.Write([]byte(text))
		k = mac.Sum(nil)
	}
	r.Header.Set("Authorization", "SAuthc1 sauthc1Id="+id+", sauthc1SignedHeaders="+list+", sauthc1Signature="+hex.EncodeToString(k))
	return r
}

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
