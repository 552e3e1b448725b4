package ui

import (
	"testing"

	"golync/alerts"
	"golync/internal/app"
)

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
				x.selected("Alerts")
				x.sees("↑↓ page")
				x.press("up", "down") // there is one page, so nothing moves
				x.selected("Alerts")
				x.press(c.in)
				x.seesNot("↑↓ page")
				x.sees("space check")
				x.press(c.out)
				x.sees("↑↓ page")
				x.press("esc")
				x.seesNot("General alerts")
			})
		})
	}
}

func TestShiftTabFromTheListOfPagesReachesTheButtons(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.press("o", "shift+tab", "enter") // Cancel is the last
		x.seesNot("General alerts")
		if saves := did[app.SaveAlerts](x); saves != nil {
			t.Errorf("saved %v", saves)
		}
	})
}

func TestEachChoiceOfAlertsIsReachedByKeysAndExplained(t *testing.T) {
	for downs, c := range []struct {
		outside alerts.OutsideChoice
		means   string
	}{
		{alerts.AllowAnyone, "Skype users who are not your contacts may send you"},
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
		inWindow(t, 110, 30, start, func(x *face) {
			x.press("o", "enter", "space", "tab", "tab") // the check box, Do Not Disturb, Contacts not using Lync
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
		"Don't show alerts":                      alerts.ShowNone,
		"Show only conversation alerts from":     alerts.ShowWorkgroupOnly,
		"Show all alerts, but only conversation": alerts.ShowAllButConversations,
	} {
		inWindow(t, 110, 30, world, func(x *face) {
			x.press("o")
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
			x.press("o", "enter", "space") // the check box is changed
			x.press(leave...)
			x.seesNot("General alerts")
			if after := x.state.AlertOptions(); after != before {
				t.Errorf("%v changed %+v to %+v", leave, before, after)
			}
			x.press("o")
			x.sees("General alerts")
		})
	}
}
