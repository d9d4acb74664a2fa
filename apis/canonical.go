package apis

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/valyala/fasthttp"
)

// maxPairs is how many parameters a signed query may have.
const maxPairs = 128

// message is what a signature covers, as it came on the wire: before any router
// tidied it.
type message struct {
	method, path, query string
	headers             string // those that are signed, a line each
	names               string // of those, as the caller listed them
	body                []byte
}

// messageOf is what the caller of a request signed if it signed these headers.
func messageOf(r *fasthttp.Request, names []string) message {
	m := message{method: string(r.Header.Method()), names: strings.Join(names, ";"), body: r.Body()}
	m.path, m.query, _ = strings.Cut(origin(string(r.Header.RequestURI())), "?")
	var lines strings.Builder
	for _, name := range names {
		name = strings.ToLower(name)
		lines.WriteString(name + ":" + signedValue(r, name) + "\n")
	}
	m.headers = lines.String()
	return m
}

// origin is a request target without scheme and host, if it has them (RFC 9112,
// section 3.2).
func origin(uri string) string {
	_, rest, whole := strings.Cut(uri, "://")
	if !whole || strings.HasPrefix(uri, "/") {
		return uri
	}
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		return rest[i:]
	}
	return ""
}

// signedValue is the value of a header as it is signed: several are joined by
// commas, the length is that of the body, however it was framed on the way.
func signedValue(r *fasthttp.Request, name string) string {
	if name == "content-length" {
		return strconv.Itoa(len(r.Body()))
	}
	var values []string
	for _, v := range r.Header.PeekAll(name) {
		values = append(values, strings.TrimSpace(string(v)))
	}
	return strings.Join(values, ",")
}

// canonical yields the texts that the SDKs make of one request: they differ in
// what they do to its path and its query (spec 3.2, rule 4). To accept any of them
// lets a third party write the same request in another way, no more: the requests
// that have a text in common have the same parameters, and their paths differ in
// percent signs that no id or name of ours holds.
func (m message) canonical(yield func(string) bool) {
	if strings.Count(m.query, "&") >= maxPairs {
		return
	}
	sum := sha256.Sum256(m.body)
	rest := "\n" + m.headers + "\n" + m.names + "\n" + hex.EncodeToString(sum[:])
	for _, path := range m.paths() {
		for _, query := range m.queries() {
			if !yield(m.method + "\n" + path + "\n" + query + rest) {
				return
			}
		}
	}
}

// paths are the forms of the path: decoded and encoded, as it came, and encoded
// once more.
func (m message) paths() []string {
	path := m.path
	if path == "" {
		path = "/"
	}
	all := []string{path, encodePath(path)}
	if plain, err := url.PathUnescape(path); err == nil {
		all = append([]string{encodePath(plain)}, all...)
	}
	return distinct(all)
}

// queries are the forms of the query: decoded, sorted and encoded, the pairs sorted
// as they came, and as it came.
func (m message) queries() []string {
	pairs := slices.DeleteFunc(strings.Split(m.query, "&"), func(s string) bool { return s == "" })
	var all []string
	if query, ok := encodeQuery(pairs); ok {
		all = append(all, query)
	}
	slices.Sort(pairs)
	return distinct(append(all, strings.Join(pairs, "&"), m.query))
}

// encodeQuery decodes pairs, sorts them by name, and encodes them again.
func encodeQuery(pairs []string) (string, bool) {
	type pair struct{ name, value string }
	plain := make([]pair, len(pairs))
	for i, p := range pairs {
		name, value, _ := strings.Cut(p, "=")
		var err, errValue error
		plain[i].name, err = url.QueryUnescape(name)
		plain[i].value, errValue = url.QueryUnescape(value)
		if err != nil || errValue != nil {
			return "", false
		}
	}
	slices.SortStableFunc(plain, func(a, b pair) int { return strings.Compare(a.name, b.name) })
	out := make([]string, len(plain))
	for i, p := range plain {
		out[i] = encode(p.name) + "=" + encode(p.value)
	}
	return strings.Join(out, "&"), true
}

// encode is form encoding but for the space, the asterisk and the tilde
// (spec 3.2): url.QueryEscape differs from the SDKs' by the first alone.
func encode(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func encodePath(s string) string { return strings.ReplaceAll(encode(s), "%2F", "/") }

// distinct drops what is there already: most requests have one form.
func distinct(all []string) (once []string) {
	for _, s := range all {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}

// signingKey is what a request of a date with a nonce is signed with. It depends on
// the nonce, so that it is of no use later.
func signingKey(secret, date, nonce string) []byte {
	k := []byte("SAuthc1" + secret)
	for _, part := range []string{date, nonce, terminator} {
		k = hmacOf(k, part)
	}
	return k
}

func hmacOf(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// textToSign is what the key signs of a canonical request.
func textToSign(timestamp, id, canonical string) string {
	sum := sha256.Sum256([]byte(canonical))
	return "HMAC-SHA-256\n" + timestamp + "\n" + id + "\n" + hex.EncodeToString(sum[:])
}
