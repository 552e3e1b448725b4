package doctor

import (
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/siptest"
	"golync/internal/store"
	"golync/sipclient/presrules"
)

// server is a server that a test writes; it answers as one should but for what the test changes.
type server struct {
	w    *world
	auto map[string]func(*siptest.Peer, *siptest.Message)
	seen []*siptest.Message // what came, when the examination is over
}

// refuse answers a method, or "METHOD event", with a status.
func (s *server) refuse(what string, code int, headers ...string) {
	s.auto[what] = func(p *siptest.Peer, m *siptest.Message) { p.Reply(m, code, headers...) }
}

// newServer is a scripted server in the place of the lab, without XCAP.
func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{w: newWorld(t, plan{}), auto: map[string]func(*siptest.Peer, *siptest.Message){}}
	s.w.dns.hosts["sip.contoso.com"] = "192.0.2.2"
	s.w.given.Settings.XCAP = "http://" + xcapAddr + "/xcap"
	document := func(uri string) string { return siptest.Document(uri, "") }
	s.auto["REGISTER"] = func(p *siptest.Peer, m *siptest.Message) { p.GrantRegister(m, siptest.Account{Expires: 60}) }
	s.refuse("PUBLISH", 412)
	s.refuse("OPTIONS", 200)
	s.auto["SUBSCRIBE presence"] = func(p *siptest.Peer, m *siptest.Message) {
		p.Reply(m, 200, "Expires: 600")
		p.Notify(m, "active;expires=600", "application/pidf+xml", document(m.Address("To")))
	}
	s.auto["SUBSCRIBE presence.winfo"] = func(p *siptest.Peer, m *siptest.Message) {
		p.Reply(m, 200, "Expires: 600")
		p.Notify(m, "active;expires=600", "application/watcherinfo+xml",
			`<watcherinfo xmlns="urn:ietf:params:xml:ns:watcherinfo" version="0" state="full"></watcherinfo>`)
	}
	go s.serve(siptest.ListenTLS(t, s.w.net, "192.0.2.2:5061", s.w.ca.Issue("contoso.com")))
	return s
}

// serve takes connections until the test ends.
func (s *server) serve(l *siptest.Server) {
	for peer := range l.Peers() {
		for _, method := range []string{"REGISTER", "PUBLISH", "OPTIONS", "SUBSCRIBE"} {
			peer.Auto(method, func(m *siptest.Message) { s.answer(peer, m) })
		}
	}
}

// answer looks for what is to be done: for a method and event of somebody, for a method and event, for a method.
func (s *server) answer(p *siptest.Peer, m *siptest.Message) {
	s.seen = append(s.seen, m)
	what := m.Method()
	if event := m.Get("Event"); event != "" && what == "SUBSCRIBE" {
		what += " " + event
	}
	if m.Method() == "SUBSCRIBE" && m.Get("Expires") == "0" {
		p.Reply(m, 200, "Expires: 0")
		p.Notify(m, "terminated;reason=timeout", "", "")
		return
	}
	for _, key := range []string{what + " " + m.Address("To"), what} {
		if do := s.auto[key]; do != nil {
			do(p, m)
			return
		}
	}
}

// Faults that the lab does not have in it are planted in a scripted server.
func TestEachFaultOfAServerIsFoundByItsName(t *testing.T) {
	silent := func(*siptest.Peer, *siptest.Message) {}
	for _, c := range []struct {
		want  Fault
		plant func(*server)
	}{
		{"", func(*server) {}},
		{NoSuchAccount, func(s *server) { s.refuse("REGISTER", 404) }},
		{RegistrationRefused, func(s *server) { s.refuse("REGISTER", 403) }},
		{ServerTrouble, func(s *server) { s.refuse("REGISTER", 503) }},
		{NoAnswer, func(s *server) { s.auto["REGISTER"] = silent }},
		{"", func(s *server) { s.tooBrief() }},
		{ConnectionLost, func(s *server) { s.auto["REGISTER"] = func(p *siptest.Peer, _ *siptest.Message) { p.Close() } }},
		{NoPresenceService, func(s *server) {
			s.refuse("PUBLISH", 405)
			s.refuse("SUBSCRIBE presence.winfo", 489)
			s.w.given.Settings.XCAP = ""
		}},
		{PresenceRefused, func(s *server) { s.refuse("PUBLISH", 403) }},
		{PresenceRefused, func(s *server) {
			s.w.rules(alice, alice, presrules.Colleagues)
			s.refuse("SUBSCRIBE presence "+string(alice), 403)
		}},
		{NoPresenceService, func(s *server) {
			s.w.rules(alice, alice, presrules.Colleagues)
			s.auto["SUBSCRIBE presence "+string(alice)] = func(p *siptest.Peer, m *siptest.Message) {
				p.Send("SUBSCRIBE", string(alice), string(alice), "", "", "Event: presence", "Expires: 600")
				p.Reply(m, 480)
			}
		}},
		{NoNotify, func(s *server) {
			s.w.rules(alice, alice, presrules.Colleagues)
			s.auto["SUBSCRIBE presence "+string(alice)] = func(p *siptest.Peer, m *siptest.Message) { p.Reply(m, 200, "Expires: 600") }
		}},
		{NoWatcherInfo, func(s *server) { s.refuse("SUBSCRIBE presence.winfo", 489) }},
		{NoWatcherInfo, func(s *server) { s.auto["SUBSCRIBE presence.winfo"] = silent }},
		{PolicyBlocks, func(s *server) { s.refuse("OPTIONS", 403); s.refuse("SUBSCRIBE presence "+string(dana), 403) }},
		{"", func(s *server) { s.refuse("OPTIONS", 403) }}, // of somebody whose presence comes
		{NotFound, func(s *server) { s.refuse("OPTIONS", 404); s.refuse("SUBSCRIBE presence "+string(dana), 404) }},
		{"", func(s *server) { s.refuse("OPTIONS", 404) }}, // of somebody who is away, as Kamailio says it
		{"", func(s *server) { s.auto["OPTIONS"] = silent }},
		{"", func(s *server) { s.refuse("OPTIONS", 405) }},
		{PolicyBlocks, func(s *server) { s.refuse("SUBSCRIBE presence "+string(dana), 403) }},
		{RefusedByThem, func(s *server) { s.refuse("SUBSCRIBE presence "+string(dana), 603) }},
		{RefusedByThem, func(s *server) { s.says(dana, "terminated;reason=rejected") }},
		{NotFound, func(s *server) { s.says(dana, "terminated;reason=noresource") }},
		{NotThere, func(s *server) { s.refuse("SUBSCRIBE presence "+string(dana), 480) }},
		{WaitingForThem, func(s *server) { s.says(dana, "pending;expires=600") }},
		{NoNotify, func(s *server) { s.auto["SUBSCRIBE presence "+string(dana)] = silent }},
	} {
		bubble(t, string(c.want), func(t *testing.T) {
			s := newServer(t)
			c.plant(s)
			r := s.w.examine()
			if c.want == "" {
				s.w.expect(r)
				return
			}
			s.w.expect(r, c.want)
		})
	}
}

// tooBrief lets a registration last for at least five minutes.
func (s *server) tooBrief() {
	s.auto["REGISTER"] = func(p *siptest.Peer, m *siptest.Message) {
		if m.Get("Expires") == "60" {
			p.Reply(m, 423, "Min-Expires: 300")
			return
		}
		p.GrantRegister(m, siptest.Account{Expires: 300})
	}
}

// says makes the answer to a subscription to somebody.
func (s *server) says(who contacts.Address, state string) {
	s.auto["SUBSCRIBE presence "+string(who)] = func(p *siptest.Peer, m *siptest.Message) {
		p.Reply(m, 200, "Expires: 600")
		p.Notify(m, state, "", "")
	}
}

// A Skype user looks for a Lync user: nobody found means that the domain is not set up, or not yet.
func TestWhatASkypeUserDoesNotFindIsNotProvisioned(t *testing.T) {
	bubble(t, "not-provisioned", func(t *testing.T) {
		s := newServer(t)
		s.w.given.Settings.Account, s.w.given.Address = cheri, alice
		s.w.dns.srv["_sips._tcp.outlook.com"] = s.w.dns.srv["_sips._tcp.contoso.com"]
		s.w.given.RootCAs = s.w.ca.Pool()
		go s.serve(siptest.ListenTLS(t, s.w.net, "192.0.2.3:5061", s.w.ca.Issue("outlook.com")))
		s.w.dns.hosts["sip.contoso.com"] = "192.0.2.3"
		s.refuse("OPTIONS", 404)
		s.w.expect(s.w.examine(), NotProvisioned)
	})
}

// The doctor is to be run by anybody at any time, so it must leave everything as it was.
func TestTheDoctorLeavesNothingBehindAndAsksNobodyToBeAContact(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		s := newServer(t)
		s.w.save(func(d *store.Store) { d.DeleteContact(dana, func(error) {}) })
		s.w.rules(alice, alice, presrules.Colleagues)
		s.w.examine()
		time.Sleep(time.Minute)
		last := map[string]string{}
		for _, m := range s.seen {
			if m.Method() == "SUBSCRIBE" && m.Address("To") == string(dana) {
				t.Errorf("a request went to dana:\n%s", m)
			}
			if m.Method() == "PUBLISH" && (len(m.Body) > 0 || m.Get("Expires") != "0") {
				t.Errorf("something was published:\n%s", m)
			}
			if m.Method() != "OPTIONS" {
				last[m.Method()+" "+m.Get("Call-ID")] = m.Get("Expires")
			}
		}
		for what, expires := range last {
			if expires != "0" {
				t.Errorf("%s was not taken back", strings.Fields(what)[0])
			}
		}
		if len(last) < 4 {
			t.Errorf("it asked only %v", last)
		}
	})
}
