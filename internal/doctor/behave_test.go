package doctor

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/store"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/flow"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// finding returns what was found of a link.
func finding(t *testing.T, r Report, l Link) Finding {
	t.Helper()
	i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Link == l })
	if i < 0 {
		t.Fatalf("nothing of %s", l)
	}
	return r.Findings[i]
}

func (f Finding) says(words string) bool {
	for _, line := range slices.Concat(f.Tried, f.Came, f.Do) {
		if strings.Contains(string(line), words) {
			return true
		}
	}
	return false
}

func TestAnOpenWindowIsNamedAndNotDisturbed(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		window, err := store.Open(store.Dir(w.given.Settings.Data, string(alice)))
		if err != nil {
			t.Fatal(err)
		}
		r := w.examine()
		w.expect(r)
		if f := finding(t, r, Data); !f.says("the window is open (process ") || !f.says("1 contact") {
			t.Errorf("%+v", f)
		}
		if err := window.Close(); err != nil {
			t.Error(err)
		}
	})
}

// besieged is the doctor's user agent with somebody who writes to the user at that moment.
type besieged struct {
	Agent
	then func()
}

func (b besieged) SignIn(ctx context.Context) error {
	err := b.Agent.SignIn(ctx)
	b.then()
	return err
}

// A message that the doctor took would never be seen.
func TestAMessageThatComesMeanwhileIsNotTakenFromTheUser(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		d := w.somebody(dana)
		var how sipclient.Delivery
		w.given.NewAgent = func(o sipclient.Options) (Agent, error) {
			c, err := sipclient.New(o)
			return besieged{c, func() {
				m := sipclient.Message{ID: "1", Peer: string(alice), Outgoing: true, Body: text.From("Are you there?")}
				how, _ = d.Send(t.Context(), m)
			}}, err
		}
		w.expect(w.examine())
		if how == sipclient.Sent {
			t.Error("dana was told that the message arrived")
		}
	})
}

func TestAMicrosoftAccountIsFoundInTheListByWhatPeopleType(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		bob := contacts.Address("sip:bob(contoso.com)@msn.com")
		w.save(func(s *store.Store) { addTo(s, bob, contacts.ProviderSkype, contacts.ExternalContacts) })
		w.rules(alice, bob, presrules.External)
		w.given.Address = "sip:bob@contoso.com"
		r := w.examine()
		if r.Address != bob || !finding(t, r, Data).says("bob@contoso.com is in the list as bob(contoso.com)@msn.com") {
			t.Errorf("it is about %s", r.Address)
		}
	})
}

func TestWhatTheAlertsOptionsDoToARequest(t *testing.T) {
	for _, c := range []struct {
		options alerts.Options
		from    contacts.Address
		want    Fault
		do      string
	}{
		{alerts.Options{TellMe: true}, cheri, AlertsHideRequests, "Allow invites but block"},
		{alerts.Options{TellMe: true, Outside: alerts.AllowInvites}, cheri, "", ""},
		{alerts.Options{TellMe: true, Outside: alerts.AllowAnyone}, cheri, "", ""},
		{alerts.Options{Outside: alerts.AllowAnyone}, cheri, AlertsHideRequests, "Tell me when someone adds me"},
		{alerts.Options{}, "sip:gina@fabrikam.com", AlertsHideRequests, "Tell me when someone adds me"},
		{alerts.Options{}, "sip:eve@contoso.com", "", ""},
		{alerts.Options{TellMe: true}, "sip:gina@fabrikam.com", "", ""},
	} {
		w := newWalk(Case{Address: c.from})
		w.Settings.Account, w.saved.Alerts = alice, c.options
		var f Finding
		alerting(t.Context(), w, &f)
		if f.Fault != c.want || c.do != "" && !f.says(c.do) {
			t.Errorf("%+v, %s: %+v", c.options, c.from, f)
		}
		w.saved.Relationships = map[contacts.Address]contacts.Relationship{c.from: contacts.ExternalContacts}
		f = Finding{}
		if alerting(t.Context(), w, &f); f.Fault != "" {
			t.Errorf("once decided, %+v still hide %s", c.options, c.from)
		}
	}
}

func TestDNSTellsWhatWasLeftOut(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{names: []string{"sip.contoso.com", "192.0.2.1"}})
		for server, says := range map[string]string{
			"sip.contoso.com:5061": "A and AAAA sip.contoso.com: 192.0.2.1",
			"192.0.2.1:5061":       "no SRV records of contoso.com: the server is given as 192.0.2.1:5061",
			"sip.contoso.com":      "sip.contoso.com instead of contoso.com, as given",
		} {
			w.given.Settings.Server = server
			r := w.examine()
			w.expect(r)
			if f := finding(t, r, DNS); !f.says(says) {
				t.Errorf("%s: %+v", server, f)
			}
		}
	})
}

// A server without TLS is used all the same, as the window does, and that is said.
func TestWithoutTLSItGoesOnInTheClearAndSaysSo(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		w.given.Settings.Server = plainAddr
		r := w.examine()
		w.expect(r)
		if f := finding(t, r, TLS); !f.says("without encryption") {
			t.Errorf("%+v", f)
		}
		w.given.Settings.Transport = "tcp"
		if f := finding(t, w.examine(), TLS); !f.says("TCP is not encrypted") {
			t.Errorf("%+v", f)
		}
	})
}

func TestACertificateThatEndsSoonIsSpokenOf(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		w.given.Now = func() time.Time { return time.Date(2099, 12, 30, 0, 0, 0, 0, time.UTC) }
		r := w.examine()
		w.expect(r)
		if f := finding(t, r, TLS); !f.says("Renew the certificate: it ends in 1 day.") {
			t.Errorf("%+v", f)
		}
	})
}

func TestAnEndedContextEndsTheExamination(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		w.net.Silence(secureAddr, true)
		w.given.Resolver = w.dns
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		begin := time.Now()
		r := Examine(ctx, w.given)
		if time.Since(begin) > 2*time.Second {
			t.Errorf("it took %s", time.Since(begin))
		}
		w.expect(r, Interrupted)
		if f := finding(t, r, Alerts); f.State != Skipped {
			t.Errorf("%+v", f)
		}
	})
}

func TestThePasswordIsAskedForOnceAndOnlyWithoutASource(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		asked := 0
		w.given.Ask = func(context.Context) (string, error) { asked++; return secret, nil }
		w.expect(w.examine())
		w.given.Settings.Password.Command = ""
		w.expect(w.examine())
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	})
}

// A hostile resolver, to be thorough: its words go to a terminal.
func TestWhatDNSSaysIsCleaned(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		w.dns.srv["_sips._tcp.contoso.com"] = []*net.SRV{{Target: "\x1b[2Jevil.", Port: 5061}}
		r := w.examine()
		w.expect(r, NoAddress)
		for _, line := range finding(t, r, DNS).Came {
			if strings.ContainsRune(string(line), '\x1b') {
				t.Errorf("%q", line)
			}
		}
	})
}

func TestOnlyPeopleWhoWatchAreCounted(t *testing.T) {
	w := newWalk(Case{})
	w.Settings.Account = alice
	for uri, status := range map[string]winfo.Status{
		string(alice): winfo.Pending, string(dana): winfo.Active, string(cheri): winfo.Waiting,
		"sip:eve@contoso.com": winfo.Pending, "sip:fred@contoso.com": winfo.Terminated,
	} {
		w.seen.emit(sipclient.WatchersChanged{Watchers: []winfo.Watcher{{URI: uri, Status: status}}})
	}
	if all, undecided := w.watching(); all != 3 || undecided != 2 {
		t.Errorf("%d, of whom %d are undecided", all, undecided)
	}
}

func TestEveryWayOfNotSigningInHasItsName(t *testing.T) {
	broken := func(k flow.Kind) error { return fmt.Errorf("flow: %w", &flow.Error{Kind: k}) }
	for _, c := range []struct {
		err  error
		want Fault
	}{
		{sipclient.ErrPassword, WrongPassword},
		{&sipclient.ResponseError{Method: "REGISTER", Code: 401}, WrongPassword},
		{&sipclient.ResponseError{Method: "REGISTER", Code: 404}, NoSuchAccount},
		{&sipclient.ResponseError{Method: "REGISTER", Code: 403}, RegistrationRefused},
		{&sipclient.ResponseError{Method: "REGISTER", Code: 420}, RegistrationRefused},
		{&sipclient.ResponseError{Method: "REGISTER", Code: 503}, ServerTrouble},
		{&sipclient.ResponseError{Method: "REGISTER", Code: 408}, NoAnswer},
		{sipclient.ErrNoAnswer, NoAnswer},
		{context.DeadlineExceeded, NoAnswer},
		{broken(flow.Refused), Unreachable}, // over UDP that comes only now
		{broken(flow.Closed), ConnectionLost},
		{errors.New("something else"), ConnectionLost},
	} {
		var f Finding
		(&walk{}).unregistered(&f, c.err)
		if f.Fault != c.want || f.State != Faulty || len(f.Do) == 0 {
			t.Errorf("%v: %+v", c.err, f)
		}
	}
}

// Nothing is what a SIP trace may not hold, and it is read line by line.
func TestTheChallengeIsToldWithoutItsNonce(t *testing.T) {
	s := newSightings()
	for _, trace := range []string{
		"10:00:00.000 ->\nREGISTER sip:contoso.com SIP/2.0\r\nCSeq: 1 REGISTER\r\nAuthorization: Digest response=\"x\"\r\n\r\n",
		"10:00:00.001 <-\nSIP/2.0 401 Who\r\nCSeq: 1 REGISTER\r\nWWW-Authenticate: Digest realm=\"contoso.com\", nonce=\"n\", algorithm=MD5\r\n\r\n",
		"10:00:00.002 <-\nSIP/2.0 200 OK\r\nCSeq: 2 SUBSCRIBE\r\n\r\n",
		"10:00:00.003 <-\nSIP/2.0 403 No\r\nServer: x\r\nCSeq: 2 REGISTER\r\n\r\nServer: of the body",
		"", "\n", "10:00:00.004 <-\n", "10:00:00.005 <-\nSIP/2.0",
	} {
		if n, err := s.Write([]byte(trace)); n != len(trace) || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	}
	want := []string{"401 Who, challenge MD5 of contoso.com", "403 No, server: x"}
	if !slices.Equal(s.answers, want) {
		t.Errorf("%q", s.answers)
	}
}

func TestAPlaceWithoutRulesIsToldFromAWrongOne(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		w.given.Settings.Account, w.given.Address = cheri, ""
		w.dns.srv["_sips._tcp.outlook.com"] = w.dns.srv["_sips._tcp.contoso.com"]
		w.given.Settings.Server, w.given.Settings.Transport = plainAddr, "tcp"
		for root, says := range map[string]string{
			"http://" + xcapAddr + "/xcap":  "200: it is",
			"http://" + xcapAddr + "/other": "404: the server does not tell",
		} {
			w.given.Settings.XCAP = root
			r := w.examine()
			w.expect(r)
			if f := finding(t, r, Rules); !f.says(says) {
				t.Errorf("%s: %+v", root, f)
			}
		}
	})
}

// Those who see the user must see nothing of an examination, whether a window is open or not.
func TestNobodySeesThatTheDoctorWasThere(t *testing.T) {
	for _, open := range []bool{true, false} {
		bubble(t, fmt.Sprintf("window open %v", open), func(t *testing.T) {
			w := newWorld(t, plan{})
			if open {
				if err := w.somebody(alice).Publish(t.Context(), pidf.State{Open: true, Note: text.From("Drawings")}); err != nil {
					t.Fatal(err)
				}
			}
			var mu sync.Mutex
			var told []sipclient.Event
			d := w.listening(dana, func(e sipclient.Event) {
				mu.Lock()
				defer mu.Unlock()
				switch e.(type) {
				case sipclient.PresenceChanged, sipclient.WatchersChanged:
					told = append(told, e)
				}
			})
			d.Watch(string(alice), "")
			time.Sleep(time.Second)
			mu.Lock()
			before := len(told)
			mu.Unlock()
			w.given.Address = cheri // whom alice has not added
			w.expect(w.examine(), AlertsHideRequests, NotAdded)
			time.Sleep(5 * time.Minute)
			mu.Lock()
			defer mu.Unlock()
			if before == 0 || len(told) != before {
				t.Errorf("dana was told %+v", told[before:])
			}
		})
	}
}

// A search answers 480 of everybody who has not accepted, whoever is signed in there.
func TestNobodyIsSaidToBeAwayWhoOnlyHasNotAccepted(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		w.friends(cheri)
		w.forget(cheri, alice)
		w.somebody(cheri)
		f := finding(t, w.examine(), Policy)
		if f.says("nobody is signed in") || !f.says("told only to whoever was accepted") {
			t.Errorf("%+v", f)
		}
	})
	bubble(t, "a friend", func(t *testing.T) {
		w := newWorld(t, plan{})
		w.friends(cheri)
		if f := finding(t, w.examine(), Policy); !f.says("nobody is signed in there at the moment") {
			t.Errorf("%+v", f)
		}
	})
}

// A custom domain is not seen to be a Microsoft account's: whoever types it as it is has to be told.
func TestAnUndecoratedMicrosoftAccountIsNotOnlyAWrongAddress(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		w.given.Address = "sip:bob@contoso.com"
		r := w.examine()
		w.expect(r, NotFound)
		if f := finding(t, r, Policy); !f.says("bob(contoso.com)@msn.com") {
			t.Errorf("%+v", f)
		}
		w.given.Address = "sip:nobody@outlook.com"
		if f := finding(t, w.examine(), Policy); f.says("(outlook.com)") {
			t.Errorf("%+v", f)
		}
	})
}

func TestAServerThatIsSilentInTheHandshakeIsToldInWords(t *testing.T) {
	bubble(t, "", func(t *testing.T) {
		w := newWorld(t, plan{})
		l, err := w.net.Listen("192.0.2.7:5061")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		w.dns.hosts["sip.contoso.com"] = "192.0.2.7"
		r := w.examine()
		w.expect(r, NotTLS)
		if f := finding(t, r, TLS); f.says("context") || !f.says("did not answer in time") {
			t.Errorf("%+v", f)
		}
	})
}
