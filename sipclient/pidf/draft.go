package pidf

import (
	"strings"

	"golync/sipclient/xmldoc"
)

// What became RFC 4479 and RFC 4480 was deployed as drafts before, with other namespaces and the activities one
// level deeper; Asterisk still writes those for the telephones that know nothing else.
const nsDraftPerson = nsPIDF + ":person"

// isPerson reports whether e describes a person.
func isPerson(e *xmldoc.Element) bool {
	return e.Is(nsModel, "person") || e.Is(nsDraftPerson, "person")
}

// isRPID reports whether a namespace is that of RPID or of one of its drafts, which are named after it
// (urn:ietf:params:xml:ns:pidf:rpid:rpid-person, …:pidf:status:rpid-status).
func isRPID(space string) bool {
	return space == nsRPID || strings.HasPrefix(space, nsPIDF+":") && strings.Contains(space, ":rpid-")
}

// activitiesOf finds the activities of a person, nil when there are none.
func activitiesOf(person *xmldoc.Element) *xmldoc.Element {
	if e := person.Child(nsRPID, "activities"); e != nil {
		return e
	}
	for _, c := range person.Children {
		if isRPID(c.Name.Space) && c.Name.Local == "activities" {
			return c
		}
		if c.Name.Local != "status" {
			continue
		}
		for _, inner := range c.Children {
			if isRPID(inner.Name.Space) && inner.Name.Local == "activities" {
				return inner
			}
		}
	}
	return nil
}
