package sdp

import (
	"slices"
	"strings"

	pion "github.com/pion/sdp/v3"
)

// Use is what an m-line is for.
type Use uint8

// The uses. Unused is an m-line at port 0.
const (
	Unused Use = iota
	ForSound
	ForPictures
)

// Line is one m-line of a session. Their number and order stay for as long as the call lasts: one that is not wanted
// any more is at port 0, and its place may be taken again (RFC 3264 sections 8.1 and 8.2).
type Line struct {
	Media, Proto string
	Formats      []string
	Use          Use
}

// lines are those of our next offer.
func (l Local) lines() []Line {
	lines := slices.Clone(l.Lines)
	if len(lines) == 0 {
		lines = []Line{{Media: "audio", Use: ForSound}}
	}
	if l.Video == nil || slices.ContainsFunc(lines, func(n Line) bool { return n.Use == ForPictures }) {
		return lines
	}
	for i, n := range lines {
		if n.Media == "video" && n.Use == Unused {
			lines[i].Use = ForPictures
			return lines
		}
	}
	return append(lines, Line{Media: "video", Use: ForPictures})
}

// unused is an m-line of the other side that is not taken.
func (s *stream) unused() Line { return Line{Media: s.media, Proto: s.proto, Formats: s.formats} }

// closed is the m-line at port 0: as it was offered, when it was (RFC 3264 section 6).
func (n Line) closed() *pion.MediaDescription {
	proto, formats := n.Proto, n.Formats
	if proto == "" {
		proto = "RTP/AVP"
	}
	if len(formats) == 0 {
		formats = []string{"0"}
	}
	return &pion.MediaDescription{MediaName: pion.MediaName{Media: n.Media, Protos: strings.Split(proto, "/"), Formats: formats}}
}
