package ui

import (
	"testing"
	"time"

	"golync/internal/app"
	"golync/internal/option"
	"golync/sipclient"
)

// plainly is Alice signed in without encryption.
func plainly() *app.State {
	s := world()
	s.SignOut(time.Now())
	s.Take(time.Now(), events(sipclient.SignedOut{}))
	s.SignIn(time.Now(), "")
	s.Take(time.Now(), events(sipclient.SignedIn{
		Server: "192.0.2.1:5060", Transport: "TCP", Services: sipclient.Services{Presence: true, WatcherInfo: true, Rules: true},
	}))
	return s
}

func TestAConnectionThatOthersCanReadIsMarked(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {140, 45}} {
		inWindow(t, size.w, size.h, plainly, func(x *face) {
			x.sees("This connection is not encrypted")
			x.press("x") // the notice goes, the mark stays
			x.seesNot("This connection is not encrypted")
			x.sees("CALL FORWARDING OFF", "not encrypted")
			x.opensPage("Network")
			x.sees("not encrypted: others", "TCP", "192.0.2.1:5060")
			x.click("Warn me when")
			x.click("  OK  ")
			x.seesNot("not encrypted")
			x.sees("TCP 192.0.2.1:5060", "CALL FORWARDING OFF")
		})
	}
}

func TestTheMarkIsThereWhereTheWayHasNoRoom(t *testing.T) {
	inWindow(t, 100, 24, plainly, func(x *face) {
		x.press("x")
		x.sees("not encrypted")
	})
}

func TestTheNetworkPageSaysHowTheWindowIsConnected(t *testing.T) {
	inWindow(t, 100, 40, world, func(x *face) {
		x.opensPage("Network")
		x.sees("Signed in", "192.0.2.1:5061", "TLS", "encrypted to the server", "presence, watcher information, presence rules")
		x.happens(sipclient.Disconnected{})
		x.sees("Not connected. Trying again…")
		x.seesNot("encrypted to the server")
	})
}

func TestSignOutAndInAgainDoesBoth(t *testing.T) {
	inWindow(t, 100, 40, world, func(x *face) {
		x.opensPage("Network")
		x.press("enter") // the button is its first control
		x.seesNot("Find an option")
		if out := did[app.SignOut](x); len(out) != 1 {
			t.Fatalf("%d times signed out", len(out))
		}
		x.happens(sipclient.SignedOut{})
		if in := did[app.SignIn](x); len(in) != 1 {
			t.Errorf("%d times signed in", len(in))
		}
	})
}

func TestAllConversationsAreSavedFromFileSaving(t *testing.T) {
	inWindow(t, 100, 40, world, func(x *face) {
		x.opensPage("File Saving")
		x.sees("Everything that was written stays on this machine")
		x.press("tab", "enter")
		x.sees("Format", "Save as")
		x.press("esc")
		x.sees("Find an option") // and nothing of Options is lost
	})
}

func TestWhatIsDeletedByKeepingLessIsSaidBefore(t *testing.T) {
	inWindow(t, 100, 40, worldOf(func(o *option.Set) { o.Files.KeepDays = 7 }), func(x *face) {
		x.opensPage("File Saving")
		x.sees("For 7 days", "OK deletes older messages from this machine")
		x.press("left", "left", "left", "left")
		x.sees("For ever")
	})
}
