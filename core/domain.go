package core

import (
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// Domain is a host, or a path below one, at which the hosted pages are those of an
// application, and sign people in to an organization of it if one is named. What no
// domain takes, the tenant's default application has.
type Domain struct {
	Base[Domain]
	Application  ID[Application]  `json:"application" api:"ro"`
	Host         string           `json:"host" api:"create"`
	At           string           `json:"path" api:"create,null"` // "/shop", "" for the whole host
	Organization ID[Organization] `json:"organization,omitempty" api:",null"`
}

// DomainsOf lists the domains of an application, domainsInto those that sign people in to
// an organization, with which they go; domainAt finds the one of a host and a
// path.
var (
	DomainsOf = &Index[Domain]{Name: "app", List: true,
		Key: func(d *Domain) (Entry, bool) { return Entry{Owner: string(d.Application)}, true }}
	domainsInto = &Index[Domain]{Name: "org", List: true,
		Key: func(d *Domain) (Entry, bool) { return Entry{Owner: string(d.Organization)}, d.Organization != "" }}
	domainAt = &Index[Domain]{Name: "host", Rule: Unique, Taken: "Another Domain has that host and path.",
		Key: func(d *Domain) (Entry, bool) { return Entry{"", d.Host + d.At}, true }}
)

var domains = &Kind[Domain]{Name: "domains", Noun: "Domain", Key: "dom", Indexes: []*Index[Domain]{DomainsOf, domainsInto, domainAt},
	Links: []string{"tenant=tenants/{tenant}"}}

// Kind says how domains are stored.
func (*Domain) Kind() *Kind[Domain] { return domains }

// Owners are the application, and the organization if one is named.
func (d *Domain) Owners() []Ref {
	if d.Organization == "" {
		return []Ref{RefTo(d.Application)}
	}
	return []Ref{RefTo(d.Application), RefTo(d.Organization)}
}

// MountPath is the path below the host.
func (d *Domain) MountPath() string { return d.At }

// Check demands a host at which the tenant is reached, and a path at which nothing else
// is.
func (d *Domain) Check(c *Checks) {
	c.Required("host", d.Host)
	host, ok := normalHost(d.Host)
	c.That(ok, "host", "invalid_format", "Domain host must look like login.example.com, with a port if it has one.")
	if c.err() != nil {
		return
	}
	d.Host = host
	if d.At = strings.TrimSuffix(d.At, "/"); d.At != "" {
		c.MountPath("path", &d.At, d)
	}
	if old, ok := c.Old.(*Domain); ok {
		c.That(d.Application == old.Application && d.Host == old.Host && d.At == old.At, "host", "protected", "A Domain stays where it is: make another.")
	}
	if c.New && !c.Moved {
		t, err := Get(c.Tx.trusted(), c.Tx.Tenant)
		c.Fail(err)
		c.That(err != nil || hosts(t)[host] || c.Tx.App.publicHost() == host, "host", "invalid_value",
			"Domain host is none at which this tenant is reached: add it first, by tenant hosts.")
	}
	app, err := Get(c.Tx, d.Application)
	c.That(err != nil || !app.Admin, "host", "protected", "The application of the administrators has no domain.")
}

// normalHost is a host in the one form in which they are compared: lower case, its labels
// in ASCII (RFC 5891).
func normalHost(text string) (string, bool) {
	if len(text) > 255 || strings.ContainsAny(text, "/?#@\\ ") {
		return "", false
	}
	u, err := url.Parse("//" + text)
	if err != nil || u.Hostname() == "" || u.Path != "" || strings.HasSuffix(u.Host, ":") {
		return "", false
	}
	name := u.Hostname()
	if !strings.Contains(name, ":") {
		if name, err = idna.Lookup.ToASCII(strings.ToLower(name)); err != nil {
			return "", false
		}
	} else {
		name = "[" + name + "]"
	}
	if port := u.Port(); port != "" {
		name += ":" + port
	}
	return strings.ToLower(name), true
}

// publicHost is the host of the server's own URL.
func (a *App) publicHost() string {
	u, err := url.Parse(a.PublicURL)
	if err != nil {
		return ""
	}
	host, _ := normalHost(u.Host)
	return host
}

// domainFor is the domain of an application for who came to it by an organization, which
// may be "": that of the organization, else the first that signs people in to none. It is
// nil where there is none at which the tenant is reached, whose base it comes with.
func domainFor(tx *Tx, app ID[Application], org ID[Organization]) (best *Domain, base string, err error) {
	ix, owner := DomainsOf, string(app)
	if app == "" {
		ix, owner = domainsInto, string(org)
	}
	if owner == "" {
		return nil, "", nil
	}
	sys := tx.trusted()
	t, err := Get(sys, tx.Tenant)
	if err != nil {
		return nil, "", err
	}
	bases := map[string]string{}
	for _, at := range append([]string{t.public(tx.App.PublicURL)}, t.Aliases...) {
		u, err := url.Parse(at)
		if err != nil {
			continue
		}
		if host, ok := normalHost(u.Host); ok && bases[host] == "" {
			bases[host] = u.Scheme + "://" + host
		}
	}
	for d, err := range records(sys, Walk(sys, ix, Query{Owner: owner})) {
		if err != nil {
			return nil, "", err
		}
		switch {
		case bases[d.Host] == "" || d.Organization != "" && d.Organization != org:
		case best == nil || best.Organization == "" && d.Organization != "":
			best, base = d, bases[d.Host]
		}
	}
	return best, base, nil
}

// pagesURL is the base of the hosted pages for who came by an application and an
// organization of it: at their domain, else at the tenant's URL.
func pagesURL(tx *Tx, app ID[Application], org ID[Organization]) string {
	d, base, err := domainFor(tx, app, org)
	if err != nil || d == nil {
		return PublicURL(tx)
	}
	return base + d.At
}

// HomePath is the path, at a host, of the domain of who signed in to an application by an
// organization of it, or by none; "" where that is another host, or all of it.
func HomePath(tx *Tx, host string, app ID[Application], org ID[Organization]) (string, error) {
	d, _, err := domainFor(tx, app, org)
	if host, ok := normalHost(host); err != nil || d == nil || !ok || d.Host != host {
		return "", err
	}
	return d.At, nil
}

// DomainAt is the domain that a request is for, the one with the longest path, and what
// of the path lies below it; nil if there is none.
func DomainAt(tx *Tx, host, path string) (d *Domain, below string, err error) {
	host, ok := normalHost(host)
	if !ok {
		return nil, path, nil
	}
	for _, at := range append(prefixes(path), "") {
		d, err := Find(tx.trusted(), domainAt, "", host+at)
		if err == nil {
			return d, path[len(at):], nil
		}
		if !IsNotFound(err) {
			return nil, "", err
		}
	}
	return nil, path, nil
}
