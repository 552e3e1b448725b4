package sdp

import (
	"net/netip"
	"slices"
	"strings"

	pion "github.com/pion/sdp/v3"
)

// Answer takes an offer and answers it (RFC 3264 section 6): one sound is taken, an encrypted one before others, and one
// picture where there is a Video; everything else is refused within the answer. The errors say that the whole offer is
// to be refused.
func (l Local) Answer(offer []byte) (answer []byte, a Agreed, err error) {
	streams, err := read(offer)
	if err != nil {
		return nil, Agreed{}, err
	}
	chosen, err := l.choose(streams)
	if err != nil {
		return nil, Agreed{}, err
	}
	s := &streams[chosen]
	a = l.agree(s.audio, l.Direction)
	a.LocalKey, a.RemoteKey, _ = l.keys(l.Crypto, s.audio, s.proto)
	a.Secured = s.secured()
	a.Codec, a.Receive, a.Events = l.common(s.audio.codecs)
	picture := l.choosePicture(streams)
	var out []*pion.MediaDescription
	for i := range streams {
		line := streams[i].unused()
		switch i {
		case chosen:
			line.Use = ForSound
			out = append(out, answering(l.sound(s.proto, a.Receive, a.Direction), a.LocalKey))
		case picture:
			line.Use = ForPictures
			a.Video = l.agreePicture(&streams[i])
			out = append(out, answering(l.Video.picture(streams[i].proto, a.Video.Receive, a.Video.Direction), a.Video.LocalKey))
		default:
			out = append(out, line.closed())
		}
		a.Lines = append(a.Lines, line)
	}
	return l.document(out...), a, nil
}

// answering gives an answer the key that it takes.
func answering(m *pion.MediaDescription, key *Crypto) *pion.MediaDescription {
	if key != nil {
		m.WithValueAttribute("crypto", key.attribute(key.Tag))
	}
	return m
}

// choose finds the sound to take. The error is that of the first one which was really offered.
func (l Local) choose(streams []stream) (chosen int, err error) {
	chosen, err = -1, ErrNoAudio
	for i := range streams {
		why := l.takes(&streams[i])
		switch {
		case why != nil:
			if err == ErrNoAudio {
				err = why
			}
		case chosen < 0, l.secured(&streams[i]) && !l.secured(&streams[chosen]):
			chosen = i
		}
	}
	if chosen >= 0 {
		return chosen, nil
	}
	return 0, err
}

// secured reports whether a stream that can be used would be encrypted.
func (l Local) secured(s *stream) bool {
	ours, _, _ := l.keys(l.Crypto, s.audio, s.proto)
	return ours != nil
}

// secured reports whether the profile has no plain sound (RFC 3711 section 12).
func (s *stream) secured() bool { return strings.Contains(s.proto, "SAVP") }

// takes reports why a stream cannot be used, nil when it can.
func (l Local) takes(s *stream) error {
	if s.audio == nil {
		return ErrNoAudio
	}
	if err := l.reaches(s.audio); err != nil {
		return err
	}
	if c, _, _ := l.common(s.audio.codecs); c.Name == "" {
		return ErrNoCommonCodec
	}
	_, _, err := l.keys(l.Crypto, s.audio, s.proto)
	return err
}

// reaches reports why sound cannot be sent there, nil when it can: from an IPv4 address none goes to IPv6.
func (l Local) reaches(a *flow) error {
	here := l.Addr.Addr().Unmap()
	if a.err == nil && a.addr.IsValid() && here.IsValid() && a.addr.Is4() != here.Is4() {
		return ErrAddress
	}
	return a.err
}

// common lists what both can, in the order of the offer and with its payload types (RFC 3264 section 6.1).
func (l Local) common(offered []Codec) (send Codec, receive []Codec, events uint8) {
	for _, t := range offered {
		for _, o := range l.Codecs {
			if !same(t, o) {
				continue
			}
			switch {
			case isEvents(t):
				if events == 0 {
					events = t.Type
				}
			case t.speech() && send.Name == "":
				send = t
				send.Name = o.Name
			}
			o.Type = t.Type
			receive = append(receive, o)
			break
		}
	}
	return send, receive, events
}

// agree settles address and direction of a sound.
func (l Local) agree(a *flow, wanted Direction) Agreed {
	out := Agreed{Direction: wanted & a.direction.reversed(), Waiting: !a.direction.Receives() && wanted.Sends()}
	if a.addr.IsValid() {
		out.Remote = netip.AddrPortFrom(a.addr, a.port)
	}
	return out
}

// Accept takes the answer to what Offer gave (RFC 3264 section 7). An error says that nobody can talk; a picture that
// cannot be had is none.
func (l Local) Accept(answer []byte) (Agreed, error) {
	streams, err := read(answer)
	if err != nil {
		return Agreed{}, err
	}
	lines := l.lines()
	at := slices.IndexFunc(lines, func(n Line) bool { return n.Use == ForSound })
	if len(streams) <= at || streams[at].audio == nil {
		return Agreed{}, ErrNoAudio
	}
	s := &streams[at]
	if err := l.reaches(s.audio); err != nil {
		return Agreed{}, err
	}
	a := l.agree(s.audio, l.Direction)
	a.Secured = s.secured()
	if a.LocalKey, a.RemoteKey, err = l.answered(l.Crypto, s.audio, s.proto); err != nil {
		return Agreed{}, err
	}
	if a.Codec, _, a.Events = l.common(s.audio.codecs); a.Codec.Name == "" {
		return Agreed{}, ErrNoCommonCodec
	}
	a.Receive, a.Lines = l.Codecs, lines
	l.acceptPicture(&a, streams)
	return a, nil
}

// DirectionOf is the direction of the first sound in a description, seen from its owner, for those who tell a call
// on hold without reading more of it (RFC 3264 section 8.4). It is SendRecv for one that cannot be read.
func DirectionOf(description []byte) Direction {
	streams, err := read(description)
	if err != nil {
		return SendRecv
	}
	for _, s := range streams {
		if s.audio != nil && s.audio.port != 0 {
			return s.audio.direction
		}
	}
	return SendRecv
}
