package ui

import (
	"testing"
	"testing/synctest"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// inSkype opens the Skype window of a state and lets do act in front of it.
func inSkype(t *testing.T, width, height int, s func() *app.State, do func(x *face)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		x := open(t, width, height, s(), Options{Face: FaceSkype})
		defer x.close()
		do(x)
	})
}

// bobsWorld is Bob's account, signed in with the Microsoft account bob@contoso.com: Alice and Dana, who use Lync,
// and Cheri, who uses Skype, are his contacts.
func bobsWorld() *app.State {
	s := app.New(bobsAccount(bob, map[contacts.Address]string{alice: "Alice", dana: "Dana", cheri: "Cheri"}), contacts.Providers{})
	s.Start(time.Now())
	s.SignIn(time.Now(), "")
	s.Take(time.Now(), events(signedIn))
	return s
}

// bobAlone is the same without a contact.
func bobAlone() *app.State {
	s := app.New(bobsAccount(bob, nil), contacts.Providers{})
	s.Start(time.Now())
	s.SignIn(time.Now(), "")
	s.Take(time.Now(), events(signedIn))
	return s
}

func bobsAccount(me contacts.Address, people map[contacts.Address]string) app.Saved {
	saved := app.Saved{
		Me:     app.Me{Address: me, Name: text.From("Bob"), Availability: contacts.Available},
		Groups: []contacts.Group{{ID: contacts.OtherContacts, Name: text.From("Other Contacts")}},
	}
	for a, name := range people {
		saved.Contacts = append(saved.Contacts, contacts.Contact{
			Address: a, Name: text.From(name), Provider: contacts.ProviderLync,
			Relationship: contacts.ExternalContacts, Groups: []contacts.GroupID{contacts.OtherContacts},
		})
	}
	return saved
}

// waits says that a person has not accepted yet.
func waits(a contacts.Address) sipclient.Event {
	return sipclient.PresenceChanged{URI: string(a), Watch: sipclient.WatchPending}
}
