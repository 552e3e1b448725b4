package presrules

import (
	"maps"
	"slices"
	"strings"

	"golync/sipclient/xmldoc"
)

// transformations say what a level may see, in the words of RFC 5025 section 3.3, after the privacy table of
// facts/lync-2013-client.md section 4. Whoever is allowed gets the activities: availability itself (away,
// busy) is one in PIDF, so that leaving them out would show a busy person as available. What a note or an
// exact activity is worth to External Contacts is therefore filtered by servers that know golync's levels.
var transformations = map[Level]string{
	FriendsAndFamily: `<pr:provide-all-attributes/>`,
	Workgroup: `<pr:provide-activities>true</pr:provide-activities><pr:provide-mood>true</pr:provide-mood>` +
		`<pr:provide-place-type>true</pr:provide-place-type><pr:provide-time-offset>true</pr:provide-time-offset>` +
		`<pr:provide-user-input>full</pr:provide-user-input><pr:provide-note>true</pr:provide-note>` + provideName,
	Colleagues: `<pr:provide-activities>true</pr:provide-activities>` +
		`<pr:provide-place-type>true</pr:provide-place-type><pr:provide-time-offset>true</pr:provide-time-offset>` +
		`<pr:provide-user-input>full</pr:provide-user-input><pr:provide-note>true</pr:provide-note>` + provideName,
	// What is not provided is left out, says the RFC; Kamailio leaves out only what is said to be false.
	External: `<pr:provide-activities>true</pr:provide-activities><pr:provide-place-type>false</pr:provide-place-type>` +
		`<pr:provide-user-input>bare</pr:provide-user-input><pr:provide-note>true</pr:provide-note>` + provideName,
}

// provideName lets the display name of CIPID through, which RFC 5025 has no permission of its own for.
const provideName = `<pr:provide-unknown-attribute ns="urn:ietf:params:xml:ns:pidf:cipid" name="display-name">true</pr:provide-unknown-attribute>`

// all lets every device, service and person of the document through, before attributes are looked at.
const all = `<pr:provide-devices><pr:all-devices/></pr:provide-devices><pr:provide-services><pr:all-services/></pr:provide-services>` +
	`<pr:provide-persons><pr:all-persons/></pr:provide-persons>`

// Build writes a document (application/auth-policy+xml) that holds golync's rules alone.
func Build(r Rules) []byte {
	// The default namespace is that of pres-rules, because Kamailio 5.6.3 takes XCAP node selectors only
	// without prefixes (facts/peers.md section 4).
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<cp:ruleset xmlns="` + nsPresence + `" xmlns:pr="` + nsPresence + `" xmlns:cp="` + nsPolicy + `">` +
		ownRules(r) + "\n</cp:ruleset>\n")
}

// ownRules writes golync's rules, each with a line end before it and with the namespaces it uses, so that
// they can stand in any document. Kamailio takes the first rule that fits and the RFC combines all that
// fit: nobody is named in two rules, so that both come to the same.
func ownRules(r Rules) string {
	named := make(map[Level][]string)
	for _, uri := range slices.Sorted(maps.Keys(r.People)) {
		named[r.People[uri]] = append(named[r.People[uri]], uri)
	}
	var b strings.Builder
	for l := FriendsAndFamily; l <= Dismissed; l++ {
		if len(named[l]) == 0 {
			continue
		}
		beginRule(&b, ids[l])
		for _, uri := range named[l] {
			b.WriteString(`<cp:one id="` + xmldoc.Escape(uri) + `"/>`)
		}
		endRule(&b, l)
	}
	writeOutside(&b, r)
	return b.String()
}

// writeOutside excepts everybody who is named from the rule of their domain: by the RFC an allow would win
// over their polite-block.
func writeOutside(b *strings.Builder, r Rules) {
	domains := make(map[string]bool)
	for _, d := range r.OutsideAllowed {
		if d = strings.ToLower(d); d != "" {
			domains[d] = true
		}
	}
	if len(domains) == 0 {
		return
	}
	beginRule(b, outsideID)
	for _, d := range slices.Sorted(maps.Keys(domains)) {
		b.WriteString(`<cp:many domain="` + xmldoc.Escape(d) + `">`)
		for _, uri := range slices.Sorted(maps.Keys(r.People)) {
			if _, host := split(uri); host == d {
				b.WriteString(`<cp:except id="` + xmldoc.Escape(uri) + `"/>`)
			}
		}
		b.WriteString(`</cp:many>`)
	}
	endRule(b, External)
}

func beginRule(b *strings.Builder, id string) {
	b.WriteString("\n" + `<cp:rule xmlns:cp="` + nsPolicy + `" xmlns:pr="` + nsPresence + `" id="` + id + `"><cp:conditions><cp:identity>`)
}

func endRule(b *strings.Builder, l Level) {
	b.WriteString(`</cp:identity></cp:conditions><cp:actions><pr:sub-handling>` + l.handling().String() +
		`</pr:sub-handling></cp:actions><cp:transformations>`)
	if t, ok := transformations[l]; ok {
		b.WriteString(all + t)
	}
	b.WriteString(`</cp:transformations></cp:rule>`)
}
