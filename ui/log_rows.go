package ui

import (
	"strings"
	"time"

	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// rowKind says what a row of the log is, and so how it is drawn.
type rowKind uint8

const (
	rowDay   rowKind = iota // a line with the day in its middle
	rowNew                  // the line above what has not been read
	rowHead                 // who, when
	rowBody                 // what was said
	rowWhy                  // why it was not delivered
	rowWait                 // what it waits for
	rowAgain                // the offer to send it again
)

// logRow is one row of the log. The name stands left, time and state right.
type logRow struct {
	kind     rowKind
	message  int // index; rows of the cache carry it from the moment they were wrapped
	text     text.Safe
	links    []link // in text
	time     text.Safe
	state    text.Safe
	outgoing bool
	failed   bool
	urgent   bool // sent with high importance
	dim      bool // words of golync's own in the place of a body that shows nothing
}

// groupFor is how long consecutive messages of one person stand under one name.
const groupFor = 5 * time.Minute

// bodyIndent is how far a message stands in from the name above it, in cells.
const bodyIndent = 2

// parts says which rows a message has besides its text; they depend on the message before it.
type parts struct {
	day, fresh, head, time bool
	alike                  bool // the one before waits for the same
}

// rows returns the rows of message i, from the cache or made now.
func (l *messageLog) rows(i int) []logRow {
	m := &l.messages[i]
	shape := wrapShape{parts: l.partsOf(i), state: app.DeliveryLabel(*m), delivery: m.Delivery, code: m.Code}
	if w, ok := l.wraps.get(idOf(m)); ok && w.shape == shape {
		if w.rows[0].message != i {
			for j := range w.rows {
				w.rows[j].message = i
			}
		}
		return w.rows
	}
	rows := l.makeRows(i, shape.parts)
	l.wraps.put(idOf(m), wrapped{shape, rows})
	return rows
}

// partsOf compares message i with the one before it.
func (l *messageLog) partsOf(i int) parts {
	m := &l.messages[i]
	fresh := l.newFrom != 0 && m.Seq == l.newFrom
	if i == 0 {
		return parts{day: true, fresh: fresh, head: true}
	}
	before := &l.messages[i-1]
	p := parts{fresh: fresh, alike: before.Outgoing && before.Delivery == m.Delivery && before.Waiting == m.Waiting, day: !sameDay(m.At.In(l.zone()), before.At)}
	p.head = p.day || fresh || before.Outgoing != m.Outgoing || before.Important != m.Important ||
		m.At.Sub(before.At) > groupFor
	p.time = !p.head && m.At.Truncate(time.Minute) != before.At.Truncate(time.Minute)
	return p
}

func (l *messageLog) makeRows(i int, p parts) []logRow {
	m := &l.messages[i]
	row := logRow{message: i, outgoing: m.Outgoing, failed: m.Outgoing && m.Delivery == sipclient.Failed, urgent: m.Important}
	var rows []logRow
	add := func(kind rowKind, s text.Safe) *logRow {
		row.kind, row.text = kind, s
		rows = append(rows, row)
		return &rows[len(rows)-1]
	}
	if p.day {
		add(rowDay, "")
	}
	if p.fresh {
		add(rowNew, "")
	}
	if p.head {
		name := l.words.them
		if m.Outgoing {
			name = l.words.me
		}
		head := add(rowHead, name)
		head.time, head.state = clock(m.At.In(l.zone())), app.DeliveryLabel(*m)
	}
	rows = l.addBody(rows, row, m)
	if !p.head {
		rows = l.markLast(rows, m, p)
	}
	return l.addWhy(rows, row, m, p.alike)
}

// markLast puts the state of a message without a head, and its time when a minute has passed, on its
// last line, or on one of its own when that is full.
func (l *messageLog) markLast(rows []logRow, m *sipclient.Message, p parts) []logRow {
	var at text.Safe
	if p.time {
		at = clock(m.At.In(l.zone()))
	}
	state := app.DeliveryLabel(*m)
	if at == "" && state == "" {
		return rows
	}
	need := cellsOf(at) + cellsOf(state) + 4
	last := &rows[len(rows)-1]
	if bodyIndent+cellsOf(last.text)+need > l.width {
		more := *last
		more.text = ""
		rows = append(rows, more)
		last = &rows[len(rows)-1]
	}
	last.time, last.state = at, state
	return rows
}

// addBody adds what was said, with its links. Of a message in which nothing can be seen it says so.
func (l *messageLog) addBody(rows []logRow, row logRow, m *sipclient.Message) []logRow {
	row.kind = rowBody
	blank := true
	for _, line := range m.Body.Lines() {
		blank = blank && isBlank(line)
		links := linksIn(line, m.ID)
		eachPiece(line, l.width-bodyIndent, func(from, to int) {
			row.text, row.links = line[from:to], within(links, from, to)
			rows = append(rows, row)
		})
	}
	if blank {
		last := &rows[len(rows)-1]
		last.text, last.dim = nothingToSee, true
	}
	return rows
}

// nothingToSee stands in the place of a message of blanks or of characters without a shape.
const nothingToSee text.Safe = "(nothing that could be seen)"

// isBlank reports whether nothing of a line can be seen.
func isBlank(line text.Safe) bool { return strings.TrimSpace(string(line)) == "" }

// addWhy explains a message that did not arrive and offers to send it again, or says what one waits for, unless
// the one before has just said it.
func (l *messageLog) addWhy(rows []logRow, row logRow, m *sipclient.Message, alike bool) []logRow {
	again := canResend(m)
	if l.words.why == nil || !m.Outgoing || alike && !again {
		return rows
	}
	why := l.words.why(*m)
	row.kind = rowWait
	if again {
		row.kind = rowWhy
	}
	if why != "" {
		for _, piece := range wrap(why, l.width-bodyIndent) {
			row.text = piece
			rows = append(rows, row)
		}
	}
	if again {
		row.kind, row.text = rowAgain, "Send again"+l.words.again
		rows = append(rows, row)
	}
	return rows
}

// canResend reports whether a message of mine did not arrive, or perhaps did not.
func canResend(m *sipclient.Message) bool {
	return m.Outgoing && (m.Delivery == sipclient.Failed || m.Delivery == sipclient.Unknown)
}

// cellsOf is how many cells s takes.
func cellsOf(s text.Safe) int {
	cells := 0
	for len(s) > 0 {
		c, w := nextCluster(s)
		cells += w
		s = s[len(c):]
	}
	return cells
}

// clock writes a time of day as "14:02".
func clock(t time.Time) text.Safe {
	h, m, _ := t.Clock()
	return twoDigits(h) + ":" + twoDigits(m)
}

// twoDigits writes 0 to 99 with a leading zero.
func twoDigits(n int) text.Safe {
	if n < 10 {
		return "0" + text.Int(n)
	}
	return text.Int(n)
}

// dayName says which day it was, as a reader on now would: "Today", "Yesterday", else the date, with the
// year when it is another one.
func dayName(day, now time.Time) text.Safe {
	switch {
	case sameDay(now, day):
		return "Today"
	case sameDay(now.AddDate(0, 0, -1), day):
		return "Yesterday"
	}
	day = day.In(now.Location())
	s := weekdays[day.Weekday()] + " " + text.Int(day.Day()) + " " + months[day.Month()-1]
	if day.Year() != now.Year() {
		s += " " + text.Int(day.Year())
	}
	return s
}

// dateOf writes a day as "23 Nov 2026", which fits under the narrowest log.
func dateOf(day time.Time) text.Safe {
	return text.Int(day.Day()) + " " + months[day.Month()-1][:3] + " " + text.Int(day.Year())
}

var weekdays = [...]text.Safe{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

var months = [...]text.Safe{
	"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December",
}
