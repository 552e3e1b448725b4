package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golync/internal/text"
	"golync/sipclient"
)

var logStart = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// said makes n messages a minute apart, the even ones mine.
func said(first, n int) []sipclient.Message {
	messages := make([]sipclient.Message, n)
	for i := range messages {
		k := first + i
		messages[i] = sipclient.Message{
			ID: fmt.Sprint("m", k), Seq: int64(k), Outgoing: k%2 == 0, Delivery: sipclient.Sent,
			Body: text.From(fmt.Sprint("text ", k)), At: logStart.Add(time.Duration(k) * time.Minute),
		}
	}
	return messages
}

func newTestLog(messages []sipclient.Message, width, height int) *messageLog {
	l := &messageLog{words: logWords{me: "Alice", them: "Bob"}}
	l.resize(width, height)
	l.set(messages, false)
	return l
}

// shown is the screen of a log, one string a row.
func shown(l *messageLog) []string {
	var out []string
	for _, r := range l.visible(nil) {
		s := string(r.text)
		switch r.kind {
		case rowDay:
			s = "== day"
		case rowNew:
			s = "== new"
		case rowBody, rowWhy, rowAgain:
			s = "  " + s
		}
		out = append(out, strings.TrimRight(s+"|"+string(r.time)+"|"+string(r.state), "|"))
	}
	return out
}

func expectRows(t *testing.T, l *messageLog, want ...string) {
	t.Helper()
	if got := shown(l); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the log shows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestLogShowsTheNewestAtTheBottom(t *testing.T) {
	l := newTestLog(said(1, 3), 40, 4)
	expectRows(t, l, "Alice|09:02|sent", "  text 2", "Bob|09:03", "  text 3")
}

func TestLogGroupsWhatOnePersonSaysInARow(t *testing.T) {
	m := said(1, 3)
	for i := range m {
		m[i].Outgoing = true
		m[i].At = logStart.Add(time.Duration(i) * 40 * time.Second)
	}
	m[2].Delivery = sipclient.Unsent
	l := newTestLog(m, 40, 10)
	expectRows(t, l, "== day", "Alice|09:00|sent", "  text 1", "  text 2||sent", "  text 3|09:01|sending")
}

func TestLogPutsTheStateOnItsOwnRowWhenTheLineIsFull(t *testing.T) {
	m := said(2, 2)
	m[1].Outgoing, m[1].At = true, m[0].At
	m[1].Body = text.From("exactly this long")
	l := newTestLog(m, 20, 3)
	expectRows(t, l, "  text 2", "  exactly this long", "  ||sent")
}

func TestLogSeparatesDaysAndMarksWhatIsNew(t *testing.T) {
	m := said(1, 3)
	m[1].At = m[1].At.Add(24 * time.Hour)
	m[2].At = m[1].At
	l := newTestLog(m, 40, 20)
	l.newFrom = 3
	expectRows(t, l, "== day", "Bob|09:01", "  text 1", "== day", "Alice|09:02|sent", "  text 2", "== new", "Bob|09:02", "  text 3")
}

func TestLogNamesDaysAsAReaderWould(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		day  time.Time
		want text.Safe
	}{
		{now.Add(-11 * time.Hour), "Today"},
		{now.Add(-13 * time.Hour), "Yesterday"},
		{now.AddDate(0, 0, -3), "Friday 20 November"},
		{now.AddDate(-1, 0, 0), "Sunday 23 November 2025"},
	} {
		if got := dayName(tc.day, now); got != tc.want {
			t.Errorf("dayName(%v) = %q, want %q", tc.day, got, tc.want)
		}
	}
}

func TestLogSaysWhyAMessageFailedAndOffersToSendItAgain(t *testing.T) {
	m := said(2, 1)
	m[0].Delivery, m[0].Code = sipclient.Failed, 480
	l := newTestLog(m, 40, 10)
	l.words.why = func(sipclient.Message) text.Safe { return "This message was not delivered to Bob." }
	l.wraps.reset()
	expectRows(t, l, "== day", "Alice|09:02|not delivered", "  text 2", "  This message was not delivered to Bob.", "  Send again")
}

func TestLogFollowsDeliveryWithoutBeingTold(t *testing.T) {
	m := said(2, 1)
	m[0].Delivery = sipclient.Unsent
	l := newTestLog(m, 40, 10)
	expectRows(t, l, "== day", "Alice|09:02|sending", "  text 2")
	m[0].Delivery = sipclient.Stored
	expectRows(t, l, "== day", "Alice|09:02|stored", "  text 2")
}

func TestLogScrolledUpStandsStillWhileMessagesArriveAndOlderOnesAreLoaded(t *testing.T) {
	l := newTestLog(said(101, 50), 40, 6)
	l.scroll(-20)
	before := shown(l)
	l.set(said(101, 60), false)
	expectRows(t, l, before...)
	l.set(said(51, 110), false)
	expectRows(t, l, before...)
	if l.atEnd() {
		t.Error("the log says it is at the end")
	}
	l.follow()
	if got := shown(l); got[len(got)-1] != "  text 160" {
		t.Errorf("following shows %q last", got[len(got)-1])
	}
}

func TestLogScrollsNoFurtherThanItsEnds(t *testing.T) {
	l := newTestLog(said(1, 10), 40, 6)
	for l.scroll(-7) {
		if len(shown(l)) != 6 {
			t.Fatalf("scrolling up left rows empty: %q", shown(l))
		}
	}
	if got := shown(l)[0]; got != "== day" {
		t.Errorf("the first row is %q", got)
	}
	if !l.scroll(1) || !l.scroll(1000) || l.scroll(1) || !l.atEnd() {
		t.Error("scrolling down does not end at the newest message")
	}
	short := newTestLog(said(1, 1), 40, 6)
	if short.scroll(-3) || !short.atEnd() {
		t.Error("a log with room for everything scrolled")
	}
}

func TestLogKeepsItsPlaceWhenResized(t *testing.T) {
	m := said(1, 30)
	m[9].Body = text.From(strings.Repeat("word ", 60))
	l := newTestLog(m, 20, 5)
	for l.from().message > 9 {
		l.scroll(-1)
	}
	for _, size := range [][2]int{{80, 5}, {12, 9}, {40, 1}, {40, 24}} {
		l.resize(size[0], size[1])
		if got := len(shown(l)); got != min(size[1], 24) {
			t.Errorf("at %v the log shows %d rows", size, got)
		}
		if m := l.from().message; m < 9 {
			t.Errorf("at %v the log went away to message %d", size, m)
		}
	}
}

func TestLogRevealsTheFirstUnreadMessage(t *testing.T) {
	l := newTestLog(said(1, 100), 40, 10)
	if l.newFrom = 40; !l.reveal(40) {
		t.Fatal("message 40 is not found")
	}
	if got := shown(l)[0]; got != "== new" {
		t.Errorf("the first row is %q", got)
	}
	if l.reveal(1000) {
		t.Error("a message that is not loaded was found")
	}
}

func TestLogForgetsWrapsOfHugeMessages(t *testing.T) {
	m := said(1, 8)
	for i := range m {
		m[i].Body = text.From(strings.Repeat("\n", 8000))
	}
	l := newTestLog(m, 40, 6)
	for l.scroll(-5000) {
	}
	rows := 0
	for _, generation := range []map[logID]wrapped{l.wraps.young, l.wraps.old} {
		for _, w := range generation {
			rows += len(w.rows)
		}
	}
	if rows > 4*wrapCacheRows {
		t.Errorf("the cache holds %d rows", rows)
	}
}

func BenchmarkLogAppendAndDraw(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			m := said(1, n+1000)
			l := newTestLog(m[:n], 80, 40)
			var rows []logRow
			k := 0
			for b.Loop() {
				k = (k + 1) % 1000
				l.set(m[:n+k], false)
				rows = l.visible(rows[:0])
			}
		})
	}
}

func BenchmarkLogScroll(b *testing.B) {
	l := newTestLog(said(1, 100_000), 80, 40)
	var rows []logRow
	for b.Loop() {
		if !l.scroll(-3) {
			l.follow()
		}
		rows = l.visible(rows[:0])
	}
}

func TestLogSaysHowFarAMessageHasCome(t *testing.T) {
	for _, tc := range []struct {
		m    sipclient.Message
		want string
	}{
		{sipclient.Message{}, "sending"},
		{sipclient.Message{Waiting: true}, "waiting"},
		{sipclient.Message{Delivery: sipclient.Sent}, "sent"},
		{sipclient.Message{Delivery: sipclient.Delivered}, "delivered"},
		{sipclient.Message{Delivery: sipclient.Read}, "read"},
		{sipclient.Message{Delivery: sipclient.Failed}, "not delivered"},
	} {
		tc.m.ID, tc.m.Outgoing, tc.m.Body, tc.m.At = "1", true, text.From("Hello"), logStart
		l := newTestLog([]sipclient.Message{{ID: "1", Outgoing: true, Body: tc.m.Body, At: logStart}}, 40, 10)
		l.visible(nil) // wrapped as it was before
		l.set([]sipclient.Message{tc.m}, false)
		expectRows(t, l, "== day", "Alice|09:00|"+tc.want, "  Hello")
	}
}
