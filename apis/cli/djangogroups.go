package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stormkeep/stormkeep/apis/rows"
	"github.com/stormkeep/stormkeep/core"
)

// djangoGroups are the groups of a dump, and those that its users name. A name that
// differs from another in case only is no group: whoever is in the one must not get what
// the other may.
type djangoGroups struct {
	all   []*djangoGroup
	byKey map[string]*djangoGroup // "#12"; "=name" is the first of that name
	names map[string]string       // as they came first, by what they are folded to
	named map[string]bool         // by natural keys, folded
	left  int                     // memberships left out
	taken core.ImportReport
}

type djangoGroup struct {
	core.ImportedGroup
	number  int // of its record
	refused bool
}

// first tells whether a name is the first that folds to what it does.
func (g *djangoGroups) first(name string) bool {
	folded := core.Fold(name)
	if g.names[folded] == "" {
		g.names[folded] = name
	}
	return g.names[folded] == name
}

func (g *djangoGroups) add(rec *djangoRecord, renumber bool) error {
	in := &djangoGroup{number: rec.number}
	if raw, ok := rec.Fields["name"]; ok {
		if err := djangoText("name", raw, &in.Name); err != nil {
			return err
		}
	}
	var err error
	if in.Number, err = djangoKey(rec.PK); err != nil {
		return err
	}
	if in.Name == "" {
		return rows.Errorf("it has no name")
	}
	if rights := djangoPermissions(rec.Fields["permissions"]); rights != nil {
		in.CustomData = map[string]json.RawMessage{"permissions": rights}
	}
	key := "#" + strconv.FormatInt(in.Number, 10)
	if in.Number != 0 {
		if g.byKey[key] != nil {
			return rows.Errorf("another group has its pk")
		}
		g.byKey[key] = in
	}
	if renumber {
		in.Number = 0
	}
	g.all = append(g.all, in)
	if name := "=" + in.Name; g.byKey[name] == nil {
		g.byKey[name] = in
	}
	return nil
}

// djangoPermissions are natural keys (["add_page", "cms", "page"]) as has_perm takes them;
// nil where there are none such.
func djangoPermissions(raw json.RawMessage) json.RawMessage {
	var keys [][]string
	if json.Unmarshal(raw, &keys) != nil || len(keys) == 0 {
		return nil
	}
	names := []string{}
	for _, k := range keys {
		if len(k) == 3 {
			names = append(names, k[1]+"."+k[0])
		}
	}
	b, err := json.Marshal(names)
	if err != nil {
		return nil
	}
	return b
}

// mention notes the name of a group that a user is in.
func (g *djangoGroups) mention(ref string) {
	if name, ok := strings.CutPrefix(ref, "="); ok {
		g.named[core.Fold(name)] = true
	}
}

// sendGroups makes the groups, before the accounts that are in them.
func (x *djangoImport) sendGroups(ctx context.Context, cmd *cobra.Command, k *remote) error {
	g := &x.groups
	conflict, _ := cmd.Flags().GetString("on-conflict")
	if conflict == string(core.ConflictUpdate) {
		conflict = string(core.ConflictSkip)
	}
	events, _ := cmd.Flags().GetBool("events")
	b := &batches{k: k, lines: 5000, counted: x.b.counted, path: "/console/api/import/groups?" +
		url.Values{"directory": {x.directory}, "onConflict": {conflict}, "events": {strconv.FormatBool(events)}}.Encode()}
	at := map[int]*djangoGroup{}
	b.refused = func(r core.Refusal) error {
		at[r.Line].refused = true
		return x.b.refuse(r)
	}
	for _, in := range g.all {
		if in.refused = !g.first(in.Name); in.refused {
			why := "Its name differs from " + strconv.Quote(g.names[core.Fold(in.Name)]) + " in case only, or is the same: who is in it is not put into that."
			if err := x.b.refuse(core.Refusal{Line: in.number, What: in.Name, Why: why}); err != nil {
				return err
			}
			continue
		}
		at[in.number] = in
	}
	for _, in := range g.all {
		if at[in.number] != in {
			continue
		}
		line, err := json.Marshal(in.ImportedGroup)
		if err != nil {
			return err
		}
		if err := b.add(ctx, in.number, line); err != nil {
			return err
		}
	}
	if err := b.flush(ctx); err != nil {
		return err
	}
	err := b.wait()
	g.taken = b.report
	g.taken.Refused = nil
	return err
}

// placed is the line of an account with the names of the groups it is in.
func (x *djangoImport) placed(line []byte) ([]byte, error) {
	refs, line, _ := bytes.Cut(line, []byte("\n"))
	var in, names []string
	if err := json.Unmarshal(refs, &in); err != nil || len(in) == 0 {
		return line, err
	}
	for _, ref := range in {
		name, err := x.groups.resolve(ref)
		switch {
		case err != nil:
			return nil, err
		case name == "":
			x.groups.left++
		default:
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return line, nil
	}
	b, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	return append(append(append(bytes.TrimSuffix(bytes.Clone(line), []byte("}")), `,"groups":`...), b...), '}'), nil
}

// resolve is the name of the group that a reference is to; "" is a membership to leave
// out. One to a group that the file does not have is refused.
func (g *djangoGroups) resolve(ref string) (string, error) {
	name, in := ref[1:], g.byKey[ref]
	switch {
	case ref[0] == '#' && in == nil:
		return "", rows.Errorf("it is in the group with pk %s, which the file does not have", name)
	case in != nil && in.refused:
		return "", nil
	case ref[0] == '#':
		return in.Name, nil
	case ref[0] == '!' && (g.named[core.Fold(name)] || g.names[core.Fold(name)] != ""):
		return "", nil // the site has one of its own, which grants something else
	case ref[0] == '=' && !g.first(name):
		return "", nil
	}
	return name, nil
}
