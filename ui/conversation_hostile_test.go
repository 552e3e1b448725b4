package ui

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golync/alerts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/winfo"
)

// hostileText is an entry of the collection in internal/text: what arrives, and what must never leave.
type hostileText struct {
	ID    string   `json:"id"`
	Bytes string   `json:"bytes_hex"`
	Show  []string `json:"must_show"`
	Never []string `json:"must_never_emit_hex"`
}

func hostileTexts(t *testing.T) []hostileText {
	t.Helper()
	data, err := os.ReadFile("../internal/text/testdata/hostile-text.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Entries []hostileText }
	if err := json.Unmarshal(data, &file); err != nil || len(file.Entries) == 0 {
		t.Fatalf("%d entries, %v", len(file.Entries), err)
	}
	return file.Entries
}

// everywhere puts a text wherever a peer can put one that the conversation side of the window draws.
func everywhere(t *testing.T, raw string) *model {
	at := time.Date(2026, 11, 23, 14, 2, 0, 0, time.UTC)
	s := world()
	words := text.From(raw)
	s.Take(at, events(
		sipclient.PresenceChanged{URI: string(bob), Watch: sipclient.WatchActive, Known: true, State: pidf.State{Open: true, Note: words, Name: words}},
		sipclient.PresenceChanged{URI: string(eve), Watch: sipclient.WatchEnded, Code: 403, Reason: words},
		asks(winfo.Watcher{URI: string(cheri), Name: words, Introduction: words, Status: winfo.Pending, ID: "1"}),
		sipclient.MessageReceived{Message: sipclient.Message{ID: "1", Seq: 1, Peer: string(gina), Name: words, Body: words, At: at}},
		sipclient.TypingChanged{URI: string(gina), Typing: true},
	))
	m := newModel(t.Context(), Deps{State: s, Do: func([]app.Effect) {}, Now: func() time.Time { return at }, Options: Options{Zone: time.UTC}})
	m.width, m.height, m.focus, m.talking = 120, 40, onTalk, true
	m.conversation.show(gina)
	m.conversation.paste(raw)
	m.toasts.announce(app.Alert{What: alerts.Conversation, From: bob, Name: words, Text: words})
	return m
}

func TestNoHostileTextLeavesItsPlaceOnTheScreen(t *testing.T) {
	dialogs := map[string]func(*model){
		"window":   func(*model) {},
		"card":     func(m *model) { openCard(m, bob) },
		"accept":   func(m *model) { openAccept(m, m.state.Requests()[0]) },
		"question": func(m *model) { m.askBlock(gina) },
		"menu":     func(m *model) { openContactMenu(m, bob, 1, rect{Min: pt(60, 5), Max: pt(61, 6)}) },
	}
	for _, h := range hostileTexts(t) {
		raw, err := hex.DecodeString(h.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		for name, open := range dialogs {
			m := everywhere(t, string(raw))
			open(m)
			m.draw()
			out := []byte(m.frame.Content + m.frame.WindowTitle)
			for _, never := range h.Never {
				bad, _ := hex.DecodeString(never)
				if len(bad) > 0 && bytes.Contains(out, bad) {
					t.Errorf("%s, %s: % x is in the frame", h.ID, name, bad)
				}
			}
			if lines := strings.Count(m.frame.Content, "\n"); lines != m.height-1 {
				t.Errorf("%s, %s: the frame has %d line breaks", h.ID, name, lines)
			}
			if name == "window" && !strings.Contains(m.frame.Content, "is typing a message.") && !strings.Contains(m.frame.Content, "Too long") {
				t.Errorf("%s: nobody types", h.ID)
			}
			if !strings.Contains(m.frame.Content, "GROUPS") {
				t.Errorf("%s, %s: the rest of the window is gone", h.ID, name)
			}
		}
	}
}

func TestNoHostileTextReachesTheTerminalInANotification(t *testing.T) {
	for _, h := range hostileTexts(t) {
		raw, _ := hex.DecodeString(h.Bytes)
		m := everywhere(t, string(raw))
		a := app.Alert{What: alerts.Conversation, From: gina, Name: text.From(string(raw)), Text: text.From(string(raw))}
		out := Terminal{way: byOSC9}.notification(keyOf(a), m.toasts.headline(a), m.toasts.body(a))
		inside := strings.TrimSuffix(strings.TrimPrefix(out, "\x1b]9;"), "\x1b\\")
		bad := func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }
		if i := strings.IndexFunc(inside, bad); i >= 0 || slices.Contains([]byte(inside), 0x1b) {
			t.Errorf("%s: %q", h.ID, out)
		}
	}
}
