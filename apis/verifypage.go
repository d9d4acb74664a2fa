package apis

import (
	"context"

	"github.com/gofiber/fiber/v3"

	"github.com/stormkeep/stormkeep/core"
)

// newProof is the page that confirms an address, or asks for the mail once more. No GET
// spends a link, so that JSON is told to send a code along with it.
func newProof() aboutLink {
	return aboutLink{page: "verify", path: confirmPath, texts: "verify", fields: []string{"code", "password"}, then: "/login?status=verified",
		none: func(f *front) error { return f.showAsk("resend", fiber.StatusOK, "") },
		gone: func(f *front) error { return f.showAsk("resend", fiber.StatusOK, f.v.Say("forgot.invalid")) },
		program: func(f *front) error {
			f.c.Set(fiber.HeaderAllow, fiber.MethodPost)
			return f.fault(fiber.StatusMethodNotAllowed, f.v.Say("framework.confirm"))
		},
		check: func(*front) (field, wrong string) { return "", "" },
		use: func(f *front, ctx context.Context, token string) error {
			_, err := f.s.App.ConfirmAddress(ctx, token, core.Confirmation{Code: f.fields["code"], Password: f.fields["password"]})
			return err
		}}
}

func (f *front) showVerify() error { return f.showAbout(newProof()) }

// verify confirms the address of a link, if the body has what stands beside it or a
// link of its own; else it has the mail sent once more.
func (f *front) verify() error {
	_, code := f.fields["code"]
	if _, body := f.fields["sptoken"]; !code && !body {
		return f.resend()
	}
	return f.spend(newProof())
}

// resend has the mail sent once more, and says nothing of whether it was.
func (f *front) resend() error {
	if f.fields["login"] != "" && f.fields["email"] != "" {
		return core.Errorf(core.Invalid, "login_and_email", "%s", f.v.Say("framework.both"))
	}
	return f.ask("resend", "/login?status=unverified", core.EmailVerification)
}
