package sdp

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	pion "github.com/pion/sdp/v3"
)

// static are the payload types that need no rtpmap (RFC 3551 section 6).
var static = map[uint8]Codec{
	0: {Name: "PCMU", Rate: 8000, Type: 0}, 3: {Name: "GSM", Rate: 8000, Type: 3}, 8: {Name: "PCMA", Rate: 8000, Type: 8},
	9: {Name: "G722", Rate: 8000, Type: 9}, 13: {Name: "CN", Rate: 8000, Type: 13}, 18: {Name: "G729", Rate: 8000, Type: 18},
}

// flowOf reads what the other side says of one stream over RTP.
func flowOf(d *pion.SessionDescription, m *pion.MediaDescription) *flow {
	a := &flow{port: uint16(m.MediaName.Port.Value), direction: directionOf(d.Attributes, SendRecv)}
	a.direction = directionOf(m.Attributes, a.direction)
	c := m.ConnectionInformation
	if c == nil {
		c = d.ConnectionInformation
	}
	a.reach(c)
	a.codecs = codecsOf(m)
	for _, at := range m.Attributes {
		if at.Key == "crypto" {
			if k, ok := cryptoOf(at.Value); ok {
				a.crypto = append(a.crypto, k)
			}
		}
	}
	a.intra = feedback(m, "ccm fir") && !feedback(m, "nack pli")
	return a
}

// reach finds out where sound goes. 0.0.0.0 is a hold of RFC 2543.
func (a *flow) reach(c *pion.ConnectionInformation) {
	if a.port == 0 {
		a.err = ErrNoAudio
		return
	}
	if c == nil || c.Address == nil {
		a.err = ErrMalformed
		return
	}
	addr, err := netip.ParseAddr(c.Address.Address)
	switch addr = addr.Unmap(); {
	case err != nil, addr.IsMulticast(), addr.Zone() != "", addr.Is6() != (c.AddressType == "IP6"):
		a.err = ErrAddress
	case addr.IsUnspecified():
		a.direction &^= RecvOnly
	default:
		a.addr = addr
	}
}

func directionOf(attributes []pion.Attribute, otherwise Direction) Direction {
	for _, at := range attributes {
		for d := Inactive; d <= SendRecv; d++ {
			if at.Key == d.String() && at.Value == "" {
				return d
			}
		}
	}
	return otherwise
}

// codecsOf lists the codecs of an m-line in its order, those that are named.
func codecsOf(m *pion.MediaDescription) (codecs []Codec) {
	maps, formats := map[uint8]Codec{}, map[uint8]string{}
	for _, at := range m.Attributes {
		number, rest, _ := strings.Cut(at.Value, " ")
		n, err := strconv.ParseUint(number, 10, 7)
		if err != nil {
			continue
		}
		switch rest = strings.TrimSpace(rest); at.Key {
		case "rtpmap":
			if c, ok := rtpmap(uint8(n), rest); ok {
				maps[uint8(n)] = c
			}
		case "fmtp":
			formats[uint8(n)] = rest
		}
	}
	for _, f := range m.MediaName.Formats {
		n, err := strconv.ParseUint(f, 10, 7)
		if err != nil {
			continue
		}
		c, ok := maps[uint8(n)]
		if !ok {
			c, ok = static[uint8(n)]
		}
		twice := slices.ContainsFunc(codecs, func(k Codec) bool { return k.Type == uint8(n) })
		if ok && !twice {
			c.Format = formats[uint8(n)]
			codecs = append(codecs, c)
		}
	}
	return codecs
}

// rtpmap reads "opus/48000/2".
func rtpmap(number uint8, value string) (Codec, bool) {
	part := strings.Split(value, "/")
	if len(part) < 2 || len(part) > 3 || part[0] == "" {
		return Codec{}, false
	}
	c := Codec{Name: part[0], Type: number}
	rate, err := strconv.ParseUint(part[1], 10, 20)
	c.Rate = int(rate)
	if err == nil && len(part) == 3 {
		var channels uint64
		channels, err = strconv.ParseUint(part[2], 10, 5)
		c.Channels = int(channels)
	}
	return c, err == nil
}

// same reports whether two payload types are of one codec.
func same(a, b Codec) bool {
	return strings.EqualFold(a.Name, b.Name) && a.Rate == b.Rate && max(a.Channels, 1) == max(b.Channels, 1)
}

// speech reports whether a codec can carry a voice, and is no more than an addition to one that does.
func (c Codec) speech() bool {
	return !strings.EqualFold(c.Name, "telephone-event") && !strings.EqualFold(c.Name, "CN") && !strings.EqualFold(c.Name, "red")
}

func isEvents(c Codec) bool { return strings.EqualFold(c.Name, "telephone-event") && c.Rate == 8000 }
