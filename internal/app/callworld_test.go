package app

import (
	"testing"

	"golync/contacts"
	"golync/internal/calllog"
	"golync/internal/text"
	"golync/sipclient"
)

// hears folds that a call stands as it does, with what a test changes of it.
func (w *world) hears(c sipclient.Call, change ...func(*sipclient.Call)) {
	w.t.Helper()
	for _, do := range change {
		do(&c)
	}
	w.take(sipclient.CallChanged{Call: c})
}

// rings is an incoming call of a person, as sipclient tells of it.
func rings(a contacts.Address) sipclient.Call {
	return sipclient.Call{ID: "in-" + string(a), Peer: string(a), Name: text.From("They say " + a.User()), Incoming: true, State: sipclient.CallRinging}
}

func stands(s sipclient.CallState) func(*sipclient.Call) {
	return func(c *sipclient.Call) { c.State = s }
}

func ended(why sipclient.CallEnd, code int) func(*sipclient.Call) {
	return func(c *sipclient.Call) { c.State, c.Why, c.Code = sipclient.CallEnded, why, code }
}

// dials places a call, which must be possible, and returns it as sipclient tells of it.
func (w *world) dials(a contacts.Address) sipclient.Call {
	w.t.Helper()
	effects, err := w.PlaceCall(w.now, a)
	w.do(effects)
	if err != nil {
		w.t.Fatalf("calling %s: %v", a, err)
	}
	return sipclient.Call{ID: one[PlaceCall](w).ID, Peer: string(a), State: sipclient.CallPlaced}
}

// talks is a call of the user's that has been answered.
func (w *world) talks(a contacts.Address) sipclient.Call {
	w.t.Helper()
	c := w.dials(a)
	c.State = sipclient.CallActive
	w.hears(c)
	return c
}

// picksUp has a person call and the user answer.
func (w *world) picksUp(a contacts.Address) sipclient.Call {
	w.t.Helper()
	c := rings(a)
	w.hears(c)
	effects, err := w.AnswerCall(w.now, c.ID)
	w.do(effects)
	if err != nil {
		w.t.Fatalf("answering %s: %v", a, err)
	}
	c.State = sipclient.CallActive
	answered := w.last
	w.hears(c)
	w.last = append(answered, w.last...)
	return c
}

func (w *world) call(id string) Call {
	w.t.Helper()
	c, ok := w.Call(id)
	if !ok {
		w.t.Fatalf("the call %s is over", id)
	}
	return c
}

// logged is the newest entry of the log of calls, which must have gone as a test says.
func (w *world) logged(how calllog.Outcome) calllog.Entry {
	w.t.Helper()
	if w.LoggedCount() == 0 {
		w.t.Fatal("the log of calls is empty")
	}
	e := w.Logged(0)
	if e.Outcome != how {
		w.t.Errorf("the log says %q (%d), want %d", e.Words(), e.Outcome, how)
	}
	return e
}

// refuses checks that a decision about a call was not possible and asked for nothing.
func refuses(t *testing.T, effects []Effect, err, want error) {
	t.Helper()
	if err != want || len(effects) != 0 {
		t.Errorf("got %v and %v, want %v", kinds(effects), err, want)
	}
}

// friends are contacts as the disk has them.
func friends(people ...contacts.Address) Saved {
	var s Saved
	for _, a := range people {
		s.Contacts = append(s.Contacts, known(a, contacts.Colleagues))
	}
	return s
}
