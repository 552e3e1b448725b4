// Package sdp is the session description of a call with one sound, and one picture where it is wanted (RFC 8866), as it
// is offered and answered (RFC 3264): which codecs, where to, in which direction, and with which keys (SDES, RFC
// 4568). It is pure: it opens no socket, knows no codec by more than its name, and no SIP. Everything else is refused
// within the answer.
package sdp

import (
	"errors"
	"net/netip"
)

// Errors of Answer and Accept, for errors.Is. Each is a reason to refuse with 488 (RFC 3261 section 21.4.26).
var (
	ErrMalformed     = errors.New("the session description cannot be read")
	ErrNoAudio       = errors.New("no sound is offered")
	ErrNoCommonCodec = errors.New("there is no codec that both sides have")
	ErrSecure        = errors.New("the two sides do not agree on encryption")
	ErrAddress       = errors.New("sound cannot be sent to the address of the other side")
)

// Direction says who sends sound to whom, seen from the side that describes (RFC 8866 section 6.7).
type Direction uint8

// The directions.
const (
	Inactive Direction = 0
	SendOnly Direction = 1
	RecvOnly Direction = 2
	SendRecv Direction = SendOnly | RecvOnly
)

// Sends reports whether the describing side sends.
func (d Direction) Sends() bool { return d&SendOnly != 0 }

// Receives reports whether the describing side receives.
func (d Direction) Receives() bool { return d&RecvOnly != 0 }

// reversed is the same seen from the other side.
func (d Direction) reversed() Direction { return d>>1&1 | d<<1&2 }

// String is the attribute.
func (d Direction) String() string {
	return [...]string{"inactive", "sendonly", "recvonly", "sendrecv"}[d&SendRecv]
}

// Codec is one way to code sound and the payload type it goes by (RFC 3551 section 6, RFC 8866 section 6.6).
type Codec struct {
	Name     string // as registered: "PCMU", "PCMA", "G722", "opus", "telephone-event"
	Rate     int    // of the RTP clock in Hz: 8000 for G722, too (RFC 3551 section 4.5.2)
	Channels int    // 0 means 1
	Type     uint8  // payload type, 0 to 127
	Format   string // format parameters (fmtp); may be empty
}

// Crypto is an SRTP key of one side (RFC 4568 section 6).
type Crypto struct {
	Tag   int    // 1 to 999999999; an answer has that of the offer it takes
	Suite string // "AES_CM_128_HMAC_SHA1_80"
	Key   []byte // key and salt
}

// Secure says what becomes of encryption. It makes sense only over TLS, which hides the keys.
type Secure uint8

// The ways to encrypt.
const (
	No       Secure = iota // neither offered nor answered
	Possible               // offered beside plain sound (RTP/AVP with keys), used when both can
	Required               // offered and taken only so
)

// Local is this side of a call.
type Local struct {
	Addr    netip.AddrPort // where we receive RTP; RTCP is at the next port
	Session uint64         // of o=: one for the life of the call
	Version uint64         // of o=: one more with each description that differs (RFC 3264 section 8)
	Codecs  []Codec        // best first, "telephone-event" among them
	// Direction is what the user wants: SendRecv, or SendOnly or Inactive to hold the call.
	Direction Direction
	Crypto    []Crypto // our keys, one for each suite, best first; none means Secure is No
	Secure    Secure
	Video     *Video // nil: no picture is offered, and one that is offered is refused
	Lines     []Line // of the session, as Agreed had them last; nil before the first description
}

// Agreed is what both sides have settled on.
type Agreed struct {
	// Remote is where to send RTP. It is the zero AddrPort when the other side holds by the address 0.0.0.0
	// (RFC 3264 section 8.4): nothing is sent.
	Remote    netip.AddrPort
	Codec     Codec   // to send, with their payload type
	Receive   []Codec // what may arrive, with our payload types, telephone-event among them
	Events    uint8   // their payload type of telephone-event at 8000 Hz (RFC 4733), 0 for none
	Direction Direction
	// Waiting says that the other side wants to hear nothing although we would send: it holds the call.
	Waiting             bool
	LocalKey, RemoteKey *Crypto   // to send and to receive with; nil is plain RTP
	Video               *Pictures // nil: there is none
	Lines               []Line    // for Local.Lines of the next description
	// Secured says that the profile is RTP/SAVP. A later offer has to have it too (Local.Secure is Required): who
	// agrees on that takes nothing else.
	Secured bool
}
