package session

import (
	"golync/internal/app"
	"golync/internal/store"
)

func (s *Session) loadHistory(e app.LoadHistory) {
	s.store.Page(string(e.Peer), e.Before, e.Limit, func(p store.Page, err error) {
		s.put(app.Input{Result: app.HistoryLoaded{Peer: e.Peer, Before: e.Before, Messages: p.Messages, More: p.More, Err: err}})
	})
}
