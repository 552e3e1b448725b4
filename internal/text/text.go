// Package text holds what other people wrote, and the one way of making it fit to show.
//
// Two types keep raw text from a peer off the terminal: Peer is what somebody else chose (a name,
// a note, a message body, a reason phrase, an address), and Safe is what may be drawn. Drawing code
// takes Safe only; constants become Safe by themselves, and everything else has to pass
// Peer.Line or Peer.Lines.
//
// The package neither stores nor translates text, and does not measure or style it.
package text

import "strconv"

// Safe is text that may be written to a terminal: constants of the program and what Peer.Line and
// Peer.Lines return. Converting any other string to Safe is forbidden; internal/arch_test.go looks
// for such conversions.
type Safe string

// Peer is text chosen by somebody else, byte for byte as it came. It is comparable.
type Peer struct{ raw string }

// From takes raw text from outside. It keeps every byte, valid UTF-8 or not.
func From(raw string) Peer { return Peer{raw} }

// Raw returns the bytes as they came, for the wire and for the disk, never for the terminal.
func (p Peer) Raw() string { return p.raw }

// Empty reports whether there is no text at all. Text of invisible characters alone is not Empty,
// but its Line is "".
func (p Peer) Empty() bool { return p.raw == "" }

// maxLine bounds what Line returns, in characters: a peer may send a name of 64 kB, and no row of a
// terminal is nearly that wide.
const maxLine = 1000

// Line returns the text as one line for a name, a note, an address: cleaned as clean describes, line
// breaks and runs of blanks made one space, none at the ends, and cut with "…" after 1000 characters.
// Text that is fit already, such as most names, is returned as it is and costs no allocation.
func (p Peer) Line() Safe {
	if fitLine(p.raw) {
		return Safe(p.raw)
	}
	return oneLine(p.raw)
}

// Lines returns the text of a message body line by line, cleaned as clean describes. It breaks at LF,
// CR LF, CR, NEL, VT, FF and the Unicode separators, keeps runs of blanks, expands tabs to the next
// multiple of 4 characters, and has at least one line.
func (p Peer) Lines() []Safe {
	if fitLines(p.raw) {
		return []Safe{Safe(p.raw)}
	}
	return allLines(p.raw)
}

// Int returns n in decimal digits.
func Int(n int) Safe { return Safe(strconv.Itoa(n)) }

// Join puts the parts together with sep between them.
func Join(parts []Safe, sep Safe) Safe {
	if len(parts) == 0 {
		return ""
	}
	n := len(sep) * (len(parts) - 1)
	for _, p := range parts {
		n += len(p)
	}
	b := make([]byte, 0, n)
	for i, p := range parts {
		if i > 0 {
			b = append(b, sep...)
		}
		b = append(b, p...)
	}
	return Safe(b)
}
