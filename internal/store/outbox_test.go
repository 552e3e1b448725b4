package store

import (
	"errors"
	"testing"

	"golync/internal/text"
	"golync/sipclient"
)

func settle(s *Store, m sipclient.Message) error {
	return Wait(func(done func(error)) { s.Settle(m, done) })
}

func TestAnUnsettledMessageIsInTheOutboxAfterARestart(t *testing.T) {
	s := open(t, t.TempDir())
	first, second := sent(bob, "1", "first"), sent(dana, "2", "second")
	first.Seq, second.Seq = keep(t, s, first), keep(t, s, second)
	s = reopen(t, s)
	outbox := load(t, s).Outbox
	if len(outbox) != 2 || outbox[0] != first || outbox[1] != second {
		t.Fatalf("outbox %v", outbox)
	}
	first.Delivery = sipclient.Sent
	if err := settle(s, first); err != nil {
		t.Fatal(err)
	}
	if outbox := load(t, s).Outbox; len(outbox) != 1 || outbox[0].ID != "2" {
		t.Errorf("outbox %v", outbox)
	}
}

func TestHowAMessageWentIsKept(t *testing.T) {
	for _, c := range []struct {
		name         string
		went, later  sipclient.Delivery
		want         sipclient.Delivery
		code, atLast int
	}{
		{"failed", sipclient.Failed, sipclient.Failed, sipclient.Failed, 404, 404},
		{"not known, then failed", sipclient.Unknown, sipclient.Failed, sipclient.Failed, 403, 403},
		{"not known, then sent", sipclient.Unknown, sipclient.Sent, sipclient.Sent, 0, 0},
		{"delivered is never taken back", sipclient.Sent, sipclient.Unknown, sipclient.Sent, 0, 0},
		{"stored, then reached the other side", sipclient.Stored, sipclient.Sent, sipclient.Sent, 0, 0},
		{"sent, then their device has it", sipclient.Sent, sipclient.Delivered, sipclient.Delivered, 0, 0},
		{"seen, and the answer comes late", sipclient.Read, sipclient.Sent, sipclient.Read, 0, 0},
		{"seen, and the delivery is told late", sipclient.Read, sipclient.Delivered, sipclient.Read, 0, 0},
		{"delivered, and no answer in time", sipclient.Delivered, sipclient.Unknown, sipclient.Delivered, 0, 0},
		{"a receipt for what was not known to arrive", sipclient.Unknown, sipclient.Read, sipclient.Read, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, t.TempDir())
			m := sent(bob, "1", "hello")
			keep(t, s, m)
			for _, d := range []sipclient.Delivery{c.went, c.later} {
				m.Delivery, m.Code, m.Reason = d, c.code, text.From("N\xff\x1b")
				if err := settle(s, m); err != nil {
					t.Fatal(err)
				}
			}
			s = reopen(t, s)
			got := page(t, s, bob, 0, 1).Messages[0]
			if got.Delivery != c.want || got.Code != c.atLast || got.Reason != m.Reason {
				t.Errorf("got %v %d %q", got.Delivery, got.Code, got.Reason.Raw())
			}
		})
	}
}

func TestSettlingWhatIsNotThereSaysSo(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, received(bob, "1", "not mine"))
	for _, m := range []sipclient.Message{sent(bob, "1", ""), sent(bob, "2", ""), sent("sip:nobody@x", "1", "")} {
		if err := settle(s, m); !errors.Is(err, ErrNoMessage) {
			t.Errorf("settling %q with %s: %v", m.ID, m.Peer, err)
		}
	}
}

func TestAMessageGoesAgainOnlyWhenItReachedNobody(t *testing.T) {
	for delivery, again := range map[sipclient.Delivery]bool{
		sipclient.Unsent: true, sipclient.Failed: true, sipclient.Unknown: true, sipclient.Sent: false, sipclient.Stored: false,
		sipclient.Delivered: false, sipclient.Read: false,
	} {
		s := open(t, t.TempDir())
		m := sent(bob, "1", "hello")
		seq := keep(t, s, m)
		m.Delivery, m.Code = delivery, 404
		if err := settle(s, m); err != nil {
			t.Fatal(err)
		}
		got, err := tryKeep(s, m)
		if again {
			p := page(t, s, bob, 0, 9).Messages
			if err != nil || got != seq || len(p) != 1 || p[0].Delivery != sipclient.Unsent || p[0].Code != 0 {
				t.Errorf("after %v: seq %d, %v, %v", delivery, got, err, p)
			}
		} else if !errors.Is(err, sipclient.ErrDuplicate) {
			t.Errorf("after %v: %v", delivery, err)
		}
	}
}
