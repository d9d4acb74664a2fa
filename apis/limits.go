package apis

import "time"

// The limits of what a caller may send. Custom data may come with its owner, so
// that creates of nouns that have it take as much. A body takes its memory as soon
// as its length has been announced: who has shown no key gets little of it.
const (
	maxURL       = 8 << 10
	maxHeader    = 16 << 10
	maxStranger  = 16 << 10 // a body below /v1 that comes without a good key
	maxElsewhere = 64 << 10 // a body outside /v1
	maxBody      = 1 << 20
	maxCustom    = 11 << 20
	maxBig       = 16 // bodies of more than maxBody at a time
	maxBigSigned = 4  // of these, such as come with a signature
	maxUnproved  = 32 // bodies of more than maxStranger at a time whose signature is still to be checked
	maxOfKey     = 8  // of these, such as name the same key
	maxAnswer    = 32 << 20
	headerTime   = 5 * time.Second
	bodyTime     = 60 * time.Second
	writeTime    = 60 * time.Second
	idleTime     = 2 * time.Minute
	drainTime    = 10 * time.Second
)
