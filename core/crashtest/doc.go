// Package crashtest kills a process that writes and looks at what is left. It has
// no code outside its tests:
//
//	go test ./core/crashtest                        30 kills, 20 power cuts
//	go test ./core/crashtest -args -kills 1000      as many as you like
//	go test ./core/crashtest -args -cuts 1000       so many power cuts
//	go test ./core/crashtest -args -seed 7          the same choices again
//
// A child process opens a data file, starts the real core on it, and has several
// writers make, change and delete records. Each writer says on standard output
// what it is about to write, and then that it was kept. The parent kills the child
// with SIGKILL, opens the file, and compares: every acknowledged write must be
// there, the one in flight of each writer whole or not at all, and nothing else.
// Then the next child goes on with the same file.
//
// Other writers sign in, and rotate, replay and end the tokens that they are given. What
// they held when they were killed is shown once more to what is left.
//
// A killed process leaves what it wrote in the cache of the system, so that this
// proves the order of writes, the recovery and the atomicity. That what was not
// yet synced may be lost as well is tried apart: by a store that forgets at a power
// cut what it has not synced, and, for what a cut can leave of a bbolt file, beside
// that engine.
package crashtest
