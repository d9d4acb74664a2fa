package core_test

import (
	"strings"
	"testing"

	"github.com/stormkeep/stormkeep/core"
)

func TestWhatADirectoryAsksOfAPassword(t *testing.T) {
	stormpath, modern, all := core.Make[core.Strength](), &core.Strength{}, &core.Strength{MinLength: 1, MaxLength: 20, MinSymbol: 1, MinDiacritic: 1}
	modern.Modern()
	digits, noDigits, unlike := &core.Strength{MinLength: 1, MaxLength: 20}, &core.Strength{MinLength: 1, MaxLength: 20, DenyNumeric: true},
		&core.Strength{MinLength: 1, MaxLength: 20, DenySimilar: true}
	for _, c := range []struct {
		rules *core.Strength
		pw    string
		want  string
	}{
		{stormpath, "Passw0rd", ""}, {stormpath, "", "required"}, {stormpath, "Pw0", "too_short"},
		{stormpath, "passw0rd", "weak_password"}, {stormpath, "PASSW0RD", "weak_password"}, {stormpath, "Password", "weak_password"},
		{stormpath, "P4" + strings.Repeat("a", 98), ""}, {stormpath, "P4" + strings.Repeat("a", 99), "too_long"},
		{stormpath, "Pässwörd9", ""}, {stormpath, "Passw0rd\xff", "bad_encoding"},
		{modern, "eight ch", ""}, {modern, "seven c", "too_short"}, {modern, strings.Repeat("ü", 255), ""}, {modern, strings.Repeat("ü", 256), "too_long"},
		{all, "é!", ""}, {all, "é", "weak_password"}, {all, "!", "weak_password"}, {all, "é×", ""}, {all, "÷!", "weak_password"}, {all, "é§", ""},
		{modern, "Passw0rd1", "weak_password"}, {modern, "iloveyou1", "weak_password"}, {modern, "ｐａｓｓｗｏｒｄ", "weak_password"}, {modern, "passw0rd number 1", ""},
		{stormpath, "Passw0rd1", ""}, {digits, "12345678", ""}, {noDigits, "80912734", "weak_password"}, {noDigits, "٨٠٩١٢٧٣٤", "weak_password"}, {noDigits, "8091273x", ""},
		{unlike, "ann.ames1", "weak_password"}, {unlike, "horse battery", ""},
	} {
		wantCode(t, c.pw, c.rules.Allows(c.pw, &core.Account{Username: "ann.ames"}), c.want)
		if err := c.rules.Allows(c.pw, nil); c.rules != unlike {
			wantCode(t, c.pw+" of nobody", err, c.want)
		}
	}
}

func TestRulesHaveRanges(t *testing.T) {
	w := newWorld(t)
	d := directory(t, w, "d")
	for _, c := range []struct {
		change func(*core.Strength)
		want   string
	}{
		{func(s *core.Strength) { s.MinLength = 10 }, ""},
		{func(s *core.Strength) { s.MinLength = 0 }, "below_min"},
		{func(s *core.Strength) { s.MaxLength = 256 }, "above_max"},
		{func(s *core.Strength) { s.MinLength, s.MaxLength = 50, 40 }, "out_of_range"},
		{func(s *core.Strength) { s.MinSymbol = -1 }, "below_min"},
		{func(s *core.Strength) { s.PreventReuse = 26 }, "above_max"},
	} {
		wantCode(t, "rules", tryChange(w, core.ID[core.Strength](d.ID), c.change), c.want)
	}
}
