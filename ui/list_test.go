package ui

import (
	"math/rand/v2"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// tall are rows of given heights that note which of them were drawn.
type tall struct {
	heights []int
	drawn   []int
	clicked int
}

func (r *tall) len() int         { return len(r.heights) }
func (r *tall) height(i int) int { return r.heights[i] }
func (r *tall) drawRow(_ *canvas, area rect, i int, chosen bool) *tea.Cursor {
	r.drawn = append(r.drawn, i)
	if !chosen {
		return nil
	}
	return cursor(area.Min.X, area.Min.Y, tea.CursorBar)
}
func (r *tall) click(i int, _ rect, _ pointer) { r.clicked = i }

func ofHeight(n, height int) *tall {
	r := &tall{heights: make([]int, n)}
	for i := range r.heights {
		r.heights[i] = height
	}
	return r
}

func TestListDrawsOnlyWhatIsInSight(t *testing.T) {
	r, c := ofHeight(10_000, 2), onCanvas(20, 11)
	var l list
	l.draw(c, c.bounds(), r, style{})
	if len(r.drawn) != 6 || r.drawn[5] != 5 {
		t.Errorf("drew %v", r.drawn)
	}
	r.drawn = nil
	l.key(pressed("end"), r.len())
	at := l.draw(c, c.bounds(), r, style{})
	if len(r.drawn) != 5 || r.drawn[4] != 9999 || at == nil || at.Y != 8 {
		t.Errorf("at the end drew %v with the cursor at %v", r.drawn, at)
	}
}

func TestListKeys(t *testing.T) {
	r, c := ofHeight(100, 1), onCanvas(20, 10)
	var l list
	for _, tc := range []struct {
		key      string
		selected int
	}{
		{"up", 0}, {"down", 1}, {"j", 2}, {"k", 1}, {"pgdown", 10}, {"ctrl+d", 19}, {"pgup", 10}, {"G", 99}, {"down", 99}, {"g", 0},
	} {
		l.draw(c, c.bounds(), r, style{})
		if !l.key(pressed(tc.key), r.len()) || l.selected != tc.selected {
			t.Errorf("%s selects %d, not %d", tc.key, l.selected, tc.selected)
		}
	}
	if l.key(pressed("x"), r.len()) {
		t.Error("the list took x")
	}
}

func TestWheelTurnsWithoutSelecting(t *testing.T) {
	r, c := ofHeight(100, 1), onCanvas(20, 10)
	var l list
	l.draw(c, c.bounds(), r, style{})
	c.wheel(pt(1, 1), 30)
	c.begin(20, 10)
	r.drawn = nil
	if at := l.draw(c, c.bounds(), r, style{}); at != nil || r.drawn[0] != 30 || l.selected != 0 {
		t.Errorf("drew from %d, selected %d, cursor %v", r.drawn[0], l.selected, at)
	}
	c.click(pointer{at: pt(1, 3)})
	if r.clicked != 33 || l.selected != 33 {
		t.Errorf("clicked %d, selected %d", r.clicked, l.selected)
	}
}

// Whatever is done to it, the list shows no row outside itself and the selected one is in sight unless the
// wheel was turned.
func TestListHoldsUnderAnything(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var l list
	r := ofHeight(50, 1)
	for range 5000 {
		switch rnd.IntN(6) {
		case 0:
			r.heights = r.heights[:rnd.IntN(len(r.heights)+1)]
		case 1:
			for range rnd.IntN(20) {
				r.heights = append(r.heights, 1+rnd.IntN(3))
			}
		case 2:
			l.top, l.free = l.top+rnd.IntN(21)-10, true
		default:
			l.key(pressed([]string{"up", "down", "pgup", "pgdown", "home", "end"}[rnd.IntN(6)]), r.len())
		}
		c := onCanvas(10, 3+rnd.IntN(12))
		r.drawn = nil
		at := l.draw(c, c.bounds(), r, style{})
		if r.len() > 0 && (len(r.drawn) == 0 || !l.free && at == nil) {
			t.Fatalf("%d rows: drew %v, selected %d, cursor %v", r.len(), r.drawn, l.selected, at)
		}
	}
}
