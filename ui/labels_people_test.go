package ui

import (
	"slices"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// Presence: section 6. Every state is seen by states_test.go too, with its colour.
func TestPresenceHasLyncsLabels(t *testing.T) {
	places := []labelled{
		{"6", "menu", nil, func(x *face) { x.press("p") }, []string{
			"Available", "Busy", "Do Not Disturb", "Be Right Back", "Off Work", "Appear Away", "Reset Status", "Sign Out", "Exit",
		}},
		{"6", "menu, signed out", signedOut, func(x *face) { x.press("esc", "p") }, []string{"Reset Status", "Sign In", "Exit"}},
		{"6", "note", nil, func(x *face) { x.press("n"); x.types("At my desk"); x.press("enter") }, []string{"At my desk"}},
		{"1", "location", nil, func(x *face) { x.press("l"); x.types("Near 30/2173"); x.press("enter") }, []string{"Near 30/2173 ▾"}},
		{"6", "blocked", worldThat(func(s *app.Saved) { s.Contacts[2].Relationship = contacts.BlockedContacts }), nil, []string{"Eve - Blocked"}},
	}
	for _, s := range states {
		event := sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchActive, Known: true, State: s.document}
		if s.is == contacts.PresenceUnknown {
			event = sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchEnded, Code: 503}
		}
		places = append(places, labelled{"6", s.label, nil, func(x *face) { x.happens(event) }, []string{"Dana - " + s.label}})
	}
	everyLabel(t, places)
}

// The menu of a contact and of a group, and the card: section 7.
func TestContactsHaveLyncsLabels(t *testing.T) {
	reach := []string{
		"Send an IM", "Call", "Start a Video Call", "Start Presenting", "Schedule a Meeting",
		"Send an Email Message", "Copy", "Find Previous Conversations",
	}
	listed := slices.Concat(reach, []string{
		"Copy Contact To", "Move Contact To", "Remove from Group", "Remove from Contacts List",
		"Tag for Status Change Alerts", "Change Privacy Relationship", "See Contact Card",
	})
	everyLabel(t, []labelled{
		{"7", "menu", nil, func(x *face) { x.rightClick("Eve") }, slices.Concat(listed, []string{"Add to Favorites"})},
		{"7", "menu of a favourite", nil, func(x *face) { x.rightClick("Bob") }, slices.Concat(listed, []string{"Remove from Favorites"})},
		{"7", "menu of somebody not in the list", welcoming, func(x *face) { wroteTo(x, gina) }, slices.Concat(reach, []string{
			"Add to Contacts List", "Tag for Status Change Alerts", "Change Privacy Relationship", "See Contact Card",
		})},
		{"7", "groups to copy to", nil, func(x *face) { x.rightClick("Eve"); x.click("Copy Contact To") }, []string{
			"Favorites", "Colleagues", "Other Contacts", "Create a New Group",
		}},
		{"7", "menu of several", nil, func(x *face) { x.ctrlClick("Eve"); x.ctrlClick("Fred"); x.rightClick("Fred") }, []string{
			"Send an IM", "Copy Contacts To", "Move Contacts To", "Remove from Group", "Remove from Contacts List", "Change Privacy Relationship",
		}},
		{"7", "menu of a group", nil, func(x *face) { x.rightClick("Colleagues") }, []string{
			"Rename Group", "Delete Group", "Move Group Up", "Move Group Down", "Create a New Group",
		}},
		{"7", "card", nil, func(x *face) {
			x.happens(sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchActive, Known: true, State: pidf.State{
				Open: true, Activity: pidf.ActivityMeeting, Location: text.From("Building 30"), Note: text.From("Review"), Since: time.Now(), Mobile: true,
			}})
			x.rightClick("Dana")
			x.click("See Contact Card")
		}, []string{
			"Contact Card", "Dana", "In a meeting - Mobile", "IM Address", "dana@contoso.com", "Network", "My Organization", "Device", "Mobile",
			"Location", "Building 30", "Note", "Review", "Relationship", "Colleagues", "Groups", "Favorites", "Between us",
			"You see Dana. Dana does not watch you, or has not added you yet.", "Send an IM", "Call", "More options", "Close",
		}},
		{"7", "card of a Skype contact", nil, func(x *face) { x.rightClick("Bob"); x.click("See Contact Card") }, []string{
			"Microsoft account", "bob@contoso.com", "bob(contoso.com)@msn.com", "Skype (External Network)", "External Contacts",
		}},
	})
}
