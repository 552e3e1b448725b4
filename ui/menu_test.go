package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
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

func TestTheContactMenuHasWhatWorks(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.rightClick("Eve")
		x.sees("Send an IM", "Add to Favorites", "Copy Contact To", "Move Contact To", "Remove from Group",
			"Remove from Contacts List", "Change Privacy Relationship", "See Contact Card")
		x.seesNot("Call", "Video")
		x.press("esc")
		x.seesNot("Send an IM")
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
		x.press("down", "c")
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
