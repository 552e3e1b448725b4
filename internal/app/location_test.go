package app

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient/pidf"
)

func TestLocationIsPublishedKeptAndTakenAway(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.SetLocation(w.now, " Building 7 "))
	w.asks("SaveMe", "PublishPresence")
	if p := one[PublishPresence](w).State; p.Location.Raw() != "Building 7" || one[SaveMe](w).Me.Location != p.Location {
		t.Errorf("published %q", p.Location.Raw())
	}
	w.do(w.SetLocation(w.now, "Building 7"))
	w.asks()
	again := online(t, Saved{Me: w.Me()})
	if got := again.myState().Location.Raw(); got != "Building 7" {
		t.Errorf("after a restart it is %q", got)
	}
	w.do(w.SetLocation(w.now, ""))
	if p := one[PublishPresence](w).State; !p.Location.Empty() {
		t.Errorf("taken away, it is %q", p.Location.Raw())
	}
}

func TestANewNoteOrLocationBeginsNoNewState(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.SetPresence(w.now, contacts.Away))
	since := w.now
	w.now = w.now.Add(time.Hour)
	w.do(w.SetNote(w.now, "lunch"))
	if p := one[PublishPresence](w).State; !p.Since.Equal(since) || !p.Changed.Equal(w.now) {
		t.Errorf("Away since %v, changed %v", p.Since, p.Changed)
	}
}

// What is written for others has a limit and can be seen; everything else is their terminals' safety, which is
// text's.
func TestWordsForOthers(t *testing.T) {
	for _, c := range []struct{ name, typed, want string }{
		{"as it is", "At Gino's", "At Gino's"},
		{"blanks around it", " \t x\u3000", "x"},
		{"blanks alone", " \t\u00a0\u3000", ""},
		{"nothing to be seen", "\u200b\u200d\u2060\ufeff", ""},
		{"another script", "会議室", "会議室"},
		{"right to left", "בבית", "בבית"},
		{"emoji", "🏠", "🏠"},
		{"too long", strings.Repeat("ä", 70), strings.Repeat("ä", 64)},
		{"too long with a blank at the cut", strings.Repeat("x", 63) + " y", strings.Repeat("x", 63)},
		{"exactly as long as may be", strings.Repeat("x", 64), strings.Repeat("x", 64)},
	} {
		if got := wordsOf(c.typed, MaxLocation).Raw(); got != c.want {
			t.Errorf("%s: %q is kept as %q, want %q", c.name, c.typed, got, c.want)
		}
	}
	w := online(t, Saved{})
	w.do(w.SetNote(w.now, strings.Repeat("n", 10_000)))
	if n := utf8.RuneCountInString(w.Me().Note.Raw()); n != MaxNote {
		t.Errorf("a note has %d characters", n)
	}
}

func TestLocationAndDeviceOfOthers(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues)}})
	w.take(active(dana, pidf.State{Open: true, Location: text.From("Redmond"), Mobile: true}))
	if p := w.contact(dana).Presence; p.Location.Raw() != "Redmond" || p.Device != "Mobile" {
		t.Errorf("Dana is %+v", p)
	}
	w.take(active(dana, pidf.State{Open: true}))
	if p := w.contact(dana).Presence; !p.Location.Empty() || p.Device != "" {
		t.Errorf("Dana is %+v", p)
	}
}
