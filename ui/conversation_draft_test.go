package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
)

// drafts are the drafts that were stored since they were last asked for.
func (x *face) drafts() (all []app.SaveDraft) { return did[app.SaveDraft](x) }

func TestADraftIsStoredWhenTypingRestsAndOnTheWayOut(t *testing.T) {
	for name, leave := range map[string]func(x *face){
		"resting": func(x *face) { x.passes(2 * time.Second) },
		"a tab":   func(x *face) { x.press("ctrl+n") },
		"closing": func(x *face) { x.press("ctrl+x") },
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 100, 30, world, func(x *face) {
				x.happens(arrives(dana, "d", "Psst", 1, time.Now()))
				x.talks()
				x.types("half a sen")
				if got := x.drafts(); len(got) > 0 {
					t.Fatalf("stored %v while typing", got)
				}
				leave(x)
				if got := x.drafts(); len(got) != 1 || got[0].Peer != bob || got[0].Body != "half a sen" {
					t.Errorf("stored %v", got)
				}
			})
		})
	}
}

func TestTypingWithoutRestIsStoredOnce(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		for range 20 {
			x.types("a")
			x.passes(300 * time.Millisecond)
		}
		if got := x.drafts(); len(got) > 0 {
			t.Errorf("stored %v while typing", got)
		}
		x.passes(2 * time.Second)
		x.press("enter")
		got := x.drafts()
		if len(got) != 2 || got[0].Body != strings.Repeat("a", 20) || got[1].Body != "" {
			t.Errorf("stored %v", got)
		}
		x.passes(2 * time.Second)
		if got := x.drafts(); len(got) > 0 {
			t.Errorf("stored %v after sending", got)
		}
	})
}

func TestADraftComesBackWhenGolyncStarts(t *testing.T) {
	saved := saved(alerts.Default())
	saved.Drafts = map[contacts.Address]string{bob: "half a\nsentence"}
	inWindow(t, 100, 30, func() *app.State { return here(saved) }, func(x *face) {
		x.talks()
		x.sees("┃ half a", "┃ sentence")
		x.passes(2 * time.Second)
		if got := x.drafts(); len(got) > 0 {
			t.Errorf("stored %v again", got)
		}
		if got := did[app.TellTyping](x); len(got) > 0 {
			t.Errorf("told %v", got)
		}
		x.types("!")
		x.press("enter")
		if got := x.sent(); len(got) != 1 || got[0] != "half a\nsentence!" {
			t.Errorf("sent %q", got)
		}
	})
}

func TestWhatIsSentWhileSignedOutSaysThatItWaits(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.happens(sipclient.Disconnected{})
		x.sees("not signed in: messages wait here")
		x.types("Later then")
		x.press("enter")
		id := x.written()[0].ID
		x.results(app.MessageStored{ID: id, Seq: 1})
		x.sees("waiting", "It goes by itself when you are signed in.")
		x.types("And soon")
		x.press("enter")
		second := x.written()[0].ID
		x.results(app.MessageStored{ID: second, Seq: 2})
		if n := strings.Count(x.text(), "It goes by itself"); n != 1 {
			t.Errorf("it is said %d times", n)
		}
		x.happens(signedIn)
		x.seesNot("waiting", "It goes by itself")
		x.sees("sending")
		if got := x.sent(); !slices.Equal(got, []string{"Later then"}) {
			t.Errorf("sent %q", got)
		}
		x.results(app.MessageSettled{ID: id, Peer: bob, Delivery: sipclient.Sent})
		x.sees("sent")
		if got := x.sent(); !slices.Equal(got, []string{"And soon"}) {
			t.Errorf("then it sent %q", got)
		}
	})
}

func TestTheLastMessageReceivedIsDated(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.seesNot("Last message received")
		x.happens(arrives(bob, "1", "Hello", 1, time.Date(2026, 11, 23, 14, 2, 0, 0, time.UTC)))
		x.sees("Last message received on 23 Nov 2026 at 14:02.")
		x.happens(sipclient.TypingChanged{URI: string(bob), Typing: true})
		x.sees("Bob is typing a message.")
		x.seesNot("Last message received")
	})
}
