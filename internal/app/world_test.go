package app

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"golync/alerts"
	"golync/contacts"
	"golync/internal/text"
	"golync/sipclient"
	"golync/sipclient/pidf"
	"golync/sipclient/winfo"
)

// The people of the tests.
const (
	alice = contacts.Address("sip:alice@contoso.com") // the user
	dana  = contacts.Address("sip:dana@contoso.com")
	eve   = contacts.Address("sip:eve@contoso.com")
	fred  = contacts.Address("sip:fred@contoso.com")
	gina  = contacts.Address("sip:gina@fabrikam.com")
	cheri = contacts.Address("sip:cheri@outlook.com")
	bob   = contacts.Address("sip:bob(contoso.com)@msn.com")
)

// world is a State with a clock, and a session that does what it is asked as far as a test wants it.
type world struct {
	*State
	t    *testing.T
	now  time.Time
	last []Effect // of the last call
}

// open starts a State with what the disk knew.
func open(t *testing.T, saved Saved) *world {
	t.Helper()
	return openAs(t, alice, saved)
}

// openAs is open for somebody else's account.
func openAs(t *testing.T, me contacts.Address, saved Saved) *world {
	t.Helper()
	saved.Me.Address, saved.Me.Name = me, text.From("Alice")
	if saved.Alerts == (alerts.Options{}) {
		saved.Alerts = alerts.Default()
	}
	w := &world{State: New(saved, contacts.Providers{}), t: t, now: time.Date(2013, 1, 29, 9, 0, 0, 0, time.UTC)}
	w.do(w.Start(w.now))
	return w
}

// online is open, signed in at a server that offers everything.
func online(t *testing.T, saved Saved) *world {
	t.Helper()
	w := open(t, saved)
	w.signIn(Services{Presence: true, WatcherInfo: true, Rules: true})
	return w
}

func (w *world) signIn(has Services) {
	w.do(w.SignIn(w.now, "secret"))
	w.take(sipclient.SignedIn{Server: "127.0.0.1:5061", Transport: "TLS", Services: sipclient.Services(has)})
}

func (w *world) do(effects []Effect) { w.last = effects }

// take folds events that come in one batch.
func (w *world) take(events ...sipclient.Event) {
	inputs := make([]Input, len(events))
	for i, e := range events {
		inputs[i] = Input{Event: e}
	}
	w.do(w.Take(w.now, inputs))
}

// results folds results that come in one batch.
func (w *world) results(results ...Result) {
	inputs := make([]Input, len(results))
	for i, r := range results {
		inputs[i] = Input{Result: r}
	}
	w.do(w.Take(w.now, inputs))
}

// asked returns the effects of one type among those of the last call.
func asked[E Effect](w *world) []E {
	var all []E
	for _, e := range w.last {
		if e, ok := e.(E); ok {
			all = append(all, e)
		}
	}
	return all
}

// one returns the only effect of a type of the last call.
func one[E Effect](w *world) E {
	w.t.Helper()
	all := asked[E](w)
	if len(all) != 1 {
		var none E
		w.t.Fatalf("%T was asked for %d times, want once, in %v", none, len(all), kinds(w.last))
	}
	return all[0]
}

func kinds(effects []Effect) (all []string) {
	for _, e := range effects {
		all = append(all, reflect.TypeOf(e).Name())
	}
	return all
}

// asks checks the kinds of effects of the last call, in order.
func (w *world) asks(want ...string) {
	w.t.Helper()
	if got := kinds(w.last); !slices.Equal(got, want) {
		w.t.Errorf("asked for %v, want %v", got, want)
	}
}

func (w *world) contact(a contacts.Address) contacts.Contact {
	w.t.Helper()
	c, ok := w.Contacts().Get(a)
	if !ok {
		w.t.Fatalf("%s is no contact", a)
	}
	return *c
}

// known is a contact as the disk has one.
func known(a contacts.Address, r contacts.Relationship) contacts.Contact {
	return contacts.Contact{
		Address: a, Name: text.From(a.User()), Provider: contacts.ProviderLync, Relationship: r,
		Groups: []contacts.GroupID{contacts.OtherContacts},
	}
}

func watcher(a contacts.Address, s winfo.Status) winfo.Watcher {
	return winfo.Watcher{ID: "w-" + string(a), URI: string(a), Name: text.From(a.User()), Status: s}
}

func full(watchers ...winfo.Watcher) sipclient.WatchersChanged {
	return sipclient.WatchersChanged{Full: true, Watchers: watchers}
}

func partial(watchers ...winfo.Watcher) sipclient.WatchersChanged {
	return sipclient.WatchersChanged{Watchers: watchers}
}

// requesters lists who stands in New.
func (w *world) requesters() (all []contacts.Address) {
	for _, r := range w.Requests() {
		all = append(all, r.Address)
	}
	return all
}

func active(a contacts.Address, s pidf.State) sipclient.PresenceChanged {
	return sipclient.PresenceChanged{URI: string(a), Watch: sipclient.WatchActive, Known: true, State: s}
}

func (w *world) says(id string) text.Safe {
	for _, n := range w.Notices() {
		if n.ID == id {
			return n.Text
		}
	}
	return ""
}
