package ui

import (
	"golync/internal/app"
	"golync/internal/text"
)

// commandCall calls the person, or whom the command names.
func commandCall(v *conversation, c *app.Conversation, t *talk, with string) text.Safe {
	m, a := v.m, c.Peer
	if with != "" {
		to, err := m.state.AddressToCall(with)
		if err != nil {
			return sentenceOf(err)
		}
		a = to
	}
	if why := m.whyNoCall(a); why != "" {
		return why
	}
	t.editor.set("")
	m.call(a)
	return ""
}

// inCall does something in the call that the keys mean, or says that there is none.
func (m *model) inCall(do func(c app.Call) text.Safe) text.Safe {
	c, ok := m.state.Current()
	if !ok {
		return "You are in no call."
	}
	return do(c)
}

func commandDial(v *conversation, _ *app.Conversation, _ *talk, with string) text.Safe {
	m := v.m
	return m.inCall(func(c app.Call) text.Safe {
		effects, err := m.state.SendDigits(m.now(), c.ID, with)
		if err != nil {
			return asSentence(err)
		}
		m.do(effects)
		return ""
	})
}

func commandHangUp(v *conversation, _ *app.Conversation, _ *talk, _ string) text.Safe {
	m := v.m
	return m.inCall(func(c app.Call) text.Safe {
		m.do(m.state.HangUp(m.now(), c.ID))
		return ""
	})
}

func commandHold(v *conversation, _ *app.Conversation, _ *talk, _ string) text.Safe {
	m := v.m
	return m.inCall(func(c app.Call) text.Safe {
		m.holdOrResume(c)
		return ""
	})
}

func commandMute(v *conversation, _ *app.Conversation, _ *talk, _ string) text.Safe {
	m := v.m
	return m.inCall(func(c app.Call) text.Safe {
		m.do(m.state.MuteCall(m.now(), c.ID, !c.Muted))
		return ""
	})
}

// commandTransfer hands the call over to whom it names, or asks to whom.
func commandTransfer(v *conversation, _ *app.Conversation, _ *talk, with string) text.Safe {
	m := v.m
	return m.inCall(func(c app.Call) text.Safe {
		if with == "" {
			m.openTransfer(c)
			return ""
		}
		to, err := m.state.AddressToCall(with)
		if err != nil {
			return sentenceOf(err)
		}
		effects, err := m.state.TransferCall(m.now(), c.ID, to)
		if err != nil {
			return asSentence(err)
		}
		m.do(effects)
		return ""
	})
}
