package apis

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/stormkeep/stormkeep/core/meter"
)

// exposition is a page in Prometheus' text format, version 0.0.4.
type exposition struct{ bytes.Buffer }

// The kinds of metrics.
const (
	counter   = "counter"
	gauge     = "gauge"
	histogram = "histogram"
)

// family begins the samples of one name.
func (x *exposition) family(name, kind, help string) {
	x.WriteString("# HELP " + name + " " + help + "\n# TYPE " + name + " " + kind + "\n")
}

// sample writes one value, with labels as names and values by turns.
func (x *exposition) sample(name string, value float64, labels ...string) {
	x.WriteString(name)
	for i := 0; i < len(labels); i += 2 {
		x.WriteString([]string{"{", ","}[min(i, 1)] + labels[i] + `="` + labelValue.Replace(labels[i+1]) + `"`)
	}
	if len(labels) > 0 {
		x.WriteByte('}')
	}
	x.WriteString(" " + strconv.FormatFloat(value, 'g', -1, 64) + "\n")
}

var labelValue = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// one writes a family of one value.
func (x *exposition) one(name, kind, help string, value float64) {
	x.family(name, kind, help)
	x.sample(name, value)
}

// histogram writes the samples of a histogram whose values are so many to the
// unit of its name.
func (x *exposition) histogram(name string, r meter.Reading, unit float64, labels ...string) {
	for i, bound := range r.Bounds {
		x.sample(name+"_bucket", float64(r.Upto[i]), append(labels[:len(labels):len(labels)], "le", strconv.FormatFloat(float64(bound)/unit, 'g', -1, 64))...)
	}
	x.sample(name+"_bucket", float64(r.Count), append(labels[:len(labels):len(labels)], "le", "+Inf")...)
	x.sample(name+"_sum", float64(r.Sum)/unit, labels...)
	x.sample(name+"_count", float64(r.Count), labels...)
}
