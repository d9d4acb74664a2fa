package cli

import "strings"

// suggest is a hint to the name that was probably meant, or to all of them.
func suggest(name string, known []string) string {
	if hint := former(name); hint != "" {
		return hint
	}
	best, least := "", len(name)
	for _, k := range known {
		d := distance(plain(name), plain(k))
		if d <= 1+len(plain(k))/3 && d < least { // more edits than that is another word
			best, least = k, d
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	return "there are " + strings.Join(known, ", ")
}

// former says what to do in place of a setting that there was; "" where there was none.
func former(name string) string {
	switch plain(name) {
	case "allowprivate":
		return "name the networks by egress-allow, such as 127.0.0.1,10.0.0.0/8: it is one setting for webhooks and SMTP servers"
	case "rateaccount":
		return "leave it out: how often somebody may be wrong is bounded without a setting"
	}
	return ""
}

// plain leaves out how a name is written.
func plain(name string) string {
	name = strings.TrimPrefix(name, variablePrefix)
	return strings.NewReplacer("-", "", "_", "", ".", "").Replace(strings.ToLower(name))
}

// distance is the number of characters to insert, delete or replace (Levenshtein).
func distance(a, b string) int {
	if len(a) > 64 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			edit := last
			if a[i] != b[j] {
				edit++
			}
			last = row[j+1]
			row[j+1] = min(edit, row[j]+1, last+1)
		}
	}
	return row[len(b)]
}
