package ui

import (
	"errors"
	"slices"
	"strings"

	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// send does what is in the editor: a command, else it is sent.
func (v *conversation) send(c *app.Conversation, t *talk) {
	body := strings.TrimRight(strings.TrimLeft(t.editor.String(), "\n"), " \n")
	if strings.HasPrefix(string(t.editor.first()), "/") && t.complete.sure != t.editor.edits {
		literal, message := strings.CutPrefix(body, "//")
		if !message {
			v.run(c, t, body)
			return
		}
		body = "/" + literal
	}
	v.sendText(c, t, body)
}

// sendText sends a text, and empties the editor when it has left. Otherwise it says why, and keeps the text.
func (v *conversation) sendText(c *app.Conversation, t *talk, body string) {
	m := v.m
	if isAllBlank(body) {
		if !t.editor.empty() {
			t.editor.notice = "There is nothing to see in this message, so it was not sent."
		}
		return
	}
	sends := m.state.Send
	if t.important {
		sends = m.state.SendImportant
	}
	effects, err := sends(m.now(), c.Peer, body)
	if errors.Is(err, sipclient.ErrTooLong) {
		t.editor.notice = tooLong + " These are " + kib(len(body)) + ", and were not sent."
		return
	}
	if err != nil {
		m.complain(text.From(err.Error()).Line())
		return
	}
	m.do(effects)
	t.editor.set("")
	t.important = false
	v.store(c.Peer)
	t.log.newFrom = 0
	t.log.later = c.Later
	t.log.follow()
}

// isAllBlank reports whether nothing of a text can be seen.
func isAllBlank(body string) bool { return !slices.ContainsFunc(text.From(body).Lines(), isSeen) }

func isSeen(line text.Safe) bool { return !isBlank(line) }

// resend sends again what was not delivered: everything since the last message that was, in its order, else
// the newest one that was not.
func (v *conversation) resend(c *app.Conversation, t *talk) {
	var ids []string
	newest := ""
	for i := len(c.Messages) - 1; i >= 0; i-- {
		m := &c.Messages[i]
		if !m.Outgoing {
			continue
		}
		if !canResend(m) {
			if len(ids) > 0 || newest != "" {
				break
			}
			newest = lastFailed(c.Messages[:i])
			break
		}
		ids = append(ids, m.ID)
	}
	if len(ids) == 0 && newest != "" {
		ids = []string{newest}
	}
	if len(ids) == 0 {
		v.tryWaiting(c)
		return
	}
	for i := len(ids) - 1; i >= 0; i-- {
		v.resendOne(c, ids[i])
	}
	t.log.follow()
}

// tryWaiting sends at once what waits for the other side, or says why there is nothing to be sent.
func (v *conversation) tryWaiting(c *app.Conversation) {
	m := v.m
	effects, waits := m.state.TryNow(m.now(), c.Peer)
	m.do(effects)
	switch {
	case !waits:
		m.say("Nothing here is to be sent again.")
	case m.state.Connection().State != app.SignedIn:
		m.say("It goes as soon as you are signed in.")
	default:
		m.say("What waits here is being tried now.")
	}
}

// lastFailed is the ID of the newest message that can be sent again; empty when there is none.
func lastFailed(messages []sipclient.Message) string {
	for i := len(messages) - 1; i >= 0; i-- {
		if canResend(&messages[i]) {
			return messages[i].ID
		}
	}
	return ""
}

func (v *conversation) resendOne(c *app.Conversation, id string) {
	m := v.m
	effects, err := m.state.Resend(m.now(), c.Peer, id)
	if err != nil {
		m.complain(text.From(err.Error()).Line())
		return
	}
	m.do(effects)
}

// resendPicked sends those of the selected messages again that did not arrive, or wait.
func (v *conversation) resendPicked(c *app.Conversation, t *talk) {
	var ids []string
	for i := range c.Messages {
		if m := &c.Messages[i]; canResend(m) && (t.picked.has(idOf(m)) || t.picked.at == idOf(m)) {
			ids = append(ids, m.ID)
		}
	}
	if len(ids) == 0 && c.Messages[t.place(c)].Waiting {
		v.tryWaiting(c)
		return
	}
	if len(ids) == 0 {
		v.m.say(whyNotAgain(&c.Messages[t.place(c)]))
		return
	}
	for _, id := range ids {
		v.resendOne(c, id)
	}
	t.leavePicking()
}

// whyNotAgain says why a message cannot be sent again.
func whyNotAgain(m *sipclient.Message) text.Safe {
	switch {
	case !m.Outgoing:
		return "It is not one of yours."
	case m.Delivery == sipclient.Unsent:
		return "It has not left yet, and goes by itself."
	default:
		return "It has arrived."
	}
}

// why explains what became of a message that did not arrive, in Lync's words, and what one waits for that
// has not left.
func (v *conversation) why(msg sipclient.Message) text.Safe {
	if msg.Delivery == sipclient.Unsent && msg.Waiting {
		if v.m.state.Connection().State != app.SignedIn {
			return "It goes by itself when you are signed in."
		}
		return "It goes by itself when " + v.m.nameOf(v.shown) + " can be reached."
	}
	return app.DeliveryText(msg, v.m.state.NameOf(v.shown))
}
