// Package winfo reads and writes watcher information documents (RFC 3858): who watches whom, and
// whether they may. It is pure. Table folds the documents of one subscription; asking the server again after
// a gap is for the subscriber.
package winfo

import "golync/internal/text"

// Status is the status of a watcher (RFC 3857 section 4.7.1).
type Status uint8

// The statuses of RFC 3857.
const (
	Pending Status = iota + 1
	Active
	Waiting
	Terminated
)

// Watcher is one subscription to the user's presence.
type Watcher struct {
	ID     string    // unique within the document's lifetime
	URI    string    // address of record of the watcher, as written
	Name   text.Peer // display-name attribute
	Status Status
	Event  string // RFC 3857 section 4.7.1: subscribe, approved, deactivated, probation, ...
	// Introduction is golync's extension: the Subject of the SUBSCRIBE, from the attribute
	// {urn:golync:winfo}subject. Empty when the server does not write it.
	Introduction text.Peer
}

// Document is one watcher information document about one resource.
type Document struct {
	Version  uint32
	Full     bool   // state="full"; otherwise only what changed
	Resource string // the watched address of record
	Watchers []Watcher
}
