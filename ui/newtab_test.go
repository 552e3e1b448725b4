package ui

import (
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

func TestNewShowsWhoAskedWithAddressKindAndTime(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(pending(gina, "Gina Torres"), pending("sip:hal@contoso.com", "Hal"), pending(cheri, "")))
		x.sees("NEW (3)")
		x.press("left")
		x.sees("Gina Torres", "gina@fabrikam.com", "External · just now", "My Organization · just now", "Skype · just now")
		x.passes(3 * time.Minute)
		x.sees("External · 2 mins ago")
	})
}

func TestNewShowsTheMicrosoftAccountOfASkypeUser(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(pending("sip:kim(tailspin.com)@msn.com", "Kim")))
		x.press("4")
		x.sees("Kim", "kim@tailspin.com", "Skype")
		x.seesNot("kim(tailspin.com)@msn.com")
	})
}

func TestAcceptFromNewAddsTheContact(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(pending(gina, "Gina Torres")))
		x.press("4")
		x.selected("Gina Torres")
		x.press("enter")
		x.sees("Add to contact group", "Set privacy relationship")
		x.click(" OK ")
		x.sees("NEW  ", "Nobody is waiting for your answer.")
		if saves := did[app.SaveContact](x); len(saves) == 0 || saves[0].Contact.Address != gina {
			t.Errorf("saved %v", saves)
		}
		x.press("1")
		x.sees("Gina Torres")
	})
}

func TestBlockAndDismissAskFirstAndTakeTheRowAway(t *testing.T) {
	for key, button := range map[string]string{"b": " Block      Cancel", "d": " Dismiss      Cancel"} {
		inWindow(t, 100, 30, world, func(x *face) {
			x.happens(asks(pending(gina, "Gina Torres"), pending(cheri, "Cheri Serrano")))
			x.press("4", "home")
			x.press(key)
			x.sees("Cancel")
			x.press("esc")
			x.sees("NEW (2)")
			x.press(key)
			x.click(button)
			x.sees("NEW (1)")
		})
	}
}

func TestNewSaysWhatAlertsHoldBackAndLeadsThere(t *testing.T) {
	for _, tc := range []struct {
		name    string
		options alerts.Options
		asking  bool
		says    []string
	}{
		{"blocked, nobody yet", alerts.Default(), false, []string{
			"Nobody is waiting for your answer.", "Requests of people who do not use Lync do", "Options ▸ Alerts blocks",
		}},
		{"blocked", alerts.Default(), true, []string{"1 request does not show up here: Options ▸"}},
		{"not told", alerts.Options{Outside: alerts.AllowAnyone}, true, []string{"1 request does not show up here", "not checked"}},
	} {
		inWindow(t, 120, 30, func() *app.State { return worldWith(tc.options) }, func(x *face) {
			if tc.asking {
				x.happens(asks(pending(cheri, "Cheri Serrano")))
			}
			x.press("4")
			x.sees(tc.says...)
			x.seesNot("cheri@outlook.com")
			x.press("enter")
			x.sees("General alerts", "Contacts not using Lync")
			x.press("esc")
			x.click("show up here")
			x.sees("General alerts")
		})
	}
}

func TestNewShowsTheRequestOnceTheOptionAllowsIt(t *testing.T) {
	inWindow(t, 100, 40, func() *app.State { return worldWith(alerts.Default()) }, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri Serrano")))
		x.press("4", "enter")
		x.click("Allow invites but block all other communications")
		x.click(" OK ")
		x.sees("NEW (1)", "Cheri Serrano", "cheri@outlook.com")
		x.seesNot("not show up")
	})
}

func TestHeldBackIsSilentWhenNothingIs(t *testing.T) {
	for _, o := range []alerts.Options{{TellMe: true, Outside: alerts.AllowInvites}, {TellMe: true, Outside: alerts.AllowAnyone}} {
		if got := heldBack(o, 0); got != "" {
			t.Errorf("%+v: %q", o, got)
		}
	}
}

func TestTheSamePersonStaysSelectedWhenOthersAsk(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(pending(gina, "Gina Torres")))
		x.press("4")
		x.selected("Gina Torres")
		x.passes(time.Minute)
		x.happens(asks(pending(gina, "Gina Torres"), pending(cheri, "Cheri Serrano"), pending(contacts.Address("sip:zoe@fabrikam.com"), "Zoe")))
		x.selected("Gina Torres")
	})
}

// Where the server passes on no name the address is all there is to decide by.
func TestAnAddressWithoutANameIsWhole(t *testing.T) {
	const asker = contacts.Address("sip:gianfrancesca@fabrikam.com")
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(asks(pending(asker, "")))
		x.press("4")
		x.passes(time.Hour) // the announcement is gone
		x.sees(asker.IM(), "No name was given.", "External · ")
	})
}

func TestADoubleClickOnARequestAccepts(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(asks(pending(gina, "Gina Torres"), pending(cheri, "")))
		x.press("4")
		x.sees("No name was given.")
		x.click("Gina Torres")
		x.selected("Gina Torres")
		x.seesNot("Set privacy relationship")
		x.passes(doubleClick)
		x.doubleClick("Gina Torres")
		x.sees("Set privacy relationship")
	})
}

func TestAnIntroductionHasTwoRows(t *testing.T) {
	for said, want := range map[string][2]string{
		"Hi Alice": {"Hi Alice", ""},
		"Hello Alice, this is Gina of Fabrikam. Shall we talk about the hinges?": {"Hello Alice, this is Gina of Fabrikam. Shall we talk", "about the hinges?"},
		strings.Repeat("Shall we talk? ", 30):                                    {"Shall we talk? Shall we talk? Shall we talk? Shall we", "talk? Shall we talk? Shall we talk? Shall we talk? Sh…"},
	} {
		inWindow(t, 140, 45, world, func(x *face) {
			request := pending(gina, "Gina Rossi")
			request.Introduction = text.From(said)
			x.happens(asks(request))
			x.press("4")
			_, y := x.find("gina@fabrikam.com ")
			for i, words := range want {
				if got := strings.Trim(strings.Split(x.lines()[y+1+i], "│")[0], "▌ "); got != words {
					t.Errorf("row %d says %q, want %q", i, got, words)
				}
			}
		})
	}
}

// Whoever right-clicks a request finds there what can be decided on it.
func TestTheMenuOfARequestDecides(t *testing.T) {
	for item, want := range map[string]string{"Accept": "Set privacy relationship", "Block": "Block Gina", "Dismiss": "Dismiss the request of Gina"} {
		inWindow(t, 120, 40, world, func(x *face) {
			x.happens(asks(pending(gina, "Gina Torres")))
			x.press("4")
			x.rightClick("Gina")
			x.click(item)
			x.sees(want)
		})
	}
}
