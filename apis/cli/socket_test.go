package cli

import "testing"

func TestCommandsReachTheServerThatLives(t *testing.T) { scripts(t, "socket") }
