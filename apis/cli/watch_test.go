package cli

import "testing"

func TestMetricsHaveAnAddressOfTheirOwnIfAsked(t *testing.T) { scripts(t, "watch") }
