package ui

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// labelled is a place of the window with the labels that facts/lync-2013-client.md gives it.
type labelled struct {
	section string // of the facts
	place   string
	state   func() *app.State // world when nil
	bring   func(x *face)     // brings it to the screen
	labels  []string
}

// labelSize is a terminal in which every place shows all of itself; other tests shrink them.
const labelWidth, labelHeight = 140, 45

// everyLabel says that each label of the places is on the screen, as a label of its own.
func everyLabel(t *testing.T, places []labelled) {
	t.Helper()
	for _, p := range places {
		t.Run(p.section+" "+p.place, func(t *testing.T) {
			state := p.state
			if state == nil {
				state = world
			}
			inWindow(t, labelWidth, labelHeight, state, func(x *face) {
				if p.bring != nil {
					p.bring(x)
				}
				for _, l := range p.labels {
					if !x.labels(l) {
						t.Errorf("no label %q:\n%s", l, x.text())
					}
				}
			})
		})
	}
}

// labels reports whether a label stands on the screen with nothing of another label beside it: "Copy" does not
// stand there because "Copy Contact To" does. A long one may go on in the next rows, in the same column.
func (x *face) labels(label string) bool {
	var lines [][]rune
	for _, line := range x.lines() {
		lines = append(lines, []rune(line))
	}
	for row := range lines {
		for col := range lines[row] {
			if before(lines[row], col) && standsAt(lines, []rune(label), row, col) {
				return true
			}
		}
	}
	return false
}

// standsAt reports whether words begin at a cell, broken at blanks if need be.
func standsAt(lines [][]rune, words []rune, row, col int) bool {
	if row >= len(lines) || col >= len(lines[row]) {
		return false
	}
	line := string(lines[row][col:])
	if rest, ok := strings.CutPrefix(line, string(words)); ok && (words[len(words)-1] == '.' || after(rest)) {
		return true
	}
	for i, r := range words {
		if r != ' ' {
			continue
		}
		if rest, ok := strings.CutPrefix(line, string(words[:i])); ok && after(rest) && standsAt(lines, words[i+1:], row+1, col) {
			return true
		}
	}
	return false
}

// before and after say whether a label may begin or end there: at the edge, beside a gap, or beside a sign.
func before(line []rune, col int) bool {
	if col > 0 && line[col-1] != ' ' {
		return !unicode.IsLetter(line[col-1])
	}
	return col < 2 || !unicode.IsLetter(line[col-2])
}

func after(rest string) bool {
	r := []rune(rest)
	if len(r) == 0 || r[0] != ' ' {
		return len(r) == 0 || !unicode.IsLetter(r[0])
	}
	return len(r) == 1 || !unicode.IsLetter(r[1])
}

// What the tests here rely on is tested too: a label that is missing is noticed.
func TestALabelIsNotFoundInAnother(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.rightClick("Eve")
		for label, there := range map[string]bool{
			"Copy": true, "Copy Contact To": true, "Contact To": false, "Move": false, "Send an IM": true, "Send": false, "Relationship": false,
		} {
			if x.labels(label) != there {
				t.Errorf("%q is found: %v", label, !there)
			}
		}
		x.press("esc", "o", "end", "up", "up", "up", "up", "up", "up", "up", "up") // Status, whose labels take two rows
		for label, there := range map[string]bool{
			"Show me as Inactive when my computer has been idle for this many minutes": true,
			"Show me as Inactive when my computer has been idle for this many hours":   false,
		} {
			if x.labels(label) != there {
				t.Errorf("%q is found: %v\n%s", label, !there, x.text())
			}
		}
	})
}

// The main window, its views, tabs, groups and hints: section 1. What the issue leaves out is in docs/lync.md.
func TestTheWindowHasLyncsLabels(t *testing.T) {
	everyLabel(t, []labelled{
		{"1", "window", nil, nil, []string{
			"What's happening today?", "Set Your Location", "Available", "Contacts", "Conversations", "Options",
			"Find someone or a room, or dial a number", "GROUPS", "STATUS", "RELATIONSHIPS", "NEW", "Add a Contact",
			"Favorites (0/2)", "Colleagues (0/2)", "Other Contacts (0/0)",
			"To add contacts, drag from another group or add from search.",
			"CALL FORWARDING OFF",
		}},
		{"1", "STATUS", nil, func(x *face) { x.click("STATUS") }, []string{"Available (0)", "Away (0)", "Unknown (4)", "Unavailable (0)"}},
		{"1", "RELATIONSHIPS", nil, func(x *face) { x.click("RELATIONSHIPS") }, []string{
			"Friends and Family", "Workgroup", "Colleagues", "External Contacts", "Blocked Contacts",
		}},
		{"1", "rows", nil, func(x *face) {
			x.happens(is(bob, pidf.ActivityNone, "Thanks to all for the b-day wishes!!", time.Now()))
			x.happens(sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchActive, Known: true, State: pidf.State{
				Open: true, Idle: true, Since: time.Now().Add(-5 * time.Minute),
			}})
			x.happens(is(eve, pidf.ActivityAway, "", time.Now().Add(-2*time.Hour)))
		}, []string{"Bob - Available - External Network", "Thanks to all for the b-day wishes!!", "Dana - Inactive 5 mins", "Eve - Away 2 hours"}},
		{"1", "Find box", nil, func(x *face) { x.press("/"); x.types("cheri@outlook.com") }, []string{
			"Add cheri@outlook.com", "Send an IM to cheri@outlook.com", "Call cheri@outlook.com",
		}},
		{"1", "Find box, a number", nil, func(x *face) { x.press("/"); x.types("+49 30 123456") }, []string{
			"Send an IM to +4930123456", "Add +4930123456", "Call +4930123456",
		}},
	})
}

// Who added me: section 2.
func TestTheNewTabHasLyncsLabels(t *testing.T) {
	asked := func(x *face) { x.happens(asks(pending(cheri, "Cheri Serrano"))) }
	everyLabel(t, []labelled{
		{"2", "alert", nil, asked, []string{
			"Cheri Serrano (cheri@outlook.com) added you to his or her contacts list.", "Accept", "NEW (1)",
		}},
		{"2", "row", nil, func(x *face) { asked(x); x.passes(toastStays); x.press("4") }, []string{
			"Cheri Serrano", "cheri@outlook.com", "Skype", "just now", "enter accept", "b block", "d dismiss",
		}},
		{"2", "dialog", nil, func(x *face) { asked(x); x.passes(toastStays); x.press("4", "enter") }, []string{
			"Add to Contacts List", "Cheri Serrano added you to his or her contacts list.", "Add to contact group", "Favorites",
			"Set privacy relationship", "External Contacts", "OK", "Block", "Dismiss", "Cancel",
		}},
		{"2", "nobody", nil, func(x *face) { x.press("4") }, []string{"Nobody is waiting for your answer."}},
		{"2", "held back", func() *app.State { return worldWith(alerts.Default()) }, func(x *face) { x.press("4") }, []string{
			`Requests of people who do not use Lync do not show up here: Options ▸ Alerts blocks them, under "Contacts not using Lync". Press enter here to change that.`,
		}},
	})
}

// Add a Contact: section 3.
func TestAddingAContactHasLyncsLabels(t *testing.T) {
	wizard := func(at ...string) func(x *face) {
		return func(x *face) {
			x.press("a")
			for _, item := range at {
				x.click(item)
			}
		}
	}
	const outside = "Add a Contact Not in My Organization"
	fields := []string{"IM Address", "Add to contact group", "Other Contacts", "Set privacy relationship", "OK", "Cancel"}
	everyLabel(t, []labelled{
		{"3", "menu", nil, wizard(), []string{"Add a Contact in My Organization", outside, "Create a New Group", "Display Options"}},
		{"3", "providers", nil, wizard(outside), []string{"Lync", "Skype", "Other"}},
		{"3", "my organization", nil, wizard("Add a Contact in My Organization"), slices.Concat(fields, []string{"Add a Contact in My Organization", "Colleagues"})},
		{"3", "Lync", nil, wizard(outside, "Lync"), slices.Concat(fields, []string{"Add Lync Contact", "External Contacts"})},
		{"3", "Skype", nil, wizard(outside, "Skype"), slices.Concat(fields, []string{"Add Skype Contact", "External Contacts"})},
		{"3", "Other", nil, wizard(outside, "Other"), slices.Concat(fields, []string{"Add Contact", "External Contacts"})},
		{"3", "Skype, another domain", nil, func(x *face) { wizard(outside, "Skype")(x); x.types("kim@tailspin.com") }, []string{
			"Will be added as kim(tailspin.com)@msn.com",
		}},
		{"3", "new group", nil, wizard("Create a New Group"), []string{"Create a New Group", "OK", "Cancel"}},
		{"3", "Display Options", nil, wizard("Display Options"), []string{"Contacts List", "Show my contacts in", "Order my contacts by"}},
	})
}

// The five relationships and the way back, each with what it shows: section 4.
func TestTheRelationshipsHaveLyncsLabels(t *testing.T) {
	menu := func(x *face) { x.rightClick("Eve"); x.click("Change Privacy Relationship") }
	places := []labelled{{"4", "menu", nil, menu, []string{
		"Friends and Family", "Workgroup", "Colleagues", "External Contacts", "Blocked Contacts", "Auto-assign Relationship",
	}}}
	for i, r := range append(contacts.Relationships(), contacts.NoRelationship) {
		places = append(places, labelled{"4", "help of " + r.String(), nil, func(x *face) {
			menu(x)
			x.press("home")
			for range i {
				x.press("down")
			}
		}, []string{string(r.Explain())}})
	}
	everyLabel(t, append(places, labelled{"4", "Blocked Contacts", nil, func(x *face) { menu(x); x.click("Blocked Contacts") }, []string{
		"Block", "Cancel", "Block Eve (eve@contoso.com)? They see you as Offline and cannot reach you: messages and calls are refused.",
	}}))
}
