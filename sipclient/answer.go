package sipclient

import (
	"sync/atomic"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/nameaddr"
)

// answersRoom is how many responses to one request may wait to be written, the final one among them.
const answersRoom = 8

// incoming is a request that has passed the gate and waits for its answer, which the loop or the inbox
// gives exactly once by refuse, accept or finish, from any goroutine. An INVITE may get provisional ones before it.
type incoming struct {
	req      *sip.Request
	l        *link
	inDialog bool   // it came with a To tag
	tag      string // To tag of the answer, empty for a random one
	then     func() // run on the loop when the answer has been written, or could not be
	// withdrawn is run on the loop when the INVITE was cancelled, with the CANCEL. sipgo has answered both.
	withdrawn func(cancel *sip.Request)

	answered atomic.Bool
	answers  chan *sip.Response
	gone     chan struct{} // closed when the INVITE was cancelled
}

func newIncoming(l *link, req *sip.Request) *incoming {
	in := &incoming{req: req, l: l, answers: make(chan *sip.Response, answersRoom), gone: make(chan struct{})}
	_, in.inDialog = req.To().Params.Get("tag")
	return in
}

func (in *incoming) refuse(r *refusal) { in.respond(r.code, r.reason, r.headers) }

func (in *incoming) accept(headers ...sip.Header) { in.respond(200, "OK", headers) }

func (in *incoming) respond(code int, reason string, headers []sip.Header) {
	in.finish(in.response(code, reason, headers))
}

// response builds a response with our tag.
func (in *incoming) response(code int, reason string, headers []sip.Header) *sip.Response {
	res := answerTo(in.req, code, reason, headers)
	if to := res.To(); in.tag != "" && to != nil {
		to.Params.Add("tag", in.tag)
	}
	return res
}

// finish gives the final answer, unless there is one already.
func (in *incoming) finish(res *sip.Response) {
	if !in.answered.Swap(true) {
		in.answers <- res // there is room: provisional leaves it
	}
}

// provisional gives an answer before the final one. It is for the loop. One that finds no room is dropped: the
// caller has not taken the ones before.
func (in *incoming) provisional(res *sip.Response) {
	if !in.answered.Load() && len(in.answers) < answersRoom-1 {
		in.answers <- res
	}
}

// answerTo builds a response. sipgo would copy a version we do not speak.
func answerTo(req *sip.Request, code int, reason string, headers []sip.Header) *sip.Response {
	res := sip.NewResponseFromRequest(req, code, reason, nil)
	res.SipVersion = "SIP/2.0"
	for _, h := range headers {
		res.AppendHeader(h)
	}
	res.AppendHeader(sip.NewHeader("Server", userAgent))
	return res
}

// serve is called by sipgo for every request, each on a goroutine of its own. The flow hands out the next
// message only after Taken, so that requests reach the loop in the order of the wire. serve has to stay
// until the answer is written: sipgo ends the transaction when it returns.
func (c *Client) serve(l *link, req *sip.Request, tx sip.ServerTransaction) {
	c.loop.guard(func() {
		r := inspect(req, l.remote)
		if req.Method == sip.ACK {
			if r == nil {
				c.loop.post(func() { c.takeAck(req) })
			}
			return
		}
		if r != nil {
			l.conn.Taken(req)
			tx.Respond(answerTo(req, r.code, r.reason, r.headers))
			return
		}
		in := newIncoming(l, req)
		var lost <-chan struct{} // nobody rings for a caller who cannot be told
		if req.Method == sip.INVITE {
			lost = l.conn.Done()
			c.expectCancel(in, tx)
		}
		c.loop.post(func() {
			defer func() {
				if p := recover(); p != nil {
					in.refuse(refuse(500, "Internal Server Error"))
					panic(p)
				}
			}()
			c.take(in)
		})
		c.release(l, req)
		c.answer(in, tx, lost)
	})
}

// expectCancel prepares for a CANCEL, which sipgo answers itself, and the INVITE with 487 from a copy of the request.
// Our tag stands in the request therefore, so that every answer has it (RFC 3261 section 8.2.6.2).
func (c *Client) expectCancel(in *incoming, tx sip.ServerTransaction) {
	if to := in.req.To(); !in.inDialog {
		// sipgo's own 100, 200 ms from now, would read the request beside us. It is called off by a copy of the
		// INVITE, which asks for the last answer again, and there is none; the loop gives the first at once.
		if t, ok := tx.(interface{ Receive(*sip.Request) error }); ok {
			_ = t.Receive(in.req)
		}
		in.tag = newToken()
		to.Params.Add("tag", in.tag)
	}
	tx.OnCancel(func(cancel *sip.Request) {
		close(in.gone)
		c.loop.post(func() {
			if in.withdrawn != nil {
				in.withdrawn(cancel)
			}
		})
	})
}

// answer writes the answers until the final one.
func (c *Client) answer(in *incoming, tx sip.ServerTransaction, lost <-chan struct{}) {
	for {
		select {
		case res := <-in.answers:
			if err := tx.Respond(res); err != nil {
				c.log.Debug("answer not written", "method", in.req.Method.String(), "error", err)
			}
			if res.IsProvisional() {
				continue
			}
			if in.then != nil {
				c.loop.post(in.then)
			}
			return
		case <-in.gone:
			_ = tx.Err() // waits until the 487 is written
			return
		case <-lost:
			return
		case <-c.loop.done:
			return
		}
	}
}

// take hands a request to whoever answers its method.
func (c *Client) take(in *incoming) {
	switch in.req.Method {
	case sip.MESSAGE:
		c.takeMessage(in, in.inDialog)
	case sip.NOTIFY:
		c.takeNotify(in)
	case sip.SUBSCRIBE:
		c.takeSubscribe(in)
	case sip.OPTIONS:
		c.takeOptions(in)
	case sip.INVITE:
		c.takeInvite(in)
	case sip.CANCEL:
		c.takeCancel(in)
	case sip.BYE, sip.PRACK, sip.UPDATE, sip.INFO, sip.REFER:
		c.takeInCall(in)
	default:
		in.refuse(refuse(405, "Method Not Allowed", allow()))
	}
}

// takeOptions says what golync can do, but not to whom it would not listen: being told is as good as seeing
// that the user is there (RFC 3261 section 11.2, the answer is what a message would get).
func (c *Client) takeOptions(in *incoming) {
	if from, ok := nameaddr.AOR(&in.req.From().Address); ok {
		if code := c.o.Admit(Incoming{Method: "MESSAGE", From: from}).Refuse; code != 0 {
			in.refuse(refuse(code, phraseFor(code)))
			return
		}
	}
	in.accept(allow(), sip.NewHeader("Accept", c.accepted()+", "+acceptedStates+", "+sdpType), supported(), sip.NewHeader("Allow-Events", acceptedEvents))
}

// phraseFor names the codes that Options.Admit gives, and those that a call is declined with.
func phraseFor(code int) string {
	switch code {
	case 403:
		return "Forbidden"
	case 480:
		return "Temporarily Unavailable"
	case 486:
		return "Busy Here"
	case 603:
		return "Decline"
	default:
		return "Refused"
	}
}
