// Package text holds what other people wrote, and the one way of making it fit to show.
//
// Two types keep raw text from a peer off the terminal: Peer is what somebody else chose (a name,
// a note, a message body, a reason phrase, an address), and Safe is what may be drawn. Drawing code
// takes Safe only; constants become Safe by themselves, and everything else has to pass
// Peer.Line or Peer.Lines.
//
// The package neither stores nor translates text, and does not measure or style it.
package text

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

// Empty reports whether there is no text at all.
func (p Peer) Empty() bool { return p.raw == "" }
