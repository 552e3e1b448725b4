package session

import (
	"context"
	"sync"

	"golync/internal/app"
	"golync/sipclient"
)

// signIn signs in with the password typed now or before, or the configured one. How it went comes as an event; when the
// user turns away meanwhile, the waiting ends.
func (s *Session) signIn(e app.SignIn) {
	s.signs.put(s, turn{yield: true, do: func(ctx context.Context) {
		if e.Password != "" {
			s.password.set(e.Password)
		}
		if err := s.client.SignIn(ctx); err != nil {
			s.log.Info("signing in", "err", err)
		}
	}})
}

func (s *Session) signOut(e app.SignOut) {
	s.signs.put(s, turn{do: func(ctx context.Context) { s.done(e, s.client.SignOut(ctx)) }})
}

func (s *Session) publish(e app.PublishPresence) {
	s.shown.put(s, e, func(ctx context.Context, e app.Effect) error {
		return s.client.Publish(ctx, e.(app.PublishPresence).State)
	})
}

func (s *Session) setRules(e app.PublishRules) {
	s.rules.put(s, e, func(ctx context.Context, e app.Effect) error {
		return s.client.SetRules(ctx, e.(app.PublishRules).Rules)
	})
}

// password is the one typed last, or where the configuration gets it. A typed one is good for the whole run:
// whoever signs in again, for a better connection for example, has not taken it back. Only what the server has
// refused is forgotten.
type password struct {
	configured func(context.Context) (string, error) // nil without a source

	mu    sync.Mutex
	typed string
}

func (p *password) set(typed string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.typed = typed
}

func (p *password) ask(ctx context.Context) (string, error) {
	p.mu.Lock()
	typed := p.typed
	p.mu.Unlock()
	if typed != "" {
		return typed, nil
	}
	if p.configured == nil {
		return "", sipclient.ErrNoPassword
	}
	return p.configured(ctx)
}
