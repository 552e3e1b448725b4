package lab

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emiago/sipgo/sip"

	"golync/sipclient/pidf"
)

func TestSubscribeRefusals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := world(t, Config{}).signedIn(t, alice)
		event := "Event: presence"
		for name, tc := range map[string]struct {
			uri     string
			headers []string
			want    int
		}{
			"nobody":                     {"sip:zoe@contoso.com", []string{event}, 404},
			"a domain not served":        {"sip:zoe@nowhere.example", []string{event}, 404},
			"another package":            {dana, []string{"Event: dialog"}, 489},
			"somebody else's watchers":   {dana, []string{"Event: presence.winfo"}, 403},
			"only text is accepted":      {dana, []string{event, "Accept: text/plain"}, 406},
			"too brief":                  {dana, []string{event, "Expires: 10"}, 423},
			"a dialog that is not there": {dana, []string{event, "To: <" + dana + ">;tag=gone"}, 481},
			"somebody else's From":       {dana, []string{event, "From: <" + dana + ">;tag=1"}, 407},
			"nobody's From":              {dana, []string{event, "From: <sip:zoe@contoso.com>;tag=1"}, 403},
			"CSeq of another method":     {dana, []string{event, "CSeq: 99 MESSAGE"}, 400},
			"an extension unknown":       {dana, []string{event, "Require: eventlist"}, 420},
		} {
			if res := a.do("SUBSCRIBE", tc.uri, "", tc.headers...); res.StatusCode != tc.want {
				t.Errorf("%s: %s, want %d", name, res.StartLine(), tc.want)
			}
		}
		a.nothing()
	})
}

// within are the headers that put a request into the dialog of an earlier response.
func within(res *sip.Response) []string {
	return []string{"Call-ID: " + res.CallID().Value(), "To: " + res.To().Value()}
}

func TestASubscriptionLivesRefreshesAndEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		l.rule(t, dana, allows(alice))
		a := l.signedIn(t, alice)
		res := a.watches(dana, "Expires: 60", "Event: presence;id=7")
		status(t, res, 200)
		n := a.next(sip.NOTIFY)
		if header(n, "Event") != "presence;id=7" || !strings.HasPrefix(header(n, "Subscription-State"), "active;expires=60") {
			t.Errorf("Event %q, Subscription-State %q", header(n, "Event"), header(n, "Subscription-State"))
		}
		if tag(n.From().Params) != tag(res.To().Params) || tag(n.To().Params) != a.id || n.Recipient.User != "alice" {
			t.Errorf("the NOTIFY is not of the dialog:\n%s", n)
		}
		time.Sleep(50 * time.Second)
		again := append(within(res), "Event: presence", "Expires: 60")
		status(t, a.do("SUBSCRIBE", dana, "", again...), 200)
		if state, _ := a.told(); state != "active" {
			t.Errorf("after the refresh: %q", state)
		}
		time.Sleep(59 * time.Second)
		a.nothing()
		time.Sleep(2 * time.Second)
		if state, _ := a.told(); state != "terminated;reason=timeout" {
			t.Errorf("after its time: %q", state)
		}
		status(t, a.do("SUBSCRIBE", dana, "", again...), 481)
	})
}

func TestUnsubscribeAndPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		l.rule(t, dana, allows(alice))
		a := l.signedIn(t, alice)
		res := a.watches(dana)
		a.told()
		status(t, a.do("SUBSCRIBE", dana, "", append(within(res), "Event: presence", "Expires: 0")...), 200)
		if state, _ := a.told(); state != "terminated;reason=timeout" {
			t.Errorf("unsubscribed: %q", state)
		}
		status(t, a.watches(dana, "Expires: 0", "Call-ID: poll"), 200)
		if state, _ := a.told(); state != "terminated;reason=timeout" {
			t.Errorf("polled: %q", state)
		}
		if len(l.dialogs) != 0 || len(l.people[dana].watchers) != 0 {
			t.Error("the subscription is still there")
		}
	})
}

func TestADeviceThatKnowsNothingOfItEndsTheSubscription(t *testing.T) {
	for _, code := range []int{481, 404, 489} {
		synctest.Test(t, func(t *testing.T) {
			l := world(t, Config{})
			a := l.signedIn(t, alice)
			a.answer = func(*sip.Request) int { return code }
			status(t, a.watches(dana), 200)
			a.next(sip.NOTIFY)
			synctest.Wait()
			l.mu.Lock()
			defer l.mu.Unlock()
			if len(l.dialogs) != 0 {
				t.Errorf("%d: the subscription is still there", code)
			}
		})
	}
}

func TestASilentDeviceGetsOneNotifyAndThenTheNewestState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		l.rule(t, dana, allows(alice))
		d, a := l.signedIn(t, dana), l.signedIn(t, alice)
		a.answer = func(*sip.Request) int { return 0 }
		status(t, a.watches(dana), 200)
		first := a.next(sip.NOTIFY)
		var etag []string
		for _, activity := range []pidf.Activity{pidf.ActivityBusy, pidf.ActivityAway, pidf.ActivityMeeting} {
			res := d.publishes(pidf.State{Open: true, Activity: activity}, etag...)
			etag = []string{"SIP-If-Match: " + header(res, "SIP-ETag")}
		}
		synctest.Wait()
		a.nothing()
		a.reply(first, 200)
		second := a.next(sip.NOTIFY)
		s, err := pidf.Parse(second.Body())
		if err != nil || s.Activity != pidf.ActivityMeeting || second.CSeq().SeqNo != first.CSeq().SeqNo+1 {
			t.Errorf("%v: %q, CSeq %d after %d", err, s.Activity, second.CSeq().SeqNo, first.CSeq().SeqNo)
		}
		time.Sleep(33 * time.Second) // never answered: Timer F
		if l.mu.Lock(); len(l.dialogs) != 0 {
			t.Error("a device that never answers keeps its subscription")
		}
		l.mu.Unlock()
	})
}

func TestSubscriptionsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := world(t, Config{})
		a := l.signedIn(t, alice)
		l.mu.Lock()
		for k := range l.links {
			k.subs = watcherLimit
		}
		l.mu.Unlock()
		status(t, a.watches(dana), 503)
	})
}
