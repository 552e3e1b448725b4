// Package imdn reads and writes receipts of instant messages, the documents of type message/imdn+xml, and
// the header field by which they are asked for (RFC 5438). It decides nothing: neither who gets a receipt
// nor which message one is about.
package imdn

import (
	"errors"
	"strings"
	"time"

	"golync/sipclient/xmldoc"
)

// MediaType is the Content-Type of a receipt, Disposition the Content-Disposition that goes with it (section
// 12.1.1), and Namespace that of the document.
const (
	MediaType   = "message/imdn+xml"
	Disposition = "notification"
	Namespace   = "urn:ietf:params:xml:ns:imdn"
)

// Names of the header fields in an envelope (section 6), in the namespace cpim.IMDN.
const (
	MessageIDHeader = "Message-ID"
	AskHeader       = "Disposition-Notification"
)

// Bounds of what is read.
const (
	MaxSize = 8 << 10 // bytes
	MaxID   = 255     // bytes of a message ID
)

var limits = xmldoc.Limits{Bytes: MaxSize, Depth: 8, Elements: 64}

// ErrNotReceipt says that a document is XML, but no receipt of a message that it names.
var ErrNotReceipt = errors.New("not a receipt")

// Kind is what a receipt is about (section 7.1.1).
type Kind uint8

// The kinds of receipts.
const (
	Delivery   Kind = iota // whether the message came to the device
	Display                // whether it was shown
	Processing             // what a server on the way did with it
)

// Status is what a receipt says (section 7.2.1).
type Status uint8

// The statuses. A Display receipt has Displayed, Forbidden or Error, a Processing one Processed, Stored,
// Forbidden or Error, a Delivery one Delivered, Failed, Forbidden or Error.
const (
	Unclear   Status = iota // none that RFC 5438 knows
	Delivered               // it has come to the device
	Displayed               // it was shown
	Failed                  // it will not come
	Forbidden               // the receiver does not tell
	Error                   // there is no saying
	Processed               // a server has handled it
	Stored                  // a server keeps it for later
)

// Receipt is one notification.
type Receipt struct {
	MessageID string    // of the message it is about; 1 to MaxID bytes of printable ASCII
	DateTime  time.Time // when that message was sent, whole seconds in UTC; zero when it is not said
	Recipient string    // URI for which it was meant, empty when it is not said
	Kind      Kind
	Status    Status
}

var kinds = [...]string{Delivery: "delivery-notification", Display: "display-notification", Processing: "processing-notification"}

var statuses = [...]string{
	Delivered: "delivered", Displayed: "displayed", Failed: "failed", Forbidden: "forbidden", Error: "error",
	Processed: "processed", Stored: "stored",
}

// Build writes a receipt. Parse reads it back as r, but for what Receipt's fields do not allow.
func Build(r Receipt) []byte {
	var b strings.Builder
	element := func(name, text string) {
		if text != "" {
			b.WriteString("<" + name + ">" + xmldoc.Escape(text) + "</" + name + ">")
		}
	}
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<imdn xmlns="` + Namespace + `">`)
	element("message-id", r.MessageID)
	if !r.DateTime.IsZero() {
		element("datetime", r.DateTime.UTC().Format(time.RFC3339))
	}
	element("recipient-uri", r.Recipient)
	kind := kinds[min(int(r.Kind), len(kinds)-1)]
	b.WriteString("<" + kind + "><status>")
	if status := statuses[min(int(r.Status), len(statuses)-1)]; status != "" {
		b.WriteString("<" + status + "/>")
	}
	b.WriteString("</status></" + kind + "></imdn>\n")
	return []byte(b.String())
}

// Wants is what a sender wants to hear of a message (section 6.3).
type Wants struct {
	Delivery bool // that it has come to the device
	Failure  bool // that it will not
	Display  bool // that it was shown
}

// Asking writes a Disposition-Notification; empty for nothing.
func Asking(w Wants) string {
	var words []string
	for _, want := range []struct {
		wanted bool
		word   string
	}{{w.Delivery, "positive-delivery"}, {w.Failure, "negative-delivery"}, {w.Display, "display"}} {
		if want.wanted {
			words = append(words, want.word)
		}
	}
	return strings.Join(words, ", ")
}

// Asked reads a Disposition-Notification; words that it does not know ask for nothing.
func Asked(value string) (w Wants) {
	for word := range strings.SplitSeq(value, ",") {
		word, _, _ = strings.Cut(word, ";")
		switch strings.ToLower(strings.TrimSpace(word)) {
		case "positive-delivery":
			w.Delivery = true
		case "negative-delivery":
			w.Failure = true
		case "display":
			w.Display = true
		}
	}
	return w
}

// ValidID reports whether s can name a message: 1 to MaxID bytes of printable ASCII without spaces.
func ValidID(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != "" && len(s) <= MaxID
}
