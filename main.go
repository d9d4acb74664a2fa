// Command stormkeep is an identity server in one executable.
//
// A program of your own looks the same, with hooks of yours after the plugins:
// see cli.Main.
package main

import (
	"github.com/stormkeep/stormkeep/apis/cli"
	"github.com/stormkeep/stormkeep/plugins"
)

func main() { cli.Main(plugins.Standard) }
