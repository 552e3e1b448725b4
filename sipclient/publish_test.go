package sipclient

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"golync/internal/siptest"
	"golync/internal/text"
	"golync/sipclient/pidf"
)

// publishing publishes beside the test and returns the result to come.
func (d *desk) publishing(s pidf.State) <-chan error {
	done := make(chan error, 1)
	go func() { done <- d.client.Publish(context.Background(), s) }()
	return done
}

func TestPublicationIsKeptByItsEntityTag(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		done := d.publishing(pidf.State{Open: true})
		p := peer.Expect("PUBLISH")
		if p.Get("SIP-If-Match") != "" || p.Get("Event") != "presence" || p.URI() != "sip:alice@contoso.com" {
			t.Fatal(p)
		}
		peer.Reply(p, 200, "SIP-ETag: one", "Expires: 100")
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		time.Sleep(60 * time.Second)
		refresh := peer.Expect("PUBLISH")
		if took := time.Since(began); took < 80*time.Second || took > 90*time.Second {
			t.Fatalf("refreshed after %v of 100 s", took)
		}
		if refresh.Get("SIP-If-Match") != "one" || len(refresh.Body) != 0 {
			t.Fatal(refresh)
		}
		peer.Reply(refresh, 200, "SIP-ETag: two", "Expires: 100")
		synctest.Wait()
		done = d.publishing(pidf.State{Open: true, Activity: pidf.ActivityBusy})
		changed := peer.Expect("PUBLISH")
		if changed.Get("SIP-If-Match") != "two" || len(changed.Body) == 0 {
			t.Fatal(changed)
		}
		peer.Reply(changed, 412)
		anew := peer.Expect("PUBLISH")
		if anew.Get("SIP-If-Match") != "" || string(anew.Body) != string(changed.Body) {
			t.Fatal(anew)
		}
		peer.Reply(anew, 200, "SIP-ETag: three", "Expires: 100")
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}

func TestForgottenPublicationIsMadeAnewAtTheRefresh(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		done := d.publishing(pidf.State{Open: true})
		peer.Reply(peer.Expect("PUBLISH"), 200, "SIP-ETag: one", "Expires: 100")
		<-done
		time.Sleep(60 * time.Second)
		peer.Reply(peer.Expect("PUBLISH"), 412)
		if anew := peer.Expect("PUBLISH"); anew.Get("SIP-If-Match") != "" || len(anew.Body) == 0 {
			t.Fatal(anew)
		}
	})
}

func TestOnlyTheLatestOfManyStatesIsSent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		var results []<-chan error
		for n := range 10 {
			results = append(results, d.publishing(pidf.State{Open: true, Note: text.From(fmt.Sprint("note ", n))}))
			synctest.Wait()
		}
		peer.Reply(peer.Expect("PUBLISH"), 200, "SIP-ETag: one")
		last := peer.Expect("PUBLISH")
		if state, err := pidf.Parse(last.Body); err != nil || state.Note.Raw() != "note 9" {
			t.Fatalf("%+v %v", state, err)
		}
		peer.Reply(last, 200, "SIP-ETag: two")
		for _, r := range results {
			if err := <-r; err != nil {
				t.Fatal(err)
			}
		}
		if waiting := peer.Waiting(); len(waiting) != 0 {
			t.Fatal(waiting)
		}
	})
}

func TestServerWithoutPresenceIsToldOfOnce(t *testing.T) {
	for _, code := range []int{404, 405, 489, 501} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				d := newDesk(t, nil)
				peer := d.signIn()
				done := d.publishing(pidf.State{Open: true})
				peer.Reply(peer.Expect("PUBLISH"), code)
				if err := <-done; err != nil {
					t.Fatal(err)
				}
				if e := next[SignedIn](d); e.Services.Presence {
					t.Fatalf("%+v", e)
				}
				if err := <-d.publishing(pidf.State{Open: true}); err != nil {
					t.Fatal(err)
				}
				quiet[SignedIn](d)
				if waiting := peer.Waiting(); len(waiting) != 0 {
					t.Fatal(waiting)
				}
			})
		})
	}
}

func TestFailedPublicationIsReportedAndTriedAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		done := d.publishing(pidf.State{Open: true})
		peer.Reply(peer.Expect("PUBLISH"), 503, "Retry-After: 40")
		var refused *ResponseError
		if err := <-done; !errors.As(err, &refused) || refused.Code != 503 {
			t.Fatal(err)
		}
		began := time.Now()
		peer.Reply(peer.Expect("PUBLISH"), 423, "Min-Expires: 7200")
		if took := time.Since(began); took != 40*time.Second {
			t.Fatal(took)
		}
		if p := peer.Expect("PUBLISH"); p.Get("Expires") != "7200" {
			t.Fatal(p)
		}
	})
}

func TestStateOfBeforeSigningInIsPublishedAfter(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		if err := <-d.publishing(pidf.State{Open: true, Activity: "away"}); !errors.Is(err, ErrNotSignedIn) {
			t.Fatal(err)
		}
		peer := d.signIn()
		if state, err := pidf.Parse(peer.Expect("PUBLISH").Body); err != nil || state.Activity != "away" {
			t.Fatal(state, err)
		}
	})
}

func TestPublishDuringALossIsAnswered(t *testing.T) {
	bubble(t, func(t *testing.T) {
		d := newDesk(t, nil)
		peer := d.signIn()
		first := d.publishing(pidf.State{Open: true})
		peer.Expect("PUBLISH")
		second := d.publishing(pidf.State{})
		synctest.Wait()
		peer.Close()
		for _, r := range []<-chan error{first, second} {
			if err := <-r; !errors.Is(err, ErrNotSignedIn) {
				t.Fatal(err)
			}
		}
		peer = d.server.Accept()
		peer.Register(siptest.Account{})
		if state, err := pidf.Parse(peer.Expect("PUBLISH").Body); err != nil || state.Open {
			t.Fatal(state, err)
		}
	})
}
