package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"golync/internal/text"
)

// shownOn is what stands in a row of a canvas.
func shownOn(c *canvas, y int) string {
	var b strings.Builder
	for _, cell := range c.cells.Line(y) {
		b.WriteString(cell.Content)
	}
	return strings.TrimRight(b.String(), " ")
}

func onCanvas(width, height int) *canvas {
	c := newCanvas()
	c.begin(width, height)
	return c
}

func TestPrintCutsAtItsRoomAndSaysSo(t *testing.T) {
	for _, tc := range []struct {
		text text.Safe
		room int
		want string
		end  int // column after it
	}{
		{"", 5, "", 0},
		{"Alice", 5, "Alice", 5},
		{"Alice B", 5, "Alic…", 5},
		{"Alice", 1, "…", 1},
		{"Alice", 0, "", 0},
		{"伊藤", 4, "伊藤", 4},
		{"伊藤", 3, "伊…", 3},
		{"伊藤さ", 4, "伊…", 3},
		{"é", 1, "é", 1},
		{"a\u0301b", 2, "a\u0301b", 2},
	} {
		c := onCanvas(10, 1)
		if end := c.print(0, 0, tc.room, style{}, tc.text); end != tc.end {
			t.Errorf("%q in %d cells ends at %d, not %d", tc.text, tc.room, end, tc.end)
		}
		if got := shownOn(c, 0); got != tc.want {
			t.Errorf("%q in %d cells is %q, not %q", tc.text, tc.room, got, tc.want)
		}
	}
}

func TestPrintNeverLeavesTheCanvas(t *testing.T) {
	c := onCanvas(4, 2)
	for _, at := range [][2]int{{-1, 0}, {0, -1}, {0, 2}, {4, 0}, {3, 1}} {
		c.print(at[0], at[1], 100, style{}, "伊藤 Alice")
	}
	if got := shownOn(c, 0); got != "" {
		t.Errorf("row 0 is %q", got)
	}
	if got := shownOn(c, 1); got != "   …" {
		t.Errorf("row 1 is %q", got)
	}
}

// Terminals disagree on the width of these; what is drawn has to have the same width for all of them.
func TestClustersOfDisputedWidthAreReduced(t *testing.T) {
	for _, s := range []string{"👨\u200d👩\u200d👧", "👍🏽", "1\ufe0f\u20e3", "❤\ufe0f", "🏴\U000e0067\U000e007f", "🇩🇪", "\u0301", "ᄀ\u1161", "นำ", "क्षि", "\u2764"} {
		c := onCanvas(10, 1)
		for rest := s; rest != ""; {
			content, width, n := c.cluster(rest)
			if wc, g := ansi.StringWidthWc(content), ansi.StringWidth(content); wc != g || g != width {
				t.Errorf("of %q is drawn %q, %d cells to some terminals, %d to others, %d to us", s, content, wc, g, width)
			}
			rest = rest[n:]
		}
		c.whole = true
		if got, want := c.width(text.From(s).Line()), ansi.StringWidth(string(text.From(s).Line())); got != want {
			t.Errorf("%q takes %d cells where clusters are measured, not %d", s, got, want)
		}
	}
}

func TestPenWritesFromBothEndsAndNeverOver(t *testing.T) {
	c := onCanvas(20, 2)
	p := c.pen(c.bounds(), 0)
	if at := p.end(style{}, "right"); at.Min.X != 15 || at.Dx() != 5 {
		t.Errorf("the end stands at %v", at)
	}
	p.put(style{}, "a name that is too long")
	if got := shownOn(c, 0); got != "a name that is…right" {
		t.Errorf("got %q", got)
	}
	if at := p.end(style{}, "x"); !at.Empty() {
		t.Errorf("something was squeezed in at %v", at)
	}
	p = c.pen(c.bounds(), 1)
	p.before(" (1/2)", style{}, "a name that is too long")
	p.put(style{}, " (1/2)")
	if got := shownOn(c, 1); got != "a name that i… (1/2)" {
		t.Errorf("got %q", got)
	}
	if p = c.pen(c.bounds(), 2); p.room() != 0 {
		t.Error("there is room below the area")
	}
}

func TestTheTopmostTargetIsClicked(t *testing.T) {
	c := onCanvas(10, 2)
	hit := ""
	c.onClick(c.bounds(), func(pointer) { hit += "under " })
	c.onClick(rect{Min: pt(2, 0), Max: pt(4, 1)}, func(pointer) { hit += "over " })
	c.onWheel(c.bounds(), func(n int) { hit += "wheel " })
	c.click(pointer{at: pt(3, 0)})
	c.click(pointer{at: pt(4, 0)})
	c.wheel(pt(3, 0), 1)
	c.cover()
	if c.click(pointer{at: pt(3, 0)}) || c.wheel(pt(3, 0), 1) {
		t.Error("what is covered was clicked")
	}
	if hit != "over under wheel " {
		t.Errorf("clicked %q", hit)
	}
}

func TestBoxAndRule(t *testing.T) {
	c := onCanvas(12, 4)
	c.print(0, 1, 12, style{}, "xxxxxxxxxxxx")
	if inside := c.box(rect{Min: pt(1, 0), Max: pt(11, 3)}, style{}, style{}); inside != (rect{Min: pt(2, 1), Max: pt(10, 2)}) {
		t.Errorf("the inside is %v", inside)
	}
	c.rule(c.bounds(), 3, style{}, style{}, "now")
	for y, want := range []string{" ╭────────╮", "x│        │x", " ╰────────╯", "─── now ────"} {
		if got := shownOn(c, y); got != want {
			t.Errorf("row %d is %q, not %q", y, got, want)
		}
	}
}

func FuzzPrintStaysWithinItsRoom(f *testing.F) {
	for _, s := range []string{"Alice", "伊藤", "👨\u200d👩", "e\u0301\u0301", "\u202eevil", "ก็ำ", "🇩🇪🇫"} {
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, raw string, room int) {
		room = max(min(room, 30), 0)
		c := onCanvas(40, 3)
		s := text.From(raw).Line()
		end := c.print(3, 1, room, style{}, s)
		if end < 3 || end > 3+room {
			t.Fatalf("%q in %d cells ends at %d", s, room, end)
		}
		if shownOn(c, 0) != "" || shownOn(c, 2) != "" {
			t.Fatalf("%q left its row", s)
		}
		for x, cell := range c.cells.Line(1) {
			if (x < 3 || x >= 3+room) && cell.Content != " " {
				t.Fatalf("%q wrote %q into column %d", s, cell.Content, x)
			}
		}
	})
}

func TestCursorDoesNotBlink(t *testing.T) {
	if at := cursor(1, 2, tea.CursorBar); at.Blink || at.X != 1 || at.Y != 2 {
		t.Errorf("the cursor is %+v", at)
	}
}
