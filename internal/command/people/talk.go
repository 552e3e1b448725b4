package people

import (
	"context"
	"time"

	"golync/sipclient"
)

// Times within a call.
const (
	listens    = 250 * time.Millisecond  // how often the person looks what has been heard
	lastDigit  = 1500 * time.Millisecond // after the last digit it is said which were heard
	holdsEvery = time.Minute             // 30 to 90 s
	holdsFor   = 4 * time.Second
)

// listen looks again and again what has been heard: digits are answered when no more come, and with somebody who says
// nothing for long the person hangs up.
func (p *person) listen(ctx context.Context, t *talk) {
	now := time.Now()
	if digits, count := t.line.Heard(); count > t.digits {
		t.typed += digits[max(len(digits)-(count-t.digits), 0):]
		t.digits, t.at = count, now
	}
	if t.typed != "" && now.Sub(t.at) >= lastDigit {
		p.say(ctx, t.call.Peer, "You pressed "+t.typed+".")
		t.typed = ""
	}
	if t.typed == "" && (t.call.Held || t.call.Waiting) {
		t.at = now // who is on hold cannot be heard
	}
	if now.Sub(latest(t.since, t.at, t.voice.heard())) >= patienceOf {
		p.hangUp(ctx, t, "I hear nothing of you, so I hang up. Is your microphone the one that you want (Options, Audio Device)?")
		return
	}
	p.during(t, listens, func(ctx context.Context) { p.listen(ctx, t) })
}

func latest(of ...time.Time) (last time.Time) {
	for _, t := range of {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// hold puts the other side on hold for a moment, as people do whose door bell rings. Who is on hold already is let
// alone.
func (p *person) hold(t *talk) {
	next := func() { p.during(t, around(p.dice, holdsEvery), func(context.Context) { p.hold(t) }) }
	if t.call.State != sipclient.CallActive || t.call.Waiting {
		next()
		return
	}
	p.client.Hold(t.call.ID, true)
	p.during(t, around(p.dice, holdsFor), func(context.Context) {
		p.client.Hold(t.call.ID, false)
		next()
	})
}
