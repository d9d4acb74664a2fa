package core

import (
	"iter"
	"strings"

	"github.com/stormkeep/stormkeep/core/store"
)

// Scope is where a search looks: the list of one owner, a part of it, or all lists.
type Scope[T any] struct {
	Owner string
	All   bool // the lists of all owners
	// Part, if not nil, are the only records of the owner's list that are meant, and In
	// tells whether one is among them.
	Part iter.Seq2[ID[T], error]
	In   func(ID[T]) (bool, error)
}

// scope is a Scope without its type.
type scope struct {
	owner string
	all   bool
	part  iter.Seq2[string, error]
	in    func(string) (bool, error)
}

func (s Scope[T]) untyped() scope {
	u := scope{owner: s.Owner, all: s.All}
	if s.Part != nil {
		u.part = typedIDs[string](s.Part)
	}
	if s.In != nil {
		u.in = func(id string) (bool, error) { return s.In(ID[T](id)) }
	}
	return u
}

// Everywhere is all of the tenant's records.
func Everywhere[T any]() []Scope[T] { return []Scope[T]{{All: true}} }

// OwnedBy is the list of one owner: an id, or "" for the tenant's.
func OwnedBy[T any](owner string) []Scope[T] { return []Scope[T]{{Owner: owner}} }

// AccountScope is where the accounts of a directory or a group are searched.
func AccountScope(tx *Tx, store Ref) (Scope[Account], error) {
	dir, err := storeDirectory(tx, store)
	if err != nil {
		return Scope[Account]{}, err
	}
	s := Scope[Account]{Owner: string(dir.ID)}
	if g, ok := IDOf[Group](store); ok {
		s.Part = memberIDs(tx, g)
		s.In = func(id ID[Account]) (bool, error) { return IsMember(tx, id, g) }
	}
	return s, nil
}

// GroupScope is where the groups that an account store shows are searched: those of
// a directory, or the group itself.
func GroupScope(tx *Tx, store Ref) (Scope[Group], error) {
	dir, err := storeDirectory(tx, store)
	if err != nil {
		return Scope[Group]{}, err
	}
	s := Scope[Group]{Owner: string(dir.ID)}
	if g, ok := IDOf[Group](store); ok {
		s.Part = GroupsIn(tx, store)
		s.In = func(id ID[Group]) (bool, error) { return id == g, nil }
	}
	return s, nil
}

// Only is a part of an owner's list that is at hand.
func Only[T any](owner string, ids []ID[T]) Scope[T] {
	in := make(map[ID[T]]bool, len(ids))
	for _, id := range ids {
		in[id] = true
	}
	return Scope[T]{Owner: owner, In: func(id ID[T]) (bool, error) { return in[id], nil },
		Part: func(yield func(ID[T], error) bool) {
			for _, id := range ids {
				if !yield(id, nil) {
					return
				}
			}
		}}
}

// memberIDs yields the ids of the accounts in a group, in the order in which they
// were made, without reading a membership. An account may be gone already.
func memberIDs(tx *Tx, g ID[Group]) iter.Seq2[ID[Account], error] {
	k := tx.App.kind(memberships.Name)
	from := k.index(MembershipPair).prefix(tx.Tenant, k, string(g))
	return func(yield func(ID[Account], error) bool) {
		for it, err := range tx.s.kv.Scan(from, store.End(from)) {
			if err != nil {
				yield("", err)
				return
			}
			id, _, _ := strings.Cut(it.Key[len(from):], "\x00")
			if !yield(ID[Account](id), nil) {
				return
			}
		}
	}
}
