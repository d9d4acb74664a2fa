package core

// DefaultStores are the mappings through whose stores new accounts and new groups
// come in. The mappings say which they are.
type DefaultStores[M any] struct {
	DefaultAccountStore ID[M] `json:"defaultAccountStoreMapping" api:"ro,null"`
	DefaultGroupStore   ID[M] `json:"defaultGroupStoreMapping" api:"ro,null"`
}

func (d *DefaultStores[M]) defaultStores() *DefaultStores[M] { return d }

// point sets what d is after m has said what it is.
func (d *DefaultStores[M]) point(m ID[M], accounts, groups bool) {
	for _, now := range []struct {
		id *ID[M]
		is bool
	}{{&d.DefaultAccountStore, accounts}, {&d.DefaultGroupStore, groups}} {
		switch {
		case now.is:
			*now.id = m
		case *now.id == m:
			*now.id = ""
		}
	}
}

// follow keeps the default stores of an owner those that its mapping m says. An
// owner that is gone has none.
func follow[O, M any, P interface {
	Record[O]
	defaultStores() *DefaultStores[M]
}](tx *Tx, id ID[O], m ID[M], accounts, groups bool) error {
	owner, err := Get[O, P](tx, id)
	if IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	owner.defaultStores().point(m, accounts, groups)
	return Put[O, P](tx, owner)
}

// DefaultStore is where an application or an organization puts new accounts, or
// new groups: a directory or a group (5100 to 5103, 4600 to 4603). An application
// whose default is an organization uses the organization's own (5116 to 5119).
func DefaultStore(tx *Tx, owner Ref, forGroups bool) (Ref, error) {
	s, err := defaultStore(tx, owner, forGroups)
	if err != nil {
		return "", err
	}
	what, by, mark := "account", "application", ""
	if forGroups {
		what = "group"
	}
	if owner.Kind() == organizations.Name {
		by, mark = "organization", "organization_"
	}
	off := func() error {
		return loginErrorf(mark+what+"_store_disabled", "The %s's default %s store is disabled.", by, what)
	}
	if s.via != nil {
		if s.via.Status != Enabled {
			return "", off()
		}
		by, mark = "application's organization", "nested_"
	}
	if s.ref == "" {
		return "", loginErrorf(mark+"no_"+what+"_store", "The %s has no default %s store.", by, what)
	}
	dir, grp, err := s.open(tx)
	if err != nil {
		return "", err
	}
	if dir.Status != Enabled || grp != nil && grp.Status != Enabled {
		return "", off()
	}
	return s.ref, nil
}

// defaultStore finds the store of DefaultStore, whatever its status. Without one
// its ref is "". via is the organization of an application whose default it is.
func defaultStore(tx *Tx, owner Ref, forGroups bool) (s accountStore, err error) {
	if id, ok := IDOf[Organization](owner); ok {
		org, err := Get(tx, id)
		if err != nil {
			return s, err
		}
		s.ref, err = defaultOf(tx, org.DefaultStores, forGroups)
		return s, err
	}
	id, ok := IDOf[Application](owner)
	if !ok {
		return s, errNotFound()
	}
	app, err := Get(tx, id)
	if err != nil {
		return s, err
	}
	if s.ref, err = defaultOf(tx, app.DefaultStores, forGroups); err != nil {
		return s, err
	}
	inner, ok := IDOf[Organization](s.ref)
	if !ok {
		return s, nil
	}
	if s.via, err = Get(tx, inner); err != nil {
		return s, err
	}
	s.ref, err = defaultOf(tx, s.via.DefaultStores, forGroups)
	return s, err
}

// defaultOf is the store of a default mapping, "" if there is none.
func defaultOf[M any, P StoreMapping[M]](tx *Tx, d DefaultStores[M], forGroups bool) (Ref, error) {
	id := d.DefaultAccountStore
	if forGroups {
		id = d.DefaultGroupStore
	}
	if id == "" {
		return "", nil
	}
	m, err := Get[M, P](tx, id)
	if IsNotFound(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return m.place().store, nil
}
