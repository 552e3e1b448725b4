package app

import (
	"maps"
	"time"
)

// SaveFolded keeps whether a heading of STATUS or RELATIONSHIPS is folded. Result: Done.
type SaveFolded struct {
	Heading string
	Folded  bool
}

func (SaveFolded) effect() {}

// Fold opens or closes a heading that is no group: those of STATUS and RELATIONSHIPS, which are always
// there. The heading is a name of the window's own choosing that never changes. Groups keep it themselves:
// ToggleGroup.
func (s *State) Fold(now time.Time, heading string, folded bool) []Effect {
	if s.folded[heading] == folded {
		return nil
	}
	if folded {
		s.folded[heading] = true
	} else {
		delete(s.folded, heading)
	}
	s.do(SaveFolded{Heading: heading, Folded: folded})
	s.changed()
	return s.flush()
}

// Folded reports whether only the heading shows.
func (s *State) Folded(heading string) bool { return s.folded[heading] }

// foldedOf is what was folded when the program ended last.
func foldedOf(saved map[string]bool) map[string]bool {
	folded := map[string]bool{}
	maps.Copy(folded, saved)
	return folded
}
