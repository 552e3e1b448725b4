package sipclient

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

const eve = "sip:eve@contoso.com"

// alone signs in at a server without a presence service and publishes that alice is in a meeting.
func (d *desk) alone() *siptest.Peer {
	d.t.Helper()
	peer := d.signIn()
	done := d.publishing(pidf.State{Open: true, Activity: pidf.ActivityMeeting, Since: time.Unix(1, 0)})
	peer.Reply(peer.Expect("PUBLISH"), 405)
	if err := <-done; err != nil {
		d.t.Fatal(err)
	}
	return peer
}

// allow makes rules for the test; without XCAP that is reported and works all the same.
func (d *desk) allow(people map[string]presrules.Level) {
	d.t.Helper()
	if err := d.client.SetRules(context.Background(), presrules.Rules{People: people}); !errors.Is(err, ErrNoRules) {
		d.t.Fatal(err)
	}
}

// subscribe subscribes eve to alice, expects it to be accepted, and returns the request as the dialog has it.
func subscribe(t *testing.T, peer *siptest.Peer, expires int, headers ...string) *siptest.Message {
	t.Helper()
	s := peer.Send("SUBSCRIBE", eve, "sip:alice@contoso.com", "", "", append(headers, "Event: presence;id=7", fmt.Sprint("Expires: ", expires))...)
	res := peer.Response(s)
	if res.Code() != 200 || res.Get("Contact") == "" {
		t.Fatal(res)
	}
	for i, h := range s.Headers {
		if h.Name == "To" {
			s.Headers[i].Value = res.Get("To")
		}
	}
	return s
}

// resubscribe sends another SUBSCRIBE in the dialog of s.
func resubscribe(peer *siptest.Peer, s *siptest.Message, seq int, expires int) *siptest.Message {
	return peer.Send("SUBSCRIBE", eve, "sip:alice@contoso.com", "", "", "Event: presence;id=7", fmt.Sprintf("Expires: %d", expires),
		"From: "+s.Get("From"), "To: "+s.Get("To"), "Call-ID: "+s.Get("Call-ID"), fmt.Sprintf("CSeq: %d SUBSCRIBE", seq))
}

// notified expects a NOTIFY, answers it, and returns its state and document.
func notified(t *testing.T, peer *siptest.Peer) (string, *pidf.State) {
	t.Helper()
	n := peer.Expect("NOTIFY")
	peer.Reply(n, 200)
	if n.Get("Event") != "presence;id=7" || n.Tag("From") == "" || n.Tag("To") == "" {
		t.Fatal(n)
	}
	if len(n.Body) == 0 {
		return n.Get("Subscription-State"), nil
	}
	state, err := pidf.Parse(n.Body)
	if err != nil {
		t.Fatal(err)
	}
	return n.Get("Subscription-State"), &state
}

func TestStrangerWaitsUntilTheUserDecides(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.alone()
		subscribe(t, peer, 600, `From: "Eve" <`+eve+`>;tag=e`, "Subject: it is me")
		if state, doc := notified(t, peer); !strings.HasPrefix(state, "pending;expires=") || doc != nil {
			t.Fatal(state, doc)
		}
		e := next[WatchersChanged](d)
		w := e.Watchers[0]
		if e.Full || w.URI != eve || w.Status != winfo.Pending || w.Name.Raw() != "Eve" || w.Introduction.Raw() != "it is me" || w.ID == "" {
			t.Fatalf("%+v", e)
		}
		d.allow(map[string]presrules.Level{eve: presrules.Colleagues})
		if state, doc := notified(t, peer); !strings.HasPrefix(state, "active;expires=") || doc.Activity != pidf.ActivityMeeting {
			t.Fatal(state, doc)
		}
		if w := next[WatchersChanged](d).Watchers[0]; w.Status != winfo.Active || w.Event != "approved" {
			t.Fatalf("%+v", w)
		}
		if err := d.client.Publish(context.Background(), pidf.State{Open: true, Activity: pidf.ActivityAway}); err != nil {
			t.Fatal(err)
		}
		if _, doc := notified(t, peer); doc.Activity != pidf.ActivityAway {
			t.Fatal(doc)
		}
	})
}

func TestOnePersonCannotTakeEveryPlace(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.alone()
		peer.Auto("NOTIFY", func(m *siptest.Message) { peer.Reply(m, 200) })
		for range directEach {
			subscribe(t, peer, 600)
		}
		s := peer.Send("SUBSCRIBE", eve, "sip:alice@contoso.com", "", "", "Event: presence", "Expires: 600")
		if res := peer.Response(s); res.Code() != 503 || res.Get("Retry-After") == "" {
			t.Fatal(res)
		}
		s = peer.Send("SUBSCRIBE", bob, "sip:alice@contoso.com", "", "", "Event: presence", "Expires: 600")
		if res := peer.Response(s); res.Code() != 200 {
			t.Fatal(res)
		}
	})
}

func TestWhatEachLevelSees(t *testing.T) {
	for _, test := range []struct {
		level presrules.Level
		state string
		want  *pidf.State
	}{
		{presrules.FriendsAndFamily, "active", &pidf.State{Open: true, Activity: pidf.ActivityMeeting, Since: time.Unix(1, 0)}},
		{presrules.Colleagues, "active", &pidf.State{Open: true, Activity: pidf.ActivityMeeting, Since: time.Unix(1, 0)}},
		{presrules.External, "active", &pidf.State{Open: true, Activity: pidf.ActivityBusy}},
		{presrules.Blocked, "active", &pidf.State{}},
		{presrules.Dismissed, "pending", nil},
	} {
		t.Run(fmt.Sprint(test.level), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.alone()
				d.allow(map[string]presrules.Level{eve: test.level})
				subscribe(t, peer, 600)
				state, doc := notified(t, peer)
				if !strings.HasPrefix(state, test.state+";") || (doc == nil) != (test.want == nil) {
					t.Fatal(state, doc)
				}
				if doc != nil && (doc.Open != test.want.Open || doc.Activity != test.want.Activity || doc.Since.IsZero() != test.want.Since.IsZero()) {
					t.Fatalf("%+v", doc)
				}
			})
		})
	}
}

func TestBlockingSomebodyShowsThemOffline(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.alone()
		d.allow(map[string]presrules.Level{eve: presrules.Workgroup})
		subscribe(t, peer, 600)
		notified(t, peer)
		d.allow(map[string]presrules.Level{eve: presrules.Blocked})
		if state, doc := notified(t, peer); !strings.HasPrefix(state, "active") || doc.Open {
			t.Fatal(state, doc)
		}
		if err := d.client.Publish(context.Background(), pidf.State{Open: true}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		for _, m := range peer.Waiting() {
			if m.Method() == "NOTIFY" {
				t.Fatal("somebody blocked hears that something changed")
			}
		}
	})
}

func TestDirectSubscriptionIsRenewedAndEnds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.alone()
		s := subscribe(t, peer, 600)
		notified(t, peer)
		next[WatchersChanged](d)
		time.Sleep(9 * time.Minute)
		if code := peer.Response(resubscribe(peer, s, 2, 600)).Code(); code != 200 {
			t.Fatal(code)
		}
		if state, _ := notified(t, peer); state != "pending;expires=600" {
			t.Fatal(state)
		}
		if code := peer.Response(resubscribe(peer, s, 2, 600)).Code(); code != 500 {
			t.Fatal(code)
		}
		time.Sleep(10*time.Minute - time.Second)
		quiet[WatchersChanged](d)
		if state, _ := notified(t, peer); state != "terminated;reason=timeout" {
			t.Fatal(state)
		}
		if w := next[WatchersChanged](d).Watchers[0]; w.Status != winfo.Terminated {
			t.Fatalf("%+v", w)
		}
		if code := peer.Response(resubscribe(peer, s, 3, 600)).Code(); code != 481 {
			t.Fatal(code)
		}
	})
}

func TestWatcherMayLeave(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.alone()
		s := subscribe(t, peer, 600)
		notified(t, peer)
		peer.Response(resubscribe(peer, s, 2, 0))
		if state, _ := notified(t, peer); state != "terminated;reason=timeout" {
			t.Fatal(state)
		}
		next[WatchersChanged](d)
		if w := next[WatchersChanged](d).Watchers[0]; w.Status != winfo.Terminated {
			t.Fatalf("%+v", w)
		}
	})
}

func TestStateCanBeFetchedOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.alone()
		d.allow(map[string]presrules.Level{eve: presrules.Workgroup})
		subscribe(t, peer, 0)
		if state, doc := notified(t, peer); state != "terminated;reason=timeout" || doc == nil {
			t.Fatal(state, doc)
		}
		quiet[WatchersChanged](d)
	})
}

func TestWatcherWhoIsGoneIsForgotten(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.alone()
		subscribe(t, peer, 600)
		peer.Reply(peer.Expect("NOTIFY"), 481)
		next[WatchersChanged](d)
		if w := next[WatchersChanged](d).Watchers[0]; w.Status != winfo.Terminated {
			t.Fatalf("%+v", w)
		}
	})
}

func TestSubscriptionsThatAreNotTaken(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, func(o *Options) {
			o.Admit = func(in Incoming) Verdict {
				if in == (Incoming{Method: "SUBSCRIBE", From: "sip:mallory@evil.example"}) {
					return Verdict{Refuse: 403}
				}
				return Verdict{}
			}
		})
		peer := d.alone()
		for _, test := range []struct {
			name, from string
			headers    []string
			code       int
		}{
			{"blocked", "sip:mallory@evil.example", []string{"Event: presence"}, 403},
			{"too brief", eve, []string{"Event: presence", "Expires: 30"}, 423},
			{"other documents", eve, []string{"Event: presence", "Accept: application/xpidf+xml"}, 406},
			{"other event", eve, []string{"Event: dialog"}, 489},
			{"no such dialog", eve, []string{"Event: presence", "To: <sip:alice@contoso.com>;tag=x"}, 481},
		} {
			res := peer.Response(peer.Send("SUBSCRIBE", test.from, "sip:alice@contoso.com", "", "", test.headers...))
			if res.Code() != test.code {
				t.Errorf("%s: %s", test.name, res)
			}
		}
		quiet[WatchersChanged](d)
	})
}

func TestServerWithPresenceAnswersWatchersItself(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		done := d.publishing(pidf.State{Open: true})
		peer.Reply(peer.Expect("PUBLISH"), 200, "SIP-ETag: one", "Expires: 600")
		<-done
		res := peer.Response(peer.Send("SUBSCRIBE", eve, "sip:alice@contoso.com", "", "", "Event: presence"))
		if res.Code() != 489 {
			t.Fatal(res)
		}
	})
}

func TestFloodOfWatchersIsBounded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.alone()
		peer.Auto("NOTIFY", func(m *siptest.Message) { peer.Reply(m, 200) })
		taken := 0
		for n := range directLimit + 10 {
			s := peer.Send("SUBSCRIBE", fmt.Sprintf("sip:u%d@evil.example", n), "sip:alice@contoso.com", "", "", "Event: presence")
			if peer.Response(s).Code() == 200 {
				taken++
			}
		}
		if taken != directLimit {
			t.Fatalf("%d were taken", taken)
		}
	})
}

func TestDirectWatchersOutliveTheFlow(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.alone()
		d.allow(map[string]presrules.Level{eve: presrules.Workgroup})
		s := subscribe(t, peer, 600)
		notified(t, peer)
		peer.Close()
		peer = d.server.Accept()
		peer.Register(siptest.Account{})
		n := peer.Expect("NOTIFY")
		if n.Get("Call-ID") != s.Get("Call-ID") || n.Get("Contact") == "" {
			t.Fatal(n)
		}
	})
}
