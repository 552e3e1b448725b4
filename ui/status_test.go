package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/flow"
)

func TestStandingWithTheServerInAFewWords(t *testing.T) {
	gone := &flow.Error{Kind: flow.Timeout, Target: flow.Target{Addr: "192.0.2.1:5061"}}
	for _, tc := range []struct {
		now  app.Connection
		want text.Safe
	}{
		{app.Connection{State: app.SignedOut}, "Signed out. Press s to sign in"},
		{app.Connection{State: app.SigningIn}, "Signing in…"},
		{app.Connection{State: app.SigningIn, Err: gone, Retries: true}, "Cannot sign in: no answer from 192.0.2.1:5061. Trying again…"},
		{app.Connection{State: app.SignedIn}, "Signed in"},
		{app.Connection{State: app.Reconnecting}, "Not connected. Trying again…"},
		{app.Connection{State: app.Reconnecting, Err: gone}, "Not connected: no answer from 192.0.2.1:5061. Trying again…"},
		{app.Connection{State: app.SignInFailed, Err: sipclient.ErrPassword}, "Not signed in: wrong password. Press s"},
	} {
		if got := standingOf(tc.now, "s"); got != tc.want {
			t.Errorf("%+v is %q, not %q", tc.now, got, tc.want)
		}
	}
}

// The status line has room for the whole reason at few sizes only, so it never has to be enough.
func TestWhyThereIsNoConnectionStandsWholeAboveTheListAtEverySize(t *testing.T) {
	refused := &flow.Error{Kind: flow.Refused, Err: errors.New("x"), Target: flow.Target{Addr: "sip.contoso.com:5061"}}
	for _, size := range [][2]int{{60, 20}, {80, 24}, {100, 30}, {120, 40}, {200, 60}} {
		inWindow(t, size[0], size[1], world, func(x *face) {
			x.happens(sipclient.Disconnected{Err: refused, RetryIn: time.Second})
			var rows []string
			for _, line := range x.lines() {
				row, _, _ := strings.Cut(line, "│") // what stands beside it is not part of it
				rows = append(rows, row)
			}
			said := strings.Join(strings.Fields(strings.Join(rows, " ")), " ")
			for _, want := range []string{"Error: Nothing listens at sip.contoso.com:5061.", "Check --server and --transport", "server is up again."} {
				if !strings.Contains(said, want) {
					t.Errorf("%v: %q is missing:\n%s", size, want, x.text())
				}
			}
			x.sees("Trying again…", "▾ Favorites")
			if line := x.lines()[size[1]-2]; strings.Contains(line, "…") && !strings.Contains(line, "again…") {
				t.Errorf("%v: the status line is cut: %q", size, line)
			}
			x.results(app.Done{Effect: app.SaveMe{}, Err: errors.New("no space left on device")})
			x.sees("no space left") // both are true
			x.press("x")
			x.seesNot("no space left")
			x.sees("Nothing listens")
			x.happens(signedIn)
			x.seesNot("Nothing listens")
		})
	}
}

func TestTheStatusLineLeadsBackToSigningIn(t *testing.T) {
	inWindow(t, 80, 24, signedOut, func(x *face) {
		x.press("esc")
		x.sees("Signed out. Press s to sign in", "○ Offline ▾")
		x.click("Signed out.")
		x.sees("Sign-in address")
		x.press("enter")
		x.happens(signedIn)
		x.press("s")
		x.sees("You are signed in already")
	})
}

func TestSigningOutShowsThePageAtOnce(t *testing.T) {
	inWindow(t, 80, 24, world, func(x *face) {
		x.press("p")
		x.click("Sign Out")
		x.sees("You are signed out.", "alice@contoso.com")
		if len(did[app.SignOut](x)) != 1 {
			t.Error("the server is not told")
		}
		x.press("esc")
		x.sees("GROUPS", "Presence unknown")
		x.happens(sipclient.SignedOut{})
		x.sees("GROUPS") // the page does not come again by itself
	})
}

func TestABrokenConnectionIsTriedNowByTheKeyThatTheStatusLineNames(t *testing.T) {
	refused := &flow.Error{Kind: flow.Refused, Err: errors.New("x"), Target: flow.Target{Addr: "sip.contoso.com:5061"}}
	for name, tries := range map[string]func(x *face){
		"key":   func(x *face) { x.press("s") },
		"click": func(x *face) { x.click("s tries now") },
	} {
		t.Run(name, func(t *testing.T) {
			inWindow(t, 80, 24, world, func(x *face) {
				did[app.SignIn](x)
				x.happens(sipclient.Disconnected{Err: refused, RetryIn: time.Minute})
				x.sees("Trying again… s tries now")
				tries(x)
				if out := did[app.SignOut](x); len(out) != 1 {
					t.Errorf("the wait was ended %d times", len(out))
				}
				x.happens(sipclient.SignedOut{})
				if in := did[app.SignIn](x); len(in) != 1 {
					t.Fatalf("signed in %d times", len(in))
				}
				x.sees("Signing in…", "GROUPS")
				x.happens(signedIn)
				x.sees("Signed in")
				x.seesNot("tries now")
			})
		})
	}
}

func TestTheKeyThatTriesNowStandsWhereThereIsRoomAndAsTheUserHasIt(t *testing.T) {
	refused := &flow.Error{Kind: flow.Refused, Err: errors.New("x"), Target: flow.Target{Addr: "sip.contoso.com:5061"}}
	for _, width := range []int{60, 80, 100} {
		inWindow(t, width, 24, world, func(x *face) {
			x.happens(sipclient.Disconnected{Err: refused, RetryIn: time.Minute})
			x.sees("Trying again… s tries now")
		})
	}
	withKeys(t, map[string][]string{"window.sign-in": {"R"}}, func(x *face) {
		x.resizes(80, 24)
		x.happens(sipclient.Disconnected{Err: refused, RetryIn: time.Minute})
		x.sees("R tries now")
	})
}
