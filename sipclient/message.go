package sipclient

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/nameaddr"
)

// outgoing is a message on its way out, a receipt or a typing notice. It belongs to the loop.
type outgoing struct {
	peer    string
	draft   draft // of a message: as plain text
	message *Message
	sent    bool           // it has left the queue
	result  chan delivered // nil for a notice

	notice, active bool   // it is a typing notice, and what it says
	giveUp         func() // of what has been sent and is no message
}

// delivered is how an outgoing message went.
type delivered struct {
	delivery Delivery
	err      error
}

// outbox holds a queue for each person: RFC 3428 section 8 lets only one MESSAGE be under way to the same
// place, and order is kept that way. Messages to different people do not wait for each other.
type outbox map[string][]*outgoing

// newOutgoing prepares a message. The Call-ID is the message's own ID: sent again after Unknown it is the
// same request, and the other side can see that it already has it.
func (c *Client) newOutgoing(m Message) (*outgoing, error) {
	peer, aor, err := nameaddr.Parse(m.Peer)
	if err != nil {
		return nil, err
	}
	body := strings.ToValidUTF8(m.Body.Raw(), "\uFFFD")
	if len(body) > MaxBody {
		return nil, ErrTooLong
	}
	id := m.ID
	if !callIDWord(id) {
		id = newToken()
	}
	return &outgoing{
		peer: aor, message: &m, result: make(chan delivered, 1),
		draft: draft{
			method: sip.MESSAGE, target: peer, to: peer, fromTag: newToken(), callID: id, seq: 1, spare: true,
			headers: urgency(m), contentType: plainUTF8, body: []byte(body),
		},
	}, nil
}

// enqueue puts a message behind those to the same person, and before receipts, which nobody waits for.
func (c *Client) enqueue(o *outgoing) {
	if c.net.phase != online {
		o.offer(delivered{Unsent, ErrNotSignedIn})
		return
	}
	place := len(c.out[o.peer])
	if o.message != nil {
		c.overtake(o.peer)
		place = c.behindMessages(o.peer)
	}
	c.insert(place, o)
}

// behindMessages is the place in a queue behind the messages, before receipts that have not left.
func (c *Client) behindMessages(peer string) int {
	queue := c.out[peer]
	place := slices.IndexFunc(queue, func(w *outgoing) bool { return w.message == nil && !w.sent })
	if place < 0 {
		place = len(queue)
	}
	return place
}

func (c *Client) insert(place int, o *outgoing) {
	c.out[o.peer] = slices.Insert(c.out[o.peer], place, o)
	if len(c.out[o.peer]) == 1 {
		c.sendNext(o.peer)
	}
}

// sendNext sends the first message of a queue.
func (c *Client) sendNext(peer string) {
	queue := c.out[peer]
	if len(queue) == 0 {
		delete(c.out, peer)
		return
	}
	o := queue[0]
	o.sent = true
	next := func() {
		if q := c.out[peer]; len(q) > 0 && q[0] == o {
			c.out[peer] = q[1:]
			c.sendNext(peer)
		}
	}
	switch {
	case o.notice:
		c.sendNotice(o, next)
	case o.message == nil:
		c.sendReceipt(o, next)
	default:
		c.sendMessage(o, next)
	}
}

// sendMessage sends o in an envelope, which asks for receipts, to whoever takes one, and as plain text (RFC
// 3428) to everybody else. A refused envelope has not arrived, so its text goes again at once without one:
// as the same request but for the tag, which is all that tells it from a merged one (RFC 3261 section 8.2.2.2).
func (c *Client) sendMessage(o *outgoing, next func()) {
	done := func(r reply) {
		o.offer(outcomeOf(r))
		next()
	}
	l := c.net.link
	if !c.habitOf(o.peer).takesEnvelopes() {
		c.exchange(l, o.draft, done)
		c.probe(o.peer, o.draft.to)
		return
	}
	c.probe(o.peer, o.draft.to) // whether it does is known from an earlier stay only
	c.exchange(l, c.enveloped(o), func(r reply) {
		if r.code() != 415 {
			done(r)
			return
		}
		c.habitOf(o.peer).refused = true
		if c.net.link != l {
			o.offer(delivered{Unsent, ErrNotSignedIn})
			return
		}
		o.draft.fromTag = newToken()
		c.exchange(l, o.draft, done)
	})
}

// outcomeOf says what a reply means for a message (RFC 3428 section 7): 202 is no delivery, and a timeout, also
// one that a proxy reports, says nothing.
func outcomeOf(r reply) delivered {
	switch code := r.code(); {
	case errors.Is(r.err, ErrPassword):
		return delivered{Failed, r.err}
	case r.err != nil:
		return delivered{Unknown, errors.Join(ErrNoAnswer, r.err)}
	case code == 200:
		return delivered{Sent, nil}
	case code/100 == 2:
		return delivered{Stored, nil}
	case code == 408 || code == 504:
		return delivered{Unknown, errors.Join(ErrNoAnswer, r.failure(sip.MESSAGE))}
	default:
		return delivered{Failed, r.failure(sip.MESSAGE)}
	}
}

// withdraw takes back a message that nobody waits for any more, if it has not left.
func (c *Client) withdraw(o *outgoing, why error) {
	if o.sent {
		o.offer(delivered{Unknown, errors.Join(ErrNoAnswer, why)})
		return
	}
	queue := c.out[o.peer]
	for i, other := range queue {
		if other == o {
			c.out[o.peer] = append(queue[:i:i], queue[i+1:]...)
		}
	}
	o.offer(delivered{Unsent, why})
}

// offer gives a result if there is none yet.
func (o *outgoing) offer(d delivered) {
	select {
	case o.result <- d:
	default:
	}
}

// outboxOffline is called when the flow is gone. What has been sent gets its result from the request; what
// still waits has not left.
func (c *Client) outboxOffline() {
	for _, queue := range c.out {
		for _, o := range queue {
			if !o.sent {
				o.offer(delivered{Unsent, ErrNotSignedIn})
			}
		}
	}
	c.out = outbox{}
	c.habits = habits{}
	c.typingOffline()
}

// callIDWord reports whether s may be a Call-ID as it is (RFC 3261 section 25.1, callid).
func callIDWord(s string) bool {
	if s == "" || len(s) > 255 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("-.!%*_+`'~", c) >= 0) {
			return false
		}
	}
	return true
}

// Send sends a message and returns how it went: Sent, Stored, Failed with a *ResponseError, or Unknown with
// ErrNoAnswer. Messages to one person leave in the order of the calls to Send, one at a time; Send puts the
// message in that order before it blocks. Unsent, with ErrNotSignedIn or the context's error, means that it
// has not left and may be sent again without harm. A message that is sent again keeps its ID.
func (c *Client) Send(ctx context.Context, m Message) (Delivery, error) {
	o, err := c.newOutgoing(m)
	if err != nil {
		return Failed, err
	}
	if !c.loop.post(func() { c.enqueue(o) }) {
		return Unsent, ErrNotSignedIn
	}
	select {
	case d := <-o.result:
		return d.delivery, d.err
	case <-ctx.Done():
		c.loop.post(func() { c.withdraw(o, ctx.Err()) })
	case <-c.loop.done:
	}
	select {
	case d := <-o.result:
		return d.delivery, d.err
	case <-c.loop.done:
		return Unknown, ErrNoAnswer
	}
}
