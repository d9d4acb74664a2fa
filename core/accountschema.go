package core

// AccountSchema says which names the accounts of a directory must have (spec 9.4).
// It is a part of the directory; /v1 shows each of its members as a field.
type AccountSchema struct {
	Base[AccountSchema]
	GivenName bool `json:"givenName" api:"-"` // required
	Surname   bool `json:"surname" api:"-"`
}

var accountSchemas = &Kind[AccountSchema]{Name: "schemas", Noun: "AccountSchema", Key: "sch", Part: true, Private: true,
	Links: []string{"fields", "directory=directories/{id}"}}

// Kind says how it is stored.
func (*AccountSchema) Kind() *Kind[AccountSchema] { return accountSchemas }

// Owners is the directory.
func (s *AccountSchema) Owners() []Ref { return []Ref{RefTo(ID[Directory](s.ID))} }

// lowestRole keeps an admin from deciding what an owner's account must have.
func (s *AccountSchema) lowestRole(tx *Tx, _ verb) (Role, error) {
	return inAdminDirectory(tx, ID[Directory](s.ID), Owner)
}

// Tags let hooks be narrowed to one directory.
func (s *AccountSchema) Tags(tx *Tx) []string { return directoryTags(tx, ID[Directory](s.ID)) }

// SchemaFields are the names of the fields, in the order of their list.
var SchemaFields = [...]string{"givenName", "surname"}

// Required is where the schema keeps whether the field of that name is required,
// nil if there is no such field.
func (s *AccountSchema) Required(name string) *bool {
	switch name {
	case "givenName":
		return &s.GivenName
	case "surname":
		return &s.Surname
	}
	return nil
}

// complete demands the names that the directory requires. It is asked when a
// profile is made or changed: an account of before the rule may still be disabled,
// verified or given a password.
func (a *Account) complete(c *Checks) {
	s, err := Get(c.Tx, ID[AccountSchema](a.Directory))
	if err != nil {
		c.Fail(err)
		return
	}
	if s.GivenName {
		c.Required("givenName", a.GivenName)
	}
	if s.Surname {
		c.Required("surname", a.Surname)
	}
}

// sameProfile tells whether nothing changed of what people call themselves.
func (a *Account) sameProfile(b *Account) bool {
	return a.Username == b.Username && a.Email == b.Email &&
		a.GivenName == b.GivenName && a.MiddleName == b.MiddleName && a.Surname == b.Surname
}
