package sipclient

import (
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/sipclient/winfo"
)

// watchers builds a watcher information document.
func watchers(version uint32, full bool, who ...winfo.Watcher) string {
	return string(winfo.Build(winfo.Document{Version: version, Full: full, Resource: "sip:alice@contoso.com", Watchers: who}))
}

func gina(s winfo.Status) winfo.Watcher {
	return winfo.Watcher{ID: "w1", URI: "sip:gina@Fabrikam.com:5060", Status: s, Event: "subscribe"}
}

// informed signs in as far as an active presence.winfo subscription.
func (d *desk) informed() (*siptest.Peer, *siptest.Message) {
	d.t.Helper()
	peer, done := d.begin()
	peer.Register(siptest.Account{})
	peer.Auto("REGISTER", func(m *siptest.Message) { peer.GrantRegister(m, siptest.Account{}) })
	s := peer.Expect("SUBSCRIBE")
	if s.Get("Event") != "presence.winfo" || s.Get("Accept") != winfoType || s.URI() != "sip:alice@contoso.com" {
		d.t.Fatal(s)
	}
	peer.Reply(s, 200, "Expires: 3600")
	peer.Notify(s, "active;expires=3600", winfoType, watchers(0, true))
	if err := <-done; err != nil {
		d.t.Fatal(err)
	}
	if e := next[WatchersChanged](d); !e.Full || len(e.Watchers) != 0 {
		d.t.Fatalf("%+v", e)
	}
	return peer, s
}

func TestWatchersAreToldAsTheyCome(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.informed()
		peer.Notify(s, "active", winfoType, watchers(1, false, gina(winfo.Pending)))
		e := next[WatchersChanged](d)
		if e.Full || len(e.Watchers) != 1 || e.Watchers[0].URI != "sip:gina@fabrikam.com" || e.Watchers[0].Status != winfo.Pending {
			t.Fatalf("%+v", e)
		}
		peer.Notify(s, "active", winfoType, watchers(2, true, gina(winfo.Active)))
		if e := next[WatchersChanged](d); !e.Full || e.Watchers[0].Status != winfo.Active {
			t.Fatalf("%+v", e)
		}
	})
}

func TestGapInTheVersionsAsksForEverything(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.informed()
		peer.Notify(s, "active", winfoType, watchers(3, false, gina(winfo.Pending)))
		if e := next[WatchersChanged](d); len(e.Watchers) != 1 {
			t.Fatalf("what came after the gap was lost: %+v", e)
		}
		again := peer.Expect("SUBSCRIBE")
		if again.Get("Call-ID") != s.Get("Call-ID") {
			t.Fatal("a gap needs a refresh, not a new subscription")
		}
		peer.Reply(again, 200, "Expires: 3600")
		peer.Notify(s, "active", winfoType, watchers(4, true, gina(winfo.Active)))
		next[WatchersChanged](d)
		peer.Notify(s, "active", winfoType, watchers(2, false, gina(winfo.Pending)))
		quiet[WatchersChanged](d)
	})
}

func TestServerThatCountsWronglyIsNotStormed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.informed()
		asked := 0
		for n := range 100 {
			peer.Notify(s, "active", winfoType, watchers(uint32(10*n+10), false, gina(winfo.Pending)))
			synctest.Wait()
			for _, m := range peer.Waiting() {
				if m.Method() == "SUBSCRIBE" {
					asked++
					peer.Reply(peer.Expect("SUBSCRIBE"), 200, "Expires: 3600")
				}
			}
			time.Sleep(100 * time.Millisecond)
		}
		if asked == 0 || asked > 2 {
			t.Fatalf("asked for everything %d times in ten seconds", asked)
		}
	})
}

// The second gap comes too soon after the first to be closed at once. It is closed later, and not left until the
// next refresh, in an hour.
func TestGapRightAfterAGapIsClosedToo(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.informed()
		peer.Notify(s, "active", winfoType, watchers(3, false, gina(winfo.Pending)))
		peer.Reply(peer.Expect("SUBSCRIBE"), 200, "Expires: 3600")
		peer.Notify(s, "active", winfoType, watchers(4, true, gina(winfo.Pending)))
		peer.Notify(s, "active", winfoType, watchers(6, false, gina(winfo.Active)))
		began := time.Now()
		peer.Expect("SUBSCRIBE")
		if took := time.Since(began); took > time.Minute {
			t.Fatal(took)
		}
	})
}

func TestServerThatAlwaysCountsWronglyIsAskedLessAndLess(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.informed()
		var asked atomic.Int32
		peer.Auto("SUBSCRIBE", func(m *siptest.Message) {
			asked.Add(1)
			peer.Reply(m, 200, "Expires: 86400")
			peer.Notify(s, "active", winfoType, "<watcherinfo")
		})
		peer.Notify(s, "active", winfoType, "<watcherinfo")
		time.Sleep(3 * time.Hour)
		if n := asked.Load(); n < 3 || n > 30 {
			t.Fatalf("asked for everything %d times in three hours", n)
		}
	})
}

func TestUnreadableWatcherInformationIsDropped(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.informed()
		peer.Notify(s, "active", winfoType, "<watcherinfo")
		peer.Notify(s, "active", winfoType, watchers(1, false, winfo.Watcher{ID: "x", URI: "tel:+1", Status: winfo.Pending, Event: "subscribe"}))
		if e := next[WatchersChanged](d); len(e.Watchers) != 0 {
			t.Fatalf("%+v", e)
		}
	})
}

func TestServerWithoutWatcherInformation(t *testing.T) {
	for _, code := range []int{403, 404, 405, 489, 501} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer, done := d.begin()
				peer.Register(siptest.Account{})
				<-done
				if e := next[SignedIn](d); !e.Services.WatcherInfo {
					t.Fatal("taken to be missing before the server was asked")
				}
				peer.Reply(peer.Expect("SUBSCRIBE"), code)
				if e := next[SignedIn](d); e.Services.WatcherInfo {
					t.Fatalf("%+v", e)
				}
			})
		})
	}
}

func TestEveryNewFlowAsksForAllWatchers(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, _ := d.informed()
		peer.Close()
		peer = d.server.Accept()
		peer.Register(siptest.Account{})
		s := peer.Expect("SUBSCRIBE")
		peer.Reply(s, 200, "Expires: 3600")
		peer.Notify(s, "active", winfoType, watchers(0, true, gina(winfo.Active)))
		if e := next[WatchersChanged](d); !e.Full || len(e.Watchers) != 1 {
			t.Fatalf("%+v", e)
		}
	})
}
