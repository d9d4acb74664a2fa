package core

import (
	"encoding/base64"
	"encoding/json"
	"time"
)

// maxBlob is how long a blob may be, as text.
const maxBlob = 4096

// SealBlob is a value that leaves the server with a page, to come back with a form:
// only this tenant reads it, for that purpose, from the browser to which it is bound,
// for as long as ttl. One that would be longer than 4 KiB is refused.
func (tx *Tx) SealBlob(purpose, browser string, v any, ttl time.Duration) (string, error) {
	key, err := tx.dataKey()
	if err != nil {
		return "", err
	}
	plain, err := json.Marshal(blob{Until: At(tx.Now.Add(ttl)), Value: mustJSON(v)})
	if err != nil {
		return "", err
	}
	text := base64.RawURLEncoding.EncodeToString(key.Seal(plain, tx.aad("blob/"+purpose, browser)))
	if len(text) > maxBlob {
		return "", &Error{Kind: Invalid, Code: "too_long", Msg: "The request is too long."}
	}
	return text, nil
}

type blob struct {
	Until Time            `json:"u"`
	Value json.RawMessage `json:"v"`
}

func mustJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // a fault of the program: what is sealed are plain structs of ours
	}
	return b
}

// OpenBlob reads a value that SealBlob made, as ended any other text.
func (tx *Tx) OpenBlob(purpose, browser, text string, into any) error {
	key, err := tx.dataKey()
	if err != nil {
		return err
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(text) > maxBlob {
		return errEnded("the page is not one of ours")
	}
	plain, err := key.Open(raw, tx.aad("blob/"+purpose, browser))
	if err != nil {
		return errEnded("the page was for another browser, or another purpose")
	}
	var b blob
	if err := json.Unmarshal(plain, &b); err != nil {
		return err
	}
	if !tx.Now.Before(b.Until.Time) {
		return errEnded("the page was open for too long")
	}
	return json.Unmarshal(b.Value, into)
}
