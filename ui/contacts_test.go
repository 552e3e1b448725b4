package ui

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/winfo"
)

func TestWhoHasNotAcceptedOrIsNobodySaysSo(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(
			sipclient.PresenceChanged{URI: string(fred), Watch: sipclient.WatchPending},
			sipclient.PresenceChanged{URI: string(eve), Watch: sipclient.WatchEnded, Code: 404, Reason: text.From("Not Found")},
			sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchEnded, Reason: text.From("rejected")},
		)
		x.sees("? Fred - Waiting for Fred to accept")
		x.sees("? Eve - Address not found", "Check the spelling (Not Found).")
		x.sees("? Dana - Did not accept", "The other side said no (rejected).")
	})
}

// What an administrator does not allow is said whole in the narrowest list, with the next person below it.
func TestWhatTheServerSaysIsSaidWhole(t *testing.T) {
	const says = "Your Administrator Does Not Allow Skype Contacts"
	inWindow(t, 80, 24, world, func(x *face) {
		x.happens(sipclient.PresenceChanged{URI: string(eve), Watch: sipclient.WatchEnded, Code: 403, Reason: text.From(says)})
		x.sees("? Eve - Not allowed")
		for _, word := range strings.Fields(says) {
			x.sees(word)
		}
		x.sees("Fred")
	})
	for width := 20; width < 100; width++ {
		r := personRow{name: "Eve", below: "The server said no (" + says + ").", whole: true}
		lines := r.lines(width)
		if got := string(text.Join(lines, " ")); width >= 46 && got != string(r.below) {
			t.Errorf("in %d cells it says %q", width, got)
		}
		if len(lines) > reasonLines {
			t.Errorf("in %d cells it takes %d lines", width, len(lines))
		}
	}
}

func TestEveryStateHasGlyphAndWord(t *testing.T) {
	for activity, want := range map[pidf.Activity]string{
		pidf.ActivityNone: "● Dana - Available", pidf.ActivityBusy: "■ Dana - Busy", pidf.ActivityOnThePhone: "■ Dana - In a call",
		pidf.ActivityConference: "■ Dana - In a conference call", pidf.ActivityMeeting: "■ Dana - In a meeting",
		pidf.ActivityDoNotDisturb: "⊘ Dana - Do Not Disturb", pidf.ActivityPresentation: "⊘ Dana - Presenting",
		pidf.ActivityBeRightBack: "◔ Dana - Be Right Back 2 hours", pidf.ActivityAway: "◔ Dana - Away 2 hours", pidf.ActivityOffWork: "◔ Dana - Off Work 2 hours",
	} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.happens(is(dana, activity, "", time.Now().Add(-2*time.Hour)))
			x.sees(want)
		})
	}
}

func TestKeysGoThroughGroupsAndPeople(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.selected("Bob")
		x.press("end")
		x.selected("To add contacts, drag from another group or add from search.")
		x.press("up", "up")
		x.selected("Fred")
		x.press("home")
		x.selected("▾ Favorites")
		x.press("up") // over the top: the Find box
		x.types("ev")
		x.sees("Eve - Presence unknown")
		x.seesNot("Fred")
		x.press("esc")
		x.selected("▾ Favorites")
	})
}

func TestTheSameContactStaysSelectedWhateverHappens(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("down")
		x.selected("Dana")
		x.happens(is(bob, pidf.ActivityNone, "a note makes the row above taller", time.Now()))
		x.selected("Dana")
		x.click("Colleagues")
		x.press("home", "enter") // Favorites folded, above
		x.selected("Favorites")
	})
}

func TestEnterAndDoubleClickOpenTheConversation(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.press("enter")
		x.sees("Write to Bob")
		if open := did[app.SaveOpen](x); len(open) == 0 || open[0].Open[0] != bob {
			t.Errorf("opened %v", open)
		}
		x.press("tab") // back to the list
		x.doubleClick("Eve")
		x.sees("Write to Eve")
	})
}

func TestRightClickOpensTheMenuOfTheContact(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.rightClick("Eve")
		x.sees("See Contact Card", "Change Privacy Relationship")
		x.press("esc", "m")
		x.sees("See Contact Card")
	})
}

func TestTheWheelScrollsAndKeysComeBack(t *testing.T) {
	inWindow(t, 80, 24, func() *app.State { return crowd(300) }, func(x *face) {
		x.turns("Favorites", 20)
		x.seesNot("Favorites")
		x.press("up", "down")
		x.selected("Bob")
		x.turns("Bob", -50)
		x.sees("Favorites")
		x.press("end")
		x.sees("Group 39", "▐")
	})
}

// hostile are texts that attack terminals.
func hostile(t *testing.T) (all []text.Peer) {
	t.Helper()
	raw, err := os.ReadFile("../internal/text/testdata/hostile-text.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Entries []struct {
			BytesHex string `json:"bytes_hex"`
		} `json:"entries"`
	}
	if err := json.Unmarshal(raw, &file); err != nil || len(file.Entries) < 50 {
		t.Fatalf("%d entries, %v", len(file.Entries), err)
	}
	for _, e := range file.Entries {
		b, err := hex.DecodeString(e.BytesHex)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text.From(string(b)))
	}
	return all
}

// Every one of them is a contact's name and note, a group, somebody who asks with a name and an
// introduction, and the reason of a refusal, all in one window.
func TestHostileTextNeverBreaksColumns(t *testing.T) {
	texts := hostile(t)
	s := saved(alerts.Options{TellMe: true, Outside: alerts.AllowAnyone})
	var happens []sipclient.Event
	var asking []winfo.Watcher
	for i, evil := range texts {
		group := colleagues + 1 + contacts.GroupID(i)
		s.Groups = append(s.Groups, contacts.Group{ID: group, Name: evil})
		s.Contacts = append(s.Contacts, contacts.Contact{Address: one(i), Name: evil, Groups: []contacts.GroupID{group}})
		happens = append(happens, is(one(i), pidf.ActivityNone, evil.Raw(), time.Now()))
		if i%3 == 0 {
			happens[i] = sipclient.PresenceChanged{URI: string(one(i)), Watch: sipclient.WatchEnded, Code: 403, Reason: evil}
		}
		asker := "sip:asker" + strconv.Itoa(i) + "@fabrikam.com"
		asking = append(asking, winfo.Watcher{URI: asker, Name: evil, Introduction: evil, Status: winfo.Pending, ID: asker})
	}
	inWindow(t, 120, 5*len(texts), func() *app.State { return signInto(s) }, func(x *face) {
		x.happens(append(happens, asks(asking...))...)
		x.passes(toastStays)
		x.columnsStand("GROUPS")
		x.sees("Other Contacts", "Signed in")
		x.press("4")
		x.columnsStand("NEW")
		x.resizes(120, 20)
		x.press("/")
		for i, evil := range texts {
			x.pastes(evil.Raw())
			x.columnsStand("the Find box with entry " + strconv.Itoa(i))
			x.press("ctrl+u")
		}
	})
}

// columnsStand says that the divider and the right edge of the window stand where they belong, in every row.
func (x *face) columnsStand(what string) {
	x.t.Helper()
	middle := arrange(x.screen.Width(), x.screen.Height(), false).middle.Min.X
	for y := range x.screen.Height() {
		if c := x.screen.CellAt(middle, y); c == nil || !strings.Contains("│╭╰─", c.Content) && !strings.HasPrefix(c.Content, "│") {
			x.t.Fatalf("%s: row %d has %q where the divider belongs:\n%s", what, y, c.Content, x.text())
		}
	}
}

// signInto is the state of an account that is signed in.
func signInto(s app.Saved) *app.State {
	state := app.New(s, contacts.Providers{})
	state.Start(time.Now())
	state.SignIn(time.Now(), "")
	state.Take(time.Now(), events(signedIn))
	return state
}

// Enter, pressed before anything else, writes to somebody; no group folds under a newcomer's hand.
func TestTheFirstContactIsSelectedAtTheStart(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.selected("Bob")
		x.press("enter")
		x.sees("Write to Bob")
	})
	folded := worldThat(func(s *app.Saved) { s.Groups[0].Collapsed = true })
	inWindow(t, 80, 24, folded, func(x *face) {
		x.selected("Eve") // of Bob and Dana only the heading shows
	})
	alone := worldThat(func(s *app.Saved) { s.Contacts = nil })
	inWindow(t, 80, 24, alone, func(x *face) {
		x.selected("Favorites")
		x.press("down") // a choice of the user's stays where it is
		where := x.screen.CursorPosition()
		x.state.AddContact(time.Now(), app.Draft{Provider: contacts.ProviderLync, IM: "eve@contoso.com", Group: contacts.OtherContacts, Relationship: contacts.Colleagues}) //nolint:errcheck // seen below
		x.happens(is(eve, pidf.ActivityBusy, "", time.Now()))
		x.sees("eve@contoso.com")
		if now := x.screen.CursorPosition(); now != where {
			t.Errorf("the selection went from %v to %v by itself", where, now)
		}
	})
}
