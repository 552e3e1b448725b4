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
