package core

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"time"
)

// A device token says that somebody has signed in to an account from the device that
// shows it, as the tenant's key attests. It signs nobody in: it only spares the device
// from what strangers do to the account. It is the id of the device, the second in
// which it ends, and their MAC together with the account and its epoch: a new password
// ends it.
const (
	deviceID  = 16
	deviceLen = deviceID + 8 + 32

	deviceKnown = 180 * day // after its last sign-in
)

// deviceOf is the id of the device that shows a token, "" if the account does not know
// it. It takes as long for a token that is none and for nobody's account.
func (tx *Tx) deviceOf(acc ID[Account], epoch uint64, token string) (string, error) {
	raw, _ := base64.RawURLEncoding.Strict().DecodeString(token)
	known := len(raw) == deviceLen
	if !known {
		raw = make([]byte, deviceLen)
	}
	mac, err := tx.deviceMAC(acc, epoch, raw[:deviceID+8])
	if err != nil {
		return "", err
	}
	until := time.Unix(int64(binary.BigEndian.Uint64(raw[deviceID:])), 0)
	if !hmac.Equal(mac, raw[deviceID+8:]) || !known || !tx.Now.Before(until) {
		return "", nil
	}
	return string(raw[:deviceID]), nil
}

// deviceToken is the token of a device from which the account has signed in just now;
// device is "" for one that is new to it.
func (tx *Tx) deviceToken(acc ID[Account], epoch uint64, device string) (string, error) {
	if device == "" {
		device = tx.s.ids.id("device", func() string {
			b := make([]byte, deviceID)
			rand.Read(b)
			return string(b)
		})
	}
	raw := binary.BigEndian.AppendUint64([]byte(device), uint64(tx.Now.Add(deviceKnown).Unix()))
	mac, err := tx.deviceMAC(acc, epoch, raw)
	return base64.RawURLEncoding.EncodeToString(append(raw, mac...)), err
}

func (tx *Tx) deviceMAC(acc ID[Account], epoch uint64, what []byte) ([]byte, error) {
	key, err := tx.dataKey()
	if err != nil {
		return nil, err
	}
	return key.MAC("known device", append(binary.BigEndian.AppendUint64(slices.Clone(what), epoch), acc...)), nil
}
