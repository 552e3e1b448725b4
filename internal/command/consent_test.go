package command

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/lab"
	"golync/internal/session"
	"golync/internal/siptest"
	"golync/sipclient"
)

// street is a Lync user and a Skype user, each with everything of golync but the window, and a real server with
// its gateway between them.
type street struct {
	t           *testing.T
	dir         string
	network     *siptest.Net
	server      *lab.Lab
	lync, skype *resident
}

const secret = "secret"

func build(t *testing.T) *street {
	s := &street{t: t, dir: t.TempDir(), network: siptest.NewNet()}
	s.open()
	t.Cleanup(func() { s.server.Close() })
	s.lync, s.skype = s.moveIn(me, "Alice"), s.moveIn(bob, "Bob")
	s.lync.do(s.lync.state.SetAlerts(time.Now(), alerts.Options{TellMe: true, Outside: alerts.AllowInvites}), nil)
	return s
}

// open starts the server, with what it kept.
func (s *street) open() {
	s.t.Helper()
	var err error
	s.server, err = lab.Start(context.Background(), lab.Config{
		Data: filepath.Join(s.dir, "lab"), TLS: "192.0.2.1:5061", XCAP: "192.0.2.1:5080", TCP: "-", UDP: "-",
		Listen: func(_, address string) (net.Listener, error) { return s.network.Listen(address) },
		Users:  []lab.User{{Address: string(me), Name: "Alice", Password: secret}, {Address: string(bob), Name: "Bob", Password: secret}},
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// moveIn starts golync for one of them, with what it kept, and signs in.
func (s *street) moveIn(who contacts.Address, name string) *resident {
	s.t.Helper()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(s.server.CA())
	one, err := session.Open(session.Config{
		Account: sipclient.Account{
			URI: string(who), Name: name, Server: s.server.Addr("tls"), Transport: "tls", XCAP: s.server.XCAP(),
			Password: func(context.Context) (string, error) { return secret, nil },
		},
		Data: filepath.Join(s.dir, name), RootCAs: roots, Dial: s.network.Dial,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { one.Close(context.Background()) })
	r := &resident{t: s.t, session: one, state: app.New(one.Saved(), contacts.Providers{})}
	one.Do(r.state.Start(time.Now()))
	one.Do(r.state.SignIn(time.Now(), ""))
	r.until("signing in", func(s *app.State) bool { return s.Connection().State == app.SignedIn })
	return r
}

// restart ends somebody's golync and starts it again.
func (s *street) restart(r *resident) *resident {
	s.t.Helper()
	who, name := r.state.Me().Address, r.state.Me().Name.Raw()
	if err := r.session.Close(context.Background()); err != nil {
		s.t.Fatal(err)
	}
	return s.moveIn(who, name)
}

// both waits for something to be so for either of them, longer than a client waits between two tries.
func (s *street) both(what string, so func(*app.State) bool) {
	s.t.Helper()
	s.lync.within(time.Hour, what, so)
	s.skype.within(time.Hour, what, so)
}

// listen takes what has come in for either of them, until both stand as they should.
func (s *street) listen(lync, skype string) {
	s.t.Helper()
	late := time.After(30 * time.Second)
	for {
		heard := s.lync.hears() || s.skype.hears()
		if heard {
			continue
		}
		if stands(s.lync.state, bob) == lync && stands(s.skype.state, me) == skype {
			return
		}
		select {
		case <-late:
			s.t.Fatalf("Lync: %q, Skype: %q\nwant %q, %q", stands(s.lync.state, bob), stands(s.skype.state, me), lync, skype)
		default:
		}
	}
}

// hears takes what has come in within a moment, and says whether there was something.
func (r *resident) hears() bool {
	ctx, cancel := context.WithTimeout(r.t.Context(), 20*time.Millisecond)
	defer cancel()
	inputs, err := r.session.Next(ctx)
	if err == nil {
		r.session.Do(r.state.Take(time.Now(), inputs))
	}
	return err == nil
}

// stands says how somebody stands with a person, as the window shows it.
func stands(s *app.State, a contacts.Address) string {
	if s.RelationshipOf(a) == contacts.BlockedContacts {
		return "blocked"
	}
	if says := s.Waits(a); says != "" {
		return string(says)
	}
	c, ok := s.Contacts().Get(a)
	if !ok {
		return "nothing"
	}
	return c.Presence.Availability.String()
}

// The deeds of the stories.

func lyncAdds(s *street) {
	_, effects, err := s.lync.state.AddContact(time.Now(), app.Draft{Provider: contacts.ProviderSkype, IM: "bob@contoso.com"})
	s.lync.do(effects, err)
}

func skypeAdds(s *street) {
	effects, err := s.skype.state.LookUp(time.Now(), "alice@contoso.com")
	s.skype.do(effects, err)
	s.skype.until("Alice to be found", func(s *app.State) bool { return s.Looked().State == app.LookFound })
	_, effects, err = s.skype.state.AddFound(time.Now(), "")
	s.skype.do(effects, err)
}

// deed is one of one of them, with the other as its object.
func deed(of func(*street) *resident, do func(*app.State, contacts.Address) []app.Effect) func(*street) {
	return func(s *street) {
		r := of(s)
		a := me
		if r == s.lync {
			a = bob
		}
		r.do(do(r.state, a), nil)
	}
}

func lyncUser(s *street) *resident  { return s.lync }
func skypeUser(s *street) *resident { return s.skype }

func accepts(s *app.State, a contacts.Address) []app.Effect {
	return s.Accept(time.Now(), a, contacts.OtherContacts, contacts.NoRelationship)
}

func removes(s *app.State, a contacts.Address) []app.Effect  { return s.Remove(time.Now(), a) }
func blocks(s *app.State, a contacts.Address) []app.Effect   { return s.Block(time.Now(), a) }
func declines(s *app.State, a contacts.Address) []app.Effect { return s.Dismiss(time.Now(), a) }

// chapter is a step of a story, and how both stand after it.
type chapter struct {
	do          func(*street)
	lync, skype string
}

const (
	lyncWaits  = "Waiting for Bob to accept"
	skypeWaits = "Waiting for Alice to accept"
	lyncAsked  = "Bob has added you: accept in New"
	skypeAsked = "Alice has added you: accept the contact request"
)

func chapters() map[string][]chapter {
	unnamed := "Waiting for bob@contoso.com to accept" // nobody has said yet what he is called
	return map[string][]chapter{
		"Lync first": {
			{lyncAdds, unnamed, skypeAsked},
			{deed(skypeUser, accepts), "Available", "Available"},
			{deed(lyncUser, removes), lyncAsked, skypeWaits},
			{lyncAdds, "Available", "Available"},
		},
		"Skype first": {
			{skypeAdds, lyncAsked, skypeWaits},
			{deed(lyncUser, accepts), "Available", "Available"},
			{deed(skypeUser, removes), lyncWaits, skypeAsked},
			{deed(skypeUser, accepts), "Available", "Available"},
		},
		"both at once": {
			{func(s *street) { skypeAdds(s); lyncAdds(s) }, "Available", "Available"},
			{func(s *street) { deed(lyncUser, removes)(s); deed(skypeUser, removes)(s) }, "nothing", "nothing"},
		},
		"declined": {
			{lyncAdds, unnamed, skypeAsked},
			{deed(skypeUser, declines), unnamed, "nothing"},
			{deed(lyncUser, removes), "nothing", "nothing"},
			{lyncAdds, unnamed, skypeAsked},
			{deed(skypeUser, declines), unnamed, "nothing"},
			{skypeAdds, "Available", "Available"},
		},
		"blocked": {
			{lyncAdds, unnamed, skypeAsked},
			{deed(skypeUser, blocks), "Offline", "blocked"},
			{deed(lyncUser, removes), "nothing", "blocked"},
			{lyncAdds, "Offline", "blocked"},
		},
		"blocked by Lync": {
			{skypeAdds, lyncAsked, skypeWaits},
			{deed(lyncUser, blocks), "blocked", "Offline"},
		},
	}
}

// Over the real gateway both sides agree after each step, whatever is started anew in between: either
// golync, or the server.
func TestBothSidesAgreeOverTheGateway(t *testing.T) {
	between := map[string]func(*street){
		"nothing":        func(*street) {},
		"Lync restarts":  func(s *street) { s.lync = s.restart(s.lync) },
		"Skype restarts": func(s *street) { s.skype = s.restart(s.skype) },
		"lab restarts": func(s *street) {
			if err := s.server.Close(); err != nil {
				s.t.Fatal(err)
			}
			s.both("losing the server", func(s *app.State) bool { return s.Connection().State == app.Reconnecting })
			s.open()
			s.both("signing in again", func(s *app.State) bool { return s.Connection().State == app.SignedIn })
		},
	}
	for story, chapters := range chapters() {
		for name, happens := range between {
			t.Run(fmt.Sprintf("%s, %s", story, name), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := build(t)
					for _, c := range chapters {
						c.do(s)
						s.listen(c.lync, c.skype)
						happens(s)
						s.listen(c.lync, c.skype)
					}
				})
			})
		}
	}
}
