package sipclient

import (
	"slices"
	"testing"
	"time"

	"golync/internal/siptest"
)

// BenchmarkRinging measures a call from its INVITE on the wire to the 180, and reports the slowest hundredth: the
// budget is 5 ms.
func BenchmarkRinging(b *testing.B) {
	ids := make(chan string, 1)
	c, _, peer := benched(b, func(o *Options) {
		o.Emit = func(e Event) {
			if e, ok := e.(CallChanged); ok && e.Call.State == CallRinging {
				ids <- e.Call.ID
			}
		}
	})
	took := make([]time.Duration, 0, b.N)
	b.ReportAllocs()
	for b.Loop() {
		began := time.Now()
		invite := peer.Send("INVITE", bob, "sip:alice@contoso.com", "application/sdp", bobOffer)
		if code := peer.Provisional(invite).Code(); code != 180 {
			b.Fatal(code)
		}
		took = append(took, time.Since(began))
		c.Decline(<-ids, 486)
		peer.Response(invite)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkFlood measures calls that come while enough ring already: each is refused.
func BenchmarkFlood(b *testing.B) {
	refused := make(chan struct{}, 1<<10)
	_, _, peer := benched(b, func(*Options) {})
	peer.Auto("", func(m *siptest.Message) {
		if m.Code() == 486 {
			refused <- struct{}{}
		}
	})
	for range ringingMost {
		peer.Send("INVITE", bob, "sip:alice@contoso.com", "application/sdp", bobOffer)
	}
	b.ReportAllocs()
	for b.Loop() {
		peer.Send("INVITE", bob, "sip:alice@contoso.com", "application/sdp", bobOffer)
		<-refused
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}
