package session

import (
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/store"
	"golync/internal/text"
	"golync/sipclient"
)

// savedOf makes what app knows at the start from what the disk knew. The address is the account's; the
// name is the account's, else the one that was kept last.
func savedOf(snap store.Snapshot, account sipclient.Account) app.Saved {
	me := app.Me{
		Address: contacts.Address(account.URI), Name: snap.Me.Name,
		Availability: snap.Me.Availability, Note: snap.Me.Note, Location: snap.Me.Location,
	}
	if account.Name != "" {
		me.Name = text.From(account.Name)
	}
	return app.Saved{
		Me: me, Contacts: snap.Contacts, Groups: snap.Groups, Requests: snap.Requests, Relationships: snap.Relationships,
		Alerts: snap.Alerts, Options: snap.Options, Folded: snap.Folded, Open: snap.Open, Front: snap.Front, Unread: snap.Unread, Outbox: snap.Outbox, Owing: snap.Owing, Drafts: snap.Drafts,
	}
}

func meOf(m app.Me) store.Me {
	return store.Me{Name: m.Name, Availability: m.Availability, Note: m.Note, Location: m.Location}
}
