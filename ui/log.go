package ui

import (
	"time"

	"golync/internal/text"
	"golync/sipclient"
)

// messageLog is the message area of one conversation. Its position is a message and a line in that
// message, anchored at the bottom row, so that nothing ever needs the height of the whole: only what is
// visible is wrapped, and adding to or drawing 100,000 messages costs what a screenful costs.
type messageLog struct {
	messages []sipclient.Message // oldest first; belongs to app.State
	newFrom  int64               // Seq of the first message under the "new" line, 0 for none
	width    int
	height   int

	held     bool // scrolled up: bottom stays where it is; otherwise the end is shown
	later    bool // newer messages exist that are not loaded: the last row is not the end
	ending   bool // the end was asked for and is on its way
	bottom   place
	bottomID logID // message of bottom, found again when older ones are put in front
	size     int   // messages known when bottom was set

	wraps wrapCache
	words logWords
}

// logWords says what the log cannot know by itself.
type logWords struct {
	me, them text.Safe
	again    text.Safe      // the key that sends again, in brackets
	zone     *time.Location // whose clock is shown; nil means UTC
	// why explains what has become of a message of mine; empty when there is nothing to say.
	why func(sipclient.Message) text.Safe
}

// logID tells messages of a conversation apart: IDs of the two sides are given by different people.
type logID struct {
	id       string
	outgoing bool
}

func idOf(m *sipclient.Message) logID { return logID{m.ID, m.Outgoing} }

// place is one row: a line of a message.
type place struct{ message, line int }

// zone is the time zone in which times and days are told.
func (l *messageLog) zone() *time.Location {
	if l.words.zone == nil {
		return time.UTC
	}
	return l.words.zone
}

// set gives the log what is loaded now. Older messages may have come in front and newer ones behind;
// a log that is scrolled up keeps showing the same lines.
func (l *messageLog) set(messages []sipclient.Message, later bool) {
	l.messages, l.later = messages, later
	l.ending = l.ending && later
	switch {
	case len(messages) == 0:
		l.held = false
	case l.held:
		l.find()
	case later && !l.ending:
		l.hold(l.end()) // or the page after this one would push it away
	}
}

// find points bottom at the message it was on. Messages are only ever put in front (then its index grew
// by as many) or behind (then it did not change); anything else is searched for.
func (l *messageLog) find() {
	is := func(i int) bool { return i >= 0 && i < len(l.messages) && idOf(&l.messages[i]) == l.bottomID }
	grown := len(l.messages) - l.size
	switch {
	case is(l.bottom.message):
	case is(l.bottom.message + grown):
		l.bottom.message += grown
	default:
		l.bottom.message = min(l.bottom.message, len(l.messages)-1)
		for i := range l.messages {
			if is(i) {
				l.bottom.message = i
				break
			}
		}
	}
	l.hold(l.bottom)
}

// hold makes p the bottom row, or follows the end when p is the last row of all.
func (l *messageLog) hold(p place) {
	last := l.end()
	p.message = min(max(p.message, 0), last.message)
	p.line = min(max(p.line, 0), len(l.rows(p.message))-1)
	l.held, l.ending = p != last || l.later, false
	l.bottom, l.size = p, len(l.messages)
	l.bottomID = idOf(&l.messages[p.message])
}

// end is the last row of the last message.
func (l *messageLog) end() place {
	n := len(l.messages) - 1
	return place{n, len(l.rows(n)) - 1}
}

// resize tells the log the cells it is drawn in.
func (l *messageLog) resize(width, height int) {
	if width == l.width && height == l.height {
		return
	}
	if width != l.width {
		l.wraps.reset()
	}
	l.width, l.height = width, height
	if l.held && len(l.messages) > 0 {
		l.hold(l.bottom) // the message may have fewer lines now
		l.fillScreen()
	}
}

// scroll moves by rows, up when negative, and reports whether anything moved.
func (l *messageLog) scroll(rows int) bool {
	if len(l.messages) == 0 || l.height <= 0 {
		return false
	}
	before := l.from()
	l.hold(l.move(before, rows))
	if rows < 0 {
		l.fillScreen()
	}
	return l.from() != before
}

// follow shows the end, and whatever comes. Whoever calls it sees to it that the end is loaded.
func (l *messageLog) follow() { l.held, l.ending = false, l.later }

// atEnd reports whether the newest message is on the screen.
func (l *messageLog) atEnd() bool { return !l.held && !l.later }

// from is the bottom row as it stands.
func (l *messageLog) from() place {
	if l.held {
		return l.bottom
	}
	return l.end()
}

// move goes n rows from p, and stops at the first and the last row.
func (l *messageLog) move(p place, n int) place {
	for n < 0 {
		if p.line >= -n {
			return place{p.message, p.line + n}
		}
		if p.message == 0 {
			return place{}
		}
		n += p.line + 1
		p.message--
		p.line = len(l.rows(p.message)) - 1
	}
	for n > 0 {
		left := len(l.rows(p.message)) - 1 - p.line
		if left >= n {
			return place{p.message, p.line + n}
		}
		if p.message == len(l.messages)-1 {
			return place{p.message, p.line + left}
		}
		n -= left + 1
		p.message++
		p.line = 0
	}
	return p
}

// fillScreen goes down again when the first message would leave rows empty above it.
func (l *messageLog) fillScreen() {
	rows := l.bottom.line + 1
	for i := l.bottom.message - 1; i >= 0 && rows < l.height; i-- {
		rows += len(l.rows(i))
	}
	if rows < l.height {
		l.hold(l.move(l.bottom, l.height-rows))
	}
}

// reveal scrolls so that the message with Seq seq stands at the top, unless it is on the screen already.
// It reports false when that message is not loaded.
func (l *messageLog) reveal(seq int64) bool {
	for i := len(l.messages) - 1; i >= 0; i-- {
		if l.messages[i].Seq != seq {
			continue
		}
		if i < l.top() {
			l.hold(l.move(place{i, 0}, l.height-1))
		}
		return true
	}
	return false
}

// centre scrolls so that the message with Seq seq begins in the middle. It reports false when that message is
// not loaded.
func (l *messageLog) centre(seq int64) bool {
	for i := range l.messages {
		if l.messages[i].Seq == seq {
			l.hold(l.move(place{i, 0}, l.height/2))
			l.fillScreen()
			return true
		}
	}
	return false
}

// show scrolls as little as it takes to have message i on the screen, its end rather than its beginning when
// there is no room for both.
func (l *messageLog) show(i int) {
	last := place{i, len(l.rows(i)) - 1}
	from := l.from()
	switch {
	case i > from.message || i == from.message && from.line < last.line:
		l.hold(last)
	case i <= l.top():
		l.hold(l.move(place{i, 0}, l.height-1))
	}
}

// top is the index of the first message on the screen; -1 when there is none.
func (l *messageLog) top() int {
	if len(l.messages) == 0 {
		return -1
	}
	return l.move(l.from(), 1-l.height).message
}

// nearStart reports whether so little is left above the screen that older messages should be fetched.
func (l *messageLog) nearStart() bool { return l.top() < 10 }

// nearEnd reports the same of newer ones below the screen.
func (l *messageLog) nearEnd() bool {
	return len(l.messages) == 0 || l.from().message >= len(l.messages)-10
}

// visible appends the rows on the screen to dst, from the top down: at most height rows, the last at the
// bottom of the area.
func (l *messageLog) visible(dst []logRow) []logRow {
	if len(l.messages) == 0 || l.height <= 0 || l.width <= 0 {
		return dst
	}
	last := l.from()
	first := l.move(last, 1-l.height)
	for p := first; p.message <= last.message; p = (place{p.message + 1, 0}) {
		rows := l.rows(p.message)
		end := len(rows)
		if p.message == last.message {
			end = last.line + 1
		}
		dst = append(dst, rows[p.line:end]...)
	}
	return dst
}

// sameDay reports whether two moments fall on one day of the first one's calendar.
func sameDay(a, b time.Time) bool {
	b = b.In(a.Location())
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}
