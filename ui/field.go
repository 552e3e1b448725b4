package ui

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"golync/internal/text"
)

// field is a place to write one line: an address, a note, a password. It knows the keys of a shell's
// line and takes pasted text. Unlike an editor's text, its value is exactly what was typed, because a
// password is; only line breaks become blanks, and control characters are dropped.
type field struct {
	placeholder text.Safe
	secret      bool // shows dots
	limit       int  // largest number of bytes, 0 for 512
	full        bool // something was left out for want of room, since somebody has looked

	letters []string // grapheme clusters
	at      int      // the cursor stands before letters[at]
	from    int      // first one shown
}

// value is what has been written.
func (f *field) value() string { return strings.Join(f.letters, "") }

// set replaces what is written and puts the cursor behind it.
func (f *field) set(s string) {
	f.letters, f.at, f.from = nil, 0, 0
	f.insert(s)
}

// insert writes at the cursor as much of s as there is room for.
func (f *field) insert(s string) {
	before, after := strings.Join(f.letters[:f.at], ""), strings.Join(f.letters[f.at:], "")
	for _, letter := range letters(strings.Map(oneLine, strings.ToValidUTF8(s, ""))) {
		if f.holds(before, letter, after) {
			before += letter
		} else {
			f.full = true
		}
	}
	f.at = len(letters(before))
	f.letters = letters(before + after)
	f.at = min(f.at, len(f.letters))
}

// holds reports whether there is room for one letter more.
func (f *field) holds(before, letter, after string) bool {
	limit := f.limit
	if limit == 0 {
		limit = 512
	}
	return len(before)+len(letter)+len(after) <= limit
}

// oneLine keeps a character in its line, or drops it.
func oneLine(r rune) rune {
	if r == '\n' || r == '\t' {
		return ' '
	}
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

// letters takes a text apart into what a reader would call its letters.
func letters(s string) (all []string) {
	for s != "" {
		letter, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		all, s = append(all, letter), s[len(letter):]
	}
	return all
}

// key does what a key means in a line; false leaves it to others.
func (f *field) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "left", "ctrl+b":
		f.at = max(f.at-1, 0)
	case "right":
		f.at = min(f.at+1, len(f.letters))
	case "home", "ctrl+a":
		f.at = 0
	case "end":
		f.at = len(f.letters)
	case "ctrl+left", "alt+b", "alt+left":
		f.at = f.wordStart()
	case "ctrl+right", "alt+right":
		f.at = f.wordEnd()
	case "backspace", "ctrl+h":
		f.cut(max(f.at-1, 0), f.at)
	case "delete":
		f.cut(f.at, min(f.at+1, len(f.letters)))
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		f.cut(f.wordStart(), f.at)
	case "ctrl+u":
		f.cut(0, f.at)
	case "ctrl+k":
		f.cut(f.at, len(f.letters))
	default:
		if k.Text == "" || k.Mod&(tea.ModCtrl|tea.ModAlt) != 0 {
			return false
		}
		f.insert(k.Text)
	}
	return true
}

// cut takes letters away and puts the cursor there.
func (f *field) cut(from, to int) {
	f.letters, f.at = slices.Delete(f.letters, from, to), from
}

// wordStart and wordEnd are where ctrl with an arrow goes. Words end at blanks, so that an address is one.
func (f *field) wordStart() int {
	i := f.at
	for i > 0 && f.letters[i-1] == " " {
		i--
	}
	for i > 0 && f.letters[i-1] != " " {
		i--
	}
	return i
}

func (f *field) wordEnd() int {
	i := f.at
	for i < len(f.letters) && f.letters[i] == " " {
		i++
	}
	for i < len(f.letters) && f.letters[i] != " " {
		i++
	}
	return i
}

// shown is how one letter looks in the field. What is written is drawn letter by letter: the
// writer must see every one of them, with the cursor between.
func (f *field) shown(letter string) text.Safe {
	if f.secret {
		return "•"
	}
	if letter == " " {
		return " "
	}
	return text.From(letter).Line()
}

// draw writes the field into the first row of an area. With the keys it returns the cursor.
func (f *field) draw(c *canvas, area rect, t, dim style, keys bool) *tea.Cursor {
	c.fill(rect{Min: area.Min, Max: pt(area.Max.X, area.Min.Y+1)}, t)
	if len(f.letters) == 0 {
		c.print(area.Min.X, area.Min.Y, area.Dx(), on(t, dim), f.placeholder)
		if !keys {
			return nil
		}
		return cursor(area.Min.X, area.Min.Y, tea.CursorBar)
	}
	f.scroll(c, area.Dx())
	x, caret := area.Min.X, area.Min.X
	for i := f.from; i < len(f.letters); i++ {
		if i == f.at {
			caret = x
		}
		s := f.shown(f.letters[i])
		w := c.width(s)
		if x+w > area.Max.X {
			break
		}
		x = c.print(x, area.Min.Y, w, t, s)
	}
	if f.at == len(f.letters) {
		caret = x
	}
	if !keys {
		return nil
	}
	return cursor(min(caret, area.Max.X-1), area.Min.Y, tea.CursorBar)
}

// scroll moves the first letter shown so that the cursor is within width cells and no room is wasted.
func (f *field) scroll(c *canvas, width int) {
	f.from = min(f.from, f.at)
	for f.from > 0 && f.span(c, f.from-1, len(f.letters)) < width {
		f.from--
	}
	for used := f.span(c, f.from, f.at); used >= width && f.from < f.at; f.from++ {
		used -= c.width(f.shown(f.letters[f.from]))
	}
}

// span is how many cells letters take.
func (f *field) span(c *canvas, from, to int) int {
	w := 0
	for _, letter := range f.letters[from:to] {
		w += c.width(f.shown(letter))
	}
	return w
}
