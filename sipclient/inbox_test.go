package sipclient

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"golync/internal/siptest"
)

// slowBox is an inbox whose commits the test makes.
type slowBox struct {
	mu    sync.Mutex
	boxed []Message
	done  []func(error)
}

func (b *slowBox) take(m Message, done func(error)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.boxed, b.done = append(b.boxed, m), append(b.done, done)
}

func (d *desk) receive(peer *siptest.Peer, body string, headers ...string) *siptest.Message {
	return peer.Send("MESSAGE", bob, "sip:alice@contoso.com", "text/plain;charset=UTF-8", body, headers...)
}

func TestMessageIsAnsweredWhenItIsStored(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var box slowBox
		d := newDesk(t, func(o *Options) { o.Inbox = box.take })
		peer := d.signIn()
		sent := d.receive(peer, "hi", `From: "Bob \"B\" Ä" <sip:bob@contoso.com>;tag=1`)
		synctest.Wait()
		if len(peer.Waiting()) != 0 {
			t.Fatal("answered before it was stored")
		}
		quiet[MessageReceived](d)
		box.done[0](nil)
		if code := peer.Response(sent).Code(); code != 200 {
			t.Fatal(code)
		}
		m := next[MessageReceived](d).Message
		if m.Body.Raw() != "hi" || m.Peer != bob || m.Name.Raw() != `Bob "B" Ä` || m.Outgoing || m.ID == "" || m.At.IsZero() {
			t.Fatalf("%+v", m)
		}
		box.done[0](errors.New("again")) // a second call counts for nothing
		quiet[MessageReceived](d)
	})
}

func TestMessageThatCannotBeStoredStaysWithTheServer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) { o.Inbox = func(_ Message, done func(error)) { done(errors.New("disk full")) } })
		peer := d.signIn()
		if code := peer.Response(d.receive(peer, "hi")).Code(); code != 500 {
			t.Fatal(code)
		}
		quiet[MessageReceived](d)
	})
}

func TestInboxThatPanicsCostsOneMessage(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) {
			o.Inbox = func(m Message, done func(error)) {
				if m.Body.Raw() == "bad" {
					panic("bad")
				}
				done(nil)
			}
		})
		peer := d.signIn()
		if code := peer.Response(d.receive(peer, "bad")).Code(); code != 500 {
			t.Fatal(code)
		}
		if code := peer.Response(d.receive(peer, "good")).Code(); code != 200 {
			t.Fatal(code)
		}
		if m := next[MessageReceived](d).Message; m.Body.Raw() != "good" {
			t.Fatal(m)
		}
	})
}

func TestCopyOfAMessageIsAnsweredAndNotTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		seen := map[string]bool{}
		d := newDesk(t, func(o *Options) {
			o.Inbox = func(m Message, done func(error)) {
				if seen[m.ID] {
					done(ErrDuplicate)
					return
				}
				seen[m.ID] = true
				done(nil)
			}
		})
		peer := d.signIn()
		for range 2 {
			if code := peer.Response(d.receive(peer, "hi", "Call-ID: same", "CSeq: 7 MESSAGE")).Code(); code != 200 {
				t.Fatal(code)
			}
		}
		next[MessageReceived](d)
		quiet[MessageReceived](d)
	})
}

func TestEventsKeepTheOrderOfTheWireWhateverTheDiskDoes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var box slowBox
		d := newDesk(t, func(o *Options) { o.Inbox = box.take })
		peer := d.signIn()
		for n := range 5 {
			d.receive(peer, fmt.Sprint(n))
		}
		synctest.Wait()
		for _, n := range []int{4, 2, 1} {
			box.done[n](nil)
		}
		quiet[MessageReceived](d)
		box.done[3](errors.New("disk full"))
		box.done[0](nil)
		for _, want := range []string{"0", "1", "2", "4"} {
			if m := next[MessageReceived](d).Message; m.Body.Raw() != want {
				t.Fatalf("got %q, want %q", m.Body.Raw(), want)
			}
		}
	})
}

func TestTwoThousandMessagesStayInOrder(t *testing.T) {
	const many = 2000
	bubble(t, func(t *testing.T) {
		var order []string
		d := newDesk(t, func(o *Options) {
			o.Inbox = func(m Message, done func(error)) {
				order = append(order, m.Body.Raw())
				go done(nil)
			}
		})
		peer := d.signIn()
		for n := range many {
			d.receive(peer, fmt.Sprint(n))
		}
		for n := range many {
			if m := next[MessageReceived](d).Message; m.Body.Raw() != fmt.Sprint(n) {
				t.Fatalf("event %d is %q", n, m.Body.Raw())
			}
		}
		synctest.Wait()
		for n, body := range order {
			if body != fmt.Sprint(n) {
				t.Fatalf("stored %d as %q", n, body)
			}
		}
		for _, m := range peer.Waiting() {
			if m.Code() != 200 {
				t.Fatal(m)
			}
		}
	})
}

func TestDiskThatHangsHoldsTheServerBackNotTheMemory(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var box slowBox
		d := newDesk(t, func(o *Options) { o.Inbox = box.take })
		peer := d.signIn()
		for n := range 3 * inboxRoom {
			d.receive(peer, fmt.Sprint(n))
		}
		synctest.Wait()
		box.mu.Lock()
		taken := len(box.boxed)
		box.mu.Unlock()
		if taken > inboxRoom+2 {
			t.Fatalf("%d messages wait for the disk", taken)
		}
		for n := 0; n < 3*inboxRoom; {
			box.mu.Lock()
			done := box.done
			box.done = nil
			box.mu.Unlock()
			for _, f := range done {
				f(nil)
				n++
			}
			synctest.Wait()
		}
		for n := range 3 * inboxRoom {
			if m := next[MessageReceived](d).Message; m.Body.Raw() != fmt.Sprint(n) {
				t.Fatalf("event %d is %q", n, m.Body.Raw())
			}
		}
	})
}

func TestMessagesThatAreNotTaken(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) {
			o.Admit = func(in Incoming) Verdict {
				if in.From == "sip:mallory@evil.example" && in.Method == "MESSAGE" {
					return Verdict{Refuse: 403}
				}
				return Verdict{}
			}
			o.Inbox = func(m Message, done func(error)) { t.Errorf("stored %+v", m); done(nil) }
		})
		peer := d.signIn()
		for _, test := range []struct {
			name, from, kind, body string
			headers                []string
			code                   int
			header                 string // that the answer must have
		}{
			{"blocked", "sip:mallory@EVIL.example", "text/plain", "hi", nil, 403, ""},
			{"blocked, and nothing is told of what is taken", "sip:mallory@evil.example", "text/html", "hi", nil, 403, ""},
			{"html", bob, "text/html", "hi", nil, 415, "Accept"},
			{"other charset", bob, "text/plain; charset=utf-16", "hi", nil, 415, "Accept"},
			{"packed in a way nobody knows", bob, "text/plain", "hi", []string{"Content-Encoding: br"}, 415, "Accept-Encoding"},
			{"packed badly", bob, "text/plain", "hi", []string{"Content-Encoding: deflate"}, 400, ""},
			{"packed, and too long", bob, "text/plain", deflated(strings.Repeat("x", 1<<20)), []string{"Content-Encoding: deflate"}, 413, ""},
			{"no envelope", bob, "message/cpim", "hi", nil, 400, ""},
			{"html in an envelope", bob, "message/cpim", envelope("text/html", "hi"), nil, 415, "Accept"},
			{"an envelope in an envelope", bob, "message/cpim", envelope("message/cpim", envelope("text/plain", "hi")), nil, 415, "Accept"},
			{"too long in an envelope", bob, "message/cpim", envelope("text/plain", strings.Repeat("x", MaxBody+1)), nil, 413, ""},
			{"Latin letters that become too long", bob, "text/plain;charset=iso-8859-1", strings.Repeat("\xe9", MaxBody), nil, 413, ""},
			{"too long", bob, "text/plain", strings.Repeat("x", MaxBody+1), nil, 413, ""},
			{"in a dialog", bob, "text/plain", "hi", []string{"To: <sip:alice@contoso.com>;tag=x"}, 481, ""},
			{"from no address", "tel:+1", "text/plain", "hi", nil, 400, ""},
			{"typing notice", bob, "application/im-iscomposing+xml", "<isComposing/>", nil, 200, ""},
			{"nothing in it", bob, "text/plain", "", nil, 200, ""},
		} {
			res := peer.Response(peer.Send("MESSAGE", test.from, "sip:alice@contoso.com", test.kind, test.body, test.headers...))
			if res.Code() != test.code || test.header != "" && res.Get(test.header) == "" {
				t.Errorf("%s: %s", test.name, res)
			}
		}
		quiet[MessageReceived](d)
	})
}
