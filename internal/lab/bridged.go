package lab

import (
	"bytes"
	"slices"
	"strings"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/cpim"
)

// bridged are the media types that cross the gateway: one-to-one text and what belongs to it. Files and
// groups do not (facts/lync-2013-client.md section 9).
var bridged = []string{"text/plain", "application/im-iscomposing+xml", "message/cpim", "message/imdn+xml"}

// crosses reports whether a body of this type may cross the gateway. An envelope crosses with what may cross
// without it.
func crosses(contentType string, body []byte) bool {
	media := strings.ToLower(mediaType(contentType))
	if media != cpim.MediaType {
		return slices.Contains(bridged, media)
	}
	m, err := cpim.Parse(body)
	if err != nil {
		return false
	}
	inside := strings.ToLower(mediaType(m.ContentType))
	return inside == "" || inside != cpim.MediaType && slices.Contains(bridged, inside)
}

// stopsBody refuses a message of a kind that does not cross, and says what does.
func (l *Lab) stopsBody(s *serving, from, to *person) bool {
	if !across(from, to) {
		return false
	}
	if ct := s.req.ContentType(); ct != nil && crosses(ct.Value(), s.req.Body()) {
		return false
	}
	res := response(s.req, sip.StatusUnsupportedMediaType, "Unsupported Media Type")
	set(res, "Accept", strings.Join(bridged, ", "))
	l.respond(s, res)
	return true
}

// mediaOf lists the kinds of media that an offer names (RFC 8866 section 5.14), those of every part when the
// body has several. A call without an offer is answered with one: it is about audio.
func mediaOf(req *sip.Request) (kinds []string) {
	for line := range bytes.Lines(req.Body()) {
		if m, ok := bytes.CutPrefix(line, []byte("m=")); ok {
			kind, _, _ := strings.Cut(string(m), " ")
			kinds = append(kinds, strings.ToLower(strings.TrimSpace(kind)))
		}
	}
	return kinds
}

// onlyCalls reports whether an offer is about what may cross: audio and video, one to one.
func onlyCalls(kinds []string) bool {
	return !slices.ContainsFunc(kinds, func(k string) bool { return k != "audio" && k != "video" })
}
