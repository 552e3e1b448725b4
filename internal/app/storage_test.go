package app

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golync/contacts"
)

func TestAMessageThatCouldNotBeStoredIsSaidAtOnce(t *testing.T) {
	s := New(Saved{}, contacts.Providers{})
	s.Take(time.Now(), []Input{{Result: InboxFailed{Err: errors.New("the disk is full")}}})
	said := s.Notices()
	if len(said) != 1 || !said[0].Error || !strings.Contains(string(said[0].Text), "the disk is full") {
		t.Errorf("said %+v", said)
	}
}
