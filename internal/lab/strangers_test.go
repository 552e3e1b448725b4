package lab

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The administrator who is told that somebody cannot sign in finds who and from where, once and not at each try.
func TestRefusedSignInsAreLoggedWithWhoAndFromWhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log records
		l := world(t, Config{Log: log.logger()})
		l.signedIn(t, dana)
		if strings.Contains(log.String(), "refused") {
			t.Errorf("somebody has signed in, and it logs %s", log.String())
		}
		for _, who := range []string{alice, "sip:nobody@contoso.com"} {
			d := l.device(t, who)
			for range 3 {
				status(t, d.register("guessed"), 401)
			}
			want := "address=" + who + " from=" + d.c.LocalAddr().String()
			if got := log.String(); strings.Count(got, want) != 1 || strings.Contains(got, "guessed") {
				t.Errorf("logged %s, want %s once", got, want)
			}
		}
		if got := log.String(); !strings.Contains(got, "wrong password") || !strings.Contains(got, "nobody has this address") {
			t.Errorf("logged %s", got)
		}
		for i := range strangersLimit + 50 {
			l.locked(func() { l.strangers.note(l, &link{remote: "192.0.2.1:9"}, fmt.Sprint(i), nil) })
		}
		time.Sleep(strangersWindow)
		l.device(t, alice).register("guessed")
		if got := log.String(); strings.Count(got, "sign-in refused") > strangersLimit+1 || !strings.Contains(got, "refusals=52") {
			t.Errorf("logged %d of them", strings.Count(got, "sign-in refused"))
		}
	})
}

// Connections come and go all day. That one has ended is for whoever asks with --debug.
func TestTheEndOfAConnectionIsNoNews(t *testing.T) {
	for level, want := range map[slog.Level]bool{slog.LevelInfo: false, slog.LevelDebug: true} {
		synctest.Test(t, func(t *testing.T) {
			var log records
			l := world(t, Config{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: level}))})
			d := l.signedIn(t, dana)
			_ = d.c.Close()
			synctest.Wait()
			if got := strings.Contains(log.String(), "flow ended"); got != want {
				t.Errorf("at %s it logs %s", level, log.String())
			}
		})
	}
}
