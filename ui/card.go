package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"golync/contacts"
	"golync/internal/text"
)

// card is the contact card: everything known of one person. It reads State anew for every frame, so that
// it is as live as the list.
type card struct {
	m    *model
	who  contacts.Address
	form form
}

// openCard opens the contact card of a person, contact or not.
func openCard(m *model, a contacts.Address) {
	d := &card{m: m, who: a}
	d.form.parts = append([]part{cardHead{d}, gap()}, m.guise().facts(d)...)
	d.form.buttons = []formButton{
		{"Send an IM", func() { m.close(d); m.talkTo(a) }},
		{"Call", func() { m.close(d); m.call(a) }},
		{"More options", d.more},
		{"Close", func() { m.close(d) }},
	}
	if !d.known() {
		d.form.buttons[1] = formButton{m.guise().addTo, func() {
			m.close(d)
			m.guise().addPerson(m, a)
		}}
		d.form.buttons[2].label = "More" // there is no room for another word
	}
	m.open(d)
}

// facts are what Lync's card says of a person, below the name.
func (d *card) facts() []part {
	m, a := d.m, d.who
	return []part{
		d.fact("IM Address", func() text.Safe { return m.imOf(a) }),
		d.fact("", func() text.Safe { return d.encoded() }),
		d.fact("Microsoft account", d.account),
		d.fact("Network", d.network),
		d.fact("Device", func() text.Safe { return d.contact().Presence.Device }),
		d.fact("Location", func() text.Safe { return d.contact().Presence.Location.Line() }),
		d.fact("Note", func() text.Safe { return d.contact().Presence.Note.Line() }),
		d.fact("Relationship", func() text.Safe { return m.state.RelationshipOf(a).Label() }),
		d.fact("", func() text.Safe { return m.state.RelationshipOf(a).Explain() }),
		d.fact("", func() text.Safe { return m.upToTheServer(m.state.RelationshipOf(a)) }),
		d.fact("Groups", d.groups),
		d.fact("Between us", d.consent),
		d.fact("Contact since", d.added),
	}
}

// contact is the person as the list knows it; an empty one when the list does not.
func (d *card) contact() *contacts.Contact {
	if c, ok := d.m.state.Contacts().Get(d.who); ok {
		return c
	}
	return &contacts.Contact{Address: d.who}
}

func (d *card) known() bool {
	_, ok := d.m.state.Contacts().Get(d.who)
	return ok
}

// more opens the person's menu over the card, to which esc leads back.
func (d *card) more() {
	at := d.place(d.m.canvas.bounds())
	d.m.open(&menu{
		m: d.m, items: d.m.guise().menu(d.m, d.who, 0), over: d,
		at: rect{Min: at.Min, Max: at.Min.Add(pt(1, 1))},
	})
}

// encoded is the address as it goes over the wire, when it is shown in other letters.
func (d *card) encoded() text.Safe {
	if is := text.From(d.who.IM()).Line(); is != d.m.imOf(d.who) {
		return is
	}
	return ""
}

// account is the Microsoft account behind a decorated address.
func (d *card) account() text.Safe {
	if d.m.state.Providers().KindOf(d.m.state.Me().Address, d.who) != contacts.Skype {
		return ""
	}
	return d.m.addressOf(d.who)
}

func (d *card) network() text.Safe {
	switch d.m.state.Providers().KindOf(d.m.state.Me().Address, d.who) {
	case contacts.MyOrganization:
		return "My Organization"
	case contacts.Skype:
		return d.m.state.Providers().Skype.Label() + " (External Network)"
	default:
		return "Lync (External Network)"
	}
}

func (d *card) groups() text.Safe {
	var names []text.Safe
	for _, id := range d.contact().Groups {
		for _, g := range d.m.state.Contacts().Groups() {
			if g.ID == id {
				names = append(names, g.Name.Line())
			}
		}
	}
	return text.Join(names, ", ")
}

// consent says who waits for whom, which nobody could see in Lync (facts/lync-2013-client.md section 11).
func (d *card) consent() text.Safe {
	m, c, name := d.m, d.contact(), d.m.nameOf(d.who)
	if !d.known() {
		asks := slices.ContainsFunc(m.state.Requests(), func(r contacts.Request) bool { return r.Address.Same(d.who) })
		if asks {
			return name + " waits for you to accept: see " + m.guise().newTab + "."
		}
		return "Not in your " + m.guise().list + "."
	}
	sees := name + " sees you."
	switch {
	case c.Relationship == contacts.BlockedContacts:
		sees = name + " is blocked and sees you as Offline."
	case !c.SeesMe:
		sees = name + " does not watch you, or has not added you yet."
	}
	switch c.Watch {
	case contacts.WatchActive:
		return "You see " + name + ". " + sees
	case contacts.WatchWaiting:
		return "You wait for " + name + " to accept. " + sees
	case contacts.WatchRefused:
		return name + " has refused you. " + sees
	case contacts.WatchForbidden:
		return "The server does not let you see " + name + because(c.WatchReason) + ". " + sees
	case contacts.WatchUnknown:
		return "Nobody has this address."
	default:
		return sees
	}
}

func (d *card) added() text.Safe {
	at := d.contact().Added
	if at.IsZero() {
		return ""
	}
	at = at.In(d.m.zone())
	return text.Int(at.Day()) + " " + months[at.Month()-1] + " " + text.Int(at.Year())
}

func (d *card) light() bool { return true }

func (d *card) keys() []scope { return []scope{formKeys} }

func (d *card) place(within rect) rect { return placeForm(within, d.m.canvas, &d.form, wizardWidth) }

func (d *card) draw(c *canvas, area rect) *tea.Cursor {
	inside := drawPanel(c, d.m.theme, area, d.m.guise().card, "↑↓ scroll", "←→ choose", "enter press", "esc close")
	return d.form.draw(c, d.m.theme, inside)
}

// key scrolls what has no room; everything else is the form's.
func (d *card) key(k tea.KeyPressMsg) bool {
	switch k.String() {
	case "up":
		d.form.first = max(d.form.first-1, 0)
	case "down":
		d.form.first++
	default:
		return d.form.key(k)
	}
	return true
}

// cardHead is the head of the card: presence bar, name, status.
type cardHead struct{ d *card }

func (cardHead) rows(*canvas, int) int { return 2 }

func (p cardHead) draw(g drawing, area rect) *tea.Cursor {
	m, who := p.d.m, p.d.contact()
	a, words := contacts.PresenceUnknown, m.guise().label(contacts.PresenceUnknown)
	if p.d.known() {
		a, words = m.standing(who)
	}
	for y := range area.Dy() {
		if a != contacts.PresenceUnknown {
			g.c.pen(area, y).put(on(g.t.panel, g.t.presence(a)), signBar)
		}
	}
	area.Min.X += 2
	g.c.pen(area, 0).put(on(g.t.panel, g.t.strong), m.nameOf(p.d.who))
	row := g.c.pen(area, 1)
	row.put(on(g.t.panel, g.t.presence(a)), glyph(a))
	row.skip(1)
	row.put(on(g.t.panel, g.t.text), words)
	if since := who.Presence.Since; !since.IsZero() && a != contacts.PresenceUnknown {
		row.put(on(g.t.panel, g.t.dim), " "+signDot+" since "+p.d.moment(since))
	}
	return nil
}

// moment is a time of day, with its date unless that is today.
func (d *card) moment(at time.Time) text.Safe {
	at = at.In(d.m.zone())
	now := d.m.now().In(d.m.zone())
	if sameDay(now, at) {
		return clock(at)
	}
	return dayName(at, now) + ", " + clock(at)
}

// fact is a line of the card: what it is, and what it says. It takes no row when it says nothing.
type fact struct {
	label text.Safe
	say   func() text.Safe
}

func (*card) fact(label text.Safe, say func() text.Safe) fact { return fact{label, say} }

// factIndent is where the second column begins.
const factIndent = 19

func (f fact) rows(_ *canvas, width int) int {
	s := f.say()
	if s == "" {
		return 0
	}
	return len(wrap(s, width-factIndent))
}

func (f fact) draw(d drawing, area rect) *tea.Cursor {
	s := f.say()
	if s == "" {
		return nil
	}
	d.c.print(area.Min.X, area.Min.Y, factIndent-1, on(d.t.panel, d.t.dim), f.label)
	area.Min.X += factIndent
	look := d.t.text
	if f.label == "" {
		look = d.t.dim
	}
	drawLines(d.c, area, on(d.t.panel, look), wrap(s, area.Dx()))
	return nil
}
