package session

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/store"
	"golync/internal/text"
	"golync/sipclient"
)

// await waits for something that a goroutine is about to do.
func await(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// history returns what the disk has of a conversation.
func (b *bench) history(peer contacts.Address) []sipclient.Message {
	b.t.Helper()
	b.Do([]app.Effect{app.LoadHistory{Peer: peer, Limit: 10_000}})
	for {
		if h := result[app.HistoryLoaded](b); h.Peer == peer {
			return h.Messages
		}
	}
}

// What is found out about the data beside the work reaches the window; that they were closed meanwhile is no news.
func TestDamageThatIsFoundLateIsTold(t *testing.T) {
	b := start(t, &fake{})
	b.verified(nil)
	b.verified(store.ErrClosed)
	b.verified(store.ErrDamaged)
	if got, ok := b.next().Result.(app.DamageFound); !ok || !errors.Is(got.Err, store.ErrDamaged) {
		t.Errorf("told is %+v", got)
	}
}

// What waits for its turn is safe, and does not leave before that.
func TestAMessageForLaterIsInTheOutbox(t *testing.T) {
	f := &fake{}
	b := start(t, f)
	b.Do([]app.Effect{app.StoreMessage{Message: message(dana, "1")}, app.StoreMessage{Message: message(dana, "2")}})
	first, second := result[app.MessageStored](b), result[app.MessageStored](b)
	if first.ID != "1" || second.ID != "2" || first.Seq == 0 || second.Seq <= first.Seq {
		t.Errorf("stored are %+v, %+v", first, second)
	}
	if calls := f.noted(); slices.Contains(calls, "send 1") {
		t.Errorf("asked of the client is %v", calls)
	}
	cancelled := message(dana, "3")
	cancelled.Delivery, cancelled.Reason = sipclient.Failed, text.From("cancelled")
	b.Do([]app.Effect{app.StoreMessage{Message: message(dana, "3")}, app.CancelMessage{Message: cancelled}})
	b = b.again(&fake{})
	if saved := b.Saved().Outbox; len(saved) != 2 || saved[0].ID != "1" || saved[1].Delivery != sipclient.Unsent {
		t.Errorf("at the next start the outbox has %+v", saved)
	}
	b.Do([]app.Effect{app.SendMessage{Message: b.Saved().Outbox[0]}})
	if again := result[app.MessageStored](b); again.Seq != first.Seq {
		t.Errorf("sent from the outbox it has the place %d", again.Seq)
	}
}

func TestAMessageIsStoredThenSentThenSettled(t *testing.T) {
	for _, c := range []struct {
		name     string
		delivery sipclient.Delivery
		err      error
		want     sipclient.Message // what the disk says afterwards
	}{
		{"it arrived", sipclient.Sent, nil, sipclient.Message{Delivery: sipclient.Sent}},
		{"a server keeps it", sipclient.Stored, nil, sipclient.Message{Delivery: sipclient.Stored}},
		{"it was refused", sipclient.Failed, &sipclient.ResponseError{Code: 404, Reason: text.From("Not \xff")}, sipclient.Message{Delivery: sipclient.Failed, Code: 404, Reason: text.From("Not \xff")}},
		{"it is too long", sipclient.Failed, sipclient.ErrTooLong, sipclient.Message{Delivery: sipclient.Failed, Reason: text.From(sipclient.ErrTooLong.Error())}},
		{"nobody answered", sipclient.Unknown, sipclient.ErrNoAnswer, sipclient.Message{Delivery: sipclient.Unknown}},
		{"signed out meanwhile: it has not left", sipclient.Failed, sipclient.ErrNotSignedIn, sipclient.Message{Delivery: sipclient.Unsent}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &fake{}
			b := start(t, f)
			var onDisk sipclient.Delivery
			f.send = func(_ context.Context, m sipclient.Message) (sipclient.Delivery, error) {
				if m.Seq == 0 {
					t.Error("it left before it was in the outbox")
				}
				err := store.Wait(func(done func(error)) {
					b.store.Page(m.Peer, 0, 1, func(p store.Page, err error) { onDisk = p.Messages[0].Delivery; done(err) })
				})
				if err != nil {
					t.Error(err)
				}
				return c.delivery, c.err
			}
			b.Do([]app.Effect{app.SendMessage{Message: message(dana, "1")}})
			stored, ok := b.next().Result.(app.MessageStored)
			if !ok || stored.ID != "1" || stored.Seq == 0 || stored.Err != nil {
				t.Fatalf("first came %+v", stored)
			}
			settled, ok := b.next().Result.(app.MessageSettled)
			if !ok || settled.ID != "1" || settled.Peer != dana || settled.Delivery != c.want.Delivery || !errors.Is(settled.Err, c.err) {
				t.Errorf("then came %+v", settled)
			}
			if onDisk != sipclient.Unknown {
				t.Errorf("while it was on its way the disk said %v", onDisk)
			}
			got := b.history(dana)
			if len(got) != 1 || got[0].Delivery != c.want.Delivery || got[0].Code != c.want.Code || got[0].Reason != c.want.Reason {
				t.Errorf("the disk says %+v", got)
			}
			if outbox := b.again(&fake{}).Saved().Outbox; (len(outbox) == 1) != (c.want.Delivery == sipclient.Unsent) {
				t.Errorf("the outbox of the next start: %+v", outbox)
			}
		})
	}
}

// Messages to one person leave in the order of the effects, one at a time, however the effects are split
// over calls of Do and however long each takes; those to another person do not wait for them.
func TestMessagesToOnePersonKeepTheirOrder(t *testing.T) {
	var mu sync.Mutex
	order, busy := map[string][]string{}, map[string]bool{}
	f := &fake{send: func(_ context.Context, m sipclient.Message) (sipclient.Delivery, error) {
		mu.Lock()
		if busy[m.Peer] {
			t.Errorf("two messages to %s at once", m.Peer)
		}
		busy[m.Peer] = true
		order[m.Peer] = append(order[m.Peer], m.ID)
		mu.Unlock()
		time.Sleep(time.Duration(rand.IntN(300)) * time.Microsecond)
		mu.Lock()
		defer mu.Unlock()
		busy[m.Peer] = false
		return sipclient.Sent, nil
	}}
	b := start(t, f)
	people := []contacts.Address{dana, eve, "sip:fred@contoso.com"}
	want := map[string][]string{}
	var effects []app.Effect
	const n = 200
	for i := range n {
		to := people[rand.IntN(len(people))]
		id := fmt.Sprint(i)
		want[string(to)] = append(want[string(to)], id)
		effects = append(effects, app.SendMessage{Message: message(to, id)})
		if rand.IntN(3) == 0 {
			b.Do(effects)
			effects = nil
		}
	}
	b.Do(effects)
	for range n {
		result[app.MessageSettled](b)
	}
	for peer, ids := range want {
		if !slices.Equal(order[peer], ids) {
			t.Errorf("to %s went %v, want %v", peer, order[peer], ids)
		}
	}
}

func TestASlowPersonHoldsUpNobodyElse(t *testing.T) {
	gate := make(chan struct{})
	b := start(t, &fake{send: func(_ context.Context, m sipclient.Message) (sipclient.Delivery, error) {
		if m.Peer == string(dana) {
			<-gate
		}
		return sipclient.Sent, nil
	}})
	b.Do([]app.Effect{app.SendMessage{Message: message(dana, "slow")}, app.SendMessage{Message: message(eve, "quick")}})
	if got := result[app.MessageSettled](b); got.ID != "quick" {
		t.Errorf("first settled %s", got.ID)
	}
	close(gate)
	if got := result[app.MessageSettled](b); got.ID != "slow" {
		t.Errorf("then settled %s", got.ID)
	}
}

func TestWhatCannotBeStoredIsNotSent(t *testing.T) {
	f := &fake{}
	b := start(t, f)
	b.Do([]app.Effect{app.SendMessage{Message: message(dana, "1")}})
	result[app.MessageSettled](b)
	b.Do([]app.Effect{app.SendMessage{Message: message(dana, "1")}}) // delivered already
	if got := result[app.MessageStored](b); !errors.Is(got.Err, sipclient.ErrDuplicate) {
		t.Errorf("got %+v", got)
	}
	b.settle()
	if calls := f.noted(); len(calls) != 1 {
		t.Errorf("the client was asked %v", calls)
	}
}

// When golync ends, a message on its way is cut off as one that may have arrived, and those behind it
// stay in the outbox for the next start.
func TestEndingKeepsWhatWasNotSent(t *testing.T) {
	f := &fake{send: func(ctx context.Context, _ sipclient.Message) (sipclient.Delivery, error) {
		<-ctx.Done()
		return sipclient.Unknown, sipclient.ErrNoAnswer
	}}
	b := start(t, f)
	for i := range 3 {
		b.Do([]app.Effect{app.SendMessage{Message: message(dana, fmt.Sprint(i))}})
	}
	await(t, "the first is on its way", func() bool { return len(f.noted()) == 1 })
	b = b.again(&fake{})
	var outbox []string
	for _, m := range b.Saved().Outbox {
		outbox = append(outbox, m.ID)
	}
	if got := strings.Join(outbox, " "); got != "1 2" {
		t.Errorf("the outbox of the next start: %s", got)
	}
	if got := b.history(dana)[0]; got.Delivery != sipclient.Unknown {
		t.Errorf("the message that was on its way is %v", got.Delivery)
	}
	if calls := f.noted(); !slices.Equal(calls, []string{"send 0", "sign out", "close"}) {
		t.Errorf("the client was asked %v", calls)
	}
}

func TestReceivedMessagesAreStoredBeforeTheyAreTold(t *testing.T) {
	b := start(t, &fake{})
	const n = 1000
	for i := range n {
		m := sipclient.Message{ID: fmt.Sprint(i), Peer: "sip:dana@CONTOSO.com:5060", Body: text.From(fmt.Sprint(i))}
		b.client.options.Inbox(m, func(err error) {
			if err != nil {
				t.Error(err)
			}
			b.client.options.Emit(sipclient.MessageReceived{Message: m})
		})
	}
	last := int64(0)
	for i := range n {
		got := b.next().Event.(sipclient.MessageReceived).Message
		if got.ID != fmt.Sprint(i) || got.Seq <= last || got.Peer != string(dana) {
			t.Fatalf("event %d: %s from %s at %d after %d", i, got.ID, got.Peer, got.Seq, last)
		}
		last = got.Seq
	}
	if len(b.stored.of) != 0 {
		t.Errorf("%d places were never asked for", len(b.stored.of))
	}
	if got := b.history(dana); len(got) != n || got[n-1].Seq != last {
		t.Errorf("%d messages on disk", len(got))
	}
}

func TestACopyIsAnsweredAndNotTold(t *testing.T) {
	b := start(t, &fake{})
	answers := make(chan error, 2)
	for range 2 {
		b.client.options.Inbox(sipclient.Message{ID: "1", Peer: string(dana)}, func(err error) { answers <- err })
	}
	if first, second := <-answers, <-answers; first != nil || !errors.Is(second, sipclient.ErrDuplicate) {
		t.Errorf("answers %v, %v", first, second)
	}
	b.Do([]app.Effect{app.LoadHistory{Peer: eve}})
	if in := b.next(); in.Result == nil || in.Event != nil {
		t.Errorf("the user was told %+v", in)
	}
}

func TestAMessageThatCannotBeStoredIsNotAcknowledged(t *testing.T) {
	b := start(t, &fake{})
	if err := b.store.Close(); err != nil { // a disk that is gone
		t.Fatal(err)
	}
	answer := make(chan error, 1)
	b.client.options.Inbox(sipclient.Message{ID: "1", Peer: string(dana)}, func(err error) { answer <- err })
	if err := <-answer; !errors.Is(err, store.ErrClosed) {
		t.Errorf("the server was answered as after %v", err)
	}
	if got := result[app.InboxFailed](b); !errors.Is(got.Err, store.ErrClosed) {
		t.Errorf("the user was told %v", got.Err)
	}
}
