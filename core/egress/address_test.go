package egress_test

import (
	"errors"
	"net"
	"net/netip"
	"testing"

	"github.com/stormkeep/stormkeep/core/egress"
)

func TestOnlyThePublicInternetIsPublic(t *testing.T) {
	for public, ips := range map[bool][]string{
		true: {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "192.167.255.255", "100.63.255.255", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"},
		false: {"127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254",
			"100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
			"::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1", "2001::1", "2002:7f00:1::",
			"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2606:4700::1111%1"},
	} {
		for _, ip := range ips {
			if egress.Public(netip.MustParseAddr(ip)) != public {
				t.Errorf("%s: want public %t", ip, public)
			}
		}
	}
	if egress.Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

func TestADialRefusesThisMachineByAnyName(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	for _, host := range []string{"127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]", "[::]"} {
		c, err := (&egress.Client{}).Dial(t.Context(), "tcp", host+":"+port)
		if err == nil {
			c.Close()
		}
		if !errors.Is(err, egress.ErrPrivate) {
			t.Errorf("%s: %v", host, err)
		}
	}
	c, err := (&egress.Client{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}).Dial(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
}
