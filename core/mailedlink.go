package core

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// MailedLink is what a link in a mail is good for.
type MailedLink struct {
	Purpose      Purpose
	Account      *Account
	Application  *Application     // nil if it came through none
	Organization ID[Organization] // of it, in which people were looked for, or ""
	Address      string           // which is to be proved
}

// codeTries is how many wrong codes may be typed beside one link.
const codeTries = 5

// withCode gives the proof a code for its mail to say beside the link: who has the mail
// before them types it in any browser.
func (p *Proof) withCode(tx *Tx) (map[string]string, error) {
	code := tx.s.ids.id("proofs.code", func() string {
		n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
		if err != nil {
			panic(err) // the system has no randomness
		}
		return fmt.Sprintf("%06d", n)
	})
	var err error
	p.Code, err = p.codeMAC(tx, code)
	return map[string]string{"code": code}, err
}

func (p *Proof) codeMAC(tx *Tx, code string) ([]byte, error) {
	key, err := tx.dataKey()
	if err != nil {
		return nil, err
	}
	return key.MAC("proof code", []byte(string(p.ID)+"/"+code)), nil
}

// orDeadLink says of a proof that is not there what is said of every link that does not
// work.
func orDeadLink(err error) error {
	if IsNotFound(err) {
		return errDeadLink()
	}
	return err
}

// ReadMailedLink says what the link of a token is good for, and spends nothing. The
// actor is whoever holds it.
func (a *App) ReadMailedLink(ctx context.Context, token string) (l *MailedLink, err error) {
	err = a.View(ctx, func(tx *Tx) error {
		sys := tx.trusted()
		p, _, err := findProof(sys, token, PasswordReset, EmailVerification, EmailChange)
		if err != nil {
			return err
		}
		l, err = p.link(sys, token)
		return err
	})
	return l, orDeadLink(err)
}

// link is what a live proof is good for.
func (p *Proof) link(tx *Tx, token string) (l *MailedLink, err error) {
	l = &MailedLink{Purpose: p.Purpose, Organization: p.Organization}
	if p.Purpose == PasswordReset {
		_, l.Account, err = Reset(tx, p.Application, token)
	} else {
		_, l.Account, err = liveAddressProof(tx, token)
	}
	if err != nil {
		return nil, err
	}
	l.Address = l.Account.Email
	if p.To != "" {
		l.Address = p.To
	}
	if p.Application != "" {
		if l.Application, err = Get(tx, p.Application); IsNotFound(err) {
			return l, nil
		}
	}
	return l, err
}

// SpendResetLink sets a new password by a mailed link, once, as whoever holds it.
func (a *App) SpendResetLink(ctx context.Context, token, pw string) (*Account, error) {
	var app ID[Application]
	err := a.View(ctx, func(tx *Tx) error {
		p, _, err := findProof(tx.trusted(), token, PasswordReset)
		if err == nil {
			app = p.Application
		}
		return err
	})
	if err != nil {
		return nil, orDeadLink(err)
	}
	acc, err := a.spendReset(ctx, app, token, pw, (*Tx).trusted)
	return acc, orDeadLink(err)
}

// Confirmation is what shows that whoever follows a link to an address is not only a
// program that reads mails: the code that stands beside it, or the account's password.
type Confirmation struct{ Code, Password string }

// ConfirmAddress proves an address by a mailed link, once, as whoever holds it. After
// five wrong codes the link is of no use.
func (a *App) ConfirmAddress(ctx context.Context, token string, c Confirmation) (l *MailedLink, err error) {
	if l, err = a.ReadMailedLink(ctx, token); err != nil {
		return nil, err
	}
	if l.Purpose == PasswordReset {
		return nil, errDeadLink()
	}
	c.Code = strings.Join(strings.Fields(c.Code), "")
	if c.Code == "" && c.Password == "" {
		return l, fieldError("code", "required", "Type the code that stands in the mail.")
	}
	known := false
	if c.Code == "" {
		if known, err = a.knowsPassword(ctx, l, c.Password); err != nil {
			return l, err
		}
		if !known {
			return l, fieldError("password", "wrong_password", "This is not the account's password.")
		}
	}
	err = a.Update(ctx, func(tx *Tx) error {
		sys := tx.trusted()
		p, acc, err := liveAddressProof(sys, token)
		if err != nil || p.SpentBy != "" {
			return err
		}
		if !known {
			mac, err := p.codeMAC(sys, c.Code)
			switch {
			case err != nil:
				return err
			case p.Tries >= codeTries || len(p.Code) == 0:
				return errNotFound()
			case !hmac.Equal(mac, p.Code):
				p.Tries++
				if err := Put(sys, p); err != nil {
					return err
				}
				return Keep(fieldError("code", "wrong_code", "This is not the code that stands in the mail."))
			}
		}
		l.Account = acc
		return spendAddressProof(sys, p, acc)
	})
	return l, orDeadLink(err)
}

// knowsPassword tells whether the password is that of the account of a link. An account
// that waits for its address to be verified has one all the same.
func (a *App) knowsPassword(ctx context.Context, l *MailedLink, pw string) (bool, error) {
	if l.Application == nil {
		return false, nil
	}
	// A user name is of one account of a directory, and of many of an application.
	at := Attempt{Application: l.Application.ID, Login: l.Account.Username, Password: pw, Store: RefTo(l.Account.Directory), Door: "verification"}
	actor := ActorOf(ctx)
	actor.Kind = System
	out, err := a.Authenticate(As(ctx, actor), at)
	if e, ok := errors.AsType[*Error](err); ok && e.Kind == Invalid {
		return e.Code == "account_unverified", nil
	}
	return err == nil && out.Done != nil && out.Done.Account.ID == l.Account.ID, err
}
