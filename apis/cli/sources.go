package cli

import (
	"log/slog"

	"github.com/knadh/koanf/v2"

	"github.com/stormkeep/stormkeep/apis"
)

// layer is what one source sets.
type layer struct {
	values *koanf.Koanf
	origin string               // as apis names it
	from   func(setting) string // what a person would have to change
}

// sources are what a config comes from, each layer stronger than the one before.
type sources struct {
	layers  []layer
	path    string // of the settings file, "" for none
	environ []string
	level   *slog.LevelVar // of the log, which may change
}

// value is a setting's, "" where it has none.
func (s *sources) value(of setting) string { return sourceOf(s.layers, of.name).values.String(of.name) }

// merged is what the layers say together.
func merged(layers []layer) (*koanf.Koanf, error) {
	all := koanf.New(".")
	for _, l := range layers {
		if err := all.Merge(l.values); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// by is where a person finds a layer's value, "" for what nobody has written down.
func (l layer) by(s setting) string {
	if !l.locks() {
		return ""
	}
	return l.from(s)
}

// locks tells whether its values were set where the console does not reach.
func (l layer) locks() bool { return l.origin != apis.FromDefault && l.origin != apis.FromConsole }

// sourceOf is the layer of a setting's value: the last that has one.
func sourceOf(layers []layer, name string) layer {
	found := layers[0]
	for _, l := range layers[1:] {
		if l.values.Exists(name) {
			found = l
		}
	}
	return found
}
