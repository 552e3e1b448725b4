package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
	"golync/sipclient/flow"
	"golync/sipclient/pidf"
)

func TestWindowShowsMeTheTabsAndMyContacts(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.sees("What's happening today?", "Alice", "● Available ▾", "⚙ Options", "Find someone or a room, or dial a number")
		x.sees("▾ Favorites (0/2)", "Bob - Presence unknown", "Signed in", "CALL FORWARDING OFF", "TLS")
		x.sees("GROUPS  STATUS  RELATIONSHIPS  NEW ", "+ Add")
		x.titled("alice@contoso.com - golync")
	})
}

func TestContactsComeAliveInPlace(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(
			is(bob, pidf.ActivityNone, "Thanks to all for the b-day wishes!", time.Now()),
			is(dana, pidf.ActivityAway, "", time.Now().Add(-12*time.Minute-30*time.Second)),
			is(eve, pidf.ActivityOnThePhone, "", time.Now()),
		)
		x.sees("▾ Favorites (2/2)", "● Bob - Available - External Network", "Thanks to all for the b-day wishes!")
		x.sees("◔ Dana - Away 12 mins", "■ Eve - In a call", "▾ Colleagues (1/2)")
		x.passes(3 * time.Minute)
		x.sees("Dana - Away 15 mins")
	})
}

func TestPresenceAndSelectionHaveTheirColours(t *testing.T) {
	dark := lyncTheme(lyncDark)
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(is(bob, pidf.ActivityNone, "", time.Now()), is(eve, pidf.ActivityBusy, "", time.Now()))
		x.press("down")
		for at, want := range map[string]style{
			"● Bob": dark.available, "■ Eve": dark.busy, "GROUPS": bold(dark.accent), "? Dana": on(dark.selected, dark.unknown),
		} {
			if got := x.styleOf(at); !got.Equal(&want) {
				t.Errorf("%s is drawn as %+v, not %+v", at, got, want)
			}
		}
		x.press("enter") // the keys go to the conversation, the row stays marked
		want := on(dark.resting, dark.unknown)
		if got := x.styleOf("? Dana - "); !got.Equal(&want) {
			t.Errorf("the resting row is drawn as %+v", got)
		}
	})
}

func TestGroupsFoldAndStayFolded(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("up")
		x.selected("▾ Favorites")
		x.press("enter")
		x.selected("▸ Favorites (0/2)")
		x.seesNot("Bob")
		if saves := did[app.SaveGroup](x); len(saves) != 1 || saves[0].Group.ID != contacts.Favorites || !saves[0].Group.Collapsed {
			t.Errorf("the folded group was not saved: %v", saves)
		}
		x.press("space")
		x.selected("▾ Favorites")
		x.click("▾ Colleagues")
		x.sees("▸ Colleagues")
	})
}

// sizes are those at which the layout is promised to work (design section 6).
var sizes = []struct{ width, height int }{{60, 20}, {80, 24}, {120, 40}, {200, 60}}

func TestEveryScreenFitsAtEverySize(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.happens(asks(pending(gina, "Gina Torres"), pending(cheri, "Cheri Serrano")))
			x.happens(is(bob, pidf.ActivityNone, "Thanks to all for the b-day wishes!!", time.Now()))
			x.passes(toastStays)
			x.sees("Alice", "Available ▾", "⚙ Options", "Find someone or a room, or dial a number", "GROUPS", "STATUS", "RELATIONSHIPS", "NEW (2)",
				"+ Add", "● Bob - Available - External Network", "▾ Other Contacts (0/0)", "Signed in", "enter open")
			x.press("2")
			x.sees("▾ Available (1)", "▾ Away (0)", "▾ Unknown (3)", "▾ Unavailable (0)", "● Bob - Available - External Network")
			x.press("3")
			x.sees("▾ Friends and Family (0/0)", "▾ Workgroup (0/0)", "▾ Colleagues (0/3)", "▾ External Contacts (1/1)", "▾ Blocked Contacts (0/0)")
			x.press("4")
			x.sees("Gina Torres", "External · just now", "gina@fabrikam.com", "Cheri Serrano", "Skype · just now", "enter accept", "d dismiss")
			x.press("/")
			x.types("zoe@contoso.org")
			x.sees("+ Add zoe@contoso.org · External", "+ Send an IM to zoe@contoso.org", "+ Add as a Skype contact", "esc back")
			x.press("esc", "n")
			x.types("At my desk")
			x.sees("At my desk", "enter publish")
			x.press("esc", "?")
			x.sees("The window", "esc back")
		})
	}
}

func TestTooSmallATerminalIsTold(t *testing.T) {
	inWindow(t, 40, 10, world, func(x *face) {
		x.sees("golync needs a terminal of at least 60")
		x.seesNot("Bob")
		x.resizes(60, 20)
		x.sees("Bob", "GROUPS")
		x.resizes(12, 4)
		x.sees("golync")
	})
}

func TestTheTerminalCanBeResizedInTheMiddleOfThings(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.press("/")
		x.types("da")
		for _, size := range sizes {
			x.resizes(size.width, size.height)
			x.sees("dana@contoso.com", "Dana - Presence unknown")
			x.selected("da")
		}
	})
}

func TestTabsAndOptionsAnswerToTheMouse(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.click("NEW")
		x.sees("Nobody is waiting for your answer.")
		x.click("STATUS")
		x.sees("▾ Unavailable")
		x.click("RELATIONSHIPS")
		x.sees("▾ Blocked Contacts")
		x.click("GROUPS")
		x.sees("▾ Favorites")
		x.click("⚙ Options")
		x.sees("Alerts")
		x.press("esc")
		x.click("+ Add a Contact")
		x.sees("Add a Contact Not in My Organization")
		x.press("esc")
		x.click("Available ▾")
		x.sees("Do Not Disturb", "Appear Away")
		x.press("esc")
		x.seesNot("Appear Away")
	})
}

func TestConnectionIsToldInWords(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.sees("Signed in", "TLS 192.0.2.1:5061")
		x.happens(sipclient.Disconnected{Err: &flow.Error{Kind: flow.Refused, Err: errors.New("x"), Target: flow.Target{Addr: "192.0.2.1:5061"}}, RetryIn: time.Second})
		x.sees("Not connected: nothing answers at 192.0.2.1:5061. Trying again…", "○ Offline ▾")
		x.happens(signedIn)
		x.sees("Signed in", "● Available ▾")
	})
}

func TestNoticesStandAboveTheListUntilDismissed(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.results(app.Done{Effect: app.SaveMe{}, Err: errors.New("no space left on device")})
		x.sees("Error: What you changed could not be stored", "no space left on device", "▾ Favorites")
		x.press("x")
		x.seesNot("could not be stored")
		x.results(app.Done{Effect: app.SaveMe{}, Err: errors.New("disk full")})
		x.click("✕")
		x.seesNot("could not be stored")
	})
}

// Whoever knows nothing else must see how to get help.
func TestHelpIsNamedInTheHelpLineEverywhere(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.happens(asks(pending(gina, "Gina")))
			foot := func(where string) {
				if line := x.lines()[size.height-1]; !strings.Contains(line, "help") {
					t.Errorf("%v, %s: %q", size, where, line)
				}
			}
			foot("list")
			x.press("4")
			foot("new")
			x.press("1", "enter")
			x.sees("Write to Bob")
			foot("conversation")
			x.press("f1")
			x.sees("Keys", "Find someone among the contacts")
		})
	}
}

// No sentence of the help page is cut, and it says when there is more of it than fits.
func TestTheHelpPageCanBeReadWholeAtEverySize(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.press("?")
			seen, pages := "", 0
			for more := true; more; pages++ {
				page := x.text()
				if strings.Contains(page, "…") {
					t.Fatalf("%v: something is cut:\n%s", size, page)
				}
				seen += page
				more = strings.Contains(page, "↓ more")
				x.press("pgdown")
			}
			for _, want := range []string{"Leave golync", "Accept: add the person to a group", "what was filled in is there"} {
				if !strings.Contains(seen, want) {
					t.Errorf("%v: %q is on none of %d pages", size, want, pages)
				}
			}
			x.press("esc")
			x.sees("GROUPS")
		})
	}
}

// A toast goes after a moment; that somebody has written must be seen until it is read.
func TestTheListSaysWhoHasWritten(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.happens(arrives(dana, "1", "Do you have a minute?", 1, time.Now()), arrives(dana, "2", "Hello?", 2, time.Now()))
			x.happens(arrives(gina, "3", "Good morning", 3, time.Now())) // nobody's contact
			x.happens(is(bob, pidf.ActivityNone, "Fishing at the weekend", time.Time{}), arrives(bob, "4", "Hey", 4, time.Now()))
			x.passes(toastStays)
			x.seesNot("…")
			if size.width >= twoColumns {
				return // the tabs say it
			}
			for _, line := range x.lines() {
				if strings.Contains(line, "Dana - ") && !strings.Contains(line, "2 new") {
					t.Errorf("%v: Dana's row is %q", size, line)
				}
			}
			x.sees("4 unread")
			x.press("tab")
			x.sees("Hello?")
			x.press("ctrl+n", "ctrl+n", "tab")
			x.seesNot("unread", " new")
		})
	}
}

func TestAnEmptyConversationPaneSaysWhatCanBeDone(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.sees("Select a contact and press enter to send an IM.", "Find someone", "See who added you", "Whom you hear of, in Options ▸ Alerts", "Every key")
		x.click("Add a Contact, in your organization or not")
		x.sees("Add a Contact Not in My Organization")
	})
	inWindow(t, 100, 20, world, func(x *face) {
		x.sees("Select a contact and press enter to send an IM.")
	})
}

func TestOneConversationNeedsNoTabs(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("enter")
		if n := strings.Count(x.text(), "Bob"); n != 2 { // in the head and in the editor
			t.Errorf("Bob is named %d times:\n%s", n, x.text())
		}
		x.happens(arrives(dana, "1", "Psst", 1, time.Now()))
		x.sees("Bob ✕ │ Dana (1)")
	})
}

func TestTitleCountsWhatIsUnread(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.happens(arrives(dana, "1", "Do you have a minute?", 1, time.Now()))
		x.titled("(1) alice@contoso.com - golync")
	})
}

func TestWindowCanBeLeft(t *testing.T) {
	for _, key := range []string{"ctrl+q", "ctrl+c"} {
		inWindow(t, 80, 24, world, func(x *face) {
			x.press(key)
			if err := <-x.ended; err != nil {
				t.Errorf("%s: %v", key, err)
			}
		})
	}
}
