package core

import "fmt"

// Make implements AnyKind.
func (anyKind[T, P]) Make() any { return Make[T, P]() }

// Put implements AnyKind.
func (a anyKind[T, P]) Put(tx *Tx, rec any) error {
	p, err := a.of(rec)
	if err != nil {
		return err
	}
	return Put[T, P](tx, p)
}

// Remove implements AnyKind.
func (a anyKind[T, P]) Remove(tx *Tx, rec any) error {
	p, err := a.of(rec)
	if err != nil {
		return err
	}
	return Delete[T, P](tx, p)
}

// All implements AnyKind.
func (anyKind[T, P]) All(tx *Tx, s Search) (Page[any], error) {
	read := func() (Page[P], error) { return List[T, P](tx, nil, Query{Offset: s.Offset, Limit: s.Limit}) }
	if len(s.Terms) > 0 || len(s.Order) > 0 {
		read = func() (Page[P], error) { return Select[T, P](tx, Everywhere[T](), s) }
	}
	page, err := read()
	out := Page[any]{Offset: page.Offset, Limit: page.Limit, Size: page.Size, Items: make([]any, len(page.Items))}
	for i, rec := range page.Items {
		out.Items[i] = rec
	}
	return out, err
}

func (a anyKind[T, P]) of(rec any) (P, error) {
	p, ok := rec.(P)
	if !ok {
		return nil, fmt.Errorf("core: a %T is no %s", rec, a.kind.Noun)
	}
	return p, nil
}
