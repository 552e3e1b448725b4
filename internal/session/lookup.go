package session

import (
	"context"
	"errors"

	"golync/internal/app"
	"golync/sipclient"
)

// lookUp asks the server for somebody. A new search ends the one before, of which nobody waits for the answer
// any more: its result comes all the same, with the context's error.
func (s *Session) lookUp(e app.LookUp) {
	ctx, cancel := context.WithTimeout(s.ctx, answer)
	if before := s.searching.Swap(&cancel); before != nil {
		(*before)()
	}
	s.start(func() {
		defer cancel()
		found, err := s.client.Search(ctx, string(e.Address))
		r := app.LookedUp{Address: e.Address, Number: e.Number, Name: found.Name, Found: err == nil, Err: err}
		if errors.Is(err, sipclient.ErrNotFound) {
			r.Err = nil // an answer
		}
		s.put(app.Input{Result: r})
	})
}
