package e2e

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golync/internal/e2e/window"
	"golync/internal/siptest"
)

// hostile is one entry of hostile-text.json: bytes that a peer sends, what must then be seen, and what must
// never reach the terminal.
type hostile struct {
	ID       string   `json:"id"`
	BytesHex string   `json:"bytes_hex"`
	Sinks    []string `json:"sinks"`
	MustShow []string `json:"must_show"`
	NeverHex []string `json:"must_never_emit_hex"`
}

func (h hostile) raw(t *testing.T) string {
	t.Helper()
	b, err := hex.DecodeString(h.BytesHex)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func hostileTexts(t *testing.T) []hostile {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "text", "testdata", "hostile-text.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Entries []hostile }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return file.Entries
}

// longestLine is the longest header field golync reads, in bytes.
const longestLine = 8 << 10

// own are the bytes the screen library itself moves the cursor with; in them the raw bytes prove nothing,
// and the screen is looked at alone.
const own = "\t\r\n\b"

// ended are the titles and links that the screen library ends with a bell that rings nothing. They hold what
// golync wrote or checked, in plain ASCII.
var ended = regexp.MustCompile(`\x1b\](2|8);[ -~]*\x07`)

// clean checks what was written since from against one entry.
func clean(t *testing.T, w *window.Window, h hostile, sink string, from int) {
	t.Helper()
	written := ended.ReplaceAll(w.Raw()[from:], nil)
	for _, never := range h.NeverHex {
		b, err := hex.DecodeString(never)
		if err != nil {
			t.Fatal(err)
		}
		allowed := 0
		if string(b) == "\a" {
			allowed = 1 // golync's own, for the message
		}
		if bytes.Count(written, b) > allowed && !strings.Contains(own, string(b)) {
			t.Errorf("%s as %s: %q reached the terminal", h.ID, sink, b)
		}
	}
	if s := w.Screen(); !s.Alt {
		t.Errorf("%s as %s: left the alternate screen", h.ID, sink)
	}
}

// signInAt opens golync as alice at a scripted server, and returns the server's end.
func signInAt(t *testing.T, home string, presence func(string) string, args ...string) (*window.Window, *siptest.Peer) {
	t.Helper()
	server := siptest.ListenTCP(t)
	w := golync.Open(t, home, 120, 40, append([]string{
		"--account", "sip:alice@contoso.com", "--server", server.Addr(), "--transport", "tcp", "--password-file", window.Secret(t, home, "secret"),
	}, args...)...)
	peer := server.Accept()
	peer.Attend(siptest.Account{User: "alice", Password: "secret", Realm: "contoso.com"}, presence)
	w.Sees("What's happening today?", "Available")
	return w, peer
}

// TestNoTextOfAPeerTouchesTheTerminal sends every entry as a message body and as a display name to the
// running program, and looks at the bytes it writes and at the screen.
func TestNoTextOfAPeerTouchesTheTerminal(t *testing.T) {
	w, peer := signInAt(t, home(t), func(uri string) string { return siptest.Document(uri, "") })
	const from = "sip:dana@contoso.com"
	for i, h := range hostileTexts(t) {
		raw := h.raw(t)
		if slices.Contains(h.Sinks, "body") {
			shows(t, w, h, "body", i, func() {
				peer.Send("MESSAGE", from, "sip:alice@contoso.com", "text/plain", raw+fmt.Sprintf("\nmark%d-body", i))
			})
		}
		if slices.Contains(h.Sinks, "display-name") && !strings.ContainsAny(raw, "\r\n\x00") && utf8.ValidString(raw) {
			name := quotedPairs(raw)
			if len(name) > longestLine {
				m := peer.Send("MESSAGE", fmt.Sprintf(`"%s" <%s>`, name, from), "sip:alice@contoso.com", "text/plain", "too long a name")
				if code := peer.Response(m).Code(); code < 400 {
					t.Errorf("%s: a name of %d bytes was answered %d", h.ID, len(name), code)
				}
				continue
			}
			shows(t, w, h, "display-name", i, func() {
				peer.Send("MESSAGE", fmt.Sprintf(`"%s" <%s>`, name, from), "sip:alice@contoso.com", "text/plain", fmt.Sprintf("mark%d-display-name", i))
			})
		}
	}
	w.Quits()
}

// shows delivers one hostile text and waits for the mark behind it, which proves that nothing after it
// was swallowed.
func shows(t *testing.T, w *window.Window, h hostile, sink string, i int, deliver func()) {
	t.Helper()
	from := len(w.Raw())
	deliver()
	w.Sees(fmt.Sprintf("mark%d-%s", i, sink))
	clean(t, w, h, sink, from)
}

// TestNoNoteTouchesTheTerminal puts every entry that XML can carry into a contact's personal note.
func TestNoNoteTouchesTheTerminal(t *testing.T) {
	dir := home(t)
	var note string
	w, peer := signInAt(t, dir, func(uri string) string { return siptest.Document(uri, note) })
	var subscribe *siptest.Message
	answer := make(chan *siptest.Message, 1)
	peer.Auto("SUBSCRIBE", func(r *siptest.Message) {
		peer.Reply(r, 200, "Expires: 3600")
		peer.Notify(r, "active;expires=3600", "application/pidf+xml", siptest.Document("sip:dana@contoso.com", "at ease"))
		select {
		case answer <- r:
		default:
		}
	})
	w.AddsContact("Lync", "dana@contoso.com")
	subscribe = <-answer
	w.Sees("at ease")
	for i, h := range hostileTexts(t) {
		raw := h.raw(t)
		if !slices.Contains(h.Sinks, "note") || !utf8.ValidString(raw) || strings.ContainsFunc(raw, notXML) {
			continue
		}
		from := len(w.Raw())
		peer.Notify(subscribe, "active;expires=3600", "application/pidf+xml",
			siptest.Document("sip:dana@contoso.com", fmt.Sprintf("n%d %s", i, html.EscapeString(raw))))
		w.Sees(fmt.Sprintf("n%d ", i))
		clean(t, w, h, "note", from)
	}
	w.Quits()
}

// quotedPairs writes text as RFC 3261 section 25.1 lets a quoted string carry it: controls, quotes and
// backslashes behind a backslash.
func quotedPairs(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < ' ' || r == 0x7f || r == '"' || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// notXML is what XML 1.0 cannot carry (section 2.2).
func notXML(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}
