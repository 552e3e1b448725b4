package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// inGroups says in which groups a person was saved last.
func inGroups(x *face, want ...contacts.GroupID) {
	x.t.Helper()
	saves := did[app.SaveContact](x)
	if len(saves) == 0 || !slices.Equal(saves[len(saves)-1].Contact.Groups, want) {
		x.t.Errorf("saved %v, want groups %v", saves, want)
	}
}

// The items and their order are Lync's (facts/lync-2013-client.md section 7).
func TestTheContactMenuIsLyncsAtEverySize(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.rightClick("Eve")
			x.inOrder("Send an IM", "Call", "Start a Video Call", "Start Presenting", "Schedule a Meeting", "Send an Email Message", "Copy",
				"Find Previous Conversations", "Add to Favorites", "Copy Contact To", "Move Contact To", "Remove from Group",
				"Remove from Contacts List", "Tag for Status Change Alerts", "Change Privacy Relationship")
			if x.has("more") != (size.height == 20) {
				t.Errorf("%v:\n%s", size, x.text())
			}
			x.press("end")
			x.selected("See Contact Card")
			x.inOrder("Change Privacy Relationship", "See Contact Card")
			x.press("home", "up")
			x.selected("See Contact Card")
			x.press("s", "s")
			x.selected("Start a Video Call")
			x.press("enter") // does nothing but say why
			x.sees("There are no pictures in this window.")
			x.press("esc")
			x.seesNot("Send an IM")
		})
	}
}

// Every item acts, opens a menu or says why not.
func TestNoItemOfAMenuIsDead(t *testing.T) {
	for name, s := range map[string]func() *app.State{"signed in": world, "signed out": signedOut} {
		m := modelOf(s(), 80, 24)
		menus := map[string]func(){
			"contact":  func() { openContactMenu(m, eve, colleagues, rect{}) },
			"Skype":    func() { openContactMenu(m, bob, contacts.Favorites, rect{}) },
			"stranger": func() { openContactMenu(m, gina, 0, rect{}) },
			"group":    func() { openGroupMenu(m, colleagues, rect{}) },
			"built-in": func() { openGroupMenu(m, contacts.Favorites, rect{}) },
			"add":      func() { openAddMenu(m, rect{}) },
			"presence": func() { openPresenceMenu(m, rect{}) },
		}
		for which, open := range menus {
			open()
			items := m.dialogs.top().(*menu).items
			for i := 0; i < len(items); i++ {
				item := items[i]
				items = append(items, item.sub...)
				if ways := []bool{item.line, item.act != nil, item.sub != nil, item.why != ""}; len(slices.DeleteFunc(ways, func(b bool) bool { return !b })) != 1 {
					t.Errorf("%s: %q in the menu of %s is dead or two things at once", name, item.label, which)
				}
			}
			m.close(m.dialogs.top())
		}
	}
}

func TestAnAddressIsCopied(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.rightClick("Bob")
		x.press("c", "c")
		x.sees("Copies bob(contoso.com)@msn.com.")
		x.press("enter")
		x.sees("bob(contoso.com)@msn.com copied.")
	})
}

func TestAContactIsTagged(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		for _, on := range []bool{true, false} {
			x.rightClick("Eve")
			x.press("t")
			x.sees("Tells you when Eve becomes Available or")
			x.press("enter")
			if saves := did[app.SaveContact](x); len(saves) != 1 || saves[0].Contact.Tagged != on {
				t.Errorf("saved %v", saves)
			}
		}
	})
}

func TestAMenuSaysThatAMessageWaitsWhileSignedOut(t *testing.T) {
	m := modelOf(signedOut(), 80, 24)
	if items := reachItems(m, eve); items[0].act == nil || !strings.Contains(string(items[0].hint), "not signed in") {
		t.Errorf("Send an IM says %q", items[0].hint)
	}
}

// What has no room is scrolled to, and the menu never leaves the screen.
func TestALongMenuScrolls(t *testing.T) {
	many := worldThat(func(s *app.Saved) {
		for i := range 60 {
			s.Groups = append(s.Groups, contacts.Group{ID: colleagues + 1 + contacts.GroupID(i), Name: text.From(fmt.Sprintf("Group %02d", i))})
		}
	})
	inWindow(t, 60, 20, many, func(x *face) {
		x.press("m")
		x.click("Copy Contact To")
		x.sees("Group 03", "Bob is in Favorites already.")
		x.press("end")
		x.selected("Create a New Group")
		x.sees("Group 59")
		x.press("up")
		x.selected("Group 59")
		x.press("home")
		x.selected("Favorites")
		x.press("g", "g", "enter")
		x.seesNot("Group 59")
	})
}

func TestContactsGoToOtherGroupsByTheirMenu(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.rightClick("Eve")
		x.click("Add to Favorites")
		inGroups(x, colleagues, contacts.Favorites)
		x.rightClick("Eve")
		x.click("Remove from Favorites")
		inGroups(x, colleagues)
		x.rightClick("Eve")
		x.click("Move Contact To")
		x.press("down")
		x.sees("Eve is in Colleagues already.")
		x.press("down", "enter")
		inGroups(x, contacts.OtherContacts)
		x.rightClick("Eve")
		x.click("Remove from Group")
		x.sees("In no other group. To take the person")
		x.press("up") // nothing to explain, so no place is kept for it
		if _, y := x.find("See Contact Card"); !strings.Contains(x.lines()[y+1], "╰") {
			t.Errorf("the menu ends in empty rows:\n%s", x.text())
		}
		x.press("esc", "m")
		x.click("Copy Contact To")
		x.press("up", "enter")
		x.types("Friends")
		x.press("enter")
		inGroups(x, contacts.OtherContacts, contacts.FirstOwnGroup+1)
	})
}

func TestTheRelationshipIsChangedByTheMenu(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.rightClick("Eve")
		x.click("Change Privacy Relationship")
		x.sees("Friends and Family", "Workgroup", "✓ Colleagues", "External Contacts", "Blocked Contacts", "Auto-assign Relationship")
		x.click("Workgroup")
		if saves := did[app.SaveContact](x); len(saves) != 1 || saves[0].Contact.Relationship != contacts.Workgroup {
			t.Errorf("saved %v", saves)
		}
		x.sees("Eve: Workgroup.")
		x.rightClick("Eve")
		x.click("Change Privacy Relationship")
		x.click("Blocked Contacts")
		x.sees("Block Eve (eve@contoso.com)?")
		x.click("  Block  ")
		x.sees("Eve - Blocked")
	})
}

func TestRemovingAContactAsksFirst(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.rightClick("Bob")
		x.click("Remove from Contacts List")
		x.sees("Remove Bob (bob@contoso.com) from your contacts")
		x.press("enter")
		x.sees("Bob")
		x.press("delete", "left", "enter")
		x.seesNot("Bob")
		if gone := did[app.DeleteContact](x); len(gone) != 1 || gone[0].Address != bob {
			t.Errorf("deleted %v", gone)
		}
	})
}

func TestMenusAreWalkedByKeys(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("a", "c")
		x.selected("Create a New Group")
		x.press("down")
		x.selected("Display Options")
		x.press("down")
		x.selected("Add a Contact in My Organization")
		x.press("down", "right")
		x.selected("Lync")
		x.press("end")
		x.selected("Other")
		x.press("left")
		x.selected("Add a Contact Not in My Organization")
		x.seesNot("Skype")
		x.press("esc")
		x.seesNot("Create a New Group")
	})
}

func TestAClickBesideAMenuClosesIt(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.click("+ Add")
		x.sees("Create a New Group")
		x.click("Signed in")
		x.seesNot("Create a New Group")
	})
}

func TestThePresenceMenuOffersWhatLyncDoes(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.click("Available ▾")
		x.sees("● Available", "■ Busy", "⊘ Do Not Disturb", "◔ Be Right Back", "◔ Off Work", "◔ Appear Away", "Reset Status", "Sign Out", "Exit")
		x.click("Do Not Disturb")
		x.sees("⊘ Do Not Disturb ▾")
		if p := did[app.PublishPresence](x); len(p) != 1 {
			t.Errorf("published %v", p)
		}
		x.press("p", "r", "enter")
		x.sees("● Available ▾")
		x.press("p", "s", "enter")
		if did[app.SignOut](x) == nil {
			t.Error("did not sign out")
		}
		x.happens(sipclient.SignedOut{})
		x.press("esc", "p", "s")
		x.sees("Sign In")
	})
}

func TestTheCardTellsEverythingKnown(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(is(bob, pidf.ActivityBusy, "Thanks to all!", time.Now().Add(-time.Hour)))
		x.press("c")
		x.sees("Contact Card", "■ Busy - External Network · since", "bob(contoso.com)@msn.com", "Microsoft account  bob@contoso.com",
			"Skype (External Network)", "Thanks to all!", "External Contacts", "Favorites", "You see Bob.", "Bob does not watch you")
		x.happens(sipclient.PresenceChanged{URI: string(bob), Watch: sipclient.WatchPending})
		x.sees("You wait for Bob to accept.")
		x.seesNot("Busy")
		x.press("enter")
		x.sees("Write to Bob")
	})
}

func TestTheCardOfSomebodyWhoAsksLeadsToNew(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri")), arrives(cheri, "1", "Hi", 1, time.Now()))
		x.press("ctrl+t")
		if x.state.Conversation(cheri) == nil {
			x.state.Open(time.Now(), cheri)
		}
		x.press("ctrl+t", "ctrl+o")
		x.sees("Cheri waits for you to accept: see New.")
		x.click("Add to Contacts List")
		x.sees("Cheri added you to his or her contacts list.")
	})
}

// The last row says what to press, so a menu leaves it free where it can.
func TestAMenuLeavesTheHintsInSight(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.rightClick("Eve")
		x.press("end", "home", "down", "down", "down", "down", "down", "down")
		x.sees("Copies eve@contoso.com.", "enter choose · esc close")
	})
}

// Where quiet letters look like all the others, something else says what cannot be chosen.
func TestWhatCannotBeChosenIsSeenWithoutColours(t *testing.T) {
	for theme, marked := range map[option.Theme]bool{option.ThemeDark: false, option.ThemeHighContrast: true, option.ThemePlain: true} {
		inWindow(t, 80, 24, worldOf(func(o *option.Set) { o.General.Theme = theme }), func(x *face) {
			x.rightClick("Eve")
			if x.sees("Send an IM"); x.has("(Start a Video Call)") != marked || x.has("(Send an IM)") {
				t.Errorf("theme %v:\n%s", theme, x.text())
			}
		})
	}
}
