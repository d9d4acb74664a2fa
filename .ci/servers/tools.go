//go:build tools

package servers

import (
	_ "github.com/letsencrypt/pebble/v2/cmd/pebble"              // an ACME CA
	_ "github.com/letsencrypt/pebble/v2/cmd/pebble-challtestsrv" // the DNS that it asks
)
