package media

import "time"

// playout makes the steady sound of what arrives: order and delay by jitter, decoding, concealment, shrinking.
type playout struct {
	jitter   jitter
	conceal  concealer
	names    map[uint8]string   // codecs by payload type
	decoders map[string]decoder // by name, made when first needed
	ready    []int16            // decoded and not yet played
	played   uint64             // frames, concealed ones included
	quietFor int                // parcels that shrinking has waited for a quiet moment
	codec    string             // of the last parcel
}

// kinds says what may arrive.
func (p *playout) kinds(names map[uint8]string) {
	p.names = names
	if p.decoders == nil {
		p.decoders = map[string]decoder{}
	}
}

// restart forgets everything that belongs to a stream that has ended.
func (p *playout) restart() {
	p.jitter.restart()
	clear(p.decoders)
}

// frame fills the next frame. It reports whether it is sound of the other side: false is silence because none came.
func (p *playout) frame(frame []int16, now time.Time) bool {
	for len(p.ready) < len(frame) {
		parcel, step := p.jitter.take(now)
		switch step {
		case play:
			p.ready = p.append(p.ready, parcel, now)
		case bridge:
			p.ready = p.conceal.bridge(p.ready, Frame)
		case idle:
			n := copy(frame, p.ready)
			clear(frame[n:])
			p.ready = p.ready[:0]
			return n > 0
		}
	}
	p.played++
	copy(frame, p.ready)
	p.ready = append(p.ready[:0], p.ready[len(frame):]...)
	return true
}

// append decodes a parcel, and where the delay has become needlessly long, the next one over it.
func (p *playout) append(dst []int16, first parcel, now time.Time) []int16 {
	from := len(dst)
	dst = p.decode(dst, first)
	if p.jitter.excess && p.jitter.next() && p.mayShrink(dst[from:]) {
		second, _ := p.jitter.take(now)
		dst = append(dst[:from], overlap(dst[from:], p.decode(nil, second))...)
		p.jitter.shrunk()
	}
	p.conceal.heard(dst[from:])
	return dst
}

// mayShrink waits for a quiet moment, half a second at the most.
func (p *playout) mayShrink(pcm []int16) bool {
	if p.quietFor++; p.quietFor < 25 && LevelOf(pcm) > 0.005 {
		return false
	}
	p.quietFor = 0
	return true
}

func (p *playout) decode(dst []int16, c parcel) []int16 {
	name := p.names[c.kind]
	d := p.decoders[name]
	if d == nil {
		made, err := newDecoder(name)
		if err != nil {
			return append(dst, make([]int16, len(c.payload)*perTick)...) // no longer agreed on
		}
		d = made
		p.decoders[name] = d
	}
	p.codec = name
	return d.decode(dst, c.payload)
}

// overlap passes from one piece to the next within the length of the shorter, so that both take the time of one.
func overlap(a, b []int16) []int16 {
	n := min(len(a), len(b))
	out := append([]int16(nil), b...)
	for i := range n {
		out[i] = int16((int(a[i])*(n-i) + int(b[i])*i) / n)
	}
	return out
}
