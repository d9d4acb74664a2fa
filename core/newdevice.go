package core

import (
	"cmp"
	"slices"
	"strings"
)

// KnownDevices says that an account has signed in at a page, whose browser knows it again
// by its device token. Which devices they are, only they can tell.
type KnownDevices struct {
	Epoch uint64 `json:"epoch"` // the account's, with which they are forgotten
	At    Time   `json:"at"`    // when the last of them signed in, to a day
	By    string `json:"by"`    // the Tx.Attempt that wrote it
}

// meet notes that the device of a sign-in keeps its token, and tells whether it is new to
// an account that knows others. The account is the one whose password was shown.
func (tx *Tx) meet(done *Done) (more bool, err error) {
	if done.Device == "" {
		return false, nil
	}
	sys := tx.trusted()
	sec, err := Get(sys, ID[Security](cmp.Or(done.From, done.Account.ID)))
	if err != nil {
		return false, err
	}
	was := sec.KnownDevices
	if was.By == tx.Attempt() {
		return false, nil // this very call was kept before, with its mail if there was one
	}
	has := was.By != "" && was.Epoch == sec.Epoch && tx.Now.Before(was.At.Add(deviceKnown))
	if !has || tx.Now.Sub(was.At.Time) >= day {
		sec.KnownDevices = KnownDevices{Epoch: sec.Epoch, At: At(tx.Now), By: tx.Attempt()}
		err = Put(sys, sec)
	}
	return has && done.stranger, err
}

// tellOfDevice writes to the owner of the password that a new device has signed in with.
func (tx *Tx) tellOfDevice(done *Done, app ID[Application]) error {
	acc, err := Get(tx.trusted(), cmp.Or(done.From, done.Account.ID))
	if err != nil {
		return err
	}
	browser, system := DeviceWords(tx.Actor.UserAgent)
	// What a stranger's program says of itself is no text for a mail: only words of ours are.
	words := strings.Join(slices.DeleteFunc([]string{browser, system}, func(s string) bool { return s == "" }), ", ")
	return Post(tx, Letter{Template: "newDevice", Account: acc, Application: app,
		Values: map[string]string{"device": cmp.Or(words, "?"), "ip": cmp.Or(tx.Actor.IP, "?")}})
}
