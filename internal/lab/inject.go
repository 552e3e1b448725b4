package lab

import (
	"context"
	"errors"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/nameaddr"
)

// ErrNobody says that a message has nobody to go to: no such user, or not signed in.
var ErrNobody = errors.New("lab: the receiver is not signed in")

// Inject sends a text message from one person to another's devices as if it had come from the sender's,
// without rules or gateway in between; tests and benchmarks load a client with it. Messages leave in the order
// of the calls. At most 256 to one receiver are on their way: the next call waits until one is answered, or ctx
// ends. The channel returned gets the final status, 408 when none came.
func (l *Lab) Inject(ctx context.Context, from, to, body string) (<-chan int, error) {
	l.mu.Lock()
	sender, receiver := l.people[from], l.people[to]
	l.mu.Unlock()
	if sender == nil || receiver == nil {
		return nil, ErrNobody
	}
	select {
	case receiver.window <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	status := make(chan int, 1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || !receiver.online() {
		<-receiver.window
		return nil, ErrNobody
	}
	l.fork(receiver, l.injected(sender, receiver, body), func(res *sip.Response) {
		<-receiver.window
		if res == nil {
			status <- sip.StatusRequestTimeout
			return
		}
		status <- res.StatusCode
	})
	return status, nil
}

// injected makes the MESSAGE.
func (l *Lab) injected(from, to *person, body string) *sip.Request {
	req := sip.NewRequest(sip.MESSAGE, uriOf(to.aor))
	params := sip.NewParams()
	params.Add("tag", l.etag())
	req.AppendHeader(&sip.FromHeader{DisplayName: nameaddr.Quote(from.name), Address: uriOf(from.aor), Params: params})
	req.AppendHeader(&sip.ToHeader{Address: uriOf(to.aor), Params: sip.NewParams()})
	id := sip.CallIDHeader(l.etag() + "@" + from.domain)
	req.AppendHeader(&id)
	req.AppendHeader(&sip.CSeqHeader{SeqNo: 1, MethodName: sip.MESSAGE})
	media := sip.ContentTypeHeader("text/plain;charset=UTF-8")
	req.AppendHeader(&media)
	req.SetBody([]byte(body))
	return req
}
