package lab

import (
	"slices"
	"time"

	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// waiting is somebody who asked to watch a person and left before a decision (RFC 3857 section 4.7.1). It
// survives restarts, so that a request made while its receiver was away is in the New tab later.
type waiting struct {
	ID      string    `json:"id"`
	Watcher string    `json:"watcher"`
	Name    string    `json:"name,omitempty"`
	Intro   string    `json:"introduction,omitempty"`
	Since   time.Time `json:"since"`

	hidden bool // the policy keeps it back
}

// standing is what the watched person's own rules make of a watcher, as far as the policy lets them. It leaves
// out what the gateway adds: whom I have accepted is no request any more, even while the other side has not
// accepted me.
func (s *subscription) standing() winfo.Status {
	switch {
	case s.event == eventWinfo:
		return winfo.Active
	case s.hidden:
		return winfo.Pending
	}
	switch s.watched.decide(s.watcher).handling {
	case presrules.Block:
		return winfo.Terminated
	case presrules.Confirm:
		return winfo.Pending
	}
	return winfo.Active
}

// asWatcher is the subscription as a line of a watcher information document.
func (s *subscription) asWatcher(event string) winfo.Watcher {
	return winfo.Watcher{ID: s.id, URI: s.watcher, Name: peer(s.name), Status: s.status, Event: event, Introduction: peer(s.intro)}
}

func (w waiting) asWatcher(status winfo.Status, event string) winfo.Watcher {
	return winfo.Watcher{ID: w.ID, URI: w.Watcher, Name: peer(w.Name), Status: status, Event: event, Introduction: peer(w.Intro)}
}

// document is the next watcher information document of a reader (RFC 3858 section 4): everything, or what
// has changed. Its version rises by one each time.
func (s *subscription) document() winfo.Document {
	d := winfo.Document{Version: s.version, Full: s.full, Resource: s.watched.aor, Watchers: s.changed}
	if s.full {
		d.Watchers = nil
		for _, o := range s.watched.watchers {
			if o.watcher != s.watched.aor && !o.hidden {
				d.Watchers = append(d.Watchers, o.asWatcher("subscribe"))
			}
		}
		for _, w := range s.watched.waiting {
			if !w.hidden {
				d.Watchers = append(d.Watchers, w.asWatcher(winfo.Waiting, "timeout"))
			}
		}
	}
	s.version++
	s.full, s.changed = false, nil
	return d
}

// watcherChanged tells the watched person's devices about one watcher.
func (l *Lab) watcherChanged(sub *subscription, event string) {
	if sub.watcher == sub.watched.aor {
		return
	}
	if sub.status != winfo.Active {
		l.keepWaiting()
	}
	if !sub.hidden {
		l.tellReaders(sub.watched, sub.asWatcher(event))
	}
}

func (l *Lab) tellReaders(p *person, w winfo.Watcher) {
	for _, reader := range p.readers {
		i := slices.IndexFunc(reader.changed, func(o winfo.Watcher) bool { return o.ID == w.ID })
		if i >= 0 {
			reader.changed = slices.Delete(reader.changed, i, i+1)
		}
		reader.changed = append(reader.changed, w)
		l.notify(reader)
	}
}

// wait remembers a pending watcher whose subscription is over; it reports whether there was room. A person is
// remembered once, however many devices asked. One whom the policy hides gives way to others: the watched person
// could not make room by deciding.
func (l *Lab) wait(sub *subscription) bool {
	p := sub.watched
	elsewhere := slices.ContainsFunc(p.watchers, func(o *subscription) bool { return o.watcher == sub.watcher })
	if sub.watcher == p.aor || elsewhere {
		return false
	}
	if len(p.waiting) >= waitingLimit {
		i := slices.IndexFunc(p.waiting, func(w waiting) bool { return w.hidden })
		if i < 0 {
			return false
		}
		p.waiting = slices.Delete(p.waiting, i, i+1)
	}
	w := waiting{ID: sub.id, Watcher: sub.watcher, Name: sub.name, Intro: sub.intro, Since: l.now(), hidden: sub.hidden}
	p.waiting = append(p.waiting, w)
	l.keepWaiting()
	if !w.hidden {
		l.tellReaders(p, w.asWatcher(winfo.Waiting, "timeout"))
	}
	return true
}

// withdrawn reports whether a watcher across the gateway has taken its request back rather than just left: the two
// look alike on the wire, but whoever has removed somebody from the contacts list allows nothing to that person
// any more. Of a watcher without rules nothing is known.
func (l *Lab) withdrawn(watched *person, watcher string) bool {
	from := l.people[watcher]
	return from != nil && across(from, watched) && from.document != nil && from.decide(watched.aor).handling != presrules.Allow
}

// withdraw drops the requests that a person has left behind at somebody and takes back.
func (l *Lab) withdraw(watched *person, watcher string) {
	i := slices.IndexFunc(watched.waiting, func(w waiting) bool { return w.Watcher == watcher })
	if i < 0 || !l.withdrawn(watched, watcher) {
		return
	}
	w := watched.waiting[i]
	watched.waiting = slices.Delete(watched.waiting, i, i+1)
	l.keepWaiting()
	if !w.hidden {
		l.tellReaders(watched, w.asWatcher(winfo.Terminated, "timeout"))
	}
}

// returned joins a new subscription with what its watcher left behind: the same line of the document, and
// the same introduction when none was written again.
func (l *Lab) returned(sub *subscription) {
	p := sub.watched
	i := slices.IndexFunc(p.waiting, func(w waiting) bool { return w.Watcher == sub.watcher })
	if i < 0 {
		return
	}
	sub.id = p.waiting[i].ID
	if sub.intro == "" {
		sub.intro = p.waiting[i].Intro
	}
	p.waiting = slices.Delete(p.waiting, i, i+1)
	l.keepWaiting()
}

// resettle drops those waiting on whom the rules have decided meanwhile.
func (l *Lab) resettle(p *person) {
	kept := p.waiting[:0:0]
	for _, w := range p.waiting {
		event := "approved"
		switch p.decide(w.Watcher).handling {
		case presrules.Confirm:
			kept = append(kept, w)
			continue
		case presrules.Block:
			event = "rejected"
		}
		if !w.hidden {
			l.tellReaders(p, w.asWatcher(winfo.Terminated, event))
		}
	}
	if len(kept) != len(p.waiting) {
		p.waiting = kept
		l.keepWaiting()
	}
}
