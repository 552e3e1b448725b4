package session

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// hear has a message come in and waits until it is stored.
func (b *bench) hear(m sipclient.Message) {
	b.t.Helper()
	stored := make(chan error, 1)
	b.client.options.Inbox(m, func(err error) { stored <- err })
	if err := <-stored; err != nil {
		b.t.Fatal(err)
	}
}

// talked is a session with a history: three messages with Dana, one with Eve.
func talked(t *testing.T) *bench {
	t.Helper()
	b := start(t, &fake{})
	at := time.Date(2013, 1, 29, 9, 0, 0, 5, time.UTC)
	b.hear(sipclient.Message{ID: "1", Peer: string(dana), Name: text.From("Dana\x1b[2J"), Body: text.From("Are you coming?\nOn \x1b]0;x\x07Thursday <&>"), At: at})
	b.Do([]app.Effect{app.SendMessage{Message: message(dana, "2")}})
	if r := result[app.MessageSettled](b); r.Err != nil {
		t.Fatal(r.Err)
	}
	b.hear(sipclient.Message{ID: "3", Peer: string(eve), Body: text.From("\xff broken"), At: at})
	b.hear(sipclient.Message{ID: "4", Peer: string(dana), Body: text.From("Great."), At: at, Important: true})
	return b
}

func (b *bench) export(e app.ExportHistory) (app.Exported, string) {
	b.t.Helper()
	b.Do([]app.Effect{e})
	r := result[app.Exported](b)
	if r.Err != nil {
		return r, ""
	}
	content, err := os.ReadFile(r.Path)
	if err != nil {
		b.t.Fatal(err)
	}
	return r, string(content)
}

func TestAHistoryAsJSON(t *testing.T) {
	b := talked(t)
	r, content := b.export(app.ExportHistory{Format: app.ExportJSON, Path: filepath.Join(t.TempDir(), "history.json")})
	var all []map[string]any
	if err := json.Unmarshal([]byte(content), &all); err != nil || len(all) != 4 || r.Count != 4 {
		t.Fatalf("%v: %d of %d in\n%s", err, len(all), r.Count, content)
	}
	for field, want := range map[string]any{
		"seq": 1.0, "time": "2013-01-29T09:00:00.000000005Z", "peer": string(dana), "direction": "received", "name": "Dana\x1b[2J",
		"body": "Are you coming?\nOn \x1b]0;x\x07Thursday <&>", "id": "1", "delivery": nil, "important": nil,
	} {
		got := all[0][field]
		if at, ok := got.(string); ok && field == "time" {
			parsed, err := time.Parse(time.RFC3339Nano, at)
			if err != nil {
				t.Error(err)
			}
			got = parsed.UTC().Format(time.RFC3339Nano)
		}
		if got != want {
			t.Errorf("%s is %v, want %v", field, got, want)
		}
	}
	if m := all[1]; m["direction"] != "sent" || m["delivery"] != "sent" || m["body"] != "body of 2" {
		t.Errorf("sent was %v", m)
	}
	if all[2]["body"] != "\uFFFD broken" || all[3]["important"] != true {
		t.Errorf("then %v, %v", all[2], all[3])
	}
	if lines := strings.Count(content, "\n"); lines != 6 {
		t.Errorf("%d lines: one for each message, and the brackets", lines)
	}
}

func TestAHistoryAsText(t *testing.T) {
	b := talked(t)
	r, content := b.export(app.ExportHistory{Path: filepath.Join(t.TempDir(), "history.txt")})
	if r.Count != 4 || strings.ContainsAny(content, "\x1b\x07") || strings.Contains(content, "\xff") {
		t.Errorf("%d messages in %q", r.Count, content)
	}
	for _, want := range []string{"Conversation with dana@contoso.com\n\n", "\n    Are you coming?\n    On ", "  Alice:\n    body of 2\n", "Conversation with eve@contoso.com", "  dana@contoso.com (high importance):\n    Great.\n"} {
		if !strings.Contains(content, want) {
			t.Errorf("no %q in\n%s", want, content)
		}
	}
	if r, content := b.export(app.ExportHistory{Peer: dana, Path: filepath.Join(t.TempDir(), "d")}); r.Count != 3 || strings.Contains(content, "eve") {
		t.Errorf("with Dana alone %d:\n%s", r.Count, content)
	}
	if r, content := b.export(app.ExportHistory{Peer: "sip:nobody@contoso.com", Format: app.ExportJSON, Path: filepath.Join(t.TempDir(), "d")}); r.Count != 0 || json.Unmarshal([]byte(content), new([]any)) != nil {
		t.Errorf("with nobody %d: %q", r.Count, content)
	}
}

// A file is read later, when nothing of it is on its way any more.
func TestWhatHasNotArrivedSaysSoInAnExport(t *testing.T) {
	b := start(t, &fake{})
	cancelled := message(dana, "2")
	cancelled.Delivery, cancelled.Reason = sipclient.Failed, text.From("disk full")
	b.Do([]app.Effect{app.StoreMessage{Message: message(dana, "1")}, app.StoreMessage{Message: message(dana, "2")}, app.CancelMessage{Message: cancelled}})
	_, content := b.export(app.ExportHistory{Path: filepath.Join(t.TempDir(), "history.txt")})
	for _, want := range []string{"  Alice (waiting):\n    body of 1\n", "  Alice (not delivered):\n    body of 2\n"} {
		if !strings.Contains(content, want) {
			t.Errorf("no %q in\n%s", want, content)
		}
	}
}

func TestAnExportNeverOverwrites(t *testing.T) {
	b := talked(t)
	dir := t.TempDir()
	taken := filepath.Join(dir, "mine.tar.txt")
	if err := os.WriteFile(taken, []byte("precious"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(taken, filepath.Join(dir, "mine.tar-2.txt")); err != nil {
		t.Fatal(err)
	}
	r, _ := b.export(app.ExportHistory{Path: taken})
	if r.Path != filepath.Join(dir, "mine.tar-3.txt") {
		t.Errorf("written to %s, %v", r.Path, r.Err)
	}
	if content, err := os.ReadFile(taken); string(content) != "precious" {
		t.Errorf("the file has %q, %v", content, err)
	}
	if info, err := os.Stat(r.Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestWhereAnExportGoes(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Chdir(home)
	day := time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		e    app.ExportHistory
		want string
	}{
		{app.ExportHistory{Path: "/var/tmp/x.txt"}, "/var/tmp/x.txt"},
		{app.ExportHistory{Path: "~/x.txt"}, home + "/x.txt"},
		{app.ExportHistory{Path: "x.txt"}, home + "/x.txt"},
		{app.ExportHistory{}, home + "/golync-all-2013-01-29.txt"},
		{app.ExportHistory{Path: "~", Peer: dana, Format: app.ExportJSON}, home + "/golync-dana@contoso.com-2013-01-29.json"},
		{app.ExportHistory{Path: home, Peer: contacts.Address("sip:a%2Fb@contoso.com")}, home + "/golync-a%252Fb@contoso.com-2013-01-29.txt"},
		{app.ExportHistory{Path: home + "/new/"}, home + "/new/golync-all-2013-01-29.txt"},
	} {
		if got, err := exportPath(c.e, day); got != c.want || err != nil {
			t.Errorf("%+v goes to %s, %v; want %s", c.e, got, err, c.want)
		}
	}
}

func TestAnExportThatFailsLeavesNoFile(t *testing.T) {
	b := talked(t)
	dir := t.TempDir()
	if r, _ := b.export(app.ExportHistory{Path: filepath.Join(dir, "none", "x.txt")}); r.Err == nil {
		t.Error("a folder that is not there is written to")
	}
	b.Close(t.Context())
	path, _, err := b.exportTo(t.Context(), app.ExportHistory{Path: filepath.Join(dir, "x.txt")})
	if err == nil {
		t.Error("the history can be read when it is closed")
	}
	if _, err := os.Stat(path); err == nil {
		t.Errorf("%s is left", path)
	}
}

func TestTheHistoryIsSearchedDeletedAndReadAgain(t *testing.T) {
	b := talked(t)
	b.Do([]app.Effect{app.SearchHistory{Query: "thursd", Number: 7, Limit: 9}})
	if r := result[app.HitsFound](b); r.Number != 7 || len(r.Hits) != 1 || r.Hits[0].Message.ID != "1" || len(r.Hits[0].Marks) != 1 {
		t.Errorf("found %+v", r)
	}
	b.Do([]app.Effect{app.LoadPast{}})
	if r := result[app.PastLoaded](b); len(r.Rows) != 2 || r.UpTo != 4 {
		t.Errorf("the past is %+v", r)
	}
	b.Do([]app.Effect{app.LoadHistory{Peer: dana, Around: 2, Limit: 2, View: 3}, app.LoadHistory{Peer: dana, After: 2, Limit: 1}})
	if r := result[app.HistoryLoaded](b); r.View != 3 || len(r.Messages) != 2 || !r.Later || r.More {
		t.Errorf("around the second: %+v", r)
	}
	if r := result[app.HistoryLoaded](b); r.After != 2 || len(r.Messages) != 1 || r.Later {
		t.Errorf("after the second: %+v", r)
	}
	b.Do([]app.Effect{app.DeleteHistory{Peer: dana}})
	if r := result[app.PastLoaded](b); len(r.Rows) != 1 {
		t.Errorf("the past is %+v", r)
	}
	b.Do([]app.Effect{app.DeleteOld{Now: time.Now(), Before: time.Now()}})
	if r := result[app.Done](b); r.Err != nil {
		t.Error(r.Err)
	}
}

func TestADraftIsThereAtTheNextStart(t *testing.T) {
	b := start(t, &fake{})
	for i := range 50 {
		b.Do([]app.Effect{app.SaveDraft{Peer: dana, Body: fmt.Sprint("draft ", i)}})
	}
	if got := b.again(&fake{}).Saved().Drafts[dana]; got != "draft 49" {
		t.Errorf("the draft is %q", got)
	}
}
