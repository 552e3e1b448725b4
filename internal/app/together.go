package app

// Together makes several decisions one: decide calls methods of s, whose effects come back together, with one
// writing of the rules and one admission snapshot for all of them. What those methods return themselves is
// empty.
func (s *State) Together(decide func()) []Effect {
	s.holding = true
	decide()
	s.holding = false
	return s.flush()
}
