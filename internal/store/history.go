package store

import (
	"math"
	"slices"
	"time"

	"golync/internal/text"
	"golync/sipclient"
)

// Page is a part of a conversation.
type Page struct {
	Messages []sipclient.Message // oldest first
	More     bool                // something older exists
	Later    bool                // something newer exists; of what Page returns false
}

// Page reads up to limit messages with peer that are older than before (0: the newest ones).
func (s *Store) Page(peer string, before int64, limit int, done func(Page, error)) {
	s.page(done, func(t *tx) (Page, error) { return t.page(peer, before, limit) })
}

// PageAfter reads up to limit messages with peer that are newer than after; More is not looked up.
func (s *Store) PageAfter(peer string, after int64, limit int, done func(Page, error)) {
	s.page(done, func(t *tx) (Page, error) { return t.pageAfter(peer, after, limit) })
}

// PageAround reads up to limit messages with peer, of which the one at seq stands in the middle as far as
// there are others.
func (s *Store) PageAround(peer string, seq int64, limit int, done func(Page, error)) {
	s.page(done, func(t *tx) (Page, error) {
		page, err := t.page(peer, seq, limit/2)
		if err != nil {
			return Page{}, err
		}
		rest, err := t.pageAfter(peer, seq-1, limit-len(page.Messages))
		page.Messages, page.Later = append(page.Messages, rest.Messages...), rest.Later
		return page, err
	})
}

func (s *Store) page(done func(Page, error), read func(*tx) (Page, error)) {
	var page Page
	s.w.put(job{
		read: true,
		do: func(t *tx) (err error) {
			page, err = read(t)
			return err
		},
		done: func(err error) { done(page, err) },
	})
}

const columns = `p.address, m.seq, m.outgoing, m.id, m.name, m.body, m.at, m.delivery, m.code, m.reason, m.important, m.receipt_id, m.receipts_due, p.read_to`

func (t *tx) page(peer string, before int64, limit int) (Page, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	limit = max(limit, 0)
	// One more than asked for tells whether there is more.
	messages, err := t.messages(`SELECT `+columns+` FROM peers p JOIN messages m ON m.peer = p.id
		WHERE p.address = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?`, []byte(peer), before, limit+1)
	if err != nil {
		return Page{}, err
	}
	page := Page{Messages: messages, More: len(messages) > limit}
	if page.More {
		page.Messages = messages[:limit]
	}
	slices.Reverse(page.Messages)
	return page, nil
}

func (t *tx) pageAfter(peer string, after int64, limit int) (Page, error) {
	limit = max(limit, 0)
	messages, err := t.messages(`SELECT `+columns+` FROM peers p JOIN messages m ON m.peer = p.id
		WHERE p.address = ? AND m.seq > ? ORDER BY m.seq LIMIT ?`, []byte(peer), after, limit+1)
	if err != nil {
		return Page{}, err
	}
	page := Page{Messages: messages, Later: len(messages) > limit}
	if page.Later {
		page.Messages = messages[:limit]
	}
	return page, nil
}

// messages reads the rows of a query over columns.
func (t *tx) messages(query string, args ...any) ([]sipclient.Message, error) {
	var messages []sipclient.Message
	err := t.each(func(scan func(...any) error) error {
		var m sipclient.Message
		var peer, id, name, body, reason, receipt []byte
		var at, delivery, owed, read int64
		err := scan(&peer, &m.Seq, &m.Outgoing, &id, &name, &body, &at, &delivery, &m.Code, &reason, &m.Important, &receipt, &owed, &read)
		m.Peer, m.ID, m.At, m.ReceiptID = string(peer), string(id), moment(at), string(receipt)
		m.Name, m.Body, m.Reason = peerText(name), peerText(body), peerText(reason)
		m.Delivery = known(delivery, sipclient.Read)
		m.Owed = known(owed, sipclient.OwedDelivery|sipclient.OwedDisplay)
		m.Read = !m.Outgoing && m.Seq <= read
		messages = append(messages, m)
		return err
	}, query, args...)
	return messages, err
}

// MarkRead notes that the user has seen everything from peer up to and with seq. It never takes back.
func (s *Store) MarkRead(peer string, seq int64, done func(error)) {
	s.w.put(job{done: done, do: func(t *tx) error {
		_, err := t.exec("UPDATE peers SET read_to = max(read_to, ?) WHERE address = ?", seq, []byte(peer))
		return err
	}})
}

func peerText(raw []byte) text.Peer { return text.From(string(raw)) }

// nanos and moment keep the zero time, which has no nanoseconds since 1970.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func moment(nanos int64) time.Time {
	if nanos == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanos)
}

// known reads an enumeration whose last value is last; anything else becomes the zero value.
func known[T ~uint8](value int64, last T) T {
	if value < 0 || value > int64(last) {
		return 0
	}
	return T(value)
}
