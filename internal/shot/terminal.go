// Package shot runs a program in a pseudo terminal with an emulator behind it, as a person would see
// it: it types and clicks, waits for what is on the screen, and takes pictures. End-to-end tests and
// the pictures of the README are made with it.
//
// It knows nothing of golync, and asserts nothing: tests do.
package shot

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// Options says what to run, and how large the terminal is.
type Options struct {
	Cols, Rows int
	Dir        string
	Env        []string // the whole environment but TERM and COLORTERM, which are set
	Dark       bool     // the terminal reports a dark background
	// Output gets every byte the program writes as it comes, before the emulator; nil means nobody does.
	Output io.Writer
}

// Terminal is a running program and its screen.
type Terminal struct {
	cmd  *exec.Cmd
	pty  *os.File
	out  io.Writer
	mu   sync.Mutex // guards emu, raw, news, title, bells, hidden and halfway
	emu  *vt.Emulator
	raw  bytes.Buffer
	news chan struct{} // closed and replaced whenever the screen may have changed

	title   string
	bells   int
	hidden  bool
	halfway bool          // a frame has begun and is not drawn to its end
	done    chan struct{} // closed when the program has ended and all its output was read
	exitErr error
}

// Start runs a program. The caller must Close it.
func Start(o Options, name string, args ...string) (*Terminal, error) {
	t := &Terminal{
		cmd:  exec.Command(name, args...),
		emu:  vt.NewEmulator(o.Cols, o.Rows),
		out:  o.Output,
		news: make(chan struct{}),
		done: make(chan struct{}),
	}
	t.emu.SetCallbacks(vt.Callbacks{
		Title:            func(s string) { t.title = s },
		Bell:             func() { t.bells++ },
		CursorVisibility: func(visible bool) { t.hidden = !visible },
	})
	// The emulator takes margins below its last row, from a program that has not heard yet that the terminal is
	// smaller now, and panics when it scrolls between them. Terminals leave such margins alone.
	t.emu.RegisterCsiHandler('r', func(p ansi.Params) (taken bool) {
		bottom, _, _ := p.Param(1, 0)
		return bottom > t.emu.Height()
	})
	t.knowsFrames()
	t.emu.SetDefaultForegroundColor(foreground(o.Dark))
	t.emu.SetDefaultBackgroundColor(background(o.Dark))
	t.cmd.Dir = o.Dir
	t.cmd.Env = append(append([]string{}, o.Env...), "TERM=xterm-256color", "COLORTERM=truecolor")
	f, err := pty.StartWithSize(t.cmd, &pty.Winsize{Cols: uint16(o.Cols), Rows: uint16(o.Rows)})
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	t.pty = f
	go t.answer()
	go t.read()
	return t, nil
}

// knowsFrames makes the emulator one that takes synchronized output (mode 2026), as terminals do: between set and
// reset a frame is drawn, and nobody sees half of it. Without it a person would see rows where they are about to
// move away from, and click on them.
func (t *Terminal) knowsFrames() {
	const frame = 2026
	is := func(p ansi.Params) bool { mode, _, _ := p.Param(0, 0); return mode == frame }
	t.emu.RegisterCsiHandler(ansi.Command('?', '$', 'p'), func(p ansi.Params) (taken bool) {
		if !is(p) {
			return false
		}
		_, _ = io.WriteString(t.emu.InputPipe(), ansi.ReportMode(ansi.DECMode(frame), ansi.ModeReset))
		return true
	})
	for end, halfway := range map[byte]bool{'h': true, 'l': false} {
		t.emu.RegisterCsiHandler(ansi.Command('?', 0, end), func(p ansi.Params) (taken bool) {
			if is(p) {
				t.halfway = halfway
			}
			return is(p)
		})
	}
}

// answer carries what the emulator replies to queries (background colour, modes) to the program.
func (t *Terminal) answer() {
	_, _ = io.Copy(t.pty, t.emu)
}

func (t *Terminal) read() {
	defer close(t.done)
	buf := make([]byte, 64<<10)
	for {
		n, err := t.pty.Read(buf)
		if n > 0 {
			if t.out != nil {
				_, _ = t.out.Write(buf[:n])
			}
			t.mu.Lock()
			t.raw.Write(buf[:n])
			_, _ = t.emu.Write(buf[:n])
			close(t.news)
			t.news = make(chan struct{})
			t.mu.Unlock()
		}
		if err != nil {
			t.exitErr = t.cmd.Wait()
			t.mu.Lock()
			t.halfway = false
			close(t.news)
			t.news = make(chan struct{})
			t.mu.Unlock()
			return
		}
	}
}

// Raw returns every byte the program has written so far.
func (t *Terminal) Raw() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return bytes.Clone(t.raw.Bytes())
}

// Resize changes the size of the terminal under the running program.
func (t *Terminal) Resize(cols, rows int) error {
	t.mu.Lock()
	t.emu.Resize(cols, rows)
	t.mu.Unlock()
	return pty.Setsize(t.pty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)})
}

// Signal sends a signal to the program.
func (t *Terminal) Signal(s os.Signal) error { return t.cmd.Process.Signal(s) }

// Pid is the process id of the program.
func (t *Terminal) Pid() int { return t.cmd.Process.Pid }

// ErrRunning says that the program had not ended in time.
var ErrRunning = errors.New("the program is still running")

// Wait waits for the program to end and returns its exit code; 128 plus the signal's number when a
// signal ended it.
func (t *Terminal) Wait(limit time.Duration) (int, error) {
	select {
	case <-t.done:
	case <-time.After(limit):
		return 0, ErrRunning
	}
	var exit *exec.ExitError
	if errors.As(t.exitErr, &exit) {
		if ws, ok := exit.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
			return 128 + int(ws.Signal()), nil
		}
		return exit.ExitCode(), nil
	}
	return 0, t.exitErr
}

// Close ends the program and what it has started, as far as they still run, and frees the terminal.
func (t *Terminal) Close() {
	_ = t.cmd.Process.Kill()
	// A terminal comes with a session of its own, and so with a process group. Whoever is left in it would keep
	// the terminal open.
	_ = syscall.Kill(-t.Pid(), syscall.SIGKILL)
	<-t.done
	_ = t.pty.Close()
	if c, ok := t.emu.InputPipe().(io.Closer); ok {
		_ = c.Close()
	}
}
