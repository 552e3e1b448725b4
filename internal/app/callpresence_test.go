package app

import (
	"testing"
	"time"

	"golync/contacts"
	"golync/sipclient"
)

// publishes is what the last call published, PresenceUnknown when nothing.
func (w *world) publishes() contacts.Availability {
	w.t.Helper()
	all := asked[PublishPresence](w)
	if len(all) == 0 {
		return contacts.PresenceUnknown
	}
	return availabilityOf(all[len(all)-1].State)
}

func TestWhoTalksIsInACallAndBackAfterwards(t *testing.T) {
	for chosen, during := range map[contacts.Availability]contacts.Availability{
		contacts.Available:    contacts.InACall,
		contacts.Busy:         contacts.InACall,
		contacts.BeRightBack:  contacts.InACall,
		contacts.DoNotDisturb: contacts.DoNotDisturb,
	} {
		w := online(t, friends(dana))
		w.do(w.SetPresence(w.now, chosen))
		c := w.dials(dana)
		if w.Mine() != chosen {
			t.Errorf("%v before an answer is %v", chosen, w.Mine())
		}
		w.now = w.now.Add(time.Second)
		w.hears(c, stands(sipclient.CallActive))
		if w.Mine() != during || w.Me().Availability != chosen {
			t.Errorf("%v in a call is shown as %v", chosen, w.Mine())
		}
		if during == contacts.InACall && (w.publishes() != during || !asked[PublishPresence](w)[0].State.Since.Equal(w.now)) {
			t.Errorf("%v in a call publishes %v", chosen, asked[PublishPresence](w))
		}
		w.hears(c, ended(sipclient.EndedByPeer, 0))
		if w.Mine() != chosen || during == contacts.InACall && w.publishes() != chosen {
			t.Errorf("%v after a call is shown as %v, published %v", chosen, w.Mine(), w.publishes())
		}
	}
}

func TestWhatIsChosenDuringACallSaysMore(t *testing.T) {
	w := online(t, friends(dana))
	c := w.talks(dana)
	w.do(w.SetPresence(w.now, contacts.Busy))
	if w.Mine() != contacts.Busy || w.publishes() != contacts.Busy {
		t.Errorf("chosen by hand I am %v", w.Mine())
	}
	w.do(w.SetPresence(w.now, contacts.PresenceUnknown)) // Reset Status
	if w.Mine() != contacts.InACall {
		t.Errorf("back to automatic I am %v", w.Mine())
	}
	w.do(w.SetPresence(w.now, contacts.Busy))
	w.hears(c, ended(sipclient.EndedByPeer, 0))
	w.talks(dana)
	if w.Mine() != contacts.InACall {
		t.Errorf("in the next call I am %v", w.Mine())
	}
}

func TestNobodyIsIdleInACall(t *testing.T) {
	w := online(t, friends(dana))
	w.waits(11 * time.Minute)
	if w.Mine() != contacts.Away {
		t.Fatalf("idle I am %v", w.Mine())
	}
	c := w.talks(dana)
	if got := w.waits(time.Hour); len(got) != 0 || w.Mine() != contacts.InACall {
		t.Errorf("an hour's call published %v, and I am %v", got, w.Mine())
	}
	w.hears(c, ended(sipclient.EndedByPeer, 0))
	if w.Mine() != contacts.Available {
		t.Errorf("who has just talked is %v", w.Mine())
	}
	if got := w.waits(5*time.Minute + time.Second); len(got) != 1 || got[0] != contacts.Inactive {
		t.Errorf("five minutes later %v was published", got)
	}
}

func TestTwoCallsAreOneStay(t *testing.T) {
	w := online(t, friends(dana, eve))
	first := w.talks(dana)
	second := w.talks(eve)
	w.hears(first, ended(sipclient.EndedByPeer, 0))
	if w.Mine() != contacts.InACall || len(asked[PublishPresence](w)) != 0 {
		t.Errorf("with one call left I am %v", w.Mine())
	}
	w.do(w.HangUp(w.now, second.ID))
	if w.Mine() != contacts.Available || w.publishes() != contacts.Available {
		t.Errorf("with none left I am %v", w.Mine())
	}
}

// Skype has no word for it.
func TestASkypeUserIsShownAsChosen(t *testing.T) {
	w := openAs(t, bob, friends(dana))
	w.signIn(Services{Presence: true})
	w.waits(time.Hour)
	w.talks(dana)
	if w.Mine() != contacts.Available {
		t.Errorf("in a call I am %v", w.Mine())
	}
}

func TestEveryQualityHasAWord(t *testing.T) {
	for q := QualityGood; q <= QualityNoSound; q++ {
		if q.Label() == "" {
			t.Errorf("%d has none", q)
		}
	}
	if QualityUnknown.Label() != "" || Quality(200).Label() != "" {
		t.Error("what is not known has a word")
	}
}
