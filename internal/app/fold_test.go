package app

import "testing"

func TestHeadingsStayFolded(t *testing.T) {
	w := open(t, Saved{Folded: map[string]bool{"status/Away": true}})
	if !w.Folded("status/Away") || w.Folded("status/Available") {
		t.Error("what was folded at the last end is not, or something else is")
	}
	before := w.Version()
	w.do(w.Fold(w.now, "status/Available", true))
	if saved := one[SaveFolded](w); saved != (SaveFolded{"status/Available", true}) || !w.Folded("status/Available") {
		t.Errorf("saved %+v", saved)
	}
	if w.Version() == before {
		t.Error("nobody is told that a heading was folded")
	}
	w.do(w.Fold(w.now, "status/Available", true))
	w.asks()
	w.do(w.Fold(w.now, "status/Available", false))
	if saved := one[SaveFolded](w); saved != (SaveFolded{Heading: "status/Available"}) || w.Folded("status/Available") {
		t.Errorf("opened again: saved %+v", saved)
	}
}
