package ui

import (
	"testing"
	"time"

	"golync/internal/app"
	"golync/sipclient/pidf"
)

func TestFindShowsWhoIsMeantAsItIsTyped(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("/")
		x.types("d")
		x.sees("Dana - Presence unknown", "Fred - Presence unknown")
		x.types("ana")
		x.sees("Dana - Presence unknown", "dana@contoso.com")
		x.seesNot("Fred", "Bob")
		x.press("enter")
		x.sees("Write to Dana")
		x.press("tab")
		x.selected("Dana")
	})
}

func TestFindOffersToAddAnyAddressInEveryForm(t *testing.T) {
	for _, tc := range []struct {
		typed string
		sees  []string
		not   string
	}{
		{"zoe@contoso.com", []string{"+ Add zoe@contoso.com · My Organization", "+ Send an IM to zoe@contoso.com", "+ Add as a Skype contact · zoe(contoso.com)@msn.com"}, "Nobody"},
		{"sip:zoe@fabrikam.com", []string{"+ Add zoe@fabrikam.com · External"}, "Nobody"},
		{"kim(fabrikam.com)@msn.com", []string{"+ Add kim@fabrikam.com · Skype", "+ Send an IM to kim@fabrikam.com"}, "Add as a Skype contact"},
		{"cheri@outlook.com", []string{"+ Add cheri@outlook.com · Skype"}, "Add as a Skype contact"},
		{"bob(contoso.com)@msn.com", []string{"? Bob - Presence unknown"}, "+ Add bob"},
		{"alice@contoso.com", []string{"This is your own address."}, "+ Add alice"},
		{"zoe@", []string{"What stands after the @ is not a domain name."}, "+ Add zoe"},
		{"zzz", []string{"Nobody of your contacts. Type a whole address"}, "+ Add zzz"},
		{"zoe@contoso.com", []string{"+ Call zoe@contoso.com"}, "· Call"},
		{"\"Zoe, of Contoso\" <sip:zoe@contoso.com;user=ip>;tag=1", []string{"+ Send an IM to zoe@contoso.com"}, "Nobody"},
		{"sips:zoe@[2001:DB8::1]:5061", []string{"+ Send an IM to zoe@[2001:db8::1]"}, "Add as a Skype contact"},
		{"sip:zo%65@contoso.com", []string{"+ Send an IM to zoe@contoso.com"}, "Nobody"},
		{"+49 (30) 123-456", []string{"+ Send an IM to +4930123456 · +4930123456@contoso.com", "+ Add +4930123456", "+ Call +4930123456"}, "Nobody"},
		{"tel:+49-30-123456;phone-context=x", []string{"+ Send an IM to +4930123456", "+ Call +4930123456"}, "Nobody"},
		{"tel:zoe", []string{"Behind tel: stands a phone number"}, "+ Send"},
		{"zoe@contoso.com, kim@contoso.com", []string{"Type one address at a time."}, "+ Send"},
		{"Zoe <zoe@contoso.com", []string{"The quotation marks or angle brackets around the address"}, "+ Send"},
		{"http://zoe@contoso.com", []string{"Only addresses that begin with sip: or sips:"}, "+ Send"},
		{"zo e@contoso.com", []string{"The name before the @ has a character"}, "+ Send"},
		{"müller@münchen.example", []string{"+ Add müller@münchen.example · External"}, "%C3"},
		{"dаna@contoso.com", []string{"+ Add d%D0%B0na@contoso.com"}, "Nobody"}, // Cyrillic а
	} {
		inWindow(t, 140, 30, world, func(x *face) {
			x.press("/")
			x.pastes(tc.typed)
			x.sees(tc.sees...)
			x.seesNot(tc.not)
		})
	}
}

// The address is what the user has to check, so it is never cut for want of a second line.
func TestWhatFindOffersStandsWholeAtEverySize(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.press("/")
			x.types("konstantina@fabrikam-europe.com")
			x.sees("+ Add as a Skype contact", "konstantina(fabrikam-europe.com)@msn.com")
			x.press("down", "down", "enter")
			x.sees("Add Skype Contact")
		})
	}
}

// Somebody without a name has the address for one; the second line then says more than the same again.
func TestFindSaysOfSomebodyWithoutANameWhatIsKnown(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("a", "down", "right", "down", "enter")
		x.types("cheri@outlook.com")
		x.press("enter", "/")
		x.types("cheri")
		x.sees("? cheri@outlook.com", "Waiting for cheri@outlook.com to accept")
	})
}

func TestFindShowsWhatMatched(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.happens(is(dana, pidf.ActivityBusy, "Lunch at noon", time.Now()), is(bob, pidf.ActivityBusy, "Lunch too", time.Now()))
		x.press("/")
		for typed, sees := range map[string][]string{
			"lunch":       {"■ Dana - Busy", "Lunch at noon", "Lunch too"},
			"dana":        {"■ Dana - Busy", "dana@contoso.com"},
			"bob@contoso": {"■ Bob - Busy - External Network", "bob@contoso.com"},
			"msn.com":     {"■ Bob - Busy - External Network", "bob(contoso.com)@msn.com"},
		} {
			x.press("ctrl+u")
			x.types(typed)
			x.sees(sees...)
		}
	})
}

// What cannot be done says so, and what was typed is still there.
func TestFindSaysWhyNobodyCanBeCalled(t *testing.T) {
	inWindow(t, 100, 30, signedOut, func(x *face) {
		x.press("esc", "/")
		x.types("030123456")
		x.click("Call 030123456")
		x.sees("You are not signed in, so nobody can be called.", "+ Add 030123456")
		x.press("down", "down", "enter")
		x.sees("Add a Contact in My Organization", "030123456@contoso.com")
	})
}

func TestFindLeadsToTheWizardWithTheAddressTyped(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("/")
		x.types("kim(fabrikam.com)@msn.com")
		x.press("enter")
		x.sees("IM Address", "kim(fabrikam.com)@msn.com", "Add to contact group", "Set privacy relationship")
	})
}

func TestFindSendsAnIMToAnAddress(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("/")
		x.pastes("  zoe@fabrikam.com\n")
		x.press("down", "enter")
		x.sees("Write to zoe@fabrikam.com")
		if open := did[app.SaveOpen](x); len(open) != 1 || open[0].Open[0] != "sip:zoe@fabrikam.com" {
			t.Errorf("opened %v", open)
		}
	})
}

func TestFindLetsGoWithEscAndForgetsWhatWasTyped(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.click("Find someone")
		x.types("dana")
		x.seesNot("Fred")
		x.press("esc")
		x.sees("Fred", "Find someone or a room, or dial a number")
		x.selected("Bob")
		x.press("ctrl+f", "down") // an empty box gives the keys back
		x.selected("Bob")
	})
}

func TestFoundPeopleAnswerToTheMouse(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("/")
		x.types("contoso")
		x.rightClick("Eve")
		x.sees("See Contact Card")
		x.press("esc")
		x.doubleClick("Eve")
		x.sees("Write to Eve")
		x.press("tab", "/")
		x.types("zoe@fabrikam.com")
		x.click("Send an IM to")
		x.sees("Write to zoe@fabrikam.com")
	})
}

func TestTheMenuOfSomebodyFound(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("/")
		x.types("contoso")
		x.press("down", "down", "ctrl+e")
		x.sees("See Contact Card")
		x.press("esc")
		x.selected("contoso") // the box has the keys again
		x.press("ctrl+u", "enter", "ctrl+e", "esc")
		x.sees("Find someone or a room, or dial a number", "▾ Favorites")
	})
}
