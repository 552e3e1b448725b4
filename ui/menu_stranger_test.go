package ui

import (
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
)

// welcoming is Alice's account when anybody may write to her.
func welcoming() *app.State {
	return worldWith(alerts.Options{TellMe: true, Outside: alerts.AllowAnyone})
}

// wroteTo lets somebody who is not in the list write, and opens the menu of that conversation.
func wroteTo(x *face, a contacts.Address) {
	x.t.Helper()
	x.happens(arrives(a, "1", "Hello Alice", 1, time.Now()))
	x.press("ctrl+t")
	x.sees("Hello Alice")
	x.click("⋯")
	x.sees("Add to Contacts List")
}

func TestTheMenuOfSomebodyNotInTheListOffersWhatIsPossible(t *testing.T) {
	inWindow(t, 100, 30, welcoming, func(x *face) {
		wroteTo(x, gina)
		x.sees("Send an IM", "Change Privacy Relationship", "See Contact Card")
		x.seesNot("Remove from Group", "Copy Contact To", "Add to Favorites", "Remove from Contacts List")
		x.click("Send an IM")
		x.types("Good morning")
		x.press("enter")
		if sent := did[app.SendMessage](x); len(sent) != 1 || sent[0].Message.Peer != string(gina) {
			t.Errorf("sent %v", sent)
		}
	})
}

// Whoever is added from a conversation gets the wizard of the network the address belongs to.
func TestAddingAStrangerOpensTheWizardOfTheirNetwork(t *testing.T) {
	for _, c := range []struct {
		who             contacts.Address
		title, proposes string
	}{
		{gina, "Add Lync Contact", "External Contacts"},
		{cheri, "Add Skype Contact", "External Contacts"},
		{"sip:harry@contoso.com", "Add a Contact in My Organization", "Colleagues"},
		{"sip:kim(tailspin.com)@msn.com", "Add Skype Contact", "External Contacts"},
	} {
		inWindow(t, 100, 30, welcoming, func(x *face) {
			wroteTo(x, c.who)
			x.click("See Contact Card")
			x.click("Add to Contacts List")
			x.sees(c.title, "Will be added as "+c.who.IM(), c.proposes)
			x.press("enter")
			if saves := did[app.SaveContact](x); len(saves) != 1 || saves[0].Contact.Address != c.who {
				t.Errorf("saved %v, want %s", saves, c.who)
			}
		})
	}
}

// Somebody who has asked is accepted, not added: the dialog is the one of New.
func TestAddingAStrangerWhoHasAskedAcceptsTheRequest(t *testing.T) {
	inWindow(t, 100, 30, welcoming, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri")))
		wroteTo(x, cheri)
		x.click("See Contact Card")
		x.click("Add to Contacts List")
		x.sees("Cheri added you to his or her contacts list.")
		x.click("  OK  ")
		added(x, cheri, contacts.Favorites, contacts.ExternalContacts)
		x.sees("Cheri is now in your contacts list.")
		if len(x.state.Requests()) != 0 {
			t.Errorf("the request still stands in New: %v", x.state.Requests())
		}
	})
}

// Add to Contacts List asks for the group and for nothing more, as in Lync.
func TestAStrangerIsAddedToAGroupByTheMenu(t *testing.T) {
	for _, c := range []struct {
		who      contacts.Address
		provider contacts.Provider
		is       contacts.Relationship
	}{
		{gina, contacts.ProviderLync, contacts.ExternalContacts},
		{"sip:harry@contoso.com", contacts.ProviderLync, contacts.Colleagues},
		{"sip:kim(tailspin.com)@msn.com", contacts.ProviderSkype, contacts.ExternalContacts},
	} {
		inWindow(t, 100, 30, welcoming, func(x *face) {
			wroteTo(x, c.who)
			x.click("Add to Contacts List")
			x.sees("Favorites", "Other Contacts", "Create a New Group")
			x.press("down", "enter")
			saves := did[app.SaveContact](x)
			if len(saves) != 1 || saves[0].Contact.Address != c.who || saves[0].Contact.Provider != c.provider ||
				saves[0].Contact.Relationship != c.is || saves[0].Contact.Groups[0] != colleagues {
				t.Errorf("saved %v, want %s", saves, c.who)
			}
			x.sees("was added and has to accept.")
		})
	}
	inWindow(t, 100, 30, welcoming, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri")))
		wroteTo(x, cheri)
		x.click("Add to Contacts List")
		x.press("enter")
		added(x, cheri, contacts.Favorites, contacts.ExternalContacts)
	})
}

func TestTheMenuOfAStrangerSaysWhatCannotBeDone(t *testing.T) {
	inWindow(t, 100, 30, welcoming, func(x *face) {
		wroteTo(x, gina)
		x.press("t")
		x.sees("Only the status of contacts is known")
		x.click("Change Privacy Relationship")
		x.press("end")
		x.sees("Nothing is decided on this person")
		x.click("Blocked Contacts")
		x.press("left", "enter")
		x.click("⋯")
		x.press("a")
		x.sees("You have blocked this person. Choose")
		x.press("enter") // does nothing
		x.sees("You have blocked this person. Choose")
		x.press("home")
		x.sees("You have blocked this person: an answer")
	})
}

func TestAStrangersRelationshipIsKeptWithoutAContact(t *testing.T) {
	inWindow(t, 100, 30, welcoming, func(x *face) {
		wroteTo(x, gina)
		x.click("Change Privacy Relationship")
		x.click("Blocked Contacts")
		x.sees("Block gina@fabrikam.com?")
		x.press("left", "enter")
		if kept := did[app.SaveRelationship](x); len(kept) != 1 || kept[0].Address != gina || kept[0].Relationship != contacts.BlockedContacts {
			t.Errorf("kept %v", kept)
		}
		if saves := did[app.SaveContact](x); saves != nil {
			t.Errorf("blocking made a contact of her: %v", saves)
		}
	})
}

func TestTheQuestionBeforeBlockingStandsOnCancel(t *testing.T) {
	inWindow(t, 100, 30, welcoming, func(x *face) {
		wroteTo(x, gina)
		x.click("Change Privacy Relationship")
		x.click("Blocked Contacts")
		x.press("enter")
		x.seesNot("Block gina@fabrikam.com?")
		if kept := did[app.SaveRelationship](x); kept != nil {
			t.Errorf("an enter too much blocked: %v", kept)
		}
	})
}
