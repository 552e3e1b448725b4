package command

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/session"
)

const (
	me  = contacts.Address("sip:alice@contoso.com")
	bob = contacts.Address("sip:bob(contoso.com)@msn.com")
)

// besides opens the window of a person of the demo in dir, as golync skype --demo does.
func besides(t *testing.T, dir string, who contacts.Address) *resident {
	t.Helper()
	n, err := Beside(t.Context(), dir, string(who))
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.Open(session.Config{Account: n.Account, Data: n.Data, RootCAs: n.Roots, Dial: n.Dial})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(context.Background()) })
	r := &resident{t: t, session: s, state: app.New(s.Saved(), contacts.Providers{})}
	s.Do(r.state.Start(time.Now()))
	s.Do(r.state.SignIn(time.Now(), ""))
	r.until("signing in", func(s *app.State) bool { return s.Connection().State == app.SignedIn })
	return r
}

// eventually waits for something of which no input tells.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	late := time.After(30 * time.Second)
	for tick := time.Tick(10 * time.Millisecond); !so(); <-tick {
		select {
		case <-late:
			t.Fatalf("waited in vain for %s", what)
		default:
		}
	}
}

// do hands effects on.
func (r *resident) do(effects []app.Effect, err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
	r.session.Do(effects)
}

// Both ways of the specification, with somebody at either end: Bob looks for Alice, who finds him in New.
func TestSomebodyPlaysBobBesideTheDemo(t *testing.T) {
	dir := t.TempDir()
	r := visit(t, dir)
	defer r.leave()
	r.do(r.state.SetAlerts(time.Now(), alerts.Options{TellMe: true, Outside: alerts.AllowInvites}), nil)
	r.until("Dana", sees(dana))
	alone := func() bool { return r.demo.lab.Devices(string(bob)) == 1 }
	eventually(t, "Bob's program to come", alone)
	b := besides(t, dir, bob)
	eventually(t, "Bob's program to leave", alone)
	effects, err := b.state.LookUp(time.Now(), "alice@contoso.com")
	b.do(effects, err)
	b.until("Alice to be found", func(s *app.State) bool { return s.Looked().State == app.LookFound })
	if is := b.state.Looked(); !is.Lync || is.Name.Raw() != "Alice" {
		t.Errorf("found is %+v", is)
	}
	_, effects, err = b.state.AddFound(time.Now(), "It's me")
	b.do(effects, err)
	r.until("Bob's request", func(s *app.State) bool {
		for _, row := range s.Requests() {
			if row.Address == bob {
				return row.Introduction.Raw() == "It's me"
			}
		}
		return false
	})
	if c, _ := b.state.Contacts().Get(me); c == nil || c.Presence.Availability != contacts.PresenceUnknown {
		t.Errorf("before accepting Bob sees %+v", c)
	}
	r.do(r.state.Accept(time.Now(), bob, contacts.Favorites, contacts.NoRelationship), nil)
	r.until("Bob", sees(bob))
	b.until("Alice", sees(me))
}

// A demo that is started again listens elsewhere. Whoever plays somebody beside it must not have to notice.
func TestWhoPlaysBobFollowsTheDemoToItsNextStart(t *testing.T) {
	dir := t.TempDir()
	r := visit(t, dir)
	was := r.demo.lab.Addr("tls")
	n, err := Beside(t.Context(), dir, string(bob))
	if err != nil {
		t.Fatal(err)
	}
	b := besides(t, dir, bob)
	r.leave()
	b.until("the demo to be missed", func(s *app.State) bool { return s.Connection().State != app.SignedIn })
	taken, err := net.Listen("tcp", was) // by somebody else, so that the demo has to go elsewhere
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	go func() {
		for c, err := taken.Accept(); err == nil; c, err = taken.Accept() {
			c.Close()
		}
	}()
	r = visit(t, dir)
	defer r.leave()
	if is := r.demo.lab.Addr("tls"); is == was {
		t.Fatalf("two listen at %s", is)
	}
	b.until("signing in again", func(s *app.State) bool { return s.Connection().State == app.SignedIn })
	c, err := n.Dial(t.Context(), "tcp", hostOf(n.Account.XCAP)) // rules have a port of their own
	if err != nil || c.RemoteAddr().String() != hostOf(r.demo.lab.XCAP()) {
		t.Fatalf("for the rules it reaches %v, %v", c, err)
	}
	_ = c.Close()
}

// Whoever plays somebody meets the requests that the person's program would have accepted.
func TestWhoPlaysBobDecidesAnew(t *testing.T) {
	dir := t.TempDir()
	r := visit(t, dir)
	defer r.leave()
	_, effects, err := r.state.AddContact(time.Now(), app.Draft{Provider: contacts.ProviderSkype, IM: "bob@contoso.com"})
	r.do(effects, err)
	r.until("Bob's program to accept", sees(bob))
	b := besides(t, dir, bob)
	b.until("Alice's request", func(s *app.State) bool {
		rows := s.Requests()
		return len(rows) == 1 && rows[0].Address == me
	})
	r.until("Bob to be waited for", func(s *app.State) bool { return s.Waits(bob) != "" })
	b.do(b.state.Accept(time.Now(), me, contacts.OtherContacts, contacts.NoRelationship), nil)
	b.until("Alice", sees(me))
	r.until("Bob", sees(bob))
}

func TestWithoutADemoThereIsNobodyToPlay(t *testing.T) {
	dir := t.TempDir()
	if _, err := Beside(t.Context(), dir, string(bob)); !errors.Is(err, ErrNoDemo) {
		t.Errorf("no demo was ever there: %v", err)
	}
	r := visit(t, dir)
	file := filepath.Join(dir, besideFile)
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
	if _, err := Beside(t.Context(), dir, "sip:nobody@contoso.com"); err == nil || !strings.Contains(err.Error(), "expected cheri@outlook.com or bob@contoso.com") {
		t.Errorf("a stranger: %v", err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r.leave()
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the demo has ended and left its address: %v", err)
	}
	for _, left := range []string{string(content), "", "{}", `{"server": 7}`} { // as a demo that was killed leaves it
		if err := os.WriteFile(file, []byte(left), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Beside(t.Context(), dir, string(bob)); !errors.Is(err, ErrNoDemo) {
			t.Errorf("%.20q: %v", left, err)
		}
	}
}
