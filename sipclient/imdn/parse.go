package imdn

import (
	"slices"
	"strings"

	"golync/sipclient/xmldoc"
)

// Parse reads a receipt of at most MaxSize bytes. One that does not say which message it is about, or what
// of it, is ErrNotReceipt. The namespace may be missing, as with some senders; of several notifications, which
// the schema does not allow, the one that says most counts: a message that was shown has come.
func Parse(data []byte) (Receipt, error) {
	root, err := xmldoc.Parse(data, limits)
	if err != nil {
		return Receipt{}, err
	}
	if !root.Is(Namespace, "imdn") && !root.Is("", "imdn") {
		return Receipt{}, ErrNotReceipt
	}
	child := func(name string) *xmldoc.Element { return root.Child(root.Name.Space, name) }
	r := Receipt{
		MessageID: child("message-id").Trimmed(), DateTime: xmldoc.Moment(child("datetime").Trimmed()),
		Recipient: address(child("recipient-uri").Trimmed()),
	}
	if !ValidID(r.MessageID) {
		return Receipt{}, ErrNotReceipt
	}
	for _, kind := range []Kind{Display, Delivery, Processing} {
		if n := child(kinds[kind]); n != nil {
			r.Kind, r.Status = kind, status(n.Child(n.Name.Space, "status"), kind)
			return r, nil
		}
	}
	return Receipt{}, ErrNotReceipt
}

// allowed are the statuses that a kind of receipt may have (section 11.1).
var allowed = [...][]Status{
	Delivery:   {Delivered, Failed, Forbidden, Error},
	Display:    {Displayed, Forbidden, Error},
	Processing: {Processed, Stored, Forbidden, Error},
}

// status reads the first status that the kind may have.
func status(e *xmldoc.Element, kind Kind) Status {
	if e == nil {
		return Unclear
	}
	for _, c := range e.Children {
		if i := slices.Index(statuses[:], c.Name.Local); i > 0 && slices.Contains(allowed[kind], Status(i)) {
			return Status(i)
		}
	}
	return Unclear
}

// address keeps a URI that could be compared; anything else is none.
func address(s string) string {
	if len(s) > MaxID || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ""
	}
	return s
}
