package cli

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/stormkeep/stormkeep/apis/witness"
	"github.com/stormkeep/stormkeep/core"
)

const day = 24 * time.Hour

var inDays = regexp.MustCompile(`^[1-9][0-9]{0,4}d$`)

// checkDays takes a number of days, such as 400d, or forever.
func checkDays(value string) error {
	if value != "forever" && !inDays.MatchString(value) {
		return errors.New("is no number of days such as 400d, nor forever")
	}
	return nil
}

// days is what checkDays has taken; forever is negative.
func days(value string) time.Duration {
	n, err := strconv.Atoi(strings.TrimSuffix(value, "d"))
	if err != nil {
		return -1
	}
	return time.Duration(n) * day
}

func checkPlaces(value string) error {
	_, err := witness.Parse(value)
	return err
}

// forever is for commands: what is old goes by the settings of the server alone.
var forever = core.Keeping{Audit: -1, Events: -1, Jobs: -1}

// keep has the app keep what the settings say, and its checkpoints go where they
// say.
func (in *instance) keep(c config) error {
	in.Keep = core.Keeping{Audit: days(c.KeepAudit), Events: days(c.KeepEvents)}
	if c.Checkpoints == "" {
		return nil
	}
	places, err := witness.Parse(c.Checkpoints)
	for _, p := range places {
		in.Witness(p.ID, p.Tell)
	}
	return err
}
