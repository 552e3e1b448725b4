package app

import (
	"strings"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/option"
	"golync/internal/text"
)

// SetPresence chooses the user's presence by hand; PresenceUnknown is Reset Status, back to automatic. Either way
// the user is there, and being idle is counted anew; Available, chosen or not, ends in Inactive as in Lync. What cannot be chosen (Choices) changes nothing.
func (s *State) SetPresence(now time.Time, a contacts.Availability) []Effect {
	byHand := a != contacts.PresenceUnknown
	if !byHand {
		a = contacts.Available
	}
	if !s.choosable(a) {
		return nil
	}
	before, shown := s.me.Availability, s.shown()
	s.me.Availability, s.idle = a, idle{key: wall(now)}
	s.calls.byHand = byHand && s.calls.talking()
	if a != before {
		s.do(SaveMe{s.me})
		s.staleAdmits = true
		s.changed()
	}
	if s.shown() != shown {
		s.shownAt = now
		s.publish(now)
	}
	return s.flush()
}

// MaxNote is how many characters of a personal note are kept.
const MaxNote = 500

// SetNote changes the personal note; an empty one takes it away, and so does one in which nothing can be seen.
// What goes beyond MaxNote characters is cut off.
func (s *State) SetNote(now time.Time, note string) []Effect {
	is := wordsOf(note, MaxNote)
	if is == s.me.Note {
		return nil
	}
	s.me.Note = is
	return s.meChanged(now)
}

// meChanged keeps what the user chose, and tells it to everybody.
func (s *State) meChanged(now time.Time) []Effect {
	s.do(SaveMe{s.me})
	s.publish(now)
	return s.flush()
}

// wordsOf makes a line of what was typed for others to read: at most so many characters of it, and nothing at
// all when nobody could see it.
func wordsOf(typed string, most int) text.Peer {
	typed = strings.TrimSpace(typed)
	if text.From(typed).Line() == "" {
		return text.Peer{}
	}
	if letters := []rune(typed); len(letters) > most {
		typed = strings.TrimSpace(string(letters[:most]))
	}
	return text.From(typed)
}

// SetAlerts puts the Alerts options in force, for those who wait already too: rows appear in New or leave
// it, and with "Tell me" off the user's organisation is let in.
func (s *State) SetAlerts(now time.Time, o alerts.Options) []Effect {
	if o == s.options {
		return nil
	}
	before := s.inForce()
	s.options = o
	if (before.Outside == alerts.AllowAnyone) != (s.inForce().Outside == alerts.AllowAnyone) {
		s.staleRules = true
	}
	s.staleAdmits = true
	s.do(SaveAlerts{o})
	s.requestsChanged()
	for _, a := range s.requestAddresses() {
		r := s.newTab.rows[a.Folded()]
		if !r.Dismissed && alerts.Decide(s.inForce(), s.incoming(alerts.Request, a)).Accept {
			s.acceptSilently(now, a, r.Name)
		}
	}
	return s.flush()
}

// optionsOf returns the options of the disk; those of nobody are the defaults.
func optionsOf(saved option.Set) option.Set {
	if saved == (option.Set{}) {
		return option.Default()
	}
	return saved.Clean()
}

// SetOptions puts what the pages of the Options dialog hold in force, Alerts apart. What lies outside its
// limits is put inside them.
func (s *State) SetOptions(now time.Time, o option.Set) []Effect {
	o = o.Clean()
	if o == s.chosen {
		return nil
	}
	if o.Audio != s.chosen.Audio {
		s.do(UseDevices{Source: o.Audio.Source, Sink: o.Audio.Sink})
	}
	if o.Video != s.chosen.Video {
		s.do(UseCamera{o.Video.Camera})
	}
	s.chosen = o
	s.list.Show(displayOf(o.List))
	s.do(SaveOptions{o})
	s.dropOld(now)
	s.explainPlain()
	s.typingChosen()
	s.changed()
	return s.flush()
}
