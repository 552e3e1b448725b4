package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// maxCopied is how many bytes are copied at once: with OSC 52 they travel in base64, and many terminals take
// 100,000 bytes of that.
const maxCopied = 74_994

// copyPicked copies the selected messages, oldest first: one as it was written, several with who and when.
func (v *conversation) copyPicked(c *app.Conversation, t *talk) {
	var chosen []*sipclient.Message
	for i := range c.Messages {
		if m := &c.Messages[i]; t.picked.has(idOf(m)) {
			chosen = append(chosen, m)
		}
	}
	switch len(chosen) {
	case 0:
		v.m.say("No message is selected.")
		return
	case 1:
		if !v.copies(bodyOf(chosen[0]), "1 message copied.") {
			return
		}
	default:
		var all strings.Builder
		for _, m := range chosen {
			all.WriteString(v.quoted(t, m))
		}
		if !v.copies(all.String(), text.Int(len(chosen))+" messages copied.") {
			return
		}
	}
	t.leavePicking()
}

// bodyOf is a message as it is seen: what cannot be seen is not copied either.
func bodyOf(m *sipclient.Message) string { return string(text.Join(m.Body.Lines(), "\n")) }

// quoted is a message with who wrote it and when, as a line or more.
func (v *conversation) quoted(t *talk, m *sipclient.Message) string {
	who := t.log.words.them
	if m.Outgoing {
		who = t.log.words.me
	}
	at := m.At.In(t.log.zone()).Format("2006-01-02 15:04")
	return "[" + at + "] " + string(who) + ": " + bodyOf(m) + "\n"
}

// copies gives a text to the terminal's clipboard and says so; it says why when it is too much.
func (v *conversation) copies(what string, said text.Safe) bool {
	if len(what) > maxCopied {
		v.talk(v.shown).editor.notice = "Nothing was copied: these are " + kib(len(what)) + ", and terminals take no more than " + kib(maxCopied) + ". Select fewer."
		return false
	}
	v.m.start(tea.SetClipboard(what))
	v.m.say(said)
	return true
}

// kib is a number of bytes in words.
func kib(n int) text.Safe {
	if n < 1<<10 {
		return text.Int(n) + " bytes"
	}
	return text.Int(n>>10) + " KiB"
}

// linksOf are the links of a message as they are seen, each once.
func linksOf(m *sipclient.Message) []text.Safe {
	var all []text.Safe
	seen := map[text.Safe]bool{}
	for _, line := range m.Body.Lines() {
		for _, l := range linksIn(line, m.ID) {
			if s := line[l.from:l.to]; !seen[s] {
				seen[s] = true
				all = append(all, s)
			}
		}
	}
	return all
}

// copyLinks copies the links of a message, one on a line.
func (v *conversation) copyLinks(m *sipclient.Message) {
	links := linksOf(m)
	switch len(links) {
	case 0:
		v.m.say("There is no link in this message.")
	case 1:
		v.copies(string(links[0]), "Link copied.")
	default:
		v.copies(string(text.Join(links, "\n")), text.Int(len(links))+" links copied.")
	}
}
