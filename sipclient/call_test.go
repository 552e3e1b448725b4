package sipclient

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"golync/internal/siptest"
)

const bobOffer = "v=0\r\no=bob 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\n"

// bobHolds is an offer, or an answer, of somebody who holds the call.
const bobHolds = bobOffer + "a=sendonly\r\n"

// sound is a Media that notes what it is asked for.
type sound struct {
	mu                      sync.Mutex
	calls                   []string
	offered, kept           int
	noOffer, noAnswer, deaf error
}

var errNoCodec = errors.New("no codec")

func (m *sound) note(format string, args ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, fmt.Sprintf(format, args...))
}

func (m *sound) Offer(hold bool) ([]byte, error) {
	m.note("offer %v", hold)
	m.offered++
	direction := "sendrecv"
	if hold {
		direction = "sendonly"
	}
	return fmt.Appendf(nil, "v=0\r\no=- 1 %d IN IP4 192.0.2.200\r\ns=-\r\nc=IN IP4 192.0.2.200\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\na=%s\r\n", m.offered, direction), m.noOffer
}

func (m *sound) Answer(offer []byte) ([]byte, error) {
	m.note("answer")
	return []byte("v=0\r\no=- 1 1 IN IP4 192.0.2.200\r\ns=-\r\nc=IN IP4 192.0.2.200\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"), m.noAnswer
}

func (m *sound) Kept() {
	m.mu.Lock()
	m.kept++
	m.mu.Unlock()
}

func (m *sound) Take([]byte) error { m.note("take"); return m.deaf }
func (m *sound) Close()            { m.note("close") }

// did returns what was asked for since the last time.
func (m *sound) did() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := strings.Join(m.calls, ", ")
	m.calls = nil
	return out
}

// until waits for the CallChanged with that state.
func (d *desk) until(state CallState) Call {
	d.t.Helper()
	for {
		if c := next[CallChanged](d).Call; c.State == state {
			return c
		}
	}
}

// ends waits for the end of a call and checks how it was.
func (d *desk) ends(why CallEnd, code int) Call {
	d.t.Helper()
	c := d.until(CallEnded)
	if c.Why != why || c.Code != code || c.Media {
		d.t.Fatalf("ended %+v, want %d with %d", c, why, code)
	}
	return c
}

// line is the other side of one call on a peer, with its dialog.
type line struct {
	p      *siptest.Peer
	invite *siptest.Message // the INVITE of the call, in either direction
	mine   string           // From of our requests in the dialog, with the tag
	theirs string           // To of them
	target string
	seq    int
}

// callee is the line of somebody whom alice's INVITE has reached, as the device with that tag.
func callee(p *siptest.Peer, invite *siptest.Message, tag string) *line {
	return &line{
		p: p, invite: invite, mine: invite.Get("To") + ";tag=" + tag, theirs: invite.Get("From"),
		target: invite.Address("Contact"), seq: 100,
	}
}

// reply answers the INVITE as this device.
func (l *line) reply(code int, sdp string, headers ...string) {
	kind := ""
	if sdp != "" {
		kind = "application/sdp"
	}
	l.p.ReplyBody(l.invite, code, kind, []byte(sdp), append([]string{"To: " + l.mine, "Contact: <sip:bob@198.51.100.7:5070>"}, headers...)...)
}

// send sends a request within the dialog.
func (l *line) send(method, sdp string, headers ...string) *siptest.Message {
	l.seq++
	return l.numbered(l.seq, method, sdp, headers...)
}

func (l *line) numbered(seq int, method, sdp string, headers ...string) *siptest.Message {
	kind := ""
	if sdp != "" {
		kind = "application/sdp"
	}
	return l.p.Send(method, "sip:x@y.invalid", l.target, kind, sdp, append([]string{
		"From: " + l.mine, "To: " + l.theirs, "Call-ID: " + l.invite.Get("Call-ID"), fmt.Sprintf("CSeq: %d %s", seq, method),
		"Contact: <sip:bob@198.51.100.7:5070>",
	}, headers...)...)
}

// ack acknowledges an INVITE of ours.
func (l *line) ack(invite *siptest.Message, sdp string) {
	var seq int
	_, _ = fmt.Sscan(invite.Get("CSeq"), &seq)
	l.numbered(seq, "ACK", sdp)
}

// placed lets alice call bob, and gives his line.
func (d *desk) placed(peer *siptest.Peer, m *sound) *line {
	d.t.Helper()
	d.client.Call("c1", bob, m)
	if c := next[CallChanged](d).Call; c.State != CallPlaced || c.Peer != bob || c.ID != "c1" || c.Incoming {
		d.t.Fatalf("placed %+v", c)
	}
	invite := peer.Expect("INVITE")
	if invite.URI() != bob || invite.Get("Content-Type") != "application/sdp" || len(invite.Body) == 0 {
		d.t.Fatalf("%s", invite)
	}
	return callee(peer, invite, "b1")
}

// talking lets alice call bob as far as they talk.
func (d *desk) talking(peer *siptest.Peer, m *sound, headers ...string) *line {
	d.t.Helper()
	l := d.placed(peer, m)
	l.reply(200, bobOffer, headers...)
	ack := peer.Expect("ACK")
	if ack.URI() != "sip:bob@198.51.100.7:5070" || ack.Get("CSeq") != "1 ACK" || ack.Tag("To") != "b1" {
		d.t.Fatalf("%s", ack)
	}
	if c := d.until(CallActive); !c.Media || c.Held || c.Waiting {
		d.t.Fatalf("%+v", c)
	}
	m.did()
	return l
}

// called lets bob call alice, as far as it rings, and gives his line.
func (d *desk) called(peer *siptest.Peer, sdp string, headers ...string) (*line, Call) {
	d.t.Helper()
	kind := "application/sdp"
	if sdp == "" {
		kind = ""
	}
	invite := peer.Send("INVITE", `"Bob" <`+bob+`>`, "sip:alice@contoso.com", kind, sdp, append([]string{"Contact: <sip:bob@198.51.100.7:5070>"}, headers...)...)
	c := next[CallChanged](d).Call
	if c.State != CallRinging || !c.Incoming || c.Peer != bob || c.Name.Raw() != "Bob" || c.Media {
		d.t.Fatalf("rings %+v", c)
	}
	return &line{p: peer, invite: invite, mine: invite.Get("From"), seq: 1}, c
}

// confirmed lets bob's call be answered and acknowledged.
func (d *desk) confirmed(peer *siptest.Peer, m *sound, headers ...string) (*line, Call) {
	d.t.Helper()
	l, c := d.called(peer, bobOffer, headers...)
	d.client.Answer(c.ID, m)
	l.answered(d.t)
	l.ack(l.invite, "")
	c = d.until(CallActive)
	m.did()
	return l, c
}

// answered takes alice's 200 and completes the dialog.
func (l *line) answered(t *testing.T) *siptest.Message {
	t.Helper()
	res := l.p.Response(l.invite)
	if res.Code() != 200 || len(res.Body) == 0 || res.Address("Contact") == "" {
		t.Fatalf("%s", res)
	}
	l.theirs, l.target = res.Get("To"), res.Address("Contact")
	return res
}
