package app

import (
	"errors"
	"slices"
	"testing"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
)

// A waiting message that the user takes back stays in the log, says so, and lets those behind it go without it.
func TestAWaitingMessageCanBeCancelled(t *testing.T) {
	w := online(t, Saved{})
	first, second, third := w.send(dana, "one"), w.send(dana, "two"), w.send(dana, "three")
	if _, err := w.Cancel(w.now, dana, second.ID); !errors.Is(err, ErrLeft) {
		t.Errorf("before it is on the disk: %v", err)
	}
	w.results(MessageStored{ID: first.ID, Seq: 1}, MessageStored{ID: second.ID, Seq: 2}, MessageStored{ID: third.ID, Seq: 3})
	cancel := func(a contacts.Address, id string) error {
		effects, err := w.Cancel(w.now, a, id)
		w.do(effects)
		return err
	}
	for _, c := range []struct {
		a  contacts.Address
		id string
	}{{dana, first.ID}, {dana, "unknown"}, {eve, second.ID}} {
		if err := cancel(c.a, c.id); !errors.Is(err, ErrLeft) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	w.results(nobodyThere(first))
	for _, id := range []string{first.ID, second.ID} {
		if err := cancel(dana, id); err != nil {
			t.Fatal(err)
		}
		if e := one[CancelMessage](w).Message; e.ID != id || e.Peer != string(dana) || !cancelled(e) {
			t.Errorf("the disk is told %+v", e)
		}
		if err := cancel(dana, id); !errors.Is(err, ErrLeft) {
			t.Errorf("a second time: %v", err)
		}
	}
	m := w.Conversation(dana).Messages[1]
	if got := DeliveryText(m, text.From("Dana")); DeliveryLabel(m) != "not sent" || m.Waiting || got != "This message was not sent to Dana because you cancelled it." {
		t.Errorf("it says %q, %q", DeliveryLabel(m), got)
	}
	w.take(received(dana, 9, "hi"))
	if got := w.left(); !slices.Equal(got, []string{"three"}) {
		t.Errorf("left are %v", got)
	}
	effects, err := w.Resend(w.now, dana, first.ID)
	w.do(effects)
	if err != nil || w.written().ID != first.ID {
		t.Errorf("sent again all the same: %v", err)
	}
	w.results(sent(third))
	if got := w.left(); !slices.Equal(got, []string{"one"}) {
		t.Errorf("then left %v", got)
	}
}

func TestTheLastMessageSaysThatItWasCancelled(t *testing.T) {
	w := open(t, Saved{Outbox: []sipclient.Message{outgoing("old", 1, dana, sipclient.Unsent)}})
	w.results(PastLoaded{UpTo: 1, Rows: []PastRow{{Last: outgoing("old", 1, dana, sipclient.Unsent)}}})
	effects, err := w.Cancel(w.now, dana, "old")
	w.do(effects)
	if last := w.Past()[0].Last; err != nil || DeliveryLabel(last) != "not sent" {
		t.Errorf("%v, it says %q", err, DeliveryLabel(last))
	}
	w.signIn(Services{})
	if got := w.left(); len(got) != 0 {
		t.Errorf("left are %v", got)
	}
}
