package session

import (
	"slices"
	"testing"

	"golync/internal/app"
)

// A notice does not wait for the disk, so it leaves before the message that ends it.
func TestANoticeLeavesBeforeTheMessageThatFollows(t *testing.T) {
	b := start(t, &fake{})
	b.Do([]app.Effect{
		app.TellTyping{Peer: dana, Active: true},
		app.SendMessage{Message: message(dana, "m")},
	})
	result[app.MessageSettled](b)
	b.Do([]app.Effect{app.TellTyping{Peer: dana}})
	want := []string{"typing " + string(dana) + " true", "send m", "typing " + string(dana) + " false"}
	if got := b.client.noted(); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
