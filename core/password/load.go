package password

// slotBytes is the working memory that one slot of the gate stands for.
const slotBytes = 64 << 20

// load is what computing a hash takes of the machine.
type load struct {
	lanes int // goroutines at once
	bytes int // working memory
}

// slots is how many ordinary hashes one counts for, by lanes or by memory.
// So neither the lanes nor the memory of imported hashes add up.
func (l load) slots() int { return max(l.lanes, (l.bytes+slotBytes-1)/slotBytes) }

func (p Params) load() load {
	return load{lanes: int(p.Parallelism), bytes: int(p.Memory) << 10}
}

// light is embedded by the forms that need one lane and next to no memory.
type light struct{}

func (light) load() load { return load{lanes: 1} }
