package store

import "golync/contacts"

// SaveDraft keeps what is being written to somebody; an empty one is forgotten.
func (s *Store) SaveDraft(a contacts.Address, body string, done func(error)) {
	if body == "" {
		s.exec(done, "DELETE FROM drafts WHERE address = ?", string(a))
		return
	}
	s.exec(done, "INSERT OR REPLACE INTO drafts (address, body) VALUES (?, ?)", string(a), []byte(body))
}

func (t *tx) loadDrafts(snap *Snapshot) error {
	return t.each(func(scan func(...any) error) error {
		var address contacts.Address
		var body []byte
		err := scan(&address, &body)
		if snap.Drafts == nil {
			snap.Drafts = map[contacts.Address]string{}
		}
		snap.Drafts[address] = string(body)
		return err
	}, "SELECT address, body FROM drafts")
}
