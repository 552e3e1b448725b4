package ui

import (
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/winfo"
)

// colleagues is the group that Alice made herself.
const colleagues = contacts.FirstOwnGroup

// world is Alice's account: Bob and Dana among her Favorites, Eve and Fred in Colleagues, and signed in.
func world() *app.State { return worldWith(alerts.Options{TellMe: true, Outside: alerts.AllowInvites}) }

// worldWith is the same with other Alerts options.
func worldWith(o alerts.Options) *app.State {
	s := app.New(saved(o), contacts.Providers{})
	s.Start(time.Now())
	s.SignIn(time.Now(), "")
	s.Take(time.Now(), events(signedIn))
	return s
}

// worldOf is world with options changed.
func worldOf(change func(*option.Set)) func() *app.State {
	return func() *app.State {
		s, o := world(), option.Default()
		change(&o)
		s.SetOptions(time.Now(), o)
		return s
	}
}

// signedOut is Alice's account without a server.
func signedOut() *app.State {
	s := app.New(saved(alerts.Default()), contacts.Providers{})
	s.Start(time.Now())
	return s
}

var signedIn = sipclient.SignedIn{
	Server: "192.0.2.1:5061", Transport: "TLS",
	Services: sipclient.Services{Presence: true, WatcherInfo: true, Rules: true},
}

func saved(o alerts.Options) app.Saved {
	person := func(a contacts.Address, name string, p contacts.Provider, r contacts.Relationship, g ...contacts.GroupID) contacts.Contact {
		return contacts.Contact{Address: a, Name: text.From(name), Provider: p, Relationship: r, Groups: g}
	}
	return app.Saved{
		Me:     app.Me{Address: alice, Name: text.From("Alice"), Availability: contacts.Available},
		Alerts: o,
		Groups: []contacts.Group{
			{ID: contacts.Favorites, Name: text.From("Favorites")},
			{ID: colleagues, Name: text.From("Colleagues")},
			{ID: contacts.OtherContacts, Name: text.From("Other Contacts")},
		},
		Contacts: []contacts.Contact{
			person(bob, "Bob", contacts.ProviderSkype, contacts.ExternalContacts, contacts.Favorites),
			person(dana, "Dana", contacts.ProviderLync, contacts.Colleagues, contacts.Favorites),
			person(eve, "Eve", contacts.ProviderLync, contacts.Colleagues, colleagues),
			person(fred, "Fred", contacts.ProviderLync, contacts.Colleagues, colleagues),
		},
	}
}

func events(all ...sipclient.Event) []app.Input {
	in := make([]app.Input, len(all))
	for i, e := range all {
		in[i].Event = e
	}
	return in
}

// is says that a person is in a state, with a note.
func is(a contacts.Address, activity pidf.Activity, note string, since time.Time) sipclient.Event {
	return sipclient.PresenceChanged{
		URI: string(a), Watch: sipclient.WatchActive, Known: true,
		State: pidf.State{Open: true, Activity: activity, Note: text.From(note), Since: since},
	}
}

// asks says that people have added me.
func asks(people ...winfo.Watcher) sipclient.Event {
	return sipclient.WatchersChanged{Full: true, Watchers: people}
}

// pending is somebody who has added me and waits.
func pending(a contacts.Address, name string) winfo.Watcher {
	return winfo.Watcher{URI: string(a), Name: text.From(name), Status: winfo.Pending, ID: string(a)}
}

// arrives is a message that came in.
func arrives(a contacts.Address, id, body string, seq int64, at time.Time) sipclient.Event {
	return sipclient.MessageReceived{Message: sipclient.Message{ID: id, Seq: seq, Peer: string(a), Body: text.From(body), At: at}}
}
