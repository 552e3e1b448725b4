package sdp

import (
	"net/netip"
	"strconv"
	"strings"

	pion "github.com/pion/sdp/v3"
)

// Offer describes what is offered now (RFC 3264 section 5), each m-line in its place.
func (l Local) Offer() []byte {
	proto := "RTP/AVP"
	if l.Secure == Required {
		proto = "RTP/SAVP"
	}
	var out []*pion.MediaDescription
	for _, n := range l.lines() {
		switch {
		case n.Use == ForSound:
			out = append(out, l.offering(l.sound(proto, l.Codecs, l.Direction), l.Crypto))
		case n.Use == ForPictures && l.Video != nil:
			out = append(out, l.offering(l.Video.picture(proto, l.Video.Codecs, l.Video.Direction), l.Video.Crypto))
		default:
			out = append(out, n.closed())
		}
	}
	return l.document(out...)
}

// offering gives an offer our keys.
func (l Local) offering(m *pion.MediaDescription, keys []Crypto) *pion.MediaDescription {
	if l.Secure != No {
		for i, k := range keys {
			m.WithValueAttribute("crypto", k.attribute(tag(keys, i)))
		}
	}
	return m
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
	return described("audio", l.Addr, proto, codecs).WithValueAttribute("ptime", "20").WithPropertyAttribute(d.String())
}

// described is an m-line with the codecs that we can.
func described(kind string, at netip.AddrPort, proto string, codecs []Codec) *pion.MediaDescription {
	m := &pion.MediaDescription{MediaName: pion.MediaName{
		Media: kind, Port: pion.RangedPort{Value: int(at.Port())}, Protos: strings.Split(proto, "/"),
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
	return m
}
