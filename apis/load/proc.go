package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of times in /proc, on every Linux that Go knows.
const tick = 10 * time.Millisecond

// cpuOf is the CPU time a process has used, in user and system mode.
func cpuOf(pid int) (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	return parseStat(string(b))
}

// parseStat reads utime and stime, the 14th and 15th field of proc(5)'s stat. The
// second, a name, may hold anything, also spaces and parentheses.
func parseStat(text string) (time.Duration, error) {
	end := strings.LastIndexByte(text, ')')
	fields := strings.Fields(text[end+1:])
	if end < 0 || len(fields) < 13 {
		return 0, fmt.Errorf("%q is no /proc/PID/stat", text)
	}
	user, err := strconv.ParseInt(fields[11], 10, 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * tick, err
}

// memoryOf is the memory a process has now, in bytes, and what of it is anonymous:
// not a page of a file.
func memoryOf(pid int) (rss, anon int64, err error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0, err
	}
	if rss, err = parseStatus(string(b), "VmRSS"); err != nil {
		return 0, 0, err
	}
	anon, err = parseStatus(string(b), "RssAnon")
	return rss, anon, err
}

// parseStatus reads a member of proc(5)'s status that is in kB.
func parseStatus(text, name string) (int64, error) {
	for line := range strings.Lines(text) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			return n << 10, err
		}
	}
	return 0, fmt.Errorf("/proc/PID/status says no %s", name)
}

// ownCPU is the CPU time of this process; 0 where there is no /proc, so that no
// figure is thrown away for it.
func ownCPU() time.Duration {
	d, _ := cpuOf(os.Getpid())
	return d
}
