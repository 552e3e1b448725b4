package session

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
)

// doorbell is a client behind which one person is there, or is not.
type doorbell struct {
	fake
	mu    sync.Mutex
	there bool
	got   []string
}

func newDoorbell() *doorbell {
	d := &doorbell{}
	d.send = func(_ context.Context, m sipclient.Message) (sipclient.Delivery, error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		if !d.there {
			return sipclient.Failed, &sipclient.ResponseError{Method: "MESSAGE", Code: 480}
		}
		d.got = append(d.got, m.Body.Raw())
		return sipclient.Sent, nil
	}
	return d
}

func (d *doorbell) read() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.got)
}

// opens lets the person come, and tells the window.
func (d *doorbell) opens(there bool) {
	d.mu.Lock()
	d.there = there
	d.mu.Unlock()
	d.options.Emit(sipclient.PresenceChanged{URI: string(dana), Watch: sipclient.WatchActive, Known: true, State: pidf.State{Open: there}})
}

// window is State over a session, as the ui has it, without a screen.
type window struct {
	*bench
	state *app.State
}

func (b *bench) window() *window {
	saved := b.Saved()
	saved.Contacts = []contacts.Contact{{Address: dana, Relationship: contacts.Colleagues}}
	w := &window{b, app.New(saved, contacts.Providers{})}
	b.Do(w.state.Start(time.Now()))
	b.Do(w.state.SignIn(time.Now(), ""))
	b.client.options.Emit(sipclient.SignedIn{Services: sipclient.Services{Presence: true}})
	return w
}

func (w *window) writes(n int) {
	w.t.Helper()
	effects, err := w.state.Send(time.Now(), dana, strconv.Itoa(n))
	if err != nil {
		w.t.Fatal(err)
	}
	w.Do(effects)
}

// until lets the window work until something is so.
func (w *window) until(what string, so func() bool) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	for !so() {
		batch, err := w.Next(ctx)
		if err != nil {
			w.t.Fatalf("waited in vain: %s: %v", what, err)
		}
		w.Do(w.state.Take(time.Now(), batch))
	}
}

// With the disk and the lines of messages as they are: what nobody was there for goes in order and once, over a
// restart, and what was cancelled does not.
func TestTheOutboxGoesInOrderOverARestart(t *testing.T) {
	const count = 30
	labels := func(w *window, label text.Safe) (n int) {
		if c := w.state.Conversation(dana); c != nil {
			for _, m := range c.Messages {
				if app.DeliveryLabel(m) == label && m.Seq > 0 {
					n++
				}
			}
		}
		return n
	}
	d := newDoorbell()
	w := start(t, &d.fake).window()
	d.opens(false)
	for n := range count {
		w.writes(n)
	}
	w.until("all wait", func() bool { return labels(w, "waiting") == count })
	effects, err := w.state.Cancel(time.Now(), dana, w.state.Conversation(dana).Messages[3].ID)
	if err != nil {
		t.Fatal(err)
	}
	w.Do(effects)
	w.until("one is cancelled", func() bool { return labels(w, "not sent") == 1 })

	again := newDoorbell()
	w = w.again(&again.fake).window()
	again.opens(false)
	w.writes(count)
	w.until("all wait again", func() bool { return labels(w, "waiting") == count })
	again.opens(true)
	w.writes(count + 1)
	w.until("all have gone", func() bool { return labels(w, "sent") == count+1 })

	var want []string
	for n := range count + 2 {
		if n != 3 {
			want = append(want, strconv.Itoa(n))
		}
	}
	if got := append(d.read(), again.read()...); !slices.Equal(got, want) {
		t.Errorf("read are %v", got)
	}
}
