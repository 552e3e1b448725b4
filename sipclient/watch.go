package sipclient

import (
	"log/slog"

	"golync/internal/text"
	"golync/sipclient/nameaddr"
	"golync/sipclient/pidf"
)

// pidfType is the media type of a presence document (RFC 3863 section 5).
const pidfType = "application/pidf+xml"

// watch is the interest in one person's presence.
type watch struct {
	standing
	aor   string
	alive bool // the last event about the person was not WatchEnded
	there bool // the person was online in the last one
}

// addWatch begins to watch somebody. It runs on the loop, like all of this file.
func (c *Client) addWatch(aor, introduction string) {
	if c.watches[aor] != nil {
		return
	}
	target, _, err := nameaddr.Parse(aor)
	if err != nil {
		return
	}
	w := &watch{aor: aor}
	w.standing = standing{
		c: c, target: target, event: "presence", accept: pidfType, subject: headerText(introduction, 256),
		told: w.heard, ended: w.lost,
	}
	c.watches[aor] = w
	if c.net.phase == online {
		w.online()
	}
}

func (c *Client) removeWatch(aor string) {
	if w := c.watches[aor]; w != nil {
		delete(c.watches, aor)
		w.stop()
	}
}

func (c *Client) watchesOnline() {
	for _, w := range c.watches {
		w.online()
	}
}

// presenceLost is called when the flow is gone: nothing is known of anybody from now on, and everybody is
// told so, lest a stale "Available" stays.
func (c *Client) presenceLost() {
	for _, w := range c.watches {
		w.there = false
		if w.alive {
			w.alive = false
			c.emit(PresenceChanged{URI: w.aor, Watch: WatchEnded})
		}
	}
}

// heard turns a NOTIFY into an event. A document that cannot be read is dropped and logged: what was
// known before stays.
func (w *watch) heard(n notice) {
	e := PresenceChanged{URI: w.aor, Watch: WatchPending}
	if n.active {
		e.Watch = WatchActive
	}
	if n.active && len(n.body) > 0 {
		state, err := pidf.Parse(n.body)
		if err != nil {
			w.c.log.Warn("presence document dropped", slog.String("of", w.aor), slog.Any("error", err))
			if w.alive {
				return
			}
		}
		e.Known, e.State = err == nil, state
	}
	w.alive = true
	was := w.there
	if w.there = e.Known && e.State.Open; w.there && !was {
		w.c.came(w.aor, w.target)
	}
	w.c.emit(e)
}

func (w *watch) lost(o outcome) {
	w.alive, w.there = false, false
	e := PresenceChanged{URI: w.aor, Watch: WatchEnded, Code: o.code, Reason: text.From(o.reason)}
	if o.code != 0 {
		e.Reason = o.phrase
	}
	w.c.emit(e)
}
