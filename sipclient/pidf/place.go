package pidf

import (
	"strings"

	"golync/sipclient/xmldoc"
)

// nsPlaces names kinds of places (RFC 4589), nsCaps what a device can do (RFC 5196).
const (
	nsPlaces = "urn:ietf:params:xml:ns:location-type"
	nsCaps   = "urn:ietf:params:xml:ns:pidf:caps"
)

// place reads rpid:place-type (RFC 4480 section 3.4), which may be nil: what the person wrote, else the note
// beside it, else the kinds of place that it names, in words.
func place(e *xmldoc.Element) string {
	if e == nil {
		return ""
	}
	for _, free := range []string{"other", "note"} {
		if s := e.Child(nsRPID, free).Trimmed(); s != "" {
			return s
		}
	}
	var kinds []string
	for _, c := range e.Children {
		if c.Name.Space != nsPlaces {
			continue
		}
		s := c.Trimmed() // of lt:other, which holds free text
		if c.Name.Local != "other" {
			s = inWords(c.Name.Local)
		}
		if s != "" && c.Name.Local != "unknown" {
			kinds = append(kinds, s)
		}
	}
	return strings.Join(kinds, ", ")
}

// inWords makes a token of RFC 4589 readable: "bus-station" is "Bus station".
func inWords(s string) string {
	if token(s) == ActivityNone || s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + strings.ReplaceAll(s[1:], "-", " ")
}

// writePlace writes what Parse reads as Location.
func writePlace(b *strings.Builder, s string) {
	if s != "" {
		b.WriteString("<rpid:place-type><rpid:other>" + xmldoc.Escape(s) + "</rpid:other></rpid:place-type>")
	}
}

// mobile reports whether a tuple, or the device it names, is one to carry about: RFC 5196 section 3.2 has an
// element for it, and clients that do not write it call the class (RFC 4480 section 3.3) so.
func mobile(e *xmldoc.Element) bool {
	switch strings.ToLower(e.Child(nsRPID, "class").Trimmed()) {
	case "mobile", "phone", "smartphone", "tablet":
		return true
	}
	for _, caps := range []string{"devcaps", "servcaps"} {
		moves := e.Child(nsCaps, caps).Child(nsCaps, "mobility").Child(nsCaps, "supported")
		if moves.Child(nsCaps, "mobile") != nil && moves.Child(nsCaps, "fixed") == nil {
			return true
		}
	}
	return false
}

// writeMobile writes what Parse reads as Mobile, into the tuple: few programs read dm:device.
func writeMobile(b *strings.Builder) {
	b.WriteString(`<caps:servcaps xmlns:caps="` + nsCaps + `"><caps:mobility><caps:supported><caps:mobile/>` +
		`</caps:supported></caps:mobility></caps:servcaps>`)
}
