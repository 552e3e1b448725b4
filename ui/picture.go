package ui

import (
	"image"
	"time"

	"golync/internal/app"
	"golync/internal/text"
)

// How often a picture is drawn: as often as it comes where the terminal is near, and what a line of a megabit carries
// where it is reached over ssh. A picture that stands still is looked at now and then.
const (
	pictureEvery      = time.Second / 15
	pictureEveryFar   = time.Second / 6
	pictureEveryStill = time.Second / 2
	stillAfter        = 3 * time.Second
	slowestPicture    = time.Second
)

// pictureTickMsg says that there may be a new picture.
type pictureTickMsg struct{}

// pictures is the picture of a call as the window shows it: a pane of its conversation. It ticks only while there is one on
// the screen, or one is expected.
type pictures struct {
	m     *model
	large bool // as large as the conversation lets it be

	running bool
	due     time.Time     // of the tick that is on its way
	slow    time.Duration // the pace at which the terminal keeps up; 0 is the usual one
	moved   time.Time     // when the picture last changed
	seen    uint64        // number of the picture that was looked at last
	drawn   uint64        // of the one in the last frame, 0 for none
	still   still

	asked time.Time // when it was last looked whether there can be pictures
	why   text.Safe // why not
}

// current is the picture of the call whose bar is on the screen; false when there is nothing to be seen.
func (p *pictures) current() (app.Call, app.Picture, bool) {
	c, ok := p.m.shownCall()
	if !ok || !c.Pictures.Seen || p.m.deps.Picture == nil {
		return c, app.Picture{}, false
	}
	picture, ok := p.m.deps.Picture(c.ID)
	return c, picture, ok && drawable(picture)
}

// mostPixels is how wide and how high a picture may be that is drawn; the session makes them smaller than that.
const mostPixels = 4096

// drawable reports whether a picture is what it says that it is.
func drawable(p app.Picture) bool {
	return p.Width > 0 && p.Width <= mostPixels && p.Height > 0 && p.Height <= mostPixels && len(p.RGB) >= 3*p.Width*p.Height
}

// pace is how long it is to the next look; 0 when none is needed.
func (p *pictures) pace() time.Duration {
	m := p.m
	if c, ok := m.shownCall(); !ok || !c.Pictures.Seen || m.deps.Picture == nil {
		return 0
	}
	every := pictureEvery
	if m.deps.Far {
		every = pictureEveryFar
	}
	if m.now().Sub(p.moved) > stillAfter {
		every = pictureEveryStill
	}
	return max(every, p.slow)
}

// updated starts the next tick after an Update, unless one is on its way.
func (p *pictures) updated() {
	if p.running {
		return
	}
	if pace := p.pace(); pace > 0 {
		p.running, p.due = true, p.m.now().Add(pace)
		p.m.start(p.m.tick(pace, pictureTickMsg{}))
	}
}

// tick takes a tick. The frame is drawn anew only for another picture.
func (p *pictures) tick() {
	p.running = false
	p.breathe(p.m.now().Sub(p.due))
	_, picture, ok := p.current()
	number := picture.Number
	if !ok {
		number = 0
	}
	if number != p.seen {
		p.seen, p.moved = number, p.m.now()
	}
	p.m.dirty = p.m.dirty || number != p.drawn
}

// breathe slows down when ticks come late: then the terminal, or the line to it, takes longer for a picture than there is
// between two, and keys would wait for it.
func (p *pictures) breathe(late time.Duration) {
	switch {
	case late > pictureEvery:
		p.slow = min(max(2*p.slow, 2*pictureEvery), slowestPicture)
	case p.slow > pictureEvery:
		p.slow = p.slow * 15 / 16
	default:
		p.slow = 0
	}
}

// leastPicture is how many rows a picture takes at the least; with fewer there is none.
const leastPicture = 4

// besidePicture is what the conversation keeps beside a large picture: its rules, three rows of what was said, and one
// to write in.
const besidePicture = 6

// rows is how many rows of a conversation the picture takes: as many as its shape needs at the full width, no more than
// two fifths when small, and never those that are needed to talk.
func (p *pictures) rows(shape image.Point, area rect) int {
	if shape == (image.Point{}) || area.Dx() < leastPicture {
		return 0
	}
	rows := (area.Dx()*shape.Y + 2*shape.X - 1) / (2 * shape.X)
	most := area.Dy() * 2 / 5
	if p.large {
		most = area.Dy() - besidePicture
	}
	if rows = min(rows, most); rows < leastPicture {
		return 0
	}
	return rows
}
