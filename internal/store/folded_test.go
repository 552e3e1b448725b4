package store

import (
	"maps"
	"testing"
)

func TestFoldedHeadingsAreKept(t *testing.T) {
	s := open(t, t.TempDir())
	for _, heading := range []string{"status/Away", "status/Unknown", "status/Away"} {
		must(t, func(done func(error)) { s.SaveFolded(heading, true, done) })
	}
	must(t, func(done func(error)) { s.SaveFolded("status/Unknown", false, done) })
	s = reopen(t, s)
	if got := load(t, s).Folded; !maps.Equal(got, map[string]bool{"status/Away": true}) {
		t.Errorf("got %v", got)
	}
}
