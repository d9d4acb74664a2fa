package rows_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/rows"
)

func TestFieldsAreKnownInAnyCase(t *testing.T) {
	for name, want := range map[string]string{"EMAIL": "email", "givenname": "givenName", "customData.Plan": "customData.Plan", "customData.": "", "CUSTOMDATA": "customData", "moon": ""} {
		if got, ok := rows.FieldNamed(name); got != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", name, got, ok, want)
		}
	}
	for text, want := range map[string]string{"1500000000": "2017-07-14T02:40:00Z", "2017-08-31 10:00:00": "2017-08-31T10:00:00Z", "soon": ""} {
		at, err := rows.ParseTime(text)
		if got := at.UTC().Format("2006-01-02T15:04:05Z"); (err == nil) != (want != "") || err == nil && got != want {
			t.Errorf("%s: %s %v, want %s", text, got, err, want)
		}
	}
}
