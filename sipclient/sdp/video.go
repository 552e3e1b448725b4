package sdp

import (
	"net/netip"
	"strings"

	pion "github.com/pion/sdp/v3"
)

// Video is the picture of this side of a call.
type Video struct {
	Addr      netip.AddrPort // where we receive RTP, at the address of the sound; RTCP is at the next port
	Codecs    []Codec        // best first: "H264" with its Format, "VP8", both at 90000 Hz
	Direction Direction      // RecvOnly shows the other side and sends nothing
	Crypto    []Crypto       // our keys for it, as those of the sound
}

// Pictures is what both sides have settled on for the picture.
type Pictures struct {
	Remote              netip.AddrPort // the zero AddrPort: nothing is sent
	Codec               Codec          // to send, with their payload type
	Receive             []Codec        // what may arrive, with our payload types
	Direction           Direction
	LocalKey, RemoteKey *Crypto // nil is plain RTP
	// Intra says that the other side takes FIR (RFC 5104) and no PLI (RFC 4585) when a whole picture is wanted.
	Intra bool
}

// H264Format is what golync can of H.264 (RFC 6184 section 8.1): constrained baseline up to level 3.1, in packets of
// mode 1.
const H264Format = "profile-level-id=42e01f;packetization-mode=1"

// picture is our m-line with its codecs. Feedback is offered without its own profile (RFC 4585), as telephones do it:
// who does not know the attribute passes over it.
func (v *Video) picture(proto string, codecs []Codec, d Direction) *pion.MediaDescription {
	return described("video", v.Addr, proto, codecs).
		WithValueAttribute("rtcp-fb", "* nack pli").WithValueAttribute("rtcp-fb", "* ccm fir").
		WithPropertyAttribute(d.String())
}

// choosePicture finds the picture to take, -1 when there is none for us: an encrypted one before others.
func (l Local) choosePicture(streams []stream) (chosen int) {
	chosen, secured := -1, false
	for i := range streams {
		s := &streams[i]
		if l.Video == nil || s.video == nil || l.reaches(s.video) != nil {
			continue
		}
		ours, _, err := l.keys(l.Video.Crypto, s.video, s.proto)
		if send, _ := l.Video.common(s.video.codecs); err != nil || send.Name == "" {
			continue
		}
		if chosen < 0 || ours != nil && !secured {
			chosen, secured = i, ours != nil
		}
	}
	return chosen
}

// agreePicture settles the picture of an offer that choosePicture has found.
func (l Local) agreePicture(s *stream) *Pictures {
	p := l.pictures(s.video)
	p.LocalKey, p.RemoteKey, _ = l.keys(l.Video.Crypto, s.video, s.proto)
	p.Codec, p.Receive = l.Video.common(s.video.codecs)
	return p
}

// acceptPicture takes the picture of an answer, and leaves the m-line unused when it has none that can be had.
func (l Local) acceptPicture(a *Agreed, streams []stream) {
	for i := range a.Lines {
		if a.Lines[i].Use != ForPictures {
			continue
		}
		a.Lines[i].Use = Unused
		if l.Video == nil || i >= len(streams) || streams[i].video == nil || l.reaches(streams[i].video) != nil {
			return
		}
		s := &streams[i]
		p := l.pictures(s.video)
		var err error
		if p.LocalKey, p.RemoteKey, err = l.answered(l.Video.Crypto, s.video, s.proto); err != nil {
			return
		}
		if p.Codec, _ = l.Video.common(s.video.codecs); p.Codec.Name == "" {
			return
		}
		p.Receive, a.Video, a.Lines[i].Use = l.Video.Codecs, p, ForPictures
		return
	}
}

func (l Local) pictures(f *flow) *Pictures {
	is := l.agree(f, l.Video.Direction)
	return &Pictures{Remote: is.Remote, Direction: is.Direction, Intra: f.intra}
}

// common lists what both can, in the order of the offer and with its payload types. The format of H.264 is that of the
// other side: whatever profile it names, its decoder takes constrained baseline, and ours takes all of them.
func (v *Video) common(offered []Codec) (send Codec, receive []Codec) {
	for _, t := range offered {
		for _, o := range v.Codecs {
			if !same(t, o) || strings.EqualFold(t.Name, "H264") && !fragments(t.Format) {
				continue
			}
			t.Name = o.Name
			if send.Name == "" {
				send = t
			}
			receive = append(receive, t)
			break
		}
	}
	return send, receive
}

// fragments reports whether a format of H.264 is of packetization mode 1; without the parameter it is of mode 0 (RFC
// 6184 section 8.1), in which no picture may be larger than a packet.
func fragments(format string) bool {
	for p := range strings.SplitSeq(format, ";") {
		if name, value, _ := strings.Cut(strings.TrimSpace(p), "="); strings.EqualFold(name, "packetization-mode") {
			return strings.TrimSpace(value) == "1"
		}
	}
	return false
}

// feedback reports whether an m-line takes a kind of feedback (RFC 4585 section 4.2), for whichever of its codecs.
func feedback(m *pion.MediaDescription, kind string) bool {
	for _, at := range m.Attributes {
		if _, is, _ := strings.Cut(at.Value, " "); at.Key == "rtcp-fb" && (is == kind || strings.HasPrefix(is, kind+" ")) {
			return true
		}
	}
	return false
}

// OffersPictures reports whether a description has a picture of a kind that golync knows, for those who tell a video
// call by it.
func OffersPictures(description []byte) bool {
	streams, err := read(description)
	if err != nil {
		return false
	}
	known := Video{Codecs: []Codec{{Name: "H264", Rate: 90000}, {Name: "VP8", Rate: 90000}}}
	for _, s := range streams {
		if s.video == nil || s.video.err != nil {
			continue
		}
		if c, _ := known.common(s.video.codecs); c.Name != "" {
			return true
		}
	}
	return false
}
