package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/option"
	"golync/sipclient"
)

// Everything that can be done in a call is done by a key and by the mouse, at every size.
func TestEveryDeedOfACallByKeyAndMouse(t *testing.T) {
	for name, c := range map[string]struct {
		key, button string
		did         func(x *face) bool
	}{
		"mute":    {"alt+m", " Mute ", func(x *face) bool { m := did[app.MuteCall](x); return len(m) == 1 && m[0].On }},
		"hold":    {"alt+o", " Hold ", func(x *face) bool { h := did[app.HoldCall](x); return len(h) == 1 && h[0].On }},
		"hang up": {"alt+q", " Hang Up", func(x *face) bool { return len(did[app.HangUp](x)) == 1 }},
		"dial": {"alt+k", " Dial Pad ", func(x *face) bool {
			x.press("5")
			d := did[app.SendDigits](x)
			return len(d) == 1 && d[0].Digits == "5"
		}},
		"transfer": {"alt+t", " Transfer ", func(x *face) bool {
			x.types("fred")
			x.press("enter")
			f := did[app.TransferCall](x)
			return len(f) == 1 && f[0].To == fred
		}},
		"devices": {"alt+a", " Devices ", func(x *face) bool { return x.has("Microphone") && x.has("Loudspeaker or headset") }},
	} {
		t.Run(name, func(t *testing.T) {
			for _, size := range sizes {
				for way, does := range map[string]func(x *face){
					"key":   func(x *face) { x.press(c.key) },
					"mouse": func(x *face) { x.click(c.button) },
				} {
					inWindow(t, size.width, size.height, world, func(x *face) {
						x.talksTo(dana)
						x.types("x") // somebody is writing
						does(x)
						if !c.did(x) {
							t.Errorf("%v, %s: nothing came of it:\n%s", size, way, x.text())
						}
					})
				}
			}
		})
	}
}

// What can be done only once somebody has answered says so before.
func TestWhatNeedsAnAnswerSaysSo(t *testing.T) {
	for _, key := range []string{"alt+o", "alt+t"} {
		inWindow(t, 80, 24, world, func(x *face) {
			x.press("alt+p", key)
			x.sees("Nobody has answered this call yet.")
		})
	}
	for _, button := range []string{" Hold ", " Transfer "} {
		inWindow(t, 80, 24, world, func(x *face) {
			x.press("alt+p")
			x.click(button)
			x.sees("Nobody has answered this call yet.")
		})
	}
}

// Keys of a call without a call mean what they mean otherwise, or nothing.
func TestTheKeysOfCallsDoNothingWithoutOne(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.talks()
		x.types("Half a sent")
		before := x.text()
		for _, b := range callKeys {
			if b.does == "answer" || b.does == "decline" { // of announcements otherwise
				continue
			}
			x.press(string(b.keys[0]))
		}
		if after := x.text(); after != before {
			t.Errorf("it became\n%s", after)
		}
	})
}

func TestAMutedCallSaysSo(t *testing.T) {
	hearing(t, 80, 24, world, func(x *face, _ *ear) {
		c := x.talksTo(dana)
		x.sees("You ······", "They ······", "alt+m mute")
		x.press("alt+m")
		x.sees("Muted", " Unmute ", "They ······")
		x.seesNot("You ··")
		x.hears(c, active)
		x.press("esc") // to the list, where the call has a line
		x.sees("Dana 0:00 · muted")
	})
}

func TestHowACallSoundsStandsInItsBar(t *testing.T) {
	for _, size := range sizes {
		hearing(t, size.width, size.height, world, func(x *face, e *ear) {
			e.is(app.CallSound{In: 0.5, Out: 0.02, Quality: app.QualityFair, Secure: true, Codec: "G722"})
			x.talksTo(dana)
			x.sees("You ■■····", "They ■■■■■■", "Fair")
			if size.width != 60 {
				x.sees("✓ encrypted")
			}
			e.is(app.CallSound{Quality: app.QualityNoSound, Codec: "G722"})
			x.passes(time.Second)
			x.sees("You ······", "They ······", "No sound")
			x.seesNot("✓ encrypted")
			if size.width == 80 || size.width == 200 { // elsewhere there is no room
				x.sees("not encrypted")
			}
		})
	}
}

func TestWhatIsTheMatterWithTheDevicesIsSaid(t *testing.T) {
	inWindow(t, 60, 20, world, func(x *face) {
		c := x.talksTo(dana)
		x.results(app.SoundFailed{ID: c.ID, Err: errText("there is no microphone, so that nobody hears you, and a long reason why that is so with this machine, which is given here, too")})
		x.sees("There is no microphone, so that nobody hears you", " Hang Up")
		x.results(app.SoundFailed{ID: c.ID})
		x.seesNot("There is no microphone")
	})
}

type errText string

func (e errText) Error() string { return string(e) }

// Two calls: one is talked in, one waits in a line, and they are swapped.
func TestTwoCallsAreSwapped(t *testing.T) {
	for _, size := range sizes {
		for way, swap := range map[string]func(x *face){
			"key":   func(x *face) { x.press("alt+s") },
			"mouse": func(x *face) { x.click(" Swap ") },
		} {
			inWindow(t, size.width, size.height, world, func(x *face) {
				d := x.talksTo(dana)
				e := x.talksTo(eve)
				x.hears(d, held)
				x.sees("Call with Eve · 0:", "Dana On hold 0:")
				did[app.HoldCall](x)
				swap(x)
				if h := did[app.HoldCall](x); len(h) != 2 || h[0].ID == h[1].ID {
					t.Fatalf("%s: held %v", way, h)
				}
				x.hears(e, held)
				x.hears(d, active)
				x.sees("Call with Eve · On hold", "Dana 0:")
				x.click("Dana 0:")
				x.sees("Call with Dana · 0:", "Eve On hold 0:")
				x.click(" Hang Up") // of the uppermost, which need not be Eve's
				if over := did[app.HangUp](x); len(over) != 1 {
					t.Errorf("ended %v", over)
				}
			})
		}
	}
}

// The line of a call leads to its conversation, by key and by mouse, from the list and from another conversation.
func TestTheLineOfACallLeadsToIt(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			x.talksTo(dana)
			for _, away := range []func(){
				func() { x.press("esc") },
				func() { x.state.Open(time.Now(), eve); x.press("ctrl+n") },
			} {
				for _, back := range []func(){func() { x.click("Dana 0:") }, func() { x.press("alt+g") }} {
					away()
					if x.model.conversation.shown != dana || !x.model.layout.two {
						back()
					}
					x.sees("Call with Dana", "Write to Dana")
				}
			}
			x.press("esc")
			if !x.model.layout.two {
				x.click(" Hang Up")
				if over := did[app.HangUp](x); len(over) != 1 {
					t.Errorf("ended %v", over)
				}
			}
		})
	}
}

// frames counts what a while sends to the terminal: one write for each frame that differs.
func (x *face) frames(d time.Duration) int {
	x.line.writes.Store(0)
	x.passes(d)
	return int(x.line.writes.Load())
}

// Nothing ticks without a call; with one its time is drawn once a second, levels at most five times.
func TestACallIsDrawnNoMoreOftenThanNeeded(t *testing.T) {
	hearing(t, 100, 30, world, func(x *face, e *ear) {
		if n := x.frames(50 * time.Second); n > 0 {
			t.Errorf("%d frames without a call", n)
		}
		c := x.talksTo(dana)
		n := x.frames(20 * time.Second)
		if n < 19 || n > 21 {
			t.Errorf("%d frames in 20 seconds of which only the time changes", n)
		}
		asked := e.questions()
		e.talks()
		if n := x.frames(20 * time.Second); n > 100 {
			t.Errorf("%d frames in 20 seconds", n)
		}
		if n := e.questions() - asked; n > 600 {
			t.Errorf("it was asked %d times in 20 seconds how it sounds", n)
		}
		e.is(app.CallSound{})
		x.press("esc", "v") // the conversation is still beside it
		x.hears(c, over(sipclient.EndedByPeer, 0))
		x.passes(10 * time.Second)
		asked = e.questions()
		if n := x.frames(50 * time.Second); n > 0 || e.questions() != asked {
			t.Errorf("%d frames and %d questions after the call", n, e.questions()-asked)
		}
	})
	hearing(t, 80, 24, world, func(x *face, e *ear) { // in the list only the time is seen
		x.talksTo(dana)
		x.press("esc")
		x.passes(2 * time.Second)
		asked := e.questions()
		x.passes(20 * time.Second)
		if n := e.questions() - asked; n > 21 {
			t.Errorf("it was asked %d times in 20 seconds how it sounds, with nothing to be seen of it", n)
		}
	})
}

func TestACallIsSeenWithoutColours(t *testing.T) {
	for _, theme := range []option.Theme{option.ThemeHighContrast, option.ThemePlain} {
		inWindow(t, 60, 20, worldOf(func(o *option.Set) { o.General.Theme = theme }), func(x *face) {
			x.talksTo(dana)
			x.sees("[Mute]", "[Hold]", "[Hang Up]")
			x.rings(eve)
			x.sees("[Answer] [Decline] [Reply by IM]")
		})
	}
}

// A click on a hint in the last row does what its key does.
func TestTheHintsOfACallCanBeClicked(t *testing.T) {
	inWindow(t, 100, 30, world, func(x *face) {
		x.rings(dana)
		last := x.lines()[29]
		if !strings.Contains(last, "alt+c answer") {
			t.Fatalf("the last row is %q", last)
		}
		x.clickCell(len([]rune(last[:strings.Index(last, "answer")])), 29, tea.MouseLeft)
		if answered := did[app.AnswerCall](x); len(answered) != 1 {
			t.Errorf("answered %v", answered)
		}
		x.hears(calls(dana, ""), active)
		x.click("alt+m mute")
		if muted := did[app.MuteCall](x); len(muted) != 1 {
			t.Errorf("muted %v", muted)
		}
	})
}

// The longest sentence of all is said to its end in the smallest window.
func TestTroubleWithDevicesIsSaidToItsEnd(t *testing.T) {
	for _, size := range sizes {
		inWindow(t, size.width, size.height, world, func(x *face) {
			c := x.talksTo(dana)
			x.results(app.SoundFailed{ID: c.ID, Err: errText("no sound server was found, so you are not heard and hear nothing: start PulseAudio or PipeWire, or see docs/calls.md")})
			x.sees("No sound server was found", "docs/calls.md.", "Hang Up")
		})
	}
}
