package doctor

import (
	"context"

	"golync/contacts"
	"golync/sipclient"
)

// waiting puts together what is known of both sides, and says who has to do what. Where another link has
// found the reason, it has that one's fault.
func waiting(_ context.Context, w *walk, f *Finding) {
	f.tried("my list, my decisions, and their answer together")
	if w.agent == nil {
		f.State, f.because = Skipped, w.lame([]Link{Registration})
		w.remembered(f)
		return
	}
	asked, they := w.askedMe(), w.them()
	switch {
	case w.faulty(Decision):
		f.came("neither waits: %s", w.finding(Decision).Fault)
		w.same(f, Decision)
	case w.contact() != nil:
		w.theyInList(f)
	case asked && w.faulty(Alerts):
		f.came("%s waits for me, and my Alerts options hide that", they)
		w.same(f, Alerts)
	case asked && w.skype():
		f.came("%s has added me and waits for my decision", they)
		f.fault(WaitingForMe, "Accept the contact request of %s.", they)
	case asked:
		f.came("%s has added me and waits for my decision", they)
		f.fault(WaitingForMe, "Accept %s in New.", they)
	case w.faulty(Policy):
		f.came("nobody waits: no request can pass")
		w.same(f, Policy)
	default:
		f.came("nobody waits: neither has added the other, as far as the server tells")
		f.fault(NotAdded, "Add %s as a contact in the window: that sends the request.", they)
	}
}

// theyInList is about somebody whom the user has added.
func (w *walk) theyInList(f *Finding) {
	they := w.them()
	switch t := w.theirs; {
	case w.faulty(Policy):
		f.came("I wait for %s, to whom no request passes", they)
		w.same(f, Policy)
	case t != nil && t.told && t.event.Watch == sipclient.WatchActive:
		f.came("nobody waits: I see them, and they may see me")
	case w.faulty(Answer):
		f.came("I wait for %s", they)
		w.same(f, Answer)
	default:
		f.unknown("their answer is not known")
		w.remembered(f)
	}
}

// remembered is what the window saved of it when it was signed in last.
func (w *walk) remembered(f *Finding) {
	c, row := w.contact(), w.request()
	switch {
	case c != nil && c.Watch == contacts.WatchWaiting:
		f.came("when the window was signed in last, I was waiting for %s", w.them())
	case row != nil && !row.Dismissed:
		f.came("when the window was signed in last, %s was waiting for me", w.them())
	}
}

// same takes over the fault of another link, which says what to do.
func (w *walk) same(f *Finding, l Link) { f.State, f.Fault = Faulty, w.finding(l).Fault }

// askedMe reports whether the other person has asked to see the user and waits: by the server's word, or by a
// row of New that nobody has decided.
func (w *walk) askedMe() bool {
	if row := w.request(); row != nil && !row.Dismissed {
		return true
	}
	w.seen.mu.Lock()
	defer w.seen.mu.Unlock()
	for _, one := range w.seen.watchers {
		if undecidedOn(one) && w.Address.Same(contacts.Address(one.URI)) {
			return true
		}
	}
	return false
}
