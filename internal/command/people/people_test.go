package people

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/lab"
	"golync/internal/siptest"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// town is the lab, the people and the user, on a network in memory and in fake time.
type town struct {
	t       *testing.T
	network *siptest.Net
	lab     *lab.Lab
	people  *People
	me      *sipclient.Client
	events  chan sipclient.Event
	seen    map[string]sipclient.PresenceChanged
	asks    map[string]winfo.Watcher
	said    []string
	typed   []string
	told    []string // receipts
	calls   map[string]sipclient.Call
	rang    []string    // IDs of the calls that came in
	lines   []*fakeLine // of the people, in the order in which they were opened
	opening sync.Mutex
}

func inTown(t *testing.T, cfg Config, f func(*town)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n := siptest.NewNet()
		l, err := lab.Start(t.Context(), lab.Config{
			Users: Users(), TCP: "-", UDP: "-", TLS: "192.0.2.1:5061", XCAP: "192.0.2.1:5080",
			Listen: func(_, address string) (net.Listener, error) { return n.Listen(address) },
		})
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		}()
		cfg.Server, cfg.XCAP, cfg.CA, cfg.Dial = l.Addr("tls"), l.XCAP(), l.CA(), n.Dial
		w := &town{
			t: t, network: n, lab: l, events: make(chan sipclient.Event, 1000), seen: map[string]sipclient.PresenceChanged{},
			asks: map[string]winfo.Watcher{}, calls: map[string]sipclient.Call{},
		}
		if cfg.Sound == nil {
			cfg.Sound = w.line
		}
		p, err := Start(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		w.people = p
		w.me = w.signIn(n)
		f(w)
		if err := errors.Join(w.me.Close(), p.Close()); err != nil {
			t.Error(err)
		}
	})
}

func (w *town) signIn(n *siptest.Net) *sipclient.Client {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(w.lab.CA())
	c, err := sipclient.New(sipclient.Options{
		Account: sipclient.Account{
			URI: Me, Name: MyName, Server: w.lab.Addr("tls"), Transport: "tls", XCAP: w.lab.XCAP(),
			Password: func(context.Context) (string, error) { return Password, nil },
		},
		Emit:    func(e sipclient.Event) { w.events <- e },
		Inbox:   func(_ sipclient.Message, done func(error)) { done(nil) },
		Admit:   func(sipclient.Incoming) sipclient.Verdict { return sipclient.Verdict{} },
		RootCAs: roots, Dial: n.Dial,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := c.SignIn(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	return c
}

// pass lets time pass and takes in what happened.
func (w *town) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
	for {
		select {
		case e := <-w.events:
			switch e := e.(type) {
			case sipclient.PresenceChanged:
				w.seen[e.URI] = e
			case sipclient.WatchersChanged:
				for _, one := range e.Watchers {
					w.asks[one.URI] = one
				}
			case sipclient.TypingChanged:
				w.typed = append(w.typed, fmt.Sprint(e.URI, " ", e.Typing))
			case sipclient.ReceiptReceived:
				w.told = append(w.told, fmt.Sprint(e.Peer, " ", e.ID, " ", e.Delivery == sipclient.Read))
			case sipclient.CallChanged:
				if _, known := w.calls[e.Call.ID]; !known && e.Call.Incoming {
					w.rang = append(w.rang, e.Call.ID)
				}
				w.calls[e.Call.ID] = e.Call
			case sipclient.MessageReceived:
				w.said = append(w.said, e.Message.Peer+": "+e.Message.Body.Raw())
			}
		default:
			return
		}
	}
}

func (w *town) rules(people map[string]presrules.Level) {
	w.t.Helper()
	if err := w.me.SetRules(w.t.Context(), presrules.Rules{People: people}); err != nil {
		w.t.Fatal(err)
	}
}

func TestColleaguesAreThereAndChange(t *testing.T) {
	inTown(t, Config{Seed: 1}, func(w *town) {
		for _, c := range Seed() {
			w.me.Watch(string(c.Address), "")
		}
		w.pass(5 * time.Second)
		for _, c := range colleagues() {
			p := w.seen[c.address]
			if p.Watch != sipclient.WatchActive || !p.State.Open || p.State.Activity != c.moods[0].activity || p.State.Note.Raw() != c.moods[0].note {
				t.Errorf("%s: %+v", c.address, p)
			}
			if p.State.Name.Raw() != c.name {
				t.Errorf("%s is named %q", c.address, p.State.Name.Raw())
			}
		}
		before := fmt.Sprint(w.seen)
		w.pass(3 * time.Minute)
		if fmt.Sprint(w.seen) == before {
			t.Error("nobody changed in three minutes")
		}
	})
}

func TestStillPeopleDoNotChange(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.me.Watch(dana, "")
		w.pass(5 * time.Second)
		before := w.seen[dana].State
		w.pass(30 * time.Minute)
		if after := w.seen[dana].State; after != before {
			t.Errorf("%+v became %+v", before, after)
		}
	})
}

func TestTwoAddMeAndTalkOnceIAccept(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.pass(10 * time.Second)
		gina, cheri := "sip:gina@fabrikam.com", "sip:cheri@outlook.com"
		if len(w.asks) != 2 {
			t.Errorf("%d people ask: %v", len(w.asks), w.asks)
		}
		for _, who := range []string{gina, cheri} {
			if a := w.asks[who]; a.Status != winfo.Pending || a.Introduction.Empty() || a.Name.Empty() {
				t.Errorf("%s: %+v", who, a)
			}
		}
		if len(w.said) != 0 {
			t.Errorf("said before I have accepted: %q", w.said)
		}
		w.rules(map[string]presrules.Level{gina: presrules.External, cheri: presrules.External})
		w.me.Watch(gina, "")
		w.me.Watch(cheri, "")
		w.pass(10 * time.Second)
		for _, who := range []string{gina, cheri} {
			if p := w.seen[who]; p.Watch != sipclient.WatchActive || !p.State.Open {
				t.Errorf("%s: %+v", who, p)
			}
		}
		if len(w.said) != 2 {
			t.Errorf("greetings: %q", w.said)
		}
	})
}

func TestBobAcceptsWhenAddedByHisDecoratedAddress(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		bob := lab.Decorate("bob@contoso.com")
		w.pass(time.Second)
		w.rules(map[string]presrules.Level{bob: presrules.External})
		w.me.Watch(bob, "It is me")
		w.pass(100 * time.Millisecond)
		if w.seen[bob].Watch != sipclient.WatchPending {
			t.Errorf("before bob has accepted: %+v", w.seen[bob])
		}
		w.pass(10 * time.Second)
		if p := w.seen[bob]; p.Watch != sipclient.WatchActive || p.State.Activity != pidf.ActivityNone || !p.State.Open {
			t.Errorf("after: %+v", p)
		}
		if _, asks := w.asks[bob]; asks && w.asks[bob].Status == winfo.Pending {
			t.Error("bob, whom I added, is a request of mine")
		}
		if len(w.said) != 1 || !strings.HasPrefix(w.said[0], bob) {
			t.Errorf("said %q", w.said)
		}
	})
}

func TestTheyAnswerAndDoNotSayTheSameTwice(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		w.pass(time.Second)
		for i := range 10 {
			m := sipclient.Message{ID: fmt.Sprint(i), Peer: dana, Outgoing: true, Body: text.From("hmm")}
			if d, err := w.me.Send(w.t.Context(), m); d != sipclient.Sent || err != nil {
				t.Fatal(d, err)
			}
			w.pass(10 * time.Second)
		}
		if len(w.said) != 10 {
			t.Fatalf("%d answers", len(w.said))
		}
		for i, s := range w.said[1:] {
			if s == w.said[i] {
				t.Errorf("said twice: %s", s)
			}
		}
	})
}

func TestTheyTypeBeforeTheyAnswer(t *testing.T) {
	inTown(t, Config{Seed: 1, Still: true}, func(w *town) {
		bob := lab.Decorate("bob@contoso.com")
		w.rules(map[string]presrules.Level{bob: presrules.External})
		w.me.Watch(bob, "")
		w.pass(10 * time.Second) // and his greeting
		w.typed = nil
		for i, who := range []string{dana, bob} { // the second one across the gateway
			m := sipclient.Message{ID: fmt.Sprint(i), Peer: who, Outgoing: true, Body: text.From("hello")}
			if d, err := w.me.Send(w.t.Context(), m); d != sipclient.Sent || err != nil {
				t.Fatal(d, err)
			}
			before := len(w.said)
			for len(w.typed) == 0 {
				w.pass(10 * time.Millisecond)
			}
			if len(w.said) != before || w.typed[0] != who+" true" {
				t.Errorf("typed %q, said %q", w.typed, w.said[before:])
			}
			w.pass(10 * time.Second)
			if len(w.said) != before+1 || len(w.typed) != 2 || w.typed[1] != who+" false" {
				t.Errorf("typed %q, said %q", w.typed, w.said[before:])
			}
			w.typed = nil
		}
	})
}

func TestTheSameSeedIsTheSameDay(t *testing.T) {
	day := func(seed uint64) (line string) {
		inTown(t, Config{Seed: seed}, func(w *town) {
			w.me.Watch(dana, "")
			for range 20 {
				w.pass(time.Minute)
				line += w.seen[dana].State.Note.Raw() + "; "
			}
		})
		return line
	}
	one := day(1)
	if again := day(1); again != one {
		t.Errorf("\n%s\n%s", one, again)
	}
	if other := day(2); other == one {
		t.Error("another seed, the same day")
	}
}

func TestStartSaysWhatWentWrong(t *testing.T) {
	if _, err := Start(t.Context(), Config{CA: []byte("none")}); !errors.Is(err, ErrCA) {
		t.Error(err)
	}
}

func TestEverySeedContactIsSomebody(t *testing.T) {
	known := map[string]string{}
	for _, u := range Users() {
		known[u.Address] = u.Name
	}
	for _, c := range Seed() {
		if known[string(c.Address)] != c.Name {
			t.Errorf("%s is %q in the list and %q at the lab", c.Address, c.Name, known[string(c.Address)])
		}
	}
}

func TestAnswersFitTheMessage(t *testing.T) {
	p, err := newPerson(colleagues()[0], Config{}, x509.NewCertPool())
	if err == nil {
		defer func() { _ = p.client.Close() }()
	}
	if err != nil {
		t.Fatal(err)
	}
	for message, want := range map[string]string{
		"Hello Dana!": "Hi! Give me a second, the printer is on fire. Not really.",
		"And when?":   "Thursday at ten, if the drawings are done.",
		"thanks":      "Any time.",
	} {
		if got := p.answer(message).text; got != want {
			t.Errorf("%q is answered %q", message, got)
		}
	}
	if got := p.answer("this and whenever-not").text; got == "Hi Alice!" {
		t.Errorf("a word inside another counted")
	}
}

// Dana's program gives receipts, Eve's does not: both can be seen in the demo.
func TestDanaTellsWhatSheHasReadAndEveDoesNot(t *testing.T) {
	inTown(t, Config{Still: true}, func(w *town) {
		for _, to := range []string{dana, eve} {
			w.me.Typing(to, true)
			w.pass(time.Second)
			how, err := w.me.Send(w.t.Context(), sipclient.Message{ID: "m1", Peer: to, Body: text.From("hello")})
			if how != sipclient.Sent || err != nil {
				t.Errorf("%s: %v, %v", to, how, err)
			}
			w.pass(100 * time.Millisecond)
			if strings.Contains(to, "dana") && (len(w.told) != 1 || w.told[0] != to+" m1 false") {
				t.Errorf("told at once: %q", w.told)
			}
			w.pass(20 * time.Second)
			if strings.Contains(to, "dana") && (len(w.told) != 2 || w.told[1] != to+" m1 true") {
				t.Errorf("told in the end: %q", w.told)
			}
			if !strings.Contains(strings.Join(w.said, "|"), to) {
				t.Errorf("%s has not answered: %q", to, w.said)
			}
		}
		if len(w.told) != 2 {
			t.Errorf("told: %q", w.told)
		}
	})
}
