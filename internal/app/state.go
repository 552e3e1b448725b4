package app

import (
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/sipclient"
)

// Saved is what the disk knew when the program started.
type Saved struct {
	Me            Me
	Contacts      []contacts.Contact
	Groups        []contacts.Group // in order; empty on the first run
	Requests      []contacts.Request
	Relationships map[contacts.Address]contacts.Relationship // of people who are not contacts
	Alerts        alerts.Options
	Open          []contacts.Address // open conversations, in order
	Unread        map[contacts.Address]int
	Outbox        []sipclient.Message // sent by me, not settled when the program ended
}

// State is everything the user meets. One goroutine owns it; it starts none.
type State struct{}

// New makes the state from what the disk knew. Contact providers other than the built-in ones come with p.
func New(saved Saved, p contacts.Providers) *State { return &State{} }

// Take folds what happened, in order, and returns what is to be done.
func (s *State) Take(now time.Time, inputs []Input) []Effect { return nil }
