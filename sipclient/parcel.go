package sipclient

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"strings"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/cpim"
	"golync/sipclient/imdn"
	"golync/sipclient/iscomposing"
)

// parcel is what a MESSAGE carries, out of its envelope and in UTF-8.
type parcel struct {
	kind      string // plainText, iscomposing.MediaType or imdn.MediaType
	text      string // of plainText
	body      []byte // of the others
	enveloped bool
	id        string // the sender's name for it, empty when it has none
	wants     imdn.Wants
}

// accepted are the media types that golync takes in a MESSAGE.
func (c *Client) accepted() string {
	if c.o.Plain {
		return plainText + ", " + iscomposing.MediaType
	}
	return plainText + ", " + cpim.MediaType + ", " + iscomposing.MediaType + ", " + imdn.MediaType
}

// unsupported refuses a media type and says which are not (RFC 3261 section 21.4.13).
func (c *Client) unsupported() *refusal {
	return refuse(415, "Unsupported Media Type", sip.NewHeader("Accept", c.accepted()))
}

// unwrap takes out what a MESSAGE carries, or refuses what could not be shown.
func (c *Client) unwrap(req *sip.Request) (p parcel, r *refusal) {
	kind, charset := plainText, ""
	if t := req.ContentType(); t != nil {
		kind, charset = mediaType(t.Value())
	}
	limit := MaxBody
	if kind == cpim.MediaType {
		limit += cpim.MaxHeaders
	}
	body, r := unpacked(req, limit)
	if r != nil {
		return p, r
	}
	if c.o.Plain || kind != cpim.MediaType && kind != plainText {
		return c.fill(p, kind, charset, body)
	}
	e, err := cpim.Parse(body)
	switch {
	case kind == plainText && (err != nil || !stored(e)):
		return c.fill(p, kind, charset, body)
	case errors.Is(err, cpim.ErrEncoding):
		return p, c.unsupported()
	case err != nil:
		return p, refuse(400, "Unreadable Envelope")
	}
	p.enveloped = true
	if id := e.Get(cpim.IMDN, imdn.MessageIDHeader); imdn.ValidID(id) {
		p.id, p.wants = id, imdn.Asked(e.Get(cpim.IMDN, imdn.AskHeader))
	}
	kind, charset = plainText, ""
	if e.ContentType != "" {
		kind, charset = mediaType(e.ContentType)
	}
	return c.fill(p, kind, charset, e.Body)
}

// stored reports whether an envelope was meant, whatever its label says: the offline store of Kamailio (msilo, in
// 5.6 and later) calls one text/plain when it delivers it, and may put a line of its own before it. What is
// stored is mostly receipts, which nobody wants to read.
func stored(e cpim.Message) bool {
	return e.To.URI != "" && e.ContentType != "" && imdn.ValidID(e.Get(cpim.IMDN, imdn.MessageIDHeader))
}

// fill puts in what a kind of content is.
func (c *Client) fill(p parcel, kind, charset string, body []byte) (parcel, *refusal) {
	p.kind, p.body = kind, body
	switch {
	case len(body) > MaxBody:
		return p, refuse(413, "Message Too Large")
	case kind == iscomposing.MediaType, kind == imdn.MediaType && !c.o.Plain:
		return p, nil
	case kind != plainText:
		return p, c.unsupported()
	}
	switch charset {
	case "", "utf-8", "us-ascii":
		p.text = string(body)
	case "iso-8859-1": // its characters are the first of Unicode
		var b strings.Builder
		for _, c := range body {
			b.WriteRune(rune(c))
		}
		if p.text = b.String(); len(p.text) > MaxBody {
			return p, refuse(413, "Message Too Large")
		}
	default:
		return p, c.unsupported()
	}
	return p, nil
}

// unpacked returns a body of at most limit bytes. Linphone packs its receipts, whatever one accepts
// (facts/peers.md, section "delivery receipt").
func unpacked(req *sip.Request, limit int) ([]byte, *refusal) {
	body := req.Body()
	switch coding := strings.ToLower(headerValue(req, "content-encoding")); coding {
	case "", "identity":
	case "deflate": // which is zlib's (RFC 9110 section 8.4.1.2)
		z, err := zlib.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, refuse(400, "Unreadable Body")
		}
		if body, err = io.ReadAll(io.LimitReader(z, int64(limit)+1)); err != nil {
			return nil, refuse(400, "Unreadable Body")
		}
	default:
		return nil, refuse(415, "Unsupported Media Type", sip.NewHeader("Accept-Encoding", "identity, deflate"))
	}
	if len(body) > limit {
		return nil, refuse(413, "Message Too Large")
	}
	return body, nil
}

// owed is what the sender of a message is to hear of it, and under which name.
func (p parcel) owed() (id string, o Owed) {
	if p.wants.Delivery {
		o |= OwedDelivery
	}
	if p.wants.Display {
		o |= OwedDisplay
	}
	if o == 0 {
		return "", 0
	}
	return p.id, o
}

// important reads Priority (RFC 3261 section 20.26).
func important(req *sip.Request) bool {
	switch strings.ToLower(headerValue(req, "priority")) {
	case "urgent", "emergency":
		return true
	}
	return false
}

// urgency writes it. Neither RFC 3862 nor RFC 5438 has a word for importance, so it goes with the request,
// whether its body is in an envelope or not.
func urgency(m Message) []sip.Header {
	if !m.Important {
		return nil
	}
	return []sip.Header{sip.NewHeader("Priority", "urgent")}
}
