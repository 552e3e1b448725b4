package winfo

import (
	"strconv"
	"strings"

	"golync/sipclient/xmldoc"
)

// String gives the status as the document has it; empty for none of RFC 3857's.
func (s Status) String() string {
	for name, status := range statuses {
		if status == s {
			return name
		}
	}
	return ""
}

// Build writes d for the presence package. Parse reads it back as d, but for what XML cannot carry and for
// watchers that Parse leaves out.
func Build(d Document) []byte {
	state := "partial"
	if d.Full {
		state = "full"
	}
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<watcherinfo xmlns="` + nsWinfo + `" xmlns:g="` + nsGolync + `" version="` +
		strconv.FormatUint(uint64(d.Version), 10) + `" state="` + state + `">` + "\n" +
		`<watcher-list resource="` + xmldoc.Escape(d.Resource) + `" package="presence">` + "\n")
	for _, w := range d.Watchers {
		b.WriteString("<watcher")
		writeAttr(&b, "id", w.ID)
		writeAttr(&b, "event", w.Event)
		writeAttr(&b, "status", w.Status.String())
		writeAttr(&b, "display-name", w.Name.Raw())
		writeAttr(&b, "g:subject", w.Introduction.Raw())
		b.WriteString(">" + xmldoc.Escape(w.URI) + "</watcher>\n")
	}
	b.WriteString("</watcher-list>\n</watcherinfo>\n")
	return []byte(b.String())
}

func writeAttr(b *strings.Builder, name, value string) {
	if value != "" {
		b.WriteString(" " + name + `="` + xmldoc.Escape(value) + `"`)
	}
}
