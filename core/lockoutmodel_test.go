package core_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/coretest"
)

// naive is the policy as one would explain it: it remembers each wrong try for ever.
type naive struct {
	now    time.Time
	wrongs map[string][]time.Time
}

// count is the length of the last run of wrong tries with no hour's pause in it.
func (m *naive) count(bucket string) (n int, last time.Time) {
	all := m.wrongs[bucket]
	for i := len(all) - 1; i >= 0; i-- {
		next := m.now
		if i < len(all)-1 {
			next = all[i+1]
		}
		if next.Sub(all[i]) >= time.Hour {
			break
		}
		n++
	}
	if n > 0 {
		last = all[len(all)-1]
	}
	return n, last
}

func (m *naive) delay(n, free int, first, most time.Duration) (d time.Duration) {
	for i := free; i <= n; i++ {
		if i == free {
			d = first
		} else if d *= 2; d > most {
			d = most
		}
	}
	return d
}

func TestClass06_BucketsAgreeWithANaiveModel(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 6))
		w := newWorld(t)
		w.App.Lockout.Network.Free = 12
		d := newDoor(t, w)
		m := &naive{now: w.Clock.Now(), wrongs: map[string][]time.Time{}}
		devices := map[string]string{}
		people := []string{"ann@example.com", "vic@example.com", "made-up", "made-up-too"}
		places := []string{"", home, away, home6}
		for step := range 600 {
			if r.IntN(3) == 0 {
				by := time.Duration(r.IntN(120)) * time.Second
				if r.IntN(8) == 0 {
					by = time.Duration(r.IntN(80)) * time.Minute
				}
				w.Clock.Turn(by)
				m.now = m.now.Add(by)
			}
			who, from := people[r.IntN(len(people))], places[r.IntN(len(places))]
			right := r.IntN(6) == 0
			device := ""
			if r.IntN(4) == 0 {
				device = devices[who]
			}
			type limit struct {
				bucket      string
				free        int
				first, most time.Duration
			}
			strict := []limit{{"device " + who, 10, 2 * time.Second, 15 * time.Minute}}
			late := time.Duration(0)
			buckets := []string{"device " + who}
			if device == "" {
				strict, buckets = nil, []string{"account " + who}
				n, _ := m.count("account " + who)
				late = m.delay(n, 20, 250*time.Millisecond, 5*time.Second)
				if from != "" {
					strict = []limit{{"place " + who + from, 5, 2 * time.Second, 15 * time.Minute}, {"network " + from, 12, 2 * time.Second, 15 * time.Minute}}
					buckets = append(buckets, strict[0].bucket, strict[1].bucket)
				}
			}
			want := time.Duration(0)
			for _, l := range strict {
				n, last := m.count(l.bucket)
				want = max(want, last.Add(m.delay(n, l.free, l.first, l.most)).Sub(m.now))
			}
			if want > 0 {
				late = 0
			}
			pw := wrong
			if right {
				pw = coretest.Password
			}
			out, err := d.try(who, pw, from, device)
			if held(err) != max(want, 0) || d.late != late {
				t.Fatalf("seed %d, step %d: %s from %q, device %t: held for %v (%v), late by %v; want %v and %v", seed, step, who, from, device != "", held(err), err, d.late, want, late)
			}
			switch {
			case want > 0:
			case err != nil:
				for _, b := range buckets {
					m.wrongs[b] = append(m.wrongs[b], m.now)
				}
			default:
				devices[who] = out.Done.Device
				delete(m.wrongs, "device "+who)
				if device == "" {
					delete(m.wrongs, "device "+who) // another device: its bucket is new
					delete(m.wrongs, "place "+who+from)
				}
			}
		}
	}
}
