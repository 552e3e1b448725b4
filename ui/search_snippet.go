package ui

import (
	"strings"

	uv "github.com/charmbracelet/ultraviolet"

	"golync/internal/text"
)

// piece is a part of a message, either what was looked for or what stands around it.
type piece struct {
	words text.Safe
	hit   bool
}

// snippetOf takes a message apart at the places found, byte ranges in its raw text. Places that are not within
// the text or not in order are left out: the words matter more than the marks.
func snippetOf(body text.Peer, marks [][2]int) (pieces []piece) {
	raw, from := body.Raw(), 0
	add := func(to int, hit bool) {
		if words := pieceOf(raw[from:to], from > 0, to < len(raw)); words != "" {
			pieces = append(pieces, piece{words, hit})
		}
		from = to
	}
	for _, mark := range marks {
		if mark[0] < from || mark[1] <= mark[0] || mark[1] > len(raw) {
			continue
		}
		add(mark[0], false)
		add(mark[1], true)
	}
	add(len(raw), false)
	return pieces
}

// pieceOf cleans a part of a text as one line, and keeps a blank at an end where something comes before or
// after it.
func pieceOf(raw string, before, after bool) text.Safe {
	words := text.From(raw).Line()
	if words == "" {
		if before && after && strings.TrimSpace(raw) == "" && raw != "" {
			return " "
		}
		return ""
	}
	if before && strings.TrimLeft(raw, blanks) != raw {
		words = " " + words
	}
	if after && strings.TrimRight(raw, blanks) != raw {
		words += " "
	}
	return words
}

// blanks part words in a message.
const blanks = " \t\r\n"

// leadPart is how much of a row may stand before what was looked for: a third.
const leadPart = 3

// drawSnippet draws a message in one row so that the first place found is in sight. What was looked for is
// bold and underlined, which tells it apart without colours too.
func drawSnippet(p *pen, s style, pieces []piece) {
	if len(pieces) > 1 && !pieces[0].hit {
		pieces[0].words = p.c.tail(pieces[0].words, max(p.room()/leadPart, p.room()-p.c.widthOf(pieces[1:])))
	}
	for _, part := range pieces {
		look := s
		if part.hit {
			look = bold(look)
			look.Underline = uv.UnderlineSingle
		}
		p.put(look, part.words)
	}
}

// widthOf is how many cells pieces take.
func (c *canvas) widthOf(pieces []piece) (width int) {
	for _, p := range pieces {
		width += c.width(p.words)
	}
	return width
}

// tail is the end of t in at most room cells.
func (c *canvas) tail(t text.Safe, room int) text.Safe {
	width := c.width(t)
	if width <= room {
		return t
	}
	for t != "" && width > room-1 {
		_, w, n := c.cluster(string(t))
		width, t = width-w, t[n:]
	}
	return c.cutMark() + t
}
