package shot

import (
	"fmt"
	"strings"
	"time"
)

// keys are the bytes an xterm sends for keys that have a name.
var keys = map[string]string{
	"enter": "\r", "tab": "\t", "esc": "\x1b", "space": " ", "backspace": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
	"home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~",
	"insert": "\x1b[2~", "delete": "\x1b[3~", "shift+tab": "\x1b[Z",
	"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~",
	"f9": "\x1b[20~", "f10": "\x1b[21~", "alt+enter": "\x1b\r", "alt+up": "\x1b[1;3A", "alt+down": "\x1b[1;3B", "menu": "\x1b[29~",
}

// settle is how long Press waits between keys, so that a lone escape is not read together with the key
// that follows it.
const settle = 60 * time.Millisecond

// Press sends keys by name ("enter", "ctrl+n", "alt+c", "down") or by character ("a").
func (t *Terminal) Press(names ...string) error {
	for _, name := range names {
		seq, err := sequence(name)
		if err != nil {
			return err
		}
		if _, err := t.pty.WriteString(seq); err != nil {
			return err
		}
		if name == "esc" {
			time.Sleep(settle)
		}
	}
	return nil
}

func sequence(name string) (string, error) {
	if seq, ok := keys[name]; ok {
		return seq, nil
	}
	if c, ok := strings.CutPrefix(name, "ctrl+"); ok && len(c) == 1 && c[0] >= 'a' && c[0] <= 'z' {
		return string(rune(c[0] - 'a' + 1)), nil
	}
	if c, ok := strings.CutPrefix(name, "alt+"); ok && len([]rune(c)) == 1 {
		return "\x1b" + c, nil
	}
	if len([]rune(name)) == 1 {
		return name, nil
	}
	return "", fmt.Errorf("no key is called %q", name)
}

// Type sends text as if typed.
func (t *Terminal) Type(text string) error {
	_, err := t.pty.WriteString(text)
	return err
}

// Paste sends text as a bracketed paste.
func (t *Terminal) Paste(text string) error {
	_, err := t.pty.WriteString("\x1b[200~" + text + "\x1b[201~")
	return err
}

// Mouse buttons as SGR mouse mode counts them.
const (
	left    = 0
	right   = 2
	wheelUp = 64
)

// Click clicks the left button at a cell.
func (t *Terminal) Click(x, y int) error { return t.mouse(left, x, y) }

// RightClick clicks the right button at a cell.
func (t *Terminal) RightClick(x, y int) error { return t.mouse(right, x, y) }

// Wheel turns the wheel at a cell; up by positive steps, down by negative ones.
func (t *Terminal) Wheel(x, y, steps int) error {
	button := wheelUp
	if steps < 0 {
		button, steps = wheelUp+1, -steps
	}
	for range steps {
		if _, err := fmt.Fprintf(t.pty, "\x1b[<%d;%d;%dM", button, x+1, y+1); err != nil {
			return err
		}
	}
	return nil
}

func (t *Terminal) mouse(button, x, y int) error {
	_, err := fmt.Fprintf(t.pty, "\x1b[<%d;%d;%dM\x1b[<%d;%d;%dm", button, x+1, y+1, button, x+1, y+1)
	return err
}
