package ui

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"golync/contacts"
	"golync/internal/app"
	"golync/sipclient"
)

// The signal goroutine of the runtime starts with the first Notify. It has to start outside the bubbles of
// synctest, or the first test that needs it would pull it in.
func TestMain(m *testing.M) {
	ignored := make(chan os.Signal, 1)
	signal.Notify(ignored, syscall.SIGUSR2)
	os.Exit(m.Run())
}

// face is the real program on an emulated terminal, in fake time, with somebody in front of it: x.press,
// x.types, x.click act; x.sees, x.selected, x.did look. Every deed waits until nothing moves any more.
type face struct {
	t       *testing.T
	state   *app.State
	model   *model // to be looked at after the program has ended
	program *tea.Program
	screen  *vt.SafeEmulator
	line    meter // everything that was sent to the terminal
	feed    chan []app.Input
	cancel  func()

	mu      sync.Mutex
	effects []app.Effect
	title   string
	ended   chan error
}

// inWindow opens the window of a state and lets do act in front of it.
func inWindow(t *testing.T, width, height int, s func() *app.State, do func(x *face)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		x := open(t, width, height, s(), Options{})
		defer x.close()
		do(x)
	})
}

// open starts the window of a state. It is to be called in a bubble.
func open(t *testing.T, width, height int, s *app.State, o Options) *face {
	o.Zone = time.UTC
	ctx, cancel := context.WithCancel(t.Context())
	x := newFace(t, width, height, cancel)
	x.state = s
	x.model = newModel(ctx, Deps{State: s, Do: x.do, Next: x.next, Now: time.Now, Options: o})
	x.start(x.model)
	return x
}

// openModel starts any model. It is to be called in a bubble.
func openModel(t *testing.T, width, height int, m tea.Model) *face {
	x := newFace(t, width, height, func() {})
	x.start(m)
	return x
}

func newFace(t *testing.T, width, height int, cancel func()) *face {
	x := &face{t: t, screen: vt.NewSafeEmulator(width, height), feed: make(chan []app.Input, 100), ended: make(chan error, 1), cancel: cancel}
	x.line.Writer = crnl{x.screen}
	x.screen.SetCallbacks(vt.Callbacks{Title: func(title string) { x.mu.Lock(); x.title = title; x.mu.Unlock() }})
	return x
}

func (x *face) start(m tea.Model) {
	go io.Copy(io.Discard, x.screen) //nolint:errcheck // ends with the pipe
	x.program = tea.NewProgram(m,
		tea.WithInput(nil), tea.WithoutSignals(), tea.WithoutSignalHandler(), tea.WithOutput(&x.line),
		tea.WithWindowSize(x.screen.Width(), x.screen.Height()), tea.WithColorProfile(colorprofile.TrueColor),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	go func() {
		_, err := x.program.Run()
		x.cancel()
		x.ended <- err
	}()
	x.settle()
}

// close ends the program and whatever it started.
func (x *face) close() {
	x.program.Quit()
	x.program.Wait()
	x.screen.InputPipe().(io.Closer).Close() //nolint:errcheck // ends the reader
	synctest.Wait()
}

func (x *face) do(effects []app.Effect) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.effects = append(x.effects, effects...)
}

func (x *face) next(ctx context.Context) ([]app.Input, error) {
	select {
	case in := <-x.feed:
		return in, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// settle lets everything happen that is about to, and the renderer draw it.
func (x *face) settle() {
	synctest.Wait()
	time.Sleep(50 * time.Millisecond)
	synctest.Wait()
}

// nothing is a message that nobody takes.
type nothing struct{}

// passes lets time pass. A message goes through the program afterwards: nothing else orders what its timers have
// drawn before what the test looks at next.
func (x *face) passes(d time.Duration) {
	time.Sleep(d)
	x.settle()
	x.program.Send(nothing{})
	x.settle()
}

// happens is what comes from the network.
func (x *face) happens(events ...sipclient.Event) {
	in := make([]app.Input, len(events))
	for i, e := range events {
		in[i].Event = e
	}
	x.feed <- in
	x.settle()
}

// results is what comes back from effects.
func (x *face) results(results ...app.Result) {
	in := make([]app.Input, len(results))
	for i, r := range results {
		in[i].Result = r
	}
	x.feed <- in
	x.settle()
}

// press presses keys, by the names that tea gives them.
func (x *face) press(keys ...string) {
	for _, k := range keys {
		x.program.Send(pressed(k))
		x.settle()
	}
}

// types types a text letter by letter.
func (x *face) types(s string) {
	for _, r := range s {
		x.program.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	x.settle()
}

// pastes pastes a text.
func (x *face) pastes(s string) {
	x.program.Send(tea.PasteMsg{Content: s})
	x.settle()
}

// resizes makes the terminal another size.
func (x *face) resizes(width, height int) {
	x.screen.Resize(width, height)
	x.program.Send(tea.WindowSizeMsg{Width: width, Height: height})
	x.settle()
}

// find is where a text stands on the screen, for the mouse.
func (x *face) find(s string) (col, row int) {
	x.t.Helper()
	for row, line := range x.lines() {
		if before, _, ok := strings.Cut(line, s); ok {
			return len([]rune(before)), row
		}
	}
	x.t.Fatalf("there is no %q to click:\n%s", s, x.text())
	return 0, 0
}

// click clicks on a text with the left button, rightClick with the right one.
func (x *face) click(s string)       { x.t.Helper(); x.clickWith(tea.MouseLeft, s) }
func (x *face) rightClick(s string)  { x.t.Helper(); x.clickWith(tea.MouseRight, s) }
func (x *face) doubleClick(s string) { x.t.Helper(); x.click(s); x.click(s) }

func (x *face) clickWith(b tea.MouseButton, s string) {
	x.t.Helper()
	col, row := x.find(s)
	x.clickCell(col, row, b)
}

// clickCell clicks on a cell.
func (x *face) clickCell(col, row int, b tea.MouseButton) {
	x.program.Send(tea.MouseClickMsg{X: col, Y: row, Button: b})
	x.program.Send(tea.MouseReleaseMsg{X: col, Y: row, Button: b})
	x.settle()
}

// turns turns the wheel over a text, down for n > 0.
func (x *face) turns(s string, n int) {
	x.t.Helper()
	col, row := x.find(s)
	button := tea.MouseWheelDown
	if n < 0 {
		button, n = tea.MouseWheelUp, -n
	}
	for range n {
		x.program.Send(tea.MouseWheelMsg{X: col, Y: row, Button: button})
	}
	x.settle()
}

// lines is the screen as text. The right half of a wide character stands as "".
func (x *face) lines() []string {
	lines := make([]string, x.screen.Height())
	for y := range lines {
		var b strings.Builder
		for col := range x.screen.Width() {
			if c := x.screen.CellAt(col, y); c != nil {
				b.WriteString(c.Content)
			}
		}
		lines[y] = strings.TrimRight(b.String(), " ")
	}
	return lines
}

func (x *face) text() string { return strings.Join(x.lines(), "\n") }

// sees says that each of the texts stands in a line of the screen.
func (x *face) sees(texts ...string) {
	x.t.Helper()
	for _, s := range texts {
		if !strings.Contains(x.text(), s) {
			x.t.Fatalf("%q is not on the screen:\n%s", s, x.text())
		}
	}
}

// seesNot says that none of them does.
func (x *face) seesNot(texts ...string) {
	x.t.Helper()
	for _, s := range texts {
		if strings.Contains(x.text(), s) {
			x.t.Fatalf("%q is on the screen:\n%s", s, x.text())
		}
	}
}

// selected says that the cursor stands in a line with the text.
func (x *face) selected(s string) {
	x.t.Helper()
	y := x.screen.CursorPosition().Y
	if line := x.lines()[y]; !strings.Contains(line, s) {
		x.t.Fatalf("the cursor is on %q, not on %q:\n%s", line, s, x.text())
	}
}

// styleOf is how the first letter of a text is drawn.
func (x *face) styleOf(s string) uv.Style {
	x.t.Helper()
	col, row := x.find(s)
	return x.screen.CellAt(col, row).Style
}

// titled says what the terminal's title is.
func (x *face) titled(s string) {
	x.t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.title != s {
		x.t.Fatalf("the title is %q, not %q", x.title, s)
	}
}

// did returns the effects of a kind that the window has asked for, and forgets them.
func did[E app.Effect](x *face) (found []E) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.effects = slices.DeleteFunc(x.effects, func(e app.Effect) bool {
		wanted, ok := e.(E)
		if ok {
			found = append(found, wanted)
		}
		return ok
	})
	return found
}

// meter keeps what goes over the line to the terminal, to be counted and looked at.
type meter struct {
	io.Writer
	mu     sync.Mutex // a clock of the window's may draw at any time
	sent   strings.Builder
	writes atomic.Int64
}

func (m *meter) Write(p []byte) (int, error) {
	m.mu.Lock()
	m.sent.Write(p)
	m.mu.Unlock()
	m.writes.Add(1)
	return m.Writer.Write(p)
}

// bytesOf is what a deed sends to the terminal.
func (x *face) bytesOf(deed func()) string {
	x.line.mu.Lock()
	x.line.sent.Reset()
	x.line.mu.Unlock()
	deed()
	x.settle()
	x.line.mu.Lock()
	defer x.line.mu.Unlock()
	return x.line.sent.String()
}

// crnl does what the terminal's driver does to a bare newline.
type crnl struct{ io.Writer }

func (w crnl) Write(p []byte) (int, error) {
	_, err := w.Writer.Write(bytes.ReplaceAll(bytes.ReplaceAll(p, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n")))
	return len(p), err
}

const (
	alice contacts.Address = "sip:alice@contoso.com"
	dana  contacts.Address = "sip:dana@contoso.com"
	eve   contacts.Address = "sip:eve@contoso.com"
	fred  contacts.Address = "sip:fred@contoso.com"
	gina  contacts.Address = "sip:gina@fabrikam.com"
	cheri contacts.Address = "sip:cheri@outlook.com"
	bob   contacts.Address = "sip:bob(contoso.com)@msn.com"
)
