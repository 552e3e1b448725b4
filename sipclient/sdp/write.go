package sdp

import (
	"strconv"
	"strings"

	pion "github.com/pion/sdp/v3"
)

// Offer describes what is offered now (RFC 3264 section 5).
func (l Local) Offer() []byte {
	proto := "RTP/AVP"
	if l.Secure == Required {
		proto = "RTP/SAVP"
	}
	m := l.sound(proto, l.Codecs, l.Direction)
	if l.Secure != No {
		for i, k := range l.Crypto {
			m.WithValueAttribute("crypto", k.attribute(l.tag(i)))
		}
	}
	return l.document(m)
}

// document is the whole description with its streams.
func (l Local) document(streams ...*pion.MediaDescription) []byte {
	addr := l.Addr.Addr().Unmap()
	kind, host := "IP4", "0.0.0.0"
	if addr.IsValid() {
		host = addr.WithZone("").String()
	}
	if addr.Is6() {
		kind = "IP6"
	}
	d := pion.SessionDescription{
		Origin: pion.Origin{
			Username: "-", SessionID: l.Session, SessionVersion: l.Version,
			NetworkType: "IN", AddressType: kind, UnicastAddress: host,
		},
		SessionName:           "-",
		ConnectionInformation: &pion.ConnectionInformation{NetworkType: "IN", AddressType: kind, Address: &pion.Address{Address: host}},
		TimeDescriptions:      []pion.TimeDescription{{}},
		MediaDescriptions:     streams,
	}
	out, err := d.Marshal()
	if err != nil {
		return nil // Marshal of pion writes into memory and never fails
	}
	return out
}

// sound is our m-line with its codecs.
func (l Local) sound(proto string, codecs []Codec, d Direction) *pion.MediaDescription {
	m := &pion.MediaDescription{MediaName: pion.MediaName{
		Media: "audio", Port: pion.RangedPort{Value: int(l.Addr.Port())}, Protos: strings.Split(proto, "/"),
	}}
	for _, c := range codecs {
		n := strconv.Itoa(int(c.Type))
		m.MediaName.Formats = append(m.MediaName.Formats, n)
		value := n + " " + c.Name + "/" + strconv.Itoa(c.Rate)
		if c.Channels > 1 {
			value += "/" + strconv.Itoa(c.Channels)
		}
		m.WithValueAttribute("rtpmap", value)
		if c.Format != "" {
			m.WithValueAttribute("fmtp", n+" "+c.Format)
		}
	}
	return m.WithValueAttribute("ptime", "20").WithPropertyAttribute(d.String())
}

// refused answers a stream that is not wanted: as it was offered, at port 0 (RFC 3264 section 6).
func (s stream) refused() *pion.MediaDescription {
	return &pion.MediaDescription{MediaName: pion.MediaName{
		Media: s.media, Protos: strings.Split(s.proto, "/"), Formats: s.formats,
	}}
}
