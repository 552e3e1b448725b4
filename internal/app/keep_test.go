package app

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/option"
	"golync/sipclient"
)

func keepFor(days int) option.Set {
	o := option.Default()
	o.Files.KeepDays = days
	return o
}

func TestOldMessagesAreLookedForAtTheStartAndDaily(t *testing.T) {
	w := open(t, Saved{Options: keepFor(30)})
	if e := one[DeleteOld](w); !e.Before.Equal(w.now.AddDate(0, 0, -30)) || !e.Now.Equal(w.now) {
		t.Errorf("at the start %+v", e)
	}
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{time.Hour, 0}, {22 * time.Hour, 0}, {time.Hour, 1}, {time.Hour, 0}, {-48 * time.Hour, 1}} {
		w.now = w.now.Add(c.after)
		w.take(received(dana, 1, "anything"))
		if got := len(asked[DeleteOld](w)); got != c.want {
			t.Errorf("%v later: %d", c.after, got)
		}
	}
}

func TestTheKeepForOptionHoldsAtOnce(t *testing.T) {
	w := open(t, Saved{})
	w.do(w.SetOptions(w.now, keepFor(7)))
	if e := one[DeleteOld](w); !e.Before.Equal(w.now.AddDate(0, 0, -7)) {
		t.Errorf("asked for %+v", e)
	}
	w.do(w.SetOptions(w.now, keepFor(0)))
	w.asks("SaveOptions")
	w.do(w.SetOptions(w.now, keepFor(7)))
	one[DeleteOld](w)
}

func TestDeletingAHistoryEmptiesTheWindowButForTheOutbox(t *testing.T) {
	w := open(t, Saved{Open: []contacts.Address{dana}, Unread: map[contacts.Address]int{dana: 2}})
	w.results(history(dana, 0, 100, 10, true), PastLoaded{UpTo: 100, Rows: []PastRow{{Last: message(dana, 100, "last")}}})
	effects, _ := w.Send(w.now, dana, "on its way")
	w.do(effects)
	m := w.written()
	c := w.Conversation(dana)
	w.do(w.Earlier(w.now, dana))
	stale := one[LoadHistory](w)
	w.do(w.DeleteHistory(w.now, dana))
	if e := one[DeleteHistory](w); e.Peer != dana || !slices.Equal(e.Keep, []string{m.ID}) {
		t.Errorf("asked for %+v", e)
	}
	w.results(answer(stale, 81, 90, true, false)) // read before they were deleted
	if len(c.Messages) != 1 || c.Messages[0].ID != m.ID || c.More || c.Unread != 0 || w.Unread() != 0 || len(w.Past()) != 0 {
		t.Errorf("left are %s, %q", span(c), w.past())
	}
	w.results(MessageStored{ID: m.ID, Seq: 101}, Done{Effect: DeleteHistory{Peer: dana}})
	left := LoadHistory{Peer: dana, View: one[LoadHistory](w).View}
	stored := mine(dana, 101, "on its way")
	stored.ID = m.ID
	w.results(HistoryLoaded{Peer: dana, View: left.View, Messages: []sipclient.Message{stored}})
	if span(c) != "101-101" || c.Later || c.Loading {
		t.Errorf("in the end %s", span(c))
	}
}

func TestADeletionThatFailsIsSaid(t *testing.T) {
	w := online(t, Saved{Open: []contacts.Address{dana}})
	w.do(w.DeleteHistory(w.now, dana))
	w.results(Done{Effect: DeleteHistory{Peer: dana}, Err: errors.New("disk full")})
	if !strings.HasSuffix(string(w.says("delete")), ": disk full. Delete them once more.") {
		t.Errorf("said %q", w.says("delete"))
	}
	one[LoadHistory](w) // what is still there is shown again
}

// Neither what has been found nor what is being looked for may show what was deleted.
func TestDeletedMessagesAreFoundNoMore(t *testing.T) {
	for _, answered := range []bool{true, false} {
		w := online(t, Saved{})
		w.do(w.Search(w.now, "thursday", ""))
		ask := one[SearchHistory](w)
		if answered {
			w.results(hits(ask, 9, 7))
		}
		w.do(w.DeleteHistory(w.now, dana))
		w.results(hits(ask, 9, 7))
		if f := w.Found(); len(f.Hits) != 0 || f.Query != "" || f.Searching {
			t.Errorf("found %+v", f)
		}
	}
}

func TestAnExportSaysWhereItIs(t *testing.T) {
	w := online(t, Saved{})
	w.do(w.Export(w.now, dana, ExportJSON, " ~/history.json "))
	if e := one[ExportHistory](w); e.Peer != dana || e.Format != ExportJSON || e.Path != "~/history.json" || w.says("export") == "" {
		t.Errorf("asked for %+v", e)
	}
	for _, c := range []struct {
		r    Exported
		want string
	}{
		{Exported{Path: "/home/alice/history.json", Count: 1}, "1 message was saved to /home/alice/history.json"},
		{Exported{Path: "/home/alice/a\x1bb", Count: 12}, "12 messages were saved to /home/alice/a"},
		{Exported{Path: "/x", Err: errors.New("no room")}, "no room"},
	} {
		w.results(c.r)
		if got := string(w.says("export")); !strings.Contains(got, c.want) || strings.Contains(got, "\x1b") {
			t.Errorf("said %q", got)
		}
	}
}
