package store

import (
	"golync/alerts"
	"golync/contacts"
	"golync/internal/option"
	"golync/sipclient"
)

// Snapshot is everything that a start needs. Values that this program does not know read as the zero
// value of their kind.
type Snapshot struct {
	Instance      string // UUID of this installation (RFC 5626 section 4.1)
	Me            Me
	Alerts        alerts.Options
	Options       option.Set
	Folded        map[string]bool    // headings that are folded; nil when none is
	Contacts      []contacts.Contact // by address
	Groups        []contacts.Group   // in order
	Requests      []contacts.Request // oldest first
	Relationships map[contacts.Address]contacts.Relationship
	Open          []contacts.Address
	Unread        map[contacts.Address]int
	Outbox        []sipclient.Message // oldest first
	Owing         []contacts.Address  // who waits for receipts
	Drafts        map[contacts.Address]string
}

// Load reads the snapshot: one moment, after everything asked for before.
func (s *Store) Load() (Snapshot, error) {
	var snap Snapshot
	err := Wait(func(done func(error)) {
		s.w.put(job{read: true, done: done, do: func(t *tx) error { return t.load(&snap) }})
	})
	return snap, err
}

func (t *tx) load(snap *Snapshot) error {
	*snap = Snapshot{
		Me:            Me{Availability: contacts.Available},
		Alerts:        alerts.Default(),
		Options:       option.Default(),
		Relationships: map[contacts.Address]contacts.Relationship{},
		Unread:        map[contacts.Address]int{},
	}
	for _, part := range []func(*Snapshot) error{
		t.loadOptions, t.loadGroups, t.loadContacts, t.loadRequests, t.loadRelationships, t.loadTalk, t.loadOwing, t.loadDrafts, t.loadFolded,
	} {
		if err := part(snap); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) loadOptions(snap *Snapshot) error {
	err := t.each(func(scan func(...any) error) error { return scan(&snap.Instance) }, "SELECT uuid FROM instance")
	if err != nil {
		return err
	}
	err = t.each(func(scan func(...any) error) error {
		var name, note, place []byte
		var availability int64
		err := scan(&name, &availability, &note, &place)
		snap.Me = Me{peerText(name), known(availability, contacts.Offline), peerText(note), peerText(place)}
		return err
	}, "SELECT name, availability, note, location FROM me")
	if err != nil {
		return err
	}
	err = t.each(func(scan func(...any) error) error {
		var stored []byte
		err := scan(&stored)
		snap.Options = optionsOf(stored)
		return err
	}, "SELECT json FROM options")
	if err != nil {
		return err
	}
	return t.each(func(scan func(...any) error) error {
		var dnd, outside int64
		err := scan(&snap.Alerts.TellMe, &dnd, &outside)
		snap.Alerts.DND, snap.Alerts.Outside = known(dnd, alerts.ShowNone), known(outside, alerts.AllowAnyone)
		return err
	}, "SELECT tell_me, dnd, outside FROM alerts")
}

func (t *tx) loadGroups(snap *Snapshot) error {
	return t.each(func(scan func(...any) error) error {
		var g contacts.Group
		var name []byte
		err := scan(&g.ID, &name, &g.Collapsed)
		g.Name = peerText(name)
		snap.Groups = append(snap.Groups, g)
		return err
	}, "SELECT id, name, collapsed FROM groups ORDER BY place, id")
}

func (t *tx) loadContacts(snap *Snapshot) error {
	at := map[string]int{}
	err := t.each(func(scan func(...any) error) error {
		var c contacts.Contact
		var name, reason []byte
		var relationship, watch, added int64
		err := scan(&c.Address, &name, &c.Provider, &relationship, &watch, &reason, &c.SeesMe, &added, &c.Tagged, &c.Introduction)
		c.Name, c.WatchReason, c.Added = peerText(name), peerText(reason), moment(added)
		c.Relationship, c.Watch = known(relationship, contacts.BlockedContacts), known(watch, contacts.WatchForbidden)
		at[string(c.Address)] = len(snap.Contacts)
		snap.Contacts = append(snap.Contacts, c)
		return err
	}, "SELECT address, name, provider, relationship, watch, watch_reason, sees_me, added, tagged, introduction FROM contacts ORDER BY address")
	if err != nil {
		return err
	}
	err = t.each(func(scan func(...any) error) error {
		var address string
		var group contacts.GroupID
		err := scan(&address, &group)
		if i, ok := at[address]; ok {
			snap.Contacts[i].Groups = append(snap.Contacts[i].Groups, group)
		}
		return err
	}, "SELECT contact, group_id FROM contact_groups ORDER BY contact, place")
	for i := range snap.Contacts {
		// A contact stands somewhere, also when the last of its groups was deleted.
		if len(snap.Contacts[i].Groups) == 0 {
			snap.Contacts[i].Groups = []contacts.GroupID{contacts.OtherContacts}
		}
	}
	return err
}

func (t *tx) loadRequests(snap *Snapshot) error {
	return t.each(func(scan func(...any) error) error {
		var r contacts.Request
		var name, introduction []byte
		var kind, since int64
		err := scan(&r.Address, &name, &kind, &introduction, &since, &r.Dismissed)
		r.Name, r.Introduction = peerText(name), peerText(introduction)
		r.Kind, r.Since = known(kind, contacts.Skype), moment(since)
		snap.Requests = append(snap.Requests, r)
		return err
	}, "SELECT address, name, kind, introduction, since, dismissed FROM requests ORDER BY since, address")
}

func (t *tx) loadRelationships(snap *Snapshot) error {
	return t.each(func(scan func(...any) error) error {
		var address contacts.Address
		var relationship int64
		err := scan(&address, &relationship)
		snap.Relationships[address] = known(relationship, contacts.BlockedContacts)
		return err
	}, "SELECT address, relationship FROM relationships")
}

// loadTalk reads what is open, what is unread and what is unsent.
func (t *tx) loadTalk(snap *Snapshot) error {
	err := t.each(func(scan func(...any) error) error {
		var address contacts.Address
		err := scan(&address)
		snap.Open = append(snap.Open, address)
		return err
	}, "SELECT address FROM open_conversations ORDER BY place")
	if err != nil {
		return err
	}
	err = t.each(func(scan func(...any) error) error {
		var address []byte
		var unread int
		err := scan(&address, &unread)
		snap.Unread[contacts.Address(address)] = unread
		return err
	}, `SELECT p.address, count(*) FROM peers p JOIN messages m ON m.peer = p.id
		WHERE m.seq > p.read_to AND m.outgoing = 0 GROUP BY p.id`)
	if err != nil {
		return err
	}
	snap.Outbox, err = t.messages(`SELECT ` + columns + ` FROM messages m JOIN peers p ON m.peer = p.id
		WHERE m.outgoing = 1 AND m.delivery = 0 ORDER BY m.seq`)
	return err
}
