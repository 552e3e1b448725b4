package media

import (
	"bytes"

	"github.com/pion/rtp/codecs"
)

// Types of units in H.264 (RFC 6184 section 5.2, ITU-T H.264 table 7-1).
const (
	nalIDR       = 5
	nalSPS       = 7
	nalDelimiter = 9
	nalSTAPA     = 24
	nalFUA       = 28
)

// builder makes one picture of its packets, which come in order.
type builder struct {
	codec    string
	data     []byte
	octets   int  // of the packets so far
	broken   bool // it cannot be had any more
	partial  bool // a fragment (FU-A) is not at its end
	keyframe bool
	h264     *codecs.H264Packet
}

// begin begins a picture.
func (b *builder) begin(codec string) {
	*b = builder{codec: codec, h264: &codecs.H264Packet{}}
}

// add takes the next packet.
func (b *builder) add(p piece) {
	b.octets += len(p.payload)
	if b.octets > mostUnit || p.codec != b.codec {
		b.broken = true
	}
	switch {
	case b.broken:
		b.data = nil
	case b.codec == "H264":
		b.addH264(p.payload)
	default:
		b.addVP8(p.payload)
	}
}

func (b *builder) addH264(payload []byte) {
	fragment := payload[0]&0x1f == nalFUA
	if fragment && len(payload) < 3 || b.partial != (fragment && payload[1]&0x80 == 0) {
		b.broken = true // a fragment that does not begin, or one that does not end
		return
	}
	data, err := b.h264.Unmarshal(payload)
	if err != nil {
		b.broken = true
		return
	}
	b.partial = fragment && payload[1]&0x40 == 0
	b.data = append(b.data, data...)
}

func (b *builder) addVP8(payload []byte) {
	var p codecs.VP8Packet
	data, err := p.Unmarshal(payload)
	if err != nil || len(b.data) == 0 && (p.S == 0 || p.PID != 0 || len(data) == 0) {
		b.broken = true
		return
	}
	if len(b.data) == 0 {
		b.keyframe = data[0]&1 == 0 // RFC 6386 section 9.1
	}
	b.data = append(b.data, data...)
}

// end gives the picture; false when it is not complete.
func (b *builder) end() (Unit, bool) {
	if b.broken || b.partial || len(b.data) == 0 {
		return Unit{}, false
	}
	return Unit{Codec: b.codec, Data: b.data, Whole: b.keyframe}, true
}

// parameters are what a decoder of H.264 has to know before the first picture (SPS and PPS), as they came last. Some send
// them once, some with each whole picture, some by themselves.
type parameters struct{ units []byte }

// mostParameters is how many octets of them are kept.
const mostParameters = 4 << 10

// complete notes the parameters of a picture, puts them before a whole one that has none of its own, and tells whether
// it is whole. It returns nothing for parameters without a picture.
func (p *parameters) complete(u Unit) Unit {
	whole, has, slices := false, false, -1
	for at := 0; ; {
		i := bytes.Index(u.Data[at:], []byte{0, 0, 1})
		if i < 0 || at+i+3 >= len(u.Data) {
			break
		}
		switch kind := u.Data[at+i+3] & 0x1f; {
		case kind == nalSPS:
			has = true
		case kind >= 1 && kind <= nalIDR:
			whole = whole || kind == nalIDR
			if slices < 0 {
				slices = at + i
			}
		}
		at += i + 3
	}
	switch {
	case slices < 0 && !has:
		return Unit{}
	case slices < 0:
		p.note(u.Data)
		return Unit{}
	case has:
		p.note(u.Data[:slices])
	case whole && p.units != nil:
		u.Data = append(bytes.Clone(p.units), u.Data...)
	case whole:
		return Unit{} // nobody could decode it
	}
	u.Whole = whole
	return u
}

func (p *parameters) note(units []byte) {
	if len(units) <= mostParameters {
		p.units = bytes.Clone(units)
	}
}

// beginsPicture reports whether a packet can be told to be the first of its picture by itself. Of H.264 that is one with
// parameters or a delimiter.
func beginsPicture(p piece) bool {
	if p.codec != "H264" {
		var v codecs.VP8Packet
		_, err := v.Unmarshal(p.payload)
		return err == nil && v.S == 1 && v.PID == 0
	}
	kind := p.payload[0] & 0x1f
	if kind == nalSTAPA && len(p.payload) > 3 {
		kind = p.payload[3] & 0x1f
	}
	return kind == nalSPS || kind == nalDelimiter
}
