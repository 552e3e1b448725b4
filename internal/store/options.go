package store

import (
	"encoding/json"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
)

// Me is what the user chose to show: name, presence, note and location.
type Me struct {
	Name         text.Peer
	Availability contacts.Availability
	Note         text.Peer
	Location     text.Peer
}

// SaveMe keeps the user's name, chosen presence, note and location.
func (s *Store) SaveMe(m Me, done func(error)) {
	s.exec(done, "INSERT OR REPLACE INTO me (id, name, availability, note, location) VALUES (1, ?, ?, ?, ?)",
		[]byte(m.Name.Raw()), m.Availability, []byte(m.Note.Raw()), []byte(m.Location.Raw()))
}

// SaveAlerts keeps the Alerts options.
func (s *Store) SaveAlerts(o alerts.Options, done func(error)) {
	s.exec(done, "INSERT OR REPLACE INTO alerts (id, tell_me, dnd, outside) VALUES (1, ?, ?, ?)", o.TellMe, o.DND, o.Outside)
}

// SaveOptions keeps what the other pages of the Options dialog hold.
func (s *Store) SaveOptions(o option.Set, done func(error)) {
	stored, err := json.Marshal(o)
	if err != nil {
		done(err)
		return
	}
	s.exec(done, "INSERT OR REPLACE INTO options (id, json) VALUES (1, ?)", stored)
}

// optionsOf reads what SaveOptions wrote, or something like it: what cannot be read has its default.
func optionsOf(stored []byte) option.Set {
	o := option.Default()
	if json.Unmarshal(stored, &o) != nil {
		return option.Default()
	}
	return o.Clean()
}

// SaveOpen keeps which conversations are open, in order, and which of them is in front.
func (s *Store) SaveOpen(open []contacts.Address, front contacts.Address, done func(error)) {
	s.w.put(job{done: done, do: func(t *tx) error {
		if _, err := t.exec("DELETE FROM open_conversations"); err != nil {
			return err
		}
		for place, a := range open {
			if _, err := t.exec("INSERT INTO open_conversations (place, address, front) VALUES (?, ?, ?)", place, string(a), a == front); err != nil {
				return err
			}
		}
		return nil
	}})
}
