package app

import (
	"strings"
	"time"

	"golync/contacts"
	"golync/internal/text"
)

// ExportFormat is how an exported history is written.
type ExportFormat uint8

// The formats: lines for people, with what could upset a terminal made harmless, or JSON with every message
// as it came (docs/export.md).
const (
	ExportText ExportFormat = iota
	ExportJSON
)

const idExport = "export"

// Export writes the history with a person, or with everybody when a is "", into a new file. A path that names
// a folder gets a file name; a file that exists is never overwritten, the new one gets a number. A notice
// says in the end where it is.
func (s *State) Export(now time.Time, a contacts.Address, f ExportFormat, path string) []Effect {
	s.do(ExportHistory{Peer: a, Format: f, Path: strings.TrimSpace(path)})
	s.say(Notice{ID: idExport, Text: "The history is being saved to a file."})
	return s.flush()
}

func (s *State) exported(r Exported) {
	if r.Err != nil {
		_, sentence := failure(ExportHistory{})
		s.say(failureNotice(idExport, sentence, r.Err))
		return
	}
	s.say(Notice{ID: idExport, Text: messages(r.Count) + " saved to " + text.From(r.Path).Line()})
}

func messages(n int) text.Safe {
	if n == 1 {
		return "1 message was"
	}
	return text.Int(n) + " messages were"
}
