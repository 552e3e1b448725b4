package ui

import (
	"testing"

	"golync/internal/app"
)

// leftBy says that one more key ends the program.
func (x *face) leftBy(key string) {
	x.t.Helper()
	before := x.text()
	x.press(key)
	select {
	case err := <-x.ended:
		if err != nil {
			x.t.Error(err)
		}
	default:
		x.t.Errorf("%s does not leave:\n%s", key, before)
	}
}

func TestTheWindowCanBeLeftWhateverLiesOverIt(t *testing.T) {
	for name, open := range map[string]func(x *face){
		"nothing":          func(*face) {},
		"a menu":           func(x *face) { x.press("m"); x.sees("Send an IM") },
		"a menu in a menu": func(x *face) { x.press("m"); x.click("Change Privacy Relationship"); x.sees("Colleagues") },
		"presence":         func(x *face) { x.press("p"); x.sees("Sign Out") },
		"Options":          func(x *face) { x.press("o"); x.sees("╭─ Options") },
		"a card":           func(x *face) { x.press("c"); x.sees("╭─ Contact Card") },
		"a wizard":         func(x *face) { x.press("a", "enter"); x.types("gina@"); x.sees("gina@") },
		"a question":       func(x *face) { x.press("delete"); x.sees("╭─ Remove") },
		"the search":       func(x *face) { x.press("f"); x.types("hello"); x.sees("╭─ Search") },
		"the keys":         func(x *face) { x.press("?"); x.sees("The window") },
		"finding a key":    func(x *face) { x.press("?", "/"); x.types("leave") },
		"the Find box":     func(x *face) { x.press("/"); x.types("da") },
		"the note":         func(x *face) { x.press("n"); x.types("Lunch") },
		"the location":     func(x *face) { x.press("l"); x.types("Home") },
		"signing in":       func(x *face) { x.press("p"); x.click("Sign Out"); x.sees("You are signed out.") },
		"too small":        func(x *face) { x.resizes(20, 5) },
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 100, 30, world, func(x *face) {
				x.press("home", "down")
				open(x)
				x.leftBy("ctrl+q")
			})
		})
	}
}

func TestTheSkypeWindowCanBeLeftFromItsPages(t *testing.T) {
	for name, open := range map[string]func(x *face){
		"Add Contacts": func(x *face) { x.press("a"); x.sees("╭─ Add Contacts"); x.types("dana@") },
		"a profile": func(x *face) {
			x.results(answered(looksFor(x, "eve@contoso.com"), "Eve"))
			x.press("enter")
		},
		"Options": func(x *face) { x.press("o"); x.sees("╭─ Options") },
	} {
		t.Run(name, func(t *testing.T) {
			inSkype(t, 100, 30, bobsWorld, func(x *face) {
				open(x)
				x.leftBy("ctrl+q")
			})
		})
	}
}

func TestTheUsersOwnKeyLeavesFromADialogAndTheOldOneNoLonger(t *testing.T) {
	withKeys(t, map[string][]string{"window.quit": {"Q", "alt+q"}}, func(x *face) {
		x.press("a", "enter")
		x.types("Q") // writes
		x.press("ctrl+q")
		x.sees(" Q")
		x.leftBy("alt+q")
	})
	withKeys(t, map[string][]string{"window.quit": {"Q"}}, func(x *face) {
		x.press("p")
		x.leftBy("Q")
	})
}

func TestAKeyThatMeansSomethingElseInADialogDoesNotLeave(t *testing.T) {
	withKeys(t, map[string][]string{"dialog.cancel": {"ctrl+q"}, "menu.close": {"ctrl+c"}}, func(x *face) {
		x.press("o", "ctrl+q")
		x.seesNot("╭─ Options")
		x.press("p", "ctrl+c")
		x.seesNot("Sign Out")
		x.leftBy("ctrl+q")
	})
}

func TestWhatIsHalfWrittenIsStoredWhenADialogIsLeftThatWay(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talks()
		x.types("half a sen")
		x.press("esc", "o")
		x.sees("╭─ Options")
		x.leftBy("ctrl+q")
		x.model.conversation.storeAll() // as Run does
		if got := did[app.SaveDraft](x); len(got) != 1 || got[0].Body != "half a sen" {
			t.Errorf("stored %v", got)
		}
	})
}

func TestWhatComesByItselfIsNotLeftByAKeyMeantForSomethingElse(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("o")
		x.model.interrupt()
		x.press("ctrl+q")
		x.sees("╭─ Options")
		x.passes(grace)
		x.leftBy("ctrl+q")
	})
}
