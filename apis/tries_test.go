package apis

import (
	"net/netip"
	"testing"
	"time"
)

func TestASourceIsWrongTenTimesAMinute(t *testing.T) {
	var tr tries
	a, b := netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24")
	now := time.Date(2026, 11, 21, 12, 0, 20, 0, time.UTC)
	for i := range maxWrong {
		if wait := tr.take(a, now); wait != 0 {
			t.Fatalf("try %d waits %s", i, wait)
		}
	}
	if wait := tr.take(a, now); wait != 40*time.Second {
		t.Errorf("one more waits %s", wait)
	}
	if wait := tr.take(b, now); wait != 0 {
		t.Errorf("another source waits %s", wait)
	}
	tr.giveBack(a)
	if wait := tr.take(a, now); wait != 0 {
		t.Errorf("what was right counts: %s", wait)
	}
	if wait := tr.take(a, now.Add(40*time.Second)); wait != 0 {
		t.Errorf("in the next minute it waits %s", wait)
	}
}

func TestTriesTakeBoundedMemory(t *testing.T) {
	var tr tries
	now := time.Date(2026, 11, 21, 12, 0, 20, 0, time.UTC)
	for i := range maxSources + 100 {
		tr.take(numbered(i), now)
	}
	if n := len(tr.wrong); n > maxSources+1 {
		t.Errorf("%d sources", n)
	}
	if tr.take(numbered(maxSources+200), now) == 0 {
		t.Error("those beyond the bound are not one")
	}
}

func numbered(i int) netip.Prefix {
	return neighbourhood(netip.AddrFrom4([4]byte{byte(i >> 16), byte(i >> 8), byte(i), 1}))
}

func TestASourceIsItsNetwork(t *testing.T) {
	for ip, want := range map[string]string{"192.0.2.77": "192.0.2.0/24", "::ffff:192.0.2.1": "192.0.2.0/24",
		"2001:db8:1:2:3::4": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64"} {
		if got := neighbourhood(netip.MustParseAddr(ip)); got.String() != want {
			t.Errorf("neighbourhood(%q) = %q, want %q", ip, got, want)
		}
	}
	if got := neighbourhood(netip.Addr{}); got.IsValid() {
		t.Errorf("no address stands for %s", got)
	}
}
