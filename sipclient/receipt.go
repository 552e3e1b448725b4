package sipclient

import (
	"context"
	"errors"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/cpim"
	"golync/sipclient/imdn"
	"golync/sipclient/nameaddr"
)

const plainUTF8 = plainText + ";charset=UTF-8"

// Receipt tells a person what has become of a message of theirs (RFC 5438).
type Receipt struct {
	Peer string    // who wrote it
	ID   string    // ReceiptID of the message
	Of   time.Time // when it came
	Seen bool      // the user has seen it; otherwise it has arrived
}

// Acknowledge sends a receipt. It goes behind the messages to the same person; one that a message has overtaken
// goes again after it. ErrNotSignedIn means that it has not left, a *ResponseError that nobody was there, and
// either that it may be sent later; whatever else becomes of it, nobody needs to know: a receipt is a courtesy,
// and gets none itself.
func (c *Client) Acknowledge(ctx context.Context, r Receipt) error {
	to, aor, err := nameaddr.Parse(r.Peer)
	if err != nil {
		return err
	}
	o := &outgoing{peer: aor, result: make(chan delivered, 1), draft: c.receiptTo(to, aor, r)}
	if !c.loop.post(func() { c.enqueue(o) }) {
		return ErrNotSignedIn
	}
	select {
	case d := <-o.result:
		return d.err
	case <-ctx.Done():
		c.loop.post(func() { c.withdraw(o, ErrNotSignedIn) })
	case <-c.loop.done:
		return ErrNotSignedIn
	}
	select {
	case d := <-o.result:
		return d.err
	case <-c.loop.done:
		return ErrNotSignedIn
	}
}

// receiptTo writes a receipt (RFC 5438 section 7.2.1).
func (c *Client) receiptTo(to sip.Uri, aor string, r Receipt) draft {
	about := imdn.Receipt{MessageID: r.ID, DateTime: r.Of, Recipient: c.me.aor, Kind: imdn.Delivery, Status: imdn.Delivered}
	if r.Seen {
		about.Kind, about.Status = imdn.Display, imdn.Displayed
	}
	id := newToken()
	return draft{
		method: sip.MESSAGE, target: to, to: to, fromTag: newToken(), callID: id, seq: 1, contentType: cpim.MediaType,
		body: cpim.Build(cpim.Message{
			From: cpim.Address{URI: c.me.aor}, To: cpim.Address{URI: aor}, DateTime: c.now(),
			Extra:       []cpim.Field{{Space: cpim.IMDN, Name: imdn.MessageIDHeader, Value: id}},
			ContentType: imdn.MediaType, Disposition: imdn.Disposition, Body: imdn.Build(about),
		}),
	}
}

// sendReceipt sends o and calls done when it needs no more attention. One that was given up for a message may
// have got no further than to a challenge, so it goes once more, as a new request with the same content.
func (c *Client) sendReceipt(o *outgoing, done func()) {
	ctx, cancel := context.WithCancel(c.ctx)
	o.giveUp = cancel
	c.exchangeWithin(ctx, c.net.link, o.draft, func(r reply) {
		gaveUp := ctx.Err() != nil
		cancel()
		switch code := r.code(); {
		case gaveUp && r.res == nil && c.net.phase == online:
			done()
			o.sent, o.draft.callID, o.draft.fromTag = false, newToken(), newToken()
			c.insert(c.behindMessages(o.peer), o)
			return
		case errors.Is(r.err, errFlow):
			o.offer(delivered{Unsent, ErrNotSignedIn}) // twice does no harm
		case code == 480 || code == 430:
			o.offer(delivered{Unsent, r.failure(sip.MESSAGE)})
		default:
			o.offer(delivered{Sent, nil})
		}
		done()
	})
}

// enveloped is a message in the envelope that asks for receipts (RFC 5438 section 7.1.1). The name by which
// they call it is its Call-ID, so that a program which gives receipts unasked names the same.
func (c *Client) enveloped(o *outgoing) draft {
	d := o.draft
	at := o.message.At
	if at.IsZero() {
		at = c.now()
	}
	d.body = cpim.Build(cpim.Message{
		From: cpim.Address{URI: c.me.aor}, To: cpim.Address{URI: o.peer}, DateTime: at,
		Extra: []cpim.Field{
			{Space: cpim.IMDN, Name: imdn.MessageIDHeader, Value: d.callID},
			{Space: cpim.IMDN, Name: imdn.AskHeader, Value: imdn.Asking(imdn.Wants{Delivery: true, Failure: true, Display: true})},
		},
		ContentType: d.contentType, Body: d.body,
	})
	d.contentType = cpim.MediaType
	return d
}

// hearReceipt tells what a receipt says, as far as it says anything about the message itself: Forbidden and
// Error are about the receipt, and what servers on the way report is no news.
func (c *Client) hearReceipt(peer string, body []byte) {
	r, err := imdn.Parse(body)
	if err != nil {
		c.log.Debug("receipt cannot be read", "error", err)
		return
	}
	said := map[imdn.Status]Delivery{imdn.Delivered: Delivered, imdn.Displayed: Read, imdn.Failed: Failed}
	if how, ok := said[r.Status]; ok {
		c.emit(ReceiptReceived{Peer: peer, ID: r.MessageID, Delivery: how})
	}
}
