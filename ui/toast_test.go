package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/option"
)

func TestToastsAnnounceAndGoByThemselves(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		x.happens(arrives(dana, "1", "Are you coming?", 1, time.Now()), asks(pending(cheri, "Cheri")))
		x.sees("Dana (dana@contoso.com)", "Are you coming?", "Cheri (cheri@outlook.com) added you to his")
		x.passes(toastStays)
		x.seesNot("Dana (dana@contoso.com)", "added you to his")
	})
}

func TestAToastLeadsToWhatItIsAbout(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		x.happens(arrives(dana, "1", "Are you coming?", 1, time.Now()))
		x.click("Dana (dana@contoso.com)")
		x.sees("Write to Dana")
		x.seesNot("Dana (dana@contoso.com)")
		x.happens(asks(pending(cheri, "Cheri")))
		x.click("Cheri (cheri@outlook.com) added")
		x.sees("enter accept")
	})
}

func TestAKeyLeadsToTheNewestToast(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.press("ctrl+g")
		x.sees("Nothing has been announced")
		x.passes(spoken)
		x.talks()
		x.happens(asks(pending(gina, "Gina"), pending(cheri, "Cheri")))
		x.happens(arrives(dana, "1", "Are you coming?", 1, time.Now()))
		if n := strings.Count(x.text(), "ctrl+g open"); n != 1 {
			t.Fatalf("%d toasts say how to open them:\n%s", n, x.text())
		}
		x.types("half a sentence")
		x.press("ctrl+g")
		x.sees("Write to Dana")
		x.press("ctrl+g")
		x.sees("enter accept")
		x.selected("Cheri") // of the two, the one that the toast named
		x.press("1", "tab", "ctrl+p")
		x.sees("half a sentence")
	})
}

func TestNoToastForTheConversationOneLooksAt(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		x.happens(arrives(bob, "1", "Hi Alice", 1, time.Now()))
		x.sees("Hi Alice")
		x.seesNot("Bob (bob@contoso.com)")
		x.program.Send(tea.BlurMsg{})
		x.happens(arrives(bob, "2", "Still there?", 2, time.Now()))
		x.sees("Bob (bob@contoso.com)")
	})
}

func TestOnlyTheNewestToastsStay(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		for i, a := range []contacts.Address{dana, eve, fred, gina} {
			x.happens(arrives(a, string(rune('a'+i)), "Hello", int64(i+1), time.Now()))
		}
		if n := strings.Count(x.text(), "╭"); n != toastMost {
			t.Errorf("%d toasts are shown", n)
		}
		x.seesNot("Dana (dana@contoso.com)")
	})
}

func TestAPersonHasOneToastHoweverMuchTheyWrite(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		for i := range 5 {
			x.happens(arrives(dana, string(rune('a'+i)), "Hello", int64(i+1), time.Now()))
		}
		if n := strings.Count(x.text(), "╭"); n != 1 {
			t.Errorf("%d toasts are shown", n)
		}
		x.sees("Hello (and 4 more)")
	})
}

func TestToastsStayUntilTheUserIsBack(t *testing.T) {
	for name, comesBack := range map[string]func(*face){
		"the focus": func(x *face) { x.program.Send(tea.FocusMsg{}) },
		"a key":     func(x *face) { x.press("down") },
	} {
		t.Run(name, func(t *testing.T) { staysUntil(t, comesBack) })
	}
}

func staysUntil(t *testing.T, comesBack func(*face)) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.program.Send(tea.BlurMsg{})
		x.happens(asks(pending(cheri, "Cheri")))
		x.passes(10 * time.Minute)
		x.sees("added you to his")
		comesBack(x)
		x.passes(toastStays - time.Second)
		x.sees("added you to his")
		x.passes(time.Second)
		x.seesNot("added you to his")
	})
}

func TestAToastIsTakenAwayByHand(t *testing.T) {
	for name, away := range map[string]func(*face){
		"esc":   func(x *face) { x.press("esc") },
		"click": func(x *face) { x.click("✕ ╮") },
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 120, 40, world, func(x *face) {
				x.happens(asks(pending(cheri, "Cheri")))
				x.sees("esc dismiss")
				away(x)
				x.seesNot("added you to his")
				x.sees("NEW (1)") // the request is still there
			})
		})
	}
}

func TestToastsLieInTheCornerThatWasChosen(t *testing.T) {
	for corner, c := range map[option.Corner]struct{ right, bottom bool }{
		option.TopRight: {true, false}, option.BottomRight: {true, true}, option.TopLeft: {false, false}, option.BottomLeft: {false, true},
	} {
		inWindow(t, 120, 40, worldOf(func(o *option.Set) { o.Toasts.Corner = corner }), func(x *face) {
			x.happens(asks(pending(cheri, "Cheri")))
			col, row := x.find("Cheri (cheri@outlook.com)")
			if right, bottom := col > 60, row > 20; right != c.right || bottom != c.bottom {
				t.Errorf("corner %d: at %d, %d", corner, col, row)
			}
			x.click("Cheri (cheri@outlook.com)")
			x.sees("enter accept")
		})
	}
}

func TestTheWordsOfAMessageAreHiddenOnDemand(t *testing.T) {
	hidden := worldOf(func(o *option.Set) { o.Toasts.Words = false })
	inWindow(t, 120, 40, hidden, func(x *face) {
		x.talks()
		x.happens(arrives(dana, "1", "The secret plan", 1, time.Now()), arrives(dana, "2", "The second plan", 2, time.Now()))
		x.sees("Dana (dana@contoso.com)", "sent you a message. (and 1 more)")
		x.seesNot("secret plan", "second plan")
	})
}

func TestToastsOfRequestsSayHowManyMore(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri"), pending(gina, "Gina")))
		x.sees("added you to his", "and 1 more")
	})
}

func TestARequestIsAcceptedFromItsToast(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(asks(pending(gina, "Gina"), pending(cheri, "Cheri")))
		x.click(" Accept ")
		x.sees("Cheri added you to his or her contacts list.", "Set privacy relationship")
		x.click("  OK  ")
		x.sees("Cheri is now in your contacts list.", "NEW (1)")
	})
}

// A request that was decided on elsewhere meanwhile has nothing left to accept.
func TestAToastOfARequestThatIsGoneGoesToo(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(asks(pending(cheri, "Cheri")))
		x.sees(" Accept ")
		x.happens(asks())
		x.seesNot(" Accept ", "Cheri")
	})
}

// A toast whose request is decided on, or whose message is being answered, has nothing left to say.
func TestAToastGoesWhenItsMatterIsSettled(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.talks()
		x.happens(asks(pending(cheri, "Cheri")), arrives(dana, "1", "Are you coming?", 1, time.Now()))
		x.sees("Cheri (cheri@outlook.com) added you to his", "Dana (dana@contoso.com)")
		x.press("tab")
		x.press("4", "d", "left", "enter")
		x.seesNot("added you to his")
		x.sees("Dana (dana@contoso.com)")
		x.press("1")
		x.doubleClick("Dana - Pres")
		x.sees("Write to Dana")
		x.seesNot("Dana (dana@contoso.com)")
	})
}

// In NEW the request itself appears, and a toast would lie upon it.
func TestNoToastForARequestThatAppearsBeforeTheUser(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("4")
		x.happens(asks(pending(cheri, "Cheri")))
		x.sees("cheri@outlook.com")
		x.seesNot(" Accept ")
	})
}
