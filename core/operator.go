package core

// Operator gives an account authority over its tenant; nothing else does, least
// of all the ability to sign in to the application Stormpath. It is a part of the account.
type Operator struct {
	Base[Operator]
	Account ID[Account] `json:"account" api:"create"`
	Role    Role        `json:"role"`
	By      ID[Account] `json:"by" api:"ro,null"` // who gave the role; empty for the machine
}

// Operators lists the tenant's operators.
var Operators = &Index[Operator]{Name: "all", List: true, Key: func(*Operator) (Entry, bool) { return Entry{}, true }}

var operators = &Kind[Operator]{
	Name: "operators", Noun: "Operator", Key: "op", Indexes: []*Index[Operator]{Operators},
	Part: true, Authority: true, OwnerOnly: true,
}

// Kind says how operators are stored.
func (*Operator) Kind() *Kind[Operator] { return operators }

// Owners is the account.
func (o *Operator) Owners() []Ref { return []Ref{RefTo(ID[Account](o.ID))} }

// Subject is the account.
func (o *Operator) Subject() ID[Account] { return ID[Account](o.ID) }

// Check demands a role for an account of the administrators' directory, which no
// other way in can delete or disable, and that one enabled owner remains.
func (o *Operator) Check(c *Checks) {
	c.That(o.Role.Rank() > 0, "role", "unsupported_value", "Operator role must be owner, admin, support or auditor.")
	c.That(o.Account == ID[Account](o.ID), "account", "invalid_reference", "Operator account does not fit its id.")
	if c.err() != nil {
		return
	}
	acc, err := Get(c.Tx, o.Account)
	if err != nil {
		c.Fail(err)
		return
	}
	dir, err := Get(c.Tx, acc.Directory)
	c.Fail(err)
	c.That(err == nil && dir.Admin, "account", "invalid_reference",
		"Only an account of the administrators' directory can be an operator.")
	old, ok := c.Old.(*Operator)
	if !ok || old.Role != o.Role {
		o.By = c.Tx.Actor.Account
	}
	if ok && old.Role != o.Role {
		c.Fail(o.notOwnRole(c.Tx))
		if old.Role == Owner {
			c.Fail(ownerRemains(c.Tx, o.Account))
		}
	}
}

// notOwnRole refuses an operator who would change its own role.
func (o *Operator) notOwnRole(tx *Tx) error {
	if (tx.Actor.Kind == ByKey || tx.Actor.Kind == ByConsole) && tx.Actor.Account == o.Account {
		return errForbidden("Operators cannot change their own role.")
	}
	return nil
}

// Deleting keeps the last enabled owner.
func (o *Operator) Deleting(tx *Tx) error {
	if err := o.notOwnRole(tx); err != nil {
		return err
	}
	if o.Role != Owner {
		return nil
	}
	return ownerRemains(tx, o.Account)
}

// RoleOf is the account's role, "" for one that is no operator.
func RoleOf(tx *Tx, id ID[Account]) (Role, error) {
	op, err := Get(tx.trusted(), ID[Operator](id))
	if err != nil {
		if IsNotFound(err) {
			err = nil
		}
		return "", err
	}
	return op.Role, nil
}

// MakeOperator gives an account a role.
func MakeOperator(tx *Tx, id ID[Account], role Role) error {
	op, err := Get(tx, ID[Operator](id))
	if err != nil {
		return err
	}
	op.Account, op.Role = id, role
	return Put(tx, op)
}

// OperatorOf is the operator record of an account. That of an account which is no
// operator is not found.
func OperatorOf(tx *Tx, id ID[Account]) (*Operator, error) {
	op, err := Get(tx, ID[Operator](id))
	if err == nil && op.Rev == 0 {
		err = errNotFound()
	}
	return op, err
}

// AddOperator makes an operator of an account that is none.
func AddOperator(tx *Tx, op *Operator) error {
	op.ID = ID[Operator](op.Account)
	old, err := Get(tx, op.ID)
	if IsNotFound(err) {
		return fieldError("account", "invalid_reference", "Operator account does not refer to an account of this tenant.")
	}
	if err != nil {
		return err
	}
	again := tx.made(operators.Name, string(op.ID)) && old.CreatedAt.Equal(tx.Now) // by a run that was kept after all
	if old.Rev > 0 && !again {
		return &Error{Kind: Conflict, Code: "taken", Msg: "The account is an operator already.", Existing: RefTo(op.ID)}
	}
	tx.s.ids.id(operators.Name, func() string { return string(op.ID) })
	return Put(tx, op)
}

// Owners are the accounts with the role owner, the first one first.
func Owners(tx *Tx) ([]*Account, error) {
	var all []*Account
	for id, err := range Walk(tx, Operators, Query{}) {
		if err != nil {
			return nil, err
		}
		role, err := RoleOf(tx, ID[Account](id))
		if err != nil {
			return nil, err
		}
		if role != Owner {
			continue
		}
		acc, err := Get(tx.trusted(), ID[Account](id))
		if IsNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, acc)
	}
	return all, nil
}

// ownerRemains refuses what would leave the tenant without an enabled owner.
func ownerRemains(tx *Tx, without ID[Account]) error {
	owners, err := Owners(tx)
	if err != nil {
		return err
	}
	for _, o := range owners {
		if o.ID != without && o.Status == Enabled {
			return nil
		}
	}
	return &Error{Kind: Invalid, Code: "last_owner", Msg: "The tenant's last enabled owner must remain."}
}
