package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// kim is somebody who is not a contact.
const kim contacts.Address = "sip:kim@fabrikam.com"

// spoke is a row of the history: the last message with a person.
func spoke(a contacts.Address, seq int64, outgoing bool, body string, at time.Time) app.PastRow {
	m := sipclient.Message{ID: fmt.Sprint(seq), Seq: seq, Peer: string(a), Outgoing: outgoing, Body: text.From(body), At: at}
	return app.PastRow{Last: m}
}

// history is what Alice's disk knows: Dana today, Kim this week, Bob long ago.
func history(now time.Time) app.PastLoaded {
	k := spoke(kim, 20, false, "See you at the fair", now.AddDate(0, 0, -2))
	k.Last.Name = text.From("Kim Ralls")
	return app.PastLoaded{UpTo: 30, Rows: []app.PastRow{
		spoke(bob, 10, true, "Thanks!", now.AddDate(-1, 0, 0)), k, spoke(dana, 30, false, "Half past twelve?", now),
	}}
}

// inPast opens the Conversations view with that history. Fake time begins on a Saturday, at midnight.
func inPast(t *testing.T, width, height int, do func(x *face)) {
	t.Helper()
	inWindow(t, width, height, world, func(x *face) {
		x.results(history(time.Now()))
		x.press("v")
		do(x)
	})
}

func TestConversationsStandNewestFirstWithTheLastWords(t *testing.T) {
	for _, size := range sizes {
		inPast(t, size.width, size.height, func(x *face) {
			x.selected("Dana")
			x.sees("00:00", "Half past twelve?", "Kim Ralls", "Thursday", "See you at the fair", "Bob", "1 Jan 1999", "You: Thanks!")
			dana, kim, bob := strings.Index(x.text(), "Dana"), strings.Index(x.text(), "Kim"), strings.Index(x.text(), "Bob")
			if dana > kim || kim > bob {
				t.Errorf("the order is not that of time:\n%s", x.text())
			}
		})
	}
}

func TestMissedAndUnreadAreTabsOfTheirOwn(t *testing.T) {
	inPast(t, 80, 24, func(x *face) {
		x.happens(arrives(eve, "e1", "Are you there?", 31, time.Now()))
		x.passes(toastStays)
		x.sees("Eve (1)", "Missed", "Dana", "Kim", "Bob")
		x.press("2")
		x.sees("Eve (1)", "Dana", "Kim")
		x.seesNot("Bob")
		x.press("right")
		x.sees("Eve (1)")
		x.seesNot("Dana", "Kim")
		x.press("right", "right") // past CALLS, around the end
		x.sees("Bob")
		x.click("MISSED")
		x.seesNot("Bob")
		x.press("1")
		x.sees("Bob")
	})
}

func TestEmptyTabsSayWhatWouldStandThere(t *testing.T) {
	inWindow(t, 60, 20, world, func(x *face) {
		x.press("v")
		x.sees("No conversations yet.", "choose somebody in", "Contacts and press enter.")
		x.press("2")
		x.sees("No missed conversations")
		x.press("3")
		x.sees("No unread messages.")
		x.press("down", "enter", "m", "delete", "c") // on nobody
		x.sees("No unread messages.")
	})
}

// A message puts another conversation on top; the one that was chosen stays chosen.
func TestTheSelectionStaysWithThePerson(t *testing.T) {
	inPast(t, 80, 24, func(x *face) {
		x.press("down")
		x.selected("Kim")
		x.happens(arrives(eve, "e1", "Hello", 31, time.Now()), arrives(bob, "b1", "Hello", 32, time.Now()))
		x.selected("Kim")
		x.press("3") // where Kim is not
		x.selected("Bob")
		x.press("1", "end")
		x.selected("Kim")
	})
}

func TestEnterContinuesTheConversation(t *testing.T) {
	inPast(t, 80, 24, func(x *face) {
		x.press("down", "enter")
		x.sees("Write to Kim Ralls")
		x.press("tab")
		x.selected("Kim Ralls")
		x.doubleClick("Half past twelve?")
		x.sees("Write to Dana")
		x.press("tab", "home", "up") // over the top: the Find box
		x.types("ev")
		x.sees("Eve - Presence unknown")
	})
}

func TestTheMenuOfAPastConversation(t *testing.T) {
	all := []string{"Continue Conversation", "Find in This Conversation", "See Contact Card", "Save as Text…", "Save as JSON…", "Mark as Read", "Delete Conversation"}
	inPast(t, 80, 24, func(x *face) {
		x.press("m")
		x.sees(all...)
		x.seesNot("Add to Contacts List")
		x.press("esc")
		x.rightClick("Kim Ralls")
		x.sees(append(all, "Add to Contacts List")...)
		x.click("Mark as Read")
		x.sees("You have read everything of this")
		for item, sees := range map[string]string{
			"Continue Conversation": "Write to Kim Ralls", "Find in This Conversation": "Search conversations", "See Contact Card": "Contact Card",
			"Add to Contacts List": "Set privacy relationship", "Save as Text…": ".txt", "Save as JSON…": ".json", "Delete Conversation": "for good",
		} {
			x.press("esc", "esc")
			if x.model.talking {
				x.press("tab")
			}
			x.rightClick("Kim Ralls")
			x.click(item)
			x.sees(sees)
		}
	})
}

func TestWhatIsUnreadCanBeMarkedAsRead(t *testing.T) {
	inPast(t, 80, 24, func(x *face) {
		x.happens(arrives(eve, "e1", "Hello", 31, time.Now()))
		x.rightClick("Eve (1)")
		x.click("Mark as Read")
		x.seesNot("Eve (1)", "Conversations (1)")
		if read := did[app.MarkRead](x); len(read) != 1 || read[0].Peer != eve {
			t.Errorf("marked: %v", read)
		}
	})
}

func TestAConversationIsDeletedAfterAQuestion(t *testing.T) {
	inPast(t, 80, 24, func(x *face) {
		x.press("delete")
		x.sees("Delete everything that you and Dana", "(dana@contoso.com)", "keeps what it has.")
		x.press("enter") // Cancel has the keys
		if deleted := did[app.DeleteHistory](x); len(deleted) != 0 {
			t.Fatalf("deleted: %v", deleted)
		}
		x.press("delete")
		x.click("Delete  ")
		if deleted := did[app.DeleteHistory](x); len(deleted) != 1 || deleted[0].Peer != dana {
			t.Fatalf("deleted: %v", deleted)
		}
	})
}

func TestWhenIsToldShortly(t *testing.T) {
	now := time.Date(2026, 3, 18, 9, 30, 0, 0, time.UTC) // a Wednesday
	for _, tc := range []struct {
		at   time.Time
		want text.Safe
	}{
		{now, "09:30"},
		{now.Add(-9 * time.Hour), "00:30"},
		{now.Add(-10 * time.Hour), "Tuesday"},
		{now.AddDate(0, 0, -6).Add(-9 * time.Hour), "Thursday"},
		{now.AddDate(0, 0, -7), "11 Mar"},
		{now.AddDate(-1, 0, 0), "18 Mar 2025"},
		{now.Add(3 * time.Hour), "12:30"},            // a clock that is ahead
		{now.AddDate(0, 0, 1), "19 Mar"},             // by a day: never the name of a day that has been
		{now.AddDate(1, 0, 0), "18 Mar 2027"},        // by a year
		{time.Time{}, ""},                            // nobody knows
		{now.In(time.FixedZone("", 50400)), "09:30"}, // told in the reader's zone
	} {
		if got := when(tc.at, now, time.UTC); got != tc.want {
			t.Errorf("%v is told as %q, not %q", tc.at, got, tc.want)
		}
	}
}

// Names and words are what others chose; whatever they hold, rows and columns stay where they are.
func TestHostileNamesAndWordsStayInTheirRow(t *testing.T) {
	evil := "\x1b[2J\x1b]0;owned\x07a\u202egnp\n\n\nb" + strings.Repeat("e\u0301", 300) + strings.Repeat("漢", 300) + "שלום"
	inWindow(t, 60, 20, world, func(x *face) {
		row := spoke(kim, 1, false, evil, time.Now())
		row.Last.Name = text.From(evil)
		x.results(app.PastLoaded{UpTo: 2, Rows: []app.PastRow{row, spoke(dana, 2, true, "Thanks!", time.Now())}})
		x.press("v")
		lines := x.lines()
		_, y := x.find("You: Thanks!")
		if !strings.HasSuffix(lines[y+1], string(clock(time.Now().UTC()))) || cellsOf(text.From(lines[y+2]).Line()) > 59 {
			t.Errorf("the row is not whole:\n%s", x.text())
		}
		x.seesNot("\x1b", "\u202e")
	})
}
