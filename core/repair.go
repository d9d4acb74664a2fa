package core

import (
	"context"
	"maps"
	"slices"
)

// repairPasses is how often what a repair left is looked at again: what belonged to
// a record that went has lost its owner then.
const repairPasses = 10

// Repair makes a tenant's indexes, counters and search rows anew where they do not
// agree with its records, and removes what has lost its owner. It returns what it
// put right, and what it could not: records that cannot be read, two with one name,
// custom data of which a part is lost. Nobody else may use the data meanwhile.
func (a *App) Repair(ctx context.Context, tenant ID[Tenant]) (mended, left []string, err error) {
	for range repairPasses {
		d, err := a.examine(ctx, tenant)
		if err != nil {
			return mended, nil, err
		}
		if left = d.wrong; len(d.fixes) == 0 {
			break
		}
		keys := slices.Sorted(maps.Keys(d.fixes))
		for chunk := range slices.Chunk(keys, sweptATime) {
			if err := a.Update(AsSystem(ctx, tenant), func(tx *Tx) error {
				for _, key := range chunk {
					if err := tx.mend(key, d.fixes[key]); err != nil {
						return err
					}
				}
				tx.touch(true)
				return nil
			}); err != nil {
				return mended, left, err
			}
		}
		mended = append(mended, d.wrong...)
	}
	if len(mended) > 0 {
		mended = slices.DeleteFunc(mended, func(line string) bool { return slices.Contains(left, line) })
		err = a.Update(AsMachine(ctx, tenant), func(tx *Tx) error {
			return tx.Note(AuditLine{Type: "tenant.repair", Ref: RefTo(tenant)})
		})
	}
	return mended, left, err
}

func (tx *Tx) mend(key string, value []byte) error {
	if value == nil {
		return tx.s.kv.Delete(key)
	}
	return tx.s.kv.Put(key, value)
}
