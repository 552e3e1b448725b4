package app

import (
	"time"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// Deeds on the history, all on disk.
type (
	// LoadPast asks for the last message of everybody with whom there is a history. Result: PastLoaded.
	LoadPast struct{}
	// SearchHistory looks for messages with all words of Query, with Peer or ("") everybody, older than Before
	// (0: all). A later one makes an earlier one that is still under way end. Result: HitsFound, with the same
	// Number.
	SearchHistory struct {
		Query  string
		Peer   contacts.Address
		Before int64
		Limit  int
		Number int
	}
	// ExportHistory writes the history with Peer, or ("") with everybody, into a new file that only the user
	// can read. Result: Exported.
	ExportHistory struct {
		Peer   contacts.Address
		Format ExportFormat
		Path   string
	}
	// DeleteHistory deletes the messages with Peer that are stored by now, the outbox and those in Keep (IDs of
	// the user's messages that are on their way) left out. Result: Done, and PastLoaded.
	DeleteHistory struct {
		Peer contacts.Address
		Keep []string
	}
	// DeleteOld deletes, little by little, what was written before Before, unread messages and the outbox left
	// out. Now is what the clock says, for those who can tell whether it is right. Results: Done, and
	// PastLoaded when something was deleted.
	DeleteOld struct{ Before, Now time.Time }
	// SaveDraft keeps what is being written to Peer; an empty Body forgets it. Result: Done.
	SaveDraft struct {
		Peer contacts.Address
		Body string
	}
)

func (LoadPast) effect()      {}
func (SearchHistory) effect() {}
func (ExportHistory) effect() {}
func (DeleteHistory) effect() {}
func (DeleteOld) effect()     {}
func (SaveDraft) effect()     {}

// What comes of them.
type (
	// PastLoaded brings the last message of everybody, in any order, as they stood when the newest message of
	// the history was UpTo.
	PastLoaded struct {
		Rows []PastRow
		UpTo int64
		Err  error
	}
	// HitsFound brings a page of hits, newest first. More says that older ones exist, Partial that some
	// messages are not prepared for searching yet.
	HitsFound struct {
		Number        int
		Hits          []Hit
		More, Partial bool
		Err           error
	}
	// Exported says that the history was written into the file at Path, Count messages.
	Exported struct {
		Path  string
		Count int
		Err   error
	}
)

func (PastLoaded) result() {}
func (HitsFound) result()  {}
func (Exported) result()   {}

// PastRow is what the disk knows of a conversation: its last message, with at most the first 256 bytes of
// the body, and, when that is the user's, Name as the other side last gave it.
type PastRow struct {
	Last sipclient.Message
	Name text.Peer
}
