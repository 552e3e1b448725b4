package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// slip is a dialog that notes what it gets.
type slip struct {
	got  string
	soft bool
	own  string // a key it takes itself
}

func (s *slip) draw(c *canvas, area rect) *tea.Cursor {
	c.onClick(area, func(pointer) { s.got += "click " })
	return cursor(area.Min.X, area.Min.Y, tea.CursorBlock)
}

func (s *slip) key(k tea.KeyPressMsg) bool {
	s.got += k.String() + " "
	return k.String() == s.own
}
func (s *slip) keys() []scope      { return nil }
func (s *slip) place(in rect) rect { return centred(in, 10, 4) }
func (s *slip) light() bool        { return s.soft }

func TestEscClosesTheTopDialogUnlessItTakesTheKey(t *testing.T) {
	var d dialogs
	below, above := &slip{}, &slip{own: "esc"}
	d.push(below)
	d.push(above)
	d.key(pressed("esc"))
	if d.top() != above {
		t.Error("a dialog that takes esc was closed by it")
	}
	d.close(above)
	d.key(pressed("x"))
	if d.top() != below || below.got != "x " {
		t.Errorf("the one below got %q", below.got)
	}
	d.key(pressed("esc"))
	if d.top() != nil || d.key(pressed("x")) {
		t.Error("a closed dialog still takes keys")
	}
}

func TestClosingADialogClosesWhatItOpened(t *testing.T) {
	var d dialogs
	first, second, third := &slip{}, &slip{}, &slip{}
	for _, s := range []*slip{first, second, third} {
		d.push(s)
	}
	d.close(second)
	if d.top() != first {
		t.Error("what the closed dialog had opened is still there")
	}
	d.close(third) // not there any more
	if d.top() != first {
		t.Error("closing what is not open closed something else")
	}
}

func TestOnlyTheTopDialogCanBeClicked(t *testing.T) {
	var d dialogs
	below, above := &slip{}, &slip{soft: true}
	d.push(below)
	d.push(above)
	c := onCanvas(40, 12)
	c.onClick(c.bounds(), func(pointer) { t.Error("the window below was clicked") })
	at := d.draw(c, c.bounds(), nil)
	if at == nil || at.X != 15 {
		t.Errorf("the cursor is %v", at)
	}
	c.click(pointer{at: pt(20, 6)})
	if above.got != "click " || below.got != "" {
		t.Errorf("clicked %q and %q", above.got, below.got)
	}
	c.click(pointer{at: pt(0, 0)}) // beside: a light one goes
	if d.top() != below {
		t.Error("a click beside did not close the menu")
	}
	c.begin(40, 12)
	d.draw(c, c.bounds(), nil)
	c.click(pointer{at: pt(0, 0)})
	if d.top() != below {
		t.Error("a click beside closed a form")
	}
}
