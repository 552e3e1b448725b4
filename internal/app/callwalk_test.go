package app

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/calllog"
	"golync/internal/option"
	"golync/sipclient"
)

// exchange is a network for calls: it does the effects as sipclient does, at random moments and with random luck.
type exchange struct {
	*rand.Rand
	t     *testing.T
	s     *State
	now   time.Time
	calls map[string]*sipclient.Call
	next  int

	disk      map[string]calllog.Entry
	published contacts.Availability
	tone      Tone
	timed     []string
}

// does carries out effects.
func (x *exchange) does(effects []Effect) {
	for _, e := range effects {
		switch e := e.(type) {
		case PlaceCall:
			if x.calls[e.ID] != nil {
				x.t.Errorf("%s is placed twice", e.ID)
			}
			x.calls[e.ID] = &sipclient.Call{ID: e.ID, Peer: string(e.Peer), State: sipclient.CallPlaced}
		case AnswerCall:
			x.becomes(e.ID, sipclient.CallAnswering)
		case DeclineCall:
			x.ends(e.ID, sipclient.EndedHere, 0)
		case RedirectCall:
			x.ends(e.ID, sipclient.EndedHere, 302)
		case HangUp:
			x.ends(e.ID, sipclient.EndedHere, 0)
		case HoldCall:
			if c := x.calls[e.ID]; c != nil && x.IntN(4) > 0 {
				c.Held = e.On
			}
		case TransferCall:
			x.transfers(e.ID)
		case JoinCalls:
			x.transfers(e.ID)
		case TimeRinging:
			x.timed = append(x.timed, e.ID)
		case SaveCall:
			x.keeps(e.Entry)
		case PublishPresence:
			x.published = availabilityOf(e.State)
		case PlayTone:
			x.tone = e.Tone
		}
	}
}

func (x *exchange) becomes(id string, is sipclient.CallState) {
	if c := x.calls[id]; c != nil && c.State < is {
		c.State = is
	}
}

func (x *exchange) ends(id string, why sipclient.CallEnd, code int) {
	if c := x.calls[id]; c != nil && c.State != sipclient.CallEnded {
		c.State, c.Why, c.Code = sipclient.CallEnded, why, code
	}
}

func (x *exchange) transfers(id string) {
	if c := x.calls[id]; c != nil {
		c.Transfer = sipclient.TransferState(1 + x.IntN(4))
		if c.Transfer == sipclient.TransferDone {
			x.ends(id, sipclient.EndedHere, 0)
		}
	}
}

// keeps writes an entry. What is settled is never open again.
func (x *exchange) keeps(e calllog.Entry) {
	if was, ok := x.disk[e.ID]; ok && (was.Outcome != calllog.Going || was.Peer != e.Peer || was.Incoming != e.Incoming || !was.Began.Equal(e.Began)) {
		x.t.Errorf("%+v was written over %+v", e, was)
	}
	x.disk[e.ID] = e
}

// tells has State hear how a call stands; of one that has ended for the last time.
func (x *exchange) tells(id string) []Effect {
	c := *x.calls[id]
	if c.State == sipclient.CallEnded {
		delete(x.calls, id)
	}
	return x.s.Take(x.now, []Input{{Event: sipclient.CallChanged{Call: c}}})
}

// some is a call of the network, "" when there is none.
func (x *exchange) some() string {
	all := slices.Sorted(maps.Keys(x.calls))
	if len(all) == 0 {
		return ""
	}
	return all[x.IntN(len(all))]
}

// happens is one thing on the network.
func (x *exchange) happens() []Effect {
	id := x.some()
	if id == "" || x.IntN(5) == 0 {
		x.next++
		id = fmt.Sprint("in-", x.next)
		peer := []contacts.Address{dana, eve, fred, gina, cheri}[x.IntN(5)]
		x.calls[id] = &sipclient.Call{ID: id, Peer: string(peer), Incoming: true, State: sipclient.CallRinging}
		return x.tells(id)
	}
	c := x.calls[id]
	switch x.IntN(6) {
	case 0:
		x.ends(id, sipclient.CallEnd(1+x.IntN(7)), []int{0, 302, 404, 486, 603}[x.IntN(5)])
	case 1, 2:
		if !c.Incoming || c.State == sipclient.CallAnswering {
			x.becomes(id, min(c.State+1+sipclient.CallState(x.IntN(3)), sipclient.CallActive))
		}
	case 3:
		c.Waiting = !c.Waiting
	case 4:
		if n := len(x.timed); n > 0 {
			out := x.timed[n-1]
			x.timed = x.timed[:n-1]
			return x.s.Take(x.now, []Input{{Result: RangOut{out}}})
		}
	}
	return x.tells(id)
}

// decides is one thing that the user does.
func (x *exchange) decides() (effects []Effect) {
	s, now, id := x.s, x.now, x.some()
	a := []contacts.Address{dana, eve, fred, alice}[x.IntN(4)]
	switch x.IntN(14) {
	case 0, 1:
		effects, _ = s.PlaceCall(now, a)
	case 2, 3:
		effects, _ = s.AnswerCall(now, id)
	case 4:
		effects = s.DeclineCall(now, id)
	case 5:
		effects = s.ReplyByIM(now, id)
	case 6:
		effects, _ = s.RedirectCall(now, id, a)
	case 7:
		effects = s.HangUp(now, id)
	case 8:
		effects = s.HoldCall(now, id, x.IntN(2) == 0)
	case 9:
		effects = s.SwapCalls(now)
	case 10:
		effects, _ = s.TransferCall(now, id, a)
	case 11:
		effects, _ = s.JoinCalls(now, id)
	case 12:
		effects, _ = s.FollowRedirect(now, a)
	case 13:
		effects = s.SetPresence(now, []contacts.Availability{contacts.Available, contacts.Busy, contacts.DoNotDisturb, contacts.PresenceUnknown}[x.IntN(4)])
	}
	return effects
}

// Whatever happens to calls, what the window shows, the disk has and others are told is the same truth.
func TestWhateverHappensToCalls(t *testing.T) {
	for seed := range uint64(80) {
		w := online(t, friends(dana, eve, fred))
		x := &exchange{
			Rand: rand.New(rand.NewPCG(seed, 5)), t: t, s: w.State, now: w.now, published: contacts.Available,
			calls: map[string]*sipclient.Call{}, disk: map[string]calllog.Entry{},
		}
		o := option.Default()
		o.Sounds.QuietWhenUndisturbed = false
		o.Calls.Forward, o.Calls.ForwardTo = option.Forward(seed%3), "eve@contoso.com"
		x.does(w.SetOptions(w.now, o))
		x.does(w.SetAlerts(w.now, alerts.Options{TellMe: true, Outside: alerts.OutsideChoice(seed % 2 * 2)}))
		for step := range 500 {
			x.now = x.now.Add(time.Duration(x.IntN(3000)) * time.Millisecond)
			if x.IntN(2) == 0 {
				x.does(x.decides())
			} else {
				x.does(x.happens())
			}
			x.never()
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
		}
		for id := x.some(); id != ""; id = x.some() {
			x.ends(id, sipclient.EndedFailed, 0)
			x.does(x.tells(id))
		}
		x.never()
		if len(w.Calls()) != 0 || len(w.calls.leaving) != 0 || x.tone != NoTone {
			t.Errorf("seed %d: after everything is over there are %v, %v and tone %d", seed, w.Calls(), w.calls.leaving, x.tone)
		}
	}
}

// never says what must not be.
func (x *exchange) never() {
	x.t.Helper()
	own, ringing, talkedIn, talking := 0, 0, 0, false
	going := map[string]bool{}
	for _, c := range x.s.calls.now {
		going[c.entry.ID] = true
		talking = talking || c.Talking()
		switch {
		case c.Rings():
			ringing++
		default:
			own++
			if c.Talking() && !c.asked {
				talkedIn++
			}
		}
		if c.Held != c.asked && c.Talking() && !c.Holding {
			x.t.Errorf("%s is about to be held or taken back, and nobody says so", c.ID)
		}
	}
	if own > maxOwn || ringing > maxRinging || talkedIn > 1 {
		x.t.Errorf("%d calls of the user's, %d ring, %d are talked in", own, ringing, talkedIn)
	}
	for i := range x.s.LoggedCount() {
		e := x.s.Logged(i)
		if x.disk[e.ID] != e {
			x.t.Errorf("the log shows %+v, the disk has %+v", e, x.disk[e.ID])
		}
		if (e.Outcome == calllog.Going) != going[e.ID] {
			x.t.Errorf("%s is %q", e.ID, e.Words())
		}
	}
	if len(x.disk) != x.s.LoggedCount() {
		x.t.Errorf("%d on the disk, %d in the log", len(x.disk), x.s.LoggedCount())
	}
	if x.published != x.s.Mine() || (x.s.Mine() == contacts.InACall) != (talking && !x.s.calls.byHand && !x.s.me.Availability.Undisturbed()) {
		x.t.Errorf("shown is %v, published was %v, talking %v", x.s.Mine(), x.published, talking)
	}
	if x.tone != x.s.toneNow() {
		x.t.Errorf("heard is tone %d, should be %d", x.tone, x.s.toneNow())
	}
}
