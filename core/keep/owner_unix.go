//go:build !windows

package keep

import (
	"io/fs"
	"os/user"
	"strconv"
	"syscall"
)

// ownerOf is the number of the user to whom a file belongs.
func ownerOf(info fs.FileInfo) (id int, known bool) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return int(s.Uid), true
}

// userName is a user for people: its name if it has one, and its number.
func userName(id int) string {
	number := strconv.Itoa(id)
	if u, err := user.LookupId(number); err == nil {
		return u.Username + " (" + number + ")"
	}
	return "user " + number
}
