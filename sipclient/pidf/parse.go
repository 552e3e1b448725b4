package pidf

import (
	"errors"
	"strconv"
	"time"

	"golync/internal/text"
	"golync/sipclient/xmldoc"
)

// The namespaces of RFC 3863, RFC 4479, RFC 4480 and RFC 4482.
const (
	nsPIDF  = "urn:ietf:params:xml:ns:pidf"
	nsModel = "urn:ietf:params:xml:ns:pidf:data-model"
	nsRPID  = "urn:ietf:params:xml:ns:pidf:rpid"
	nsCIPID = "urn:ietf:params:xml:ns:pidf:cipid"
)

// limits of a presence document. A server that aggregates puts the documents of all devices into one;
// 64 KiB are some sixty of them.
var limits = xmldoc.Limits{Bytes: 64 << 10, Depth: 32, Elements: 4096}

// MaxTuples is how many tuples, and how many persons, of a document are looked at; later ones are ignored.
const MaxTuples = 1000

// ErrNotPresence says that a document is well-formed XML but no presence document.
var ErrNotPresence = errors.New("not a presence document")

// Parse reads a presence document (application/pidf+xml) of at most 64 KiB. Unknown elements are ignored.
//
// A server puts the documents of several devices side by side without saying which tuple belongs to
// which person, so State is chosen from each kind on its own; aggregate.go holds the rules.
func Parse(data []byte) (State, error) {
	root, err := xmldoc.Parse(data, limits)
	if err != nil {
		return State{}, err
	}
	if !root.Is(nsPIDF, "presence") {
		return State{}, ErrNotPresence
	}
	tuples, persons := entries(root)
	s := aggregate(tuples, persons)
	if s.Note.Empty() {
		s.Note = text.From(root.Child(nsPIDF, "note").Trimmed())
	}
	return s, nil
}

// entry is one tuple or person.
type entry struct {
	open     bool    // tuple; of a person, that no device is known to be signed out
	priority float64 // tuple; 0 when not given
	mobile   bool    // tuple
	place    string  // person
	activity Activity
	idle     bool
	note     string
	name     string
	since    time.Time
}

func entries(root *xmldoc.Element) (tuples, persons []entry) {
	carried := mobileDevices(root)
	for _, e := range root.Children {
		switch {
		case e.Is(nsPIDF, "tuple") && len(tuples) < MaxTuples:
			t := tuple(e)
			if id := e.Child(nsModel, "deviceID").Trimmed(); id != "" {
				t.mobile = t.mobile || carried[id]
			}
			tuples = append(tuples, t)
		case isPerson(e) && len(persons) < MaxTuples:
			persons = append(persons, person(e))
		}
	}
	return tuples, persons
}

// mobileDevices are the IDs of the devices to carry about (RFC 4479 section 3.3); a tuple may name one.
func mobileDevices(root *xmldoc.Element) map[string]bool {
	var ids map[string]bool
	for _, e := range root.Children {
		if e.Is(nsModel, "device") && mobile(e) && len(ids) < MaxTuples {
			if ids == nil {
				ids = map[string]bool{}
			}
			ids[e.Child(nsModel, "deviceID").Trimmed()] = true
		}
	}
	return ids
}

func tuple(e *xmldoc.Element) entry {
	t := entry{
		mobile: mobile(e),
		idle:   e.Child(nsRPID, "user-input").Trimmed() == "idle",
		open:   e.Child(nsPIDF, "status").Child(nsPIDF, "basic").Trimmed() == "open",
		note:   e.Child(nsPIDF, "note").Trimmed(),
		name:   e.Child(nsCIPID, "display-name").Trimmed(),
		since:  timestamp(e.Child(nsPIDF, "timestamp").Trimmed()),
	}
	if c := e.Child(nsPIDF, "contact"); c != nil {
		// A priority that is no number counts as none given.
		if p, err := strconv.ParseFloat(c.Get("", "priority"), 64); err == nil && p >= 0 && p <= 1 {
			t.priority = p
		}
	}
	return t
}

func person(e *xmldoc.Element) entry {
	activities := activitiesOf(e)
	does, idle := activity(activities)
	p := entry{
		open:     true,
		activity: does,
		place:    place(e.Child(nsRPID, "place-type")),
		idle:     idle || e.Child(nsRPID, "user-input").Trimmed() == "idle",
		note:     e.Child(nsModel, "note").Trimmed(),
		name:     e.Child(nsCIPID, "display-name").Trimmed(),
		since:    timestamp(e.Child(nsModel, "timestamp").Trimmed()),
	}
	if p.note == "" {
		p.note = activities.Child(nsRPID, "note").Trimmed()
	}
	return p
}

// timestamp reads an RFC 3339 time and gives it in UTC; the zero time when it is none. A time without
// zone, which XML Schema permits and RFC 3863 does not, counts as UTC.
func timestamp(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05"} {
		t, err := time.Parse(layout, s)
		// A zone can carry a time out of the years that can be written.
		if y := t.UTC().Year(); err == nil && y >= 1 && y <= 9999 {
			return t.UTC()
		}
	}
	return time.Time{}
}
