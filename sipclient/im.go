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
}

// MaxBody is the largest message body golync sends or takes, in bytes.
const MaxBody = 64 << 10

// Delivery is how far a sent message has come. It never claims more than is known (RFC 3428 section 7).
type Delivery uint8

// The states of a sent message.
const (
	Unsent  Delivery = iota // in the outbox, not yet sent or not yet answered
	Sent                    // 200: it reached the other side's user agent
	Stored                  // 202: a server took it for later
	Failed                  // a final response said no
	Unknown                 // no answer came in time: it may or may not have arrived
)
