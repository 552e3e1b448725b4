package sipclient

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/imdn"
	"golync/sipclient/iscomposing"
	"golync/sipclient/nameaddr"
)

// inboxRoom is how many received messages may wait for the disk. When they are more the flow is read slowly,
// so that the server waits instead of the memory growing: a message that waits has two goroutines and a
// transaction of sipgo's, some 20 KiB. Fewer would make the commits smaller and storing slower.
const inboxRoom = 256

// inbox is the way of received messages: taken in the order of the wire, stored by Options.Inbox, answered
// when stored, told in the order of the wire.
type inbox struct {
	room  chan struct{} // holds a token for each message that waits
	queue []*arrival    // not told yet, oldest first; belongs to the loop
}

// arrival is one received message on its way, or a typing notice, which keeps its place among them.
type arrival struct {
	message *Message // nil for a notice
	peer    string
	typing  time.Duration // how long a notice holds, 0 when it ends one
	settled bool          // belongs to the loop
	tell    bool
}

// release lets the flow hand out the next message, for a MESSAGE as soon as there is room for it.
func (c *Client) release(l *link, req *sip.Request) {
	if req.Method == sip.MESSAGE {
		select {
		case c.in.room <- struct{}{}:
		case <-c.loop.done:
		}
	}
	l.conn.Taken(req)
}

// takeMessage answers a MESSAGE (RFC 3428 section 7).
func (c *Client) takeMessage(in *incoming, inDialog bool) {
	in.then = c.leaveRoom
	m, p, r := c.readMessage(in.req, inDialog)
	switch {
	case r != nil:
		in.refuse(r)
	case p.kind == iscomposing.MediaType:
		in.accept()
		c.hear(m.Peer, p.body)
	case p.kind == imdn.MediaType:
		in.accept()
		c.hearReceipt(m.Peer, p.body)
	case m.Body.Empty():
		in.accept() // nothing to say
	default:
		c.store(in, m)
	}
}

func (c *Client) leaveRoom() {
	select {
	case <-c.in.room:
	default:
	}
}

// store gives a message to the owner's disk and answers when that has it. The order is kept twice: Inbox is
// called in it here, and MessageReceived leaves in it, whichever commit comes first.
func (c *Client) store(in *incoming, m Message) {
	a := &arrival{message: &m, peer: m.Peer}
	c.in.queue = append(c.in.queue, a)
	var once sync.Once
	done := func(err error) {
		once.Do(func() {
			in.then = func() {
				c.leaveRoom()
				a.settled, a.tell = true, err == nil
				c.tellArrived()
			}
			switch {
			case err == nil || errors.Is(err, ErrDuplicate):
				in.accept()
			default:
				c.log.Error("message not stored", "error", err)
				in.refuse(refuse(500, "Message Not Stored"))
			}
		})
	}
	defer func() {
		if p := recover(); p != nil {
			done(errors.New("the inbox panicked"))
			panic(p)
		}
	}()
	c.o.Inbox(m, done)
}

// tellArrived emits what is stored and has nothing unsettled before it.
func (c *Client) tellArrived() {
	q := c.in.queue
	for len(q) > 0 && q[0].settled {
		switch a := q[0]; {
		case !a.tell:
		case a.message == nil:
			c.heard(a.peer, a.typing)
		default:
			c.heard(a.peer, 0) // the message is what was typed
			c.emit(MessageReceived{Message: *a.message})
		}
		q[0] = nil
		q = q[1:]
	}
	c.in.queue = q
}

// readMessage makes a Message of a request, or says why it cannot be taken. Its body stays empty when the
// parcel holds something else than text. Admission is asked first, so that whoever is blocked learns nothing
// about what golync accepts.
func (c *Client) readMessage(req *sip.Request, inDialog bool) (m Message, p parcel, r *refusal) {
	from, ok := nameaddr.AOR(&req.From().Address)
	if !ok {
		return m, p, refuse(400, "From Is No SIP Address")
	}
	if code := c.o.Admit(Incoming{Method: "MESSAGE", From: from}).Refuse; code != 0 {
		return m, p, refuse(code, phraseFor(code))
	}
	if inDialog {
		return m, p, refuse(481, "Call Does Not Exist")
	}
	p, r = c.unwrap(req)
	if r != nil {
		return m, p, r
	}
	if p.enveloped {
		c.habitOf(from).envelopes = true
	}
	m = Message{
		ID: messageID(req, p.id), Peer: from, Name: text.From(nameaddr.Unquote(req.From().DisplayName)), At: c.now(),
		Important: important(req),
	}
	if p.kind == plainText {
		m.Body = text.From(p.text)
		m.ReceiptID, m.Owed = p.owed()
	}
	return m, p, nil
}

// messageID names a received message. Every copy of it has the same Call-ID and CSeq; one that its sender has
// given a name of its own (RFC 5438 section 6.3) may come in another request too. A sender that has no other
// name than the Call-ID for it, as golync, may send the same without an envelope.
func messageID(req *sip.Request, own string) string {
	id := req.CallID().Value() + " " + strconv.FormatUint(uint64(req.CSeq().SeqNo), 10)
	if own != "" && own != req.CallID().Value() {
		id = "<" + own + ">"
	}
	if len(id) <= 255 {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}

// now is the time that goes into messages; timers have their own.
func (c *Client) now() time.Time {
	if c.o.Now != nil {
		return c.o.Now()
	}
	return time.Now()
}
