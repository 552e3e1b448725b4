package pidf

import (
	"strings"
	"time"

	"golync/sipclient/xmldoc"
)

// Build writes s as the presence document of entity, an address of record with its scheme. It is BuildDevice
// for an account that has one device.
func Build(entity string, s State) []byte { return BuildDevice(entity, "golync", s) }

// BuildDevice writes s as the presence document of entity, published by one of several devices. A server
// that aggregates keeps only the newest of two documents with the same tuple id, so each device needs a name
// of its own; device has to be an XML name (letters, digits, hyphens, beginning with a letter). Parse reads
// the document back as s, but for white space around Note and Name and what XML cannot carry.
//
// A closed state with nothing more to say has no person: another device's activity then stays what it is.
func BuildDevice(entity, device string, s State) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<presence xmlns="` + nsPIDF + `" xmlns:dm="` + nsModel + `" xmlns:rpid="` + nsRPID +
		`" xmlns:c="` + nsCIPID + `" entity="` + xmldoc.Escape(entity) + `">` + "\n")
	writeTuple(&b, entity, device, s)
	if s.hasPerson() {
		writePerson(&b, device, s)
	}
	b.WriteString("</presence>\n")
	return []byte(b.String())
}

// hasPerson reports whether there is anything to say of the person.
func (s State) hasPerson() bool {
	return s.Open || s.Activity != ActivityNone || s.Idle || !s.Note.Empty() || !s.Location.Empty()
}

// writeTuple keeps the order of elements that the schema of RFC 3863 section 4.4 asks for.
func writeTuple(b *strings.Builder, entity, device string, s State) {
	basic := "closed"
	if s.Open {
		basic = "open"
	}
	b.WriteString(`<tuple id="` + xmldoc.Escape(device) + `"><status><basic>` + basic + `</basic></status>`)
	writeText(b, "c:display-name", s.Name.Raw())
	if s.Mobile {
		writeMobile(b)
	}
	writeText(b, "contact", entity)
	writeText(b, "note", s.Note.Raw())
	changed := s.Since
	if s.Changed.After(changed) {
		changed = s.Changed
	}
	writeText(b, "timestamp", stamp(changed))
	b.WriteString("</tuple>\n")
}

func writePerson(b *strings.Builder, device string, s State) {
	b.WriteString(`<dm:person id="p-` + xmldoc.Escape(device) + `">`)
	writeActivities(b, s.Activity, s.Idle)
	if s.Idle {
		b.WriteString(`<rpid:user-input>idle</rpid:user-input>`)
	}
	writePlace(b, s.Location.Raw())
	writeText(b, "c:display-name", s.Name.Raw())
	writeText(b, "dm:note", s.Note.Raw())
	writeText(b, "dm:timestamp", stamp(s.Since))
	b.WriteString("</dm:person>\n")
}

func writeActivities(b *strings.Builder, a Activity, idle bool) {
	if a = token(string(a)); a == ActivityNone && !idle {
		return
	}
	b.WriteString(`<rpid:activities>`)
	if wide := broader[a]; wide != ActivityNone {
		b.WriteString(`<rpid:` + string(wide) + `/>`)
	}
	if elements[a] {
		b.WriteString(`<rpid:` + string(a) + `/>`)
	} else {
		writeText(b, "rpid:other", string(a))
	}
	if idle {
		writeText(b, "rpid:other", string(tokenIdle))
	}
	b.WriteString(`</rpid:activities>`)
}

// writeText writes nothing for empty text: an empty note would hide the one of another device.
func writeText(b *strings.Builder, name, s string) {
	if s != "" {
		b.WriteString("<" + name + ">" + xmldoc.Escape(s) + "</" + name + ">")
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
