package webhooks

import (
	"context"
	"slices"

	"github.com/stormkeep/stormkeep/apis"
	"github.com/stormkeep/stormkeep/core"
)

// wanted tells whether a tenant has an endpoint.
func wanted(tx *core.Tx) (bool, error) {
	n, err := core.Count[WebhookEndpoint](tx, nil, core.Query{})
	return n > 0, err
}

// hear queues a batch of a tenant's events for the endpoints that want them. What it
// has queued before it does not queue again.
func (p *Plugin) hear(ctx context.Context, batch []core.Event) error {
	return p.app.Update(ctx, func(tx *core.Tx) error {
		all, err := core.List[WebhookEndpoint](tx, nil, core.Query{Limit: maxEndpoints})
		if err != nil {
			return err
		}
		all.Items = slices.DeleteFunc(all.Items, func(e *WebhookEndpoint) bool { return e.Status != core.Enabled })
		for _, e := range batch {
			about := &subject{event: e}
			for _, to := range all.Items {
				if err := queue(tx, to, e, about); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func queue(tx *core.Tx, to *WebhookEndpoint, e core.Event, about *subject) error {
	if !to.wants(e.Type) || e.At.Before(to.CreatedAt.Time) {
		return nil
	}
	if to.Application != "" {
		if ok, err := about.concerns(tx, to.Application); err != nil || !ok {
			return err
		}
	}
	d := core.Make[WebhookDelivery]()
	d.Endpoint, d.Event, d.Type, d.Sequence, d.Happened, d.Ref = to.ID, apis.EventID(e), e.Type, e.Seq, e.At, e.Ref
	if e.Fields != nil {
		d.Changed = e.Fields
	}
	if _, err := core.Find(tx, heard, string(to.ID), heardValue(d)); err == nil || !core.IsNotFound(err) {
		return err
	}
	return d.enqueue(tx)
}

func heardValue(d *WebhookDelivery) string { e, _ := heard.Key(d); return e.Value }

// subject is what an event is about: which applications it concerns is asked once.
type subject struct {
	event core.Event
	known bool
	of    map[core.ID[core.Application]]bool
}

// concerns tells whether an event is of an application: of itself, of what belongs to
// it, or of an account, a group or a membership in one of its account stores. Of what
// is gone, only the directory is known.
func (s *subject) concerns(tx *core.Tx, app core.ID[core.Application]) (bool, error) {
	if !s.known {
		s.known, s.of = true, map[core.ID[core.Application]]bool{}
		refs := append([]core.Ref{s.event.Ref}, s.event.Owners...)
		var stores []core.Ref
		for depth := 0; len(refs) > 0 && depth < 4; depth++ {
			var up []core.Ref
			for _, ref := range refs {
				owners, err := s.look(tx, ref, &stores)
				if err != nil {
					return false, err
				}
				up = append(up, owners...)
			}
			refs = up
		}
		apps, err := core.ApplicationsOf(tx, unique(stores)...)
		if err != nil {
			return false, err
		}
		for _, a := range apps {
			s.of[a.ID] = true
		}
	}
	return s.of[app], nil
}

// look notes what a record says of where it belongs, and names its owners.
func (s *subject) look(tx *core.Tx, ref core.Ref, stores *[]core.Ref) (owners []core.Ref, err error) {
	if id, ok := core.IDOf[core.Application](ref); ok {
		s.of[id] = true
		return nil, nil
	}
	kind, id := ref.Kind(), ref.ID()
	if kind == "directories" || kind == "organizations" || kind == "groups" {
		*stores = append(*stores, ref)
	}
	if acc, ok := core.IDOf[core.Account](ref); ok {
		a, err := core.Get(tx, acc)
		if err == nil {
			var in []core.Ref
			in, err = core.StoresHolding(tx, a)
			*stores = append(*stores, in...)
		}
		if core.IsNotFound(err) {
			err = nil
		}
		return nil, err
	}
	k := tx.App.KindNamed(kind)
	if k == nil {
		return nil, nil
	}
	rec, err := k.Load(tx, id)
	if core.IsNotFound(err) {
		return nil, nil
	}
	if o, ok := rec.(core.Owned); ok && err == nil {
		owners = o.Owners()
	}
	return owners, err
}

func unique(refs []core.Ref) []core.Ref {
	slices.Sort(refs)
	return slices.Compact(refs)
}
