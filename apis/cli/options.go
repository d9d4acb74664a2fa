package cli

import (
	"cmp"
	"errors"
	"net/netip"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/apis/gcra"
	"github.com/stormkeep/stormkeep/core/egress"
	"github.com/stormkeep/stormkeep/ui"
)

// options are what the settings say to the server.
func (c config) options(publicURL string) apis.Options {
	info, _ := debug.ReadBuildInfo()
	to := c.steering()
	return apis.Options{PublicURL: publicURL, Apart: c.Metrics != "", OTLP: c.OTLP, OTLPHeaders: c.OTLPKeys, Version: version(info), TrustedProxies: listed(c.TrustedProxies), Console: ui.Console(),
		Rates: to.Rates, MaxConnections: to.MaxConnections, MaxConnectionsOfSource: to.MaxConnectionsOfSource, HostedApplication: to.HostedApplication}
}

// steering is what of these may change while the server serves.
func (c config) steering() apis.Steering {
	return apis.Steering{MaxConnections: c.MaxConnections, MaxConnectionsOfSource: c.MaxOfSource, HostedApplication: c.HostedApplication,
		Rates: apis.Rates{Source: limit("rate-source", c.RateSource), Key: limit("rate-key", c.RateKey)}}
}

// limit is the rate of a setting whose value has been checked, or its default.
func limit(name, value string) apis.Limit {
	s, _ := settingOf(name)
	r, _ := parseRate(cmp.Or(value, s.without))
	return apis.Limit{Rate: r, SpareLocal: value == ""}
}

var rateForm = regexp.MustCompile(`^(\d{1,9}(?:\.\d{1,6})?)/s,(\d{1,9})$`)

// parseRate reads "10/s,100": ten a second in the long run, a hundred at once.
func parseRate(value string) (r gcra.Rate, err error) {
	if value == off {
		return r, nil
	}
	m := rateForm.FindStringSubmatch(value)
	if m == nil {
		return r, errors.New("is neither off nor a rate such as 10/s,100")
	}
	if r.PerSecond, err = strconv.ParseFloat(m[1], 64); err != nil {
		return r, err
	}
	if r.Burst, err = strconv.Atoi(m[2]); err == nil && !r.Limited() {
		err = errors.New("lets nobody in; off is no limit")
	}
	return r, err
}

func checkRate(value string) error {
	_, err := parseRate(value)
	return err
}

// listed are the items of a text that separates them by commas.
func listed(text string) (items []string) {
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

func checkEgress(value string) error {
	_, err := egress.ParseNetworks(listed(value))
	return err
}

func checkProxies(value string) error {
	for _, item := range listed(value) {
		_, err := netip.ParseAddr(item)
		if p, errPrefix := netip.ParsePrefix(item); errPrefix == nil && !p.Addr().Is4In6() {
			err = nil
		}
		if err != nil || strings.Contains(item, "%") {
			return errors.New("holds what is neither an address nor a network such as 10.0.0.0/8")
		}
	}
	return nil
}

func checkFile(value string) error {
	if strings.TrimSpace(value) == "" {
		return errors.New("names no file")
	}
	return checkFolder(value) // in which what is wrong with a path is the same
}

func checkCount(value string) error {
	if n, err := strconv.ParseUint(value, 10, 31); err != nil || n == 0 {
		return errors.New("is no number above 0")
	}
	return nil
}

func checkRedirect(value string) error {
	if value == off {
		return nil
	}
	return checkAddress(value)
}
