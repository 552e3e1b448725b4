package store

import (
	"testing"

	"golync/sipclient"
)

func TestImportanceAndWhatTheSenderWantsToHearAreKept(t *testing.T) {
	s := open(t, t.TempDir())
	m := received(bob, "1", "hello")
	m.Important, m.ReceiptID, m.Owed = true, "theirs\xff", sipclient.OwedDelivery|sipclient.OwedDisplay
	keep(t, s, m)
	s = reopen(t, s)
	got := page(t, s, bob, 0, 1).Messages[0]
	if !got.Important || got.ReceiptID != m.ReceiptID || got.Owed != m.Owed {
		t.Errorf("got %+v", got)
	}
}
