package ui

import (
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
)

// tailspinWorld is Alice's account with another network in Skype's place.
func tailspinWorld() *app.State {
	s := app.New(saved(alerts.Options{TellMe: true, Outside: alerts.AllowInvites}), contacts.Providers{Skype: contacts.PublicProvider{
		Name: "Tailspin", Glyph: "✈", DecorationDomain: "chat.tailspin.com", Domains: []string{"tailspin.com"},
	}})
	s.Start(time.Now())
	s.SignIn(time.Now(), "")
	s.Take(time.Now(), events(signedIn))
	return s
}

// Providers are configuration: the menu, the wizard, New, Find and the card call another network by its name.
func TestAnotherProviderStandsInSkypesPlace(t *testing.T) {
	inWindow(t, 100, 30, tailspinWorld, func(x *face) {
		x.press("a")
		x.click("Add a Contact Not in My Organization")
		x.sees("✈ Tailspin")
		x.seesNot("Skype")
		x.click("Tailspin")
		x.sees("Add Tailspin Contact")
		x.types("kim@contoso.com")
		x.sees("Will be added as kim(contoso.com)@chat.tailspin.com")
		x.press("esc", "esc")
		x.happens(asks(pending("sip:joe@tailspin.com", "Joe")))
		x.press("4")
		x.sees("Joe", "Tailspin")
		x.press("enter")
		x.sees("joe@tailspin.com · Tailspin")
		x.press("esc", "/")
		x.types("kim@contoso.com")
		x.sees("Add as a Tailspin contact")
		x.press("esc", "esc")
		x.opensPage("Alerts")
		for _, choice := range []string{"Allow anyone", "Allow invites but", "Block all"} {
			x.click(choice)
			x.sees("Tailspin users who")
		}
	})
}

// What no public contact can do is there, disabled, with the reason.
func TestWhatAPublicContactCannotDoHasItsReason(t *testing.T) {
	m := newModel(t.Context(), Deps{State: world(), Do: func([]app.Effect) {}, Now: time.Now})
	for _, who := range []contacts.Address{bob, cheri} {
		reasons := map[string]string{}
		for _, item := range contactItems(m, who, contacts.Favorites) {
			if item.act == nil && item.why != "" {
				reasons[string(item.label)] = string(item.why)
			}
		}
		if reasons["Send a File"] != "Skype contacts take no files from Lync, and send none to it." ||
			reasons["Invite More People"] != "Conversations with Skype contacts are one to one." {
			t.Errorf("%s: %q", who, reasons)
		}
	}
	for _, item := range contactItems(m, dana, contacts.Favorites) {
		if item.label == "Send a File" {
			t.Error("Dana's menu has what golync has for nobody")
		}
	}
}

// Whoever has added the user and is no contact says so wherever that person stands.
func TestAStrangerWhoHasAskedIsWaitingForTheUser(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri")))
		if _, words := x.model.standing(&contacts.Contact{Address: cheri}); words != "Cheri has added you: accept in New" {
			t.Errorf("stands as %q", words)
		}
	})
}
