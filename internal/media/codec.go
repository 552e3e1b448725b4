package media

import "strings"

// Codec is a way to carry sound and the RTP payload type it has in a call.
type Codec struct {
	Name string // as registered: "G722", "PCMA", "PCMU" (RFC 3551 section 4.5); case does not matter
	Type uint8  // RTP payload type, 0..127
}

// Codecs lists what can be done, best first, with the static payload types of RFC 3551 table 4.
func Codecs() []Codec {
	return []Codec{{Name: "G722", Type: 9}, {Name: "PCMA", Type: 8}, {Name: "PCMU", Type: 0}}
}

// All three codecs carry one octet in each tick of an RTP clock of 8 kHz. For G.722 the clock is wrong by history and
// right by RFC 3551 section 4.5.2. So an octet of payload is always two samples inside.
const (
	clockRate  = 8000
	frameTicks = clockRate / 50 // in one frame: 160
	perTick    = Rate / clockRate
)

// encoder makes payload of frames. It keeps state from one frame to the next and belongs to one direction of one call.
type encoder interface {
	// encode appends the payload of pcm, whose length is even.
	encode(dst []byte, pcm []int16) []byte
}

// decoder is the other way round: it appends two samples for each octet.
type decoder interface {
	decode(dst []int16, payload []byte) []int16
}

func newEncoder(name string) (encoder, error) {
	switch strings.ToUpper(name) {
	case "G722":
		return newG722Encoder(), nil
	case "PCMA":
		return &g711Encoder{compress: alaw, half: newResampler(Rate, clockRate)}, nil
	case "PCMU":
		return &g711Encoder{compress: mulaw, half: newResampler(Rate, clockRate)}, nil
	}
	return nil, ErrCodec
}

func newDecoder(name string) (decoder, error) {
	switch strings.ToUpper(name) {
	case "G722":
		return newG722Decoder(), nil
	case "PCMA":
		return newG711Decoder(unalaw), nil
	case "PCMU":
		return newG711Decoder(unmulaw), nil
	}
	return nil, ErrCodec
}
