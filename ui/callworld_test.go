package ui

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
)

// ear is the sound of a window in a test: as loud as the test says. The window asks from several goroutines.
type ear struct {
	mu      sync.Mutex
	sounds  app.CallSound
	speaks  bool // the other side does, ten times a second louder or not
	asked   int  // how often the window has asked
	devices app.SoundDevices
	tried   []string // the devices that were opened, "source sink"
	stopped int
	err     error // of TrySound
}

// is makes it sound so.
func (e *ear) is(s app.CallSound) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.sounds, e.speaks = s, false
}

// talks lets the other side speak.
func (e *ear) talks() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.speaks = true
}

// questions is how often the window has asked so far.
func (e *ear) questions() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.asked
}

func (e *ear) sound(string) app.CallSound {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked++
	s := e.sounds
	if e.speaks {
		s.In = float64(time.Now().UnixMilli()/100%2) / 2
	}
	return s
}

func (e *ear) list(context.Context) app.SoundDevices {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.devices
}

func (e *ear) try(source, sink string) (func() app.CallSound, func(), error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.tried = append(e.tried, source+" "+sink)
	if e.err != nil {
		return nil, nil, e.err
	}
	stop := func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.stopped++
	}
	return func() app.CallSound { return e.sound("") }, stop, nil
}

// hearing opens the window of a state with sound and lets do act in front of it.
func hearing(t *testing.T, width, height int, s func() *app.State, do func(x *face, e *ear)) {
	t.Helper()
	hearingWith(t, width, height, s, Options{}, do)
}

func hearingWith(t *testing.T, width, height int, s func() *app.State, o Options, do func(x *face, e *ear)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		e := &ear{}
		o.Zone = time.UTC
		ctx, cancel := context.WithCancel(t.Context())
		x := newFace(t, width, height, cancel)
		x.state = s()
		x.model = newModel(ctx, Deps{
			State: x.state, Do: x.do, Next: x.next, Now: time.Now, Options: o,
			Sound: e.sound, SoundDevices: e.list, TrySound: e.try,
		})
		x.start(x.model)
		defer x.close()
		do(x, e)
	})
}

// calls is an incoming call of a person, who calls themselves as the test says.
func calls(a contacts.Address, name string) sipclient.Call {
	return sipclient.Call{ID: "in " + string(a), Peer: string(a), Name: text.From(name), Incoming: true, State: sipclient.CallRinging}
}

// hears is what sipclient tells of a call.
func (x *face) hears(c sipclient.Call, change ...func(*sipclient.Call)) {
	x.t.Helper()
	for _, do := range change {
		do(&c)
	}
	x.happens(sipclient.CallChanged{Call: c})
}

// rings lets a person call.
func (x *face) rings(a contacts.Address) sipclient.Call {
	x.t.Helper()
	c := calls(a, "They say "+a.User())
	x.hears(c)
	return c
}

// dialled is the call that the window has just asked for, as sipclient tells of it.
func (x *face) dialled() sipclient.Call {
	x.t.Helper()
	placed := did[app.PlaceCall](x)
	if len(placed) != 1 {
		x.t.Fatalf("%d calls were placed:\n%s", len(placed), x.text())
	}
	return sipclient.Call{ID: placed[0].ID, Peer: string(placed[0].Peer), State: sipclient.CallPlaced}
}

func active(c *sipclient.Call) { c.State, c.Media = sipclient.CallActive, true }

func held(c *sipclient.Call) { active(c); c.Held = true }

func over(why sipclient.CallEnd, code int) func(*sipclient.Call) {
	return func(c *sipclient.Call) { c.State, c.Why, c.Code = sipclient.CallEnded, why, code }
}

// talksTo brings Alice into a call with somebody whom she has called.
func (x *face) talksTo(a contacts.Address) sipclient.Call {
	x.t.Helper()
	effects, err := x.state.PlaceCall(time.Now(), a)
	if err != nil {
		x.t.Fatal(err)
	}
	x.do(effects)
	c := x.dialled()
	x.hears(c, active)
	x.press("alt+g")
	return c
}

// callsInEveryWay brings everything about calls to the screen, one after the other, and looks at it.
func (x *face) callsInEveryWay(look func()) {
	x.t.Helper()
	c := x.talksTo(dana)
	look()
	x.rings(eve)
	look()
	x.press("alt+z")
	look()
	x.press("esc", "alt+c")
	x.hears(calls(eve, ""), active)
	look()
	for _, key := range []string{"alt+m", "alt+k", "alt+t", "alt+a"} {
		x.press(key)
		look()
		if key != "alt+m" {
			x.press("esc")
		}
	}
	x.press("esc", "C")
	look()
	x.press("esc", "6")
	look()
	x.press("m")
	look()
	x.press("esc", "alt+g")
	x.hears(calls(eve, ""), over(sipclient.EndedByPeer, 0))
	x.hears(c, over(sipclient.EndedFailed, 0))
	look()
}

// Nothing that there is to be seen of calls is left to the terminal's own colours where a theme was chosen.
func TestCallsHaveTheColoursOfTheTheme(t *testing.T) {
	for _, chosen := range []option.Theme{option.ThemeLight, option.ThemeDark, option.ThemeHighContrast} {
		inWindow(t, 100, 30, worldOf(func(o *option.Set) { o.General.Theme = chosen }), func(x *face) {
			x.callsInEveryWay(func() {
				for y := range x.screen.Height() {
					for col := range x.screen.Width() {
						cell := x.screen.CellAt(col, y)
						if cell.Style.Bg == nil || cell.Style.Fg == nil && strings.TrimSpace(cell.Content) != "" {
							t.Fatalf("theme %d: cell %d,%d is left to the terminal: %+v\n%s", chosen, col, y, cell, x.text())
						}
					}
				}
			})
		})
	}
}

// A Skype user calls and is called the same way, in Skype's words.
func TestASkypeUserCallsInSkypesWords(t *testing.T) {
	for _, size := range sizes {
		inSkype(t, size.width, size.height, bobsWorld, func(x *face) {
			x.rings(alice)
			x.sees("Incoming call", "Alice", "alice@contoso.com", "Lync", "Answer", "Decline", "Send IM")
			x.seesNot("Colleagues", "External Contacts")
			x.press("alt+c")
			x.hears(calls(alice, ""), active)
			x.sees("Call with Alice · 0:00", "Mute", "Hold", "End Call")
			x.click("End Call")
			if over := did[app.HangUp](x); len(over) != 1 {
				t.Errorf("ended %v", over)
			}
			x.press("esc", "3") // RECENT has conversations and calls, as in Skype
			x.sees("← Received")
			x.press("enter")
			if is := x.dialled(); is.Peer != string(alice) {
				t.Errorf("called %s", is.Peer)
			}
			x.press("alt+q", "esc", "C")
			x.sees("Turn off call forwarding")
			x.press("esc", "/")
			x.types("zoe@contoso.com")
			x.click("Call zoe@contoso.com")
			if is := x.dialled(); is.Peer != "sip:zoe@contoso.com" {
				t.Errorf("called %s", is.Peer)
			}
		})
	}
	inSkype(t, 80, 24, bobsWorld, func(x *face) {
		x.rightClick("Alice")
		x.click("Call ")
		x.sees("Call with Alice · Calling…")
		x.press("esc", "o", "down", "down", "down", "down", "enter")
		x.click("When somebody calls me")
		x.click("  OK  ")
		if x.savedOptions().Sounds.Calls {
			t.Error("calls ring still")
		}
	})
}
