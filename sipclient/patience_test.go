package sipclient

import (
	"testing"
	"time"
)

// A message whose goroutine lies for a while on a busy machine is waited for on a stream, where the wire
// has an order to keep. 50 ms were not enough with two cores and a load of ten: 25,000 messages in a row
// were stored with some of them hundreds of places too late.
func TestAStreamWaitsForAMessageThatIsTakenLate(t *testing.T) {
	for transport, want := range map[string]time.Duration{"": 2 * time.Second, "tls": 2 * time.Second, "tcp": 2 * time.Second, "udp": 0, "UDP": 0} {
		c := &Client{o: Options{Account: Account{Transport: transport}}}
		if got := c.patience(); got != want {
			t.Errorf("%q: %v, want %v", transport, got, want)
		}
	}
}
