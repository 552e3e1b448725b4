package people

import (
	"context"
	"strings"
	"time"

	"golync/sipclient"
	"golync/sipclient/pidf"
)

// manner is what a person does when the telephone rings.
type manner uint8

const (
	answers  manner = iota // within three seconds
	declines               // 603, and says why in the conversation
	misses                 // lets it ring, and calls back
)

// Times of calls. Those that around takes are around these.
const (
	picksUp    = 2 * time.Second  // 1 to 3 s
	ringsLong  = 30 * time.Second // then nobody is there
	noticed    = 5 * time.Second  // what rings for less than that was nothing
	callsBack  = 12 * time.Second // after a missed call
	callsSoon  = 3 * time.Second  // after having been asked to
	longest    = 10 * time.Minute // of a call
	patienceOf = 3 * time.Minute  // with somebody who says nothing and presses nothing
)

// talk is the call of a person. Everybody has one at a time: a second one is busy.
type talk struct {
	call  sipclient.Call
	line  Line
	voice *voice
	began time.Time // when it rang first, or was placed
	since time.Time // when it was answered; zero before

	digits int       // how many have been heard
	typed  string    // those that have not been answered yet
	at     time.Time // when the last of them was heard
}

// callChanged takes how a call stands.
func (p *person) callChanged(c sipclient.Call) {
	switch {
	case p.talk != nil && p.talk.call.ID == c.ID:
		p.talk.call = c
		p.moved(p.talk)
	case c.Incoming && c.State == sipclient.CallRinging:
		p.rings(c)
	}
}

// during plans a deed for as long as a call is the person's.
func (p *person) during(t *talk, d time.Duration, do func(context.Context)) {
	p.later(d, func(ctx context.Context) {
		if p.talk == t {
			do(ctx)
		}
	})
}

// rings decides about a call that comes in.
func (p *person) rings(c sipclient.Call) {
	if p.talk != nil || p.shows.activity == pidf.ActivityDoNotDisturb {
		p.client.Decline(c.ID, codeBusy)
		return
	}
	t := &talk{call: c, began: time.Now()}
	p.talk = t
	switch p.manner {
	case declines:
		p.during(t, around(p.dice, picksUp), func(ctx context.Context) {
			p.client.Decline(c.ID, codeDecline)
			p.say(ctx, c.Peer, "I am in a call. Can you write instead?")
		})
	case misses:
		p.during(t, ringsLong, func(context.Context) { p.client.Decline(c.ID, codeUnavailable) })
	default:
		p.during(t, around(p.dice, picksUp), func(context.Context) { p.answerCall(t) })
	}
}

// What calls are refused with (RFC 3261 section 21).
const (
	codeUnavailable = 480
	codeBusy        = 486
	codeDecline     = 603
)

// answerCall answers, if there is sound to answer with.
func (p *person) answerCall(t *talk) {
	if !p.opens(t) {
		p.client.Decline(t.call.ID, codeUnavailable)
		return
	}
	p.client.Answer(t.call.ID, t.line)
}

// opens makes the sound of a call, and reports whether there is any.
func (p *person) opens(t *talk) bool {
	if p.sound == nil {
		return false
	}
	line, err := p.sound()
	p.report("sound", err)
	t.line = line
	return err == nil
}

// callUp calls somebody, unless there is something to talk about already. It rings there for as long as it may ring
// here.
func (p *person) callUp(to string) {
	t := &talk{began: time.Now(), call: sipclient.Call{ID: p.address + " calls " + time.Now().Format(time.RFC3339Nano), Peer: to}}
	if p.talk != nil || !p.opens(t) {
		return
	}
	p.talk = t
	p.client.Call(t.call.ID, to, t.line)
	p.during(t, ringsLong, func(ctx context.Context) {
		if t.since.IsZero() {
			p.client.HangUp(t.call.ID)
			p.say(ctx, to, "You are not there, it seems. Call me when you are back.")
		}
	})
}

// moved takes what has happened to the person's call.
func (p *person) moved(t *talk) {
	switch {
	case t.call.State == sipclient.CallEnded:
		p.talk = nil
		if !t.since.IsZero() {
			p.later(0, p.publish)
		} else if t.call.Incoming && p.manner == misses && time.Since(t.began) >= noticed {
			p.later(around(p.dice, callsBack/2), func(ctx context.Context) {
				p.say(ctx, t.call.Peer, "I was not at my desk. I call you back.")
				p.later(callsBack/2, func(context.Context) { p.callUp(t.call.Peer) })
			})
		}
	case t.call.State == sipclient.CallActive && t.since.IsZero():
		p.begins(t)
	}
}

// begins has a call talked in that has been answered.
func (p *person) begins(t *talk) {
	t.since, t.voice = time.Now(), newVoice()
	t.line.Connect(t.voice, ear{t.voice})
	p.later(0, p.publish)
	p.during(t, listens, func(ctx context.Context) { p.listen(ctx, t) })
	p.during(t, longest, func(ctx context.Context) { p.hangUp(ctx, t, "I have to go, ten minutes are over. Talk to you later!") })
	if !p.still {
		p.during(t, around(p.dice, holdsEvery), func(context.Context) { p.hold(t) })
	}
}

// hangUp ends a call with words in the conversation.
func (p *person) hangUp(ctx context.Context, t *talk, words string) {
	p.say(ctx, t.call.Peer, words)
	p.client.HangUp(t.call.ID)
}

// talksWith reports whether the person is in a call with somebody.
func (p *person) talksWith(peer string) bool {
	return p.talk != nil && !p.talk.since.IsZero() && strings.EqualFold(p.talk.call.Peer, peer)
}
