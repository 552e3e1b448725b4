package ui

import (
	"time"

	"golync/contacts"
)

// draftRests is how long the text of an editor stays as it is before it is stored as a draft: the disk need
// not hear of every letter.
const draftRests = time.Second

// store stores what is written to a person, when that has changed since.
func (v *conversation) store(a contacts.Address) {
	t := v.talks[a]
	if t == nil || t.stored == t.editor.edits {
		return
	}
	t.stored = t.editor.edits
	v.m.do(v.m.state.SetDraft(v.m.now(), a, t.editor.String()))
}

// storeAll stores every draft, before the program ends.
func (v *conversation) storeAll() {
	for a := range v.talks {
		v.store(a)
	}
}

// rest stores the draft in front when typing rests. One timer at a time asks whether it does; whoever leaves
// the conversation before that has stored it on the way.
func (v *conversation) rest() {
	if v.resting {
		return
	}
	v.resting = true
	v.m.after(draftRests, func() {
		v.resting = false
		t := v.talks[v.shown]
		switch {
		case t == nil:
		case v.m.now().Sub(t.changed) < draftRests:
			v.rest()
		default:
			v.store(v.shown)
		}
	})
}
