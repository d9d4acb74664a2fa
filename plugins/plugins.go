// Package plugins lists what the released binary adds to the server.
package plugins

import "github.com/stormkeep/stormkeep/apis"

// Standard is the plugins of the released binary, in the order in which they are
// registered. It is empty as long as all there is lives in core and apis.
var Standard []apis.Plugin
