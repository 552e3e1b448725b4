package ui

import (
	"golync/internal/text"
	"golync/sipclient"
)

// wrapCacheSize is how many messages a generation of the cache holds: several screens.
const wrapCacheSize = 250

// wrapCacheRows is how many rows it holds: a body of 64 KiB may be as many newlines.
const wrapCacheRows = 10_000

// wrapShape is everything but the text and the width that the rows of a message depend on.
type wrapShape struct {
	parts    parts
	state    text.Safe // how far a message of mine has come
	delivery sipclient.Delivery
	code     int
}

// wrapped is a message made into rows.
type wrapped struct {
	shape wrapShape
	rows  []logRow
}

// wrapCache keeps the messages wrapped most recently. It has two generations: when the young one
// is full it becomes the old one, and what is not asked for until the next time is forgotten. That is
// an LRU good to a factor of two without a list to keep.
type wrapCache struct {
	young, old map[logID]wrapped
	rows       int // in young
}

func (c *wrapCache) get(id logID) (wrapped, bool) {
	if w, ok := c.young[id]; ok {
		return w, true
	}
	w, ok := c.old[id]
	if ok {
		c.put(id, w)
	}
	return w, ok
}

func (c *wrapCache) put(id logID, w wrapped) {
	if c.young == nil || len(c.young) >= wrapCacheSize || c.rows >= wrapCacheRows {
		c.old, c.young, c.rows = c.young, make(map[logID]wrapped, wrapCacheSize), 0
	}
	c.young[id] = w
	c.rows += len(w.rows)
}

func (c *wrapCache) reset() { c.young, c.old, c.rows = nil, nil, 0 }
