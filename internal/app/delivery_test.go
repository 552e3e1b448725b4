package app

import (
	"testing"

	"golync/internal/text"
	"golync/sipclient"
)

func TestTheWordsForHowFarAMessageHasCome(t *testing.T) {
	for _, c := range []struct {
		m    sipclient.Message
		want text.Safe
	}{
		{sipclient.Message{Delivery: sipclient.Read}, ""}, // not mine
		{sipclient.Message{Outgoing: true}, "sending"},
		{sipclient.Message{Outgoing: true, Waiting: true}, "waiting"},
		{sipclient.Message{Outgoing: true, Delivery: sipclient.Sent}, "sent"},
		{sipclient.Message{Outgoing: true, Delivery: sipclient.Stored}, "stored"},
		{sipclient.Message{Outgoing: true, Delivery: sipclient.Failed}, "not delivered"},
		{sipclient.Message{Outgoing: true, Delivery: sipclient.Unknown}, "unknown"},
		{sipclient.Message{Outgoing: true, Delivery: sipclient.Delivered}, "delivered"},
		{sipclient.Message{Outgoing: true, Delivery: sipclient.Read}, "read"},
	} {
		if got := DeliveryLabel(c.m); got != c.want {
			t.Errorf("%+v is %q, want %q", c.m, got, c.want)
		}
	}
}
