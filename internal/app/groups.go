package app

import (
	"time"

	"golync/contacts"
)

// CreateGroup makes a group of the user's own. Its errors are contacts.GroupError; with ErrGroupDuplicate
// comes the ID of the group that has the name.
func (s *State) CreateGroup(now time.Time, name string) (contacts.GroupID, []Effect, error) {
	g, err := s.list.NewGroup(name)
	if err != nil {
		return g.ID, nil, err
	}
	s.saveGroups(s.list.PutGroup(g), len(s.list.Groups())) // those below have moved
	return g.ID, s.flush(), nil
}

// ToggleGroup collapses or expands a group.
func (s *State) ToggleGroup(now time.Time, id contacts.GroupID) []Effect {
	g, _, ok := s.list.Group(id)
	if !ok {
		return nil
	}
	g.Collapsed = !g.Collapsed
	s.do(SaveGroup{Group: g, Place: s.list.PutGroup(g)})
	s.changed()
	return s.flush()
}

// RenameGroup gives a group of the user's own another name. Its errors are contacts.GroupError.
func (s *State) RenameGroup(now time.Time, id contacts.GroupID, name string) ([]Effect, error) {
	is, err := s.list.Renamed(id, name)
	if err != nil {
		return nil, err
	}
	if was, _, _ := s.list.Group(id); was == is {
		return nil, nil
	}
	place := s.list.PutGroup(is)
	s.saveGroups(place, place+1)
	return s.flush(), nil
}

// DeleteGroup forgets a group of the user's own. Its contacts stay; those that are in no other group go
// under Other Contacts, on disk too, where a contact without a group reads so. Its errors are
// contacts.GroupError.
func (s *State) DeleteGroup(now time.Time, id contacts.GroupID) ([]Effect, error) {
	place, err := s.list.RemoveGroup(id)
	if err != nil {
		return nil, err
	}
	s.do(DeleteGroup{id})
	s.saveGroups(place, len(s.list.Groups())) // those below have moved
	return s.flush(), nil
}

// MoveGroup lets a group change places with its neighbour above, for by < 0, or below. At the end of the
// list nothing happens.
func (s *State) MoveGroup(now time.Time, id contacts.GroupID, by int) []Effect {
	upper, moved := s.list.MoveGroup(id, by)
	if !moved {
		return nil
	}
	s.saveGroups(upper, upper+2)
	return s.flush()
}

// saveGroups keeps the groups in the places from, up to and without to.
func (s *State) saveGroups(from, to int) {
	for i, g := range s.list.Groups()[from:to] {
		s.do(SaveGroup{Group: g, Place: from + i})
	}
	s.changed()
}
