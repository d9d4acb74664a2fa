// Package djoser serves the interface of djoser, the REST views of Django's accounts,
// so that its clients work unchanged: version 0.1, of 2014, and 2.x. A mount says where
// and for which directory.
//
// In comments, "djoser 1.3" and the like are the sections of the compatibility
// reference that was taken from the originals: 1 is version 0.1, 2 is 2.x.
package djoser

import (
	"context"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

// Plugin serves djoser mounts.
type Plugin struct{}

// Name implements apis.Plugin.
func (Plugin) Name() string { return "djoser" }

// Register implements apis.Plugin.
func (Plugin) Register(s *apis.Server) error {
	core.Register[DjoserMount](s.App)
	core.Register[DjoserToken](s.App)
	core.Mountable(s.App, MountAt)
	d := &door{app: s.App}
	s.App.Jobs.Handle(mailJob, core.JobKind{Do: d.mail})
	s.App.Jobs.Handle(tokenJob, core.JobKind{Do: func(ctx context.Context, j core.Job) error { return forget(ctx, s.App, j) }})
	apis.Nest(s, "applications", MountsOf, place)
	d.mailsOf(&s.App.Mail)
	s.Mount(mounts.Name, d)
	return nil
}
