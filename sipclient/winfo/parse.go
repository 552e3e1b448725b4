package winfo

import (
	"errors"
	"fmt"
	"strconv"

	"golync/internal/text"
	"golync/sipclient/xmldoc"
)

const (
	nsWinfo  = "urn:ietf:params:xml:ns:watcherinfo"
	nsGolync = "urn:golync:winfo" // Watcher.Introduction
)

// MaxWatchers is how many watchers a document or a Table holds. Those beyond it are dropped, the later
// ones first, so that a flood of strangers cannot push out who was there before it.
const MaxWatchers = 10_000

// limits of a document: MaxWatchers of some 400 bytes each, and twice as many elements, so that a document
// a little too large is cut and not refused.
var limits = xmldoc.Limits{Bytes: 4 << 20, Depth: 16, Elements: 2*MaxWatchers + 16}

// Errors of Parse, for errors.Is.
var (
	ErrNotWatcherInfo = errors.New("not a watcher information document")
	ErrVersion        = errors.New("watcher information has no usable version or state")
)

var statuses = map[string]Status{"pending": Pending, "active": Active, "waiting": Waiting, "terminated": Terminated}

// Parse reads a watcher information document (application/watcherinfo+xml) of at most 4 MiB. Lists of other
// packages than presence, lists of another resource than the first one's, watchers without an address and
// watchers with a status that RFC 3857 does not know are left out. Unknown elements are ignored.
func Parse(data []byte) (Document, error) {
	root, err := xmldoc.Parse(data, limits)
	if err != nil {
		return Document{}, err
	}
	if !root.Is(nsWinfo, "watcherinfo") {
		return Document{}, ErrNotWatcherInfo
	}
	var d Document
	version, err := strconv.ParseUint(root.Get("", "version"), 10, 32)
	if err != nil {
		return Document{}, fmt.Errorf("%w: version", ErrVersion)
	}
	d.Version = uint32(version)
	switch root.Get("", "state") {
	case "full":
		d.Full = true
	case "partial":
	default:
		return Document{}, fmt.Errorf("%w: state", ErrVersion)
	}
	for _, list := range root.Children {
		d.addList(list)
	}
	return d, nil
}

func (d *Document) addList(list *xmldoc.Element) {
	if !list.Is(nsWinfo, "watcher-list") || list.Get("", "package") != "presence" {
		return
	}
	resource := list.Get("", "resource")
	if d.Resource == "" {
		d.Resource = resource
	}
	if resource != d.Resource {
		return
	}
	for _, e := range list.Children {
		if len(d.Watchers) == MaxWatchers {
			return
		}
		if w, ok := watcher(e); ok {
			d.Watchers = append(d.Watchers, w)
		}
	}
}

func watcher(e *xmldoc.Element) (Watcher, bool) {
	w := Watcher{
		ID:           e.Get("", "id"),
		URI:          e.Trimmed(),
		Name:         text.From(e.Get("", "display-name")),
		Status:       statuses[e.Get("", "status")],
		Event:        e.Get("", "event"),
		Introduction: text.From(e.Get(nsGolync, "subject")),
	}
	if w.ID == "" {
		w.ID = w.URI
	}
	return w, e.Is(nsWinfo, "watcher") && w.Status != 0 && w.URI != ""
}
