package app

import (
	"testing"

	"golync/contacts"
)

func TestDecisionsOnSeveralPeopleAreOne(t *testing.T) {
	w := online(t, Saved{Contacts: []contacts.Contact{known(dana, contacts.Colleagues), known(eve, contacts.Colleagues), known(fred, contacts.Colleagues)}})
	inside := 0
	w.do(w.Together(func() {
		for _, a := range []contacts.Address{dana, eve, fred} {
			inside += len(w.SetRelationship(w.now, a, contacts.Workgroup))
			inside += len(w.MoveTo(w.now, a, contacts.OtherContacts, contacts.Favorites))
		}
	}))
	if saved, rules, admission := asked[SaveContact](w), asked[PublishRules](w), asked[SetAdmission](w); inside != 0 ||
		len(saved) != 6 || len(rules) != 1 || len(admission) != 1 || len(rules[0].Rules.People) != 3 {
		t.Errorf("asked for %v, and for %d effects on the way", kinds(w.last), inside)
	}
	w.do(w.Together(func() {}))
	w.asks()
	w.do(w.SetRelationship(w.now, dana, contacts.Colleagues))
	if len(asked[SaveContact](w)) != 1 {
		t.Error("a later decision is held back")
	}
}
