package app

import (
	"fmt"
	"testing"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// between is what stands between a Lync user and a Skype user: it knows who watches whom and by which rules,
// and lets nothing pass before both have accepted, as the lab's gateway does.
type between struct {
	t        *testing.T
	lync     *world
	skype    *world
	words    map[contacts.Address]string // the introduction of who watches the other
	document map[contacts.Address]presrules.Document
	told     map[contacts.Address]sipclient.PresenceChanged
}

func join(t *testing.T) *between {
	b := &between{
		t: t, words: map[contacts.Address]string{}, document: map[contacts.Address]presrules.Document{},
		told: map[contacts.Address]sipclient.PresenceChanged{},
	}
	b.lync = open(t, Saved{Alerts: alerts.Options{TellMe: true, Outside: alerts.AllowInvites}})
	b.skype = openAs(t, bob, Saved{})
	b.comes(b.lync)
	b.comes(b.skype)
	return b
}

// other is whom somebody stands across from.
func (b *between) other(w *world) *world {
	if w == b.lync {
		return b.skype
	}
	return b.lync
}

func (b *between) comes(w *world) {
	w.do(w.SignIn(w.now, "secret"))
	b.carry(w)
	delete(b.told, w.me.Address) // a new subscription brings what there is
	w.take(sipclient.SignedIn{Services: sipclient.Services{Presence: true, WatcherInfo: true, Rules: true}})
	b.carry(w)
}

func (b *between) goes(w *world) {
	w.do(w.SignOut(w.now))
	b.carry(w)
}

// does has one of them do something.
func (b *between) does(w *world, effects []Effect, err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	w.do(effects)
	b.carry(w)
}

// carry does what was asked for, and tells both sides until nothing is new.
func (b *between) carry(w *world) {
	me := w.me.Address
	for _, e := range w.last {
		switch e := e.(type) {
		case Watch:
			if words, ok := b.words[me]; !ok || e.Introduction != "" || words == "" {
				b.words[me] = e.Introduction
			}
		case Unwatch:
			delete(b.words, me)
			delete(b.told, me)
		case PublishRules:
			doc, err := presrules.Parse(presrules.Build(e.Rules))
			if err != nil {
				b.t.Fatal(err)
			}
			b.document[me] = doc
			w.Take(w.now, []Input{{Result: Done{Effect: e}}})
		case SignOut:
			w.Take(w.now, []Input{{Event: sipclient.SignedOut{}}})
		}
	}
	w.last = nil
	b.tell(b.lync)
	b.tell(b.skype)
}

// allows is what somebody's rules give the other.
func (b *between) allows(w *world) presrules.Handling {
	handling, _ := b.document[w.me.Address].Decide(string(b.other(w).me.Address))
	return handling
}

// tell gives somebody's program what the server has to say.
func (b *between) tell(w *world) {
	if w.connection.State != SignedIn {
		return
	}
	o := b.other(w)
	if words, asks := b.words[o.me.Address]; asks {
		status := winfo.Pending
		if b.allows(w) != presrules.Confirm {
			status = winfo.Active
		}
		one := watcher(o.me.Address, status)
		one.Introduction = text.From(words)
		w.take(full(one))
	} else {
		w.take(full())
	}
	if len(w.last) > 0 {
		b.carry(w)
	}
	if _, asks := b.words[w.me.Address]; !asks {
		return
	}
	is := sipclient.PresenceChanged{URI: string(o.me.Address), Watch: sipclient.WatchPending}
	switch blocked := b.allows(o) == presrules.PoliteBlock; {
	case blocked, b.allows(o) == presrules.Allow && b.allows(w) == presrules.Allow:
		is.Watch, is.Known, is.State = sipclient.WatchActive, true, pidf.State{Open: !blocked && o.connection.State == SignedIn}
	}
	if b.told[w.me.Address] != is {
		b.told[w.me.Address] = is
		w.take(is)
		b.carry(w)
	}
}

// The deeds of the stories.

func (b *between) lyncAdds() {
	if _, ok := b.lync.Contacts().Get(bob); ok {
		return // done before the interruption
	}
	_, effects, err := b.lync.AddContact(b.lync.now, Draft{Provider: contacts.ProviderSkype, IM: "bob@contoso.com", Introduction: "Alice here"})
	b.does(b.lync, effects, err)
}

func (b *between) skypeAdds() {
	effects, err := b.skype.LookUp(b.skype.now, "alice@contoso.com")
	b.does(b.skype, effects, err)
	is := b.skype.Looked()
	b.skype.Take(b.skype.now, []Input{{Result: LookedUp{Address: is.Address, Number: b.skype.lookUp.number, Name: text.From("Alice"), Found: true}}})
	_, effects, err = b.skype.AddFound(b.skype.now, "")
	b.does(b.skype, effects, err)
}

func (b *between) accepts(w *world) {
	b.does(w, w.Accept(w.now, b.other(w).me.Address, contacts.OtherContacts, contacts.NoRelationship), nil)
}

func (b *between) removes(w *world) {
	b.does(w, w.Remove(w.now, b.other(w).me.Address), nil)
}

func (b *between) blocks(w *world) {
	b.does(w, w.Block(w.now, b.other(w).me.Address), nil)
}

func (b *between) declines(w *world) {
	b.does(w, w.Dismiss(w.now, b.other(w).me.Address), nil)
}

// stands says how somebody stands with the other, as the window shows it.
func (b *between) stands(w *world) string {
	a := b.other(w).me.Address
	says := string(w.Waits(a))
	c, ok := w.Contacts().Get(a)
	if !ok {
		if w.RelationshipOf(a) == contacts.BlockedContacts {
			says += "blocked"
		}
		if says == "" {
			says = "nothing"
		}
		return says
	}
	if says == "" {
		says = c.Presence.Availability.String()
	}
	if c.Relationship == contacts.BlockedContacts {
		says += ", blocked"
	}
	return says
}

// story is what happens, and how both stand in the end.
type story struct {
	name        string
	steps       []func(*between)
	lync, skype string
}

func on(side func(*between) *world, deed func(*between, *world)) func(*between) {
	return func(b *between) { deed(b, side(b)) }
}

func lyncSide(b *between) *world  { return b.lync }
func skypeSide(b *between) *world { return b.skype }

func stories() []story {
	var (
		lyncAdds, skypeAdds = (*between).lyncAdds, (*between).skypeAdds
		accepts, removes    = (*between).accepts, (*between).removes
		blocks, declines    = (*between).blocks, (*between).declines
	)
	const lyncWaits, skypeWaits = "Waiting for bob@contoso.com to accept", "Waiting for Alice to accept"
	return []story{
		{"nobody", nil, "nothing", "nothing"},
		{"Lync adds", []func(*between){lyncAdds}, lyncWaits, "alice has added you: accept the contact request"},
		{"Lync adds, Skype accepts", []func(*between){lyncAdds, on(skypeSide, accepts)}, "Available", "Available"},
		{"Skype adds", []func(*between){skypeAdds}, "bob(contoso.com) has added you: accept in New", skypeWaits},
		{"Skype adds, Lync accepts", []func(*between){skypeAdds, on(lyncSide, accepts)}, "Available", "Available"},
		{"both add", []func(*between){skypeAdds, lyncAdds}, "Available", "Available"},
		{"Skype removes", []func(*between){lyncAdds, on(skypeSide, accepts), on(skypeSide, removes)}, "Waiting for bob(contoso.com) to accept", "alice has added you: accept the contact request"},
		{"Lync removes", []func(*between){skypeAdds, on(lyncSide, accepts), on(lyncSide, removes)}, "bob(contoso.com) has added you: accept in New", skypeWaits},
		{"both remove", []func(*between){skypeAdds, on(lyncSide, accepts), on(lyncSide, removes), on(skypeSide, removes)}, "nothing", "nothing"},
		{"removed and added again", []func(*between){lyncAdds, on(skypeSide, accepts), on(lyncSide, removes), lyncAdds}, "Available", "Available"},
		{"removed and accepted again", []func(*between){lyncAdds, on(skypeSide, accepts), on(skypeSide, removes), on(skypeSide, accepts)}, "Available", "Available"},
		{"Skype declines", []func(*between){lyncAdds, on(skypeSide, declines)}, lyncWaits, "nothing"},
		{"declined, removed, added again", []func(*between){lyncAdds, on(skypeSide, declines), on(lyncSide, removes), lyncAdds}, lyncWaits, "alice has added you: accept the contact request"},
		{"Skype declines and adds later", []func(*between){lyncAdds, on(skypeSide, declines), skypeAdds}, "Available", "Available"},
		{"Skype blocks who asks", []func(*between){lyncAdds, on(skypeSide, blocks)}, "Offline", "blocked"},
		{"blocked, removed, added again", []func(*between){lyncAdds, on(skypeSide, blocks), on(lyncSide, removes), lyncAdds}, "Offline", "blocked"},
		{"Lync blocks who asks", []func(*between){skypeAdds, on(lyncSide, blocks)}, "blocked", "Offline"},
		{"Skype blocks a contact", []func(*between){lyncAdds, on(skypeSide, accepts), on(skypeSide, blocks)}, "Offline", "Presence unknown, blocked"},
	}
}

// Whatever the order, both sides agree, and each says for whom it waits. Either side leaves for a while, or
// golync is started anew, before and after every step.
func TestBothSidesAgreeInWhateverOrderTheyAccept(t *testing.T) {
	interruptions := map[string]func(b *between, step func()){
		"none":           func(_ *between, step func()) { step() },
		"Lync was away":  func(b *between, step func()) { step(); b.goes(b.lync); b.comes(b.lync) },
		"Skype was away": func(b *between, step func()) { step(); b.goes(b.skype); b.comes(b.skype) },
		"both were away": func(b *between, step func()) {
			step()
			b.goes(b.lync)
			b.goes(b.skype)
			b.comes(b.skype)
			b.comes(b.lync)
		},
		"the flow broke":  func(b *between, step func()) { step(); b.breaks(b.skype); b.breaks(b.lync) },
		"the other is in": func(b *between, step func()) { b.goes(b.lync); b.comes(b.lync); step() },
	}
	for _, s := range stories() {
		for name, interrupted := range interruptions {
			t.Run(fmt.Sprintf("%s, %s", s.name, name), func(t *testing.T) {
				b := join(t)
				for _, step := range s.steps {
					interrupted(b, func() { step(b) })
				}
				if lync, skype := b.stands(b.lync), b.stands(b.skype); lync != s.lync || skype != s.skype {
					t.Errorf("Lync: %q, Skype: %q\nwant %q, %q", lync, skype, s.lync, s.skype)
				}
			})
		}
	}
}

// breaks loses somebody's connection and brings it back.
func (b *between) breaks(w *world) {
	w.take(sipclient.Disconnected{})
	b.carry(w)
	delete(b.told, w.me.Address)
	w.take(sipclient.SignedIn{Services: sipclient.Services{Presence: true, WatcherInfo: true, Rules: true}})
	b.carry(w)
}

// Somebody who is away hears of everything when they are back.
func TestWhoIsAwayIsAskedLater(t *testing.T) {
	b := join(t)
	b.goes(b.lync)
	b.skypeAdds()
	if rows := b.lync.Requests(); len(rows) != 0 {
		t.Fatalf("asked while away: %v", rows)
	}
	b.goes(b.skype)
	b.comes(b.lync)
	if rows := b.lync.Requests(); len(rows) != 1 || rows[0].Address != bob || rows[0].Kind != contacts.Skype || rows[0].Introduction.Raw() != "Hi Alice, I'd like to add you as a contact." {
		t.Fatalf("asked when back: %+v", rows)
	}
	b.accepts(b.lync)
	b.comes(b.skype)
	if lync, skype := b.stands(b.lync), b.stands(b.skype); lync != "Available" || skype != "Available" {
		t.Errorf("Lync: %q, Skype: %q", lync, skype)
	}
	if c := b.lync.contact(bob); c.Provider != contacts.ProviderSkype || b.lync.Providers().Account(c.Address) != "bob@contoso.com" {
		t.Errorf("stored is %s of %s", c.Address, c.Provider)
	}
}
