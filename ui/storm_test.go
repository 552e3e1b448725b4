package ui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// storm is a terminal that does everything at once, the same way for the same seed.
type storm struct {
	t       *testing.T
	m       *model
	rand    *rand.Rand
	keys    []string
	done    []string // the last deeds, for a report
	seq     int64
	steps   int
	answers func() // lets the server answer
}

// measureEvery is of how many rows of a frame one is measured as a terminal would.
const measureEvery = 5

// stormSizes are terminals that nobody has, and those that everybody has.
func stormSizes() [][2]int {
	return [][2]int{{0, 0}, {1, 1}, {2, 3}, {1, 50}, {300, 1}, {59, 20}, {60, 19}, {60, 20}, {61, 21}, {80, 24}, {99, 30}, {100, 20}, {140, 45}, {220, 60}}
}

// stormTexts are texts that break columns where they can.
func stormTexts() []string {
	return []string{
		"hello", "", " ", "伊藤さん", "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\u200d\u200d", "👩‍👩‍👧‍👦 family", "🇩🇪🇫🇷", "שלום עולם", "\u202eevil\u202c",
		"مرحبا", "a\tb\tc", "\x1b[31mred\x1b[0m", "line\nbreak\r\nand\rmore", "https://contoso.com/a?b=c", strings.Repeat("long ", 200), "❤️", "\u0301", "ﷺ", "\xff\xfe", "…", "●", "/", "/help", "bob@contoso.com",
	}
}

func newStorm(t *testing.T, seed uint64) *storm {
	s := &storm{t: t, m: modelOf(world(), 80, 24), rand: rand.New(rand.NewPCG(seed, seed))}
	for _, n := range namedScopes() {
		for _, b := range n.keys {
			for _, key := range b.keys {
				s.keys = append(s.keys, string(key))
			}
		}
	}
	s.keys = append(s.keys, "a", "b", "Z", "9", " ", "ctrl+a", "ctrl+k", "backspace", "ctrl+left", "alt+right", "alt+2", "f12", "space", "伊")
	return s
}

func (s *storm) pick(all []string) string { return all[s.rand.IntN(len(all))] }

// next is the next thing that happens.
func (s *storm) next() tea.Msg {
	switch n := s.rand.IntN(100); {
	case n < 60:
		key := s.pick(s.keys)
		s.tell("press %q", key)
		k, _ := keyPress(key)
		return k
	case n < 70:
		size := stormSizes()[s.rand.IntN(len(stormSizes()))]
		s.tell("resize %v", size)
		return tea.WindowSizeMsg{Width: size[0], Height: size[1]}
	case n < 85:
		return s.mouse()
	case n < 90:
		pasted := s.pick(stormTexts())
		s.tell("paste %q", pasted)
		return tea.PasteMsg{Content: pasted}
	case n < 92:
		return tea.BlurMsg{}
	case n < 94:
		return tea.FocusMsg{}
	case n < 95:
		return callTickMsg{}
	}
	return s.news()
}

func (s *storm) mouse() tea.Msg {
	x, y := s.rand.IntN(max(s.m.width, 1)+2)-1, s.rand.IntN(max(s.m.height, 1)+2)-1
	button := []tea.MouseButton{tea.MouseLeft, tea.MouseLeft, tea.MouseRight, tea.MouseWheelDown, tea.MouseWheelUp}[s.rand.IntN(5)]
	s.tell("%v at %d,%d", button, x, y)
	if button == tea.MouseWheelDown || button == tea.MouseWheelUp {
		return tea.MouseWheelMsg{X: x, Y: y, Button: button}
	}
	return tea.MouseClickMsg{X: x, Y: y, Button: button}
}

// news is what comes from the network, and a change of the options.
func (s *storm) news() tea.Msg {
	from := []contacts.Address{dana, eve, fred, gina, cheri, bob}[s.rand.IntN(6)]
	s.seq++
	body := s.pick(stormTexts())
	s.tell("news of %s: %q", from, body)
	now := time.Now()
	switch s.rand.IntN(8) {
	case 5, 6, 7:
		return s.callNews(string(from), body)
	case 0:
		return inputsMsg{inputs: events(is(from, pidf.ActivityBusy, body, now))}
	case 1:
		return inputsMsg{inputs: events(asks(pending(gina, body), pending(cheri, s.pick(stormTexts()))))}
	case 2:
		set := s.m.state.Options()
		set.General = option.General{Theme: option.Theme(s.rand.IntN(5)), Signs: option.Signs(s.rand.IntN(3))}
		set.List.TwoLines, set.List.ByAvailability = s.rand.IntN(2) == 0, s.rand.IntN(2) == 0
		s.m.state.SetOptions(now, set)
		return minuteMsg{}
	}
	return inputsMsg{inputs: events(arrives(from, fmt.Sprint(s.seq), body, s.seq, now))}
}

// callNews is what is heard of a call: of one that comes in, or of one that there is.
func (s *storm) callNews(from, body string) tea.Msg {
	c := sipclient.Call{ID: fmt.Sprint("storm ", s.seq), Peer: from, Name: text.From(body), Incoming: true, State: sipclient.CallRinging}
	if all := s.m.state.Calls(); len(all) > 0 && s.rand.IntN(3) > 0 {
		is := all[s.rand.IntN(len(all))]
		c.ID, c.Peer, c.Incoming = is.ID, string(is.Peer), is.Incoming
		c.State = sipclient.CallState(1 + s.rand.IntN(int(sipclient.CallEnded)))
		c.Held, c.Waiting, c.Media = s.rand.IntN(2) == 0, s.rand.IntN(3) == 0, s.rand.IntN(2) == 0
		c.Transfer = sipclient.TransferState(s.rand.IntN(5))
		c.Why, c.Code, c.Reason = sipclient.CallEnd(1+s.rand.IntN(7)), []int{0, 302, 404, 486, 603}[s.rand.IntN(5)], text.From(s.pick(stormTexts()))
		c.Target = s.pick(append(stormTexts(), "sip:kim@fabrikam.com"))
	}
	s.tell("call %+v", c)
	in := events(sipclient.CallChanged{Call: c})
	if s.rand.IntN(5) == 0 {
		in = append(in, app.Input{Result: app.SoundFailed{ID: c.ID, Err: errText(body)}})
	}
	return inputsMsg{inputs: in}
}

func (s *storm) tell(format string, args ...any) {
	s.done = append(s.done[max(len(s.done)-12, 0):], fmt.Sprintf(format, args...))
}

// step lets one thing happen and looks at the frame.
func (s *storm) step() {
	s.m.Update(s.next())
	frame := s.m.View()
	s.m.pending = nil
	if s.m.width == 0 || s.m.height == 0 {
		return
	}
	width, height := s.m.width, s.m.height
	if at := frame.Cursor; at != nil && !pt(at.X, at.Y).In(s.m.canvas.bounds()) {
		s.fail("the cursor is at %v of %dx%d", at.Position, width, height)
	}
	rows := strings.Split(frame.Content, "\n")
	if len(rows) != height {
		s.fail("%d rows of %d", len(rows), height)
	}
	s.steps++
	for y := s.steps % measureEvery; y < len(rows); y += measureEvery { // all of them, a few at a time: it takes long
		if got := ansi.StringWidth(rows[y]); got > width {
			s.fail("row %d has %d cells of %d: %q", y, got, width, rows[y])
		}
	}
	for y := range height {
		s.checkLine(y, width)
	}
}

// checkLine says that the cells of a row fill it exactly: wide ones are followed by their other half.
func (s *storm) checkLine(y, width int) {
	line := s.m.canvas.cells.Line(y)
	for x := 0; x < width; {
		w := line[x].Width
		if w < 1 || x+w > width {
			s.fail("the cell at %d,%d is %d wide: %q", x, y, w, line[x].Content)
		}
		for i := 1; i < w; i++ {
			if !line[x+i].IsZero() {
				s.fail("something stands in the other half of %q at %d,%d", line[x].Content, x, y)
			}
		}
		x += w
	}
}

func (s *storm) fail(format string, args ...any) {
	s.t.Helper()
	s.t.Fatalf("%s, after\n  %s", fmt.Sprintf(format, args...), strings.Join(s.done, "\n  "))
}

// run is a storm of some length; a panic is told with what led to it.
func (s *storm) run(steps int) {
	defer func() {
		if p := recover(); p != nil {
			s.t.Errorf("panic after\n  %s", strings.Join(s.done, "\n  "))
			panic(p)
		}
	}()
	for range steps {
		s.step()
	}
}

// Whatever is pressed, clicked, pasted and received at whatever size, the window keeps its shape.
func TestNoStormBreaksTheWindow(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed+1), func(t *testing.T) {
			t.Parallel()
			newStorm(t, seed+1).run(stormLength)
		})
	}
}

// A menu hangs where it was opened; the terminal may have lost that place since.
func TestAMenuMovesIntoATerminalThatHasShrunk(t *testing.T) {
	within := rect{Max: pt(61, 21)}
	for _, at := range []rect{{Min: pt(111, 52), Max: pt(112, 53)}, {Min: pt(-5, -9), Max: pt(-4, -8)}, {Min: pt(3, 20), Max: pt(4, 21)}} {
		if got := beside(within, at, 40, 12); !got.In(within) || got.Dx() != 40 || got.Dy() != 12 {
			t.Errorf("opened at %v it lies at %v", at, got)
		}
	}
}

// goes presses a key, or lets a call come in or be answered.
func (s *storm) goes(key string) {
	c := calls(gina, "Gina")
	switch key {
	case "ring":
	case "talk":
		is, _ := s.m.state.Current()
		c = sipclient.Call{ID: is.ID, Peer: string(is.Peer), State: sipclient.CallActive}
	default:
		s.m.Update(pressed(key))
		return
	}
	s.m.Update(inputsMsg{inputs: events(sipclient.CallChanged{Call: c})})
}

// Every dialog and menu is still there, within the terminal, after the terminal has been as small as can be.
func TestDialogsSurviveAnySize(t *testing.T) {
	for _, way := range [][]string{
		{"?"}, {"o"}, {"a"}, {"p"}, {"n"}, {"/"}, {"l"}, {"v"}, {"f"}, {"home", "down", "m"}, {"home", "down", "c"}, {"home", "down", "enter"}, {"home", "down", "delete"}, {"home", "f2"}, {"o", "tab", "tab"}, {"a", "enter"}, {"a", "down", "enter"}, {"home", "down", "alt+p", "talk", "alt+k"}, {"home", "down", "alt+p", "talk", "alt+t"}, {"6"}, {"ring", "alt+z"}, {"ring", "o"},
	} {
		s := newStorm(t, 1)
		for _, key := range way {
			s.goes(key)
		}
		before := len(s.m.dialogs.stack)
		for _, size := range stormSizes() {
			s.tell("%v at %v", way, size)
			s.m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			s.m.View()
			s.m.Update(pressed("down"))
			s.m.View()
			s.m.Update(pressed("up"))
		}
		s.m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		if after := len(s.m.dialogs.stack); after != before {
			s.fail("%d dialogs lie over the window, not %d", after, before)
		}
		s.step()
	}
}
