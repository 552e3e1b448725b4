package ui

import (
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// skypeRows are what a Skype user sees of somebody who is in each of Lync's states.
var skypeRows = []struct {
	activity pidf.Activity
	idle     bool
	closed   bool
	row      string
}{
	{"", false, false, "● Alice - Online - Lync"},
	{"", true, false, "◔ Alice - Away - Lync"},
	{pidf.ActivityBusy, false, false, "⊘ Alice - Do Not Disturb - Lync"},
	{"on-the-phone", false, false, "⊘ Alice - Do Not Disturb - Lync"},
	{"meeting", false, false, "⊘ Alice - Do Not Disturb - Lync"},
	{"in-a-conference", false, false, "⊘ Alice - Do Not Disturb - Lync"},
	{"do-not-disturb", false, false, "⊘ Alice - Do Not Disturb - Lync"},
	{"presentation", false, false, "⊘ Alice - Do Not Disturb - Lync"},
	{"be-right-back", false, false, "◔ Alice - Away - Lync"},
	{pidf.ActivityAway, false, false, "◔ Alice - Away - Lync"},
	{"off-work", false, false, "◔ Alice - Away - Lync"},
	{"vacation", false, false, "◔ Alice - Away - Lync"},
	{"", false, true, "○ Alice - Offline - Lync"},
}

// Sign, word and colour say the same, though Lync has more states than Skype.
func TestEveryStateOfALyncUserIsOneOfSkypes(t *testing.T) {
	for _, r := range skypeRows {
		inSkype(t, 80, 24, bobsWorld, func(x *face) {
			x.happens(sipclient.PresenceChanged{
				URI: string(alice), Watch: sipclient.WatchActive, Known: true,
				State: pidf.State{Open: !r.closed, Activity: r.activity, Idle: r.idle, Since: time.Now().Add(-time.Hour)},
			})
			x.sees(r.row)
			x.seesNot("Busy", "Available", "Inactive", "1 hour")
		})
	}
}

func TestASkypeContactIsNotMarkedAsLync(t *testing.T) {
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.happens(is(cheri, "", "Out for lunch", time.Now()))
		x.sees("● Cheri - Online", "Out for lunch")
		x.seesNot("Cheri - Online - Lync", "External")
	})
}

// The list is flat: no headings, who is online first, who has not accepted below who is offline.
func TestTheSkypeListIsFlatWithWhoIsOnlineFirst(t *testing.T) {
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.happens(waits(alice), is(dana, pidf.ActivityAway, "", time.Now()), is(cheri, "", "", time.Now()))
		x.seesNot("Favorites", "Other Contacts", "▸", "(1/")
		inOrder(x, "Cheri - Online", "Dana - Away", "Alice - Waiting for Alice to accept")
		x.happens(is(alice, "", "", time.Now()), sipclient.PresenceChanged{URI: string(cheri), Watch: sipclient.WatchActive, Known: true})
		inOrder(x, "Alice - Online", "Dana - Away", "Cheri - Offline")
		x.press("space", "f2", "alt+up", "t", "l", "4", "6") // keys of Lync's groups and tabs do nothing here
		x.sees("Alice - Online", "Dana - Away")
		x.seesNot("╭─", "✓", "▸")
	})
}

// inOrder says that texts stand one below the other.
func inOrder(x *face, texts ...string) {
	x.t.Helper()
	last := -1
	for _, s := range texts {
		_, row := x.find(s)
		if row <= last {
			x.t.Errorf("%q stands too high:\n%s", s, x.text())
		}
		last = row
	}
}

func TestAnEmptySkypeListSaysHowToBegin(t *testing.T) {
	inSkype(t, 80, 24, bobAlone, func(x *face) {
		x.sees("You have no contacts yet. Add Contacts finds Lync users")
		x.press("m", "c", "delete", "space")
		x.seesNot("╭─")
		x.press("enter")
		x.sees("╭─ Add Contacts")
		if folded := did[app.SaveFolded](x); len(folded) != 0 {
			t.Errorf("folded %v, though there is no heading", folded)
		}
	})
}

func TestTheMenuOfASkypeContact(t *testing.T) {
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.happens(is(alice, "", "", time.Now()))
		x.rightClick("Alice")
		inOrder(x, "Send IM", "Call", "Video Call", "View Old Messages", "View Profile", "Block This Person…", "Remove from Contacts")
		x.seesNot("Relationship", "Group", "Contact Card", "Contacts List", "Tag for", "Favorites")
		x.click("Video Call ")
		x.sees("There are no pictures in this window.")
		x.press("esc", "delete")
		x.sees("╭─ Remove from Contacts ", "Remove Alice (alice@contoso.com) from your contacts?")
		x.press("left", "enter")
		x.seesNot("Alice")
		if gone := did[app.Unwatch](x); len(gone) != 1 || gone[0].Address != alice {
			t.Errorf("stopped watching %v", gone)
		}
	})
}

// Blocking says that it is for good, and Options ▸ Privacy has the way back.
func TestBlockingAndUnblockingASkypeContact(t *testing.T) {
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.happens(is(alice, "", "", time.Now()))
		x.rightClick("Alice")
		x.click("Block This Person")
		x.sees("╭─ Block This Person", "for good?", "further contact requests of", "Nobody tells Alice")
		x.press("left", "enter")
		x.sees("Alice - Blocked", "Alice is blocked.")
		x.rightClick("Alice - Blocked")
		x.sees("Unblock This Person")
		x.press("esc")
		x.press("o")
		x.click("Privacy")
		x.sees("Blocked people", "Alice (alice@contoso.com)")
		x.click("Unblock This Person")
		x.sees("Nobody")
		x.press("esc")
		x.sees("● Alice - Online - Lync")
	})
}

func TestAProfileSaysLyncAndTheSIPAddress(t *testing.T) {
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.happens(waits(alice))
		x.rightClick("Alice")
		x.click("View Profile")
		x.sees("╭─ Profile", "? Waiting for Alice to accept", "SIP address        alice@contoso.com", "Uses               Lync")
		x.seesNot("Relationship", "Groups", "External", "IM Address")
		x.press("esc")
		x.rightClick("Cheri")
		x.click("View Profile")
		x.sees("Microsoft account  cheri@outlook.com", "Uses               Skype")
	})
}

// A card of somebody who is no contact leads to Add Contacts, where the search begins at once.
func TestSomebodyFromRecentIsAddedBySearching(t *testing.T) {
	inSkype(t, 80, 24, func() *app.State {
		s := bobsWorld()
		s.Take(time.Now(), []app.Input{{Event: arrives(eve, "1", "Hello Bob", 1, time.Now())}})
		s.Open(time.Now(), eve)
		return s
	}, func(x *face) {
		x.press("tab")
		x.click("⋯")
		x.sees("Add to Contacts")
		x.click("Add to Contacts")
		x.sees("╭─ Add Contacts", "eve@contoso.com", "Searching…")
	})
}

func TestTheOrderOfTheSkypeListKnowsEveryState(t *testing.T) {
	for _, a := range contacts.Availabilities() {
		c := contacts.Contact{Watch: contacts.WatchActive, Presence: contacts.Presence{Availability: a}}
		if skypeRank(&c) < 0 {
			t.Errorf("%v has no place", a)
		}
	}
}
