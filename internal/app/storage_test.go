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

func TestDamageThatWasFoundLateIsSaid(t *testing.T) {
	s := New(Saved{}, contacts.Providers{})
	s.Take(time.Now(), []Input{{Result: DamageFound{Err: errors.New("the saved data are damaged")}}})
	said := s.Notices()
	if len(said) != 1 || !said[0].Error || !strings.HasPrefix(string(said[0].Text), "Earlier messages may be missing: the saved data are damaged.") {
		t.Errorf("said %+v", said)
	}
}

func TestWhatFailedIsSaidBeforeWhatIsWorthKnowing(t *testing.T) {
	s := New(Saved{}, contacts.Providers{})
	for _, n := range []Notice{{ID: "1"}, {ID: "2", Error: true}, {ID: "3"}, {ID: "4", Error: true}} {
		s.say(n)
	}
	order := ""
	for _, n := range s.Notices() {
		order += n.ID
	}
	if order != "2413" {
		t.Errorf("said in the order %s", order)
	}
}
