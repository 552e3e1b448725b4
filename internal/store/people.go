package store

import (
	"golync/contacts"
)

// SaveContact writes a contact whole, in place of what was there. Presence is not kept.
func (s *Store) SaveContact(c contacts.Contact, done func(error)) {
	s.w.put(job{done: done, do: func(t *tx) error {
		address := string(c.Address)
		_, err := t.exec(`INSERT INTO contacts (address, name, provider, relationship, watch, watch_reason, sees_me, added, tagged, introduction)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (address) DO UPDATE SET name = excluded.name,
			provider = excluded.provider, relationship = excluded.relationship, watch = excluded.watch,
			watch_reason = excluded.watch_reason, sees_me = excluded.sees_me, added = excluded.added, tagged = excluded.tagged,
			introduction = excluded.introduction`,
			address, []byte(c.Name.Raw()), string(c.Provider), c.Relationship, c.Watch, []byte(c.WatchReason.Raw()), c.SeesMe, nanos(c.Added), c.Tagged, c.Introduction)
		if err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM contact_groups WHERE contact = ?", address); err != nil {
			return err
		}
		for place, group := range c.Groups {
			if _, err := t.exec("INSERT INTO contact_groups (contact, place, group_id) VALUES (?, ?, ?)", address, place, int64(group)); err != nil {
				return err
			}
		}
		return nil
	}})
}

// DeleteContact forgets a contact. The history with that person stays.
func (s *Store) DeleteContact(a contacts.Address, done func(error)) {
	s.exec(done, "DELETE FROM contacts WHERE address = ?", string(a))
}

// SaveGroup writes a group and its place in the order.
func (s *Store) SaveGroup(g contacts.Group, place int, done func(error)) {
	s.exec(done, `INSERT INTO groups (id, place, name, collapsed) VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET place = excluded.place, name = excluded.name, collapsed = excluded.collapsed`,
		int64(g.ID), place, []byte(g.Name.Raw()), g.Collapsed)
}

// DeleteGroup forgets a group. Its contacts stay, under their other groups.
func (s *Store) DeleteGroup(id contacts.GroupID, done func(error)) {
	s.w.put(job{done: done, do: func(t *tx) error {
		if _, err := t.exec("DELETE FROM groups WHERE id = ?", int64(id)); err != nil {
			return err
		}
		_, err := t.exec("DELETE FROM contact_groups WHERE group_id = ?", int64(id))
		return err
	}})
}

// SaveRequest writes a row of New.
func (s *Store) SaveRequest(r contacts.Request, done func(error)) {
	s.exec(done, `INSERT INTO requests (address, name, kind, introduction, since, dismissed) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (address) DO UPDATE SET name = excluded.name, kind = excluded.kind,
		introduction = excluded.introduction, since = excluded.since, dismissed = excluded.dismissed`,
		string(r.Address), []byte(r.Name.Raw()), r.Kind, []byte(r.Introduction.Raw()), nanos(r.Since), r.Dismissed)
}

// DeleteRequest forgets a row of New.
func (s *Store) DeleteRequest(a contacts.Address, done func(error)) {
	s.exec(done, "DELETE FROM requests WHERE address = ?", string(a))
}

// SaveRelationship keeps the decision on somebody who is not a contact; NoRelationship forgets it.
func (s *Store) SaveRelationship(a contacts.Address, r contacts.Relationship, done func(error)) {
	if r == contacts.NoRelationship {
		s.exec(done, "DELETE FROM relationships WHERE address = ?", string(a))
		return
	}
	s.exec(done, `INSERT INTO relationships (address, relationship) VALUES (?, ?)
		ON CONFLICT (address) DO UPDATE SET relationship = excluded.relationship`, string(a), r)
}

// exec does one statement as a job.
func (s *Store) exec(done func(error), query string, args ...any) {
	s.w.put(job{done: done, do: func(t *tx) error {
		_, err := t.exec(query, args...)
		return err
	}})
}
