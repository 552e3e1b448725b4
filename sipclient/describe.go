package sipclient

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"strconv"
	"strings"

	"github.com/emiago/sipgo/sip"

	"golync/internal/text"
	"golync/sipclient/nameaddr"
)

// Bounds of a body with several parts.
const (
	mostParts   = 8
	longestPart = 64 << 10
)

// describe finds the session description in a body: the body itself, or the first part of one that has several (RFC
// 5621 section 3). nil when there is none; ok is false when there is a body of another kind.
func describe(m interface {
	Body() []byte
	ContentType() *sip.ContentTypeHeader
},
) (doc []byte, ok bool) {
	body := m.Body()
	if len(body) == 0 {
		return nil, true
	}
	t := m.ContentType()
	if t == nil {
		return nil, false
	}
	kind, params, err := mime.ParseMediaType(t.Value())
	switch {
	case err != nil:
		return nil, false
	case kind == sdpType:
		return body, true
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		doc = part(multipart.NewReader(bytes.NewReader(body), params["boundary"]))
		return doc, doc != nil
	}
	return nil, false
}

func part(r *multipart.Reader) []byte {
	for range mostParts {
		p, err := r.NextPart()
		if err != nil {
			return nil
		}
		if kind, _ := mediaType(p.Header.Get("Content-Type")); kind == sdpType {
			doc, err := io.ReadAll(io.LimitReader(p, longestPart))
			if err != nil {
				return nil
			}
			return doc
		}
	}
	return nil
}

// endOf reads why a request ends a call before or after its answer (Reason, RFC 3326). Another device of the user's
// that has answered or declined is no missed call.
func (s *session) endOf(req *sip.Request) (why CallEnd, code int, reason text.Peer) {
	code, reason = reasonOf(req)
	if code == 200 || code/100 == 6 {
		return EndedElsewhere, 0, reason
	}
	return EndedCancelled, 0, reason
}

// reasonOf reads the first Reason that is about SIP: `SIP;cause=200;text="Call completed elsewhere"`.
func reasonOf(req *sip.Request) (cause int, words text.Peer) {
	for _, h := range req.GetHeaders("reason") {
		protocol, params, _ := strings.Cut(h.Value(), ";")
		if !strings.EqualFold(strings.TrimSpace(protocol), "SIP") {
			continue
		}
		for params != "" {
			var p string
			p, params = cutParam(params)
			name, value, _ := strings.Cut(p, "=")
			switch value = strings.TrimSpace(value); strings.ToLower(strings.TrimSpace(name)) {
			case "cause":
				cause, _ = strconv.Atoi(value)
			case "text":
				words = text.From(unquoted(value))
			}
		}
		return cause, words
	}
	return 0, words
}

// cutParam cuts the first parameter off, which may be quoted.
func cutParam(s string) (param, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case (c == ';' || c == ',') && !quoted:
			if c == ',' {
				return s[:i], "" // the next value of a list
			}
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// unquoted undoes a quoted string (RFC 3261 section 25.1).
func unquoted(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	return nameaddr.Unquote(s[1 : len(s)-1])
}
