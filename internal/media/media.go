// Package media is the sound of a call, and its pictures: RTP and RTCP (RFC 3550, 3551), SRTP (RFC 3711), codecs, the jitter buffer,
// digits (RFC 4733) and the devices that give and take sound. It knows no SIP and no SDP: what two ends have agreed
// on comes as Params. It imports nothing else of golync.
//
// # Sound
//
// Inside there is one kind of sound: 16-bit mono at 16 kHz in frames of 20 ms. A codec of 8 kHz and a file of
// another rate are resampled at their own edge. A Source gives frames, a Sink takes them; neither is trusted. Sending
// keeps its pace of one frame in 20 ms whether the Source is fast, slow, broken or not there, and a device that
// fails is dropped and named in the Report, while the call goes on.
//
// # Pictures
//
// Pictures are decoded and encoded by ffmpeg, a program, where there is one (FFmpeg); a Video carries them coded, a Film
// makes them, a Decoder shows them. They have ports of their own and do nothing to the sound.
//
// # Who may send to us
//
// Only the address that was agreed on. Its port may be another one than was agreed on, because of address translation;
// it is learned once, at the beginning, of packets that prove to be a stream. From then on everything from elsewhere is
// counted as a stranger's and dropped. With keys, nothing counts that they do not authenticate.
package media

import (
	"errors"
	"time"
)

// The one form of sound inside: frames of Frame samples, Rate samples a second, so FrameTime each.
const (
	Rate      = 16000
	Frame     = 320
	FrameTime = 20 * time.Millisecond
)

var (
	// ErrClosed says that the stream or device has been closed.
	ErrClosed = errors.New("the sound of this call is closed")
	// ErrCodec says that a codec is none of Codecs.
	ErrCodec = errors.New("golync does not know this codec")
	// ErrRemote says that there is no address to send to.
	ErrRemote = errors.New("the other side named no usable address for its sound")
	// ErrKey says that a key does not fit its suite, or that the suite is unknown.
	ErrKey = errors.New("the keys for encrypted sound cannot be used")
	// ErrDigit says that a digit is none of 0-9, *, #, A-D, that the other side takes none, or that too many wait.
	ErrDigit = errors.New("this digit cannot be sent")
)
