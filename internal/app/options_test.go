package app

import (
	"slices"
	"testing"

	"golync/internal/option"
)

func TestOptionsAreStoredWhenTheyChange(t *testing.T) {
	w := online(t, Saved{})
	if w.Options() != option.Default() {
		t.Fatalf("a new account begins with %+v", w.Options())
	}
	o := w.Options()
	o.List.TwoLines, o.Status.AwayAfter = false, 100_000
	effects := w.SetOptions(w.now, o)
	o.Status.AwayAfter = option.IdleMost
	if want := []Effect{SaveOptions{o}}; !slices.Equal(effects, want) || w.Options() != o {
		t.Errorf("%+v leads to %+v", w.Options(), effects)
	}
	if again := w.SetOptions(w.now, o); again != nil {
		t.Errorf("the same options again: %+v", again)
	}
}
