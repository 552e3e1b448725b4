//go:build linux

package interop

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"golync/sipclient"
)

func TestMessagesArriveInOrderBothWays(t *testing.T) {
	const n = 100
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			k := Start(t, alice, dana)
			a, d := signIn(t, k, alice, transport), signIn(t, k, dana, transport)
			var wg sync.WaitGroup
			for _, pair := range [][2]*person{{a, d}, {d, a}} {
				wg.Go(func() {
					for i := range n {
						if got, err := pair[0].say(pair[1].address, fmt.Sprint("é😀 ", i)); got != sipclient.Sent {
							t.Errorf("message %d of %s: %v, %v", i, pair[0].address, got, err)
						}
					}
				})
			}
			for i := range n {
				for _, p := range []*person{a, d} {
					if got, want := p.hears(), fmt.Sprint("é😀 ", i); got != want {
						t.Fatalf("%s: got %q, want %q", p.address, got, want)
					}
				}
			}
			wg.Wait()
		})
	}
}

func TestMessagesForSomebodyAwayAreStoredAndComeInOrder(t *testing.T) {
	const n = 20
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			k := Start(t, alice, dana)
			d := signIn(t, k, dana, "tls")
			for i := range n {
				if got, err := d.say("sip:"+alice.Address, fmt.Sprint("later ", i)); got != sipclient.Stored {
					t.Fatalf("message %d: %v, %v", i, got, err)
				}
			}
			a := signIn(t, k, alice, transport)
			var got []string
			for range n {
				got = append(got, a.hears())
			}
			moved := 0
			for i, body := range got {
				if body != fmt.Sprint("later ", i) {
					moved++
				}
			}
			if moved > 0 {
				t.Errorf("%d of %d are out of place: %q", moved, n, got)
			}
		})
	}
}

// Kamailio passes typing notices on, and keeps none for somebody away, who would find it days later.
func TestTypingNoticesArriveAndAreNotStored(t *testing.T) {
	for _, transport := range transports {
		t.Run(transport, func(t *testing.T) {
			k := Start(t, alice, dana)
			a, d := signIn(t, k, alice, transport), newPerson(t, k, dana, transport)
			a.Typing(d.address, true) // to nobody
			if got, err := a.say(d.address, "later"); got != sipclient.Stored {
				t.Fatalf("%v, %v", got, err)
			}
			if err := d.SignIn(t.Context()); err != nil {
				t.Fatal(err)
			}
			if first := d.talks(); first != "later" {
				t.Fatalf("%q came out of the store", first)
			}
			d.Typing(a.address, true)
			if got, err := d.say(a.address, "now"); got != sipclient.Sent {
				t.Fatalf("%v, %v", got, err)
			}
			for _, want := range []string{"typing", "idle", "now"} {
				if got := a.talks(); got != want {
					t.Fatalf("got %q, want %q", got, want)
				}
			}
		})
	}
}

// talks waits for the next message or typing notice and says what it is.
func (p *person) talks() (said string) {
	p.t.Helper()
	await(p, "a message or a notice", func(e sipclient.Event) bool {
		switch e := e.(type) {
		case sipclient.MessageReceived:
			said = e.Message.Body.Raw()
		case sipclient.TypingChanged:
			said = map[bool]string{true: "typing", false: "idle"}[e.Typing]
		}
		return said != ""
	})
	return said
}

func TestTheLongestMessageArrives(t *testing.T) {
	k := Start(t, alice, dana)
	a, d := signIn(t, k, alice, "tls"), signIn(t, k, dana, "tcp")
	for _, pair := range [][2]*person{{a, d}, {d, a}} {
		body := strings.Repeat("x", sipclient.MaxBody)
		if got, err := pair[0].say(pair[1].address, body); got != sipclient.Sent {
			t.Fatalf("got %v, %v", got, err)
		}
		if got := pair[1].hears(); got != body {
			t.Errorf("%d bytes arrived", len(got))
		}
	}
}

func TestAMessageToNobodyFailsWithItsCode(t *testing.T) {
	k := Start(t, alice)
	a := signIn(t, k, alice, "tls")
	got, err := a.say("sip:nobody@contoso.com", "hello?")
	var refused *sipclient.ResponseError
	if got != sipclient.Failed || !errors.As(err, &refused) || refused.Code != 404 {
		t.Errorf("got %v, %v", got, err)
	}
}
