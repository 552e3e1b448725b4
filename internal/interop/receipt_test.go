//go:build linux

package interop

import (
	"fmt"
	"strings"
	"testing"

	"golync/sipclient"
)

// asks sends until a message asks for receipts: the first ones go before it is known that the other side gives
// any. It returns the message as it came.
func (p *person) asks(of *person, body string) sipclient.Message {
	p.t.Helper()
	for range 50 {
		if got, err := p.say(of.address, body); got != sipclient.Sent {
			p.t.Fatalf("%v, %v", got, err)
		}
		e := await(of, body[:min(len(body), 20)], func(e sipclient.MessageReceived) bool { return e.Message.Body.Raw() == body })
		if e.Message.Owed != 0 {
			return e.Message
		}
	}
	p.t.Fatal("no message asks for receipts")
	return sipclient.Message{}
}

func (p *person) hearsOf(m sipclient.Message, from *person, want sipclient.Delivery) {
	p.t.Helper()
	await(p, fmt.Sprint("a receipt of ", m.ReceiptID), func(e sipclient.ReceiptReceived) bool {
		return e == sipclient.ReceiptReceived{Peer: from.address, ID: m.ReceiptID, Delivery: want}
	})
}

// Kamailio passes on what programs say of themselves, envelopes and receipts, and keeps receipts for somebody
// who is away.
func TestReceiptsComeBack(t *testing.T) {
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			k := Start(t, alice, dana)
			a, d := signIn(t, k, alice, transport), signIn(t, k, dana, transport)
			m := a.asks(d, "é😀 have you got it?")
			r := sipclient.Receipt{Peer: a.address, ID: m.ReceiptID, Of: m.At}
			if err := d.Acknowledge(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			a.hearsOf(m, d, sipclient.Delivered)
			if err := a.SignOut(t.Context()); err != nil {
				t.Fatal(err)
			}
			r.Seen = true
			if err := d.Acknowledge(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			if err := a.SignIn(t.Context()); err != nil {
				t.Fatal(err)
			}
			a.hearsOf(m, d, sipclient.Read)
		})
	}
}

func TestTheLongestMessageArrivesInItsEnvelope(t *testing.T) {
	k := Start(t, alice, dana)
	a, d := signIn(t, k, alice, "tls"), signIn(t, k, dana, "tcp")
	a.asks(d, strings.Repeat("x", sipclient.MaxBody))
}
