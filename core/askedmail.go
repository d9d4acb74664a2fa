package core

import (
	"context"
	"encoding/json"
	"fmt"
)

// askedJob finds out who gets a mail that was asked for.
const askedJob = "mail.asked"

type askedTask struct {
	Purpose     Purpose         `json:"purpose"`
	Application ID[Application] `json:"application"`
	Store       Ref             `json:"store,omitempty"`
	Login       []byte          `json:"login"` // sealed: people type passwords into the wrong field
}

// AskForMail has the mail of a PasswordReset or an EmailVerification sent to who has a
// login, once the transaction is kept, as RequestReset and RequestVerification do in it.
// Whether there is anybody is found out later, so that whoever asks has the store read
// and write the same for a name of somebody and of nobody.
func AskForMail(tx *Tx, purpose Purpose, app ID[Application], login string, store Ref) error {
	if _, err := Get(tx, app); err != nil {
		return err
	}
	key, err := tx.dataKey()
	if err != nil {
		return err
	}
	box := key.Seal([]byte(login), tx.aad(RefTo(app).Path(), askedJob))
	return Enqueue(tx, askedJob, askedTask{purpose, app, store, box}, tx.Now)
}

// runAsked is the job, done in the name of who asked.
func (a *App) runAsked(ctx context.Context, j Job) error {
	var task askedTask
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return err
	}
	by := j.By
	by.Tenant = j.Tenant
	err := a.Update(As(ctx, by), func(tx *Tx) error {
		key, err := tx.dataKey()
		if err != nil {
			return err
		}
		login, err := key.Open(task.Login, tx.aad(RefTo(task.Application).Path(), askedJob))
		if err != nil {
			return err
		}
		switch task.Purpose {
		case PasswordReset:
			_, _, err = RequestReset(tx, task.Application, string(login), task.Store)
		case EmailVerification:
			err = RequestVerification(tx, task.Application, string(login), task.Store)
		default:
			err = fmt.Errorf("%w: nobody asks for a mail of %q", ErrGiveUp, task.Purpose)
		}
		return err
	})
	switch e := AsError(err); {
	case err == nil, e.Kind == Invalid, e.Kind == NotFound, e.Kind == Forbidden:
		return nil // nobody is told
	}
	return err
}
