package lab

import "time"

// quietLink is how long an address that sent a datagram is remembered without a registration.
const quietLink = 10 * time.Minute

// sweepBy sees to it that what ends at t is noticed then.
func (l *Lab) sweepBy(t time.Time) {
	if l.sweeper != nil && !l.sweepAt.IsZero() && !t.Before(l.sweepAt) {
		return
	}
	l.sweepAt = t
	wait := max(0, t.Sub(l.now()))
	if l.sweeper == nil {
		l.sweeper = time.AfterFunc(wait, func() { l.locked(l.sweep) })
		return
	}
	l.sweeper.Reset(wait)
}

// sweep ends what has expired, and notes when the next thing will.
func (l *Lab) sweep() {
	now := l.now()
	l.sweepAt = time.Time{}
	var next time.Time
	due := func(t time.Time) bool {
		if !t.After(now) {
			return true
		}
		if next.IsZero() || t.Before(next) {
			next = t
		}
		return false
	}
	for _, p := range l.people {
		if l.unbind(p, func(b *binding) bool { return due(b.expires) }) {
			l.bindingsChanged(p)
		}
		l.expirePublications(p, due)
	}
	for _, sub := range l.dialogs {
		if due(sub.expires) {
			l.end(sub, "timeout", true)
		}
	}
	for _, k := range l.remote {
		if due(k.seen.Add(quietLink)) && !l.needed(k) {
			l.cut(k)
		} else if !k.seen.Add(quietLink).After(now) {
			k.seen = now // still needed: looked at again later
			due(now.Add(quietLink))
		}
	}
	if !next.IsZero() {
		l.sweepBy(next)
	}
}

// needed reports whether somebody is registered or subscribed over a link.
func (l *Lab) needed(k *link) bool {
	for aor := range k.users {
		if p := l.people[aor]; p != nil {
			for _, b := range p.bindings {
				if b.link == k {
					return true
				}
			}
		}
	}
	for _, sub := range l.dialogs {
		if sub.link == k {
			return true
		}
	}
	return false
}
