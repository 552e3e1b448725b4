package sipclient

import (
	"time"

	"golync/internal/text"
)

// Message is one instant message of a conversation (RFC 3428), received or sent.
type Message struct {
	// ID is the same for every copy of the message: Call-ID and CSeq for a received one, golync's own for
	// a sent one. At most 255 bytes.
	ID       string
	Seq      int64  // place in the history, given by the store, rising; 0 before it is stored
	Peer     string // the other side's address of record
	Outgoing bool
	Name     text.Peer // display name in From of a received message
	Body     text.Peer // text/plain; at most MaxBody bytes
	At       time.Time // when it was received or sent
	Delivery Delivery  // of a sent message
	Code     int       // SIP status of Failed, 0 when none came
	Reason   text.Peer // reason phrase of Failed
	Read     bool      // of a received message: the user has seen it
	Waiting  bool      // of an Unsent message: it goes when the way is free again, nobody is sending it now
	// Important is what the sender says: Priority "urgent" or "emergency" (RFC 3261 section 20.26).
	Important bool
	// ReceiptID is the sender's name for a received message that it wants to hear of again (RFC 5438
	// section 6.3), and Owed what it wants to hear and has not heard. At most 255 bytes.
	ReceiptID string
	Owed      Owed
}

// Owed is a set of the receipts that the sender of a message has asked for and not been given.
type Owed uint8

// The receipts of RFC 5438 section 3 that golync gives.
const (
	OwedDelivery Owed = 1 << iota // that the message has arrived
	OwedDisplay                   // that the user has seen it
)

// MaxBody is the largest message body golync sends or takes, in bytes.
const MaxBody = 64 << 10

// Delivery is how far a sent message has come. It never claims more than is known (RFC 3428 section 7).
type Delivery uint8

// The states of a sent message.
const (
	Unsent    Delivery = iota // in the outbox, not yet sent or not yet answered
	Sent                      // 200: it reached the other side's user agent
	Stored                    // 202: a server took it for later
	Failed                    // a final response said no
	Unknown                   // no answer came in time: it may or may not have arrived
	Delivered                 // their device says that it has it (RFC 5438 "delivered")
	Read                      // their device says that they have seen it (RFC 5438 "displayed")
)

// Reached orders states by how far the message is known to have come, from 0. What comes later in time
// replaces what is further only when it is as far: receipts overtake answers, and one another.
func (d Delivery) Reached() int {
	switch d {
	case Failed, Unknown:
		return 1
	case Stored:
		return 2
	case Sent:
		return 3
	case Delivered:
		return 4
	case Read:
		return 5
	}
	return 0
}

// Arrived reports whether the message has left for good: it is with the other side, or with a server that
// will bring it there, and must not be sent again.
func (d Delivery) Arrived() bool { return d.Reached() >= Stored.Reached() }

// Before reports whether what the other side's device tells later is news: it is further, or it says that a
// message will not arrive which had not reached anybody.
func (d Delivery) Before(later Delivery) bool {
	if later == Failed {
		return d == Stored || d == Unknown
	}
	return later.Reached() > d.Reached()
}
