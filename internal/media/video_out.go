package media

import (
	"strings"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
)

const (
	videoClock = 90000
	// mostFragment is the payload of a packet that leaves: with headers, SRTP and a tunnel it stays below 1,280 octets.
	mostFragment = 1100
)

// videoOut makes packets of pictures. Video locks it.
type videoOut struct {
	departures
	began   time.Time
	first   uint32 // timestamp at that moment
	codec   Codec
	sending bool
	slicer  rtp.Payloader
	wanted  uint64 // whole pictures that were asked for
}

func newVideoOut() videoOut {
	d := newDepartures()
	return videoOut{departures: d, began: time.Now(), first: d.stamp}
}

// change takes what was agreed on.
func (o *videoOut) change(p Params) {
	if p.Sending && (o.slicer == nil || !strings.EqualFold(p.Send.Name, o.codec.Name)) {
		o.slicer = &codecs.VP8Payloader{EnablePictureID: true}
		if strings.EqualFold(p.Send.Name, "H264") {
			o.slicer = &codecs.H264Payloader{}
		}
	}
	if p.Sending {
		o.codec = p.Send
	}
	o.keys, _ = o.keys.with(p.Suite, p.SendKey)
	o.sending = p.Sending
}

// cut makes the packets of a picture, none when it is not to be sent. The clock is that of the moment.
func (o *videoOut) cut(u Unit, now time.Time) (all [][]byte) {
	if !o.sending || !strings.EqualFold(u.Codec, o.codec.Name) || len(u.Data) > mostUnit {
		return nil
	}
	stamp := o.first + uint32(now.Sub(o.began)*videoClock/time.Second)
	o.stamp = stamp
	parts := o.slicer.Payload(mostFragment, u.Data)
	for i, part := range parts {
		b := o.seal(rtp.Packet{Header: rtp.Header{
			Version: 2, SSRC: o.ssrc, SequenceNumber: o.seq, Timestamp: stamp,
			PayloadType: o.codec.Type, Marker: i == len(parts)-1,
		}, Payload: part})
		if b != nil {
			all = append(all, b)
		}
	}
	return all
}
