package sipclient

import (
	"testing"
	"testing/synctest"

	"golync/sipclient/pidf"
)

func TestNotifyNobodyAskedForIsRefused(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.watching(600)
		for name, headers := range map[string][]string{
			"other Call-ID": {"Call-ID: other"},
			"other To tag":  {"To: <sip:alice@contoso.com>;tag=other"},
			"fork":          {"From: <sip:bob@contoso.com>;tag=fork"},
			"no From tag":   {"From: <sip:bob@contoso.com>"},
		} {
			n := peer.Notify(s, "active", pidfType, string(pidf.Build(bob, pidf.State{})), headers...)
			if code := peer.Response(n).Code(); code != 481 {
				t.Errorf("%s: %d", name, code)
			}
		}
		quiet[PresenceChanged](d)
	})
}

func TestBadNotifyIsRefusedAndChangesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.watching(600)
		for _, test := range []struct {
			name, kind, body string
			headers          []string
			code             int
		}{
			{"other event", pidfType, document(bob), []string{"Event: dialog"}, 489},
			{"no Subscription-State", pidfType, document(bob), []string{"Subscription-State: "}, 400},
			{"body of another type", "text/html", "<b>hi</b>", nil, 415},
			{"CSeq of before", pidfType, document(bob), []string{"CSeq: 1 NOTIFY"}, 500},
		} {
			n := peer.Notify(s, "active", test.kind, test.body, test.headers...)
			if code := peer.Response(n).Code(); code != test.code {
				t.Errorf("%s: %d, want %d", test.name, code, test.code)
			}
		}
		quiet[PresenceChanged](d)
		peer.Notify(s, "active", pidfType, string(pidf.Build(bob, pidf.State{Open: true, Activity: pidf.ActivityBusy})))
		if e := next[PresenceChanged](d); e.State.Activity != pidf.ActivityBusy {
			t.Fatalf("%+v", e)
		}
	})
}

func TestUnreadableDocumentLeavesWhatWasKnown(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.watching(600)
		for _, body := range []string{"<presence", "not xml", "<other/>", "\x00\x01"} {
			n := peer.Notify(s, "active", pidfType, body)
			if code := peer.Response(n).Code(); code != 200 {
				t.Errorf("%q: %d", body, code)
			}
		}
		quiet[PresenceChanged](d)
	})
}

func TestPendingAndPoliteBlockShowNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, s := d.watching(600)
		peer.Notify(s, "pending;expires=600", "", "")
		if e := next[PresenceChanged](d); e.Watch != WatchPending || e.Known {
			t.Fatalf("%+v", e)
		}
		peer.Notify(s, "active;expires=600", "", "")
		if e := next[PresenceChanged](d); e.Watch != WatchActive || e.Known {
			t.Fatalf("%+v", e)
		}
		peer.Notify(s, "pending", pidfType, document(bob))
		if e := next[PresenceChanged](d); e.Known {
			t.Fatal("presence that nobody has granted was taken")
		}
	})
}

func TestWatchingTwiceChangesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer, _ := d.watching(600)
		d.client.Watch("sip:bob@Contoso.COM:5061;transport=tls", "")
		synctest.Wait()
		for _, m := range peer.Waiting() {
			if m.Method() == "SUBSCRIBE" {
				t.Fatal(m)
			}
		}
		d.client.Watch("tel:+1", "")
		if e := next[PresenceChanged](d); e.Code != 404 || e.URI != "tel:+1" {
			t.Fatalf("%+v", e)
		}
	})
}
