package ui

import (
	"testing"
	"time"
)

func TestTheMenuOfATabLeadsToTheProfile(t *testing.T) {
	inSkype(t, 140, 45, bobsWorld, func(x *face) {
		x.do(x.state.Open(time.Now(), dana))
		x.doubleClick("Alice")
		x.rightClick("Dana │")
		x.sees("Close Others", "View Profile")
		x.seesNot("See Contact Card")
	})
}
