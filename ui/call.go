package ui

import (
	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
	"golync/sipclient"
)

// call calls a person, and brings the conversation to the front in which the call stands. Whoever calls already is
// answered so.
func (m *model) call(a contacts.Address) {
	effects, err := m.state.PlaceCall(m.now(), a)
	if err != nil {
		m.complain(sentenceOf(err))
		return
	}
	m.do(effects)
	m.talkTo(a)
}

// answer answers a call that rings.
func (m *model) answer(c app.Call) {
	effects, err := m.state.AnswerCall(m.now(), c.ID)
	if err != nil {
		m.complain(sentenceOf(err))
		return
	}
	m.do(effects)
	m.talkTo(c.Peer)
}

// replyByIM declines a call that rings, to write to the caller.
func (m *model) replyByIM(c app.Call) {
	m.do(m.state.ReplyByIM(m.now(), c.ID))
	m.talkTo(c.Peer)
}

// holdOrResume puts a call on hold, or takes it back.
func (m *model) holdOrResume(c app.Call) {
	if !c.Talking() {
		m.say(unanswered)
		return
	}
	on := !c.Held
	if c.Holding { // what is under way is taken back
		on = c.Held
	}
	m.do(m.state.HoldCall(m.now(), c.ID, on))
}

// unanswered is why most things cannot be done in a call yet.
const unanswered text.Safe = "Nobody has answered this call yet."

// whyNoCall is why a person cannot be called now; "" when they can. State decides anew when it is asked.
func (m *model) whyNoCall(a contacts.Address) text.Safe {
	if _, ok := m.state.CallWith(a); ok { // then it is shown, or answered
		return ""
	}
	own := m.ownCalls()
	switch {
	case a.Same(m.state.Me().Address):
		return sentenceOf(app.ErrSelf)
	case m.state.Connection().State != app.SignedIn:
		return asSentence(app.ErrNotSignedIn)
	case m.state.RelationshipOf(a) == contacts.BlockedContacts:
		return asSentence(app.ErrBlocked)
	case len(own) > 1:
		return asSentence(app.ErrTwoCalls)
	case len(own) == 1 && !own[0].Talking():
		return asSentence(app.ErrUnanswered)
	}
	return ""
}

// asSentence makes a sentence of an error of State's, which may be none.
func asSentence(err error) text.Safe { return text.Sentence(sentenceOf(err)) }

// callItem is the line of a person's menu that calls.
func callItem(m *model, a contacts.Address) menuItem {
	item := menuItem{label: "Call", act: func() { m.call(a) }}
	if item.why = m.whyNoCall(a); item.why != "" {
		item.act = nil
	}
	return item
}

// callLook is how the way to call a person is drawn: in quiet letters when it does nothing.
func (m *model) callLook(a contacts.Address) style {
	if m.whyNoCall(a) != "" {
		return m.theme.dim
	}
	return m.theme.accent
}

// noNumbers is why a Skype user can call nobody by number.
const noNumbers text.Safe = "golync skype calls people by their address, and no phone numbers."

// offerCall offers in the Find box to call what was typed.
func (f *find) offerCall(a contacts.Address, shown text.Safe) {
	m := f.m
	if why := m.whyNoCall(a); why != "" {
		f.cannot("Call "+shown, why)
		return
	}
	f.add("Call "+shown, "", func() { m.call(a) })
}

// callWords says how a call stands, without whom it is with: what is going on, and for how long people talk.
func (m *model) callWords(c app.Call) text.Safe {
	switch c.State {
	case sipclient.CallPlaced:
		return "Calling…"
	case sipclient.CallRinging, sipclient.CallEarly:
		if c.Incoming {
			return "is calling you"
		}
		return "Ringing…"
	}
	if c.Answered.IsZero() {
		return "Connecting…"
	}
	lasts := lasted(m.now().Sub(c.Answered))
	switch {
	case c.Transfer == sipclient.TransferAsked:
		return "Transferring to " + m.nameOf(c.To) + "…"
	case c.Transfer == sipclient.TransferRinging:
		return "It rings at " + m.nameOf(c.To) + "…"
	case c.Holding && c.Held:
		return "Resuming… " + lasts
	case c.Held, c.Holding:
		return "On hold " + lasts
	case c.Waiting:
		return m.calleeName(c) + " has put you on hold " + lasts
	}
	return lasts
}

// calleeName is what the other side of a call is called.
func (m *model) calleeName(c app.Call) text.Safe {
	if name := c.Name.Line(); name != "" {
		return name
	}
	return m.addressOf(c.Peer)
}
