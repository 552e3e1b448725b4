package sipclient

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
)

const bob = "sip:bob@contoso.com"

func TestNotifyMayOvertakeTheAnswer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		d.client.Watch(bob, "")
		s := peer.Expect("SUBSCRIBE")
		n := peer.Notify(s, "active;expires=600", pidfType, document(bob))
		if code := peer.Response(n).Code(); code != 200 {
			t.Fatal(code)
		}
		if e := next[PresenceChanged](d); e.Watch != WatchActive {
			t.Fatalf("%+v", e)
		}
		peer.Reply(s, 200, "Expires: 600")
		time.Sleep(500 * time.Second)
		refresh := peer.Expect("SUBSCRIBE")
		if refresh.Get("Call-ID") != s.Get("Call-ID") || refresh.Tag("To") == "" || refresh.Get("CSeq") != "2 SUBSCRIBE" {
			t.Fatal(refresh)
		}
		if uri := refresh.URI(); uri != "sip:peer@192.0.2.1:5060;transport=tcp" {
			t.Fatalf("the refresh goes to %s, not to the notifier's Contact", uri)
		}
	})
}

func TestNotifyStandsWhenTheAnswerIsLost(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		d.client.Watch(bob, "")
		s := peer.Expect("SUBSCRIBE")
		peer.Notify(s, "active;expires=600", pidfType, document(bob))
		next[PresenceChanged](d)
		time.Sleep(2 * time.Minute)
		quiet[PresenceChanged](d)
	})
}

func TestRouteSetIsFollowedInOrder(t *testing.T) {
	const near, far = "<sip:near.contoso.com;lr>", "<sip:far.contoso.com;lr>"
	route := "Record-Route: " + near + "\r\nRecord-Route: " + far
	for name, first := range map[string]func(*siptest.Peer, *siptest.Message){
		"from the NOTIFY": func(p *siptest.Peer, s *siptest.Message) {
			p.Notify(s, "active;expires=100", pidfType, document(bob), route)
		},
		"from the answer, reversed": func(p *siptest.Peer, s *siptest.Message) {
			p.Reply(s, 200, "Record-Route: "+far+"\r\nRecord-Route: "+near, "Expires: 100", "Contact: <sip:bob@192.0.2.9>")
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				d.client.Watch(bob, "")
				s := peer.Expect("SUBSCRIBE")
				first(peer, s)
				synctest.Wait()
				if strings.Contains(name, "answer") {
					peer.Notify(s, "active;expires=100", pidfType, document(bob))
				}
				next[PresenceChanged](d)
				time.Sleep(50 * time.Second)
				if got := peer.Expect("SUBSCRIBE").All("Route"); len(got) != 2 || got[0] != near || got[1] != far {
					t.Fatal(got)
				}
			})
		})
	}
}

func TestSubscriptionIsRefreshedBeforeItEnds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.watching(1000)
		began := time.Now()
		for range 3 {
			r := late(peer, "presence")
			if took := time.Since(began); took < 800*time.Second || took > 900*time.Second {
				t.Fatalf("refreshed after %v of 1000 s", took)
			}
			began = time.Now()
			peer.Reply(r, 200, "Expires: 1000")
			peer.Notify(s, "active;expires=1000", pidfType, document(bob))
			next[PresenceChanged](d)
		}
	})
}

func TestWhatFollowsAnEnd(t *testing.T) {
	const never = -1
	for _, test := range []struct {
		state       string
		least, most time.Duration
	}{
		{"terminated;reason=deactivated", 0, time.Second},
		{"terminated;reason=timeout", 0, time.Second},
		{"terminated;reason=probation", 20 * time.Second, 30 * time.Second},
		{"terminated;reason=probation;retry-after=300", 300 * time.Second, 301 * time.Second},
		{"terminated;reason=giveup", 20 * time.Second, 30 * time.Second},
		{"terminated;reason=giveup;retry-after=7", 7 * time.Second, 8 * time.Second},
		{"terminated;reason=rejected", never, 0},
		{"terminated;reason=rejected;retry-after=5", never, 0},
		{"terminated;reason=noresource", never, 0},
		{"terminated;reason=invariant", never, 0},
		{"terminated;reason=somethingnew", 20 * time.Second, 30 * time.Second},
		{"terminated", 20 * time.Second, 30 * time.Second},
		{"TERMINATED ; Reason=\"Probation\" ; Retry-After=60", 60 * time.Second, 61 * time.Second},
	} {
		t.Run(test.state, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer, s := d.watching(600)
				n := peer.Notify(s, test.state, "", "")
				if code := peer.Response(n).Code(); code != 200 {
					t.Fatal(code)
				}
				if e := next[PresenceChanged](d); e.Watch != WatchEnded || e.Known || !strings.Contains(strings.ToLower(test.state), e.Reason.Raw()) {
					t.Fatalf("%+v", e)
				}
				if test.least == never {
					time.Sleep(48 * time.Hour)
					synctest.Wait()
					for _, m := range peer.Waiting() {
						if m.Method() == "SUBSCRIBE" && m.Get("Event") == "presence" {
							t.Fatalf("it asked again:\n%s", m)
						}
					}
					return
				}
				began := time.Now()
				again := late(peer, "presence")
				if took := time.Since(began); took < test.least || took > test.most {
					t.Fatalf("asked again after %v", took)
				}
				if again.Get("Call-ID") == s.Get("Call-ID") || again.Tag("To") != "" {
					t.Fatal("the ended subscription was used again")
				}
			})
		})
	}
}

func TestNotifierThatAlwaysDeactivatesMakesNoStorm(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		asked := 0
		peer.Auto("SUBSCRIBE", func(s *siptest.Message) {
			if s.Get("Event") == "presence" {
				asked++
				peer.Reply(s, 200, "Expires: 600")
				peer.Notify(s, "terminated;reason=deactivated", "", "")
			}
		})
		d.client.Watch(bob, "")
		time.Sleep(time.Hour)
		synctest.Wait()
		peer.Auto("SUBSCRIBE", nil)
		if asked > 20 {
			t.Fatalf("asked %d times in an hour", asked)
		}
	})
}

func TestRefusedSubscriptionTellsTheCode(t *testing.T) {
	for _, test := range []struct {
		code        int
		headers     []string
		least, most time.Duration // until the next try
	}{
		{404, nil, 45 * time.Minute, time.Hour},
		{604, nil, 45 * time.Minute, time.Hour},
		{403, nil, 45 * time.Minute, time.Hour},
		{489, nil, 45 * time.Minute, time.Hour},
		{480, nil, 20 * time.Second, 30 * time.Second},
		{503, []string{"Retry-After: 90"}, 90 * time.Second, 91 * time.Second},
		{500, nil, 20 * time.Second, 30 * time.Second},
	} {
		t.Run(fmt.Sprint(test.code), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				d.client.Watch(bob, "")
				peer.Reply(peer.Expect("SUBSCRIBE"), test.code, test.headers...)
				if e := next[PresenceChanged](d); e.Code != test.code || e.Watch != WatchEnded || e.URI != bob || e.Reason.Empty() {
					t.Fatalf("%+v", e)
				}
				began := time.Now()
				late(peer, "presence")
				if took := time.Since(began); took < test.least || took > test.most {
					t.Fatalf("asked again after %v", took)
				}
			})
		})
	}
}

func TestDialogThatTheNotifierForgotIsMadeAnew(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.watching(600)
		time.Sleep(490 * time.Second)
		peer.Reply(peer.Expect("SUBSCRIBE"), 481)
		if e := next[PresenceChanged](d); e.Watch != WatchEnded || e.Code != 481 {
			t.Fatalf("%+v", e)
		}
		again := peer.Expect("SUBSCRIBE")
		if again.Get("Call-ID") == s.Get("Call-ID") {
			t.Fatal("the lost dialog was used again")
		}
		peer.Reply(again, 200, "Expires: 600")
		peer.Notify(again, "active", pidfType, document(bob))
		if e := next[PresenceChanged](d); e.Watch != WatchActive {
			t.Fatalf("%+v", e)
		}
	})
}

func TestFailedRefreshLeavesTheSubscriptionUntilItExpires(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, _ := d.watching(600)
		time.Sleep(480 * time.Second)
		failed := time.Now()
		peer.Auto("SUBSCRIBE", func(m *siptest.Message) { peer.Reply(m, 503) })
		time.Sleep(70 * time.Second)
		quiet[PresenceChanged](d)
		e := next[PresenceChanged](d)
		if took := time.Since(failed); e.Watch != WatchEnded || took != 120*time.Second {
			t.Fatalf("after %v: %+v", took, e)
		}
	})
}

func TestNotifierThatNeverNotifiesIsGivenUp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		d.client.Watch(bob, "")
		began := time.Now()
		peer.Reply(peer.Expect("SUBSCRIBE"), 200, "Expires: 600")
		if e := next[PresenceChanged](d); e.Watch != WatchEnded || time.Since(began) != timerN {
			t.Fatalf("after %v: %+v", time.Since(began), e)
		}
		peer.Expect("SUBSCRIBE")
	})
}

func TestIntervalTooBriefIsObeyed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		d.client.Watch(bob, "")
		peer.Reply(peer.Expect("SUBSCRIBE"), 423, "Min-Expires: 7200")
		s := peer.Expect("SUBSCRIBE")
		if s.Get("Expires") != "7200" || s.Get("CSeq") != "2 SUBSCRIBE" {
			t.Fatal(s)
		}
	})
}

func TestUnwatchUnsubscribesAndHearsNothingMore(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.watching(600)
		d.client.Unwatch("sip:bob@CONTOSO.com")
		bye := peer.Expect("SUBSCRIBE")
		if bye.Get("Expires") != "0" || bye.Get("Call-ID") != s.Get("Call-ID") {
			t.Fatal(bye)
		}
		late := peer.Notify(s, "active", pidfType, document(bob))
		if code := peer.Response(late).Code(); code != 200 {
			t.Fatal(code)
		}
		peer.Reply(bye, 200, "Expires: 0")
		last := peer.Notify(s, "terminated;reason=timeout", "", "")
		if code := peer.Response(last).Code(); code != 200 {
			t.Fatal(code)
		}
		stray := peer.Notify(s, "active", pidfType, document(bob))
		if code := peer.Response(stray).Code(); code != 481 {
			t.Fatal(code)
		}
		quiet[PresenceChanged](d)
	})
}

func TestUnwatchWhileSubscribing(t *testing.T) {
	for name, notifyFirst := range map[string]bool{"answer first": false, "NOTIFY first": true} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				d.client.Watch(bob, "")
				s := peer.Expect("SUBSCRIBE")
				d.client.Unwatch(bob)
				synctest.Wait()
				if notifyFirst {
					peer.Notify(s, "pending", "", "")
					synctest.Wait()
				}
				peer.Reply(s, 200, "Expires: 600")
				if bye := peer.Expect("SUBSCRIBE"); bye.Get("Expires") != "0" || bye.Tag("To") == "" {
					t.Fatal(bye)
				}
				quiet[PresenceChanged](d)
				d.client.Watch(bob, "")
				if again := peer.Expect("SUBSCRIBE"); again.Get("Call-ID") == s.Get("Call-ID") {
					t.Fatal("the subscription that ends was used again")
				}
			})
		})
	}
}

func TestAThousandSubscriptionsComeSixteenAtATime(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		for n := range 1000 {
			d.client.Watch(fmt.Sprintf("sip:u%d@contoso.com", n), "")
		}
		for answered := 0; answered < 1000; {
			synctest.Wait()
			asked := 0
			for _, m := range peer.Waiting() {
				if m.Method() == "SUBSCRIBE" {
					asked++
				}
			}
			if asked == 0 || asked > maxInFlight {
				t.Fatalf("%d SUBSCRIBEs at a time", asked)
			}
			for range asked {
				s := peer.Expect("SUBSCRIBE")
				peer.Reply(s, 200, "Expires: 600")
				peer.Response(peer.Notify(s, "active;expires=600", pidfType, document(bob)))
				answered++
			}
		}
	})
}

// late waits, for up to two hours, for a SUBSCRIBE to a package.
func late(peer *siptest.Peer, event string) *siptest.Message {
	for range 7200 {
		for _, m := range peer.Waiting() {
			if m.Method() != "SUBSCRIBE" {
				continue
			}
			if s := peer.Expect("SUBSCRIBE"); s.Get("Event") == event {
				return s
			}
		}
		time.Sleep(time.Second)
	}
	return peer.Expect("SUBSCRIBE")
}
