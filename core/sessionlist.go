package core

import "github.com/stormkeep/stormkeep/core/store"

// LiveSessions are sessions of all accounts of the tenant that are not over, the newest
// first: at most limit after offset. size is how many there are, and whole tells whether
// all were looked at: no more than max are.
func LiveSessions(tx *Tx, offset, limit, max int) (page []*Session, size int, whole bool, err error) {
	if err := tx.mayRead(false); err != nil {
		return nil, 0, false, err
	}
	sys, p := tx.trusted(), sessions.prefix(tx.Tenant)
	var all []*Session
	seen := 0
	for it, err := range tx.s.kv.Scan(p, store.End(p)) {
		if err != nil {
			return nil, 0, false, err
		}
		if seen++; seen > max {
			break
		}
		s, err := decodeRecord[Session](ID[Session](it.Key[len(p):]), it.Value)
		if err != nil {
			return nil, 0, false, err
		}
		if !s.EndedAt.IsZero() || !tx.Now.Before(s.Until.Time) {
			continue
		}
		if _, err := LiveSession(sys, s.ID); IsEnded(err) {
			continue
		} else if err != nil {
			return nil, 0, false, err
		}
		all = append(all, s)
	}
	for i := len(all) - 1 - offset; i >= 0 && len(page) < limit; i-- {
		page = append(page, all[i])
	}
	return page, len(all), seen <= max, nil
}

// CountSessions is how many of the tenant's sessions are not over, of all accounts, and
// whether all were looked at: the newest max are. It reads no account: a session that
// an epoch has ended counts until the job of that has come to it.
func CountSessions(tx *Tx, max int) (n int, whole bool, err error) {
	if err := tx.mayRead(false); err != nil {
		return 0, false, err
	}
	p := sessions.prefix(tx.Tenant)
	seen, idle := 0, tx.Now.Add(-tx.App.Tuned().Lifetimes.SessionIdle)
	for it, err := range tx.s.kv.ScanBack(p, store.End(p)) {
		if err != nil {
			return 0, false, err
		}
		if seen++; seen > max {
			return n, false, nil
		}
		s, err := decodeRecord[Session](ID[Session](it.Key[len(p):]), it.Value)
		if err != nil {
			return 0, false, err
		}
		if !s.EndedAt.IsZero() || !tx.Now.Before(s.Until.Time) {
			continue
		}
		if !s.CreatedAt.After(idle) {
			last, err := s.LastSeen(tx)
			if err != nil {
				return 0, false, err
			}
			if !last.After(idle) {
				continue
			}
		}
		n++
	}
	return n, true, nil
}
