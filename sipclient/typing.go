package sipclient

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/iscomposing"
	"golync/sipclient/nameaddr"
)

// maxTyping bounds the people who are known to be typing at the same time; more than that nobody can watch.
const maxTyping = 1000

// noticePatience is how long a message waits for the answer to a notice that left before it. Then the notice
// is given up, so that no challenge can bring it back behind the message.
const noticePatience = time.Second

// typing is what is known of typing notices (RFC 3994) in this stay at the server. It belongs to the loop.
type typing struct {
	heard   map[string]*timer // who is typing, and what ends it
	refused map[string]bool   // who did not take a notice, and gets no more
}

// Typing tells a person that the user is composing a message, or has stopped without sending it; a message
// that is sent says so by itself (RFC 3994 section 3.2). It does not block, and nothing comes back: a notice
// that cannot go, because the user is not signed in or an earlier notice was refused, is dropped, as is one that
// still waits when the next message is sent. Whoever calls sees to it that an active notice is repeated no more often
// than once a minute.
func (c *Client) Typing(uri string, active bool) {
	to, peer, err := nameaddr.Parse(uri)
	if err != nil {
		return
	}
	c.loop.post(func() {
		if active {
			c.probe(peer, to) // so that it is known when the message goes
		}
		c.notice(&outgoing{peer: peer, notice: true, active: active, draft: noticeTo(to, active)})
	})
}

func noticeTo(to sip.Uri, active bool) draft {
	n := iscomposing.Notice{Active: active, ContentType: plainText}
	if active {
		n.Refresh = iscomposing.DefaultRefresh
	}
	return draft{
		method: sip.MESSAGE, target: to, to: to, fromTag: newToken(), callID: newToken(), seq: 1,
		contentType: iscomposing.MediaType, body: iscomposing.Build(n),
	}
}

// notice sends a notice, or lets it wait behind what is on its way to the same person: a message, a receipt, or
// the notice before. Only the latest waits, and only when it says something else than the one before it.
func (c *Client) notice(o *outgoing) {
	if c.net.phase != online || c.typing.refused[o.peer] {
		return
	}
	before := c.lastNotice(o.peer)
	if before != nil && before.active == o.active {
		return
	}
	if before != nil && !before.sent {
		c.dropNotices(o.peer)
		if before = c.lastNotice(o.peer); before != nil && before.active == o.active {
			return
		}
	}
	c.enqueue(o)
}

// lastNotice is the last one in a queue, nil when there is none.
func (c *Client) lastNotice(peer string) *outgoing {
	for _, o := range slices.Backward(c.out[peer]) {
		if o.notice {
			return o
		}
	}
	return nil
}

// dropNotices takes those out of a queue that have not left.
func (c *Client) dropNotices(peer string) {
	c.out[peer] = slices.DeleteFunc(slices.Clone(c.out[peer]), func(o *outgoing) bool { return o.notice && !o.sent })
}

// overtake makes way for a message: the notice that waits is dropped, because the message says more, and the one
// under way gets a moment, as does a receipt.
func (c *Client) overtake(peer string) {
	if len(c.out[peer]) == 0 {
		return
	}
	c.dropNotices(peer)
	if first := c.out[peer][0]; first.message == nil {
		c.loop.after(noticePatience, first.giveUp)
	}
}

// sendNotice sends o and calls done when it needs no more attention.
func (c *Client) sendNotice(o *outgoing, done func()) {
	ctx, cancel := context.WithCancel(c.ctx)
	o.giveUp = cancel
	c.exchangeWithin(ctx, c.net.link, o.draft, func(r reply) {
		gaveUp := ctx.Err() != nil
		cancel()
		if !gaveUp && (errors.Is(r.err, ErrNoAnswer) || r.res != nil && !r.res.IsSuccess()) {
			c.typing.refused[o.peer] = true
		}
		done()
	})
}

// hear takes a typing notice, in the order of the messages of the same flow.
func (c *Client) hear(peer string, body []byte) {
	n, err := iscomposing.Parse(body)
	if err != nil {
		c.log.Debug("typing notice cannot be read", "error", err)
		return
	}
	a := &arrival{peer: peer, settled: true, tell: true}
	if n.OfText() {
		a.typing = n.Holds()
	}
	if last := len(c.in.queue) - 1; last >= 0 && c.in.queue[last].message == nil && c.in.queue[last].peer == peer {
		c.in.queue[last] = a
	} else if len(c.in.queue) < inboxRoom {
		c.in.queue = append(c.in.queue, a)
	}
	c.tellArrived()
}

// heard notes that somebody is typing, for d at most, or not any more when d is 0, and tells what is new.
func (c *Client) heard(peer string, d time.Duration) {
	t, was := c.typing.heard[peer]
	t.stop()
	if d == 0 {
		if was {
			delete(c.typing.heard, peer)
			c.emit(TypingChanged{URI: peer})
		}
		return
	}
	if !was && (len(c.typing.heard) >= maxTyping || c.net.phase != online) {
		return
	}
	c.typing.heard[peer] = c.loop.after(d, func() { c.heard(peer, 0) })
	if !was {
		c.emit(TypingChanged{URI: peer, Typing: true})
	}
}

// typingOffline forgets everything: the flow is gone, and Disconnected or SignedOut says so.
func (c *Client) typingOffline() {
	for _, t := range c.typing.heard {
		t.stop()
	}
	c.typing = newTyping()
}

func newTyping() typing { return typing{heard: map[string]*timer{}, refused: map[string]bool{}} }
