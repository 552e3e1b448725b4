package sdp

import (
	"bytes"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	pion "github.com/pion/sdp/v3"
)

// Bounds of a description. What is larger is an attack or no call.
const (
	longest     = 64 << 10
	mostStreams = 32
	mostFormats = 64
)

// stream is one m-line of the other side (RFC 8866 section 5.14).
type stream struct {
	media, port, proto string
	formats            []string
	audio              *flow // nil when it is not sound over RTP
	video              *flow // nil when it is no picture over RTP
}

// flow is sound or a picture that the other side offers or answers.
type flow struct {
	port      uint16
	addr      netip.Addr // the zero Addr for a hold by 0.0.0.0
	direction Direction  // theirs
	codecs    []Codec
	crypto    []Crypto
	intra     bool  // asks for a whole picture by FIR alone (RFC 5104 section 4.3.1)
	err       error // why nothing can go there; nil when it can
}

// spoken are the protocols of sound and pictures (RFC 3551, 3711, 4585, 5124). DTLS has others and is not spoken.
var spoken = map[string]bool{"RTP/AVP": true, "RTP/AVPF": true, "RTP/SAVP": true, "RTP/SAVPF": true}

// read takes a description apart.
func read(doc []byte) ([]stream, error) {
	text, streams, err := strain(doc)
	if err != nil {
		return nil, err
	}
	var d pion.SessionDescription
	if err := d.UnmarshalString(text); err != nil {
		return nil, ErrMalformed // the parser quotes what the peer wrote
	}
	if len(d.MediaDescriptions) != len(streams) {
		return nil, ErrMalformed
	}
	for i := range streams {
		switch s := &streams[i]; {
		case !spoken[s.proto]:
		case s.media == "audio":
			s.audio = flowOf(&d, d.MediaDescriptions[i])
		case s.media == "video":
			s.video = flowOf(&d, d.MediaDescriptions[i])
		}
	}
	return streams, nil
}

// strain leaves what is read here of a description, in the order that the parser wants: it refuses a whole
// description for a medium or an address that it does not know, and for lines that stand in the wrong place.
func strain(doc []byte) (text string, streams []stream, err error) {
	if len(doc) > longest {
		return "", nil, ErrMalformed
	}
	var head, connection, attributes strings.Builder
	flush := func() {
		head.WriteString(connection.String())
		if len(streams) == 0 {
			head.WriteString("t=0 0\r\n")
		}
		head.WriteString(attributes.String())
		connection.Reset()
		attributes.Reset()
	}
	head.WriteString("v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=-\r\n")
	version := false
	for line := range bytes.Lines(doc) {
		l := strings.TrimRight(string(line), "\r\n ")
		name, value, ok := strings.Cut(l, "=")
		switch {
		case l == "":
		case !ok || len(name) != 1 || strings.ContainsAny(value, "\r\x00") || !version && l != "v=0":
			return "", nil, ErrMalformed
		case name == "v":
			version = true
		case name == "m":
			if len(streams) == mostStreams {
				return "", nil, ErrMalformed
			}
			flush()
			s, err := streamOf(value)
			if err != nil {
				return "", nil, err
			}
			streams = append(streams, s)
			head.WriteString(s.line())
		case name == "c" && connection.Len() == 0:
			connection.WriteString(connectionLine(value))
		case name == "a":
			attributes.WriteString(l + "\r\n")
		}
	}
	flush()
	if !version {
		return "", nil, ErrMalformed
	}
	return head.String(), streams, nil
}

func streamOf(value string) (stream, error) {
	f := strings.Fields(value)
	if len(f) < 4 || len(f) > 3+mostFormats {
		return stream{}, ErrMalformed
	}
	port, _, _ := strings.Cut(f[1], "/")
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return stream{}, ErrMalformed
	}
	return stream{media: strings.ToLower(f[0]), port: port, proto: strings.ToUpper(f[2]), formats: f[3:]}, nil
}

// line is the m-line for the parser. What is neither sound nor picture is only counted.
func (s stream) line() string {
	if s.media != "audio" && s.media != "video" || !spoken[s.proto] {
		return "m=application 0 RTP/AVP 0\r\n"
	}
	return fmt.Sprintf("m=%s %s %s %s\r\n", s.media, s.port, s.proto, strings.Join(s.formats, " "))
}

// connectionLine is the c-line for the parser. One with a host name or of another network becomes one without an
// address: it may belong to a stream that nobody uses.
func connectionLine(value string) string {
	f := strings.Fields(value)
	if len(f) != 3 || f[0] != "IN" || f[1] != "IP4" && f[1] != "IP6" {
		return "c=IN IP4 nowhere.invalid\r\n"
	}
	return "c=" + strings.Join(f, " ") + "\r\n"
}
