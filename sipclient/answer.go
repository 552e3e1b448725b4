package sipclient

import (
	"strings"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/nameaddr"
)

// incoming is a request that has passed the gate and waits for its answer, which the loop or the inbox
// gives exactly once by refuse or accept, from any goroutine.
type incoming struct {
	req  *sip.Request
	tag  string // To tag of the answer, empty for a random one
	then func() // run on the loop when the answer has been written, or could not be

	answer chan *sip.Response // holds one
}

func (in *incoming) refuse(r *refusal) { in.respond(r.code, r.reason, r.headers) }

func (in *incoming) accept(headers ...sip.Header) { in.respond(200, "OK", headers) }

func (in *incoming) respond(code int, reason string, headers []sip.Header) {
	res := answerTo(in.req, code, reason, headers)
	if to := res.To(); in.tag != "" && to != nil {
		to.Params.Add("tag", in.tag)
	}
	select {
	case in.answer <- res:
	default: // answered already
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
		if req.Method == sip.ACK {
			return // for an INVITE that we have refused
		}
		if r := inspect(req, l.remote); r != nil {
			l.conn.Taken(req)
			tx.Respond(answerTo(req, r.code, r.reason, r.headers))
			return
		}
		in := &incoming{req: req, answer: make(chan *sip.Response, 1)}
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
		select {
		case res := <-in.answer:
			if err := tx.Respond(res); err != nil {
				c.log.Debug("answer not written", "method", req.Method.String(), "error", err)
			}
			if in.then != nil {
				c.loop.post(in.then)
			}
		case <-c.loop.done:
		}
	})
}

// take hands a request to whoever answers its method.
func (c *Client) take(in *incoming) {
	_, inDialog := in.req.To().Params.Get("tag")
	switch in.req.Method {
	case sip.MESSAGE:
		c.takeMessage(in, inDialog)
	case sip.NOTIFY:
		c.takeNotify(in)
	case sip.SUBSCRIBE:
		c.takeSubscribe(in)
	case sip.OPTIONS:
		c.takeOptions(in)
	case sip.INVITE:
		c.takeInvite(in, inDialog)
	case sip.BYE, sip.CANCEL:
		in.refuse(refuse(481, "Call Does Not Exist"))
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
	in.accept(allow(), sip.NewHeader("Accept", c.accepted()+", "+acceptedStates), sip.NewHeader("Allow-Events", acceptedEvents))
}

// takeInvite refuses a call: golync cannot talk yet, and says so rather than ring in silence.
func (c *Client) takeInvite(in *incoming, inDialog bool) {
	if inDialog {
		in.refuse(refuse(481, "Call Does Not Exist"))
		return
	}
	from, ok := nameaddr.AOR(&in.req.From().Address)
	if !ok {
		in.refuse(refuse(400, "From Is No SIP Address"))
		return
	}
	if code := c.o.Admit(Incoming{Method: "INVITE", From: from}).Refuse; code != 0 {
		in.refuse(refuse(code, phraseFor(code)))
		return
	}
	if t := in.req.ContentType(); len(in.req.Body()) > 0 && t != nil {
		if kind, _ := mediaType(t.Value()); kind != "application/sdp" && !strings.HasPrefix(kind, "multipart/") {
			in.refuse(refuse(415, "Unsupported Media Type", sip.NewHeader("Accept", "application/sdp")))
			return
		}
	}
	if !accepts(in.req, "application/sdp") {
		in.refuse(refuse(406, "Not Acceptable", sip.NewHeader("Accept", "application/sdp")))
		return
	}
	in.refuse(refuse(480, "Temporarily Unavailable"))
}

// phraseFor names the codes that Options.Admit gives.
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
