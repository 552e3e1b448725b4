package ui

import (
	"slices"

	"golync/contacts"
	"golync/internal/text"
)

// section is a heading of the list with its people: a group, a status or a relationship, by tab.
type section struct {
	sectionKey
	name   text.Safe
	folded bool // only the heading shows
}

// sectionKey names a section.
type sectionKey struct {
	tab tab
	id  int64 // contacts.GroupID, contacts.Status or contacts.Relationship
}

// group is the group behind a section of GROUPS.
func (k sectionKey) group() (contacts.GroupID, bool) {
	return contacts.GroupID(k.id), k.tab == tabGroups
}

// heading is the name by which State keeps whether a section of STATUS or RELATIONSHIPS is folded: Lync's
// word for it, under the tab's.
func (k sectionKey) heading() string {
	if k.tab == tabStatus {
		return "status/" + contacts.Status(k.id).String()
	}
	return "relationship/" + contacts.Relationship(k.id).String()
}

// sections are those of the open tab, in order. Which of them are folded is State's to keep.
func (l *contactList) sections() (all []section) {
	switch l.tab {
	case tabStatus:
		for _, s := range contacts.Statuses() {
			all = append(all, l.fixed(int64(s), s.Label()))
		}
	case tabRelationships:
		for _, r := range contacts.Relationships() {
			all = append(all, l.fixed(int64(r), r.Label()))
		}
	case tabEverybody:
		all = append(all, section{sectionKey: sectionKey{tab: l.tab}})
	default:
		for _, g := range l.m.state.Contacts().Shown() {
			all = append(all, section{sectionKey{tabGroups, int64(g.ID)}, g.Name.Line(), g.Collapsed})
		}
	}
	return all
}

// fixed is a section of the open tab that is always there.
func (l *contactList) fixed(id int64, name text.Safe) section {
	k := sectionKey{l.tab, id}
	return section{k, name, l.m.state.Folded(k.heading())}
}

// in is who stands in a section, as Display Options order them. RELATIONSHIPS has those too who were decided
// upon without being contacts, as Lync's has people one only dealt with.
func (l *contactList) in(k sectionKey) []*contacts.Contact {
	people := l.m.state.Contacts()
	switch k.tab {
	case tabStatus:
		return people.WithStatus(contacts.Status(k.id))
	case tabRelationships:
		r := contacts.Relationship(k.id)
		return slices.Concat(people.WithRelationship(r), l.strangers(r))
	case tabEverybody:
		return l.m.everybody()
	default:
		return people.In(contacts.GroupID(k.id))
	}
}

// count is what the heading says of how many they are: those signed in and all, or all where the section
// itself says which they are.
func (l *contactList) count(k sectionKey) text.Safe {
	people := l.m.state.Contacts()
	var online, total int
	switch k.tab {
	case tabStatus:
		return " (" + text.Int(people.CountStatus(contacts.Status(k.id))) + ")"
	case tabRelationships:
		online, total = people.OnlineWith(contacts.Relationship(k.id))
		total += len(l.strangers(contacts.Relationship(k.id)))
	default:
		online, total = people.Online(contacts.GroupID(k.id))
	}
	return " (" + text.Int(online) + "/" + text.Int(total) + ")"
}

// strangers are those who have a relationship and are no contacts.
func (l *contactList) strangers(r contacts.Relationship) (all []*contacts.Contact) {
	for _, who := range l.m.state.Strangers() {
		if who.Relationship == r {
			all = append(all, who)
		}
	}
	return all
}

// home is the section of the open tab in which a contact stands, the first one of several.
func (l *contactList) home(who *contacts.Contact) sectionKey {
	switch l.tab {
	case tabStatus:
		return sectionKey{l.tab, int64(who.Status())}
	case tabRelationships:
		return sectionKey{l.tab, int64(who.Relationship)}
	case tabEverybody:
		return sectionKey{tab: l.tab}
	default:
		return sectionKey{l.tab, int64(l.m.state.Contacts().Home(who))}
	}
}

// toggle opens or closes a section.
func (l *contactList) toggle(k sectionKey) {
	if id, ok := k.group(); ok {
		l.m.do(l.m.state.ToggleGroup(l.m.now(), id))
		return
	}
	l.m.do(l.m.state.Fold(l.m.now(), k.heading(), !l.m.state.Folded(k.heading())))
	l.version = 0
}

// open opens a section that is closed.
func (l *contactList) open(k sectionKey) {
	if slices.ContainsFunc(l.sections(), func(s section) bool { return s.sectionKey == k && s.folded }) {
		l.toggle(k)
	}
}
