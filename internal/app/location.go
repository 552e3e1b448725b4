package app

import "time"

// MaxLocation is how many characters of a location are kept.
const MaxLocation = 64

// SetLocation says where the user is, for Colleagues and closer relationships; an empty one takes it away, and
// so does one in which nothing can be seen. What goes beyond MaxLocation characters is cut off.
func (s *State) SetLocation(now time.Time, place string) []Effect {
	is := wordsOf(place, MaxLocation)
	if is == s.me.Location {
		return nil
	}
	s.me.Location = is
	return s.meChanged(now)
}
