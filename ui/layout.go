package ui

// The sizes at which the layout changes, in cells.
const (
	leastWidth, leastHeight = 60, 20 // anything smaller gets a sentence instead of the window
	twoColumns              = 100    // from here on, the conversation stands beside the window
	roomy                   = 30     // rows from which the window has air between its parts
)

// layout is where the parts of the window stand.
type layout struct {
	small  bool                          // too small to draw anything
	two    bool                          // window and conversation beside each other
	window rect                          // the Lync window
	talk   rect                          // the conversation; empty when it is not shown
	middle rect                          // the divider
	foot   rect                          // where help stands: the last row, beside the window or below it
	divide func(window rect) windowParts // of the window's face
}

// arrange divides a terminal. talking says which one is shown where only one has room.
func arrange(width, height int, talking bool) layout {
	all := rect{Max: pt(width, height)}
	if width < leastWidth || height < leastHeight {
		return layout{small: true, window: all}
	}
	if width >= twoColumns {
		l := layout{two: true}
		l.window, l.talk = cutLeft(all, windowWidth(width))
		l.middle, l.talk = cutLeft(l.talk, 1)
		l.foot, l.talk = cutBottom(l.talk, 1)
		return l
	}
	var l layout
	l.foot, all = cutBottom(all, 1)
	if talking {
		l.talk = all
	} else {
		l.window = all
	}
	return l
}

// beside is where toasts may lie: below the heads of conversation and window, which they would hide.
func (l layout) beside() rect {
	if !l.talk.Empty() {
		_, rest := cutTop(l.talk, 3)
		return rest
	}
	return l.parts().list
}

// parts are the rows of the Lync window, as its face has them.
func (l layout) parts() windowParts {
	if l.divide == nil {
		return divide(l.window)
	}
	return l.divide(l.window)
}

// windowWidth is the width of the Lync window beside a conversation: five twelfths, between what a name with
// its presence needs and what it can use.
func windowWidth(width int) int { return min(max(width*5/12, 46), 64) }

// parts are the rows of the Lync window, from top to bottom.
type windowParts struct {
	note, name, presence rect
	location             rect // empty where rows are short: then it stands behind the name
	views                rect // and the way to Options
	find                 rect
	tabs                 rect
	list                 rect
	status               rect
}

// The columns in which the views share the row of the presence, and those that are left for the presence.
const (
	viewsWidth      = 42
	presenceColumns = 24
)

// divide gives the rows of the Lync window their places. Where there is room, blank rows part them and the
// views have a row of their own, as in Lync; where rows are short and columns are not, they stand at the end
// of the presence's.
func divide(area rect) windowParts {
	var p windowParts
	area.Min.X, area.Max.X = area.Min.X+1, area.Max.X-1
	air := 0
	if area.Dy() >= roomy {
		air = 1
	}
	p.note, area = cutTop(area, 1)
	_, area = cutTop(area, air)
	p.name, area = cutTop(area, 1)
	p.presence, area = cutTop(area, 1)
	p.location, area = cutTop(area, air)
	_, area = cutTop(area, air)
	if width := min(viewsWidth, area.Dx()-presenceColumns); air == 0 && area.Dx() >= leastWidth-2 {
		p.presence, p.views = cutLeft(p.presence, area.Dx()-width)
	} else {
		p.views, area = cutTop(area, 1)
	}
	p.find, area = cutTop(area, 1)
	_, area = cutTop(area, air)
	p.tabs, area = cutTop(area, 1)
	p.status, area = cutBottom(area, 1)
	p.list = area
	return p
}

// cutTop takes n rows off an area, or as many as there are.
func cutTop(area rect, n int) (top, rest rect) {
	y := min(area.Min.Y+n, area.Max.Y)
	top, rest = area, area
	top.Max.Y, rest.Min.Y = y, y
	return top, rest
}

// cutBottom takes n rows off the bottom.
func cutBottom(area rect, n int) (bottom, rest rect) {
	y := max(area.Max.Y-n, area.Min.Y)
	bottom, rest = area, area
	bottom.Min.Y, rest.Max.Y = y, y
	return bottom, rest
}

// cutLeft takes n columns off the left.
func cutLeft(area rect, n int) (left, rest rect) {
	x := min(area.Min.X+n, area.Max.X)
	left, rest = area, area
	left.Max.X, rest.Min.X = x, x
	return left, rest
}
