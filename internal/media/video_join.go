package media

import "time"

// piece is the payload of one packet of pictures.
type piece struct {
	seq     uint16
	stamp   uint32
	last    bool // of its picture (the marker of RTP)
	codec   string
	payload []byte
	at      time.Time // when it came
}

const (
	mostEarly    = 128                    // packets that are kept while one before them is missing
	gapPatience  = 80 * time.Millisecond  // for which a missing packet is waited for
	wholeWithin  = 2 * time.Second        // after which a picture is shown without a whole one before it
	askingBefore = 500 * time.Millisecond // without a whole picture at the very beginning
)

// joiner puts packets in order and pictures together of them (RFC 6184, RFC 7741). After a loss nothing is
// handed out until a picture comes that needs no other: half a picture is worse than an old one. Who never sends
// one, although asked, is shown as it comes after a while.
type joiner struct {
	begun bool
	next  uint16           // sequence number whose turn it is
	ahead map[uint16]piece // those that came before their turn

	open    bool // a picture is being put together
	torn    bool // the beginning of what comes now is lost
	follows bool // the packet before has come, and stamp is its own
	stamp   uint32
	build   builder
	ready   []Unit
	parameters

	starving bool // without a whole picture
	since    time.Time
	began    bool // a picture has been handed out
}

// done hands out what is complete.
func (j *joiner) done() []Unit {
	units := j.ready
	j.ready = nil
	return units
}

// starve notes that what comes next needs a whole picture before it.
func (j *joiner) starve(now time.Time) {
	if !j.starving {
		j.starving, j.since = true, now
	}
}

// starves reports whether a whole picture has to be asked for.
func (j *joiner) starves(now time.Time) bool {
	return j.starving && (j.began || now.Sub(j.since) > askingBefore)
}

// put takes a packet. It has been seen to be no copy.
func (j *joiner) put(p piece, now time.Time) {
	if !j.begun {
		*j = joiner{begun: true, next: p.seq, starving: true, since: now, ahead: map[uint16]piece{}}
	}
	switch ahead := int16(p.seq - j.next); {
	case ahead < 0:
		return // its time is over
	case ahead > 0:
		p.at = now
		j.ahead[p.seq] = p
	default:
		j.takeTurn(p, now)
		j.drain(now)
	}
	for len(j.ahead) > 0 {
		p := j.nearest()
		if len(j.ahead) <= mostEarly && now.Sub(p.at) <= gapPatience {
			return
		}
		j.skip(p, now)
	}
}

// drain takes those whose turn has come.
func (j *joiner) drain(now time.Time) {
	for {
		p, ok := j.ahead[j.next]
		if !ok {
			return
		}
		delete(j.ahead, j.next)
		j.takeTurn(p, now)
	}
}

// nearest is the first of those that wait.
func (j *joiner) nearest() (first piece) {
	found := false
	for seq, p := range j.ahead {
		if !found || seq-j.next < first.seq-j.next {
			first, found = p, true
		}
	}
	return first
}

// skip gives up what is missing before a packet.
func (j *joiner) skip(to piece, now time.Time) {
	j.next, j.open, j.torn, j.follows = to.seq, false, true, false
	j.starve(now)
	j.drain(now)
}

// takeTurn takes the next packet in order.
func (j *joiner) takeTurn(p piece, now time.Time) {
	j.next = p.seq + 1
	if j.open && p.stamp != j.stamp {
		j.finish(now) // its last packet did not say that it was
	}
	if j.torn && (j.follows && p.stamp != j.stamp || beginsPicture(p)) {
		j.torn = false
	}
	j.stamp, j.follows = p.stamp, true
	if j.torn {
		j.torn = !p.last // what comes after the end of a picture is the beginning of one
		return
	}
	if !j.open {
		j.open = true
		j.build.begin(p.codec)
	}
	j.build.add(p)
	if p.last {
		j.finish(now)
	}
}

// finish hands a picture out, if it is complete and of use.
func (j *joiner) finish(now time.Time) {
	j.open = false
	u, ok := j.build.end()
	if !ok {
		j.starve(now)
		return
	}
	if u.Codec == "H264" {
		if u = j.parameters.complete(u); len(u.Data) == 0 {
			return
		}
	}
	if j.starving && !u.Whole && now.Sub(j.since) < wholeWithin {
		return
	}
	j.starving, j.began = false, true
	j.ready = append(j.ready, u)
}
