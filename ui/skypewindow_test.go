package ui

import (
	"regexp"
	"testing"
	"testing/synctest"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// lyncsOwn are words of the Lync window that mean nothing to a Skype user.
var lyncsOwn = regexp.MustCompile(`GROUPS|STATUS|RELATIONSHIPS|\bNEW\b|in New\b|see New\b|External|My Organization|[Rr]elationship|Contacts List|contacts list|` +
	`Contact Card|Contacts not using Lync|Workgroup|Be Right Back|Off Work|Appear Away|Busy|Inactive|Set Your Location|What's happening|Add a Contact\b|dial a number|Lync 2013|\bgroups?\b`)

// Every place of the window that can be reached by keys, at every size, without a word of Lync's own.
func TestNoScreenOfTheSkypeWindowSpeaksOfLyncsOwnThings(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {140, 45}} {
		inSkype(t, size[0], size[1], busyBob, func(x *face) {
			for _, way := range [][]string{
				{},
				{"1"},
				{"2"},
				{"3"},
				{"p"},
				{"a"},
				{"/"},
				{"n"},
				{"f"},
				{"?"},
				{"?", "pgdown"},
				{"?", "pgdown", "pgdown"},
				{"?", "end"},
				{"1", "m"},
				{"1", "c"},
				{"1", "delete"},
				{"2", "m"},
				{"2", "b"},
				{"2", "d"},
				{"3", "m"},
				{"3", "c"},
				{"3", "enter", "/"},
				{"o"},
				{"o", "down"},
				{"o", "down", "down"},
				{"o", "down", "down", "down"},
				{"o", "down", "down", "down", "down"},
				{"o", "down", "down", "down", "down", "down"},
				{"o", "end"},
				{"o", "end", "up"},
				{"o", "end", "up", "up"},
				{"left"},
				{"right"},
				{"v"},
				{"s"},
			} {
				x.press(way...)
				if word := lyncsOwn.FindString(x.text()); word != "" {
					t.Errorf("%v at %v: %q is on the screen:\n%s", way, size, word, x.text())
				}
				x.press("esc", "esc", "esc", "esc", "tab")
				if x.model.focus == onTalk {
					x.press("ctrl+u", "tab")
				}
			}
		})
	}
}

// busyBob is Bob's account with something in every place.
func busyBob() *app.State {
	s, now := bobsWorld(), time.Now()
	s.Take(now, events(
		is(alice, pidf.ActivityBusy, "Drawing", now), is(dana, "", "", now), waits(cheri),
		asks(pending(gina, "Gina")), arrives(dana, "1", "Hello Bob", 1, now),
	))
	s.Open(now, dana)
	return s
}

func TestTheStatesASkypeUserChooses(t *testing.T) {
	for _, c := range []struct{ choice, sign, shown string }{
		{"Online", "●", "● Online ▾"},
		{"Away", "◔", "◔ Away ▾"},
		{"Do Not Disturb", "⊘", "⊘ Do Not Disturb ▾"},
		{"Invisible", "○", "○ Invisible ▾"},
	} {
		inSkype(t, 80, 24, bobsWorld, func(x *face) {
			x.press("p")
			inOrder(x, "│ ● Online", "│ ◔ Away", "│ ⊘ Do Not Disturb", "│ ○ Invisible", "Sign Out", "Quit")
			x.click(c.sign + " " + c.choice + " ")
			x.sees(c.shown)
			x.press("p")
			x.selected(c.sign + " " + c.choice)
		})
	}
}

func TestTheMoodMessageIsWrittenInItsPlace(t *testing.T) {
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.click("Tell your friends what you're up to")
		x.types("Rehearsing")
		x.press("enter")
		inOrder(x, "Bob  bob@contoso.com", "● Online ▾", "Rehearsing")
		if sent := did[app.PublishPresence](x); len(sent) != 1 || sent[0].State.Note.Raw() != "Rehearsing" {
			t.Errorf("published %v", sent)
		}
	})
}

// CONTACTS, REQUESTS and RECENT, by number, by arrow and by clicking.
func TestTheTabsOfTheSkypeWindow(t *testing.T) {
	inSkype(t, 80, 24, busyBob, func(x *face) {
		x.sees("CONTACTS   REQUESTS (1)   RECENT (1)", "+ Add Contacts")
		recent := func() { x.t.Helper(); x.sees("Hello Bob"); x.seesNot("Cheri", "MISSED") }
		for _, way := range []func(){
			func() { x.press("3") }, func() { x.press("1", "left") }, func() { x.press("1", "right", "right") },
			func() { x.press("1", "v") }, func() { x.press("1"); x.click("RECENT") },
		} {
			way()
			recent()
		}
		x.press("right")
		x.sees("Cheri")
		x.press("2")
		x.sees("Gina")
		x.seesNot("Cheri")
	})
}

func TestTheSkypeUserReadsAndAnswersFromRecent(t *testing.T) {
	inSkype(t, 80, 24, busyBob, func(x *face) {
		x.press("3", "enter")
		x.sees("Dana", "● Online - Lync", "Hello Bob")
		x.types("Hello Dana")
		x.press("enter")
		if sent := did[app.SendMessage](x); len(sent) != 1 {
			t.Errorf("sent %v", sent)
		}
		x.types("/")
		x.sees("/add", "/block", "/note")
		x.seesNot("/location", "/tag")
		x.types("tag")
		x.press("enter")
		x.sees("No such command.")
	})
}

func TestTheSkypeStatusCommandKnowsSkypesStates(t *testing.T) {
	inSkype(t, 80, 24, busyBob, func(x *face) {
		x.press("3", "enter")
		x.types("/status")
		x.press("enter")
		x.sees("Online, Away, Do Not Disturb, Invisible")
		x.press("ctrl+u")
		x.types("/status invisible")
		x.press("enter")
		x.sees("You are Invisible.")
	})
}

func TestOptionsOfASkypeUserAreKept(t *testing.T) {
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.press("o")
		x.sees("General", "Personal", "Contacts", "Status", "Notifications", "Privacy", "IM", "File Saving", "Network")
		x.sees("Find an option")
		x.seesNot("Alerts")
		x.click("Contacts ")
		x.click("One line")
		x.click("Status ")
		x.press("enter", "ctrl+u")
		x.types("9")
		x.click("Notifications ")
		x.click("When I receive a contact request")
		x.click("OK")
		o, d := x.state.Options(), option.Default()
		if o.List.TwoLines || o.Status.InactiveAfter != 9 || o.Sounds.Requests == d.Sounds.Requests || o.Status.AwayAfter != d.Status.AwayAfter {
			t.Errorf("the options are %+v", o)
		}
	})
}

func TestAWrongNumberOfMinutesIsNotTaken(t *testing.T) {
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.press("o")
		x.click("Status ")
		x.press("enter", "ctrl+u", "enter")
		x.sees("╭─ Options")
	})
}

// The Skype user who is away for a while is Away, as Skype has it; the next key brings him back.
func TestIdleIsAwayInSkype(t *testing.T) {
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.passes(6 * time.Minute)
		x.sees("◔ Away ▾")
		x.press("down")
		x.sees("● Online ▾")
		x.happens(sipclient.Disconnected{})
		x.sees("○ Offline ▾")
	})
}

func TestTheSkypeWindowInASCIIAndWithoutColour(t *testing.T) {
	for _, o := range []Options{{Face: FaceSkype, ASCII: true}, {Face: FaceSkype, ASCII: true, NoColour: true}} {
		synctest.Test(t, func(t *testing.T) {
			x := open(t, 80, 24, busyBob(), o)
			defer x.close()
			for _, way := range [][]string{{}, {"2"}, {"3"}, {"1", "m"}, {"1", "c"}, {"a"}, {"p"}, {"o"}, {"?"}} {
				x.press(way...)
				x.onlyASCII()
				x.press("esc", "esc", "esc")
			}
			x.press("2")
			x.sees("Accept", "Decline", "Block")
			if o.NoColour {
				x.sees("[ Accept ]")
			}
		})
	}
}

// No key or size takes the window down, or draws outside of it.
func TestTheSkypeWindowAtOddSizes(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {61, 29}, {99, 30}, {100, 20}, {220, 70}} {
		inSkype(t, size[0], size[1], busyBob, func(x *face) {
			x.sees("CONTACTS", "REQUESTS (1)", "RECENT", "Options", "Signed in")
			l := x.model.layout
			p := divideForSkype(l.window)
			apart(t, l.window, []rect{p.name, p.presence, p.views, p.note, p.find, p.tabs, p.list, p.status})
			x.press("a")
			x.types("alice@contoso.com")
			x.resizes(60, 20)
			x.sees("alice@contoso.com")
			x.resizes(50, 10)
			x.resizes(140, 45)
			x.sees("alice@contoso.com", "╭─ Add Contacts")
		})
	}
}

// Who has no name is called what people know him by in what he says too, not the decorated address.
func TestASkypeUserWithoutANameSpeaksAsTheMicrosoftAccount(t *testing.T) {
	nameless := func() *app.State {
		account := bobsAccount(bob, map[contacts.Address]string{alice: "Alice"})
		account.Me.Name = text.Peer{}
		s := app.New(account, contacts.Providers{})
		s.Start(time.Now())
		s.SignIn(time.Now(), "")
		s.Take(time.Now(), events(signedIn))
		return s
	}
	inSkype(t, 100, 30, nameless, func(x *face) {
		x.press("enter")
		x.types("Hello")
		x.press("enter")
		x.sees("bob@contoso.com", "Hello")
		x.seesNot("@msn.com")
	})
}
