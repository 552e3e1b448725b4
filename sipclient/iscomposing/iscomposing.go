// Package iscomposing reads and writes typing notices, the documents of type application/im-iscomposing+xml
// (RFC 3994). It knows no timers: who shows a notice ends it when its time is over, and who writes decides
// when the next one is due.
package iscomposing

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"golync/sipclient/xmldoc"
)

// MediaType is the Content-Type of a typing notice.
const MediaType = "application/im-iscomposing+xml"

const namespace = "urn:ietf:params:xml:ns:im-iscomposing"

// DefaultRefresh is how long an active notice holds when it does not say (section 3.3).
const DefaultRefresh = 120 * time.Second

// Bounds of Refresh in what is read: a writer refreshes no more often than every 60 seconds (section 3.2), and
// nobody composes a message for longer than an hour without another notice.
const (
	MinRefresh = 60 * time.Second
	MaxRefresh = time.Hour
)

// MaxSize is the longest document Parse reads, in bytes.
const MaxSize = 4 << 10

var limits = xmldoc.Limits{Bytes: MaxSize, Depth: 8, Elements: 32}

// ErrNotTyping says that a document is XML, but no typing notice.
var ErrNotTyping = errors.New("not a typing notice")

// Notice is one typing notice.
type Notice struct {
	Active bool // somebody is composing; otherwise not any more
	// ContentType is the type of what is composed, "text/plain" or only "text"; empty when it is not said, and
	// then it is text. At most 127 bytes of printable ASCII.
	ContentType string
	Refresh     time.Duration // how long Active holds at most, whole seconds; 0 when it is not said
	LastActive  time.Time     // when the writer was last active, whole seconds in UTC; zero when it is not said
}

// Holds is how long an active notice counts after it came, unless another one or a message comes (section
// 3.3); 0 for an idle one.
func (n Notice) Holds() time.Duration {
	switch {
	case !n.Active:
		return 0
	case n.Refresh == 0:
		return DefaultRefresh
	}
	return n.Refresh
}

// OfText reports whether it is an instant message's text that is composed, and not sound or video.
func (n Notice) OfText() bool {
	kind, _, _ := strings.Cut(n.ContentType, "/")
	return kind == "" || strings.EqualFold(kind, "text")
}

// Build writes a notice. Parse reads it back as n, but for what Notice's fields do not allow.
func Build(n Notice) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<isComposing xmlns="` + namespace + `"><state>`)
	if n.Active {
		b.WriteString("active")
	} else {
		b.WriteString("idle")
	}
	b.WriteString("</state>")
	if !n.LastActive.IsZero() {
		b.WriteString("<lastactive>" + n.LastActive.UTC().Format(time.RFC3339) + "</lastactive>")
	}
	if n.ContentType != "" {
		b.WriteString("<contenttype>" + xmldoc.Escape(n.ContentType) + "</contenttype>")
	}
	if n.Refresh > 0 {
		b.WriteString("<refresh>" + strconv.FormatInt(int64(n.Refresh/time.Second), 10) + "</refresh>")
	}
	b.WriteString("</isComposing>\n")
	return []byte(b.String())
}
