package ui

import (
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

// here is a saved account, signed in.
func here(s app.Saved) *app.State {
	state := app.New(s, contacts.Providers{})
	state.Start(time.Now())
	state.SignIn(time.Now(), "")
	state.Take(time.Now(), events(signedIn))
	return state
}

// cardOf opens the contact card of the contact with that name.
func cardOf(x *face, name string) {
	x.t.Helper()
	x.rightClick(name)
	x.click("See Contact Card")
	x.sees("Contact Card")
}

// In Lync nobody could see who waits for whom (facts/lync-2013-client.md section 11); the card says it.
func TestTheCardSaysWhoWaitsForWhom(t *testing.T) {
	watches := func(state sipclient.WatchState, code int) sipclient.Event {
		return sipclient.PresenceChanged{URI: string(eve), Watch: state, Code: code}
	}
	for name, c := range map[string]struct {
		happens sipclient.Event
		says    []string
	}{
		"both":           {asks(winfo.Watcher{URI: string(eve), Status: winfo.Active, ID: "e"}), []string{"Eve sees you."}},
		"only I see her": {watches(sipclient.WatchActive, 0), []string{"You see Eve. Eve does not watch you"}},
		"I wait":         {watches(sipclient.WatchPending, 0), []string{"You wait for Eve to accept."}},
		"she refused":    {watches(sipclient.WatchEnded, 603), []string{"Eve has refused you."}},
		"nobody there":   {watches(sipclient.WatchEnded, 404), []string{"Nobody has this address."}},
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 110, 30, world, func(x *face) {
				x.happens(c.happens)
				cardOf(x, "Eve")
				x.sees(c.says...)
			})
		})
	}
}

func TestTheCardOfABlockedContactSaysWhatTheySee(t *testing.T) {
	start := func() *app.State {
		s := saved(alerts.Default())
		s.Contacts[2].Relationship = contacts.BlockedContacts
		return here(s)
	}
	inWindow(t, 110, 30, start, func(x *face) {
		cardOf(x, "Eve")
		x.sees("Eve is blocked and sees you as Offline.")
	})
}

func TestTheCardNamesTheNetworkOfEachAddress(t *testing.T) {
	for _, c := range []struct {
		who     contacts.Address
		network string
		account string
	}{
		{"sip:harry@contoso.com", "My Organization", ""},
		{gina, "Lync (External Network)", ""},
		{cheri, "Skype (External Network)", "Microsoft account  cheri@outlook.com"},
		{"sip:kim(tailspin.com)@msn.com", "Skype (External Network)", "Microsoft account  kim@tailspin.com"},
	} {
		inWindow(t, 110, 30, welcoming, func(x *face) {
			wroteTo(x, c.who)
			x.click("See Contact Card")
			x.sees(c.network, c.account, c.who.IM(), "Not in your contacts list.")
			if c.account == "" {
				x.seesNot("Microsoft account")
			}
		})
	}
}

func TestTheCardSaysSinceWhenSomebodyIsAContact(t *testing.T) {
	start := func() *app.State {
		s := saved(alerts.Default())
		s.Contacts[2].Added = time.Date(2013, time.July, 4, 12, 0, 0, 0, time.UTC)
		s.Contacts[2].Presence.Note = text.From("in a saved list nobody has a note")
		return here(s)
	}
	inWindow(t, 110, 30, start, func(x *face) {
		cardOf(x, "Eve")
		x.sees("Contact since", "4 July 2013", "eve@contoso.com", "Colleagues")
		x.press("esc")
		cardOf(x, "Dana")
		x.seesNot("Contact since")
	})
}

func TestACardStaysTrueWhileTheContactIsRemovedElsewhere(t *testing.T) {
	inWindow(t, 110, 30, world, func(x *face) {
		cardOf(x, "Eve")
		x.state.Remove(time.Now(), eve)
		x.happens(arrives(dana, "1", "Hi", 1, time.Now()))
		x.sees("Not in your contacts list.")
		x.press("esc")
		x.seesNot("Contact Card")
	})
}

func TestTheCardOpensWithTheHeadAndScrolls(t *testing.T) {
	long := worldThat(func(s *app.Saved) {
		s.Contacts[0].Added = time.Date(2013, time.July, 4, 12, 0, 0, 0, time.UTC)
	})
	inWindow(t, 60, 20, long, func(x *face) {
		x.happens(sipclient.PresenceChanged{URI: string(bob), Watch: sipclient.WatchActive, Known: true, State: pidf.State{
			Open: true, Activity: pidf.ActivityAway, Note: text.From("A note so long that it takes a line or two of the card, and then some"),
			Location: text.From("Building 30"), Since: time.Now().Add(-time.Hour),
		}})
		x.press("c")
		x.sees("▌ Bob", "▌ ◔ Away 1 hour - External Network", "IM Address", "Send an IM", "More options", "Close")
		for range 30 {
			x.press("down")
		}
		x.sees("Contact since", "4 July 2013")
		x.seesNot("IM Address")
		for range 30 {
			x.press("up")
		}
		x.sees("IM Address")
	})
}

func TestTheCardsButtonsLeadOn(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		cardOf(x, "Eve")
		x.press("right", "right", "enter")
		x.sees("Change Privacy Relationship")
		x.click("See Contact Card")
		x.press("enter")
		x.sees("Write to Eve")
	})
}

func TestTheMenuOfACardLeadsBackToItUnlessSomethingIsChosen(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		cardOf(x, "Eve")
		x.click("More options")
		x.click("Change Privacy Relationship")
		x.press("left", "esc")
		x.seesNot("Change Privacy Relationship")
		x.sees("─ Contact Card ─", "IM Address", "More options")
		x.press("enter") // the button is where it was
		x.click("Add to Favorites")
		x.seesNot("─ Contact Card ─", "More options")
	})
	inSkype(t, 100, 30, busyBob, func(x *face) {
		x.press("c")
		x.click("More options")
		x.sees("Remove from Contacts")
		x.press("esc")
		x.seesNot("Remove from Contacts")
		x.sees("More options")
		x.press("esc")
		x.seesNot("More options")
	})
}

func TestTheCardShowsALegibleAddressAndTheOneOnTheWire(t *testing.T) {
	inWindow(t, 110, 30, welcoming, func(x *face) {
		wroteTo(x, "sip:m%C3%BCller@contoso.com")
		x.click("See Contact Card")
		x.sees("IM Address         müller@contoso.com", "m%C3%BCller@contoso.com")
	})
}
