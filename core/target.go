package core

import (
	"context"

	"github.com/stormkeep/stormkeep/core/store"
)

// ImportTarget says where the records of an export go.
type ImportTarget struct {
	Tenant ID[Tenant] `json:"tenant"`
	// Settings says that nobody had used the tenant, so that it takes the name and the
	// other settings of the one in the file.
	Settings bool `json:"settings"`
	// Replaced says that a new tenant made place for the one in the file.
	Replaced bool `json:"replaced"`
}

// PrepareImport makes a tenant ready for the records of an export. line is the record
// of the tenant that was exported, nil where the file has none.
//
// A tenant that nobody has used yet, which has only what a first start and init made,
// makes place. With operators it is the exported tenant from then on: its id, its
// owners, its keys. Without, it keeps its administrators and loses the first
// application and its directory, whose names the file's would not be told from. A
// tenant that is in use stays as it is.
func (a *App) PrepareImport(ctx context.Context, line []byte, operators bool) (to ImportTarget, err error) {
	actor := ActorOf(ctx)
	to.Tenant = actor.Tenant
	if line == nil {
		return to, nil
	}
	in, err := ParseExported(line)
	if err != nil {
		return to, err
	}
	rec, err := kindIn[Tenant](a).read(&in)
	if in.Kind != tenants.Name || err != nil {
		return to, Errorf(Invalid, "wrong_type", "The file does not begin with its tenant.")
	}
	t := rec.(*Tenant)
	all, err := a.Tenants(ctx)
	if err != nil {
		return to, err
	}
	for _, id := range all {
		if id == t.ID {
			to.Tenant = id
			return to, nil
		}
	}
	into := actor
	if operators {
		if id, err := a.TenantNamed(ctx, t.Key); err == nil && id != actor.Tenant {
			return to, Errorf(Conflict, "taken", "Another tenant has the key %s.", t.Key)
		}
		into.Tenant = t.ID
	}
	a.ring.making.RLock()
	defer a.ring.making.RUnlock()
	as := As(ctx, into)
	as.Value(callKey{}).(*call).founding = operators
	err = a.Update(as, func(tx *Tx) error {
		if !tx.boundless() {
			return errForbidden("An import is made on the machine itself.")
		}
		old := tx.of(actor.Tenant)
		unused, err := old.unused()
		if err != nil {
			return err
		}
		to = ImportTarget{Tenant: into.Tenant, Settings: unused, Replaced: unused && operators}
		switch {
		case operators && !unused:
			return Errorf(Conflict, "taken", "The tenant is in use, so that the operators of another one cannot come into it.")
		case operators:
			if err := tx.dropTenant(actor.Tenant); err != nil {
				return err
			}
			return tx.adopt(*t, in.CustomData)
		case unused:
			return tx.dropFirst()
		}
		return nil
	})
	return to, err
}

// of is tx on the data of another tenant, to be read only.
func (tx *Tx) of(tenant ID[Tenant]) *Tx {
	o := tx.trusted()
	o.Tenant, o.s = tenant, &state{kv: tx.s.kv, ids: tx.s.ids}
	return o
}

// unused tells whether the tenant has only what a first start and init made.
func (tx *Tx) unused() (bool, error) {
	t, err := Get(tx, tx.Tenant)
	if err != nil {
		return false, err
	}
	for _, k := range tx.App.Kinds() {
		info := k.Info()
		if info.Internal || info.Part {
			continue
		}
		page, err := k.All(tx, Search{Limit: 10})
		if err != nil {
			return false, err
		}
		if page.Size > len(page.Items) {
			return false, nil
		}
		for _, rec := range page.Items {
			own := rec.(interface{ Revision() uint64 }).Revision() > 0
			switch rec := rec.(type) {
			case *Tenant:
			case *Application:
				own = rec.ID == t.AdminApp || rec.Name == firstAppName
			case *Directory:
				own = rec.ID == t.AdminDir || rec.Name == firstDirName
			case *AccountStoreMapping:
			case *Account:
				role, err := RoleOf(tx, rec.ID)
				if err != nil {
					return false, err
				}
				own = role != ""
			case *ApiKey:
				own = rec.Purpose == ManagementKey
			default:
				own = false
			}
			if !own {
				return false, nil
			}
		}
	}
	p := scattered + string(tx.Tenant) + "/cdm/"
	for _, err := range tx.s.kv.Scan(p, store.End(p)) {
		return false, err
	}
	return true, nil
}

// dropTenant removes a tenant that nobody has used, and all that is known of it.
func (tx *Tx) dropTenant(id ID[Tenant]) error {
	var keys []string
	for _, p := range rangesOf(id) {
		for it, err := range tx.s.kv.Scan(p, store.End(p)) {
			if err != nil {
				return err
			}
			if ofTenant(it, id) {
				keys = append(keys, it.Key)
			}
		}
	}
	for _, key := range keys {
		if err := tx.s.kv.Delete(key); err != nil {
			return err
		}
	}
	tx.touch(true)
	tx.After(func() { tx.App.dataKeys.Delete(id) })
	return nil
}

// adopt makes the transaction's tenant as it was elsewhere, with a data key of its
// own.
func (tx *Tx) adopt(t Tenant, data *ExportedData) error {
	t.WrappedKey = []byte(tx.s.ids.id("tenants.key", func() string {
		w, _ := tx.App.ring.NewDataKey(string(tx.Tenant))
		return string(w)
	}))
	tx.inBulk(false)
	if err := tx.s.kv.Put(tenantMark+string(t.ID), []byte(t.Key)); err != nil {
		return err
	}
	if err := kindIn[Tenant](tx.App).insert(tx.trusted(), &t, data); err != nil {
		return err
	}
	tx.After(func() { tx.App.dataKeys.Delete(t.ID) })
	return tx.Note(AuditLine{Type: "import.tenant", Ref: RefTo(t.ID)})
}

// dropFirst deletes the application and the directory of a first start.
func (tx *Tx) dropFirst() error {
	app, err := Find(tx, ApplicationName, "", Fold(firstAppName))
	if err == nil {
		err = Delete(tx, app)
	}
	if err != nil && !IsNotFound(err) {
		return err
	}
	dir, err := Find(tx, DirectoryName, "", Fold(firstDirName))
	if err == nil {
		err = Delete(tx, dir)
	}
	if IsNotFound(err) {
		return nil
	}
	return err
}

// takeSettings gives the tenant the settings of another, which its record holds.
func (tx *Tx) takeSettings(from *Tenant, data *ExportedData) (outcome, error) {
	if err := checkImported(data); err != nil {
		return 0, err
	}
	t, err := Get(tx, tx.Tenant)
	if err != nil {
		return 0, err
	}
	before := t.Rev
	t.Name, t.Aliases = from.Name, from.Aliases
	if err := Put(tx, t); err != nil {
		return 0, err
	}
	done := same
	if t.Rev != before {
		done = changed
	}
	if data == nil || len(data.Values) == 0 {
		return done, nil
	}
	return changed, tx.replaceCustom(true, RefTo(t.ID), data)
}
