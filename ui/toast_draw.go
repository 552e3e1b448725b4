package ui

import (
	"slices"

	"golync/alerts"
	"golync/internal/app"
	"golync/internal/option"
	"golync/internal/text"
)

// toastBox is a toast as it is drawn: how many rows its words take, each part cut to two.
type toastBox struct {
	alert      app.Alert
	head, body []text.Safe
}

// toastLines is how many lines head and body may take, each.
const toastLines = 2

// rows is the height of the box, frame included.
func (b toastBox) rows() int { return len(b.head) + len(b.body) + 2 }

// place is where toasts lie: in the corner that the user chose, beside the heads of window and conversation
// and the lines that are being written, which they would hide.
func (s *toasts) place(l layout) rect {
	switch s.m.state.Options().Toasts.Corner {
	case option.TopLeft, option.BottomLeft:
		if l.two {
			return l.parts().list
		}
	}
	area := l.beside()
	if !l.talk.Empty() {
		_, area = cutBottom(area, editorRoom)
	}
	return area
}

// editorRoom is what a message of a few lines takes at the lower edge of a conversation.
const editorRoom = 4

// draw draws the toasts one below the other, the newest nearest to the window's middle; that one says by which
// keys it is opened and dismissed.
func (s *toasts) draw(c *canvas) {
	s.shown = slices.DeleteFunc(s.shown, func(t toast) bool { return s.settled(t.alert) })
	if len(s.shown) == 0 {
		return
	}
	_, below := s.corner(s.place(s.m.layout))
	_, _, _, free := s.m.rings.boxes() // what calls leave
	boxes := s.boxesFor(free)
	for i, b := range boxes {
		var at rect
		at, free = takeRows(free, b.rows(), below)
		s.drawBox(c, at, b, i == len(boxes)-1)
	}
}

// boxesFor are the boxes for which there is room: the newest ones.
func (s *toasts) boxesFor(area rect) []toastBox {
	var boxes []toastBox
	rows := 0
	for _, shown := range slices.Backward(s.shown) {
		b := s.boxOf(shown.alert, area.Dx())
		if rows += b.rows(); rows > area.Dy() {
			break
		}
		boxes = append(boxes, b)
	}
	slices.Reverse(boxes)
	return boxes
}

func (s *toasts) boxOf(a app.Alert, width int) toastBox {
	cut := func(t text.Safe) []text.Safe {
		if t == "" {
			return nil
		}
		lines := wrap(t, width-panelColumns)
		return lines[:min(len(lines), toastLines)]
	}
	return toastBox{a, cut(s.headline(a)), cut(s.body(a))}
}

func (s *toasts) drawBox(c *canvas, at rect, b toastBox, newest bool) {
	t := s.m.theme
	inside := c.box(at, on(t.panel, t.accent), on(t.panel, t.text))
	inside.Min.X, inside.Max.X = inside.Min.X+1, inside.Max.X-1
	heads, rest := cutTop(inside, len(b.head))
	drawLines(c, heads, on(t.panel, t.strong), b.head)
	drawLines(c, rest, on(t.panel, t.text), b.body)
	c.onClick(at, func(pointer) { s.open(b.alert) })
	edge, _ := cutBottom(at, 1)
	foot := c.pen(edge, 0)
	foot.skip(2)
	foot.keep(2)
	if b.alert.What == alerts.Request {
		foot.button(on(t.panel, t.accent), " Accept ", func() { s.accept(b.alert) })
	}
	if newest {
		foot.end(on(t.panel, t.dim), " "+c.keys.shown(windowKeys, "announcement")+" open "+signDot+" "+c.keys.shown(windowKeys, "dismiss")+" dismiss ")
	}
	top, _ := cutTop(at, 1)
	p := c.pen(top, 0)
	p.keep(1)
	c.onClick(p.end(on(t.panel, t.dim), " "+signClose+" "), func(pointer) { s.dismiss(b.alert) })
}
