package sipclient

import (
	"log/slog"
	"time"

	"golync/sipclient/nameaddr"
	"golync/sipclient/winfo"
)

// winfoType is the media type of watcher information (RFC 3858 section 7).
const winfoType = "application/watcherinfo+xml"

// winfoRepair is the least time between two refreshes that are meant to close a gap. It doubles with each that
// did not help: a server that counts wrongly would otherwise be asked without end.
const winfoRepair = 10 * time.Second

// watcherInfo is the subscription to the user's own presence.winfo (RFC 3857): who watches, who wants to.
type watcherInfo struct {
	standing
	table    winfo.Table // finds gaps
	repaired time.Time
	repairs  int    // since a document came in its turn
	mending  *timer // the next repair, when it is too soon for it
}

// watchersOnline subscribes after every sign-in.
func (c *Client) watchersOnline() {
	w := &c.winfo
	if w.c == nil {
		w.standing = standing{c: c, target: c.me.uri, event: "presence.winfo", accept: winfoType, told: w.heard, ended: w.lost}
	}
	w.table.Reset()
	w.mending.stop()
	w.repaired, w.repairs, w.mending = time.Time{}, 0, nil
	w.online()
}

// heard takes one document. After a gap in the versions (RFC 3858 section 4.3) the full state is asked for by
// a refresh; what the document says is true all the same, so it is passed on. A full document is taken
// whatever its version: it may be that of a server that has been restarted.
func (w *watcherInfo) heard(n notice) {
	if len(n.body) == 0 {
		return
	}
	doc, err := winfo.Parse(n.body)
	if err != nil {
		w.c.log.Warn("watcher information dropped", slog.Any("error", err))
		w.repair()
		return
	}
	w.c.found(&w.c.services.watcherInfo, true)
	if doc.Full {
		w.table.Reset()
	}
	switch w.table.Take(doc) {
	case winfo.Stale:
		return
	case winfo.Gap:
		w.repair()
	case winfo.Applied:
		if !doc.Full {
			w.repairs = 0
		}
	}
	w.c.emit(WatchersChanged{Full: doc.Full, Watchers: w.c.canonicalWatchers(doc.Watchers)})
}

// repair asks for the full state, now or as soon as it may: what a gap hides must not stay hidden until the
// next refresh, in an hour.
func (w *watcherInfo) repair() {
	if w.mending != nil {
		return
	}
	wait := min(winfoRepair<<min(w.repairs, 16), retryMost) - time.Since(w.repaired)
	w.mending = w.c.loop.after(wait, func() {
		w.mending = nil
		if w.sub != nil {
			w.repaired = time.Now()
			w.repairs++
			w.sub.refreshNow()
		}
	})
}

func (w *watcherInfo) lost(o outcome) {
	w.table.Reset()
	switch o.code {
	case 403, 404, 405, 489, 501:
		w.c.found(&w.c.services.watcherInfo, false)
	}
}

// canonicalWatchers writes addresses as events have them, and leaves out what is none.
func (c *Client) canonicalWatchers(list []winfo.Watcher) []winfo.Watcher {
	out := make([]winfo.Watcher, 0, len(list))
	for _, w := range list {
		_, aor, err := nameaddr.Parse(w.URI)
		if err != nil {
			continue
		}
		w.URI = aor
		out = append(out, w)
	}
	if n := len(list) - len(out); n > 0 { // one line, however many thousands a document holds
		c.log.Warn("watchers without a SIP address dropped", slog.Int("number", n))
	}
	return out
}
