package sipclient

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
)

// walk is two sides that do anything at any time, from a seed.
type walk struct {
	*rand.Rand
	d      *desk
	peer   *siptest.Peer
	sounds []*sound
	lines  []*line            // calls that alice has placed
	sent   []*siptest.Message // INVITEs to alice
	calls  int
	log    []string
}

func (w *walk) note(format string, args ...any) { w.log = append(w.log, fmt.Sprintf(format, args...)) }

func (w *walk) sound() *sound {
	m := &sound{}
	if w.IntN(8) == 0 {
		m.deaf = errNoCodec
	}
	w.sounds = append(w.sounds, m)
	return m
}

// call is the ID of one of the client's calls, or of none.
func (w *walk) call() string {
	got := make(chan string, 1)
	w.d.client.loop.post(func() {
		id := "none"
		for id = range w.d.client.calls.byID {
			break
		}
		got <- id
	})
	return <-got
}

// user does something that a user may do.
func (w *walk) user() {
	id := w.call()
	c := w.d.client
	switch n := w.IntN(9); n {
	case 0:
		w.calls++
		w.note("call %d", w.calls)
		c.Call(fmt.Sprint("call", w.calls), bob, w.sound())
	case 1, 2:
		w.note("answer")
		c.Answer(id, w.sound())
	case 3:
		w.note("decline")
		c.Decline(id, 486)
	case 4, 5:
		w.note("hold")
		c.Hold(id, w.IntN(2) == 0)
	case 6:
		w.note("hang up")
		c.HangUp(id)
	case 7:
		w.note("transfer")
		c.Transfer(id, "sip:dana@contoso.com")
	default:
		w.note("attended")
		c.TransferTo(id, w.call())
	}
}

// other does something that somebody at the other side may do, in any order, right or wrong.
func (w *walk) other() {
	for _, m := range w.peer.Waiting() {
		switch m.Method() {
		case "INVITE":
			if w.IntN(2) == 0 {
				w.peer.Expect("INVITE")
				w.lines = append(w.lines, callee(w.peer, m, fmt.Sprint("tag", w.IntN(3))))
			}
		case "BYE", "CANCEL", "PRACK", "UPDATE", "REFER":
			w.peer.Reply(w.peer.Expect(m.Method()), []int{200, 202, 481, 500}[w.IntN(4)])
		}
	}
	if w.IntN(3) == 0 {
		w.note("INVITE")
		w.sent = append(w.sent, w.peer.Send("INVITE", bob, "sip:alice@contoso.com", "application/sdp", bobOffer))
		return
	}
	if len(w.lines) > 0 {
		l := w.lines[w.IntN(len(w.lines))]
		switch w.IntN(4) {
		case 0:
			method := []string{"BYE", "INVITE", "UPDATE", "INFO", "REFER"}[w.IntN(5)]
			w.note("%s", method)
			l.send(method, []string{bobOffer, ""}[w.IntN(2)])
		default:
			code := []int{100, 180, 183, 200, 200, 200, 302, 408, 486, 487, 488, 491, 600}[w.IntN(13)]
			w.note("%d", code)
			l.reply(code, bobOffer)
		}
	}
	if len(w.sent) > 0 {
		w.towards(w.sent[w.IntN(len(w.sent))])
	}
}

// towards acts on a call to alice.
func (w *walk) towards(invite *siptest.Message) {
	l := &line{p: w.peer, invite: invite, mine: invite.Get("From"), seq: 1 + w.IntN(5)}
	for _, m := range w.peer.Waiting() {
		if m.Code() > 100 && m.Get("Call-ID") == invite.Get("Call-ID") {
			l.theirs, l.target = m.Get("To"), m.Address("Contact")
		}
	}
	switch w.IntN(4) {
	case 0:
		w.note("CANCEL")
		w.peer.Send("CANCEL", bob, "sip:alice@contoso.com", "", "", "Via: "+invite.Get("Via"), "Call-ID: "+invite.Get("Call-ID"), "From: "+l.mine, "CSeq: 1 CANCEL")
	case 1, 2:
		if l.target != "" {
			w.note("ACK")
			l.ack(invite, "")
		}
	default:
		if l.target != "" {
			method := []string{"BYE", "INVITE", "UPDATE", "NOTIFY"}[w.IntN(4)]
			w.note("%s to alice", method)
			l.send(method, bobHolds, "Event: refer", "Subscription-State: terminated")
		}
	}
}

// cut ends the connection, and lets the client come back.
func (w *walk) cut() {
	w.note("cut")
	w.peer.Close()
	w.peer = w.d.back()
	for _, l := range w.lines {
		l.p = w.peer
	}
	w.sent = nil
}

// Whatever happens in whatever order: each call ends once, each sound is given back once, and nothing is left.
func TestNothingIsLeftOfAnyCall(t *testing.T) {
	for seed := range uint64(150) {
		inCall(t, func(d *desk, peer *siptest.Peer) {
			w := &walk{Rand: rand.New(rand.NewPCG(seed, 1)), d: d, peer: peer}
			for range 60 {
				switch n := w.IntN(20); {
				case n < 8:
					w.user()
				case n < 16:
					w.other()
				case n < 19:
					time.Sleep(time.Duration(w.IntN(3000)) * time.Millisecond)
				case w.IntN(4) == 0:
					w.cut()
				default:
					time.Sleep(time.Duration(w.IntN(200)) * time.Second)
				}
				synctest.Wait()
			}
			for id := w.call(); id != "none"; id = w.call() {
				d.client.HangUp(id)
				synctest.Wait()
			}
			time.Sleep(10 * time.Minute)
			remembered(t, d, 0)
			w.check(t, seed)
		})
		if t.Failed() {
			return
		}
	}
}

func (w *walk) check(t *testing.T, seed uint64) {
	t.Helper()
	w.d.mu.Lock()
	defer w.d.mu.Unlock()
	ended := map[string]int{}
	known := map[string]bool{}
	for _, e := range w.d.events {
		if e, ok := e.(CallChanged); ok {
			known[e.Call.ID] = true
			if ended[e.Call.ID] > 0 {
				t.Errorf("seed %d: %+v after its end", seed, e.Call)
			}
			if e.Call.State == CallEnded {
				ended[e.Call.ID]++
			}
		}
	}
	for id := range known {
		if ended[id] != 1 {
			t.Errorf("seed %d: call %s ended %d times", seed, id, ended[id])
		}
	}
	for i, m := range w.sounds {
		did := m.did()
		if strings.Count(did, "close") != 1 || !strings.HasSuffix(did, "close") {
			t.Errorf("seed %d: sound %d was asked to %s", seed, i, did)
		}
	}
	if t.Failed() {
		t.Log(strings.Join(w.log, ", "))
	}
}
