package ui

import (
	"errors"
	"strings"

	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// send sends what is in the editor, and empties it.
func (v *conversation) send(c *app.Conversation, t *talk) {
	m := v.m
	body := strings.TrimRight(strings.TrimLeft(t.editor.String(), "\n"), " \n")
	effects, err := m.state.Send(m.now(), c.Peer, body)
	switch {
	case errors.Is(err, app.ErrEmpty):
		return
	case err != nil:
		m.complain(text.From(err.Error()).Line())
		return
	}
	m.do(effects)
	t.editor.set("")
	t.log.newFrom = 0
	t.log.follow()
}

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
		v.m.say("Nothing here is to be sent again.")
		return
	}
	for i := len(ids) - 1; i >= 0; i-- {
		v.resendOne(c, ids[i])
	}
	t.log.follow()
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

// why explains what became of a message that did not arrive, in Lync's words.
func (v *conversation) why(msg sipclient.Message) text.Safe {
	name := v.m.state.NameOf(v.shown)
	return app.DeliveryText(msg, name)
}
