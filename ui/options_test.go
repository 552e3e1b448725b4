package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
)

// opensPage opens Options at a page, by keys, with the keys on its first control.
func (x *face) opensPage(title string) {
	x.t.Helper()
	x.press("o")
	for range 12 {
		if strings.Contains(x.lines()[x.screen.CursorPosition().Y], "│ "+title) ||
			strings.Contains(x.lines()[x.screen.CursorPosition().Y], "│  "+title) {
			break
		}
		x.press("down")
	}
	x.press("enter")
}

// savedOptions returns what OK put in force, and fails when it saved nothing or more than once.
func (x *face) savedOptions() option.Set {
	x.t.Helper()
	saves := did[app.SaveOptions](x)
	if len(saves) != 1 {
		x.t.Fatalf("%d saves:\n%s", len(saves), x.text())
	}
	return saves[0].Options
}

func TestThePagesStandInLyncsOrder(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("o")
		at := 0
		for _, title := range []string{"General", "Personal", "Contacts List", "Status", "Alerts", "IM", "Ringtones and Sounds", "Audio Device", "Call Forwarding", "File Saving", "Network"} {
			row := slices.IndexFunc(x.lines(), func(line string) bool { return strings.Contains(line, "│  "+title+" ") })
			if row <= at {
				t.Errorf("%s stands in row %d, after %d:\n%s", title, row, at, x.text())
			}
			at = row
		}
	})
}

func TestKeysGoFromTheListOfPagesToThePageAndBack(t *testing.T) {
	for name, c := range map[string]struct{ in, out string }{
		"enter and left":    {"enter", "left"},
		"right and tab":     {"right", "shift+tab"},
		"space and back":    {"space", "left"},
		"tab and shift+tab": {"tab", "shift+tab"},
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 100, 30, world, func(x *face) {
				x.press("o")
				x.selected("General")
				x.sees("↑↓ page")
				x.press("down", "down", "up", "down", "down", "down")
				x.selected("Alerts")
				x.press(c.in)
				x.seesNot("↑↓ page")
				x.sees("space check")
				x.press(c.out)
				x.sees("↑↓ page")
				x.press("end")
				x.selected("Network")
				x.press("home", "esc")
				x.seesNot("Ringtones")
			})
		})
	}
}

func TestShiftTabFromTheListOfPagesReachesTheButtons(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("o", "shift+tab", "enter") // Cancel is the last
		x.seesNot("Ringtones")
		if saves := did[app.SaveAlerts](x); saves != nil {
			t.Errorf("saved %v", saves)
		}
	})
}

// onEachPage changes something on every page and says what OK is to put in force.
var onEachPage = []struct {
	page   string
	keys   []string // from its first control
	clicks []string
	want   func(*option.Set)
}{
	{"General", []string{"right", "right"}, nil, func(o *option.Set) { o.General.Theme = option.ThemeDark }},
	{"General", []string{"tab", "right", "right"}, nil, func(o *option.Set) { o.General.Signs = option.SignsASCII }},
	{"General", nil, []string{"Leave the mouse"}, func(o *option.Set) { o.General.NoMouse = true }},
	{"Personal", []string{"space"}, nil, func(o *option.Set) { o.Personal.SignIn = false }},
	{"Personal", nil, []string{"Open the conversations again"}, func(o *option.Set) { o.Personal.Reopen = false }},
	{"Contacts List", []string{"down"}, nil, func(o *option.Set) { o.List.TwoLines = false }},
	{"Contacts List", nil, []string{"Availability"}, func(o *option.Set) { o.List.ByAvailability = true }},
	{"Contacts List", nil, []string{"Contact address"}, func(o *option.Set) { o.List.Address = true }},
	{"Contacts List", []string{"tab", "tab", "tab", "space"}, nil, func(o *option.Set) { o.List.Favorites = false }},
	{"Contacts List", []string{"tab", "tab", "tab", "tab", "down"}, nil, func(o *option.Set) { o.List.DoubleClick = option.DoubleClickCard }},
	{"Status", []string{"backspace", "1", "5"}, nil, func(o *option.Set) { o.Status.InactiveAfter = 15 }},
	{"Status", []string{"tab", "up", "up"}, nil, func(o *option.Set) { o.Status.AwayAfter = 7 }},
	{"Alerts", nil, []string{"Show the words of a message"}, func(o *option.Set) { o.Toasts.Words = false }},
	{"Alerts", nil, []string{"Show alerts on the desktop"}, func(o *option.Set) { o.Toasts.Desktop = false }},
	{"Alerts", []string{"tab", "tab", "tab", "right"}, nil, func(o *option.Set) { o.Toasts.Corner = option.BottomRight }},
	{"IM", []string{"space"}, nil, func(o *option.Set) { o.IM.Typing = false }},
	{"IM", nil, []string{"Tell others when I have read"}, func(o *option.Set) { o.IM.Receipts = false }},
	{"Ringtones and Sounds", []string{"space"}, nil, func(o *option.Set) { o.Sounds.Requests = false }},
	{"Ringtones and Sounds", nil, []string{"When I receive a message"}, func(o *option.Set) { o.Sounds.Messages = false }},
	{"Ringtones and Sounds", nil, []string{"When somebody calls me"}, func(o *option.Set) { o.Sounds.Calls = false }},
	{"Ringtones and Sounds", nil, []string{"When the status of a tagged"}, func(o *option.Set) { o.Sounds.StatusChanges = false }},
	{"Ringtones and Sounds", nil, []string{"is Do Not Disturb"}, func(o *option.Set) { o.Sounds.QuietWhenUndisturbed = false }},
	{"Ringtones and Sounds", nil, []string{"is Busy"}, func(o *option.Set) { o.Sounds.QuietWhenBusy = true }},
	{"Audio Device", []string{"right"}, nil, func(o *option.Set) { o.Audio.Source = option.AudioNone }},
	{"Audio Device", []string{"tab", "enter", "down", "enter"}, nil, func(o *option.Set) { o.Audio.Sink = option.AudioNone }},
	{"Call Forwarding", []string{"tab", "d", "a", "n", "a", "@", "c", ".", "d", "e"}, nil, func(o *option.Set) { o.Calls.ForwardTo = "dana@c.de" }},
	{"Call Forwarding", []string{"down", "tab", "+", "4", "9"}, nil, func(o *option.Set) { o.Calls.Forward, o.Calls.ForwardTo = option.ForwardAll, "+49" }},
	{"Call Forwarding", []string{"tab", "4", "9", "3", "0"}, []string{"Forward the calls that I do not answer"}, func(o *option.Set) {
		o.Calls.Forward, o.Calls.ForwardTo = option.ForwardUnanswered, "4930"
	}},
	{"Call Forwarding", []string{"tab", "tab", "up", "up"}, nil, func(o *option.Set) { o.Calls.RingSeconds = 62 }},
	{"File Saving", []string{"enter", "down", "down", "enter"}, nil, func(o *option.Set) { o.Files.KeepDays = 90 }},
	{"Network", nil, []string{"Warn me when"}, func(o *option.Set) { o.Network.WarnPlain = false }},
}

func TestEveryOptionIsSetOnItsPageAndByNothingElse(t *testing.T) {
	for _, c := range onEachPage {
		t.Run(c.page, func(t *testing.T) {
			inWindow(t, 100, 40, world, func(x *face) {
				x.opensPage(c.page)
				x.press(c.keys...)
				for _, words := range c.clicks {
					x.click(words)
				}
				x.click("  OK  ")
				x.seesNot("Ringtones")
				want := option.Default()
				c.want(&want)
				if got := x.savedOptions(); got != want {
					t.Errorf("saved %+v\nwant  %+v", got, want)
				}
				if x.state.Options() != want {
					t.Error("it is not in force")
				}
			})
		})
	}
}

func TestAPageShowsWhatIsInForce(t *testing.T) {
	for _, c := range onEachPage {
		set := option.Default()
		c.want(&set)
		inWindow(t, 100, 40, worldOf(func(o *option.Set) { *o = set }), func(x *face) {
			x.opensPage(c.page)
			x.click("  OK  ") // what was read is written as it was
			if saves := did[app.SaveOptions](x); len(saves) > 0 && saves[len(saves)-1].Options != set || x.state.Options() != set {
				t.Errorf("%s: %+v became %+v", c.page, set, x.state.Options())
			}
		})
	}
}

func TestCancelLeavesEverythingAsItWas(t *testing.T) {
	for _, c := range onEachPage {
		inWindow(t, 100, 40, world, func(x *face) {
			x.opensPage(c.page)
			x.press(c.keys...)
			for _, words := range c.clicks {
				x.click(words)
			}
			x.click("  Cancel  ")
			if saves := did[app.SaveOptions](x); saves != nil || x.state.Options() != option.Default() {
				t.Errorf("%s: saved %+v", c.page, saves)
			}
		})
	}
}

func TestEachChoiceOfAlertsIsReachedByKeysAndExplained(t *testing.T) {
	for downs, c := range []struct {
		outside alerts.OutsideChoice
		means   string
	}{
		{alerts.AllowAnyone, "Skype users who are not your contacts may send"},
		{alerts.AllowInvites, "Skype users who add you appear in New."},
		{alerts.BlockAll, "Skype users who add you wait at the server"},
	} {
		start := func() *app.State {
			other := alerts.AllowAnyone
			if c.outside == other {
				other = alerts.BlockAll
			}
			return worldWith(alerts.Options{Outside: other})
		}
		inWindow(t, 110, 40, start, func(x *face) {
			x.opensPage("Alerts")
			x.press("space", "tab", "tab", "tab", "tab", "tab") // to Contacts not using Lync
			x.press("up", "up")
			for range downs {
				x.press("down")
			}
			x.sees(c.means)
			x.press("enter")
			saves := did[app.SaveAlerts](x)
			if len(saves) != 1 || saves[0].Options.Outside != c.outside || !saves[0].Options.TellMe {
				t.Errorf("saved %v, want outside %v", saves, c.outside)
			}
		})
	}
}

func TestDoNotDisturbIsChosenWithTheMouse(t *testing.T) {
	for label, want := range map[string]alerts.DNDChoice{
		"Don't show alerts":                   alerts.ShowNone,
		"Show only conversation alerts":       alerts.ShowWorkgroupOnly,
		"Show all alerts, but only conversat": alerts.ShowAllButConversations,
	} {
		inWindow(t, 110, 40, world, func(x *face) {
			x.opensPage("Alerts")
			x.click(label)
			x.click("  OK  ")
			x.seesNot("General alerts")
			if got := x.state.AlertOptions().DND; got != want {
				t.Errorf("%q set %v, want %v", label, got, want)
			}
		})
	}
}

func TestLeavingOptionsKeepsWhatWasInForce(t *testing.T) {
	for _, leave := range [][]string{{"esc"}, {"left", "esc"}, {"shift+tab", "shift+tab", "enter"}} {
		inWindow(t, 100, 30, world, func(x *face) {
			before := x.state.AlertOptions()
			x.opensPage("Alerts")
			x.press("space") // the check box is changed
			x.press(leave...)
			x.seesNot("General alerts")
			if after := x.state.AlertOptions(); after != before {
				t.Errorf("%v changed %+v to %+v", leave, before, after)
			}
		})
	}
}

func TestAWrongNumberOfMinutesIsToldAndNothingIsSaved(t *testing.T) {
	for _, typed := range []string{"", "0", "361", "99999", "-5", "five", "1.5"} {
		inWindow(t, 100, 40, world, func(x *face) {
			x.opensPage("Status")
			x.press("backspace")
			x.types(typed)
			if typed == "-5" || typed == "five" || typed == "1.5" {
				x.pastes(typed)
			}
			x.press("tab", "left", "left") // the other field, and its text
			if got := x.model.dialogs.top().(*options).pages[3].(*statusPage).inactive.value(); strings.Trim(got, "0123456789") != "" {
				t.Errorf("%q became %q", typed, got)
			}
			if typed == "-5" || typed == "five" || typed == "1.5" {
				return
			}
			x.sees("Error: Write a number from 1 to 360.")
			x.press("home", "esc")
			x.opensPage("Status")
			x.press("backspace")
			x.types(typed)
			x.press("left", "left", "shift+tab", "up") // another page is open
			x.sees("Contacts List")
			x.click("  OK  ")
			x.sees("Show me as Inactive when", "Error: Write a number from 1 to 360.")
			if saves := did[app.SaveOptions](x); saves != nil {
				t.Errorf("%q was saved: %+v", typed, saves)
			}
		})
	}
}

func TestOptionsAreFoundByTheirWords(t *testing.T) {
	for _, c := range []struct{ typed, page, at string }{
		{"inactive idle", "Status", "5"},
		{"SKYPE", "", ""},
		{"not using lync", "Alerts", "Block all"},
		{"high contrast", "General", "As the terminal"},
		{"tell others typing", "IM", "Tell others when I am typing"},
		{"bell", "", ""},
		{"sound busy", "Ringtones and Sounds", "is Busy"},
		{"365", "File Saving", "For ever"},
	} {
		inWindow(t, 100, 40, world, func(x *face) {
			x.press("o")
			x.types(c.typed)
			if c.page == "" {
				x.sees("No option has these words.")
				x.press("esc")
				x.sees("↑↓ page", "Appearance")
				return
			}
			x.sees("enter go there", c.page)
			x.press("enter")
			x.seesNot("enter go there")
			if c.typed != "not using lync" { // of a choice, what is chosen has the cursor
				x.selected(c.at)
			}
			x.press("left", "left", "left", "left", "left")
		})
	}
}

func TestTheFieldAboveThePagesIsReachedInEveryWay(t *testing.T) {
	for name, reach := range map[string]func(*face){
		"slash":       func(x *face) { x.press("/") },
		"up":          func(x *face) { x.press("up") },
		"a click":     func(x *face) { x.click("Find an option") },
		"from a page": func(x *face) { x.press("enter", "ctrl+f") },
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 80, 24, world, func(x *face) {
				x.press("o")
				reach(x)
				x.sees("type to find an option")
				x.pastes("contact address")
				x.sees("Contact address", "enter go there")
				x.press("esc", "up", "down")
				x.sees("↑↓ page")
			})
		})
	}
}

func TestAHitIsChosenWithTheMouse(t *testing.T) {
	inWindow(t, 100, 40, world, func(x *face) {
		x.press("o")
		x.types("mute")
		x.sees("Mute all sounds when my status is Do Not Disturb")
		x.click("Mute all sounds when my status is Busy")
		x.sees("Keep quiet")
		x.selected("is Busy")
	})
}

// Whatever can be set can be found, by the words that stand on its page.
func TestEveryControlHasWords(t *testing.T) {
	m := newModel(t.Context(), Deps{State: world(), Do: func([]app.Effect) {}, Now: time.Now})
	openOptions(m, rect{})
	o := m.dialogs.top().(*options)
	known := map[control]bool{}
	for _, s := range o.search.spots {
		if s.label == "" {
			t.Errorf("a control of %s has no label", o.pages[s.page].title())
		}
		known[s.control] = true
	}
	for i := range o.forms {
		for _, c := range o.forms[i].controls() {
			if !known[c] {
				t.Errorf("a control of %s cannot be found", o.pages[i].title())
			}
		}
	}
}

func TestEveryPageCanBeUsedAtEverySize(t *testing.T) {
	for _, size := range []struct{ w, h int }{{60, 20}, {80, 24}, {140, 45}} {
		inWindow(t, size.w, size.h, world, func(x *face) {
			for _, page := range []text.Safe{"General", "Personal", "Contacts List", "Status", "Alerts", "IM", "Ringtones and Sounds", "File Saving", "Network"} {
				x.opensPage(string(page))
				x.sees("  OK      Cancel", "Options")
				x.press("shift+tab", "shift+tab") // the list, the page's last button
				x.press("esc")
				x.seesNot("Find an option")
			}
		})
	}
}
