package ui

import (
	"strings"
	"testing"
	"time"

	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
)

// headset is what Alice's machine has.
func headset() app.SoundDevices {
	return app.SoundDevices{
		Sources: []app.SoundDevice{{Name: "mic1", Label: text.From("Headset (echo cancelled)")}, {Name: "mic2"}},
		Sinks:   []app.SoundDevice{{Name: "out1", Label: text.From("Headset")}},
	}
}

// Each option page is written as it was read, and what is chosen is what OK puts in force.
func TestDevicesAreChosenByTheirLabels(t *testing.T) {
	for _, size := range sizes {
		hearing(t, size.width, size.height, world, func(x *face, e *ear) {
			e.devices = headset()
			x.opensPage("Audio Device")
			x.sees("Microphone", "Loudspeaker or headset", "headset")
			x.press("right")
			x.sees("Headset (echo cancelled)")
			x.press("right")
			x.sees("mic2")
			x.press("tab", "right")
			x.click("  OK  ")
			if got := x.savedOptions().Audio; got != (option.Audio{Source: "mic2", Sink: "out1"}) {
				t.Errorf("chose %+v", got)
			}
		})
	}
}

// A device that is not there now is kept until another one is chosen.
func TestADeviceThatIsAwayStaysChosen(t *testing.T) {
	away := worldOf(func(o *option.Set) { o.Audio = option.Audio{Source: "usb mic", Sink: option.AudioNone} })
	hearing(t, 100, 30, away, func(x *face, e *ear) {
		e.devices = headset()
		x.opensPage("Audio Device")
		x.sees("usb mic (not there now)", "None")
		x.click("  OK  ")
		if got := x.state.Options().Audio; got != (option.Audio{Source: "usb mic", Sink: option.AudioNone}) {
			t.Errorf("it became %+v", got)
		}
	})
}

// The microphone is open while the page is, and not a moment longer; the test sound plays when it is wanted.
func TestTheLevelMovesWhileThePageIsOpen(t *testing.T) {
	hearing(t, 100, 30, world, func(x *face, e *ear) {
		e.devices = headset()
		x.press("o")
		if len(e.tried) != 0 {
			t.Fatalf("opened %q for another page", e.tried)
		}
		x.press("esc")
		x.opensPage("Audio Device")
		x.sees("Level ······")
		e.is(app.CallSound{Out: 0.5})
		x.passes(time.Second)
		x.sees("Level ■■■■■■")
		x.press("right")
		x.click("Play a Test Sound")
		x.sees("Stop the Test Sound")
		x.click("Stop the Test Sound")
		x.press("esc")
		x.passes(time.Second)
		if got := strings.Join(e.tried, ", "); got != " none, mic1 none, mic1 , mic1 none" {
			t.Errorf("opened %q", got)
		}
		if e.stopped != len(e.tried) {
			t.Errorf("%d of %d were closed", e.stopped, len(e.tried))
		}
		if n := x.frames(50 * time.Second); n > 0 {
			t.Errorf("%d frames after the page was closed", n)
		}
	})
}

func TestWhatIsNotThereIsSaid(t *testing.T) {
	hearing(t, 100, 30, world, func(x *face, e *ear) {
		e.devices.Err = errText("no sound server answers")
		x.opensPage("Audio Device")
		x.sees("Error: no sound server answers")
	})
	hearing(t, 100, 30, world, func(x *face, e *ear) {
		e.err = errText("the microphone is in use")
		x.opensPage("Audio Device")
		x.sees("Error: the microphone is in use", "Level ······")
	})
	inWindow(t, 100, 30, world, func(x *face) { // a window without sound
		x.opensPage("Audio Device")
		x.sees("Error: No devices are known to this window.", "there is no sound in this window")
		x.click("Play a Test Sound")
		x.click("  OK  ")
		x.seesNot("Error")
	})
}

// Calls go nowhere that is nowhere.
func TestAWrongAddressToForwardToIsToldAndNothingIsSaved(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.press("C")
			x.press("down")
			x.sees("Error: ")
			x.click("  OK  ")
			x.sees("Error: ", "Forward to")
			if saves := did[app.SaveOptions](x); len(saves) != 0 {
				t.Errorf("saved %+v", saves)
			}
			x.types("alice@contoso.com") // the field has the keys now
			x.sees("This is your own")
			x.press("ctrl+u")
			x.types("dana@contoso.com")
			x.click("  OK  ")
			x.sees("CALLS FORWARDED TO Dana")
			if got := x.savedOptions().Calls; got.Forward != option.ForwardAll || got.ForwardTo != "dana@contoso.com" {
				t.Errorf("saved %+v", got)
			}
		})
	}
}

func TestPagesOpenBesideWhatWasChanged(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.talksTo(dana)
		x.press("esc", "o", "enter", "right", "right") // another theme, not in force
		x.press("alt+a")
		x.sees("Loudspeaker or headset")
		x.click("  OK  ")
		if got := x.savedOptions().General.Theme; got != option.ThemeDark {
			t.Errorf("the theme is %v", got)
		}
	})
}
