// Command stormkeep-notes is stormkeep with one plugin more: what a program of your own
// looks like.
package main

import (
	"github.com/stormkeep/stormkeep/apis/cli"
	"github.com/stormkeep/stormkeep/plugins"
	"github.com/stormkeep/stormkeep/plugins/notes"
)

func main() { cli.Main(append(plugins.Standard, notes.Plugin{})) }
