package ui

import (
	"golync/internal/option"
	"golync/internal/text"
)

// callForwardPage is Options ▸ Call Forwarding: what becomes of calls for the user.
type callForwardPage struct {
	m     *model
	how   *radio
	to    *entry
	rings *numberField
}

// forwards are the choices in the order of the page.
var forwards = []option.Forward{option.ForwardOff, option.ForwardAll, option.ForwardUnanswered}

const forwardTitle text.Safe = "Call Forwarding"

func newCallForwardPage(m *model) *callForwardPage {
	o := m.state.Options().Calls
	p := &callForwardPage{
		m: m,
		how: &radio{chosen: isOneOf(forwards, o.Forward), options: []text.Safe{
			"Turn off call forwarding",
			"Forward my calls",
			"Forward the calls that I do not answer",
		}},
		to:    &entry{field: field{placeholder: "An address or a phone number", limit: maxAddressField}},
		rings: newNumberField(o.RingSeconds, option.RingLeast, option.RingMost, "seconds"),
	}
	p.to.set(o.ForwardTo)
	return p
}

func (p *callForwardPage) title() text.Safe { return forwardTitle }

func (p *callForwardPage) parts() []part {
	return []part{
		heading("When somebody calls me"), p.how, gap(),
		label("Forward to"), p.to,
		caption{say: p.troubleWithTo, room: 1, look: func(t *theme) style { return t.trouble }},
		label("A call rings for this long before it counts as unanswered"), p.rings, p.rings.troubleBelow(),
		hint(3, p.meaning),
	}
}

// meaning says what the choice does.
func (p *callForwardPage) meaning() text.Safe {
	switch forwards[p.how.chosen] {
	case option.ForwardAll:
		return "Nothing rings here. Every caller who may reach you is told to call there instead."
	case option.ForwardUnanswered:
		return "It rings here first. To ring at two places at once is your server's to do: golync is one of the places."
	}
	return "Calls ring here while golync is signed in."
}

// troubleWithTo says what is wrong with where calls are to go, when they go anywhere.
func (p *callForwardPage) troubleWithTo() text.Safe {
	if forwards[p.how.chosen] == option.ForwardOff {
		return ""
	}
	if _, err := p.m.state.AddressToCall(p.to.value()); err != nil {
		return "Error: " + sentenceOf(err)
	}
	return ""
}

// wrong is the first field with something that cannot be.
func (p *callForwardPage) wrong() control {
	switch {
	case p.troubleWithTo() != "":
		return p.to
	case p.rings.trouble() != "":
		return p.rings
	}
	return nil
}

func (p *callForwardPage) save(set *option.Set) {
	seconds, _ := p.rings.number()
	set.Calls = option.Calls{Forward: forwards[p.how.chosen], ForwardTo: p.to.value(), RingSeconds: seconds}
}

// forwardWords are Lync's words on call forwarding for the bottom of the window, and how somebody is called to whom
// calls go.
func (m *model) forwardWords() text.Safe {
	calls := m.state.Options().Calls
	a, err := m.state.AddressToCall(calls.ForwardTo)
	if calls.Forward == option.ForwardOff || err != nil {
		return "CALL FORWARDING OFF"
	}
	if calls.Forward == option.ForwardUnanswered {
		return "UNANSWERED CALLS TO " + m.nameOf(a)
	}
	return "CALLS FORWARDED TO " + m.nameOf(a)
}
