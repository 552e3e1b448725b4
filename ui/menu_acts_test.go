package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// menuCase is a situation in which a menu is opened.
type menuCase struct {
	name  string
	state func() *app.State // world when nil
	goes  func(x *face)     // to where the menu can be opened
	opens func(x *face)     // the menu
}

// menuCases are the menus of the window, each in every situation that makes other items of it possible.
func menuCases() []menuCase {
	menuOf := func(s string) func(x *face) { return func(x *face) { x.rightClick(s) } }
	watched := func(a contacts.Address, w sipclient.WatchState, code int) func(x *face) {
		return func(x *face) { x.happens(sipclient.PresenceChanged{URI: string(a), Watch: w, Code: code}) }
	}
	blocked := worldThat(func(s *app.Saved) { s.Contacts[2].Relationship = contacts.BlockedContacts })
	wrote := func(a contacts.Address) func(x *face) {
		return func(x *face) {
			x.happens(arrives(a, "1", "Hello Alice", 1, time.Now()))
			x.passes(toastStays)
		}
	}
	past := func(x *face) { x.results(history(time.Now())); x.press("v") }
	message := func(m sipclient.Message) func(x *face) {
		return func(x *face) {
			m.ID, m.Seq, m.At = "1", 1, time.Now()
			x.press("enter")
			x.loads(bob, false, m)
			x.press("shift+up")
		}
	}
	mine := func(d sipclient.Delivery, code int) func(x *face) {
		return message(sipclient.Message{Outgoing: true, Body: text.From("Hello"), Delivery: d, Code: code})
	}
	return []menuCase{
		{"a contact", nil, nil, menuOf("Eve")},
		{"a favourite", nil, nil, menuOf("Dana")},
		{"a Skype contact", nil, nil, menuOf("Bob")},
		{"somebody available", nil, func(x *face) { x.happens(is(eve, pidf.ActivityNone, "", time.Now())) }, menuOf("Eve")},
		{"somebody offline", nil, func(x *face) {
			x.happens(sipclient.PresenceChanged{URI: string(eve), Watch: sipclient.WatchActive, Known: true})
		}, menuOf("Eve")},
		{"somebody who has not accepted", nil, watched(fred, sipclient.WatchPending, 0), menuOf("Fred")},
		{"somebody who has refused", nil, watched(fred, sipclient.WatchEnded, 403), menuOf("Fred")},
		{"an address that is nobody's", nil, watched(fred, sipclient.WatchEnded, 404), menuOf("Fred")},
		{"a blocked contact", blocked, nil, menuOf("Eve")},
		{"a contact while signed out", signedOut, func(x *face) { x.press("esc") }, menuOf("Eve")},
		{"somebody talked to before", nil, func(x *face) { x.results(history(time.Now())) }, menuOf("Dana")},
		{"a contact found", nil, func(x *face) { x.press("/"); x.types("eve") }, menuOf("Eve")},
		{"a contact in STATUS", nil, func(x *face) { x.press("2") }, menuOf("Eve")},
		{"a request", nil, func(x *face) {
			x.happens(asks(pending(cheri, "Cheri")))
			x.passes(toastStays)
			x.press("4")
		}, menuOf("Cheri")},
		{"somebody not in the list", welcoming, wrote(gina), func(x *face) { x.click("⋯") }},
		{"several contacts", nil, func(x *face) { x.ctrlClick("Eve"); x.ctrlClick("Bob") }, menuOf("Eve")},
		{"the first group, which is Lync's", nil, nil, menuOf("Favorites")},
		{"a group of mine", nil, nil, menuOf("Colleagues")},
		{"the last group", nil, nil, menuOf("Other Contacts")},
		{"Add a Contact", nil, nil, func(x *face) { x.press("a") }},
		{"my presence", nil, func(x *face) { x.press("p", "b", "enter") }, func(x *face) { x.press("p") }},
		{"my presence while signed out", signedOut, func(x *face) { x.press("esc") }, func(x *face) { x.press("p") }},
		{"a past conversation", nil, past, menuOf("Dana")},
		{"one with a stranger", nil, past, menuOf("Kim")},
		{"one with something unread", nil, func(x *face) { x.talks(); x.press("tab"); past(x); wrote(eve)(x) }, menuOf("Eve (1)")},
		{"a message of theirs", nil, message(sipclient.Message{Body: text.From("See https://contoso.com")}), func(x *face) { x.press("right") }},
		{"a message of mine that arrived", nil, mine(sipclient.Sent, 200), func(x *face) { x.press("right") }},
		{"one that did not", nil, mine(sipclient.Failed, 480), func(x *face) { x.press("right") }},
		{"one of which nothing is known", nil, mine(sipclient.Unknown, 0), func(x *face) { x.press("right") }},
		{"one of several messages", nil, func(x *face) {
			x.press("enter")
			x.loads(bob, false, said(1, 3)...)
			x.press("shift+up")
		}, func(x *face) { x.press("right") }},
		{"a call that rings", nil, func(x *face) { x.rings(eve) }, func(x *face) { x.press("alt+z") }},
		{"a call of the log", nil, func(x *face) { x.results(logged(time.Now())); x.press("6") }, menuOf("← Received")},
		{"a stranger's", nil, func(x *face) { x.results(logged(time.Now())); x.press("6") }, menuOf("→ Dialled - Not")},
		{"a contact in a call", nil, func(x *face) { x.talksTo(eve); x.press("esc") }, menuOf("Eve - Pres")},
		{"a contact beside two calls", nil, func(x *face) { x.talksTo(eve); x.talksTo(fred) }, menuOf("Dana - Pres")},
		{"a call without room for its deeds", nil, func(x *face) {
			x.hears(x.talksTo(eve), held)
			x.talksTo(fred)
		}, func(x *face) { x.click("⋯   Hang Up") }},
		{"a tab of two", nil, func(x *face) { x.talks(); wrote(dana)(x) }, menuOf("Dana (1)")},
	}
}

// Every item of every menu does something that is seen or sent, opens another menu, or says why not.
func TestEveryMenuItemActsOrSaysWhyNot(t *testing.T) {
	done := map[string]bool{} // menus behind an item that are alike in several situations
	for _, c := range menuCases() {
		t.Run(c.name, func(t *testing.T) {
			if c.state == nil {
				c.state = world
			}
			for open := [][]int{nil}; len(open) > 0; open = open[1:] {
				items := c.items(t, open[0])
				for i, item := range items {
					path := append(slices.Clone(open[0]), i)
					switch {
					case item.line, item.why != "": // said by then
					case item.sub != nil:
						if is := fmt.Sprint(labelsOf(item.sub)); !done[is] {
							done[is] = true
							open = append(open, path)
						}
					default:
						c.chooses(t, path, item)
					}
				}
			}
		})
	}
}

// items are those of the menu at the end of a path through menus. Those that cannot be chosen are looked at on
// the way: they leave everything as it is.
func (c menuCase) items(t *testing.T, path []int) (items []menuItem) {
	t.Helper()
	inWindow(t, 100, 30, c.state, func(x *face) {
		c.reaches(x, path)
		items = x.menuOnTop().items
		for i, item := range items {
			if item.why != "" {
				x.lights([]int{i})
				x.saysWhyNot(item)
			}
		}
	})
	if len(items) == 0 {
		t.Fatal("the menu is empty")
	}
	return items
}

// labelsOf are the words of a menu's items, with why they cannot be done.
func labelsOf(items []menuItem) (all []text.Safe) {
	for _, i := range items {
		all = append(all, i.sign, i.label, i.why)
	}
	return all
}

// chooses presses enter on one item and looks at what becomes of it.
func (c menuCase) chooses(t *testing.T, path []int, item menuItem) {
	t.Helper()
	inWindow(t, 100, 30, c.state, func(x *face) {
		if c.goes != nil {
			c.goes(x)
		}
		before, cursor := x.text(), x.screen.CursorPosition()
		c.opens(x)
		x.lights(path)
		x.mu.Lock()
		x.effects = nil
		x.mu.Unlock()
		x.press("enter")
		select {
		case <-x.ended: // Exit
			return
		default:
		}
		x.mu.Lock()
		defer x.mu.Unlock()
		if len(x.effects) == 0 && x.text() == before && x.screen.CursorPosition() == cursor {
			t.Errorf("%q does nothing:\n%s", item.label, x.text())
		}
	})
}

// reaches opens the menu and those behind it, along a path.
func (c menuCase) reaches(x *face, path []int) {
	x.t.Helper()
	if c.goes != nil {
		c.goes(x)
	}
	c.opens(x)
	for i := range path {
		x.lights(path[i : i+1])
		x.press("enter")
	}
}

// lights goes to an item through the menus on the way, at once: TestMenusAreWalkedByKeys shows that keys get there.
func (x *face) lights(path []int) {
	x.t.Helper()
	for depth, at := range path {
		if depth > 0 {
			x.press("right")
		}
		n := x.menuOnTop()
		x.program.Send(laterMsg{func() { n.lit = at }})
		x.settle()
	}
}

func (x *face) menuOnTop() *menu {
	x.t.Helper()
	n, ok := x.model.dialogs.top().(*menu)
	if !ok {
		x.t.Fatalf("no menu lies on top:\n%s", x.text())
	}
	return n
}

// saysWhyNot says that the reason is a sentence, stands below the menu, and that enter leaves everything as it is.
func (x *face) saysWhyNot(item menuItem) {
	x.t.Helper()
	why := string(item.why)
	if item.act != nil || !strings.HasSuffix(why, ".") || unicode.IsLower([]rune(why)[0]) && !strings.HasPrefix(why, "golync ") {
		x.t.Errorf("%q: %q is no reason", item.label, why)
	}
	if !x.labels(why) {
		x.t.Errorf("%q does not say %q:\n%s", item.label, why, x.text())
	}
	before := fmt.Sprint(x.text(), x.screen.CursorPosition())
	if x.press("enter"); before != fmt.Sprint(x.text(), x.screen.CursorPosition()) {
		x.t.Errorf("%q, which cannot be chosen, does something:\n%s", item.label, x.text())
	}
}
