package cli

import (
	"context"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

// setupLink makes the link by which a person becomes the first owner, "" once an
// owner has a password. The former link ends. It is for the person at the terminal:
// it goes into no log.
func setupLink(ctx context.Context, app *core.App, tenant core.ID[core.Tenant], publicURL string) (link string, err error) {
	err = app.Update(core.AsMachine(ctx, tenant), func(tx *core.Tx) error {
		link = ""
		if done, err := core.IsSetUp(tx); err != nil || done {
			return err
		}
		token, err := core.NewSetupLink(tx)
		link = publicURL + apis.SetupPath + "#" + token
		return err
	})
	return link, err
}
