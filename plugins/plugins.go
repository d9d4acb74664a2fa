// Package plugins lists what the released binary adds to the server.
package plugins

import (
	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/plugins/djoser"
	"github.com/stormkeep/stormkeep/plugins/webhooks"
)

// Standard is the plugins of the released binary, in the order in which they are
// registered.
var Standard = []apis.Plugin{djoser.Plugin{}, &webhooks.Plugin{}}
