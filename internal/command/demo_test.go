package command

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/command/people"
	"golync/internal/config"
	"golync/internal/session"
	"golync/internal/store"
)

// resident is the user of the demo: a state and a session without a window.
type resident struct {
	t       *testing.T
	demo    *Demo
	session *session.Session
	state   *app.State
}

// visit opens the demo in dir as golync demo does.
func visit(t *testing.T, dir string) *resident {
	t.Helper()
	d, err := StartDemo(t.Context(), dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.Open(session.Config{Account: d.Account, Data: d.Data, RootCAs: d.Roots})
	if err != nil {
		t.Fatal(err)
	}
	saved := s.Saved()
	r := &resident{t, d, s, app.New(saved, contacts.Providers{})}
	s.Do(r.state.Start(time.Now()))
	if len(saved.Groups) == 0 {
		s.Do(d.Furnish(time.Now(), r.state))
	}
	s.Do(r.state.SignIn(time.Now(), ""))
	return r
}

// until takes inputs until something is so.
func (r *resident) until(what string, so func(*app.State) bool) {
	r.t.Helper()
	r.within(90*time.Second, what, so) // a server that restarts often is tried again after longer and longer waits
}

func (r *resident) within(patience time.Duration, what string, so func(*app.State) bool) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), patience)
	defer cancel()
	for !so(r.state) {
		inputs, err := r.session.Next(ctx)
		if err != nil {
			r.t.Fatalf("waited in vain for %s: %v", what, err)
		}
		r.session.Do(r.state.Take(time.Now(), inputs))
	}
}

func (r *resident) leave() {
	r.t.Helper()
	if err := errors.Join(r.session.Close(context.Background()), r.demo.Close()); err != nil {
		r.t.Fatal(err)
	}
}

func sees(a contacts.Address) func(*app.State) bool {
	return func(s *app.State) bool {
		c, ok := s.Contacts().Get(a)
		return ok && c.Watch == contacts.WatchActive && c.Presence.Availability != contacts.PresenceUnknown
	}
}

const dana = contacts.Address("sip:dana@contoso.com")

// The demo is furnished once, its people are seen, and what the user did is there after a restart, on the
// server's side as well.
func TestTheDemoIsTheSameAfterARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	r := visit(t, dir)
	r.until("Dana's presence", sees(dana))
	if n := len(r.state.Contacts().Contacts()); n != len(people.Seed()) {
		t.Errorf("%d contacts", n)
	}
	if favorites := r.state.Contacts().In(contacts.Favorites); len(favorites) != 1 || favorites[0].Address != dana {
		t.Errorf("favorites %v", favorites)
	}
	r.session.Do(r.state.Remove(time.Now(), "sip:fred@contoso.com"))
	effects, err := r.state.Send(time.Now(), dana, "Are you coming?")
	if err != nil {
		t.Fatal(err)
	}
	r.session.Do(effects)
	r.until("an answer", func(s *app.State) bool {
		c := s.Conversation(dana)
		return c != nil && len(c.Messages) > 1
	})
	r.leave()

	r = visit(t, dir)
	r.until("Dana's presence", sees(dana))
	r.until("the history", func(s *app.State) bool { // which may come after what the network says
		c := s.Conversation(dana)
		return c != nil && !c.Loading
	})
	if n := len(r.state.Contacts().Contacts()); n != len(people.Seed())-1 {
		t.Errorf("%d contacts after a restart", n)
	}
	if c := r.state.Conversation(dana); c == nil || len(c.Messages) < 2 || c.Messages[0].Body.Raw() != "Are you coming?" {
		t.Errorf("the conversation after a restart: %+v", c)
	}
	r.leave()
}

func TestOneDemoAtATime(t *testing.T) {
	dir := t.TempDir()
	r := visit(t, dir)
	defer r.leave()
	if _, err := StartDemo(t.Context(), dir, slog.New(slog.DiscardHandler)); !errors.Is(err, store.ErrLocked) {
		t.Errorf("the second one: %v", err)
	}
}

func TestTheLabsPortsFollowTheFirst(t *testing.T) {
	for listen, want := range map[string]string{
		"127.0.0.1:5060": "127.0.0.1:5060 127.0.0.1:5060 127.0.0.1:5061 127.0.0.1:5080",
		"[::1]:0":        "[::1]:0 [::1]:0 [::1]:0 [::1]:0",
		":7000":          ":7000 :7000 :7001 :7020",
		"127.0.0.1":      "expected HOST:PORT",
		"x:65530":        "expected a port",
		"x:http":         "expected a port",
	} {
		c, err := addresses(listen)
		got := strings.Join([]string{c.TCP, c.UDP, c.TLS, c.XCAP}, " ")
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s", listen, got)
		}
	}
}

func TestOneLabPerDirectory(t *testing.T) {
	unlock, err := store.Lock(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	dir := t.TempDir()
	again, err := store.Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again()
	var out bytes.Buffer
	err = Lab(t.Context(), &out, LabConfig{Listen: "127.0.0.1:0", Data: dir, Users: []config.User{{Address: dana, Password: "x"}}})
	if !errors.Is(err, store.ErrLocked) || out.Len() != 0 {
		t.Errorf("got %v, %q", err, out.String())
	}
}
