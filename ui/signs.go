package ui

import (
	"golync/internal/option"
	"golync/internal/text"
)

// asciiSign is what stands for a sign where only ASCII may be drawn: one cell for one cell, so that nothing on
// the screen moves. Every sign that golync has of its own has its line here; a test reads the sources for them.
// The canvas changes signs when it draws them, which keeps every other file free of the question. It cannot
// tell golync's own signs from those in people's words, so that a bullet of theirs changes with it, and letters
// never do.
func asciiSign(sign string) string {
	switch sign {
	case "●", "•", "✓":
		return "*" // available, a hidden letter, what is chosen
	case "▀":
		return "=" // half a cell of a picture, which is drawn in shades then
	case "■", "▐":
		return "#" // busy, the thumb of a scroll bar
	case "⊘", "✕":
		return "x" // do not disturb, close
	case "◔":
		return "~" // away
	case "○", "·", "–", "—", "─":
		return "-" // offline, between words, rules
	case "│", "▌", "┃":
		return "|"
	case "╭", "╮", "╰", "╯":
		return "+"
	case "▾", "↓":
		return "v"
	case "↑":
		return "^"
	case "▸", "→", "›":
		return ">"
	case "←", "‹":
		return "<"
	case "⚙", "⋯":
		return "=" // as the three bars of a menu
	case "⌕":
		return "/" // the key that leads there
	case "“", "”":
		return `"`
	case "‘", "’":
		return "'"
	case "…":
		return "."
	case "\uFFFD":
		return "?" // what nobody can draw
	}
	return ""
}

// cutMark stands where text was cut because there was no room.
func (c *canvas) cutMark() text.Safe {
	if c.ascii {
		return "~"
	}
	return "…"
}

// keyName is how a key is written on the screen: the arrows are drawn where they can be.
func (c *canvas) keyName(key text.Safe) text.Safe {
	if c.ascii {
		return key
	}
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	}
	return key
}

// ascii says that only ASCII may be drawn: because the user or the command line said so, else because the
// locale is not one of UTF-8.
func (a appearance) ascii() bool {
	switch {
	case a.onlyASCII || a.chosen.Signs == option.SignsASCII:
		return true
	case a.chosen.Signs == option.SignsUnicode:
		return false
	}
	return a.narrow
}
