package lab

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"
)

// binding says that a person can be reached at a contact, over the link that registered it (RFC 5626).
type binding struct {
	contact  sip.Uri
	params   sip.HeaderParams // as registered, without expires
	instance string           // +sip.instance and reg-id, empty when not given
	owner    *person
	link     *link
	callID   string
	cseq     uint32
	expires  time.Time
}

// contactKey is what makes two contacts the same device here.
func contactKey(u *sip.Uri) string {
	return u.User + "@" + strings.ToLower(u.Host) + ":" + strconv.Itoa(u.Port)
}

// same reports whether another binding is of the same device (RFC 5626 section 6).
func (b *binding) same(o *binding) bool {
	if b.instance != "" && b.instance == o.instance {
		return true
	}
	return contactKey(&b.contact) == contactKey(&o.contact)
}

func (p *person) binding(like *binding) *binding {
	if i := slices.IndexFunc(p.bindings, like.same); i >= 0 {
		return p.bindings[i]
	}
	return nil
}

// replaces reports whether every one of the new bindings takes the place of an old one.
func (p *person) replaces(want []*binding) bool {
	return !slices.ContainsFunc(want, func(b *binding) bool { return p.binding(b) == nil })
}

// unbind takes bindings away.
func (l *Lab) unbind(p *person, which func(*binding) bool) (changed bool) {
	kept := p.bindings[:0:0]
	for _, b := range p.bindings {
		if !which(b) {
			kept = append(kept, b)
			continue
		}
		changed = true
		if l.contacts[contactKey(&b.contact)] == b {
			delete(l.contacts, contactKey(&b.contact))
		}
	}
	p.bindings = kept
	return changed
}

// unbindLink takes away what was registered over a link that is gone.
func (l *Lab) unbindLink(k *link) {
	for aor := range k.users {
		p := l.people[aor]
		if p == nil {
			continue
		}
		if l.unbind(p, func(b *binding) bool { return b.link == k }) {
			l.bindingsChanged(p)
		}
		l.unpublishLink(p, k)
	}
}

// unpublishLink takes back what a device said that is gone while another of the person's is there.
func (l *Lab) unpublishLink(p *person, k *link) {
	before := len(p.pubs)
	p.pubs = slices.DeleteFunc(p.pubs, func(o *publication) bool { return o.from == k })
	if len(p.pubs) != before {
		l.presenceChanged(p)
	}
}

// bindingsChanged withdraws the presence of somebody whose last device has gone, however it went: nobody
// shall be shown as available for the rest of a publication's hour.
func (l *Lab) bindingsChanged(p *person) {
	if !p.online() && len(p.pubs) > 0 {
		p.pubs = nil
		l.presenceChanged(p)
	}
}
