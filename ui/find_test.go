package ui

import (
	"testing"

	"golync/internal/app"
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
	} {
		inWindow(t, 140, 30, world, func(x *face) {
			x.press("/")
			x.types(tc.typed)
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
		x.selected("Favorites")
		x.press("ctrl+f", "down") // an empty box gives the keys back
		x.selected("Favorites")
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
		x.press("ctrl+u", "enter", "ctrl+e")
		x.sees("Find someone or a room, or dial a number", "▾ Favorites")
	})
}
