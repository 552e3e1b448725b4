package app

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/presrules"
	"golync/sipclient/winfo"
)

// disk does the effects that go to disk, as internal/store does, in memory.
type disk struct {
	contacts map[contacts.Address]contacts.Contact
	groups   map[contacts.GroupID]SaveGroup
	requests map[contacts.Address]contacts.Request
	decided  map[contacts.Address]contacts.Relationship
	options  alerts.Options
	account  contacts.Address
	me       Me
	open     []contacts.Address

	rules     presrules.Rules  // what the server was told last
	admission alerts.Admission // what sipclient was given last
}

func newDisk(account contacts.Address) *disk {
	return &disk{
		account:  account,
		contacts: map[contacts.Address]contacts.Contact{}, groups: map[contacts.GroupID]SaveGroup{},
		requests: map[contacts.Address]contacts.Request{}, decided: map[contacts.Address]contacts.Relationship{},
		options: alerts.Default(),
	}
}

func (d *disk) write(effects []Effect) {
	for _, e := range effects {
		switch e := e.(type) {
		case SaveContact:
			d.contacts[e.Contact.Address] = e.Contact
		case DeleteContact:
			delete(d.contacts, e.Address)
		case SaveGroup:
			d.groups[e.Group.ID] = e
		case DeleteGroup:
			delete(d.groups, e.ID)
			for a, c := range d.contacts {
				c.Groups = slices.DeleteFunc(slices.Clone(c.Groups), func(id contacts.GroupID) bool { return id == e.ID })
				d.contacts[a] = c
			}
		case SaveRequest:
			d.requests[e.Request.Address] = e.Request
		case DeleteRequest:
			delete(d.requests, e.Address)
		case SaveRelationship:
			d.decided[e.Address] = e.Relationship
			if e.Relationship == contacts.NoRelationship {
				delete(d.decided, e.Address)
			}
		case SaveAlerts:
			d.options = e.Options
		case SaveMe:
			d.me = e.Me
		case SaveOpen:
			d.open = e.Open
		case PublishRules:
			d.rules = e.Rules
		case SetAdmission:
			d.admission = e.Admission
		}
	}
}

func (d *disk) saved() Saved {
	groups := slices.SortedFunc(maps.Values(d.groups), func(a, b SaveGroup) int {
		return cmp.Or(a.Place-b.Place, cmp.Compare(a.Group.ID, b.Group.ID))
	})
	s := Saved{
		Me: d.me, Contacts: slices.Collect(maps.Values(d.contacts)), Requests: slices.Collect(maps.Values(d.requests)),
		Relationships: d.decided, Alerts: d.options, Open: d.open,
	}
	s.Me.Address = d.account
	for _, g := range groups {
		s.Groups = append(s.Groups, g.Group)
	}
	return s
}

// outlasts is everything of a state that a restart must not change.
type outlasts struct {
	Me       Me
	Options  alerts.Options
	Contacts []contacts.Contact
	Groups   []contacts.Group
	Rows     []contacts.Request
	Hidden   int
	Decided  map[contacts.Address]stranger
	Open     []contacts.Address
	Rules    any
}

func outlasting(s *State) outlasts {
	o := outlasts{Me: s.me, Options: s.options, Groups: s.list.Groups(), Decided: s.strangers.of, Rules: s.rules().People}
	for _, c := range s.list.Contacts() {
		kept := *c
		kept.Presence, kept.SeesMe, kept.Watch = contacts.Presence{}, false, lasting(c.Watch)
		o.Contacts = append(o.Contacts, kept)
	}
	for _, a := range s.requestAddresses() {
		o.Rows = append(o.Rows, *s.newTab.rows[a.Folded()])
	}
	s.newTab.fresh = false
	o.Hidden = s.HiddenRequests()
	for _, c := range s.talk.open {
		o.Open = append(o.Open, c.Peer)
	}
	return o
}

// walker takes random steps on a state.
type walker struct {
	*rand.Rand
	s    *State
	now  time.Time
	next int64
}

func (w *walker) person() contacts.Address {
	all := []contacts.Address{dana, eve, fred, gina, cheri, bob, alice, "sip:DANA@contoso.com"}
	return all[w.IntN(len(all))]
}

func (w *walker) group() contacts.GroupID {
	all := []contacts.GroupID{contacts.Favorites, contacts.OtherContacts, 10, 11, 99}
	return all[w.IntN(len(all))]
}

func (w *walker) relationship() contacts.Relationship { return contacts.Relationship(w.IntN(6)) }

// decide takes one step of the user's.
func (w *walker) decide() []Effect {
	a, s, now := w.person(), w.s, w.now
	switch w.IntN(24) {
	case 18:
		effects, _ := s.DeleteGroup(now, w.group())
		return effects
	case 19:
		effects, _ := s.RenameGroup(now, w.group(), fmt.Sprintf("Group %d", w.IntN(3)))
		return effects
	case 20:
		return s.MoveGroup(now, w.group(), w.IntN(3)-1)
	case 21, 22:
		effects, _ := s.LookUp(now, a.IM())
		if w.IntN(3) > 0 {
			effects = append(effects, s.Take(now, []Input{{Result: LookedUp{Address: a, Number: s.lookUp.number, Found: w.IntN(2) == 0}}})...)
		}
		return effects
	case 23:
		_, effects, _ := s.AddFound(now, "")
		return effects
	case 16:
		return s.SignOut(now)
	case 17:
		return s.SignIn(now, "")
	case 0:
		_, effects, _ := s.AddContact(now, Draft{Provider: contacts.ProviderSkype, IM: a.IM(), Group: w.group(), Relationship: w.relationship()})
		return effects
	case 1, 2:
		return s.Accept(now, a, w.group(), w.relationship())
	case 3:
		return s.Block(now, a)
	case 4:
		return s.Dismiss(now, a)
	case 5:
		return s.Remove(now, a)
	case 6:
		return s.SetRelationship(now, a, w.relationship())
	case 7:
		return s.CopyTo(now, a, w.group())
	case 8:
		return s.MoveTo(now, a, w.group(), w.group())
	case 9:
		return s.RemoveFromGroup(now, a, w.group())
	case 10:
		_, effects, _ := s.CreateGroup(now, fmt.Sprintf("Group %d", w.IntN(3)))
		return effects
	case 11:
		return s.ToggleGroup(now, w.group())
	case 12:
		return s.SetAlerts(now, alerts.Options{TellMe: w.IntN(2) == 0, DND: alerts.DNDChoice(w.IntN(3)), Outside: alerts.OutsideChoice(w.IntN(3))})
	case 13:
		return s.SetPresence(now, contacts.Availability(w.IntN(15)))
	case 14:
		return s.Open(now, a)
	}
	return s.Close(now, a)
}

// happen is one thing from the network.
func (w *walker) happen() sipclient.Event {
	a := w.person()
	switch w.IntN(10) {
	case 8:
		return sipclient.SignedOut{}
	case 9:
		return sipclient.SignInFailed{RetryIn: time.Duration(w.IntN(2)) * time.Second}
	case 0:
		return sipclient.SignedIn{Services: sipclient.Services{Rules: w.IntN(2) == 0}}
	case 1:
		return sipclient.Disconnected{}
	case 2, 3:
		e := sipclient.WatchersChanged{Full: w.IntN(3) == 0}
		for range w.IntN(4) {
			one := watcher(w.person(), winfo.Status(1+w.IntN(4)))
			one.Introduction = text.From([]string{"", "Hello", "Please"}[w.IntN(3)])
			e.Watchers = append(e.Watchers, one)
		}
		return e
	case 4:
		w.next++
		return received(a, w.next, "hello")
	}
	e := active(a, published[w.IntN(len(published))])
	e.Watch = sipclient.WatchState(1 + w.IntN(3))
	e.Code = []int{0, 404, 403}[w.IntN(3)]
	return e
}

// After whatever happened, a program that starts from the disk shows what the one before showed, and what
// must never be is not.
func TestWhateverHappensTheDiskKnowsIt(t *testing.T) {
	for seed := range uint64(60) {
		d := newDisk([]contacts.Address{alice, bob}[seed%2])
		w := &walker{Rand: rand.New(rand.NewPCG(seed, 3)), now: time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC)}
		w.s = New(d.saved(), contacts.Providers{})
		d.me = w.s.me
		d.write(w.s.Start(w.now))
		d.write(w.s.SignIn(w.now, ""))
		version := uint64(0)
		for step := range 400 {
			w.now = w.now.Add(time.Second)
			if w.IntN(2) == 0 {
				d.write(w.decide())
			} else {
				d.write(w.s.Take(w.now, []Input{{Event: w.happen()}}))
			}
			if w.s.Version() < version {
				t.Fatalf("seed %d, step %d: the version fell", seed, step)
			}
			version = w.s.Version()
			never(t, w.s)
			d.told(t, w.s)
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
		}
		again := New(d.saved(), contacts.Providers{})
		if before, after := outlasting(w.s), outlasting(again); !reflect.DeepEqual(before, after) {
			t.Fatalf("seed %d:\nbefore %+v\nafter  %+v", seed, before, after)
		}
	}
}

// told checks that the server and sipclient know of every decision.
func (d *disk) told(t *testing.T, s *State) {
	t.Helper()
	if s.Connection().State == SignedIn && !reflect.DeepEqual(d.rules, s.rules()) {
		t.Errorf("the server was told %v, decided is %v", d.rules, s.rules())
	}
	want := s.admission()
	if got := d.admission; got.Options != want.Options || got.Mine != want.Mine ||
		!maps.Equal(got.Decided, want.Decided) || !maps.Equal(got.Contacts, want.Contacts) {
		t.Errorf("admitted is by %v, decided is %v", got, want)
	}
}

// never says what must not be in any state.
func never(t *testing.T, s *State) {
	t.Helper()
	for _, r := range s.Requests() {
		if _, ok := s.Contacts().Get(r.Address); ok || s.RelationshipOf(r.Address) != contacts.NoRelationship {
			t.Errorf("%s stands in New and is decided upon", r.Address)
		}
	}
	dismissed := 0
	for _, r := range s.newTab.rows {
		if r.Dismissed {
			dismissed++
		}
	}
	if dismissed != s.newTab.dismissed {
		t.Errorf("%d dismissed, counted are %d", dismissed, s.newTab.dismissed)
	}
	for _, c := range s.Contacts().Contacts() {
		if c.SeesMe && c.Relationship == contacts.BlockedContacts {
			t.Errorf("%s is blocked and sees me", c.Address)
		}
		if c.Watch != contacts.WatchActive && c.Presence.Availability != contacts.PresenceUnknown {
			t.Errorf("%s is %v without a subscription", c.Address, c.Presence.Availability)
		}
		if state := s.Connection().State; (state == SignedOut || state == SignInFailed) && c.Watch == contacts.WatchActive {
			t.Errorf("%s is watched without a server", c.Address)
		}
	}
	if s.RelationshipOf(s.me.Address) != contacts.NoRelationship {
		t.Error("the user decided on herself")
	}
	unread := 0
	for _, c := range s.Conversations() {
		unread += c.Unread
		if !slices.IsSortedFunc(c.Messages, bySeq) {
			t.Errorf("the messages with %s are out of order", c.Peer)
		}
	}
	if got := s.Unread(); got < unread {
		t.Errorf("%d unread, in the tabs %d", got, unread)
	}
}
