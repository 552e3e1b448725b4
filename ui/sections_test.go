package ui

import (
	"slices"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
)

// worldThat is the world of a disk that held something else too.
func worldThat(change func(*app.Saved)) func() *app.State {
	return func() *app.State {
		is := saved(alerts.Options{TellMe: true, Outside: alerts.AllowInvites})
		change(&is)
		s := app.New(is, contacts.Providers{})
		s.Start(time.Now())
		s.SignIn(time.Now(), "")
		s.Take(time.Now(), events(signedIn))
		return s
	}
}

func TestHeadingsOfStatusAndRelationshipsStayFolded(t *testing.T) {
	var kept []app.SaveFolded
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("2", "home", "down", "space") // Away
		x.sees("▸ Away (0)")
		x.press("3", "home", "end", "space") // Blocked Contacts
		x.sees("▸ Blocked Contacts (0/0)")
		kept = did[app.SaveFolded](x)
	})
	want := []app.SaveFolded{{Heading: "status/Away", Folded: true}, {Heading: "relationship/Blocked Contacts", Folded: true}}
	if !slices.Equal(kept, want) {
		t.Fatalf("kept %v, want %v", kept, want)
	}
	folded := map[string]bool{kept[0].Heading: true, kept[1].Heading: true}
	inWindow(t, 80, 24, worldThat(func(s *app.Saved) { s.Folded = folded }), func(x *face) {
		x.press("2")
		x.sees("▾ Available", "▸ Away (0)", "▾ Unknown (4)")
		x.press("3")
		x.sees("▾ Colleagues", "▸ Blocked Contacts (0/0)")
		x.press("2", "home", "down", "space")
		x.sees("▾ Away (0)")
	})
}

// Somebody blocked from New is no contact, and can only be let in again where they can be seen.
func TestBlockedStrangersStandInRelationships(t *testing.T) {
	blocked := worldThat(func(s *app.Saved) {
		s.Relationships = map[contacts.Address]contacts.Relationship{gina: contacts.BlockedContacts, cheri: contacts.Colleagues}
	})
	inWindow(t, 100, 30, blocked, func(x *face) {
		x.press("3")
		x.sees("▾ Blocked Contacts (0/1)", "? gina@fabrikam.com - Blocked", "▾ Colleagues (0/4)")
		x.sees("? cheri@outlook.com", "Not in your contacts list")
		x.rightClick("gina@fabrikam.com")
		x.click("Change Privacy Relationship")
		x.click("Colleagues")
		x.sees("▾ Blocked Contacts (0/0)", "▾ Colleagues (0/5)")
		if kept := did[app.SaveRelationship](x); len(kept) != 1 || kept[0].Address != gina || kept[0].Relationship != contacts.Colleagues {
			t.Errorf("kept %v", kept)
		}
		x.rightClick("gina@fabrikam.com")
		x.click("Change Privacy Relationship")
		x.click("Auto-assign Relationship")
		x.sees("▾ Colleagues (0/4)")
		x.sees("gina@fabrikam.com: Nothing is decided then")
		x.press("1")
		x.seesNot("? gina")
	})
}
