package keep

import (
	"errors"
	"fmt"
	"strings"

	"filippo.io/age"
)

// Lock says for whom backups are encrypted: for recipients, whose identities open
// them, or for whoever knows a passphrase.
type Lock struct {
	Recipients []string `json:"recipients,omitempty"` // "age1…", as age-keygen prints them
	Passphrase string   `json:"passphrase,omitempty"`
}

// ErrNoLock says that a backup would have to be written in the clear.
var ErrNoLock = errors.New("a backup is always encrypted: it needs a recipient or a passphrase")

// Check says what is wrong with the lock.
func (l Lock) Check() error {
	_, err := l.AgeRecipients()
	return err
}

// IsZero tells whether it is for nobody.
func (l Lock) IsZero() bool { return l.Passphrase == "" && len(l.Recipients) == 0 }

// AgeRecipients are those for whom it encrypts. The error tells no secret.
func (l Lock) AgeRecipients() ([]age.Recipient, error) {
	switch {
	case l.IsZero():
		return nil, ErrNoLock
	case l.Passphrase != "" && len(l.Recipients) > 0:
		return nil, errors.New("what is encrypted is for recipients or for a passphrase, not for both")
	case l.Passphrase != "":
		r, err := age.NewScryptRecipient(l.Passphrase)
		return []age.Recipient{r}, err
	}
	var all []age.Recipient
	for _, text := range l.Recipients {
		some, err := age.ParseRecipients(strings.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("%q is no age recipient, such as age1…", short(text))
		}
		all = append(all, some...)
	}
	return all, nil
}

// short keeps what was given in the wrong place, a secret perhaps, out of errors.
func short(text string) string {
	if len(text) > 8 {
		return text[:8] + "…"
	}
	return text
}

// Key is what opens backups: a passphrase, or the text of a file of age
// identities. None of it is ever part of an error.
type Key struct {
	Passphrase string `json:"passphrase,omitempty"`
	Identities string `json:"identities,omitempty"`
}

// IsZero tells whether there is nothing to open a backup with.
func (k Key) IsZero() bool { return k == Key{} }

// AgeIdentities are those that it opens with. The error tells no secret.
func (k Key) AgeIdentities() (all []age.Identity, err error) {
	if k.Identities != "" {
		if all, err = age.ParseIdentities(strings.NewReader(k.Identities)); err != nil {
			return nil, errors.New("the file holds no age identity: a line that begins with AGE-SECRET-KEY-")
		}
	}
	if k.Passphrase != "" {
		id, err := age.NewScryptIdentity(k.Passphrase)
		if err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	if len(all) == 0 {
		return nil, errors.New("to open a backup takes its passphrase or an identity")
	}
	return all, nil
}
