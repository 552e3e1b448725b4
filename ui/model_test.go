package ui

import (
	"context"
	"errors"
	"image/color"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient/pidf"
)

func TestFirstFrameWaitsForNothing(t *testing.T) {
	// A model that has been told its size and nothing else: no answer of the terminal, no input.
	m := modelOf(world(), 80, 24)
	if m.View().Content == "" || !m.View().AltScreen {
		t.Error("there is no frame")
	}
}

func TestThemeFollowsTheTerminal(t *testing.T) {
	m := modelOf(world(), 80, 24)
	if m.theme.accent.Fg != lyncTheme(lyncDark).accent.Fg {
		t.Error("the first guess is not dark")
	}
	m.Update(tea.BackgroundColorMsg{Color: color.White})
	if m.theme.accent.Fg != lyncTheme(lyncLight).accent.Fg {
		t.Error("a light terminal has a dark theme")
	}
	m.Update(tea.ColorProfileMsg{Profile: colorprofile.Ascii})
	if m.theme.accent.Fg != nil {
		t.Error("NO_COLOR has colours")
	}
	m.Update(tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset})
	if !m.canvas.whole {
		t.Error("mode 2027 makes no difference")
	}
}

func TestAlertsStayInTheWindowAndTheRestIsDone(t *testing.T) {
	var done []app.Effect
	m := modelOf(world(), 80, 24)
	m.deps.Do = func(e []app.Effect) { done = append(done, e...) }
	m.do([]app.Effect{app.Alert{What: alerts.Request, From: gina}, app.SignOut{}})
	if len(done) != 1 || done[0] != (app.SignOut{}) {
		t.Errorf("done: %v", done)
	}
	m.do([]app.Effect{app.Alert{What: alerts.Request, From: gina}})
	if len(done) != 1 {
		t.Errorf("an alert was handed on: %v", done)
	}
}

func TestTheWindowOutlivesItsSession(t *testing.T) {
	m := modelOf(world(), 80, 24)
	if m.Update(inputsMsg{err: errors.New("closed")}); m.left != nil || len(m.pending) != 0 {
		t.Error("the end of the inputs ends the window, or is asked for again")
	}
}

func TestInputsAreTakenInOrderOneBatchAtATime(t *testing.T) {
	batches := make(chan []app.Input, 3)
	m := newModel(t.Context(), Deps{
		State: world(), Do: func([]app.Effect) {}, Now: time.Now,
		Next: func(context.Context) ([]app.Input, error) { return <-batches, nil },
	})
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	for _, activity := range []pidf.Activity{pidf.ActivityBusy, pidf.ActivityAway, pidf.ActivityNone} {
		batches <- events(is(dana, activity, "", time.Now()))
		_, cmd := m.Update(m.wait())
		if cmd == nil {
			t.Fatal("the next batch is not waited for")
		}
	}
	if who, _ := m.state.Contacts().Get(dana); who.Presence.Availability != contacts.Available {
		t.Errorf("Dana is %v", who.Presence.Availability)
	}
}

func TestHelpShowsAllKeysAndScrolls(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("?")
		x.sees("The window", "Find someone among the contacts", "Search all conversations")
		x.seesNot("Cheri")
		x.press("pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown")
		x.seesNot("The window")
		x.press("pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup", "pgup")
		x.sees("The window")
		x.press("esc")
		x.sees("GROUPS")
	})
}

func TestWhatIsSaidGoesAwayByItself(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("tab")
		x.sees("No conversation is open. Select a contact and press enter.")
		x.passes(spoken)
		x.seesNot("No conversation is open")
		x.sees("enter open")
	})
}

func TestOneColumnShowsTheWindowOrTheConversation(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("enter")
		x.sees("Write to Bob")
		x.seesNot("GROUPS")
		x.press("tab")
		x.sees("GROUPS")
		x.seesNot("Write to Bob")
		x.press("tab")
		x.sees("Write to Bob")
		x.resizes(120, 40)
		x.sees("GROUPS", "Write to Bob")
	})
}

// On a slow machine a frame goes out before the size of the terminal is known. It must not be drawn over what
// the shell shows.
func TestTheFirstFrameLeavesTheShellAlone(t *testing.T) {
	m := newModel(t.Context(), Deps{State: world(), Do: func([]app.Effect) {}, Now: time.Now})
	if !m.View().AltScreen {
		t.Error("a frame without a size is drawn on the shell's own screen")
	}
}
