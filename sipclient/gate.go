package sipclient

import (
	"strings"

	"github.com/emiago/sipgo/sip"
)

// The gate stands before every handler: sipgo hands over much that RFC 3261 wants refused (facts/sipgo.md
// section 6, facts/reliability.md section 1.3). What passes it has one From, To, Call-ID and CSeq, the
// version and the method it claims, and needs no extension that golync lacks.

// What golync says of itself in Allow, Accept and Allow-Events.
const (
	allowedMethods = "INVITE, ACK, CANCEL, BYE, PRACK, UPDATE, OPTIONS, MESSAGE, NOTIFY, SUBSCRIBE"
	extensions     = "100rel, replaces, timer" // RFC 3262, RFC 3891, RFC 4028
	sdpType        = "application/sdp"
	acceptedStates = "application/pidf+xml, application/watcherinfo+xml"
	acceptedEvents = "presence, presence.winfo"
	plainText      = "text/plain"
)

// onlyOnce are the header fields that may not be repeated (RFC 3261 section 7.3.1, table 2; RFC 6665).
var onlyOnce = map[string]bool{
	"from": true, "to": true, "call-id": true, "cseq": true, "max-forwards": true, "content-length": true,
	"content-type": true, "event": true, "expires": true, "subscription-state": true, "subject": true, "date": true,
}

// knownMethods are methods that exist; others are not even recognised (RFC 3261 section 21.5.2).
var knownMethods = map[sip.RequestMethod]bool{
	sip.INVITE: true, sip.ACK: true, sip.CANCEL: true, sip.BYE: true, sip.REGISTER: true, sip.OPTIONS: true,
	sip.SUBSCRIBE: true, sip.NOTIFY: true, sip.REFER: true, sip.INFO: true, sip.MESSAGE: true, sip.PRACK: true,
	sip.UPDATE: true, sip.PUBLISH: true,
}

// refusal is a final response that says no.
type refusal struct {
	code    int
	reason  string
	headers []sip.Header
}

func refuse(code int, reason string, headers ...sip.Header) *refusal {
	return &refusal{code, reason, headers}
}

// inspect returns nil for a request that a handler may see. source is the flow's remote ip:port: requests
// are taken only from there.
func inspect(req *sip.Request, source string) *refusal {
	switch {
	case req.Source() != source:
		return refuse(403, "Forbidden")
	case !strings.EqualFold(req.SipVersion, "SIP/2.0"):
		return refuse(505, "Version Not Supported")
	case req.From() == nil || req.To() == nil || req.CallID() == nil || req.CSeq() == nil || req.Via() == nil:
		return refuse(400, "Missing Header Field")
	case !knownMethods[req.Method]:
		return refuse(501, "Not Implemented", allow())
	case req.Method != req.CSeq().MethodName:
		return refuse(400, "CSeq Method Mismatch")
	case len(*req.CallID()) > 512:
		return refuse(400, "Call-ID Too Long")
	}
	if r := inspectRepeated(req); r != nil {
		return r
	}
	if s := req.Recipient.Scheme; s != "sip" && s != "sips" {
		return refuse(416, "Unsupported URI Scheme")
	}
	if len(req.Recipient.Headers) > 0 {
		return refuse(400, "Header Fields In Request-URI") // RFC 3261 section 19.1.1
	}
	if tag, ok := req.From().Params.Get("tag"); req.Method == sip.SUBSCRIBE && (!ok || tag == "") {
		return refuse(400, "Missing From Tag")
	}
	return inspectRequire(req)
}

func inspectRepeated(req *sip.Request) *refusal {
	var seen [16]string
	n := 0
	for _, h := range req.Headers() {
		name := strings.ToLower(h.Name())
		if !onlyOnce[name] {
			continue
		}
		for _, s := range seen[:n] {
			if s == name {
				return refuse(400, "Repeated Header Field")
			}
		}
		seen[n] = name
		n++
	}
	return nil
}

// inspectRequire refuses extensions that golync lacks (RFC 3261 section 8.2.2.3, which excepts ACK and CANCEL).
func inspectRequire(req *sip.Request) *refusal {
	if req.Method == sip.ACK || req.Method == sip.CANCEL {
		return nil
	}
	var tags []string
	for _, h := range req.GetHeaders("require") {
		for _, tag := range strings.Split(h.Value(), ",") {
			if tag = strings.TrimSpace(tag); tag != "" && !hasToken(extensions, tag) {
				tags = append(tags, headerText(tag, 64))
			}
		}
	}
	if len(tags) == 0 {
		return nil
	}
	return refuse(420, "Bad Extension", sip.NewHeader("Unsupported", strings.Join(tags[:min(len(tags), 8)], ", ")))
}

// hasToken reports whether a list of tokens holds one, in any case.
func hasToken(list, token string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if strings.EqualFold(strings.TrimSpace(one), token) {
			return true
		}
	}
	return false
}

// names reports whether any header field of that name (in lower case) lists a token.
func names(m interface{ GetHeaders(string) []sip.Header }, name, token string) bool {
	for _, h := range m.GetHeaders(name) {
		if hasToken(h.Value(), token) {
			return true
		}
	}
	return false
}

func supported() sip.Header { return sip.NewHeader("Supported", extensions) }

func allow() sip.Header { return sip.NewHeader("Allow", allowedMethods) }

// mediaType returns the type and the charset of a Content-Type, in lower case and without quotes.
func mediaType(value string) (kind, charset string) {
	kind, params, _ := strings.Cut(value, ";")
	for _, p := range strings.Split(params, ";") {
		if name, v, ok := strings.Cut(p, "="); ok && strings.EqualFold(strings.TrimSpace(name), "charset") {
			charset = strings.ToLower(strings.Trim(strings.TrimSpace(v), `"`))
		}
	}
	return strings.ToLower(strings.TrimSpace(kind)), charset
}

// headerValue returns the first header field of that name (in lower case), or the empty string.
func headerValue(m interface{ GetHeader(string) sip.Header }, name string) string {
	if h := m.GetHeader(name); h != nil {
		return strings.TrimSpace(h.Value())
	}
	return ""
}
