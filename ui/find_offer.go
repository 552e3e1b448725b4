package ui

import (
	"strings"

	"golync/contacts"
	"golync/internal/text"
)

// offer offers what can be done with an address or a number that is nobody's among the contacts, or says
// what would have to be typed.
func (f *find) offer(query string) {
	f.why = f.m.guise().findNobody
	if number, ok := contacts.Number(query); ok {
		f.m.guise().number(f, number)
		return
	}
	if tel := len(query) > 4 && strings.EqualFold(query[:4], "tel:"); tel {
		f.why = "Behind tel: stands a phone number, for example tel:+4930123456."
		return
	}
	if !strings.Contains(query, "@") {
		return
	}
	a, err := contacts.ParseAddress(query)
	if err != nil {
		f.why = sentenceOf(err)
		return
	}
	f.m.guise().offer(f, a)
}

// offerAddress offers to add, to write to, and to add as a Microsoft account.
func (f *find) offerAddress(a contacts.Address) {
	m := f.m
	if a.Same(m.state.Me().Address) {
		f.why = "This is your own address."
		return
	}
	kind := m.kindOf(a)
	if _, mine := m.state.Contacts().Get(a); !mine {
		provider := contacts.ProviderLync
		if kind == contacts.Skype {
			provider = contacts.ProviderSkype
		}
		f.add("Add "+m.addressOf(a), m.where(kind), func() { openWizard(m, provider, contacts.Readable(a.IM())) })
		f.add("Send an IM to "+m.addressOf(a), "", func() { m.talkTo(a) })
	}
	if kind != contacts.Skype {
		f.offerSkype(a)
	}
	if _, mine := m.state.Contacts().Get(a); !mine { // of a contact the menu says it
		f.offerCall(a, m.addressOf(a))
	}
}

// offerSkype offers the Microsoft account of the same spelling, which has another address.
func (f *find) offerSkype(a contacts.Address) {
	m := f.m
	r, err := m.state.Providers().Resolve(m.state.Me().Address, contacts.ProviderSkype, a.IM())
	if err != nil {
		return
	}
	if _, mine := m.state.Contacts().Get(r.Address); mine {
		return
	}
	f.add("Add as a "+m.state.Providers().Skype.Label()+" contact", m.imOf(r.Address), func() {
		openWizard(m, contacts.ProviderSkype, contacts.Readable(a.IM()))
	})
}

// offerNumber offers what can be done with a phone number: it has an address in the user's own domain, whose
// server knows who or what answers there.
func (f *find) offerNumber(number string) {
	m := f.m
	shown := text.From(number).Line()
	a, err := contacts.AtDomain(number, m.state.Me().Address)
	if err != nil {
		f.why = sentenceOf(err)
		return
	}
	if _, mine := m.state.Contacts().Get(a); !mine {
		f.offerCall(a, shown)
		f.add("Send an IM to "+shown, m.imOf(a), func() { m.talkTo(a) })
		f.add("Add "+shown, m.imOf(a), func() { openWizard(m, inMyOrganization, a.IM()) })
	}
}

func (f *find) add(label, hint text.Safe, do func()) {
	f.found = append(f.found, foundRow{label: label, hint: hint, do: do})
}

// cannot names something that cannot be done, and why.
func (f *find) cannot(label, why text.Safe) {
	f.found = append(f.found, foundRow{sign: signDot, label: label, hint: why, not: true})
}
