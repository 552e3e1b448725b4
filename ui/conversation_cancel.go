package ui

import (
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// canCancel reports whether a message of mine waits and can be taken back.
func canCancel(m *sipclient.Message) bool {
	return m.Outgoing && m.Delivery == sipclient.Unsent && m.Waiting
}

// cancelPicked takes back those of the selected messages that wait.
func (v *conversation) cancelPicked(c *app.Conversation, t *talk) {
	var ids []string
	for i := range c.Messages {
		if m := &c.Messages[i]; canCancel(m) && (t.picked.has(idOf(m)) || t.picked.at == idOf(m)) {
			ids = append(ids, m.ID)
		}
	}
	if len(ids) == 0 {
		v.m.say(whyNotCancelled(&c.Messages[t.place(c)]))
		return
	}
	for _, id := range ids {
		effects, err := v.m.state.Cancel(v.m.now(), c.Peer, id)
		if err != nil { // it went between the frame and the key
			v.m.complain(text.From(err.Error()).Line())
			continue
		}
		v.m.do(effects)
	}
	t.leavePicking()
}

// whyNotCancelled says why a message cannot be taken back.
func whyNotCancelled(m *sipclient.Message) text.Safe {
	switch {
	case !m.Outgoing:
		return "It is not one of yours."
	case canResend(m):
		return "It does not wait: nothing sends it again but you."
	case m.Delivery == sipclient.Unsent:
		return "It is on its way."
	default:
		return "It has arrived."
	}
}
