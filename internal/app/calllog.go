package app

import (
	"slices"
	"time"

	"golync/contacts"
	"golync/internal/calllog"
)

// callLog is the part of the log of calls that is loaded, newest first.
type callLog struct {
	rows    []calllog.Entry
	more    bool  // older ones exist on the disk
	oldest  int64 // Seq of the oldest one that was loaded; 0 before any was
	older   int   // missed ones older than that which nobody has looked at
	loading bool
}

// maxLogged bounds how many entries are in memory.
const maxLogged = 10_000

// logCall writes an entry down, or writes it anew.
func (s *State) logCall(e calllog.Entry) {
	l := &s.calls.log
	rows := slices.Clip(l.rows)
	if i := slices.IndexFunc(rows, func(o calllog.Entry) bool { return o.ID == e.ID }); i >= 0 {
		e.Seq, e.Seen = rows[i].Seq, rows[i].Seen
		rows = slices.Clone(rows)
		rows[i] = e
	} else {
		rows = slices.Insert(rows, 0, e)
	}
	if len(rows) > maxLogged {
		rows = rows[:maxLogged-CallPage]
	}
	l.rows = rows
	s.do(SaveCall{e})
	s.changed()
}

// LoggedCount returns how many entries of the log of calls are loaded.
func (s *State) LoggedCount() int { return len(s.calls.log.rows) }

// Logged returns the i-th entry of the log of calls, of which 0 is the newest. A call that goes on is in it.
func (s *State) Logged(i int) calllog.Entry { return s.calls.log.rows[i] }

// MoreLogged reports whether EarlierCalls would bring older entries.
func (s *State) MoreLogged() bool { return s.calls.log.more }

// EarlierCalls asks for the page of the log before the oldest entry that is loaded.
func (s *State) EarlierCalls() []Effect {
	l := &s.calls.log
	if l.loading || !l.more || len(l.rows) >= maxLogged-CallPage {
		return nil
	}
	l.loading = true
	s.do(LoadCalls{Before: l.oldest, Limit: CallPage})
	s.changed()
	return s.flush()
}

// MissedCalls returns how many missed calls there are that the user has not looked at.
func (s *State) MissedCalls() int {
	n := s.calls.log.older
	for i := range s.calls.log.rows {
		if s.calls.log.rows[i].Unseen() {
			n++
		}
	}
	return n
}

// SeeCalls notes that the user looks at the log: what was missed is not counted any more.
func (s *State) SeeCalls() []Effect {
	if s.MissedCalls() == 0 {
		return nil
	}
	l := &s.calls.log
	l.rows, l.older = slices.Clone(l.rows), 0
	for i := range l.rows {
		l.rows[i].Seen = l.rows[i].Seen || l.rows[i].Unseen()
	}
	s.do(MarkCallsSeen{})
	s.changed()
	return s.flush()
}

// callsLoaded takes a page of the log. The first one replaces what was loaded before: something may have been
// deleted. Calls of this run stay as they are in memory, which is newer.
func (s *State) callsLoaded(now time.Time, r CallsLoaded) {
	l := &s.calls.log
	l.loading = false
	id, sentence := failure(LoadCalls{})
	if r.Err != nil {
		l.more = true // to be asked for once more
		s.say(failureNotice(id, sentence, r.Err))
		return
	}
	if r.Before != 0 && r.Before != l.oldest {
		return // the log has been loaded anew meanwhile
	}
	s.withdraw(id)
	rows := slices.Clone(l.rows)
	if r.Before == 0 {
		rows = slices.DeleteFunc(rows, func(e calllog.Entry) bool { return e.Seq != 0 || s.tooOld(now, e) })
		l.oldest = 0
	}
	for _, e := range r.Entries {
		l.oldest = e.Seq
		a, ok := checked(e.Peer)
		if !ok || slices.ContainsFunc(rows, func(o calllog.Entry) bool { return o.ID == e.ID }) {
			continue
		}
		e.Peer = a
		rows = append(rows, e)
	}
	l.rows, l.more, l.older = rows, r.More, r.Missed
	s.changed()
}

// tooOld reports whether an entry of this run of the program has been deleted by now as older than the user keeps.
func (s *State) tooOld(now time.Time, e calllog.Entry) bool {
	days := s.chosen.Files.KeepDays
	return days > 0 && e.Outcome != calllog.Going && !e.Unseen() && e.Began.Before(now.AddDate(0, 0, -days))
}

// forgetCalls takes the calls with a person out of the log, as DeleteHistory does on the disk.
func (s *State) forgetCalls(a contacts.Address) {
	l := &s.calls.log
	l.rows = slices.DeleteFunc(slices.Clone(l.rows), func(e calllog.Entry) bool { return e.Peer == a && e.Outcome != calllog.Going })
}

// keptAwayOnce is for how long calls of one person that Do Not Disturb keeps away are one entry, and keptAwayMost
// how many entries of that kind there are in that time: strangers may call as often as they like.
const (
	keptAwayOnce = time.Minute
	keptAwayMost = 10
)

// keptAway writes down a call that Do Not Disturb has refused.
func (s *State) keptAway(now time.Time, a contacts.Address) {
	lately := 0
	for _, e := range s.calls.log.rows {
		if now.Sub(e.Began).Abs() >= keptAwayOnce {
			break
		}
		if e.Outcome != calllog.KeptAway {
			continue
		}
		if lately++; e.Peer.Same(a) || lately == keptAwayMost {
			return
		}
	}
	s.logCall(calllog.Entry{
		ID: s.newID(now), Peer: a, Name: s.NameOf(a), Incoming: true, Began: now, Ended: now, Outcome: calllog.KeptAway, Code: codeBusy,
	})
}

// callKeptAway folds that admission has refused a call. Only Do Not Disturb says busy.
func (s *State) callKeptAway(now time.Time, r CallKeptAway) {
	if a, ok := checked(r.Peer); ok {
		s.keptAway(now, a)
	}
}

// soundFailed says in a call what is the matter with the user's devices.
func (s *State) soundFailed(r SoundFailed) {
	c := s.calls.find(r.ID)
	if c == nil {
		return
	}
	c.Trouble = ""
	if r.Err != nil {
		c.Trouble = sentenceOf(r.Err)
	}
	s.changed()
}
