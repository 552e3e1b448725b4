package ui

import (
	"github.com/charmbracelet/x/ansi"

	"golync/internal/text"
)

// nextCluster cuts the first grapheme cluster off s, which is not empty, and says how many cells it
// takes. Two ASCII bytes in a row never join, which is most of what people write.
func nextCluster(s text.Safe) (cluster text.Safe, cells int) {
	if s[0] < 0x80 && (len(s) == 1 || s[1] < 0x80) {
		return s[:1], 1
	}
	g, w := ansi.FirstGraphemeCluster(string(s), ansi.GraphemeWidth)
	return s[:len(g)], w
}

// wrap breaks one line of text into pieces of at most width cells. It breaks after blanks, which then
// disappear, and after wide characters; a word longer than a line is broken where the line ends. Blanks
// at the very start stay, so that indented text keeps its shape. It never returns an empty slice.
func wrap(s text.Safe, width int) []text.Safe {
	var lines []text.Safe
	eachPiece(s, width, func(from, to int) { lines = append(lines, s[from:to]) })
	return lines
}

// eachPiece is wrap for whoever has to know where in s the pieces stand.
func eachPiece(s text.Safe, width int, piece func(from, to int)) {
	width = max(width, 2)
	for from := 0; ; {
		end, next := breakLine(s[from:], width)
		piece(from, from+end)
		if from += next; from >= len(s) {
			return
		}
	}
}

// breakLine finds where the first line of s ends and where the next one starts.
func breakLine(s text.Safe, width int) (end, next int) {
	cells, at := 0, 0
	breakEnd, breakNext := 0, 0 // the last chance to break, 0 when there was none
	inBlanks, begun := false, false
	for at < len(s) {
		c, w := nextCluster(s[at:])
		blank := c == " " && begun // blanks in front are not to break at
		begun = begun || c != " "
		if blank {
			if !inBlanks {
				breakEnd = at
			}
			breakNext = at + len(c)
		} else if cells+w > width {
			if breakEnd > 0 {
				return breakEnd, breakNext
			}
			return hardBreak(at, len(c))
		}
		inBlanks = blank
		cells += w
		at += len(c)
		if w == 2 && cells <= width {
			breakEnd, breakNext = at, at
		}
	}
	if cells > width && inBlanks {
		return breakEnd, len(s) // blanks that hang over the edge
	}
	return len(s), len(s)
}

// hardBreak breaks at the byte at, and past one cluster when the line would otherwise be empty.
func hardBreak(at, cluster int) (end, next int) {
	if at == 0 {
		at = cluster
	}
	return at, at
}
