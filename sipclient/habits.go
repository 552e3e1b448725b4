package sipclient

import (
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/cpim"
	"golync/sipclient/nameaddr"
)

// probePause is how long a person who could not be asked is not asked again. It is longer than any request
// takes, so that nobody is asked twice at once.
const probePause = 5 * time.Minute

// maxHabits bounds the people of whom something is known; above that all is learned anew.
const maxHabits = 10_000

// habits are what is known of other people's programs in this stay at the server: they may come back with
// another one. They belong to the loop.
type habits map[string]*habit

// habit is what one person's program does with an envelope (message/cpim).
type habit struct {
	envelopes bool // it has sent one, or says that it takes them
	before    bool // it has taken them in an earlier stay
	refused   bool // it has refused one, whatever it says
	answered  bool // it has been asked and has answered
	next      time.Time
}

// takesEnvelopes reports whether a message may go in one. Nothing known means no: plain text is for everybody.
// What was in an earlier stay counts until the program of this one has answered.
func (h *habit) takesEnvelopes() bool {
	return !h.refused && (h.envelopes || h.before && !h.answered)
}

// Remember says that a person's program has taken envelopes (message/cpim) in an earlier stay, so that the first
// message of this one asks for receipts too. A program that has come in its place and refuses them gets the text
// without. It does not block.
func (c *Client) Remember(uri string) {
	if _, peer, err := nameaddr.Parse(uri); err == nil && !c.o.Plain {
		c.loop.post(func() { c.habitOf(peer).before = true })
	}
}

func (c *Client) habitOf(peer string) *habit {
	h := c.habits[peer]
	if h == nil {
		if len(c.habits) >= maxHabits {
			clear(c.habits)
		}
		h = &habit{}
		c.habits[peer] = h
	}
	return h
}

// came asks somebody at once who has come online and was written to in vain in this stay: what waits goes now.
func (c *Client) came(peer string, to sip.Uri) {
	if h := c.habits[peer]; h != nil {
		h.next = time.Time{}
		c.probe(peer, to)
	}
}

// probe asks a person's program what it takes (RFC 3261 section 11), once in a stay. Nothing waits for the
// answer; it counts for the messages after it.
func (c *Client) probe(peer string, to sip.Uri) {
	if c.o.Plain || c.net.phase != online {
		return
	}
	h := c.habitOf(peer)
	if h.envelopes || h.refused || h.answered || time.Now().Before(h.next) {
		return
	}
	h.next = time.Now().Add(probePause)
	c.exchange(c.net.link, draft{
		method: sip.OPTIONS, target: to, to: to, fromTag: newToken(), callID: newToken(), seq: 1,
		headers: []sip.Header{sip.NewHeader("Accept", "application/sdp")},
	}, func(r reply) {
		if r.res != nil && r.res.IsSuccess() {
			h.answered = true
			h.envelopes = h.envelopes || named(r.res.GetHeaders("accept"), cpim.MediaType)
		}
	})
}
