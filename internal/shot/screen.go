package shot

import (
	"fmt"
	"image/color"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// Screen is what stood on the terminal at one moment.
type Screen struct {
	Cols, Rows       int
	Cells            [][]uv.Cell // row by row; a cell right of a wide one has width 0
	CursorX, CursorY int
	CursorHidden     bool
	Title            string
	Bells            int
	Alt              bool // the alternate screen is shown

	fg, bg color.Color
}

// Screen returns what stands on the terminal now. A frame that has begun is waited for, as long as Patience.
func (t *Terminal) Screen() Screen {
	s, _ := t.Until("a whole frame", func(Screen) bool { return true })
	return s
}

func (t *Terminal) screen() Screen {
	pos := t.emu.CursorPosition()
	s := Screen{
		Cols: t.emu.Width(), Rows: t.emu.Height(), CursorX: pos.X, CursorY: pos.Y, CursorHidden: t.hidden,
		Title: t.title, Bells: t.bells, Alt: t.emu.IsAltScreen(),
		fg: t.emu.ForegroundColor(), bg: t.emu.BackgroundColor(),
	}
	s.Cells = make([][]uv.Cell, s.Rows)
	for y := range s.Cells {
		s.Cells[y] = make([]uv.Cell, s.Cols)
		for x := range s.Cells[y] {
			if c := t.emu.CellAt(x, y); c != nil {
				s.Cells[y][x] = *c
			}
		}
	}
	return s
}

// Line returns one row as text, without blanks at its end.
func (s Screen) Line(y int) string {
	text, _ := s.row(y)
	return strings.TrimRight(text, " ")
}

// row returns one row as text, and the column of each of its bytes. The cell under the right half of a
// wide character holds nothing and counts for nothing.
func (s Screen) row(y int) (string, []int) {
	var b strings.Builder
	var at []int
	for x := 0; x < len(s.Cells[y]); {
		c := s.Cells[y][x]
		content := c.Content
		if content == "" {
			content = " "
		}
		b.WriteString(content)
		for range len(content) {
			at = append(at, x)
		}
		x += max(c.Width, 1)
	}
	return b.String(), at
}

// Text returns the whole screen, a line per row.
func (s Screen) Text() string {
	lines := make([]string, s.Rows)
	for y := range lines {
		lines[y] = s.Line(y)
	}
	return strings.Join(lines, "\n")
}

// Has reports whether text stands in one row.
func (s Screen) Has(text string) bool {
	_, _, ok := s.Find(text)
	return ok
}

// Find returns the cell where text begins first, from the top.
func (s Screen) Find(text string) (x, y int, ok bool) {
	for y := range s.Cells {
		row, at := s.row(y)
		if i := strings.Index(row, text); i >= 0 && i < len(at) {
			return at[i], y, true
		}
	}
	return 0, 0, false
}

// Patience is how long the waiting functions wait when nothing else is said. It bounds failures only:
// what is waited for is seen as soon as it stands on the screen.
const Patience = 20 * time.Second

// Until waits until the screen satisfies ok, and returns that screen; one with half a frame on it does not. The error of a wait that ran out
// holds the screen as it was.
func (t *Terminal) Until(what string, ok func(Screen) bool) (Screen, error) {
	deadline := time.After(Patience)
	ended := false
	for {
		t.mu.Lock()
		s, news, whole := t.screen(), t.news, !t.halfway
		t.mu.Unlock()
		if whole && ok(s) {
			return s, nil
		}
		if ended {
			return s, fmt.Errorf("the program ended before %s; its last screen:\n%s", what, s.Text())
		}
		select {
		case <-news:
		case <-t.done:
			ended = true
		case <-deadline:
			return s, fmt.Errorf("waited %s in vain for %s; the screen:\n%s", Patience, what, s.Text())
		}
	}
}

// See waits until text stands on the screen.
func (t *Terminal) See(text string) (Screen, error) {
	return t.Until(fmt.Sprintf("%q", text), func(s Screen) bool { return s.Has(text) })
}

// Gone waits until text no longer stands on the screen.
func (t *Terminal) Gone(text string) (Screen, error) {
	return t.Until(fmt.Sprintf("%q to go", text), func(s Screen) bool { return !s.Has(text) })
}

// ClickOn waits for text and clicks on its first character.
func (t *Terminal) ClickOn(text string) error {
	s, err := t.See(text)
	if err != nil {
		return err
	}
	x, y, _ := s.Find(text)
	return t.Click(x, y)
}

// RightClickOn waits for text and clicks the right button on its first character.
func (t *Terminal) RightClickOn(text string) error {
	s, err := t.See(text)
	if err != nil {
		return err
	}
	x, y, _ := s.Find(text)
	return t.RightClick(x, y)
}
