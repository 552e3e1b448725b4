package ui

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
)

// withKeys opens the window with keys of the user's.
func withKeys(t *testing.T, keys map[string][]string, do func(x *face)) {
	t.Helper()
	if err := CheckKeys(keys); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		x := open(t, 100, 30, world(), Options{Keys: keys})
		defer x.close()
		do(x)
	})
}

func TestAReboundKeyDoesItAndTheOldOneNoLonger(t *testing.T) {
	withKeys(t, map[string][]string{"window.options": {"ctrl+y", "f4"}}, func(x *face) {
		x.press("o")
		x.seesNot("╭─ Options")
		x.press("f4")
		x.sees("╭─ Options")
		x.press("esc", "ctrl+y")
		x.sees("╭─ Options")
	})
}

func TestKeysCanBeExchanged(t *testing.T) {
	withKeys(t, map[string][]string{"window.options": {"n"}, "window.note": {"o"}}, func(x *face) {
		x.press("n")
		x.sees("╭─ Options")
		x.press("esc", "o")
		x.types("Hello")
		x.sees("Hello")
	})
}

func TestHelpAndHelpLineShowTheUsersKeys(t *testing.T) {
	withKeys(t, map[string][]string{"window.find": {"f7"}, "window.help": {"f1"}}, func(x *face) {
		x.sees("f7 find", "f1 help")
		x.press("f1")
		x.sees("f7")
		x.seesNot("/  ctrl+f")
	})
}

func TestReboundKeysOfListsMenusAndDialogsWork(t *testing.T) {
	withKeys(t, map[string][]string{
		"list.down": {"n"}, "window.note": {"w"}, "contact.menu": {"f6"}, "menu.close": {"q"}, "menu.next": {"alt+n"}, "dialog.cancel": {"ctrl+g"},
	}, func(x *face) {
		x.press("home", "n")
		x.selected("Bob")
		x.press("f6")
		x.sees("Send an IM")
		x.press("alt+n", "q")
		x.seesNot("Send an IM")
		x.press("o")
		x.sees("╭─ Options")
		x.press("ctrl+g")
		x.seesNot("╭─ Options")
	})
}

func TestReboundKeysOfTheConversationLeaveWritingAlone(t *testing.T) {
	withKeys(t, map[string][]string{"conversation.send": {"ctrl+s"}, "conversation.new-line": {"enter"}, "window.add": {"ctrl+y"}}, func(x *face) {
		x.happens(arrives(dana, "1", "hi", 1, time.Now()))
		x.press("ctrl+t")
		x.types("a/o")
		x.press("enter")
		x.types("b")
		if len(did[app.SendMessage](x)) > 0 {
			t.Error("enter has sent")
		}
		x.press("ctrl+s")
		if got := did[app.SendMessage](x); len(got) != 1 || got[0].Message.Body.Raw() != "a/o\nb" {
			t.Errorf("sent %+v", got)
		}
	})
}

func TestMistakesInTheUsersKeysAreExplained(t *testing.T) {
	for _, tc := range []struct {
		name string
		keys map[string][]string
		want string
	}{
		{"no such scope", map[string][]string{"windows.find": {"f7"}}, "windows.find: there is no such action: expected SCOPE.ACTION, where SCOPE is one of window, list, contact"},
		{"no such action", map[string][]string{"list.upp": {"f7"}}, "list.upp: there is no such action: expected list.up, list.down, list.page-up"},
		{"no such key", map[string][]string{"window.find": {"ctl+f"}}, `window.find: there is no key "ctl+f": expected a character, enter, tab`},
		{"two characters", map[string][]string{"window.find": {"gg"}}, `there is no key "gg"`},
		{"no key", map[string][]string{"window.find": {}}, "expected at least one key"},
		{"ctrl+i", map[string][]string{"window.find": {"ctrl+i"}}, `"ctrl+i" is the same as tab`},
		{"ctrl+m", map[string][]string{"window.find": {"ctrl+m"}}, `"ctrl+m" is the same as enter`},
		{"a letter while writing", map[string][]string{"conversation.send": {"s"}}, `"s" writes there: expected a key with ctrl or alt`},
		{"shift with a letter while writing", map[string][]string{"note.publish": {"shift+s"}}, `"shift+s" writes there`},
		{"backspace while writing", map[string][]string{"find.leave": {"backspace"}}, `"backspace" writes there`},
		{"twice in a scope", map[string][]string{"window.find": {"o"}}, `window.find: "o" is window.options already`},
		{"twice in a chapter", map[string][]string{"list.up": {"f2"}}, `list.up: "f2" is contact.rename-group already`},
		{"list and window", map[string][]string{"list.up": {"n"}}, `list.up: "n" is window.note already`},
		{"control characters", map[string][]string{"window.find": {"\x1b[31m"}}, "there is no key \"\uFFFD[31m\""},
	} {
		err := CheckKeys(tc.keys)
		var wrong *KeyError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %s", tc.name, err, tc.want)
		}
	}
}

func TestModifiersMayComeInAnyOrder(t *testing.T) {
	for name, want := range map[string]string{"shift+ctrl+f2": "ctrl+shift+f2", "alt+ctrl+x": "ctrl+alt+x", "shift+g": "G", "space": "space", "+": "+", "ctrl++": "ctrl++"} {
		if k, ok := keyPress(name); !ok || k.String() != want {
			t.Errorf("%s is %q, %v", name, k.String(), ok)
		}
	}
}

// The configuration names actions; a name that stands for two or for none cannot be used.
func TestEveryActionHasANameOfItsOwnInTheConfiguration(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range namedScopes() {
		for _, b := range n.keys {
			name := n.configured(b.does)
			if seen[name] || strings.ContainsAny(name, " _") || name != strings.ToLower(name) {
				t.Errorf("%q is no name", name)
			}
			seen[name] = true
		}
	}
	for _, ch := range chapters() {
		for _, s := range ch.scopes {
			named := false
			for _, n := range namedScopes() {
				named = named || n.keys.same(s)
			}
			if !named {
				t.Errorf("%s: a scope has no name: give it one in namedScopes", ch.title)
			}
		}
	}
}

// The user could write every key of the table into the configuration.
func TestTheTableItselfIsAllowed(t *testing.T) {
	for _, n := range namedScopes() {
		for _, b := range n.keys {
			var keys []string
			for _, key := range b.keys {
				k, ok := keyPress(string(key))
				if !ok || k.String() != string(key) {
					t.Errorf("%s.%s: %q is written as %q", n.name, b.does, key, k.String())
				}
				if !n.typed || !types(k) {
					keys = append(keys, string(key))
				}
			}
			if len(keys) == 0 {
				continue // space in a form, which a field takes first
			}
			if err := CheckKeys(map[string][]string{n.configured(b.does): keys}); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestAClickOnAHintDoesWhatItSays(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.click("add · ")
		x.sees("Add a Contact in My Organization")
		x.press("esc")
		x.click("? help")
		x.sees("Keys", "The window")
		x.click("esc back")
		x.press("o")
		x.click("esc cancel")
		x.seesNot("╭─ Options")
	})
}

func TestAClickOnAReboundHintDoesWhatItSays(t *testing.T) {
	withKeys(t, map[string][]string{"window.add": {"f7"}}, func(x *face) {
		x.click("f7 add")
		x.sees("Add a Contact in My Organization")
	})
}

func TestAClickOnArrowsInADialogMovesThatWay(t *testing.T) {
	c := onCanvas(40, 1)
	var got []string
	c.press = func(k tea.KeyPressMsg) { got = append(got, k.String()) }
	c.drawDialogHints(c.bounds(), style{}, []text.Safe{"↑↓ move", "enter OK"})
	for x := range 40 {
		c.click(pointer{at: pt(x, 0)})
	}
	if want := "up down down down down down down enter enter enter enter enter enter enter enter"; strings.Join(got, " ") != want {
		t.Errorf("pressed %v", got)
	}
}
