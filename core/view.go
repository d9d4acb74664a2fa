package core

// View is what /v1 shows of one record beyond its struct: computed values and
// links. A record that implements Viewer fills it; the wire form is apis' own.
type View struct {
	Tx     *Tx
	Any    bool // every member that any record of the kind may show, for a description
	Fields []ViewField
}

// ViewField is one shown member. Its value is nil (shown as null), a string,
// bool, integer, Time, []string, an ID or Ref (shown as a link), a Href, a
// Secret, or a json.RawMessage.
type ViewField struct {
	Name  string
	Value any
}

// Viewer is a record whose view is more than its struct.
type Viewer interface{ View(v *View) }

// Href is a link to a path below the API's root, such as "groups/ID/accounts".
type Href string

// Secret is a value shown only to those who may see it; a caller that asked for
// it encrypted (spec 4) gets it so.
type Secret string

// Set adds a member.
func (v *View) Set(name string, value any) { v.Fields = append(v.Fields, ViewField{name, value}) }
