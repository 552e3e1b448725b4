package app

import (
	"testing"

	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
)

func TestWhoIsDecidedUponWithoutBeingAContactCanBeRead(t *testing.T) {
	w := online(t, Saved{
		Contacts:      []contacts.Contact{known(dana, contacts.Colleagues)},
		Relationships: map[contacts.Address]contacts.Relationship{gina: contacts.BlockedContacts},
		Requests:      []contacts.Request{{Address: fred, Name: text.From("Fred")}},
	})
	before := w.PeopleVersion()
	w.do(w.Block(w.now, fred))
	if got := w.Strangers(); len(got) != 2 || got[0].Address != fred || got[1].Address != gina ||
		got[1].Relationship != contacts.BlockedContacts || len(got[0].Groups) != 0 || w.PeopleVersion() == before {
		t.Errorf("got %+v", got)
	}
	before = w.PeopleVersion()
	w.do(w.SetRelationship(w.now, gina, contacts.Colleagues))
	if got := w.Strangers(); len(got) != 2 || got[1].Relationship != contacts.Colleagues || w.PeopleVersion() == before {
		t.Errorf("after another decision: %+v", got)
	}
	w.do(w.SetRelationship(w.now, fred, contacts.NoRelationship))
	if _, _, err := w.AddContact(w.now, Draft{Provider: contacts.ProviderLync, IM: "gina@fabrikam.com"}); err != nil {
		t.Fatal(err)
	}
	if got := w.Strangers(); len(got) != 0 {
		t.Errorf("nobody is left, but %+v", got)
	}
}

func TestTheListIsShownAsTheOptionsSay(t *testing.T) {
	chosen := option.Default()
	chosen.List.Favorites = false
	w := open(t, Saved{Options: chosen})
	if got := w.Contacts().Shown(); len(got) != 1 || got[0].ID != contacts.OtherContacts {
		t.Errorf("shown are %v", got)
	}
	chosen.List = option.ContactsList{ByAvailability: true, Address: true, Favorites: true}
	before := w.PeopleVersion()
	w.do(w.SetOptions(w.now, chosen))
	if got := w.Contacts().Shown(); len(got) != 2 || w.PeopleVersion() == before {
		t.Errorf("after a change of the options %v are shown", got)
	}
	if got := displayOf(chosen.List); got != (contacts.Display{ByAvailability: true, ByAddress: true}) {
		t.Errorf("the list is shown as %+v", got)
	}
}
