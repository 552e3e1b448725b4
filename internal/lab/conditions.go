package lab

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"golync/sipclient/presrules"
	"golync/sipclient/xmldoc"
)

// preconditions checks If-Match and If-None-Match (RFC 9110 section 13.1) against what is there.
func preconditions(r *http.Request, etag string, exists bool) bool {
	if m := r.Header.Get("If-Match"); m != "" && !matches(m, etag, exists) {
		return false
	}
	m := r.Header.Get("If-None-Match")
	return m == "" || !matches(m, etag, exists)
}

// matches reports whether a list of entity tags names the one there is; "*" names any.
func matches(list, etag string, exists bool) bool {
	if !exists {
		return false
	}
	if strings.TrimSpace(list) == "*" {
		return true
	}
	return slices.ContainsFunc(strings.Split(list, ","), func(t string) bool {
		return strings.TrimPrefix(strings.TrimSpace(t), "W/") == `"`+etag+`"`
	})
}

// conflict says why a document is refused, in XCAP's own words (RFC 4825 section 11).
func conflict(w http.ResponseWriter, body []byte, err error) {
	why := "not-well-formed"
	if errors.Is(err, presrules.ErrNotRules) || xml.Unmarshal(body, new(struct{})) == nil {
		why = "schema-validation-error"
	}
	w.Header().Set("Content-Type", "application/xcap-error+xml")
	w.WriteHeader(http.StatusConflict)
	_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<xcap-error xmlns="urn:ietf:params:xml:ns:xcap-error"><`+why+` phrase="`+xmldoc.Escape("the rules cannot be read")+`"/></xcap-error>`)
}
