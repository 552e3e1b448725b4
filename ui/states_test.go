package ui

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// states are those of facts/lync-2013-client.md section 6 with what they look like. The document is the one
// that golync, or for what only others publish another client, tells of somebody in that state.
var states = []struct {
	is           contacts.Availability
	label        string
	sign, ascii  string
	colour       func(*theme) style
	document     pidf.State
	offeredByMe  string // as the user's own menu calls it; empty when it cannot be chosen
	lastsIsShown bool
}{
	{contacts.Available, "Available", "●", "*", available, pidf.State{Open: true}, "Available", false},
	{contacts.Inactive, "Inactive", "◔", "~", yellow, pidf.State{Open: true, Idle: true}, "", true},
	{contacts.Busy, "Busy", "■", "#", red, pidf.State{Open: true, Activity: "busy"}, "Busy", false},
	{contacts.BusyIdle, "Busy (idle)", "■", "#", red, pidf.State{Open: true, Activity: "busy", Idle: true}, "", false},
	{contacts.InACall, "In a call", "■", "#", red, pidf.State{Open: true, Activity: "on-the-phone"}, "", false},
	{contacts.InAConferenceCall, "In a conference call", "■", "#", red, pidf.State{Open: true, Activity: "in-a-conference"}, "", false},
	{contacts.InAMeeting, "In a meeting", "■", "#", red, pidf.State{Open: true, Activity: "meeting"}, "", false},
	{contacts.DoNotDisturb, "Do Not Disturb", "⊘", "x", red, pidf.State{Open: true, Activity: "do-not-disturb"}, "Do Not Disturb", false},
	{contacts.UrgentOnly, "Urgent interruptions only", "⊘", "x", red, pidf.State{Open: true, Activity: "urgent-interruptions-only"}, "", false},
	{contacts.Presenting, "Presenting", "⊘", "x", red, pidf.State{Open: true, Activity: "presentation"}, "", false},
	{contacts.BeRightBack, "Be Right Back", "◔", "~", yellow, pidf.State{Open: true, Activity: "be-right-back"}, "Be Right Back", true},
	{contacts.Away, "Away", "◔", "~", yellow, pidf.State{Open: true, Activity: "away"}, "Appear Away", true},
	{contacts.OffWork, "Off Work", "◔", "~", yellow, pidf.State{Open: true, Activity: "off-work"}, "Off Work", true},
	{contacts.OutOfOffice, "Out of Office", "◔", "~", yellow, pidf.State{Open: true, Activity: "vacation"}, "", true},
	{contacts.Offline, "Offline", "○", "-", grey, pidf.State{}, "", true},
	{contacts.PresenceUnknown, "Presence unknown", "?", "?", func(t *theme) style { return t.unknown }, pidf.State{}, "", false},
}

func available(t *theme) style { return t.available }
func red(t *theme) style       { return t.busy }
func yellow(t *theme) style    { return t.away }
func grey(t *theme) style      { return t.offline }

func TestEveryStateIsInTheTable(t *testing.T) {
	seen := map[contacts.Availability]bool{}
	for _, s := range states {
		seen[s.is] = true
		if string(s.is.Label()) != s.label {
			t.Errorf("%q is labelled %q", s.label, s.is.Label())
		}
	}
	if len(seen) != len(contacts.Availabilities()) {
		t.Errorf("%d of %d states are in the table", len(seen), len(contacts.Availabilities()))
	}
}

func TestEveryStateIsDrawnWithItsSignWordsAndColour(t *testing.T) {
	for _, s := range states {
		event := sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchActive, Known: true, State: s.document}
		if s.is == contacts.PresenceUnknown {
			event = sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchEnded, Code: 503}
		}
		inWindow(t, 120, 40, world, func(x *face) {
			x.happens(event)
			row := s.sign + " Dana - " + s.label
			x.sees(row)
			col, y := x.find(row)
			if got, want := x.screen.CellAt(col, y).Style.Fg, s.colour(x.model.theme).Fg; !reflect.DeepEqual(rgba(got), rgba(want)) {
				t.Errorf("%s is drawn in %v, not %v", s.label, got, want)
			}
			x.rightClick("Dana")
			x.click("See Contact Card")
			x.sees(s.sign + " " + s.label)
		})
		inASCII(t, 120, 40, world, func(x *face) {
			x.happens(event)
			x.sees(s.ascii + " Dana - " + s.label)
			x.onlyASCII()
		})
	}
}

// rgba makes colours of different types comparable.
func rgba(c interface{ RGBA() (r, g, b, a uint32) }) [4]uint32 {
	if c == nil {
		return [4]uint32{}
	}
	r, g, b, a := c.RGBA()
	return [4]uint32{r >> 8, g >> 8, b >> 8, a >> 8}
}

// Rows say how long, in Lync's forms, and keep saying it while time passes.
func TestHowLongAStateLastsIsTold(t *testing.T) {
	now := time.Now()
	m := &model{state: world(), deps: Deps{Now: func() time.Time { return now }}}
	for _, s := range states {
		for ago, words := range map[time.Duration]string{
			30 * time.Second: "", time.Minute: " 1 min", 12*time.Minute + 59*time.Second: " 12 mins", time.Hour: " 1 hour",
			150 * time.Minute: " 2 hours", 25 * time.Hour: " 1 day", 50 * time.Hour: " 2 days", -time.Hour: "",
		} {
			if !s.lastsIsShown {
				words = ""
			}
			c := contacts.Contact{Address: dana, Watch: contacts.WatchActive, Presence: contacts.Presence{Availability: s.is, Since: now.Add(-ago)}}
			if _, got, _ := m.status(&c); string(got) != s.label+words {
				t.Errorf("%s since %v: %q, want %q", s.label, ago, got, s.label+words)
			}
		}
	}
}

func TestHowLongIsKeptTrueWhileNothingElseHappens(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(is(dana, pidf.ActivityAway, "", time.Now().Add(-5*time.Minute-time.Second)))
		x.sees("Dana - Away 5 mins")
		x.passes(time.Minute)
		x.sees("Dana - Away 6 mins")
	})
}

func TestAClockThatIsWrongMakesNoNonsenseOfHowLong(t *testing.T) {
	for name, since := range map[string]time.Duration{"ahead": 48 * time.Hour, "never set": -30 * 365 * 24 * time.Hour} {
		inWindow(t, 120, 40, world, func(x *face) {
			x.happens(is(dana, pidf.ActivityAway, "", time.Now().Add(since)))
			for _, line := range x.lines() {
				if strings.Contains(line, "Dana - Away ") && strings.Contains(line, "day") || strings.Contains(line, "Away -") {
					t.Errorf("%s: %q", name, line)
				}
			}
			x.passes(3 * time.Minute)
			if name == "ahead" {
				x.sees("Dana - Away 2 mins") // since it was heard
			}
		})
	}
}

func TestTheStatesOneCanChooseAreLyncsMenu(t *testing.T) {
	for _, s := range states {
		if s.offeredByMe == "" {
			continue
		}
		inWindow(t, 80, 24, world, func(x *face) {
			x.press("p")
			x.click(s.sign + " " + s.offeredByMe)
			x.sees(s.sign + " " + s.label + " ▾")
		})
	}
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("p")
		from := -1
		for _, label := range []string{"Available", "Busy", "Do Not Disturb", "Be Right Back", "Off Work", "Appear Away", "Reset Status", "Sign Out", "Exit"} {
			at := rowOf(x, "│ ", label)
			if at <= from {
				t.Errorf("%q stands in row %d, after %d", label, at, from)
			}
			from = at
		}
	})
}

func TestTheMenuOpensAtTheStateOneHas(t *testing.T) {
	for _, s := range states {
		if s.offeredByMe == "" {
			continue
		}
		inWindow(t, 80, 24, world, func(x *face) {
			x.press("p")
			x.click(s.sign + " " + s.offeredByMe)
			did[app.PublishPresence](x)
			x.press("p")
			x.selected(s.sign + " " + s.offeredByMe)
			x.press("enter")
			x.sees(s.sign + " " + s.label + " ▾")
			if p := did[app.PublishPresence](x); len(p) > 0 {
				t.Errorf("%s, chosen again, is published: %v", s.label, p)
			}
		})
	}
}

func TestAStateChosenBeforeSigningInIsNamed(t *testing.T) {
	inWindow(t, 80, 24, signedOut, func(x *face) {
		x.press("esc", "p")
		x.click("■ Busy")
		x.sees("Your status is Busy once you are signed in.", "○ Offline ▾")
		x.press("p")
		x.selected("■ Busy")
	})
}

// rowOf is the row of the menu with a label.
func rowOf(x *face, edge, label string) int {
	for y, line := range x.lines() {
		if _, inside, ok := strings.Cut(line, edge); ok && strings.Contains(inside, label) {
			return y
		}
	}
	x.t.Fatalf("%q is not in the menu:\n%s", label, x.text())
	return 0
}

// What does not come from a menu: the user's own row follows the keys and the connection.
func TestMyOwnRowShowsWhatOthersSee(t *testing.T) {
	for i, c := range []struct {
		chosen, want contacts.Availability
	}{
		{contacts.Available, contacts.Away},
		{contacts.Busy, contacts.BusyIdle},
		{contacts.OffWork, contacts.OffWork},
	} {
		inWindow(t, 80, 24, world, func(x *face) {
			if c.chosen != contacts.Available {
				x.press("p")
				x.click(fmt.Sprint(glyph(c.chosen), " ", c.chosen))
			}
			x.passes(11 * time.Minute)
			x.sees(fmt.Sprint(glyph(c.want), " ", c.want, " ▾"))
			last := did[app.PublishPresence](x)
			if i < 2 && len(last) == 0 {
				t.Error("nobody was told")
			}
			x.happens(sipclient.Disconnected{})
			x.sees("○ Offline ▾")
		})
	}
}
