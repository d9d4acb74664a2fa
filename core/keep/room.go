package keep

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/stormkeep/stormkeep/core"
)

const (
	// spareCopies is how many times the size of the data are to be free on its disk: a
	// compaction writes it anew, a doctor copies it, and a backup has for a while its
	// copy and the encrypted one.
	spareCopies = 2
	// longView is for how long a View may hold what commits have replaced. Requests
	// take seconds, and a backup of gigabytes minutes.
	longView = 5 * time.Minute
)

// space tells of the room that the disk has, and whether a copy of the data fits.
func (k *Keeper) space() (f Finding, fits bool) {
	w := k.App.Engine()
	if w == nil {
		return Finding{"disk", Skip, "this engine does not say how much room there is", ""}, true
	}
	free, err := w.Free()
	if errors.Is(err, errors.ErrUnsupported) {
		return Finding{"disk", Skip, "this system does not say how much room there is", ""}, true
	}
	if err != nil {
		return Finding{"disk", Bad, "the disk does not say how much room it has: " + err.Error(), "look whether it is there"}, true
	}
	size := uint64(max(k.App.Size(), 0))
	copies := cmp.Or(k.spare, spareCopies)
	text := fmt.Sprintf("%d MiB are free, and the data takes %d MiB", free>>20, size>>20)
	if free < copies*size || free < core.LeastFree {
		return Finding{"disk", Warn, text + fmt.Sprintf(": want %d times as much as the data, for a backup or a compaction, and %d MiB", copies, core.LeastFree>>20),
			"make room on the disk of " + k.Folder.Dir + ", or have it grow"}, free > size
	}
	return Finding{"disk", Fine, text, ""}, true
}

// readers tells of Views that keep the data growing.
func (k *Keeper) readers() Finding {
	w := k.App.Engine()
	if w == nil {
		return Finding{"readers", Skip, "this engine does not say who reads", ""}
	}
	if held := w.Held(); held > cmp.Or(k.patience, longView) {
		return Finding{"readers", Warn, "something has been reading an old state for " + held.Round(time.Second).String() + ": meanwhile the data grows with every commit",
			"end what reads so long, such as an export to a slow disk, or start the server anew; then run compact"}
	}
	return Finding{"readers", Fine, "nobody has been reading an old state for long", ""}
}
