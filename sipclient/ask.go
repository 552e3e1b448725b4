package sipclient

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/nameaddr"
	"golync/sipclient/presrules"
)

// Answer is the final response to a question that changes nothing at the server.
type Answer struct {
	Code   int       // 200 to 699
	Reason text.Peer // reason phrase as it came
	Name   text.Peer // what the answer calls the person who was asked about; may be empty
}

// Ask asks the server whether there is a person with the address, as Search does, and gives the answer as it
// came, for those who want to tell an administrator. The errors are ErrNotSignedIn, ErrNoAnswer, ErrPassword,
// the context's, and one for an address that is none.
func (c *Client) Ask(ctx context.Context, uri string) (Answer, error) {
	to, aor, err := nameaddr.Parse(uri)
	if err != nil {
		return Answer{}, err
	}
	return c.question(ctx, draft{method: sip.OPTIONS, target: to, to: to}, aor)
}

// AskPresence asks whether the server takes PUBLISH, without publishing anything: it takes back a publication
// that nobody has made. A server with a presence service does not know its entity tag and answers 412 (RFC
// 3903 section 6, step 4), one without does not know the method or the event. The errors are those of Ask.
func (c *Client) AskPresence(ctx context.Context) (Answer, error) {
	return c.question(ctx, draft{
		method: sip.PUBLISH, target: c.me.uri, to: c.me.uri,
		headers: []sip.Header{
			sip.NewHeader("Event", "presence"), sip.NewHeader("Expires", "0"), sip.NewHeader("SIP-If-Match", newToken()),
		},
	}, c.me.aor)
}

// question sends a request of its own Call-ID over the flow and waits for its answer, as long as a search may.
func (c *Client) question(ctx context.Context, d draft, aor string) (Answer, error) {
	d.fromTag, d.callID, d.seq = newToken(), newToken(), 1
	within, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	result := make(chan reply, 1)
	if !c.loop.post(func() {
		if c.net.phase != online {
			result <- reply{err: ErrNotSignedIn}
			return
		}
		c.exchangeWithin(within, c.net.link, d, func(r reply) { result <- r })
	}) {
		return Answer{}, ErrNotSignedIn
	}
	select {
	case r := <-result:
		if r.err != nil {
			return Answer{}, unanswered(ctx, r.err)
		}
		return Answer{Code: r.code(), Reason: text.From(r.res.Reason), Name: nameIn(r.res, aor)}, nil
	case <-within.Done():
		return Answer{}, unanswered(ctx, within.Err())
	case <-c.loop.done:
		return Answer{}, ErrNotSignedIn
	}
}

// unanswered tells the end of our own patience from that of whoever asked.
func unanswered(ctx context.Context, err error) error {
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return ErrNoAnswer
	}
	return err
}

// ReadRules reads the user's presence rules from the XCAP server. exists is false when there are none yet, and
// a server that does not know the place answers the same (404, RFC 4825 section 7.6). It needs no sign-in. The
// errors are ErrNoRules without an XCAP root or with one that has none, ErrPassword, *ResponseError, those of
// net/http, and of a document that cannot be read.
func (c *Client) ReadRules(ctx context.Context) (rules presrules.Document, exists bool, err error) {
	if c.rules == nil {
		return rules, false, ErrNoRules
	}
	doc, _, err := c.rules.read(ctx)
	if err != nil || doc == nil {
		return rules, false, err
	}
	rules, err = presrules.Parse(doc)
	return rules, true, err
}

// AskXCAP asks whether the XCAP root is one: every XCAP server tells its capabilities (RFC 4825 section 12). It
// tells a server without rules from a wrong address, where ReadRules cannot. It needs no sign-in.
func (c *Client) AskXCAP(ctx context.Context) (code int, err error) {
	if c.rules == nil {
		return 0, ErrNoRules
	}
	root, _, _ := strings.Cut(c.rules.url, "/pres-rules/users/")
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, root+"/xcap-caps/global/index", nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("User-Agent", userAgent)
	a, err := c.rules.once(req)
	return a.code, err
}
