package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golync/internal/text"
)

// textBuffer is a text being written and a cursor in it. It holds only text fit to show: whatever comes in,
// typed or pasted, is cleaned at once, so that what the writer sees is what is sent. The cursor stands
// between grapheme clusters, never within one.
type textBuffer struct {
	lines []text.Safe // never empty once used
	line  int         // the cursor's line
	at    int         // bytes of that line in front of the cursor
	size  int         // bytes of the whole, one more for each line after the first
	limit int         // largest size; 0 for none
	one   bool        // one line only: newlines become blanks
	edits int         // rises with every change of the text
}

// String is the whole text, lines joined by newlines.
func (b *textBuffer) String() string {
	var s strings.Builder
	for i, l := range b.lines {
		if i > 0 {
			s.WriteByte('\n')
		}
		s.WriteString(string(l))
	}
	return s.String()
}

// empty reports whether nothing has been written.
func (b *textBuffer) empty() bool { return b.size == 0 }

// blank reports whether nothing has been written that could be seen.
func (b *textBuffer) blank() bool {
	for _, l := range b.lines {
		if strings.TrimSpace(string(l)) != "" {
			return false
		}
	}
	return true
}

// set replaces everything and puts the cursor at the end.
func (b *textBuffer) set(s string) {
	*b = textBuffer{limit: b.limit, one: b.one, edits: b.edits + 1}
	b.insert(s)
}

// current is the line the cursor is on.
func (b *textBuffer) current() text.Safe {
	if len(b.lines) == 0 {
		b.lines = []text.Safe{""}
	}
	return b.lines[b.line]
}

// cleansTo is how many times longer than the limit a text may be before it has been cleaned: what cannot be
// seen goes, but nobody pastes that much of it.
const cleansTo = 4

// first is the first line.
func (b *textBuffer) first() text.Safe {
	if len(b.lines) == 0 {
		return ""
	}
	return b.lines[0]
}

// insert puts s in front of the cursor. It reports false and changes nothing when the text would become
// longer than the limit.
func (b *textBuffer) insert(s string) bool {
	if b.limit > 0 && len(s) > cleansTo*b.limit {
		return false // not even to be looked at
	}
	line := string(b.current())
	before := b.clean(line[:b.at] + s)
	after := b.clean(line[:b.at] + s + line[b.at:])
	grown := len(after) - 1 - len(line)
	for _, l := range after {
		grown += len(l)
	}
	if b.limit > 0 && grown > 0 && b.size+grown > b.limit {
		return false
	}
	b.size += grown
	b.edits++
	rest := append(after, b.lines[b.line+1:]...)
	b.lines = append(b.lines[:b.line:b.line], rest...)
	b.line += len(before) - 1
	b.at = b.boundary(min(len(before[len(before)-1]), len(b.lines[b.line])))
	return true
}

// clean makes raw text into lines fit to show; at least one.
func (b *textBuffer) clean(raw string) []text.Safe {
	lines := text.From(raw).Lines()
	if b.one {
		return []text.Safe{text.Join(lines, " ")}
	}
	return lines
}

// boundary moves a position of the current line forward to the end of the cluster it is in.
func (b *textBuffer) boundary(at int) int {
	line, end := b.lines[b.line], 0
	for end < at {
		c, _ := nextCluster(line[end:])
		end += len(c)
	}
	return end
}

// before is where the cluster in front of the cursor starts.
func (b *textBuffer) before() int {
	line, start, next := b.current(), 0, 0
	for next < b.at {
		start = next
		c, _ := nextCluster(line[next:])
		next += len(c)
	}
	return start
}

func (b *textBuffer) left() {
	if b.at == 0 && b.line > 0 {
		b.line--
		b.at = len(b.lines[b.line])
		return
	}
	b.at = b.before()
}

func (b *textBuffer) right() {
	line := b.current()
	if b.at < len(line) {
		c, _ := nextCluster(line[b.at:])
		b.at += len(c)
	} else if b.line < len(b.lines)-1 {
		b.line++
		b.at = 0
	}
}

// word runs step until it has passed a word: blanks first, then what is not blank.
func (b *textBuffer) word(step func(), peek func() (rune, bool)) {
	inWord := false
	for {
		r, ok := peek()
		isWord := unicode.IsLetter(r) || unicode.IsDigit(r)
		if !ok || inWord && !isWord {
			if !ok && !inWord {
				step() // over the end of a line
			}
			return
		}
		inWord = isWord
		step()
	}
}

func (b *textBuffer) wordLeft() {
	b.word(b.left, func() (rune, bool) {
		r, n := utf8.DecodeLastRuneInString(string(b.current()[:b.at]))
		return r, n > 0
	})
}

func (b *textBuffer) wordRight() {
	b.word(b.right, func() (rune, bool) {
		r, n := utf8.DecodeRuneInString(string(b.current()[b.at:]))
		return r, n > 0
	})
}

// remove deletes from the cursor to where move takes it.
func (b *textBuffer) remove(move func()) {
	b.current()
	line, at := b.line, b.at
	move()
	fromLine, fromAt, toLine, toAt := b.line, b.at, line, at
	if fromLine > toLine || fromLine == toLine && fromAt > toAt {
		fromLine, fromAt, toLine, toAt = line, at, b.line, b.at
	}
	joined := string(b.lines[fromLine][:fromAt]) + string(b.lines[toLine][toAt:])
	b.lines = append(append(b.lines[:fromLine:fromLine], ""), b.lines[toLine+1:]...)
	b.line, b.at = fromLine, 0
	b.lines[fromLine] = text.Join(b.clean(joined), " ")
	b.at = b.boundary(min(fromAt, len(b.lines[fromLine])))
	b.measure()
}

// measure counts size anew.
func (b *textBuffer) measure() {
	b.edits++
	b.size = len(b.lines) - 1
	for _, l := range b.lines {
		b.size += len(l)
	}
}

func (b *textBuffer) home() { b.at = 0 }
func (b *textBuffer) end()  { b.at = len(b.current()) }

// top and bottom go to the start and the end of the whole text.
func (b *textBuffer) top() { b.line, b.at = 0, 0 }

func (b *textBuffer) bottom() {
	b.current()
	b.line = len(b.lines) - 1
	b.end()
}
