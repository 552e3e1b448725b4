package flow

import (
	"cmp"
	"time"

	"github.com/emiago/sipgo/sip"
)

// Limits bounds what a peer may make a flow hold, and for how long. A zero field means its default.
type Limits struct {
	Line    int           // octets of one header field after unfolding, and of the start line; 8 KiB
	Headers int           // octets of start line and header fields together; 64 KiB
	Body    int           // octets of a body; 1 MiB
	Params  int           // parameters of one header value, those of its URI included; 128
	Message time.Duration // from the first octet of a message to its last; 30 s
	Write   time.Duration // for one Write; 10 s
	// Gate is how long a message waits for the one before it to be taken; 5 s. A busy machine may leave a
	// handler lying for some tenths of a second, and whoever does not wait that long overtakes it. Longer
	// than a keep-alive waits for its answer would take a slow handler for a dead server.
	Gate time.Duration
}

// withDefaults fills what was left zero.
func (l Limits) withDefaults() Limits {
	return Limits{
		Line:    cmp.Or(l.Line, 8<<10),
		Headers: cmp.Or(l.Headers, 64<<10),
		Body:    cmp.Or(l.Body, 1<<20),
		Params:  cmp.Or(l.Params, 128),
		Message: cmp.Or(l.Message, 30*time.Second),
		Write:   cmp.Or(l.Write, 10*time.Second),
		Gate:    cmp.Or(l.Gate, 5*time.Second),
	}
}

// Parser returns a sipgo parser that takes every message a Conn with these limits hands out. A user agent
// over such a Conn needs one (sipgo.WithUserAgentParser): sipgo's own ends at 65,535 octets, and a longer
// message closes the connection.
func (l Limits) Parser() *sip.Parser {
	l = l.withDefaults()
	p := sip.NewParser()
	// Normalising makes the head a little longer: compact names are written out, lists are split.
	p.MaxMessageLength = 4*l.Headers + l.Body
	return p
}
