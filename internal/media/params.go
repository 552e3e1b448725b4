package media

import (
	"net/netip"
	"strings"
)

// Params is what two ends have agreed on.
type Params struct {
	Remote  netip.AddrPort // where the other side takes RTP; its RTCP is one port above
	Send    Codec          // how to send, with the payload type of the other side
	Receive map[uint8]Codec
	Events  uint8 // payload type of telephone-event (RFC 4733) in both directions, 0: none

	Sending, Receiving bool // which way sound may flow now; both false on hold from both sides

	// SRTP (RFC 3711) with the keys that were exchanged in the signalling (RFC 4568): 16 octets of master key and 14
	// of salt, for what is sent and what is received. Both or none.
	SendKey, ReceiveKey []byte
	Suite               string // AES_CM_128_HMAC_SHA1_80 or AES_CM_128_HMAC_SHA1_32

	Intra bool // of pictures: a whole one is asked for by FIR (RFC 5104), else by PLI (RFC 4585)
}

// check finds what cannot work, before anything is changed.
func (p Params) check() error {
	if (p.Sending || p.Receiving) && !p.usable() {
		return ErrRemote
	}
	if p.Sending {
		if _, err := newEncoder(p.Send.Name); err != nil {
			return err
		}
	}
	if p.Receiving && len(p.Receive) == 0 {
		return ErrCodec
	}
	for _, c := range p.Receive {
		if _, err := newDecoder(c.Name); err != nil {
			return err
		}
	}
	return p.checkKeys()
}

// checkVideo is check for pictures.
func (p Params) checkVideo() error {
	if (p.Sending || p.Receiving) && !p.usable() {
		return ErrRemote
	}
	if p.Sending && !videoCodec(p.Send.Name) || p.Receiving && len(p.Receive) == 0 {
		return ErrCodec
	}
	for _, c := range p.Receive {
		if !videoCodec(c.Name) {
			return ErrCodec
		}
	}
	return p.checkKeys()
}

func videoCodec(name string) bool {
	return strings.EqualFold(name, "H264") || strings.EqualFold(name, "VP8")
}

func (p Params) checkKeys() error {
	if (p.SendKey == nil) != (p.ReceiveKey == nil) {
		return ErrKey
	}
	for _, key := range [][]byte{p.SendKey, p.ReceiveKey} {
		if _, err := (*keys)(nil).with(p.Suite, key); err != nil {
			return err
		}
	}
	return nil
}

// usable reports whether there is an address to send to. On hold by 0.0.0.0 (RFC 2543) there is none.
func (p Params) usable() bool {
	a := p.Remote.Addr()
	return a.IsValid() && p.Remote.Port() != 0 && !a.IsUnspecified() && !a.IsMulticast()
}
