package ui

import (
	"bytes"
	"context"
	"image/color"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"golync/internal/app"
	"golync/internal/option"
	"golync/sipclient"
)

// eye is what the window of a test sees of the other side, and the cameras there are.
type eye struct {
	mu      sync.Mutex
	picture app.Picture
	cameras []app.SoundDevice
	err     error
}

func (e *eye) look(string) (app.Picture, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.picture, e.picture.Number > 0
}

// next is the next picture.
func (e *eye) next(p app.Picture) {
	e.mu.Lock()
	defer e.mu.Unlock()
	p.Number = e.picture.Number + 1
	e.picture = p
}

// shows shows a picture, each pixel of which is as a function says.
func (e *eye) shows(width, height int, pixel func(x, y int) [3]uint8) {
	p := app.Picture{Width: width, Height: height, RGB: make([]byte, 0, 3*width*height)}
	for y := range height {
		for x := range width {
			c := pixel(x, y)
			p.RGB = append(p.RGB, c[0], c[1], c[2])
		}
	}
	e.next(p)
}

var (
	redPixel   = [3]uint8{255, 0, 0}
	bluePixel  = [3]uint8{0, 0, 255}
	greenPixel = [3]uint8{0, 255, 0}
	whitePixel = [3]uint8{255, 255, 255}
)

// quarters is red and blue, and below it green and white.
func quarters(width, height int) func(x, y int) [3]uint8 {
	return func(x, y int) [3]uint8 {
		switch {
		case y < height/2 && x < width/2:
			return redPixel
		case y < height/2:
			return bluePixel
		case x < width/2:
			return greenPixel
		}
		return whitePixel
	}
}

// watching opens the window of a state with pictures and lets do act in front of it.
func watching(t *testing.T, width, height int, s func() *app.State, o Options, do func(x *face, e *eye)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		e := &eye{}
		o.Zone = time.UTC
		ctx, cancel := context.WithCancel(t.Context())
		x := newFace(t, width, height, cancel)
		x.state = s()
		x.model = newModel(ctx, Deps{
			State: x.state, Do: x.do, Next: x.next, Now: time.Now, Options: o, Picture: e.look,
			Cameras: func() ([]app.SoundDevice, error) { return e.cameras, e.err },
		})
		x.start(x.model)
		defer x.close()
		do(x, e)
	})
}

// seesSomebody brings Alice into a call with Dana in which Dana is seen.
func (x *face) seesSomebody(e *eye) sipclient.Call {
	x.t.Helper()
	c := x.talksTo(dana)
	e.shows(320, 240, quarters(320, 240))
	x.results(app.PicturesChanged{ID: c.ID, On: true, Seen: true})
	x.passes(time.Second)
	return c
}

// pane is where half blocks are on the screen; empty without any.
func (x *face) pane() (area rect) {
	for y := range x.screen.Height() {
		for col := range x.screen.Width() {
			if c := x.screen.CellAt(col, y); c != nil && c.Content == "▀" {
				area = area.Union(rect{Min: pt(col, y), Max: pt(col+1, y+1)})
			}
		}
	}
	return area
}

func shines(c color.Color, want [3]uint8) bool {
	if c == nil {
		return false
	}
	r, g, b, _ := c.RGBA()
	return [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)} == want
}

// The picture stands in the conversation in its colours and its shape, small and large, and leaves room to talk.
func TestAPictureStandsInItsConversation(t *testing.T) {
	for _, size := range append(sizes[:len(sizes):len(sizes)], struct{ width, height int }{200, 60}) {
		watching(t, size.width, size.height, world, Options{}, func(x *face, e *eye) {
			c := x.seesSomebody(e)
			small := x.pane()
			check := func(at rect) {
				t.Helper()
				if at.Empty() {
					t.Fatalf("%v: there is no picture:\n%s", size, x.text())
				}
				if want := at.Dy() * 2 * 4 / 3; at.Dx() < want-2 || at.Dx() > want+2 {
					t.Errorf("%v: %d by %d cells are not the shape of the picture", size, at.Dx(), at.Dy())
				}
				for _, q := range []struct {
					x, y int
					want [3]uint8
				}{{at.Min.X, at.Min.Y, redPixel}, {at.Max.X - 1, at.Min.Y, bluePixel}, {at.Min.X, at.Max.Y - 1, greenPixel}, {at.Max.X - 1, at.Max.Y - 1, whitePixel}} {
					if s := x.screen.CellAt(q.x, q.y).Style; !shines(s.Fg, q.want) || !shines(s.Bg, q.want) {
						t.Errorf("%v: at %d, %d is %v on %v", size, q.x, q.y, s.Fg, s.Bg)
					}
				}
				x.sees("Call with Dana", "Hang Up", "Write to Dana")
			}
			check(small)
			x.types("still here")
			x.press("alt+l")
			large := x.pane()
			x.sees("still here")
			x.press("alt+l")
			if again := x.pane(); again != small {
				t.Errorf("%v: %v became %v", size, small, again)
			}
			if size.height > 30 && large.Dy() <= small.Dy() || large.Dy() < small.Dy() {
				t.Errorf("%v: large is %v, small %v", size, large, small)
			}
			x.clickCell(small.Min.X+1, small.Min.Y+1, tea.MouseLeft)
			if got := x.pane(); got != large {
				t.Errorf("%v: a click makes it %v, not %v", size, got, large)
			}
			x.press("ctrl+u", "alt+l")
			check(x.pane())
			x.results(app.PicturesChanged{ID: c.ID, On: true})
			if !x.pane().Empty() {
				t.Errorf("%v: it is still there:\n%s", size, x.text())
			}
		})
	}
}

// Whatever the other side sends for a picture stays where pictures are, and breaks nothing.
func TestPicturesOfHostileSizes(t *testing.T) {
	for _, size := range sizes {
		watching(t, size.width, size.height, world, Options{}, func(x *face, e *eye) {
			x.seesSomebody(e)
			for _, p := range []struct{ width, height, octets int }{
				{1, 1, 3}, {1, 10000, 30000}, {10000, 1, 30000}, {0, 0, 0}, {-5, 7, 0}, {320, 240, 5}, {1 << 40, 1 << 40, 9}, {3, 3, 27}, {4000, 3000, 36_000_000}, {2, 1000, 6000},
			} {
				e.next(app.Picture{Width: p.width, Height: p.height, RGB: make([]byte, p.octets)})
				for _, key := range []string{"", "alt+l", "alt+l"} {
					if key != "" {
						x.press(key)
					}
					x.passes(300 * time.Millisecond)
					x.sees("Call with Dana", "Hang Up", "Write to Dana")
				}
			}
			for _, to := range [][2]int{{60, 20}, {20, 5}, {300, 100}, {size.width, size.height}} {
				x.resizes(to[0], to[1])
				x.passes(300 * time.Millisecond)
			}
		})
	}
}

// moves shows another picture at the pace of a camera until it is told to stop.
func (e *eye) moves(pixel func(n int) func(x, y int) [3]uint8) (stop func()) {
	done := make(chan struct{})
	go func() {
		for n := 0; ; n++ {
			select {
			case <-done:
				return
			case <-time.After(time.Second / 15):
				e.shows(64, 48, pixel(n))
			}
		}
	}()
	return func() { close(done); synctest.Wait() }
}

// Nothing ticks without a picture. With one it is drawn as often as it changes and the terminal can take.
func TestAPictureIsDrawnNoMoreOftenThanNeeded(t *testing.T) {
	for _, far := range []bool{false, true} {
		watching(t, 100, 30, world, Options{Far: far}, func(x *face, e *eye) {
			c := x.talksTo(dana)
			calm := x.frames(20 * time.Second)
			x.seesSomebodyIn(c, e)
			if n := x.frames(20 * time.Second); n > calm+5 {
				t.Errorf("far %v: %d frames of a picture that stands still, %d without one", far, n, calm)
			}
			stop := e.moves(func(n int) func(int, int) [3]uint8 {
				return func(int, int) [3]uint8 { return [3]uint8{uint8(40 * n), 0, 0} }
			})
			least, most := 10*13, 10*15+15
			if far {
				least, most = 10*5, 10*6+15
			}
			x.passes(time.Second)
			if n := x.frames(10 * time.Second); n < least || n > most {
				t.Errorf("far %v: %d frames in ten seconds", far, n)
			}
			x.press("alt+l") // and larger
			if n := x.frames(10 * time.Second); n < least || n > most {
				t.Errorf("far %v: %d frames in ten seconds, large", far, n)
			}
			x.happens(arrives(eve, "1", "hello", 1, time.Now()))
			x.talksWith(eve)
			if n := x.frames(10 * time.Second); n > 15 {
				t.Errorf("far %v: %d frames of a picture that is not on the screen", far, n)
			}
			stop()
			x.hears(c, over(sipclient.EndedByPeer, 0))
			x.passes(10 * time.Second)
			if n := x.frames(50 * time.Second); n > 0 {
				t.Errorf("far %v: %d frames after the call", far, n)
			}
		})
	}
}

func (x *face) seesSomebodyIn(c sipclient.Call, e *eye) {
	x.t.Helper()
	e.shows(320, 240, quarters(320, 240))
	x.results(app.PicturesChanged{ID: c.ID, On: true, Seen: true})
	x.passes(5 * time.Second)
	if x.pane().Empty() {
		x.t.Fatalf("there is no picture:\n%s", x.text())
	}
}

// talksWith brings the conversation with somebody to the front.
func (x *face) talksWith(a any) {
	x.t.Helper()
	x.click("Eve")
	x.press("enter")
}

// What a frame costs: nothing for noise, the part that moves for what moves, and the whole once.
func TestWhatAFrameOfAPictureSends(t *testing.T) {
	watching(t, 100, 30, world, Options{}, func(x *face, e *eye) {
		c := x.talksTo(dana)
		rng := rand.New(rand.NewPCG(1, 2))
		photo := func(x, y int) [3]uint8 { return [3]uint8{uint8(4 * x), uint8(5 * y), uint8(2 * (x + y))} }
		e.shows(64, 48, photo)
		first := len(x.bytesOf(func() {
			x.results(app.PicturesChanged{ID: c.ID, On: true, Seen: true})
			x.passes(100 * time.Millisecond)
		}))
		pane := x.pane()
		cells := pane.Dx() * pane.Dy()
		sends := func(what string, most int, pixel func(x, y int) [3]uint8) {
			t.Helper()
			e.shows(64, 48, pixel)
			sent := len(x.bytesOf(func() { x.passes(100 * time.Millisecond) }))
			t.Logf("%s: %d bytes, %.1f for each of %d cells", what, sent, float64(sent)/float64(cells), cells)
			if sent > most {
				t.Errorf("%s sends %d bytes", what, sent)
			}
		}
		t.Logf("the first one: %d bytes of %d cells", first, cells)
		sends("noise", 100, func(x, y int) [3]uint8 {
			c := photo(x, y)
			for i := range c {
				c[i] = uint8(min(max(int(c[i])+rng.IntN(9)-4, 0), 255))
			}
			return c
		})
		sends("a hand that moves", cells*40/6, func(x, y int) [3]uint8 {
			if x > 20 && x < 40 && y > 20 && y < 36 {
				return whitePixel
			}
			return photo(x, y)
		})
		sends("another picture", cells*50, func(x, y int) [3]uint8 { return photo(63-x, 47-y) })
	})
}

// Where there are fewer colours, or no signs, the picture is drawn with what there is.
func TestAPictureWithFewerColours(t *testing.T) {
	plain := worldOf(func(o *option.Set) { o.General.Theme = option.ThemePlain })
	for name, c := range map[string]struct {
		state   func() *app.State
		profile colorprofile.Profile
		options Options
		halves  bool
		bright  string
	}{
		"256 colours": {world, colorprofile.ANSI256, Options{}, true, ""},
		"16 colours":  {world, colorprofile.ANSI, Options{}, false, "@"},
		"none":        {world, colorprofile.ASCII, Options{}, false, "@"},
		"NO_COLOR":    {world, colorprofile.TrueColor, Options{NoColour: true}, false, "@"},
		"no signs":    {world, colorprofile.TrueColor, Options{ASCII: true}, false, "@"},
		"plain":       {plain, colorprofile.TrueColor, Options{}, false, "@"},
	} {
		t.Run(name, func(t *testing.T) {
			watching(t, 100, 30, c.state, c.options, func(x *face, e *eye) {
				x.program.Send(tea.ColorProfileMsg{Profile: c.profile})
				x.settle()
				c1 := x.talksTo(dana)
				e.shows(320, 240, func(x, y int) [3]uint8 { return whitePixel })
				x.results(app.PicturesChanged{ID: c1.ID, On: true, Seen: true})
				x.passes(time.Second)
				if got := !x.pane().Empty(); got != c.halves {
					t.Errorf("half blocks: %v\n%s", got, x.text())
				}
				if c.bright != "" && !strings.Contains(x.text(), strings.Repeat(c.bright, 20)) {
					t.Errorf("there are no shades:\n%s", x.text())
				}
				if c.bright == "" {
					if n := bytes.Count([]byte(x.bytesOf(func() { x.program.Send(tea.ClearScreen()); x.settle() })), []byte(";2;255;")); n > 0 {
						t.Errorf("%d colours that it does not have", n)
					}
				}
			})
		})
	}
}

func TestTheNearestOf256Colours(t *testing.T) {
	for c, want := range map[[3]uint8]int{
		{0, 0, 0}: 16, {255, 255, 255}: 231, {255, 0, 0}: 196, {0, 0, 255}: 21, {128, 128, 128}: 244, {95, 135, 175}: 67, {8, 8, 8}: 232, {238, 238, 238}: 255,
	} {
		if got := int(indexed(c)); got != want {
			t.Errorf("%v is %d, not %d", c, got, want)
		}
	}
}

// A terminal that does not keep up gets fewer pictures, and more again when it does.
func TestATerminalThatDoesNotKeepUp(t *testing.T) {
	p := &pictures{}
	for range 20 {
		p.breathe(time.Second)
	}
	if p.slow != slowestPicture {
		t.Errorf("the slowest is %v", p.slow)
	}
	n := 0
	for p.slow > 0 {
		p.breathe(0)
		n++
	}
	if n < 10 || n > 60 {
		t.Errorf("it takes %d pictures to be quick again", n)
	}
}
