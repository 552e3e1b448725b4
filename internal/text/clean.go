package text

import (
	"strings"
	"unicode/utf8"
)

// What the cleaning puts where something was taken away, so that the reader sees that there was more.
const (
	mark   = '\uFFFD' // a control character, a broken byte, a character nobody can draw
	dotted = '\u25CC' // stands under a combining mark that has nothing to combine with
)

// Bounds of one user-perceived character, far above what any script needs.
const (
	maxMarks = 8 // combining marks
	maxJoins = 8 // parts joined by ZERO WIDTH JOINER
	tabStop  = 4
)

// fitLine reports whether s needs no cleaning as one line: printable ASCII, single spaces inside.
func fitLine(s string) bool {
	if len(s) > maxLine {
		return false
	}
	space := true // a space at the beginning is not fit
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < 0x20 || c >= 0x7f || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

// fitLines reports whether s is one line of printable ASCII.
func fitLines(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c >= 0x7f {
			return false
		}
	}
	return true
}

// oneLine cleans s for Line.
func oneLine(s string) Safe {
	var b strings.Builder
	b.Grow(min(len(s), maxLine*utf8.UTFMax))
	n, space := 0, false
	clean(s, false, func(r rune) bool {
		if r == ' ' || r == '\n' || r == '\t' {
			space = b.Len() > 0
			return true
		}
		if n >= maxLine {
			b.WriteRune('…')
			return false
		}
		if space {
			b.WriteByte(' ')
			n, space = n+1, false
		}
		b.WriteRune(r)
		n++
		return true
	})
	return Safe(b.String())
}

// allLines cleans s for Lines. Lines that are fit already are parts of s.
func allLines(s string) []Safe {
	lines := make([]Safe, 0, 1+strings.Count(s, "\n"))
	for {
		line, rest, more := strings.Cut(s, "\n")
		if more {
			line = strings.TrimSuffix(line, "\r")
		}
		if fitLines(line) {
			lines = append(lines, Safe(line))
		} else {
			lines = bodyLines(lines, line)
		}
		if !more {
			return lines
		}
		s = rest
	}
}

// bodyLines appends the lines of s, which may have breaks of other kinds than LF.
func bodyLines(lines []Safe, s string) []Safe {
	var b strings.Builder
	column := 0
	clean(s, true, func(r rune) bool {
		switch r {
		case '\n':
			lines = append(lines, Safe(b.String()))
			b.Reset()
			column = 0
		case '\t':
			n := tabStop - column%tabStop
			b.WriteString("    "[:n])
			column += n
		default:
			b.WriteRune(r)
			column++
		}
		return true
	})
	return append(lines, Safe(b.String()))
}

// clean is the one function through which text from a peer becomes text to show. It gives what is left
// of s to out, character by character, until out returns false: printable characters, ' ', '\n' for a
// line break and '\t' for a tab. It takes away, or marks with U+FFFD, everything by which text could
// leave its place on the screen or pass for other text: C0 and C1 controls, DEL, broken UTF-8, bidi
// controls, zero width and tag characters, fillers, variation selectors, private use and unassigned
// characters. Combining marks are kept up to maxMarks on one character, ZERO WIDTH JOINER and
// NON-JOINER in a body (and there only where they have work to do).
func clean(s string, body bool, out func(rune) bool) {
	c := cleaner{out: out}
	for i := 0; i < len(s) && !c.done; {
		r, size := utf8.DecodeRuneInString(s[i:])
		next := s[i+size:]
		if r == '\r' && next != "" && next[0] == '\n' {
			size++ // CR LF breaks a line once
		}
		i += size
		c.take(r, body, next)
	}
}

// cleaner is what clean remembers of the characters before.
type cleaner struct {
	out    func(rune) bool
	base   rune // last plain character of the cluster; 0 when a mark would have nothing to combine with
	marks  int  // combining marks on it
	joins  int  // joiners in it
	joined bool // the last one out was a joiner
	gap    bool // the last one out was mark
	done   bool
}

func (c *cleaner) take(r rune, body bool, next string) {
	k := classify(r)
	switch k {
	case dropped:
		return
	case marked:
		if !c.gap {
			c.put(mark)
		}
		*c = cleaner{out: c.out, gap: true, done: c.done}
	case combining:
		if c.marks++; c.marks > maxMarks {
			return
		}
		if c.base == 0 {
			c.put(dotted) // or it would combine with the border, or with the sender's name
			c.base = dotted
		}
		c.put(r)
		c.gap = false
	case joiner:
		if body && c.base != 0 && c.joins < maxJoins && !c.joined && joins(c.base, r, next) {
			c.put(r)
			c.joins, c.joined = c.joins+1, true
		}
	case blank:
		c.rest(' ')
	case newline:
		c.rest('\n')
	case tab:
		c.rest('\t')
	case plain:
		joins := 0
		if c.joined {
			joins = c.joins
		}
		c.put(r)
		*c = cleaner{out: c.out, base: r, joins: joins, done: c.done}
		if r == ' ' {
			c.base = 0
		}
	}
}

// rest puts out a blank of some sort, on which nothing may combine.
func (c *cleaner) rest(r rune) {
	c.put(r)
	*c = cleaner{out: c.out, done: c.done}
}

func (c *cleaner) put(r rune) {
	if !c.done {
		c.done = !c.out(r)
	}
}
