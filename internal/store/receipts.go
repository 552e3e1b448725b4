package store

import (
	"golync/contacts"
	"golync/sipclient"
)

// maxDue is how many receipts are read at once; whoever has more gets the rest the next time.
const maxDue = 1000

// Due is a receipt that somebody has asked for and that can be given now.
type Due struct {
	Receipt sipclient.Receipt
	Seq     int64          // of the message
	Settles sipclient.Owed // what the receipt answers: that a message was seen says that it came
}

// Keep notes what the other side's device tells of a message of the user's: m is found by Peer and ID, and
// never goes back from what it has reached. That it failed is believed only of a message which nobody has
// taken for good. done gets ErrNoMessage when there is no such message with that person, or none that has left.
func (s *Store) Keep(m sipclient.Message, done func(error)) {
	s.w.put(job{done: done, do: func(t *tx) error {
		was, peer := sipclient.Unsent, int64(0)
		err := t.each(func(scan func(...any) error) error {
			var delivery int64
			err := scan(&peer, &delivery)
			was = known(delivery, sipclient.Read)
			return err
		}, `SELECT m.peer, m.delivery FROM messages m JOIN peers p ON p.id = m.peer
			WHERE p.address = ? AND m.outgoing = 1 AND m.id = ?`, []byte(m.Peer), []byte(m.ID))
		switch {
		case err != nil:
			return err
		case was == sipclient.Unsent:
			return ErrNoMessage
		case !was.Before(m.Delivery):
			return nil
		}
		m.Code, m.Reason = 0, peerText(nil)
		return t.write(peer, m)
	}})
}

// recent is how many of the last messages say what somebody's program takes: who has come back with another
// program is known by what was said since.
const recent = 50

// TakesEnvelopes reports whether receipts have gone to and fro with somebody lately: their program takes messages
// in an envelope then (message/cpim).
func (s *Store) TakesEnvelopes(peer string, done func(bool, error)) {
	var takes bool
	s.w.put(job{
		read: true,
		do: func(t *tx) error {
			return t.each(func(scan func(...any) error) error { return scan(&takes) }, `SELECT EXISTS (SELECT 1 FROM
				(SELECT outgoing, delivery, receipt_id FROM messages WHERE peer = (SELECT id FROM peers WHERE address = ?)
					ORDER BY seq DESC LIMIT ?)
				WHERE receipt_id <> x'' OR outgoing = 1 AND delivery IN (?, ?))`,
				[]byte(peer), recent, sipclient.Delivered, sipclient.Read)
		},
		done: func(err error) { done(takes, err) },
	})
}

// Due reads what peer is to be told now, oldest first: that messages have arrived, and that they were seen when
// seen is true. Otherwise whoever sent what the user has seen by now will not hear of it, not even later.
func (s *Store) Due(peer string, seen bool, done func([]Due, error)) {
	var due []Due
	s.w.put(job{
		do: func(t *tx) (err error) {
			due, err = t.due(peer, seen)
			return err
		},
		done: func(err error) { done(due, err) },
	})
}

func (t *tx) due(peer string, seen bool) ([]Due, error) {
	if !seen {
		_, err := t.exec(`UPDATE messages INDEXED BY receipts SET receipts_due = receipts_due & ~? WHERE receipts_due <> 0
			AND peer = (SELECT id FROM peers WHERE address = ?) AND seq <= (SELECT read_to FROM peers WHERE address = ?)`,
			sipclient.OwedDisplay, []byte(peer), []byte(peer))
		if err != nil {
			return nil, err
		}
	}
	var due []Due
	err := t.each(func(scan func(...any) error) error {
		var d Due
		var id []byte
		var at, owed int64
		var read bool
		if err := scan(&d.Seq, &id, &at, &owed, &read); err != nil {
			return err
		}
		d.Settles = known(owed, sipclient.OwedDelivery|sipclient.OwedDisplay)
		d.Receipt = sipclient.Receipt{Peer: peer, ID: string(id), Of: moment(at), Seen: read && d.Settles&sipclient.OwedDisplay != 0}
		if !d.Receipt.Seen {
			d.Settles &= sipclient.OwedDelivery
		}
		if d.Settles != 0 {
			due = append(due, d)
		}
		return nil
	}, `SELECT m.seq, m.receipt_id, m.at, m.receipts_due, m.seq <= p.read_to FROM peers p CROSS JOIN messages m INDEXED BY receipts ON p.id = m.peer
		WHERE p.address = ? AND m.receipts_due <> 0 AND (m.receipts_due & ? OR m.seq <= p.read_to) ORDER BY m.seq LIMIT ?`,
		[]byte(peer), sipclient.OwedDelivery, maxDue)
	return due, err
}

// Told notes that a receipt was given and is not to be given again.
func (s *Store) Told(d Due, done func(error)) {
	s.w.put(job{done: done, do: func(t *tx) error {
		_, err := t.exec("UPDATE messages SET receipts_due = receipts_due & ~? WHERE seq = ?", d.Settles, d.Seq)
		return err
	}})
}

// loadOwing reads who waits for receipts.
func (t *tx) loadOwing(snap *Snapshot) error {
	return t.each(func(scan func(...any) error) error {
		var address []byte
		err := scan(&address)
		snap.Owing = append(snap.Owing, contacts.Address(address))
		return err
	}, `SELECT DISTINCT p.address FROM messages m INDEXED BY receipts JOIN peers p ON p.id = m.peer WHERE m.receipts_due <> 0 ORDER BY p.address`)
}
