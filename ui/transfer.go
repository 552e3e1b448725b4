package ui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/app"
	"golync/internal/text"
)

// transfer is the dialog that asks to whom a call goes: to a contact, to an address or a number that is typed, or to
// the other side of the user's second call, who is told before (attended).
type transfer struct {
	m     *model
	title text.Safe
	call  string // ID
	typed field
	list  list
	found []transferRow
	made  struct { // what found was made from
		query   string
		version uint64
		made    bool
	}
	why  text.Safe // nothing was found, and what to type therefore
	send func(to contacts.Address) ([]app.Effect, error)
	join bool // the other call is among the choices
}

// transferRow is one of those to whom a call can go.
type transferRow struct {
	who   *contacts.Contact
	label text.Safe // of a row without a contact
	hint  text.Safe
	to    contacts.Address
	join  bool // with the other call of the user's
}

// transferKeys work while a call is transferred or redirected. The dialog says them in its lower edge.
var transferKeys = scope{
	{"choose", []text.Safe{"enter"}, "Send the call there", ""},
	{"up", []text.Safe{"up"}, "Up", ""},
	{"down", []text.Safe{"down"}, "Down", ""},
	{"leave", []text.Safe{"esc"}, "Leave the call where it is", ""},
}

// transferLimit bounds how many contacts are shown.
const transferLimit = 100

// openTransfer asks to whom the other side of a call is handed over.
func (m *model) openTransfer(c app.Call) {
	if !c.Talking() {
		m.say(unanswered)
		return
	}
	d := newTransfer(m, "Transfer "+m.calleeName(c), c)
	d.join = true
	d.send = func(to contacts.Address) ([]app.Effect, error) { return m.state.TransferCall(m.now(), c.ID, to) }
	m.open(d)
}

// openRedirect asks whom the caller of a call that rings is to call instead.
func (m *model) openRedirect(c app.Call) {
	d := newTransfer(m, "Redirect "+m.calleeName(c), c)
	d.send = func(to contacts.Address) ([]app.Effect, error) { return m.state.RedirectCall(m.now(), c.ID, to) }
	m.open(d)
}

func newTransfer(m *model, title text.Safe, c app.Call) *transfer {
	return &transfer{
		m: m, title: title, call: c.ID,
		typed: field{placeholder: "A contact, an address or a number", limit: maxAddressField},
	}
}

// follow runs after every Update: a call that is over goes nowhere.
func (d *transfer) follow() {
	if _, ok := d.m.state.Call(d.call); !ok {
		d.m.close(d)
	}
}

// refresh looks again when what was typed or anything to be seen has changed.
func (d *transfer) refresh() {
	m, query := d.m, strings.TrimSpace(d.typed.value())
	version := m.state.Version()
	if d.made.made && query == d.made.query && version == d.made.version {
		return
	}
	if query != d.made.query {
		d.list = list{}
	}
	d.made.query, d.made.version, d.made.made = query, version, true
	d.found, d.why = d.found[:0], ""
	if d.join && query == "" {
		d.offerOther()
	}
	is, _ := m.state.Call(d.call)
	people := m.state.Contacts().Contacts()
	if query != "" {
		people = m.state.Contacts().Find(query, transferLimit)
	}
	for _, who := range people {
		if len(d.found) < transferLimit && !who.Address.Same(is.Peer) {
			d.found = append(d.found, transferRow{who: who, to: who.Address})
		}
	}
	d.offerTyped(query)
}

// offerOther offers the other call of the user's.
func (d *transfer) offerOther() {
	for _, c := range d.m.ownCalls() {
		if c.ID != d.call && c.Talking() {
			d.found = append(d.found, transferRow{
				label: "Connect with " + d.m.calleeName(c), hint: "the other call of yours; both end here", join: true,
			})
		}
	}
}

// offerTyped offers what was typed, when it is an address or a number, or says why it is none.
func (d *transfer) offerTyped(query string) {
	m := d.m
	to, err := m.state.AddressToCall(query)
	_, number := contacts.Number(query)
	if _, known := m.state.Contacts().Get(to); err == nil && (number || strings.Contains(query, "@")) && !known {
		d.found = append(d.found, transferRow{label: m.imOf(to), hint: m.where(m.kindOf(to)), to: to})
	}
	if len(d.found) > 0 {
		return
	}
	d.why = "Nobody of your contacts. Type a whole address, such as dana@contoso.com, or a phone number."
	if err != nil && strings.Contains(query, "@") {
		d.why = sentenceOf(err)
	}
}

// choose sends the call to whom a row says.
func (d *transfer) choose(i int) {
	d.refresh()
	if i >= len(d.found) {
		return
	}
	m, row := d.m, d.found[i]
	effects, err := d.sendTo(row)
	if err != nil {
		if errors.Is(err, app.ErrNoCall) {
			m.close(d)
		}
		m.complain(sentenceOf(err))
		return
	}
	m.do(effects)
	m.close(d)
}

func (d *transfer) sendTo(row transferRow) ([]app.Effect, error) {
	if row.join {
		return d.m.state.JoinCalls(d.m.now(), d.call)
	}
	return d.send(row.to)
}

func (d *transfer) key(k tea.KeyPressMsg) bool {
	d.refresh()
	switch transferKeys.of(k) {
	case "choose":
		d.choose(d.list.selected)
	case "up":
		d.list.choose(d.list.selected-1, len(d.found))
	case "down":
		d.list.choose(d.list.selected+1, len(d.found))
	case "leave":
		d.m.close(d)
	default:
		d.typed.key(k)
	}
	return true
}

func (d *transfer) paste(s string) { d.typed.insert(strings.TrimSpace(s)) }
