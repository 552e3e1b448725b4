package session

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// receives stores a message that wants receipts, as the network does.
func (b *bench) receives(id string) int64 {
	b.t.Helper()
	m := sipclient.Message{
		ID: id, Peer: string(dana), Body: text.From("hello"), ReceiptID: "r" + id,
		Owed: sipclient.OwedDelivery | sipclient.OwedDisplay,
	}
	b.client.options.Inbox(m, func(err error) {
		if err != nil {
			b.t.Error(err)
		}
		b.client.options.Emit(sipclient.MessageReceived{Message: m})
	})
	for {
		if e, ok := b.next().Event.(sipclient.MessageReceived); ok {
			return e.Message.Seq
		}
	}
}

// tells asks for receipts and waits until they have been given.
func (b *bench) tells(seen bool) error {
	b.t.Helper()
	b.Do([]app.Effect{app.SendReceipts{Peer: dana, Seen: seen}})
	return b.given(seen)
}

// given waits for the end of one SendReceipts.
func (b *bench) given(seen bool) error {
	b.t.Helper()
	for {
		if d := result[app.Done](b); d.Effect == (app.SendReceipts{Peer: dana, Seen: seen}) {
			return d.Err
		}
	}
}

func (b *bench) told(want ...string) {
	b.t.Helper()
	var got []string
	for _, call := range b.client.noted() {
		if len(call) > 5 && call[:5] == "tell " {
			got = append(got, call[5:])
		}
	}
	if !slices.Equal(got, want) {
		b.t.Errorf("told are %q, want %q", got, want)
	}
}

func tale(id string, seen bool) string { return fmt.Sprint(dana, " ", id, " ", seen) }

func TestEachReceiptIsGivenOnce(t *testing.T) {
	b := start(t, &fake{})
	b.receives("1")
	last := b.receives("2")
	for range 2 { // at the same time
		b.Do([]app.Effect{app.SendReceipts{Peer: dana, Seen: true}})
	}
	b.given(true)
	b.given(true)
	b.told(tale("r1", false), tale("r2", false))
	b.Do([]app.Effect{app.MarkRead{Peer: dana, Seq: last}})
	b.tells(true)
	b.tells(true)
	b.told(tale("r1", false), tale("r2", false), tale("r1", true), tale("r2", true))
}

func TestReceiptsSurviveARestart(t *testing.T) {
	b := start(t, &fake{tell: func(r sipclient.Receipt) error {
		if r.ID == "r2" {
			return &sipclient.ResponseError{Code: 480} // she has gone
		}
		return fmt.Errorf("refused") // nobody waits for it
	}})
	for _, id := range []string{"1", "2", "3"} {
		b.receives(id)
	}
	if err := b.tells(false); err != sipclient.ErrNotSignedIn {
		t.Errorf("got %v", err)
	}
	b.told(tale("r1", false), tale("r2", false))
	b = b.again(&fake{})
	if got := b.Saved().Owing; !slices.Equal(got, []contacts.Address{dana}) {
		t.Errorf("waiting are %v", got)
	}
	b.tells(false)
	b.told(tale("r2", false), tale("r3", false))
}

func TestReceiptsOfOthersAreKept(t *testing.T) {
	b := start(t, &fake{})
	b.Do([]app.Effect{app.SendMessage{Message: message(dana, "mine")}})
	result[app.MessageSettled](b)
	for _, e := range []app.KeepReceipt{
		{Peer: dana, ID: "mine", Delivery: sipclient.Read},
		{Peer: dana, ID: "mine", Delivery: sipclient.Delivered},
		{Peer: eve, ID: "mine", Delivery: sipclient.Failed},
		{Peer: dana, ID: "unknown", Delivery: sipclient.Read},
	} {
		b.Do([]app.Effect{e})
		if d := result[app.Done](b); d.Err != nil || d.Effect != e {
			t.Errorf("%+v", d)
		}
	}
	b = b.again(&fake{})
	if got := b.history(dana); len(got) != 1 || got[0].Delivery != sipclient.Read {
		t.Errorf("got %+v", got)
	}
}

// The client forgets with every connection, so that the first message of a stay would never ask for receipts.
func TestWhoTakesReceiptsIsRememberedAfterARestart(t *testing.T) {
	b := start(t, &fake{})
	writes := func(id string) (calls []string) {
		b.Do([]app.Effect{app.SendMessage{Message: message(dana, id)}})
		result[app.MessageSettled](b)
		return b.client.noted()
	}
	remembered := "remember " + string(dana)
	if calls := writes("first"); slices.Contains(calls, remembered) {
		t.Fatalf("remembered of nobody: %q", calls)
	}
	b.Do([]app.Effect{app.KeepReceipt{Peer: dana, ID: "first", Delivery: sipclient.Delivered}})
	result[app.Done](b)
	b = b.again(&fake{})
	calls := writes("second")
	if at := slices.Index(calls, remembered); at < 0 || at > slices.Index(calls, "send second") {
		t.Errorf("did %q", calls)
	}
}

// What nobody was there for is in the outbox of the next start.
func TestAMessageToSomebodyOfflineStaysInTheOutbox(t *testing.T) {
	b := start(t, &fake{send: func(_ context.Context, m sipclient.Message) (sipclient.Delivery, error) {
		return sipclient.Failed, &sipclient.ResponseError{Method: "MESSAGE", Code: map[string]int{"away": 480, "gone": 404}[m.ID]}
	}})
	for id, want := range map[string]sipclient.Delivery{"away": sipclient.Unsent, "gone": sipclient.Failed} {
		b.Do([]app.Effect{app.SendMessage{Message: message(dana, id)}})
		if got := result[app.MessageSettled](b); got.Delivery != want || got.Err == nil {
			t.Errorf("%s settled as %+v", id, got)
		}
	}
	b = b.again(&fake{})
	if got := b.Saved().Outbox; len(got) != 1 || got[0].ID != "away" {
		t.Errorf("waiting are %+v", got)
	}
}
