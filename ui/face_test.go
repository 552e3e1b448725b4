package ui

import (
	"reflect"
	"testing"
)

// A face that forgets to say something would show an empty place, or end in a panic where it does nothing.
func TestEveryFaceSaysEverything(t *testing.T) {
	may := map[Face][]string{ // what a face may leave out: it has no such thing
		FaceLync:  {"decisions"},
		FaceSkype: {"place", "views", "lasting", "reset", "heldBack", "forwarding"},
	}
	for face, none := range may {
		g := reflect.ValueOf(newGuise(face)).Elem()
		for i := range g.NumField() {
			name := g.Type().Field(i).Name
			empty := g.Field(i).IsZero()
			for _, n := range none {
				empty = empty && n != name
			}
			if empty {
				t.Errorf("face %d has no %s", face, name)
			}
		}
	}
}

func TestTheZeroFaceIsLyncs(t *testing.T) {
	if g := (&model{}).guise(); g.product != lyncGuise().product || len(g.tabs) != 4 {
		t.Errorf("it is %q with %d tabs", g.product, len(g.tabs))
	}
}
