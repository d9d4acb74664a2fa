package crashtest

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stormkeep/stormkeep/core/secret"
)

var (
	kills = flag.Int("kills", 30, "how many children are killed")
	seed  = flag.Uint64("seed", 0, "of all choices; 0 takes one by chance")
)

// childVariable names the folder in which a copy of this program is the child.
const childVariable = "STORMKEEP_CRASHTEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childVariable); dir != "" {
		if url := os.Getenv(mailVariable); url != "" {
			fmt.Fprintln(os.Stderr, postman(dir, url, os.Getenv(holdVariable) != ""))
			os.Exit(1)
		}
		fmt.Fprintln(os.Stderr, child(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func TestAKilledServerKeepsWhatItAcknowledged(t *testing.T) {
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	t.Logf("seed %d", *seed)
	rnd := rand.New(rand.NewPCG(*seed, 0))
	dir := t.TempDir()
	if _, err := secret.CreateFile(filepath.Join(dir, "master.key")); err != nil {
		t.Fatal(err)
	}
	data := folder(dir)
	p, err := begin(data, *seed)
	if err != nil {
		t.Fatal(err)
	}
	l, tr := newLedger(), newTrail()
	if l.Kept[0], err = first(data, p, tr); err != nil {
		t.Fatal(err)
	}
	early := 0
	shown := func() bool { return l.acks >= *kills && len(l.done) > 0 && len(l.heard) > 0 }
	for i := range turns(*kills, shown) {
		p.Seed, p.Kept = rnd.Uint64(), l.Kept
		if err := p.write(dir); err != nil {
			t.Fatal(err)
		}
		// Some children die while they start, and do again what the last one left.
		var afterStart, afterReady time.Duration
		if afterReady = time.Duration(10+rnd.IntN(290)) * time.Millisecond; rnd.IntN(6) == 0 {
			afterReady, afterStart = 0, time.Duration(rnd.IntN(40))*time.Millisecond
			early++
		}
		if err := run(dir, l, afterStart, afterReady); err != nil {
			t.Fatalf("child %d: %v", i, err)
		}
		wrong, err := examine(data, p, l, tr)
		if err != nil || len(wrong) > 0 {
			t.Fatalf("seed %d, after %d kills and %d acknowledged writes: %v\n%s", *seed, i+1, l.acks, err, show(wrong))
		}
	}
	wrong, err := finish(data, p, l, tr)
	if err != nil || len(wrong) > 0 {
		t.Errorf("seed %d, at the end: %v\n%s", *seed, err, show(wrong))
	}
	t.Logf("%d kills, %d of them early: %d acknowledged writes, %d jobs, %d events, %d records deleted",
		*kills, early, l.acks, len(l.done), len(tr.events), len(l.gone))
	if !shown() {
		t.Errorf("only %d acknowledged writes, %d jobs and %d events heard: this proves nothing", l.acks, len(l.done), len(l.heard))
	}
}

// turns are n, and more as long as nothing is shown by them, which is so where the
// machine is busy: at most ten times as many.
func turns(n int, shown func() bool) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n || i < 10*n && !shown(); i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func show(wrong []string) string {
	if n := len(wrong); n > 25 {
		wrong = append(slices.Clone(wrong[:25]), fmt.Sprintf("and %d more", n-25))
	}
	return strings.Join(wrong, "\n")
}

// run starts a child, takes in what it says, and kills it: after afterReady of
// work, or if that is 0, afterStart after it was started.
func run(dir string, l *ledger, afterStart, afterReady time.Duration) error {
	me, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(me)
	cmd.Env = append(os.Environ(), childVariable+"="+dir)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	kill := sync.OnceFunc(func() { cmd.Process.Kill() })
	defer kill()
	if afterReady == 0 {
		time.AfterFunc(afterStart, kill)
	} else {
		time.AfterFunc(time.Minute, kill) // a child that never gets ready is told by its silence
	}
	ready, lines := false, bufio.NewReader(out)
	for {
		text, err := lines.ReadBytes('\n')
		if err != nil {
			break // what has no end was cut off by the kill, and was not said
		}
		var n line
		if err := json.Unmarshal(text, &n); err != nil {
			return fmt.Errorf("the child said %q: %w", text, err)
		}
		if n.Ready && afterReady > 0 {
			time.AfterFunc(afterReady, kill)
		}
		ready = ready || n.Ready
		l.note(n)
	}
	kill()
	err = cmd.Wait()
	switch {
	case complaints.Len() > 0 || len(l.wrong) > 0:
		return fmt.Errorf("%s\n%s", show(l.wrong), complaints.String())
	case !killed(err):
		return fmt.Errorf("the child ended by itself: %v", err)
	case !ready && afterReady > 0:
		return errors.New("the child did not get ready")
	}
	return nil
}

// killed tells whether a process was ended from outside. It is all that every
// system says alike.
func killed(err error) bool {
	exit, ok := errors.AsType[*exec.ExitError](err)
	return ok && !exit.Exited()
}
