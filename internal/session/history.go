package session

import (
	"errors"

	"golync/internal/app"
	"golync/internal/store"
)

func (s *Session) loadHistory(e app.LoadHistory) {
	loaded := func(p store.Page, err error) {
		s.put(app.Input{Result: app.HistoryLoaded{
			Peer: e.Peer, Before: e.Before, After: e.After, View: e.View, Messages: p.Messages, More: p.More, Later: p.Later, Err: err,
		}})
	}
	switch {
	case e.After != 0:
		s.store.PageAfter(string(e.Peer), e.After, e.Limit, loaded)
	case e.Around != 0:
		s.store.PageAround(string(e.Peer), e.Around, e.Limit, loaded)
	default:
		s.store.Page(string(e.Peer), e.Before, e.Limit, loaded)
	}
}

func (s *Session) loadPast() {
	s.store.Lasts(func(all []store.Last, upTo int64, err error) {
		if errors.Is(err, store.ErrClosed) {
			return // nobody looks any more
		}
		rows := make([]app.PastRow, len(all))
		for i, l := range all {
			rows[i] = app.PastRow{Last: l.Message, Name: l.Name}
		}
		s.put(app.Input{Result: app.PastLoaded{Rows: rows, UpTo: upTo, Err: err}})
	})
}

func (s *Session) search(e app.SearchHistory) {
	q := store.Question{Query: e.Query, Peer: string(e.Peer), Before: e.Before, Limit: e.Limit}
	s.store.Search(q, func(found store.Hits, err error) {
		if errors.Is(err, store.ErrReplaced) || errors.Is(err, store.ErrClosed) {
			return // nobody waits for it
		}
		hits := make([]app.Hit, len(found.Hits))
		for i, h := range found.Hits {
			hits[i] = app.Hit{Message: h.Message, Marks: h.Marks}
		}
		s.put(app.Input{Result: app.HitsFound{Number: e.Number, Hits: hits, More: found.More, Partial: found.Partial, Err: err}})
	})
}

// deleteHistory and deleteOld have the last messages and the log of calls read again when something is gone: the
// views of all conversations and of all calls would show it.
func (s *Session) deleteHistory(e app.DeleteHistory) {
	s.store.DeleteHistory(string(e.Peer), e.Keep, func(err error) {
		s.deleted(e, err)
		s.reload()
	})
}

func (s *Session) deleteOld(e app.DeleteOld) {
	s.store.DeleteOld(e.Before, e.Now, func(count int, err error) {
		s.deleted(e, err)
		if count > 0 {
			s.log.Info("deleted what is older than the user keeps", "messages and calls", count)
			s.reload()
		}
	})
}

func (s *Session) reload() {
	s.loadPast()
	s.loadCalls(app.LoadCalls{Limit: app.CallPage})
}

// deleted tells how a deletion went. One that the end of the program interrupts goes on after the next start.
func (s *Session) deleted(e app.Effect, err error) {
	if !errors.Is(err, store.ErrClosed) {
		s.done(e, err)
	}
}
