package core

import (
	"net/url"
	"slices"
	"strings"
)

// AddAlias adds a base URL under which the tenant is reached. Its host is that of no
// other tenant: Put refuses one that is.
func (t *Tenant) AddAlias(base string) error {
	base, err := baseURL(base)
	if err != nil || slices.Contains(t.Aliases, base) {
		return err
	}
	t.Aliases = append(slices.Clone(t.Aliases), base)
	return nil
}

// RemoveAlias removes a base URL.
func (t *Tenant) RemoveAlias(base string) error {
	base, err := baseURL(base)
	if err != nil {
		return err
	}
	i := slices.Index(t.Aliases, base)
	if i < 0 {
		return Errorf(NotFound, "not_found", "The tenant is not reached at %s.", base)
	}
	if base == t.Issuer {
		return &Error{Kind: Conflict, Code: "issuer", Msg: base + " is the issuer of the tenant's tokens.",
			Dev: "pin another first: tenant set-issuer URL --tenant " + t.Key}
	}
	t.Aliases = slices.Delete(slices.Clone(t.Aliases), i, i+1)
	return nil
}

// baseURL is a base URL in the one form in which they are compared.
func baseURL(text string) (string, error) {
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.User != nil || len(text) > 255 {
		return "", fieldError("url", "invalid_format", "A base URL looks like https://id.example.com, without a path.")
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}
